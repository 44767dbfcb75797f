"""The board of the year: each step's numbers, its oldest open item, and what blocks the next gate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from naru.portal.calls.queries import OpenRound
from naru.portal.console.decisions import CONFIRMERS, Decision, waiting
from naru.portal.console.queries import Counts
from naru.portal.console.rooms import ROOMS, address
from naru.portal.selection.models import SelectionRun
from naru.portal.ui import wording
from naru.portal.ui.components import YearStep

State = Literal["done", "now", "next"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the board: `numbers` are (label, count), `blocks` what keeps the gate shut."""

    code: str
    label: Any
    state: State
    numbers: Sequence[tuple[Any, int]]
    since: datetime | None
    gate: Any
    blocks: Sequence[Any]
    url: str


def build(one: OpenRound, counts: Counts, at: datetime) -> tuple[list[Step], list[Decision]]:
    """The eleven steps in the order of the year, and today's decisions."""
    makers: Sequence[Callable[[OpenRound, Counts, datetime], Step]] = (
        _call,
        _applications,
        _screening,
        _technical,
        _evaluation,
        _selection,
        _matching,
        _allocation,
        _progress,
        _checks,
        _restrictions,
    )
    return [make(one, counts, at) for make in makers], waiting(one, counts, at)


def present(steps: Sequence[Step]) -> Step:
    """Where the year stands: the first step that is going on, else the first to come, else the last."""
    for wanted in ("now", "next"):
        for step in steps:
            if step.state == wanted:
                return step
    return steps[-1]


def timeline(steps: Sequence[Step]) -> list[YearStep]:
    """The same steps as the line of the year above the board."""
    return [YearStep(label=step.label, state=step.state, url=f"#step-{step.code}") for step in steps]


def _step(
    code: str,
    label: str,
    gate: str,
    numbers: Sequence[tuple[str, int]],
    blocks: Sequence[tuple[object, str]],
    *,
    begun: object,
    since: Sequence[datetime | None] = (),
) -> Step:
    """A step from its parts; a block counts while its first member is true, `%(n)s` in it is that number."""
    shut = [text % {"n": number} if "%(n)s" in text else text for number, text in blocks if number]
    return Step(
        code=code,
        label=label,
        state=("now" if shut else "done") if begun else "next",
        numbers=numbers,
        since=min((instant for instant in since if instant), default=None),
        gate=gate,
        blocks=shut,
        url=address(ROOMS[code]),
    )


def _call(one: OpenRound, counts: Counts, _at: datetime) -> Step:
    return _step(
        "call",
        _("사업공고"),
        _("접수 마감"),
        [(_("공고 판"), one.version.number), (_("모집 대수"), one.round.seats)],
        [
            (not counts.gates["has_seed"], _("추첨 씨앗의 해시를 공개하지 않았습니다.")),
            (not counts.gates["has_quotas"], _("상품별 대수를 확정하지 않았습니다.")),
        ],
        begun=True,
    )


def _applications(one: OpenRound, counts: Counts, at: datetime) -> Step:
    found, closing = counts.applications, one.round.last_closing
    numbers = [
        (_("작성 중"), found["draft"]),
        (_("제출됨"), found["submitted"]),
        (_("철회"), found["withdrawn"]),
        (_("교수 확인 대기"), found["unconfirmed"]),
    ]
    if one.round.accepts(at):
        until = wording.deadline(closing, at) if closing else _("상시 접수")
        shut = _("접수 중: %(until)s") % {"until": until}
    else:
        shut = ""
    return _step(
        "applications",
        _("신청"),
        _("서류적격심사 시작"),
        numbers,
        [(shut, shut)],
        begun=one.round.opens_at <= at,
    )


