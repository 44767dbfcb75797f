"""App registration."""

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """Selection and matching: simulate, confirm by two persons, publish later."""

    name = "naru.portal.selection"
    label = "selection"
