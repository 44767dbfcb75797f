"""Today's decisions: what waits for an operator now, each kind with its count, age and due date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from naru.domain.sanction import decision_until
from naru.portal.calls.queries import OpenRound
from naru.portal.console.queries import Counts
from naru.portal.console.rooms import ROOMS, address
from naru.portal.selection.models import PERSONS, SelectionRun

FAR = datetime.max.replace(tzinfo=UTC)
CONFIRMERS = PERSONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One kind of decision: how many wait (None: a single act), since when, by when, and where."""

    step: str
    label: Any
    count: int | None = None
    since: datetime | None = None
    due: datetime | None = None
    url: str = ""


def waiting(one: OpenRound, counts: Counts, at: datetime) -> list[Decision]:
    """Everything that waits for an operator, the nearest due date first, then the oldest."""
    found = [
        *_call(one, counts),
        *_questions(counts),
        *_screening(counts, closed=not one.round.accepts(at)),
        *_technical(counts),
        *_evaluation(counts),
        *_selection(counts),
        *_appeals(counts),
        *_matching(counts),
        *_allocation(counts),
        *_outcome(one, counts),
    ]
    return sorted(found, key=lambda decision: (decision.due or FAR, decision.since or FAR))


def _some(
    step: str, label: str, count: int | None, since: datetime | None = None, due: datetime | None = None
) -> Iterator[Decision]:
    """The decision, unless nothing of its kind waits."""
    if count:
        yield Decision(step=step, label=label, count=count, since=since, due=due, url=address(ROOMS[step]))


def _act(step: str, label: str, since: datetime | None = None, due: datetime | None = None) -> Decision:
    """A single act that the step waits for."""
    return Decision(step=step, label=label, since=since, due=due, url=address(ROOMS[step]))


def _call(one: OpenRound, counts: Counts) -> Iterator[Decision]:
    if not counts.gates["has_seed"]:
        yield _act("call", _("추첨 씨앗의 해시 공개"), due=one.round.last_closing)
    if not counts.gates["has_quotas"]:
        yield _act("call", _("상품별 대수 확정"), due=one.round.last_closing)


def _questions(counts: Counts) -> Iterator[Decision]:
    if counts.questions["open"]:
        yield Decision(
            step="applications",
            label=_("문의에 답하기"),
            count=counts.questions["open"],
            since=counts.questions["open_since"],
            url=address("questions:queue"),
        )


def _screening(counts: Counts, *, closed: bool) -> Iterator[Decision]:
    found, corrections = counts.applications, counts.corrections
    if closed:
        yield from _some("screening", _("규칙 심사 실행"), found["unfound"], found["unfound_since"])
    yield from _some("screening", _("적격 일괄 확인"), found["clean"], found["clean_since"])
    yield from _some("screening", _("서류적격심사 결정"), found["judged"], found["judged_since"])
    if found["doubted"]:
        yield Decision(
            step="screening",
            label=_("사업자 상태가 다른 신청 살펴보기"),
            count=found["doubted"],
            since=found["doubted_since"],
            url=address("organisations:companies"),
        )
    yield from _some(
        "screening",
        _("보완 결과 심사"),
        corrections["ready"],
        corrections["ready_since"],
        corrections["ready_due"],
    )
    yield from _some("screening", _("중복 신청 정리"), counts.duplicates)


def _technical(counts: Counts) -> Iterator[Decision]:
    if not counts.gates["is_closed"]:
        yield from _some(
            "technical", _("사전 기술검토 요청"), counts.going["unrouted"], counts.going["unrouted_since"]
        )
    told = counts.technical
    yield from _some("technical", _("답변이 늦은 반도체사 챙기기"), told["late"], told["late_since"])
    yield from _some(
        "technical", _("지원 불가 신청의 진행 여부 결정"), told["unsupported"], told["unsupported_since"]
    )


def _evaluation(counts: Counts) -> Iterator[Decision]:
    if counts.gates["is_closed"]:
        return
    going = counts.going
    yield from _some("evaluation", _("평가위원 배정"), going["unseated"], going["unseated_since"])
    if going["going"] and not going["short"]:
        yield _act("evaluation", _("선정평가 마감"))


def _selection(counts: Counts) -> Iterator[Decision]:
    run = counts.run
    if run is None:
        if counts.gates["is_closed"]:
            yield _act("selection", _("선정 모의 실행"))
    elif run.state == SelectionRun.State.PROPOSED:
        facts = {"count": run.confirmed, "needed": CONFIRMERS}  # type: ignore[attr-defined]  # annotated
        yield _act("selection", _("선정 확정 (%(count)s/%(needed)s명 확인)") % facts, run.run_at)
    elif run.state == SelectionRun.State.CONFIRMED:
        yield _act("selection", _("선정 결과 공개"), run.run_at)


def _appeals(counts: Counts) -> Iterator[Decision]:
    """Appeals by what they wait for; the answers have a due date."""
    found = counts.appeals
    for name, label in (
        ("open", _("이의신청에 답하기")),
        ("proposed", _("이의신청 인용 확인")),
        ("upheld", _("인용한 이의신청의 재심")),
    ):
        if found[name]:
            yield Decision(
                step="selection",
                label=label,
                count=found[name],
                since=found[f"{name}_since"],
                due=found.get(f"{name}_due"),
                url=address("appeals:queue"),
            )


def _matching(counts: Counts) -> Iterator[Decision]:
    run, matching = counts.run, counts.matching
    if run is None or run.state == SelectionRun.State.PROPOSED:
        return
    if matching is None:
        yield _act("matching", _("배정 실행"), run.published_at)
    elif matching.confirmed_at is None:
        facts = {"count": matching.confirmed, "needed": CONFIRMERS}  # type: ignore[attr-defined]  # annotated
        yield _act("matching", _("배정 확정 (%(count)s/%(needed)s명 확인)") % facts, matching.run_at)


def _allocation(counts: Counts) -> Iterator[Decision]:
    found, matching = counts.awards, counts.matching
    if matching is not None and matching.confirmed_at is not None and not found["total"]:
        yield _act("allocation", _("협약 시작"), matching.confirmed_at)
    yield from _some("allocation", _("협약 서명"), found["signed"], found["signed_since"])
    yield from _some("allocation", _("서버 주문"), found["agreed"], found["agreed_since"])
    offers, run = counts.offers, counts.run
    free = found["freed"] + offers["ended"]
    if free and run is not None and run.waiting:  # type: ignore[attr-defined]  # annotated
        since = min(filter(None, (found["freed_since"], offers["ended_since"])))
        yield Decision(
            step="allocation",
            label=_("빈 자리 충원"),
            count=free,
            since=since,
            url=address("allocation:waiting_list"),
        )


def _outcome(one: OpenRound, counts: Counts) -> Iterator[Decision]:
    checks, cases = counts.checks, counts.cases
    yield from _some("checks", _("중간·결과점검 판정"), checks["undecided"], checks["undecided_since"])
    since = cases["ready_since"]
    due = decision_until(one.terms, since) if since else None
    yield from _some("restrictions", _("참여제한 결정"), cases["ready"], since, due)
