"""The words of appeals: what is objected to, grounds explained, states with their tones, remedies."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from naru.portal.appeals.models import Appeal

APPEAL = "appeal"  # the context of words that mean something else elsewhere
AGAINST = {
    "screening": _("서류심사나 기술검토에서 제외된 것"),
    "outcome": _("선정되지 않은 것"),
    "score": _("평가 점수"),
}
GROUNDS = {
    "procedure": (
        _("절차가 공고와 다르게 진행되었습니다"),
        _("공고에 적힌 순서나 기한, 방법을 지키지 않은 경우입니다."),
    ),
    "reviewer_conflict": (
        _("평가위원에게 이해관계가 있습니다"),
        _("같은 기관, 가족, 지도 관계처럼 공정하게 평가하기 어려운 사이인 경우입니다."),
    ),
    "score_entry": (
        _("점수가 잘못 적혔거나 계산이 틀렸습니다"),
        _("배점과 맞지 않는 점수, 빠진 가점처럼 숫자가 잘못된 경우입니다."),
    ),
    "eligibility_fact": (
        _("자격에 관한 사실이 다르게 판단되었습니다"),
        _("기업 종류, 설립일, 확인서의 유효기간처럼 사실이 다르게 읽힌 경우입니다."),
    ),
    "evidence_overlooked": (
        _("낸 서류나 내용을 보지 않았습니다"),
        _("기한 안에 낸 서류나 계획서의 내용이 판단에서 빠진 경우입니다."),
    ),
    "other": (_("그 밖의 이유"), _("위에 없으면 아래 칸에 자세히 적어 주십시오.")),
}
TONES = {
    "filed": "wait",
    "proposed": "wait",
    "upheld": "active",
    "settled": "ok",
    "rejected": "bad",
    "dismissed": "bad",
    "withdrawn": "neutral",
}
OWN = {  # what who filed it is told: a proposal is not an answer yet
    "filed": _("답을 기다리는 중"),
    "proposed": _("답을 기다리는 중"),
    "upheld": _("받아들여져 다시 심사하는 중"),
    "settled": _("받아들여져 결과가 나옴"),
    "rejected": _("받아들여지지 않음(기각)"),
    "dismissed": _("심사 대상이 아님(각하)"),
    "withdrawn": _("철회함"),
}
REMEDIES = {
    "rescreen": _("제외를 거두고 새 평가위원이 평가합니다"),
    "rereview": _("새 평가위원이 다시 평가합니다"),
    "correct": _("잘못 적힌 점수나 가점을 바로잡습니다"),
}
DISMISSALS = {
    "late": _("기한이 지나서 낸 것"),
    "no_standing": _("이의를 낼 수 있는 사람이나 신청이 아닌 것"),
    "not_appealable": _("결과에 대한 이의가 아닌 것"),
}
STATUS = {
    "selected": pgettext_lazy(APPEAL, "선정"),
    "waiting": pgettext_lazy(APPEAL, "예비"),
    "below_pass_mark": _("과락"),
    "duplicate": _("중복 제외"),
    "not_selected": _("미선정"),
    "ineligible": _("서류심사에서 제외"),
}


def grounds(appeal: Appeal) -> list[Any]:
    """The grounds given, in words."""
    return [GROUNDS[one][0] for one in appeal.grounds]
