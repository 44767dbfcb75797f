"""Django's name for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class AppealsConfig(AppConfig):
    """Appeals: filed by applicants, answered in time, upheld by two, beside the published result."""

    name = "naru.portal.appeals"
    label = "appeals"

    def ready(self) -> None:
        """Put the queue on the menu, and what stands now on the applicant's page."""
        from naru.portal.appeals import standing
        from naru.portal.applications.standing import register

        register(550, standing.told, "appeal")
        navigation.register(
            navigation.Item(
                label=_("이의신청"),
                url_name="appeals:queue",
                roles=frozenset({"operator", "auditor"}),
                order=530,
                group=_("선정·배정"),
            )
        )