def _screening(_one: OpenRound, counts: Counts, _at: datetime) -> Step:
    found = counts.applications
    pending = found["clean"] + found["judged"]
    return _step(
        "screening",
        _("서류적격심사"),
        _("선정평가 시작"),
        [
            (_("결정 전"), found["unfound"] + pending),
            (_("보완 중"), found["correction"]),
            (_("적격"), found["eligible"]),
            (_("부적격"), found["ineligible"]),
        ],
        [
            (found["unfound"], _("규칙 심사를 하지 않은 신청 %(n)s건")),
            (pending, _("결정하지 않은 심사 %(n)s건")),
            (found["correction"], _("보완이 끝나지 않은 신청 %(n)s건")),
            (counts.duplicates, _("정리하지 않은 중복 단위 %(n)s곳")),
        ],
        begun=pending + found["correction"] + found["eligible"] + found["ineligible"],
        since=[
            found["unfound_since"],
            found["clean_since"],
            found["judged_since"],
            found["correction_since"],
        ],
    )


def _technical(_one: OpenRound, counts: Counts, _at: datetime) -> Step:
    told, going = counts.technical, counts.going
    return _step(
        "technical",
        _("사전 기술검토"),
        _("선정평가 시작"),
        [
            (_("답변 대기"), told["waiting"]),
            (_("지원 가능"), told["supported"]),
            (_("조건부 가능"), told["conditional"]),
            (_("지원 불가"), told["refused"]),
        ],
        [
            (going["unrouted"], _("검토를 요청하지 않은 적격 신청 %(n)s건")),
            (told["waiting"], _("AI 반도체사의 답변을 기다리는 검토 %(n)s건")),
            (told["late"], _("답변 기한이 지난 검토 %(n)s건")),
            (told["unsupported"], _("지원사가 없어 결정을 기다리는 신청 %(n)s건")),
        ],
        begun=told["waiting"] + told["supported"] + told["conditional"] + told["refused"],
        since=[going["unrouted_since"], told["waiting_since"], told["unsupported_since"]],
    )


def _evaluation(_one: OpenRound, counts: Counts, _at: datetime) -> Step:
    sheets, going, closed = counts.evaluation, counts.going, counts.gates["is_closed"]
    asked, final, draft = sheets["asked"], sheets["final"], sheets["draft"]
    return _step(
        "evaluation",
        _("선정평가"),
        pgettext("gate", "평가 마감"),
        [
            (_("평가 대상"), going["going"]),
            (_("쓰지 않음"), asked - final - draft),
            (_("작성 중"), draft),
            (_("확정됨"), final),
        ],
        [
            (going["unseated"] and not closed and going["unseated"], _("평가위원이 모자라는 신청 %(n)s건")),
            (going["short"] and not closed and going["short"], _("확정 평가표가 모자라는 신청 %(n)s건")),
            (not closed, _("평가를 마감하지 않았습니다.")),
        ],
        begun=asked or closed,
        since=[] if closed else [going["unseated_since"], sheets["open_since"]],
    )


def _selection(_one: OpenRound, counts: Counts, _at: datetime) -> Step:
    run = counts.run
    state = run.state if run else ""
    missing = CONFIRMERS - run.confirmed if run and state == SelectionRun.State.PROPOSED else 0  # type: ignore[attr-defined]
    return _step(
        "selection",
        _("선정"),
        _("결과 공개"),
        [
            (_("선정됨"), run.selected if run else 0),  # type: ignore[attr-defined]  # annotated
            (_("예비"), run.waiting if run else 0),  # type: ignore[attr-defined]  # annotated
        ],
        [
            (not counts.gates["is_closed"], _("선정평가가 마감되지 않았습니다.")),
            (run is None, _("모의 결과가 없습니다.")),
            (missing, _("확정에 운영자 %(n)s명의 확인이 더 필요합니다.")),
            (state == SelectionRun.State.CONFIRMED, _("확정했고 아직 공개하지 않았습니다.")),
        ],
        begun=run,
        since=[run.run_at] if run and state != SelectionRun.State.PUBLISHED else [],
    )


