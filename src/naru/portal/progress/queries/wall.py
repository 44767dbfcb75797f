"""The progress wall: every award of a call, month by month, and the counts above it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import Count, OuterRef, Subquery

from naru.domain.call import Call as Terms
from naru.domain.periods import day_in, month_of, months_from
from naru.domain.progress import StageClock
from naru.portal.allocation.models import Award
from naru.portal.calls.models import Call
from naru.portal.calls.queries import in_force
from naru.portal.progress.models import RestrictionCase
from naru.portal.progress.queries.standing import HANDED_IN, Standing
from naru.portal.ui.gathering import gather

Kind = Literal["stage", "missing", "due", "ahead", "outside"]
UNSHOWN = (  # long to decode
    "application__clouds", "application__edits", "server__figures", "server__findings", "survey__answers",
)  # fmt: skip
OPEN_CASES = (RestrictionCase.State.NOTICED, RestrictionCase.State.HEARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One month of one award: a reported stage, a missing or due report, a month ahead or outside the use."""

    month: date
    kind: Kind
    number: int = 0  # the stage's place in the call, from 1
    stage: str = ""
    stalled: bool = False
    owes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """How a reader narrows the wall; empty and False narrow nothing."""

    product: str = ""
    stage: str = ""
    stalled: bool = False
    owes: bool = False

    def keeps(self, one: Standing) -> bool:
        """Whether an award stays on the wall."""
        return (
            (not self.product or one.award.product == self.product)
            and (not self.stage or (one.clock is not None and one.clock.stage == self.stage))
            and (not self.stalled or one.stalled)
            and (not self.owes or bool(one.owed))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What stands open in a call: reports due by the end of this month, statements, checks, cases."""

    reports: int
    statements: int
    checks: int
    cases: int


def calls_with_awards() -> list[Call]:
    """The calls that have awards, newest first."""
    return [version.call for version in in_force(Award.objects.order_by().values("call"))]


def awards_on_wall(call: Call) -> list[Award]:
    """A call's awards with all that the wall reads, by application number."""
    found = Award.objects.filter(call=call).select_related(
        "application__organisation", "server", "vendor", "survey"
    )
    found = found.defer(*UNSHOWN)
    cases = RestrictionCase.objects.filter(award=OuterRef("pk"), state__in=OPEN_CASES).order_by()
    found = found.annotate(open_cases=Subquery(cases.values("award").annotate(n=Count("pk")).values("n")))
    awards: list[Award] = list(found)
    gather(awards, HANDED_IN)
    return awards


def months_of(found: Iterable[Standing], terms: Terms) -> tuple[date, ...]:
    """The wall's columns: from the month of the first handover to the end of the support."""
    started = [one.awardee.started_on for one in found if one.awardee is not None]
    return months_from(month_of(min(started)), terms.support.ends) if started else ()


def cells(one: Standing, months: Iterable[date], terms: Terms, at: datetime) -> list[Cell]:
    """The months of an award as the wall shows them."""
    numbers = {stage.id: place for place, stage in enumerate(terms.stages, start=1)}
    clocks = {clock.as_of: clock for clock in one.clocks}
    owed = {clock.as_of for clock in one.owed}
    this_month = month_of(day_in(terms.zone, at))
    return [
        _reported(clocks[month], numbers, owed=month in owed)
        if month in clocks
        else Cell(month=month, kind=_kind(one, terms, month, this_month))
        for month in months
    ]


def _reported(clock: StageClock, numbers: dict[str, int], *, owed: bool) -> Cell:
    return Cell(
        month=clock.as_of,
        kind="stage",
        number=numbers[clock.stage],
        stage=clock.stage,
        stalled=clock.owes_statement,
        owes=owed,
    )


def _kind(one: Standing, terms: Terms, month: date, this_month: date) -> Kind:
    if one.awardee is None:
        return "outside"
    last = month_of(one.awardee.ended_on or terms.support.ends)
    if not month_of(one.awardee.started_on) <= month <= last:
        return "outside"
    if month in one.missing:
        return "missing"
    return "due" if month <= this_month else "ahead"


def counts(found: Iterable[Standing], terms: Terms, at: datetime) -> Counts:
    """What stands open in a call, from the standings of all awards on its wall; no query."""
    this_month = month_of(day_in(terms.zone, at))
    rows = list(found)
    return Counts(
        reports=sum(
            task.obligation == "monthly_report" and month_of(task.due_on) <= this_month
            for one in rows
            for task in one.tasks
        ),
        statements=sum(len(one.owed) for one in rows),
        checks=sum(not check.verdict for one in rows for check in one.award.checks.all()),
        cases=sum(one.award.open_cases or 0 for one in rows),  # type: ignore[attr-defined,misc]  # annotated
    )
