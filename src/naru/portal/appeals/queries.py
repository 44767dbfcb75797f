"""Reading appeals: what somebody was told, the queue, what an upheld one would have changed, its place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Min, Prefetch, Q, QuerySet, When

from naru.codec.record import Record, record_of
from naru.codec.verification import RunInputs, read_inputs
from naru.domain import application as domain
from naru.domain.appeal import Change, State, Told, change, corrected, reconsidered
from naru.domain.call import Call as Terms
from naru.domain.run import decide
from naru.domain.scoring import Sheet
from naru.portal.appeals.models import Appeal, AppealFile, ExtraSeat, WaitingPlace
from naru.portal.applications.models import Application
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.evaluation import again
from naru.portal.evaluation import queries as evaluation
from naru.portal.evaluation.models import ReviewAssignment, ScoreSheet
from naru.portal.evaluation.recomputing import evidenced_bonuses
from naru.portal.screening import queries as screening
from naru.portal.selection import queries as selection
from naru.portal.selection.models import SelectionOutcome, SelectionRun

OPEN = (Appeal.State.FILED, Appeal.State.PROPOSED)
BUSY = (*OPEN, Appeal.State.UPHELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What one application was told: `run` and `published_at` None while nothing is published."""

    told: Told
    published_at: datetime | None
    run: SelectionRun | None
    outcome: SelectionOutcome | None


def announced(application: Application) -> Announced:
    """What an application was told with the published result of its round."""
    outcome = selection.published_outcome(application)
    if outcome is not None:
        run = outcome.run
        return Announced(told=outcome.status, published_at=run.published_at, run=run, outcome=outcome)  # type: ignore[arg-type]  # the statuses are words of `Told`
    found = selection.published(application.call).filter(round_id=application.round_id).first()
    out = found is not None and application.state == Application.State.SUBMITTED
    return Announced(
        told="ineligible" if out else "nothing",
        published_at=application.announced_at if found else None,
        run=found,
        outcome=None,
    )


def state_of(appeal: Appeal | None) -> State:
    """The appeal as the rule of filing sees it."""
    if appeal is None:
        return "none"
    if appeal.state == Appeal.State.WITHDRAWN:
        return "withdrawn"
    return "open" if appeal.state in OPEN else "answered"


def terms_of(appeal: Appeal) -> Terms:
    """What the call said when the result was made."""
    return calls.terms(appeal.run.version)


def whole() -> QuerySet[Appeal]:
    """Appeals with all their pages show, without the records."""
    found = Appeal.objects.select_related(
        "application__organisation", "application__professor", "application__applicant", "application__call",
        "call", "run__version", "filed_by", "proposed_by", "decided_by", "settled_by", "place",
        "seat__proposed_by", "seat__signed_by",
    )  # fmt: skip
    files = AppealFile.objects.select_related("file")
    return found.defer("record", "run__record", "run__version__snapshot").prefetch_related(
        Prefetch("files", files)
    )


def locked(appeal: Appeal) -> Appeal:
    """The appeal as it stands now, locked until the transaction ends."""
    rows = Appeal.objects.select_for_update(of=("self",)).select_related(
        "application__applicant", "application__call", "call", "run__version", "filed_by"
    )
    return rows.defer("record", "run__record", "run__version__snapshot").get(pk=appeal.pk)


def queue(state: str = "", text: str = "") -> QuerySet[Appeal]:
    """The appeals the operator sees: those to be answered first, by their due date."""
    found = Appeal.objects.select_related("application__organisation", "call")
    found = found.defer("record").annotate(done=Case(When(state__in=BUSY, then=0), default=1))
    if state == "busy":
        found = found.filter(state__in=BUSY)
    elif state:
        found = found.filter(state=state)
    if text:
        found = found.filter(Q(number__icontains=text) | Q(application__organisation__name__icontains=text))
    return found.order_by("done", "due_at", "pk")


def counts(call: Call) -> dict[str, Any]:
    """How many wait for an answer, for a second person, for a second review; the oldest and next due."""
    return Appeal.objects.filter(call=call).aggregate(
        open=Count("pk", filter=Q(state=Appeal.State.FILED)),
        open_since=Min("filed_at", filter=Q(state=Appeal.State.FILED)),
        open_due=Min("due_at", filter=Q(state=Appeal.State.FILED)),
        proposed=Count("pk", filter=Q(state=Appeal.State.PROPOSED)),
        proposed_since=Min("proposed_at", filter=Q(state=Appeal.State.PROPOSED)),
        proposed_due=Min("due_at", filter=Q(state=Appeal.State.PROPOSED)),
        upheld=Count("pk", filter=Q(state=Appeal.State.UPHELD)),
        upheld_since=Min("decided_at", filter=Q(state=Appeal.State.UPHELD)),
    )


