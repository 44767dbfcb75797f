"""Where each step of the year is worked on, and each role's first page: URL names in one place."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from naru.portal.accounts.models import Role, User
from naru.portal.console import queries

ROOMS = {
    "call": "calls:index",
    "applications": "screening:queue",
    "screening": "screening:queue",
    "technical": "screening:coverage",
    "evaluation": "evaluation:coverage",
    "selection": "selection:room",
    "matching": "selection:matching",
    "allocation": "allocation:board",
    "progress": "progress:wall",
    "checks": "progress:checks",
    "restrictions": "progress:cases",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A first page: whose it is, what is done there, its address."""

    title: Any
    does: Any
    url_name: str

    @property
    def url(self) -> str:
        """The address."""
        return address(self.url_name)


DOORS = {
    Role.OPERATOR.value: Door(
        title=_("운영기관"), does=_("올해의 현황과 오늘 결정할 일을 봅니다."), url_name="console:board"
    ),
    Role.AUDITOR.value: Door(
        title=_("감사"), does=_("누가 언제 무엇을 했는지 보고 기록을 검증합니다."), url_name="audit:events"
    ),
    Role.REVIEWER.value: Door(
        title=_("평가위원"), does=_("서약하고 맡은 신청서를 평가합니다."), url_name="evaluation:mine"
    ),
    Role.VENDOR.value: Door(
        title=_("AI 반도체사"),
        does=_("우리 반도체로 돌아가는 모델인지 답합니다."),
        url_name="screening:reviews",
    ),
    Role.CLOUD.value: Door(
        title=_("클라우드사"), does=_("주문받은 서버를 준비해 인도합니다."), url_name="allocation:orders"
    ),
}
PROFESSOR = Door(
    title=_("지도교수"),
    does=_("확인을 기다리는 학생 신청서가 있습니다."),
    url_name="applications:confirmations",
)
APPLICANT = Door(
    title=_("신청자"), does=_("신청서를 쓰고 제출하고 결과를 봅니다."), url_name="applications:index"
)


def address(url_name: str) -> str:
    """The address of a room, empty where the portal is run without it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def doors(user: User) -> list[Door]:
    """The first pages of a person, most pressing first; everybody may apply, so that door comes last.

    Who holds another role is sent straight to it: the applicant's door is added only beside other doors.
    """
    found = [door for role, door in DOORS.items() if user.has_role(role)]
    if queries.confirmations_waiting(user):
        found.append(PROFESSOR)
    if len(found) == 1:
        return found
    return [*found, APPLICANT]
