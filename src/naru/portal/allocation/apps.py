"""Django's name for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class AllocationConfig(AppConfig):
    """Awards, agreements, servers, withdrawal and refill, the budget."""

    name = "naru.portal.allocation"
    label = "allocation"

    def ready(self) -> None:
        """Put the rooms on the menu, and what stands now on the applicant's page."""
        from naru.portal.allocation import actions, standing
        from naru.portal.applications.standing import register
        from naru.portal.screening import tasks

        tasks.also(actions.remind_offers)
        register(600, standing.told, *standing.RELATED)
        readers, group = frozenset({"operator", "auditor"}), _("할당·진도")
        navigation.register(
            navigation.Item(
                label=_("할당"), url_name="allocation:board", roles=readers, order=600, group=group
            ),
            navigation.Item(
                label=_("대기자와 충원"),
                url_name="allocation:waiting_list",
                roles=readers,
                order=610,
                group=group,
            ),
            navigation.Item(
                label=_("예산"), url_name="allocation:budget", roles=readers, order=620, group=group
            ),
            navigation.Item(
                label=_("서버 주문"), url_name="allocation:orders", roles=frozenset({"cloud"}), order=600
            ),
        )