def against_findings(application: Application) -> list[Any]:
    """Why screening left an application out, as findings."""
    decided = getattr(application, "screening", None)
    return list(screening.against(decided)) if decided else []


def first_sheets(application: Application) -> list[ScoreSheet]:
    """The final sheets the published score was made of, by reviewer."""
    seats = again.of_the_round(evaluation.in_force()).filter(application=application)
    rows = evaluation.last_sheets(seats).filter(state=ScoreSheet.State.FINAL)
    return list(rows.select_related("assignment__reviewer").order_by("assignment__reviewer"))


def second_review(application: Application) -> list[ReviewAssignment]:
    """Who reviews it again, with their sheets."""
    return list(again.seats(application))


def recomputed(appeal: Appeal) -> tuple[Change, Record]:
    """What the published run would have decided about the appellant, and the record that proves it.

    Raises SelectionRefusedError as the run does.
    """
    given = read_inputs(SelectionRun.objects.get(pk=appeal.run_id).record)
    entry = _entry(appeal, given)
    published = decide(given.call, given.applications, given.seed, None, given.settings)
    found = reconsidered(given.call, given.applications, entry, given.seed, given.settings)
    others = [one for one in given.applications if one.id != entry.id]
    kept = record_of(given.call, [*others, entry], found, given.seed)
    return change(published, found, entry.id), kept


def _entry(appeal: Appeal, given: RunInputs) -> domain.Application:
    """The appellant as now found: reviewed again, or with the points put right."""
    row = appeal.application
    entry = next((one for one in given.applications if one.id == row.number), None) or _newcomer(row)
    if appeal.remedy == "correct":
        said = appeal.corrections
        sheets = corrected(
            [_sheet(one.assignment_id, one.points) for one in first_sheets(row)], said["sheets"]
        )
        due = tuple(sorted({*entry.evidenced, *said["bonuses"]}))
        return replace(entry, sheets=sheets, claimed=tuple(sorted({*entry.claimed, *due})), evidenced=due)
    found = again.final_sheets(row)
    return replace(entry, sheets=tuple(_sheet(who, points) for who, points in found))


def _sheet(key: int, points: dict[str, int]) -> Sheet:
    return Sheet(reviewer=str(key), points=points)


def _newcomer(row: Application) -> domain.Application:
    """Who never came to selection, as the selection would have seen it."""
    bonuses = [bonus.id for bonus in calls.terms(row.version).bonuses] if row.youth_claimed else []
    return domain.Application(
        id=row.number or "",
        unit=row.unit,
        sector=row.sector,
        product=row.product,
        sheets=(),
        claimed=tuple(bonuses),
        evidenced=evidenced_bonuses(row.call, row.round_id).get(row.pk, ()),
        vendors=tuple(sorted(screening.supporting_vendors([row])[row.pk])),
        clouds=tuple(row.clouds),
        submitted_at=row.submitted_at,
    )


def places(call: Call) -> QuerySet[WaitingPlace]:
    """The places upheld appeals lead to on the waiting lists, those that head one first."""
    found = WaitingPlace.objects.filter(appeal__call=call)
    related = ("application__organisation", "application__applicant")
    return found.select_related(*related).order_by("-heads", "made_at", "pk")


def seats_for(call: Call) -> dict[int, str]:
    """The applications with a signed seat beyond a quota, and the product it is of."""
    found = ExtraSeat.objects.filter(appeal__call=call, signed_at__isnull=False)
    return dict(found.values_list("appeal__application", "product"))


def extra_units(call: Call) -> int:
    """The budget units that signed extra seats bring with them."""
    found = ExtraSeat.objects.filter(appeal__call=call, signed_at__isnull=False)
    return sum(found.values_list("units", flat=True))


def files_of(appeal: Appeal) -> Iterable[AppealFile]:
    """The files of the filing that counts."""
    latest = len(appeal.earlier) + 1
    return [one for one in appeal.files.all() if one.filing == latest]


def final_again(appeal: Appeal) -> int:
    """How many sheets of the second review are final."""
    return len(again.final_sheets(appeal.application))
