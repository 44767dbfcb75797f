"""An appeal (이의신청): who may object to what, until when, when it is answered, what it changes (R-06).

Periods are calendar days as in `naru.domain.sanction`: the day of the event does not count, the last day
counts to midnight in the call's zone. An appeal never changes a published result: what it was right about is
computed beside it, and leads to a place on the waiting list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from naru.domain.application import Application
from naru.domain.call import Call
from naru.domain.decision import Finding, Outcome
from naru.domain.periods import day_in, end_of_day
from naru.domain.run import Decision, Settings, decide
from naru.domain.scoring import Sheet
from naru.domain.terms import Text

Against = Literal["screening", "outcome", "score"]
Told = Literal["ineligible", "selected", "waiting", "not_selected", "nothing"]
Remedy = Literal["rescreen", "rereview", "correct"]
State = Literal["none", "open", "withdrawn", "answered"]

APPEALABLE: Mapping[Told, tuple[Against, ...]] = {
    "ineligible": ("screening",),
    "selected": ("score",),
    "waiting": ("outcome", "score"),
    "not_selected": ("outcome", "score"),
    "nothing": (),
}
GROUNDS: Mapping[str, tuple[Against, ...]] = {
    "procedure": ("screening", "outcome", "score"),
    "reviewer_conflict": ("outcome", "score"),
    "score_entry": ("outcome", "score"),
    "eligibility_fact": ("screening", "outcome", "score"),
    "evidence_overlooked": ("screening", "outcome", "score"),
    "other": ("screening", "outcome", "score"),
}
REMEDIES: Mapping[Against, tuple[Remedy, ...]] = {
    "screening": ("rescreen",),
    "outcome": ("rereview", "correct"),
    "score": ("rereview", "correct"),
}

_FILING = {
    "may_appeal": Text(ko="이의신청을 낼 수 있습니다.", en="An appeal may be filed."),
    "not_announced": Text(ko="아직 결과를 공개하지 않았습니다.", en="No result is published yet."),
    "window_over": Text(ko="이의신청 기한이 지났습니다.", en="The time to appeal is over."),
    "no_standing": Text(
        ko="이 신청에는 이의를 낼 결과가 없습니다.", en="There is no result of this application to object to."
    ),
    "open_already": Text(
        ko="답을 기다리는 이의신청이 이미 있습니다.", en="An appeal is waiting for its answer already."
    ),
    "answered_already": Text(ko="이의신청에 이미 답했습니다.", en="The appeal has been answered already."),
    "not_against_that": Text(
        ko="이 결과에는 그렇게 이의를 낼 수 없습니다.", en="That cannot be objected to in this result."
    ),
    "ground_missing": Text(ko="이유를 하나 이상 골라야 합니다.", en="Choose one ground or more."),
    "ground_unfit": Text(
        ko="고른 이유가 이의를 내는 대상과 맞지 않습니다.",
        en="A ground does not fit what is objected to.",
    ),
    "text_missing": Text(
        ko="무엇이 어떻게 잘못되었는지 적혀 있지 않습니다.", en="What is wrong is not written down."
    ),
}
_MENDS = {
    "not_announced": Text(ko="공개된 날부터 낼 수 있습니다.", en="It may be filed from the publication on."),
    "window_over": Text(
        ko="공고 화면의 문의처에 물어볼 수 있습니다. 결과와 계산 기록은 계속 공개됩니다.",
        en="Ask the contact on the call's page; the result and its record stay public.",
    ),
    "no_standing": Text(
        ko="철회한 신청이라면 결과가 없습니다. 문의처에 물어보십시오.",
        en="A withdrawn application has no result. Ask the contact on the call's page.",
    ),
    "open_already": Text(
        ko="더할 말이 있으면 철회하고 기한 안에 다시 내십시오.",
        en="To add something, withdraw it and file again in time.",
    ),
    "answered_already": Text(ko="답과 이유를 확인하십시오.", en="Read the answer and its reasons."),
    "not_against_that": Text(ko="화면에 나온 대상에서 고르십시오.", en="Choose among those on the page."),
    "ground_missing": Text(ko="해당하는 이유를 고르십시오.", en="Choose what applies."),
    "ground_unfit": Text(ko="맞는 이유를 고르십시오.", en="Choose a ground that fits."),
    "text_missing": Text(ko="한두 문장이라도 적어 주십시오.", en="Write a sentence or two."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What somebody is about to file; `published_at` None while nothing is published."""

    told: Told
    against: Against
    grounds: tuple[str, ...]
    text: str
    published_at: datetime | None
    state: State = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one application's result would have been, beside what was published; None: it was not ranked."""

    before: tuple[str, int | None, str] | None  # status, rank, score
    status: str
    rank: int | None
    score: str
    better: bool

    @property
    def selected(self) -> bool:
        """Whether the application would have been selected, and was not."""
        return self.status == "selected" and (self.before is None or self.before[0] != "selected")


