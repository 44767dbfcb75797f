"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class ScreeningConfig(AppConfig):
    """Screening and technical review: findings filled in, a person decides."""

    name = "naru.portal.screening"
    label = "screening"

    def ready(self) -> None:
        """Put the rooms on the menu, and what stands now on the applicant's page."""
        from naru.portal.applications.standing import register
        from naru.portal.calls import reopening
        from naru.portal.mail import outbox
        from naru.portal.screening import queries, standing, tasks

        outbox.woken_by(tasks.wake)  # whoever is asked something is mailed, and reminded from then on
        reopening.register(queries.begun)
        register(300, standing.told, *standing.RELATED)
        staff = frozenset({"operator", "auditor"})
        navigation.register(
            navigation.Item(
                label=_("서류적격심사"),
                url_name="screening:queue",
                roles=staff,
                order=300,
                group=_("심사·평가"),
            ),
            navigation.Item(
                label=_("사전 기술검토"),
                url_name="screening:reviews",
                roles=frozenset({"vendor"}),
                order=310,
            ),
        )
