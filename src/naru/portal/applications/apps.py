"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class ApplicationsConfig(AppConfig):
    """Applying: draft, evidence documents, submission and receipt, withdrawal."""

    name = "naru.portal.applications"
    label = "applications"

    def ready(self) -> None:
        """Put the rooms on the menu."""
        everyone, applicants = frozenset({navigation.EVERYONE}), frozenset({navigation.APPLICANT})
        rooms = [
            (_("지원 대상 확인"), "applications:check_eligibility", everyone, 110),
            (_("모델 확인"), "applications:check_model", everyone, 120),
            (_("내 신청"), "applications:index", applicants, 200),
            (_("학생 신청 확인"), "applications:confirmations", applicants, 210),
        ]
        for label, url_name, roles, order in rooms:
            navigation.register(navigation.Item(label=label, url_name=url_name, roles=roles, order=order))
