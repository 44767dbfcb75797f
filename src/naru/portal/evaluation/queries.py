"""Reading evaluation: conflicts, sheets, progress, and the final sheets selection is made from."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from naru.domain.panel import Fit, panels
from naru.domain.sheet import State, digest, unbroken
from naru.portal.accounts.models import Role, User
from naru.portal.applications.catalogue import catalogue
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.evaluation import again, grounds
from naru.portal.evaluation.models import (
    EvaluationClosing,
    Pledge,
    ReviewAssignment,
    ReviewerProfile,
    ScoreSheet,
)
from naru.portal.screening import queries as screening


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One application's evaluation: panel size, sheets begun and final, totals of the final ones."""

    application: Application
    panel: int
    begun: int
    totals: tuple[int, ...]

    @property
    def final(self) -> int:
        """How many sheets are final."""
        return len(self.totals)

    @property
    def spread(self) -> int | None:
        """Highest less lowest total in points; None with fewer than two."""
        return max(self.totals) - min(self.totals) if self.final > 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelPlan:
    """What filling the panels would do: new pairs by row id, who is lacking, how many pairs may not meet."""

    rows: dict[int, Application]
    people: dict[int, User]
    pairs: tuple[tuple[int, int], ...]
    lacking: dict[str, int]
    barred: int
    circles: dict[int, str] = field(default_factory=dict)
    strange: int = 0
    away: int = 0
    away_people: int = 0

    def load(self) -> list[tuple[User, int]]:
        """Each reviewer with the sheets that would be new."""
        new = Counter(who for _row, who in self.pairs)
        return [(one, new[pk]) for pk, one in self.people.items()]


def reviewers() -> QuerySet[User]:
    """Everybody who holds the role of reviewer."""
    return User.objects.filter(grants__role=Role.REVIEWER, grants__revoked_at=None, is_active=True).order_by(
        "name", "pk"
    )


def conflict_grounds(
    applications: Iterable[Application], people: Iterable[User]
) -> dict[tuple[int, int], str]:
    """(application, reviewer) -> the first ground's code, for every pair that may not meet (`grounds`)."""
    found = grounds.findings(applications, people)
    return {pair: told[0].code for pair, told in found.items()}


def open_applications(call: Call, round_id: str) -> QuerySet[Application]:
    """The applications to evaluate, with what conflicts are judged by."""
    return screening.eligible(call, round_id).select_related("applicant", "organisation", "professor")


def in_force() -> QuerySet[ReviewAssignment]:
    """Assignments that were not removed."""
    return ReviewAssignment.objects.filter(removed_at=None)


def desk(reviewer: User, at: datetime) -> QuerySet[ReviewAssignment]:
    """A reviewer's assignments with all a sheet's page shows; `pledged`, `closed`: what it allows at `at`."""
    return (
        in_force()
        .filter(reviewer=reviewer)
        .select_related("application__call", "application__version", "application__organisation")
        .defer("application__version__snapshot")
        .annotate(
            pledged=Exists(Pledge.objects.filter(call=OuterRef("application__call"), reviewer=reviewer)),
            closed=again.shut(at),
        )
        .prefetch_related("application__plan", "application__kpis", "application__models", "sheets")
    )


def undeclared(reviewer: User, call: Call) -> QuerySet[ReviewAssignment]:
    """A reviewer's assignments that wait for the declaration, with their organisations."""
    return (
        in_force()
        .filter(reviewer=reviewer, application__call=call, declaration=None)
        .select_related("application__organisation")
        .order_by("application__organisation__name", "pk")
    )


def panel(application: Application) -> QuerySet[ReviewAssignment]:
    """Everybody ever asked to score an application, those removed last, with their saved states."""
    return (
        application.assignments.select_related("reviewer", "replacement")
        .prefetch_related(Prefetch("sheets", ScoreSheet.objects.order_by("number")))
        .order_by(F("removed_at").asc(nulls_first=True), "reviewer__name", "pk")
    )


def free_reviewers(application: Application) -> list[User]:
    """Who may still be asked to score an application (with applicant, organisation, professor loaded)."""
    people = list(reviewers().exclude(assignments__application=application))
    taken = {pk for _row, pk in conflict_grounds([application], people)}
    return [one for one in people if one.pk not in taken]


