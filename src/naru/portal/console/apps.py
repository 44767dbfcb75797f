"""App registration."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The operator's board of the year and every role's home."""

    name = "naru.portal.console"
    label = "console"
