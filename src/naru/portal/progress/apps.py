"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class ProgressConfig(AppConfig):
    """Progress: monthly reports, checks, verdicts, restriction cases."""

    name = "naru.portal.progress"
    label = "progress"

    def ready(self) -> None:
        """Put the rooms on the menu, and what stands now on the applicant's page."""
        from naru.portal.applications.standing import register
        from naru.portal.progress import standing

        register(700, standing.told, *standing.RELATED)
        readers, group = frozenset({"operator", "auditor"}), _("할당·진도")
        from naru.portal.allocation.access import has_award

        navigation.register(
            navigation.Item(
                label=_("진도체크"), url_name="progress:wall", roles=readers, order=700, group=group
            ),
            navigation.Item(
                label=_("중간·결과점검"), url_name="progress:checks", roles=readers, order=710, group=group
            ),
            navigation.Item(
                label=_("설문·성과조사"), url_name="progress:surveys", roles=readers, order=715, group=group
            ),
            navigation.Item(
                label=_("참여제한 심의"), url_name="progress:cases", roles=readers, order=720, group=group
            ),
            navigation.Item(
                label=_("진도 보고"),
                url_name="progress:mine",
                roles=frozenset({navigation.APPLICANT}),
                order=700,
                concerns=has_award,
            ),
        )
