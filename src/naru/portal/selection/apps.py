"""Django's name for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class SelectionConfig(AppConfig):
    """Selection and matching: simulate, confirm by two persons, publish later."""

    name = "naru.portal.selection"
    label = "selection"

    def ready(self) -> None:
        """Put the rooms on the menu, and what stands now on the applicant's page."""
        from naru.portal.applications.standing import register
        from naru.portal.selection import standing

        register(500, standing.told)
        readers = frozenset({"operator", "auditor"})
        group = _("선정·배정")
        navigation.register(
            navigation.Item(
                label=_("선정"), url_name="selection:room", roles=readers, order=500, group=group
            ),
            navigation.Item(
                label=_("배정"), url_name="selection:matching", roles=readers, order=510, group=group
            ),
            navigation.Item(
                label=_("공급 대수"),
                url_name="selection:capacity",
                roles=readers | {"vendor", "cloud"},
                order=520,
                group=group,
            ),
        )