def _matching(_one: OpenRound, counts: Counts, _at: datetime) -> Step:
    matching, servers = counts.matching, counts.gates["servers"] or 0
    confirmed = matching is not None and matching.confirmed_at is not None
    return _step(
        "matching",
        _("배정"),
        _("할당 시작"),
        [
            (_("공급 대수"), servers),
            (_("배정됨"), matching.served if matching else 0),  # type: ignore[attr-defined]  # annotated
            (_("배정 못 함"), matching.unserved if matching else 0),  # type: ignore[attr-defined]
        ],
        [
            (not servers, _("공급 대수가 입력되지 않았습니다.")),
            (matching is None, _("배정을 실행하지 않았습니다.")),
            (matching is not None and not confirmed, _("배정을 확정하지 않았습니다.")),
        ],
        begun=matching,
        since=[matching.run_at] if matching and not confirmed else [],
    )


def _allocation(_one: OpenRound, counts: Counts, _at: datetime) -> Step:
    found = counts.awards
    waits = ("unsigned", "signed", "agreed", "ordered", "delivered")
    return _step(
        "allocation",
        _("할당"),
        _("모든 서버 인수"),
        [
            (_("협약 대기"), found["unsigned"] + found["signed"]),
            (_("서버 준비 중"), found["agreed"] + found["ordered"] + found["delivered"]),
            (_("이용 중"), found["in_use"]),
            (_("제안 답변 대기"), counts.offers["open"]),
            (_("중도포기·제외"), found["left"]),
            (_("이용 종료"), found["ended"]),
        ],
        [
            (found["unsigned"], _("신청자의 협약 서명을 기다림 %(n)s건")),
            (found["signed"], _("운영기관의 협약 서명을 기다림 %(n)s건")),
            (found["agreed"], _("서버 주문을 기다림 %(n)s건")),
            (found["ordered"], _("클라우드사의 인도를 기다림 %(n)s건")),
            (found["delivered"], _("신청자의 인수를 기다림 %(n)s건")),
        ],
        begun=found["total"],
        since=[found[f"{name}_since"] for name in waits],
    )


def _progress(_one: OpenRound, counts: Counts, _at: datetime) -> Step:
    found, month = counts.awards, f"{counts.month:%Y-%m}"
    return _step(
        "progress",
        _("진도체크"),
        _("이번 달 보고 마감"),
        [(_("%(month)s 보고") % {"month": month}, found["reported"]), (_("보고 없음"), found["unreported"])],
        [
            (found["unreported"], _("지난달 진도를 보고하지 않은 수혜자 %(n)s곳")),
            (found["in_use"], _("서버를 이용하며 달마다 보고하는 수혜자 %(n)s곳")),
        ],
        begun=found["in_use"] + found["ended"] + found["reported"],
    )


def _checks(_one: OpenRound, counts: Counts, _at: datetime) -> Step:
    found = counts.checks
    return _step(
        "checks",
        _("중간·결과점검"),
        _("결과점검 판정"),
        [
            (_("중간점검 제출"), found["midpoint"]),
            (_("결과점검 제출"), found["final"]),
            (_("판정 전"), found["undecided"]),
            (_("미흡"), found["insufficient"]),
        ],
        [
            (found["undecided"], _("판정하지 않은 점검 %(n)s건")),
            (max(0, counts.awards["in_use"] - found["final"]), _("결과점검 자료를 낼 수혜자 %(n)s곳")),
        ],
        begun=found["midpoint"] + found["final"],
        since=[found["undecided_since"]],
    )


def _restrictions(_one: OpenRound, counts: Counts, _at: datetime) -> Step:
    found = counts.cases
    return _step(
        "restrictions",
        _("참여제한"),
        _("다음 사업공고"),
        [
            (_("의견 제출 기간"), found["hearing"]),
            (_("결정 대기"), found["ready"]),
            (_("제한함"), found["restricted"]),
            (_("제한하지 않음"), found["dropped"]),
            (_("지금 효력이 있는 제한"), counts.register),
        ],
        [
            (found["hearing"], _("의견 제출 기간이 남은 건 %(n)s건")),
            (found["ready"], _("결정을 기다리는 건 %(n)s건")),
        ],
        begun=found["hearing"] + found["ready"] + found["restricted"] + found["dropped"],
        since=[found["ready_since"]],
    )
