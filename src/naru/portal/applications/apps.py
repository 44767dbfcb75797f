"""App registration."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applying: draft, evidence documents, submission and receipt, withdrawal."""

    name = "naru.portal.applications"
    label = "applications"
