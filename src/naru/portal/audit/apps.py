"""Django's name for this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Knows no other step: every action above writes here."""

    name = "naru.portal.audit"
    label = "audit"
