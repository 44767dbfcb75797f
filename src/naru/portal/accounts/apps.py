"""Django's name for this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and roles; knows only the audit record and the look."""

    name = "naru.portal.accounts"
    label = "accounts"
