"""Django's name for this room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations and the register of restrictions; every later step reads it."""

    name = "naru.portal.organisations"
    label = "organisations"