def object_until(call: Call, published_at: datetime) -> datetime:
    """The instant from which a published result can no longer be objected to."""
    last = day_in(call.zone, published_at) + timedelta(days=call.appeal.object_days)
    return end_of_day(call.zone, last)


def answer_until(call: Call, filed_at: datetime, extensions: int = 0) -> datetime:
    """The instant by which an appeal is answered; ValueError for more extensions than the call allows."""
    if not 0 <= extensions <= call.appeal.extensions:
        raise ValueError(f"extensions: {extensions} is not within 0..{call.appeal.extensions}")
    days = call.appeal.answer_days + extensions * call.appeal.extension_days
    return end_of_day(call.zone, day_in(call.zone, filed_at) + timedelta(days=days))


def may_file(call: Call, filing: Filing, at: datetime) -> Finding:
    """Whether the appeal may be filed at an instant: passed, or failed with the first thing against it."""
    code = _against_filing(call, filing, at)
    facts = [("told", filing.told), ("against", filing.against), ("grounds", ", ".join(filing.grounds))]
    if filing.published_at is not None:
        facts.append(("until", object_until(call, filing.published_at).isoformat()))
    return Finding(
        clause=call.appeal.clause,
        code=code or "may_appeal",
        outcome=Outcome.FAILED if code else Outcome.PASSED,
        reason=_FILING[code or "may_appeal"],
        facts=tuple(facts),
        mend=_MENDS.get(code),
    )


def may_start(call: Call, told: Told, published_at: datetime | None, state: State, at: datetime) -> Finding:
    """Whether anything may be filed now, whatever the reason: what the page is shown by."""
    against = APPEALABLE[told][0] if APPEALABLE[told] else "outcome"
    probe = Filing(
        told=told, against=against, grounds=("other",), text="-", published_at=published_at, state=state
    )
    return may_file(call, probe, at)


def _against_filing(call: Call, filing: Filing, at: datetime) -> str:
    if filing.published_at is None or at < filing.published_at:
        return "not_announced"
    if not APPEALABLE[filing.told]:
        return "no_standing"
    if filing.state in ("open", "answered"):
        return f"{filing.state}_already"
    if at >= object_until(call, filing.published_at):
        return "window_over"
    return _unfit(filing)


def _unfit(filing: Filing) -> str:
    """What is wrong with the words themselves; empty when nothing is."""
    if filing.against not in APPEALABLE[filing.told]:
        return "not_against_that"
    if not filing.grounds:
        return "ground_missing"
    if any(filing.against not in GROUNDS.get(ground, ()) for ground in filing.grounds):
        return "ground_unfit"
    return "" if filing.text.strip() else "text_missing"


def grounds_for(against: Against) -> tuple[str, ...]:
    """The grounds that may be given against something, in the order they are shown."""
    return tuple(ground for ground, kinds in GROUNDS.items() if against in kinds)


def corrected(sheets: Sequence[Sheet], changes: Mapping[str, Mapping[str, int]]) -> tuple[Sheet, ...]:
    """The same sheets with points entered wrongly put right: reviewer -> criterion -> points.

    Raises KeyError for a reviewer or criterion that is not there.
    """
    by_reviewer = {sheet.reviewer: sheet for sheet in sheets}
    for reviewer, points in changes.items():
        found = by_reviewer[reviewer]
        if unknown := points.keys() - found.points.keys():
            raise KeyError(*unknown)
        by_reviewer[reviewer] = replace(found, points={**found.points, **points})
    return tuple(by_reviewer[sheet.reviewer] for sheet in sheets)


def reconsidered(
    call: Call, published: Iterable[Application], appellant: Application, seed: str, settings: Settings
) -> Decision:
    """The run as it would have been with the appellant as now found, everybody else as published.

    Raises SelectionRefusedError as `decide` does.
    """
    others = [entry for entry in published if entry.id != appellant.id]
    return decide(call, [*others, appellant], seed, None, settings)


def change(before: Decision, after: Decision, application_id: str) -> Change:
    """What the appeal changed for the appellant: better is selected, or a higher rank."""
    now = after.ruling(application_id)
    old = next((ruling for ruling in before.rulings if ruling.id == application_id), None)
    was = None if old is None else (old.status, old.rank, old.score)
    return Change(
        before=was,
        status=now.status,
        rank=now.rank,
        score=now.score,
        better=_place(now.status, now.rank) < (_place(*was[:2]) if was else _NOWHERE),
    )


_NOWHERE = (2, 0)


def _place(status: str, rank: int | None) -> tuple[int, int]:
    return _NOWHERE if rank is None else (0 if status == "selected" else 1, rank)
