"""Django's name for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class OrganisationsConfig(AppConfig):
    """Organisations and the register of restrictions; every later step reads it."""

    name = "naru.portal.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Put the room on the menu."""
        readers = frozenset({"operator", "auditor"})
        room = navigation.Item(
            label=_("참여제한"),
            url_name="organisations:restrictions",
            roles=readers,
            order=800,
            group=_("기록·관리"),
        )
        own = navigation.Item(
            label=_("내 기관"),
            url_name="organisations:index",
            roles=frozenset({navigation.APPLICANT}),
            order=220,
        )
        status = navigation.Item(
            label=_("사업자 상태"),
            url_name="organisations:companies",
            roles=readers,
            order=810,
            group=_("기록·관리"),
        )
        navigation.register(room, own, status)
