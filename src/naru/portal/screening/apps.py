"""App registration."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Screening and technical review: findings filled in, a person decides."""

    name = "naru.portal.screening"
    label = "screening"