def open_seats(reviewer: User, call: Call, round_id: str) -> QuerySet[ReviewAssignment]:
    """A reviewer's seats of a round whose sheets are not final."""
    final = ScoreSheet.objects.filter(assignment=OuterRef("pk"), state=ScoreSheet.State.FINAL)
    seats = again.of_the_round(in_force()).filter(
        ~Exists(final), reviewer=reviewer, application__call=call, application__round_id=round_id
    )
    return seats.select_related("application").order_by("application__number")


def plan_panels(
    call: Call, round_id: str, people: Iterable[User], wanted: int, leaving: User | None = None
) -> PanelPlan:
    """How every panel would be filled up to `wanted` reviewers (`naru.domain.panel`); nothing is written.

    With `leaving`, how others would take over that reviewer's open seats, and no other seat. Names in the
    algorithm are the receipt number and the reviewer's id.
    """
    asked = {one.pk: one for one in people}
    profiles = {one.reviewer_id: one for one in ReviewerProfile.objects.filter(reviewer__in=list(asked))}
    away = {pk for pk, one in profiles.items() if not one.available}
    judges = {pk: one for pk, one in asked.items() if pk not in away}
    rows = {row.pk: row for row in open_applications(call, round_id).prefetch_related("models")}
    name = {pk: str(row) for pk, row in rows.items()}
    row_of = {text: pk for pk, text in name.items()}
    held: set[tuple[int, int]] = set()
    gone: set[tuple[int, int]] = set()
    former = ReviewAssignment.objects.filter(application__in=list(rows))
    for row, who, removed_at in former.values_list("application", "reviewer", "removed_at"):
        (held if removed_at is None else gone).add((row, who))
    sizes = None
    if leaving is not None:
        judges.pop(leaving.pk, None)
        given_up = {(one.application_id, leaving.pk) for one in open_seats(leaving, call, round_id)}
        sizes = {name[pk]: sum(row == pk for row, _who in held) for pk in rows}
        held -= given_up
    conflicts = set(conflict_grounds(rows.values(), judges.values()))
    found = panels(
        name.values(),
        map(str, judges),
        per_application=wanted,
        conflicts=[(name[row], str(who)) for row, who in gone | conflicts],
        assigned=[(name[row], str(who)) for row, who in held],
        sizes=sizes,
        fit=Fit(
            products={name[pk]: row.product for pk, row in rows.items()},
            fields={name[pk]: fields_of(row) for pk, row in rows.items()},
            expertise={str(pk): one.expertise for pk, one in profiles.items()},
            ceilings={str(pk): one.ceiling for pk, one in profiles.items() if one.ceiling is not None},
        ),
    )
    return PanelPlan(
        rows=rows,
        people=judges,
        pairs=tuple((row_of[text], int(who)) for text, who in found.pairs),
        lacking=dict(found.lacking),
        barred=len(conflicts),
        circles={int(who): product for who, product in found.circles.items()},
        strange=found.strange,
        away=found.away,
        away_people=len(away),
    )


def fields_of(application: Application) -> list[str]:
    """The fields of the support table an application's models stand under (with its models loaded)."""
    families = catalogue().by_key()
    found = [families[one.family] for one in application.models.all() if one.family in families]
    return sorted({entry.field for family in found for entry in family.entries})


def closed_rounds(calls: Iterable[int]) -> frozenset[tuple[int, str]]:
    """The rounds (call id, round id) whose evaluation is over."""
    return frozenset(EvaluationClosing.objects.filter(call__in=calls).values_list("call", "round_id"))


def closing(call: Call, round_id: str) -> EvaluationClosing | None:
    """The end of a round's evaluation, None while it goes on."""
    return EvaluationClosing.objects.filter(call=call, round_id=round_id).first()


def is_closed(call: Call, round_id: str) -> bool:
    """Whether a round's evaluation has been closed, so that selection may run."""
    return closing(call, round_id) is not None


def pledged(call: Call, reviewer: User) -> Pledge | None:
    """A reviewer's pledge for a call."""
    return Pledge.objects.filter(call=call, reviewer=reviewer).first()


def last_sheets(assignments: QuerySet[ReviewAssignment]) -> QuerySet[ScoreSheet]:
    """The state that counts of each sheet: the last one."""
    later = ScoreSheet.objects.filter(assignment=OuterRef("assignment"), number__gt=OuterRef("number"))
    return ScoreSheet.objects.filter(~Exists(later), assignment__in=assignments)


