"""Django's name for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class UiConfig(AppConfig):
    """The lowest room: it knows no other."""

    name = "naru.portal.ui"
    label = "ui"

    def ready(self) -> None:
        """Register the system checks, and put the gallery last on the operators' menu."""
        from naru.portal.ui import checks  # noqa: F401 - importing registers

        room = navigation.Item(
            label=_("구성 요소 견본"),
            url_name="ui_gallery_staff",
            roles=frozenset({"operator"}),
            order=990,
            group=_("기록·관리"),
        )
        navigation.register(room)
