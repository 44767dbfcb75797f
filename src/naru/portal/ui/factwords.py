"""The words of a finding's facts: their names are code, their values text; people read neither.

A name nobody has put into words stays as it is, so that nothing a decision used is ever left out.
"""

import re
from datetime import date, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import wording

NAMES = {
    "again_at": _("다시 보낼 수 있는 때"),
    "allocated_on": _("할당일"),
    "allowed": _("받는 형식"),
    "application": _("신청"),
    "applications": _("신청"),
    "bonus": _("가점"),
    "business_started_on": _("개업일"),
    "cap": _("한도"),
    "capacity": _("공급 대수"),
    "clause": _("조항"),
    "closed_at": _("마감 시각"),
    "closes_at": _("접수 마감"),
    "confirmed_at": _("확인한 때"),
    "cutoff": _("기준일"),
    "decision": _("결정"),
    "delivered": _("인도한 값"),
    "document": _("서류"),
    "documents": _("서류"),
    "due_at": _("기한"),
    "ends": _("끝나는 날"),
    "ending": _("파일 이름의 끝"),
    "evidence": _("증빙"),
    "figure": _("항목"),
    "filled": _("채운 자리"),
    "ground": _("제외사유"),
    "grounds": _("확인한 제외사유"),
    "inference_only": _("추론에만 씀"),
    "item": _("항목"),
    "items": _("항목"),
    "kind": _("종류"),
    "last_day": _("마지막 날"),
    "legal_form": _("법적 형태"),
    "limit": _("한도"),
    "meeting": _("해당하는 대표자 수"),
    "minimum": _("최소값"),
    "model_trained": _("모델 학습을 마침"),
    "models": _("AI 모델"),
    "month": _("달"),
    "needed_by": _("유효해야 하는 날"),
    "number": _("접수번호"),
    "opens": _("여는 날"),
    "opens_at": _("접수 시작"),
    "organisation": _("기관"),
    "other": _("다른 것"),
    "others": _("같은 단위의 다른 신청"),
    "product": _("상품"),
    "professor": _("교수"),
    "programme": _("다른 사업"),
    "rank": _("순위"),
    "reference_day": _("기준일"),
    "representatives": _("대표자 수"),
    "role": _("신청자"),
    "round": _("차수"),
    "seats": _("자리"),
    "sector": _("부문"),
    "sets_held": _("이미 가진 대수"),
    "sets_per_unit": _("단위마다 대수"),
    "size": _("크기"),
    "source": _("기간의 근거"),
    "stage": _("단계"),
    "starts": _("시작하는 날"),
    "state": _("상태"),
    "type": _("유형"),
    "unit": _("할당 단위"),
    "until": _("언제까지"),
    "valid_from": _("유효 시작일"),
    "valid_until": _("유효 종료일"),
    "verdict": _("판단"),
    "version": _("판"),
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")


def name(code: str) -> str:
    """What a fact is called: `closed_at` is "마감 시각"."""
    return str(NAMES.get(code, code))


def value(text: object) -> str:
    """A fact's value as one reads it: days with their weekday, yes and no in words, nothing as a dash."""
    said = str(text)
    try:
        if INSTANT.fullmatch(said):
            return wording.moment(datetime.fromisoformat(said))
        if DAY.fullmatch(said):
            return wording.day(date.fromisoformat(said))
    except (ValueError, OverflowError):  # the shape of a day, but none: shown as it was written
        return said
    if said in ("true", "false"):
        return gettext("예") if said == "true" else gettext("아니요")
    return said or wording.DASH