def final_sheets(call: Call, round_id: str) -> dict[int, list[tuple[int, dict[str, int]]]]:
    """For each application that goes on, its final sheets as (reviewer id, points), by reviewer id.

    Assignments removed, for whatever reason, are out; an application without any sheet has an empty list.
    """
    going = screening.eligible(call, round_id)
    found: dict[int, list[tuple[int, dict[str, int]]]] = {pk: [] for pk in going.values_list("pk", flat=True)}
    seats = again.of_the_round(in_force()).filter(application__call=call, application__round_id=round_id)
    rows = last_sheets(seats).filter(state=ScoreSheet.State.FINAL)
    for application, reviewer, points in rows.order_by("assignment__reviewer").values_list(
        "assignment__application", "assignment__reviewer", "points"
    ):
        if application in found:
            found[application].append((reviewer, points))
    return found


def my_sheets(reviewer: User) -> list[tuple[ReviewAssignment, ScoreSheet | None]]:
    """A reviewer's assignments in force with the state that counts (None: not begun), two queries."""
    mine = in_force().filter(reviewer=reviewer)
    last = {sheet.assignment_id: sheet for sheet in last_sheets(mine)}
    rows = (
        mine.select_related("application__call", "application__version", "application__organisation")
        .defer("application__version__snapshot")
        .order_by("application__number")
    )
    return [(row, last.get(row.pk)) for row in rows]


def others(assignment: ReviewAssignment) -> QuerySet[ScoreSheet]:
    """The other reviewers' final sheets; the view shows them only beside one's own final sheet."""
    panel = in_force().filter(application=assignment.application_id, again=assignment.again)
    panel = panel.exclude(pk=assignment.pk)
    return last_sheets(panel).filter(state=ScoreSheet.State.FINAL).order_by("assignment")


def coverage(call: Call, round_id: str) -> list[Progress]:
    """Every application that goes on with its panel and sheets, by number, in three queries."""
    rows = (
        screening.eligible(call, round_id)
        .select_related("organisation")
        .annotate(
            panel=Count("assignments", filter=Q(assignments__removed_at=None, assignments__again=False))
        )
    )
    round_ = again.of_the_round(in_force()).filter(application__call=call, application__round_id=round_id)
    begun: dict[int, int] = {}
    totals: dict[int, list[int]] = {}
    for application, state, total in last_sheets(round_).values_list(
        "assignment__application", "state", "total"
    ):
        begun[application] = begun.get(application, 0) + 1
        if state == ScoreSheet.State.FINAL:
            totals.setdefault(application, []).append(total)
    return [
        Progress(
            application=row,
            panel=row.panel,
            begun=begun.get(row.pk, 0),
            totals=tuple(sorted(totals.get(row.pk, ()))),
        )
        for row in rows.order_by("number")
    ]


def workloads(call: Call, round_id: str) -> QuerySet[User]:
    """Reviewers with the number of sheets asked of them (`asked`), final (`done`) and owed (`left`)."""
    here = Q(
        assignments__removed_at=None,
        assignments__application__call=call,
        assignments__application__round_id=round_id,
    )
    final = Q(assignments__sheets__state=ScoreSheet.State.FINAL)
    return reviewers().annotate(
        asked=Count("assignments", filter=here, distinct=True),
        done=Count("assignments", filter=here & final, distinct=True),
        pledged=Exists(Pledge.objects.filter(call=call, reviewer=OuterRef("pk"))),
        left=F("asked") - F("done"),
    )


def latest(assignment: ReviewAssignment) -> ScoreSheet | None:
    """The state that counts, of an assignment whose sheets are loaded."""
    return max(assignment.sheets.all(), key=lambda sheet: sheet.number, default=None)


def chain_holds(assignment: ReviewAssignment) -> bool:
    """Whether the saved states of a sheet form one whole, unchanged chain."""
    sheets = sorted(assignment.sheets.all(), key=lambda sheet: sheet.number)
    return unbroken((state_of(sheet), sheet.sha256) for sheet in sheets)


def state_of(sheet: ScoreSheet) -> State:
    """A saved state as the value its hash is taken of."""
    return State(
        assignment=sheet.assignment_id,
        number=sheet.number,
        points=sheet.points,
        parts=sheet.parts,
        scorecard=sheet.scorecard,
        comment_sha256=digest(sheet.comment),
        reason_sha256=digest(sheet.reason),
        state=sheet.state,  # type: ignore[arg-type]  # the field's choices are the literal's
        entered_at=sheet.entered_at,
        previous_sha256=sheet.previous_sha256,
    )
