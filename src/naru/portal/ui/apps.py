"""Django's name for this room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The lowest room: it knows no other."""

    name = "naru.portal.ui"
    label = "ui"

    def ready(self) -> None:
        """Register the system checks."""
        from naru.portal.ui import checks  # noqa: F401 - importing registers
