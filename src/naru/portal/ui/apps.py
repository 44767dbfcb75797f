"""Django's name for this room."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class UiConfig(AppConfig):
    """The lowest room: it knows no other."""

    name = "naru.portal.ui"
    label = "ui"

    def ready(self) -> None:
        """Register the system checks, and put the gallery last on the operators' menu."""
        from django.contrib.auth.signals import user_logged_in

        from naru.portal.ui import checks  # noqa: F401 - importing registers

        user_logged_in.connect(_remember_rooms, dispatch_uid="ui.rooms")

        room = navigation.Item(
            label=_("구성 요소 견본"),
            url_name="ui_gallery_staff",
            roles=frozenset({"operator"}),
            order=990,
            group=_("기록·관리"),
        )
        navigation.register(room)


def _remember_rooms(request: HttpRequest, user: Any, **_signal: Any) -> None:
    """Who logs in is asked once which rooms concern them, so that no page asks again."""
    if hasattr(request, "session"):
        navigation.remember(request, user)
