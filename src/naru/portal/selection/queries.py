"""Reading selection and matching: the inputs of a run, what-if answers, the runs themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from naru.domain import application as domain
from naru.domain import call as terms
from naru.domain.matching import ServerGroup as Group
from naru.domain.run import Decision, Settings, decide
from naru.domain.scoring import Sheet
from naru.portal.applications.models import Application
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call, CallVersion
from naru.portal.evaluation import queries as evaluation
from naru.portal.organisations.models import Supplier
from naru.portal.screening import queries as screening
from naru.portal.screening.models import ScreeningFinding
from naru.portal.selection.models import Match, MatchingRun, SelectionOutcome, SelectionRun, ServerGroup

EVIDENCED = ("bonus_evidenced", "bonus_cutoff_birthday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything a run of one round is made from; `ids` maps a receipt number to the application's row."""

    version: CallVersion
    terms: terms.Call
    applications: tuple[domain.Application, ...]
    ids: Mapping[str, int]
    seed: str


def inputs(call: Call, round_id: str) -> Inputs:
    """The inputs as they stand now: those who go on, their final sheets, bonuses, vendors and clouds."""
    version = calls.current(call)
    said = calls.terms(version)
    rows = list(screening.eligible(call, round_id))
    sheets = evaluation.final_sheets(call, round_id)
    vendors = screening.supporting_vendors(rows)
    evidenced = evidenced_bonuses(call, round_id)
    seed = calls.seed_of(call, round_id)
    bonuses = [bonus.id for bonus in said.bonuses]
    found = tuple(
        domain.Application(
            id=row.number or "",
            unit=row.unit,
            sector=row.sector,
            product=row.product,
            sheets=tuple(Sheet(reviewer=str(who), points=points) for who, points in sheets.get(row.pk, ())),
            claimed=tuple(bonuses) if row.youth_claimed else (),
            evidenced=evidenced.get(row.pk, ()),
            vendors=tuple(sorted(vendors[row.pk])),
            clouds=tuple(row.clouds),
            submitted_at=row.submitted_at,
        )
        for row in rows
    )
    return Inputs(
        version=version,
        terms=said,
        applications=found,
        ids={row.number or "": row.pk for row in rows},
        seed=seed.seed if seed else "",
    )


def evidenced_bonuses(call: Call, round_id: str) -> dict[int, tuple[str, ...]]:
    """For each application the bonus ids its screening found met and evidenced (E-07, R-04)."""
    rows = ScreeningFinding.objects.filter(
        screening__application__call=call,
        screening__application__round_id=round_id,
        code__in=EVIDENCED,
    ).values_list("screening__application", "facts")
    found: dict[int, tuple[str, ...]] = {}
    for application, facts in rows:
        found[application] = (*found.get(application, ()), dict(facts)["bonus"])
    return found


def server_groups(call: Call) -> QuerySet[ServerGroup]:
    """What vendors and clouds can lend together, with their names."""
    return ServerGroup.objects.filter(call=call).select_related("vendor", "cloud")


def capacities(call: Call) -> tuple[Group, ...]:
    """The server groups as domain values."""
    return tuple(
        Group(product=row.product, vendor=row.vendor.code, cloud=row.cloud.code, capacity=row.capacity)
        for row in server_groups(call)
    )


def what_if(
    call: Call, round_id: str, settings: Settings, *, given: Inputs | None = None, matched: bool = False
) -> Decision:
    """What a run would decide now under `settings`; nothing is written.

    With `matched` the servers entered so far are handed out too. Raises SelectionRefusedError as a run does.
    """
    given = given or inputs(call, round_id)
    groups = capacities(call) if matched else None
    return decide(given.terms, given.applications, given.seed, groups, settings)


def runs(call: Call, round_id: str) -> QuerySet[SelectionRun]:
    """Every run of a round, newest first, without its record."""
    return (
        SelectionRun.objects.filter(call=call, round_id=round_id)
        .defer("record")
        .select_related("run_by", "call", "version")
        .defer("version__snapshot")
        .prefetch_related("confirmations__person")
    )


def in_force(call: Call, round_id: str) -> SelectionRun | None:
    """The confirmed or published run of a round; None while there is none."""
    states = [SelectionRun.State.CONFIRMED, SelectionRun.State.PUBLISHED]
    return runs(call, round_id).filter(state__in=states).first()


def outcomes(run: SelectionRun) -> QuerySet[SelectionOutcome]:
    """Everybody's outcome in a run, by product and rank."""
    return run.outcomes.select_related("application__organisation").order_by("product", "rank", "id")


def published_outcome(application: Application) -> SelectionOutcome | None:
    """The outcome an applicant may see: of a published run only."""
    return (
        SelectionOutcome.objects.filter(application=application, run__state=SelectionRun.State.PUBLISHED)
        .select_related("run__call")
        .defer("run__record")
        .first()
    )


def confirmed_matching(run: SelectionRun) -> MatchingRun | None:
    """The matching that counts for a selection: the last one confirmed."""
    return run.matchings.exclude(confirmed_at=None).order_by("-confirmed_at").first()


def confirmed_match(application: Application) -> Match | None:
    """The server an applicant was given, or why not; None before a matching is confirmed."""
    return (
        Match.objects.filter(application=application, run__confirmed_at__isnull=False)
        .select_related("vendor", "cloud", "run")
        .defer("run__record")
        .order_by("-run__confirmed_at")
        .first()
    )


def suppliers() -> dict[str, Supplier]:
    """Every vendor and cloud company by code."""
    return {row.code: row for row in Supplier.objects.all()}


def objection_ends(call: terms.Call, published_at: datetime) -> datetime:
    """Until when an applicant may object to a published result."""
    return published_at + timedelta(days=call.appeal.object_days)
