"""The basis of a screening: the call, the applicant, the register and the days the rules look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from naru.domain.applicant import Applicant
from naru.domain.call import Call, Round
from naru.domain.decision import Finding, Outcome
from naru.domain.periods import day_in
from naru.domain.sanction import Restriction
from naru.domain.terms import Text

Reference = Literal["notice_date", "closing_date", "any_time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What every clause is judged on. Days are calendar days in the call's zone.

    `closing_on` is the day intake closed (with continuous intake the day of judgement), `judged_on` the
    day of judgement, `allocated_on` the day the servers are handed out.
    """

    call: Call
    applicant: Applicant
    register: tuple[Restriction, ...]
    closing_on: date
    judged_on: date
    allocated_on: date

    def day(self, reference: Reference) -> date:
        """The day a rule looks at."""
        if reference == "notice_date":
            return self.call.notice_date
        return self.closing_on if reference == "closing_date" else self.judged_on


def basis(
    call: Call,
    round_: Round,
    applicant: Applicant,
    register: Iterable[Restriction],
    at: datetime | None,
    allocated_on: date | None,
) -> Basis:
    """Gather the days; ValueError when intake is continuous and no moment of judgement is given."""
    closing = round_.last_closing or at
    if closing is None:
        raise ValueError("at: continuous intake has no closing date; pass the moment of judgement")
    return Basis(
        call=call,
        applicant=applicant,
        register=tuple(register),
        closing_on=day_in(call.zone, closing),
        judged_on=day_in(call.zone, at or closing),
        allocated_on=allocated_on or allocation_day(call),
    )


def allocation_day(call: Call) -> date:
    """The first day of use in the printed schedule, or the end of support where none is printed.

    The late fallback can only ask for a renewal too many, never pass one over.
    """
    starts = [row.starts for row in call.schedule if row.step == "use" and row.starts is not None]
    return min(starts) if starts else call.support.ends


def found(
    clause: str,
    code: str,
    outcome: Outcome,
    reason: Text,
    *,
    mend: Text | None = None,
    **facts: object,
) -> Finding:
    """A finding with its facts as text, in the order given."""
    return Finding(
        clause=clause,
        code=code,
        outcome=outcome,
        reason=reason,
        facts=tuple((name, str(value)) for name, value in facts.items()),
        mend=mend,
    )
