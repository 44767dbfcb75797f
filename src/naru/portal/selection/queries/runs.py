"""Reading runs: proposals, the one in force, what they decided, what is published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from naru.domain import call as terms
from naru.domain.appeal import object_until
from naru.domain.run import Settings
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.selection.models import Correction, Match, MatchingRun, SelectionOutcome, SelectionRun

IN_FORCE = (SelectionRun.State.CONFIRMED, SelectionRun.State.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One application that a run decides differently from the run before it; "" where it took no part."""

    number: str
    product: str
    before: str
    after: str


def every_run() -> QuerySet[SelectionRun]:
    """Runs without their record, with who made and who confirmed them."""
    return (
        SelectionRun.objects.defer("record", "version__snapshot", "replaces__record")
        .select_related("run_by", "call", "version", "replaces")
        .prefetch_related("confirmations__person")
    )


def runs(call: Call, round_id: str) -> QuerySet[SelectionRun]:
    """Every run of a round, newest first, without its record."""
    return every_run().filter(call=call, round_id=round_id)


def in_force(call: Call, round_id: str) -> SelectionRun | None:
    """The confirmed or published run of a round; None while there is none."""
    return runs(call, round_id).filter(state__in=IN_FORCE).first()


def published(call: Call) -> QuerySet[SelectionRun]:
    """The published runs of a call by round, without their record."""
    found = every_run().filter(call=call, state=SelectionRun.State.PUBLISHED)
    return found.prefetch_related("matchings").order_by("round_id")


def settings_of(record: Mapping[str, Any]) -> Settings:
    """The settings a run was made with, read back from its record."""
    kept = record["settings"]
    exact = {key: Fraction(kept[key]) for key in ("min_score", "share") if kept.get(key) is not None}
    return Settings(**{**kept, **exact})


def outcomes(run: SelectionRun) -> QuerySet[SelectionOutcome]:
    """Everybody's outcome in a run, by product and rank."""
    return run.outcomes.select_related("application__organisation").order_by("product", "rank", "id")


def previous(run: SelectionRun) -> SelectionRun | None:
    """The proposal of the same round made before this one."""
    return runs(run.call, run.round_id).filter(run_at__lt=run.run_at).first()


def changes(run: SelectionRun, before: SelectionRun) -> list[Change]:
    """The applications whose status differs between two runs, by receipt number."""
    columns = ("application__number", "product", "status")
    old, new = (
        {number: (product, status) for number, product, status in one.outcomes.values_list(*columns)}
        for one in (before, run)
    )
    found = []
    for number in sorted({*old, *new}):
        product = (new.get(number) or old[number])[0]
        states = [one[number][1] if number in one else "" for one in (old, new)]
        if states[0] != states[1]:
            found.append(Change(number=number, product=product, before=states[0], after=states[1]))
    return found


def corrected(
    run: SelectionRun, before: SelectionRun
) -> list[tuple[int, SelectionOutcome | None, SelectionOutcome | None]]:
    """Whose result differs in what they were told - result, waiting place, score - and both outcomes."""
    old, new = ({row.application_id: row for row in one.outcomes.all()} for one in (before, run))
    pairs = [(key, old.get(key), new.get(key)) for key in sorted({*old, *new})]
    return [(key, was, now) for key, was, now in pairs if _told(was) != _told(now)]


def _told(outcome: SelectionOutcome | None) -> tuple[object, ...] | None:
    if outcome is None:
        return None
    return (outcome.product, outcome.status, outcome.waiting, outcome.score)


def correction_of(application: Application) -> Correction | None:
    """The last correction of an application's published result; None where it was never corrected."""
    found = application.corrections_of_result.select_related("run", "before", "after")
    return found.defer("run__record").order_by("-run__published_at").first()


def published_outcome(application: Application) -> SelectionOutcome | None:
    """The outcome an applicant may see: of a published run only."""
    return (
        SelectionOutcome.objects.filter(application=application, run__state=SelectionRun.State.PUBLISHED)
        .select_related("run__call", "run__version")
        .defer("run__version__snapshot")
        .first()
    )


def published_outcomes(applications: Iterable[Application]) -> QuerySet[SelectionOutcome]:
    """The same for many applications, in one query, without the runs' records."""
    return (
        SelectionOutcome.objects.filter(
            application__in=[application.pk for application in applications],
            run__state=SelectionRun.State.PUBLISHED,
        )
        .select_related("run")
        .defer("run__record")
    )


def matchings(run: SelectionRun) -> QuerySet[MatchingRun]:
    """The matchings of a selection, newest first, without their record."""
    return run.matchings.defer("record").select_related("run_by").prefetch_related("confirmations__person")


def confirmed_matching(run: SelectionRun) -> MatchingRun | None:
    """The matching that counts for a selection: the last one confirmed."""
    return run.matchings.exclude(confirmed_at=None).order_by("-confirmed_at").first()


def confirmed_match(application: Application) -> Match | None:
    """The server an applicant was given, or why not; None before a matching is confirmed."""
    return (
        Match.objects.filter(application=application, run__confirmed_at__isnull=False)
        .select_related("vendor", "cloud", "run")
        .order_by("-run__confirmed_at")
        .first()
    )


def objection_ends(call: terms.Call, published_at: datetime) -> datetime:
    """The last minute in which an applicant may object to a published result, as people are told it."""
    return object_until(call, published_at) - timedelta(minutes=1)
