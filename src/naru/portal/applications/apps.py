"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class ApplicationsConfig(AppConfig):
    """Applying: draft, evidence documents, submission and receipt, withdrawal."""

    name = "naru.portal.applications"
    label = "applications"

    def ready(self) -> None:
        """Put the rooms on the menu; a submitted application holds its company's details."""
        from naru.portal.applications import (  # importing the checks registers them
            checks,  # noqa: F401
            queries,
            tasks,
            upkeep,
        )
        from naru.portal.applications.holding import holds
        from naru.portal.organisations import locks

        locks.register(holds)
        upkeep.woken_by(upkeep.Need.LOOK, tasks.wake_looks)
        upkeep.woken_by(upkeep.Need.LEAVE, tasks.wake_removal)
        from naru.portal.calls import audience

        everyone, applicants = frozenset({navigation.EVERYONE}), frozenset({navigation.APPLICANT})
        rooms = [
            (_("지원 대상 확인"), "applications:check_eligibility", everyone, 110),
            (_("모델 확인"), "applications:check_model", everyone, 120),
            (_("내 신청"), "applications:index", applicants, 200),
        ]
        for label, url_name, order in (
            (_("신청현황표"), "applications:status_sheets", 220),
            (_("검사 대기 파일"), "applications:quarantine", 230),
        ):
            navigation.register(
                navigation.Item(
                    label=label,
                    url_name=url_name,
                    roles=frozenset({"operator", "auditor"}),
                    order=order,
                    group=_("심사·평가"),
                )
            )
        navigation.register(
            navigation.Item(
                label=_("학생 신청 확인"),
                url_name="applications:confirmations",
                roles=applicants,
                order=210,
                concerns=queries.is_asked_to_confirm,
            )
        )
        audience.register(queries.readers)
        for label, url_name, roles, order in rooms:
            navigation.register(navigation.Item(label=label, url_name=url_name, roles=roles, order=order))
