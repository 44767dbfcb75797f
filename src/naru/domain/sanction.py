"""Sanctions (제재) with due process, and the register of restrictions (참여제한) a later call reads.

Order: facts, prior notice, a time to be heard, a decision with reasons, a register entry with its end.
Periods are calendar days, not business days: the call states plain days, business days would need a
holiday table that changes by decree, and a longer weekend can only help the person who is heard. The day
of the notice does not count and the last day counts to midnight in the call's zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from naru.domain.call import Call
from naru.domain.decision import Finding, Outcome
from naru.domain.periods import day_in, end_of_day
from naru.domain.terms import SanctionGround, Text, require

OWN_SANCTIONS = "government_sanction"  # the exclusion ground that bars imposed by our own calls fall under
Phase = Literal["facts", "hearing", "deciding", "overdue", "decided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """An entry of the register: `unit` is barred under `ground` from `starts` to `ends`, both included.

    `ground` is a sanction ground of an earlier call ("withdrawal") or an exclusion ground as other registers
    report it ("ict_fund_restriction"); `ends` is None while open-ended; `source` is who entered it.
    """

    unit: str
    ground: str
    starts: date
    ends: date | None
    source: str
    lifted_on: date | None = None

    def __post_init__(self) -> None:
        require(
            self.ends is None or self.starts <= self.ends,
            f"ends: {self.ends} is before starts {self.starts}",
        )

    def bars(self, on: date) -> bool:
        """Whether the entry is in force on a day; a lifted entry stops on the day it was lifted."""
        if self.lifted_on is not None and on >= self.lifted_on:
            return False
        return self.starts <= on and (self.ends is None or on <= self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as far as it has come; every moment is aware. `facts` is what is held against the unit."""

    unit: str
    ground: str
    facts: str = ""
    noticed_at: datetime | None = None
    heard_at: datetime | None = None
    decided_at: datetime | None = None


def barred(register: Iterable[Restriction], unit: str, on: date) -> tuple[Restriction, ...]:
    """The entries that bar a unit on a day, oldest first, whatever the order of the register."""
    found = [entry for entry in register if entry.unit == unit and entry.bars(on)]
    return tuple(sorted(found, key=lambda entry: (entry.starts, entry.ground, entry.source)))


def falls_under(call: Call, entry: Restriction) -> str:
    """The exclusion ground an entry falls under: its own where the call names it, else `OWN_SANCTIONS`."""
    named = any(ground.id == entry.ground for ground in call.exclusions)
    return entry.ground if named else OWN_SANCTIONS


def hearing_until(call: Call, noticed_at: datetime) -> datetime:
    """The instant the time to be heard is over (exclusive): midnight after the last day."""
    last = day_in(call.zone, noticed_at) + timedelta(days=call.sanction.hearing_days)
    return end_of_day(call.zone, last)


def decision_until(call: Call, noticed_at: datetime) -> datetime:
    """The instant by which to decide (exclusive), counted from the last day to be heard."""
    days = call.sanction.hearing_days + call.sanction.decision_days
    return end_of_day(call.zone, day_in(call.zone, noticed_at) + timedelta(days=days))


def phase(call: Call, case: Case, at: datetime) -> Phase:
    """Where a case stands at a moment. A statement received early ends the hearing at once."""
    if case.decided_at is not None:
        return "decided"
    if case.noticed_at is None:
        return "facts"
    if case.heard_at is None and at < hearing_until(call, case.noticed_at):
        return "hearing"
    return "deciding" if at < decision_until(call, case.noticed_at) else "overdue"


_REASONS = {
    "facts_missing": Text(
        ko="사실관계가 적혀 있지 않습니다.",
        en="The facts of the case are not written down.",
    ),
    "notice_missing": Text(ko="사전 통지를 하지 않았습니다.", en="No prior notice was given."),
    "hearing_open": Text(
        ko="의견을 낼 기간이 아직 끝나지 않았습니다.",
        en="The time to be heard is not over yet.",
    ),
    "decided_already": Text(ko="이미 결정한 건입니다.", en="The case is decided already."),
    "decision_late": Text(
        ko="결정 기한이 지났습니다. 늦은 까닭을 함께 남겨야 합니다.",
        en="The time to decide has passed; the delay must be explained.",
    ),
    "ready": Text(
        ko="절차를 모두 거쳤으므로 결정할 수 있습니다.",
        en="Every step was taken, so a decision may be made.",
    ),
}


def may_decide(call: Call, case: Case, at: datetime) -> Finding:
    """Whether a person may decide the case at a moment: passed, failed with the step missing, or person."""
    code, outcome = _readiness(call, case, at)
    facts: list[tuple[str, str]] = [("phase", phase(call, case, at))]
    if case.noticed_at is not None:
        facts.append(("hearing_until", hearing_until(call, case.noticed_at).isoformat()))
        facts.append(("decision_until", decision_until(call, case.noticed_at).isoformat()))
    return Finding(
        clause=ground_of(call, case.ground).clause,
        code=code,
        outcome=outcome,
        reason=_REASONS[code],
        facts=tuple(facts),
    )


def _readiness(call: Call, case: Case, at: datetime) -> tuple[str, Outcome]:
    if not case.facts.strip():
        return "facts_missing", Outcome.FAILED
    match phase(call, case, at):
        case "facts":
            return "notice_missing", Outcome.FAILED
        case "hearing":
            return "hearing_open", Outcome.FAILED
        case "decided":
            return "decided_already", Outcome.FAILED
        case "overdue":
            return "decision_late", Outcome.PERSON
        case _:
            return "ready", Outcome.PASSED


def ground_of(call: Call, ground: str) -> SanctionGround:
    """The ground by id; KeyError when the call has none of that name."""
    for entry in call.sanction.grounds:
        if entry.id == ground:
            return entry
    raise KeyError(ground)


def restriction(call: Call, case: Case, decided_at: datetime) -> Restriction | None:
    """The register entry of a decided case, or None where the ground carries no bar (`years` = 0).

    It bars the programmes of the `years` calendar years after the call's own, that is every call whose
    closing date lies in them, and never a day before the decision. Raises ValueError when those years
    are over by the day of the decision: a bar that cannot act must not be recorded as one.
    """
    ground = ground_of(call, case.ground)
    if ground.years == 0:
        return None
    year = call.support.ends.year
    ends = date(year + ground.years, 12, 31)
    decided_on = day_in(call.zone, decided_at)
    require(decided_on <= ends, f"decided_at: {decided_on} is after the barred years ended on {ends}")
    return Restriction(
        unit=case.unit,
        ground=ground.id,
        starts=max(date(year + 1, 1, 1), decided_on),
        ends=ends,
        source=call.id,
    )


def clawback(call: Call, ground: str, server_months: Iterable[tuple[str, int]]) -> int:
    """The cost to claim back in budget units: server-months by product times their monthly cost (P-05).

    0 where the ground carries no clawback; KeyError for an unknown product, ValueError for a negative count.
    """
    if not ground_of(call, ground).clawback:
        return 0
    total = 0
    for product, months in server_months:
        require(months >= 0, f"server_months: {months} of {product} is negative")
        total += call.resource(product).monthly_cost * months
    return total
