"""Django's name for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class AccountsConfig(AppConfig):
    """Users and roles; knows only mail, the audit record and the look."""

    name = "naru.portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Put the operators' page of people into the menu."""
        navigation.register(
            navigation.Item(
                label=_("사람과 역할"),
                url_name="people:people",
                roles=frozenset({"operator"}),
                order=890,
                group=_("기록·관리"),
            )
        )
