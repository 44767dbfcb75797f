"""App registration."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Progress: monthly reports, checks, verdicts, restriction cases."""

    name = "naru.portal.progress"
    label = "progress"
