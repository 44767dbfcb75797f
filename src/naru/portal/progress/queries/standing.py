"""Where an award stands at a moment: its stage clock, what it owes, which months are missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from naru.domain.call import Call as Terms
from naru.domain.decision import Refused
from naru.domain.periods import day_in, month_of, months_from
from naru.domain.progress import (
    Awardee,
    Report,
    StageClock,
    Task,
    due_tasks,
    missing_among,
    stage_clocks,
    statements_owed,
)
from naru.portal.allocation.models import Award
from naru.portal.allocation.queries import terms_of
from naru.portal.progress.models import Check
from naru.portal.progress.queries.acts import months_of_use

# what an awardee handed in, read in one query (`ui.gathering`)
HANDED_IN = {
    "reports": ("month", "stage", "reported_at"),
    "reason_statements": ("month",),
    "checks": ("kind", "verdict", "submitted_at"),
}
LEFT = frozenset({Award.State.WITHDRAWN.value, Award.State.EXCLUDED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An award with what the rules say of it; `awardee` is None while no server was handed over.

    `clocks` as of each report, `owed` the clocks whose reason statement is not there, `missing` the months
    whose report is overdue, `tasks` everything owed, soonest first.
    """

    award: Award
    awardee: Awardee | None
    clocks: tuple[StageClock, ...] = ()
    owed: tuple[StageClock, ...] = ()
    missing: tuple[date, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def clock(self) -> StageClock | None:
        """The clock as of the last report."""
        return self.clocks[-1] if self.clocks else None

    @property
    def stalled(self) -> bool:
        """Whether the last report names a stage that has lasted too long, stated or not."""
        return self.clock is not None and self.clock.owes_statement

    @property
    def pressing(self) -> tuple[Task, ...]:
        """What is due or overdue now."""
        return tuple(task for task in self.tasks if task.state != "upcoming")


def awardee_of(award: Award, terms: Terms) -> Awardee | None:
    """The award as the domain reads it; reports, statements, checks and survey may be fetched.

    A server returned in the last month of the support ended with it; one returned before left early.
    """
    started = started_on(award, terms)
    if started is None:
        return None
    kinds = {check.kind for check in award.checks.all()}
    return Awardee(
        started_on=started,
        ended_on=ended_on(award, terms),
        reports=tuple(Report(month=row.month, stage=row.stage) for row in award.reports.all()),
        statements=tuple(row.month for row in award.reason_statements.all()),
        midpoint_handed_in=Check.Kind.MIDPOINT in kinds,
        final_handed_in=Check.Kind.FINAL in kinds,
        survey_answered=getattr(award, "survey", None) is not None,
    )


def started_on(award: Award, terms: Terms) -> date | None:
    """The day of the handover, None before it."""
    server = getattr(award, "server", None)
    handed_over = server.handed_over_at if server else None
    return day_in(terms.zone, handed_over) if handed_over else None


def ended_on(award: Award, terms: Terms) -> date | None:
    """The day of leaving early, None while in use and for who stayed to the last month."""
    if award.ended_at is None:
        return None
    ended = day_in(terms.zone, award.ended_at)
    return ended if award.state in LEFT or ended < month_of(terms.support.ends) else None


def standing(award: Award, at: datetime, terms: Terms | None = None) -> Standing:
    """Where one award stands."""
    terms = terms or terms_of(award.call)
    awardee = awardee_of(award, terms)
    if awardee is None:
        return Standing(award=award, awardee=None)
    tasks = due_tasks(terms, awardee, at)
    return Standing(
        award=award,
        awardee=awardee,
        clocks=stage_clocks(terms, awardee),
        owed=statements_owed(terms, awardee),
        missing=missing_among(tasks),
        tasks=tasks,
    )


def standings(awards: Iterable[Award], at: datetime, terms: Terms) -> list[Standing]:
    """Where each award of one call stands, in the order given."""
    return [standing(award, at, terms) for award in awards]


def months_to_report(award: Award, at: datetime, terms: Terms) -> list[date]:
    """The months of use up to now without a report, oldest first; none before the handover."""
    try:
        first, last = months_of_use(award, day_in(terms.zone, at), terms.zone)
    except Refused:
        return []
    reported = {row.month for row in award.reports.all()}
    last = min(last, month_of(terms.support.ends))
    return [month for month in months_from(first, last) if month not in reported]
