"""The words of selection: readings of the sector rule, statuses with their tones, conditions, settings."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from naru.domain import call as terms
from naru.domain.run import Settings
from naru.domain.terms import Text
from naru.portal.selection.models import SelectionRun

RESULT = "result"  # the context of words that mean something else elsewhere
READING_LABELS = {
    "ratio": gettext_lazy("선정된 수의 절반 미만"),
    "quota": gettext_lazy("모집 규모의 절반 미만"),
    "soft": gettext_lazy("모집 규모의 절반 미만, 빈자리는 공공에 개방"),
    "none": gettext_lazy("부문 제한 없음"),
}
READING_SHORT = {
    "ratio": gettext_lazy("선정 수 기준"),
    "quota": gettext_lazy("모집 규모 기준"),
    "soft": gettext_lazy("빈자리 개방"),
    "none": gettext_lazy("제한 없음"),
}
STATUS = {
    "selected": ("ok", pgettext_lazy(RESULT, "선정")),
    "SECTOR_BOUND": ("warn", gettext_lazy("예비·상한")),
    "SEATS_FULL": ("wait", pgettext_lazy(RESULT, "예비")),
    "below_pass_mark": ("bad", gettext_lazy("과락")),
    "duplicate": ("bad", gettext_lazy("중복 제외")),
}
STATES = {
    SelectionRun.State.PROPOSED: ("active", gettext_lazy("모의 결과")),
    SelectionRun.State.CONFIRMED: ("info", gettext_lazy("확정, 공개 전")),
    SelectionRun.State.PUBLISHED: ("ok", gettext_lazy("공개됨")),
    SelectionRun.State.SUPERSEDED: ("neutral", gettext_lazy("새 결과로 대체됨")),
}
MOVES = {
    "gains": ("ok", gettext_lazy("서버를 얻음")),
    "loses": ("bad", gettext_lazy("서버를 잃음")),
    "better": ("info", gettext_lazy("더 바라던 클라우드로")),
    "worse": ("warn", gettext_lazy("덜 바라던 클라우드로")),
    "moves": ("neutral", gettext_lazy("같은 희망 안에서 옮김")),
}
OUTCOMES = {
    "selected": ("ok", pgettext_lazy(RESULT, "선정")),
    "waiting": ("wait", pgettext_lazy(RESULT, "예비")),
    "not_selected": ("neutral", gettext_lazy("미선정")),
}
GATES = {
    "seed": (gettext_lazy("추첨 씨앗의 해시 공개"), gettext_lazy("접수 마감 전에 공개해야 합니다.")),
    "quotas": (gettext_lazy("상품별 대수 확정"), gettext_lazy("점수를 열기 전에 확정합니다 (C-04).")),
    "duplicates": (
        gettext_lazy("중복 신청 정리"),
        gettext_lazy("한 기업·교수의 신청 가운데 하나만 남깁니다 (E-04)."),
    ),
    "sheets": (
        gettext_lazy("평가표 갖춤"),
        gettext_lazy("신청마다 확정한 평가표가 필요한 수만큼 있어야 합니다 (R-03)."),
    ),
    "evaluation": (gettext_lazy("선정평가 마감"), gettext_lazy("마감 뒤에는 점수가 바뀌지 않습니다.")),
}


def settings_words(settings: Settings) -> list[str]:
    """How a run departs from the call's rule, a phrase each; empty where it does not."""
    found: list[str] = []
    if settings.reading is not None:
        found.append(str(READING_LABELS[settings.reading]))
    if settings.share is not None:
        found.append(_("공공부문 상한 %(share)s%%") % {"share": float_free(settings.share * 100)})
    if settings.min_score is not None:
        found.append(_("과락 %(points)s점") % {"points": float_free(settings.min_score)})
    if settings.spill:
        found.append(_("남는 자리를 다른 상품으로 넘김"))
    return found


def float_free(value: Any) -> str:
    """A fraction of points as an exact decimal without trailing zeros."""
    whole, rest = divmod(value * 100, 100)
    return f"{whole}" if not rest else f"{whole}.{int(rest):02d}".rstrip("0")


def sector_titles(call: terms.Call) -> dict[str, Text]:
    """Sector id -> its title."""
    return {party.id: party.title for party in call.parties}


def product_titles(call: terms.Call) -> dict[str, Text]:
    """Product id -> its title."""
    return {resource.id: resource.title for resource in call.resources}
