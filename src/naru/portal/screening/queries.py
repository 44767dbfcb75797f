"""Reading screening: the facts a finding needs, who goes on, who supports, what is still open."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When

from naru.domain import call as domain
from naru.domain import rulings as rules
from naru.domain.decision import Finding, Outcome, Refused
from naru.domain.rulings import Ruled
from naru.domain.sanction import Restriction
from naru.domain.support import Answer, Standing, Verdict, standing
from naru.domain.terms import Text
from naru.portal.applications.models import Application, EvidenceDocument, LateException
from naru.portal.calls.models import Call
from naru.portal.organisations import models as organisations
from naru.portal.organisations import queries as tax
from naru.portal.screening import refusals
from naru.portal.screening.models import (
    CorrectionRequest,
    DuplicateResolution,
    FindingRuling,
    Screening,
    ScreeningFinding,
    TechnicalDecision,
    TechnicalReview,
)

SUBMITTED = Application.State.SUBMITTED


def register(terms: domain.Call, units: Iterable[str]) -> dict[str, list[Restriction]]:
    """For each unit its entries of the register, lifted ones included; the rule takes the day itself."""
    zone = ZoneInfo(terms.zone)
    found: dict[str, list[Restriction]] = {}
    rows = organisations.Restriction.objects.filter(unit__in=set(units)).order_by("starts_on", "pk")
    for row in rows:
        found.setdefault(row.unit, []).append(
            Restriction(
                unit=row.unit,
                ground=row.ground,
                starts=row.starts_on,
                ends=row.ends_on,
                source=row.source,
                lifted_on=row.lifted_at.astimezone(zone).date() if row.lifted_at else None,
            )
        )
    return found


def held_units(call: Call, units: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """For each unit its live applications (id, number) over all rounds, without those given up."""
    found: dict[str, list[tuple[int, str]]] = {}
    rows = Application.objects.filter(
        call=call, unit__in=set(units), state=SUBMITTED, duplicate_exclusions=None
    )
    for pk, number, unit in rows.values_list("pk", "number", "unit").order_by("number"):
        found.setdefault(unit, []).append((pk, number or ""))
    return found


def same_persons(call: Call) -> dict[int, tuple[str, ...]]:
    """For each company's live application those of other companies that may be the same one (E-04).

    The same representative (name and day of birth) or the same corporate registration number; one query.
    """
    company = "organisation"
    rows = (
        Application.objects.filter(call=call, state=SUBMITTED, duplicate_exclusions=None)
        .exclude(organisation__legal_form=organisations.Organisation.LegalForm.PUBLIC_INSTITUTION)
        .order_by("number")
        .values_list(
            "pk",
            "number",
            company,
            f"{company}__corporate_number",
            f"{company}__representatives__name",
            f"{company}__representatives__birth_date",
        )
    )
    behind: dict[tuple[object, ...], set[tuple[str, int]]] = {}
    keys: dict[tuple[int, int], set[tuple[object, ...]]] = {}
    for pk, number, unit, corporate, name, born in rows:
        for key in ((corporate,), (name, born)):
            if key[0]:
                keys.setdefault((pk, unit), set()).add(key)
                behind.setdefault(key, set()).add((number or "", unit))
    return {
        pk: tuple(sorted({number for key in mine for number, other in behind[key] if other != unit}))
        for (pk, unit), mine in keys.items()
    }


def lapsed(applications: Iterable[Application], at: datetime) -> frozenset[int]:
    """The applications whose correction window is over: every request was answered or is past due."""
    ids = [application.pk for application in applications]
    asked = CorrectionRequest.objects.filter(application__in=ids, withdrawn_at=None)
    still_open = asked.filter(answered_at=None, due_at__gt=at).values_list("application", flat=True)
    return frozenset(asked.values_list("application", flat=True)) - frozenset(still_open)


def as_finding(row: ScreeningFinding) -> Finding:
    """A stored finding as the domain's value."""
    return Finding(
        clause=row.clause,
        code=row.code,
        outcome=Outcome(row.outcome),
        reason=Text(ko=row.reason_ko, en=row.reason_en),
        facts=tuple((name, value) for name, value in row.facts),
        mend=Text(ko=row.mend_ko, en=row.mend_en) if row.mend_ko else None,
    )


def ruled(screening: Screening) -> tuple[Ruled, ...]:
    """The findings of a screening as they stand with the rulings on them."""
    return rules.ruled(
        [as_finding(row) for row in screening.findings.all()],
        [as_ruling(row) for row in screening.rulings.all()],
    )


def against(screening: Screening) -> list[Finding]:
    """What speaks against an application as ruled, in the words of a letter."""
    return [one.told for one in ruled(screening) if one.outcome in (Outcome.FAILED, Outcome.MISSING)]


def mark(one: Ruled) -> str:
    """Which finding a ruling is about; empty for a person's own."""
    return "" if one.finding.code == rules.OWN else rules.mark_of(one.finding)


def as_ruling(row: FindingRuling) -> rules.FindingRuling:
    """A stored ruling as the domain's value."""
    return rules.FindingRuling(
        clause=row.clause, code=row.code, mark=row.mark, after=Outcome(row.after), reason=row.reason
    )


def rulings(applications: Iterable[int]) -> dict[int, list[rules.FindingRuling]]:
    """The rulings of each application's screening in the order made; one query."""
    found: dict[int, list[rules.FindingRuling]] = {}
    rows = FindingRuling.objects.filter(screening__application__in=list(applications)).order_by("pk")
    for row in rows.select_related("screening"):
        found.setdefault(row.screening.application_id, []).append(as_ruling(row))
    return found


def eligible(call: Call, round_id: str) -> QuerySet[Application]:
    """Those that go on to evaluation: eligible, not given up as a duplicate, not technically out."""
    return Application.objects.filter(
        call=call,
        round_id=round_id,
        state=SUBMITTED,
        screening__decision=Screening.Decision.ELIGIBLE,
        duplicate_exclusions=None,
    ).exclude(technical_decision__decision=TechnicalDecision.Decision.EXCLUDE)


def supporting_vendors(applications: Iterable[Application]) -> dict[int, frozenset[str]]:
    """For each application the codes of the vendors that can support its models; empty where none can."""
    found: dict[int, set[str]] = {application.pk: set() for application in applications}
    rows = TechnicalReview.objects.filter(
        application__in=list(found),
        verdict__in=[TechnicalReview.Verdict.SUPPORTED, TechnicalReview.Verdict.CONDITIONAL],
    )
    for application, code in rows.values_list("application", "vendor__code"):
        found[application].add(code)
    return {application: frozenset(codes) for application, codes in found.items()}


def unresolved_duplicates(call: Call, round_id: str) -> dict[str, list[Application]]:
    """For each unit with more than one live application, one of them in this round: all of them (E-04).

    Live: submitted, not found ineligible, not given up by a person's resolution.
    """
    live = (
        Application.objects.filter(call=call, state=SUBMITTED, duplicate_exclusions=None)
        .exclude(screening__decision=Screening.Decision.INELIGIBLE)
        .select_related("organisation", "professor", "screening")
    )
    twice = (
        live.order_by()
        .values("unit")
        .annotate(count=Count("pk"), here=Count("pk", filter=Q(round_id=round_id)))
        .filter(count__gt=1, here__gt=0)
        .values("unit")
    )
    found: dict[str, list[Application]] = {}
    for application in live.filter(unit__in=twice).order_by("unit", "submitted_at", "number"):
        found.setdefault(application.unit, []).append(application)
    return found


def resolutions(call: Call) -> QuerySet[DuplicateResolution]:
    """What persons decided about duplicates, the latest first."""
    return (
        DuplicateResolution.objects.filter(call=call)
        .select_related("kept", "decided_by")
        .prefetch_related("excluded")
        .order_by("-decided_at")
    )


def answers(reviews: Iterable[TechnicalReview]) -> tuple[Answer, ...]:
    """Reviews (with their vendor) as the domain's answers."""
    return tuple(
        Answer(vendor=review.vendor.code, verdict=Verdict(review.verdict) if review.verdict else None)
        for review in reviews
    )


def technical_standing(application: Application) -> Standing:
    """What the vendors' answers for an application come to."""
    return standing(answers(application.technical_reviews.select_related("vendor")))


def unsupported(call: Call, round_id: str) -> QuerySet[Application]:
    """Applications every asked vendor refused, without those found ineligible (R-02)."""
    asked = TechnicalReview.objects.filter(application=OuterRef("pk"))
    return (
        Application.objects.filter(Exists(asked), call=call, round_id=round_id, state=SUBMITTED)
        .exclude(Exists(asked.exclude(verdict=TechnicalReview.Verdict.UNSUPPORTED)))
        .exclude(screening__decision=Screening.Decision.INELIGIBLE)
    )


def undecided_unsupported(call: Call, round_id: str) -> QuerySet[Application]:
    """Applications every asked vendor refused and about which no person has decided (R-02)."""
    return unsupported(call, round_id).filter(technical_decision=None)


def unfound(call: Call, round_id: str) -> QuerySet[Application]:
    """Submitted applications without findings yet."""
    return Application.objects.filter(call=call, round_id=round_id, state=SUBMITTED, screening=None)


def clean(call: Call, round_id: str) -> QuerySet[Screening]:
    """Screenings that wait for a person and whose rules all passed."""
    return Screening.objects.filter(
        application__call=call,
        application__round_id=round_id,
        application__state=SUBMITTED,
        decision=Screening.Decision.PENDING,
        proposed=Outcome.PASSED,
        outcome=Outcome.PASSED,
    )


def queue(call: Call, round_id: str) -> QuerySet[Screening]:
    """The screenings of a round with what their list shows, in one query."""
    answered = Q(application__technical_reviews__verdict__in=list(TechnicalReview.Verdict))
    supporting = Q(application__technical_reviews__verdict__in=["supported", "conditional"])
    ready = Q(decision=Screening.Decision.PENDING) & Exists(
        CorrectionRequest.objects.filter(application=OuterRef("application"), answered_at__isnull=False)
    )
    waiting = Q(
        application__corrections__answered_at=None,
        application__corrections__withdrawn_at=None,
        application__corrections__isnull=False,
    )
    return (
        Screening.objects.filter(
            application__call=call, application__round_id=round_id, application__state=SUBMITTED
        )
        .select_related("application__organisation", "decided_by")
        .annotate(
            asked=Count("application__technical_reviews", distinct=True),
            answered=Count("application__technical_reviews", filter=answered, distinct=True),
            supporting=Count("application__technical_reviews", filter=supporting, distinct=True),
            ready=Case(When(ready, then=True), default=False, output_field=BooleanField()),
            waiting=Count("application__corrections", filter=waiting, distinct=True),
            **tax.latest_columns("application__organisation"),
        )
        .order_by(Case(When(ready, then=0), default=1), "application__number")
    )


def counts(call: Call, round_id: str) -> dict[str, int]:
    """How many applications of a round stand at each decision, in one query.

    Also how many have no findings yet (`unfound`), passed every rule and wait for a person (`clean`), and are
    refused by every vendor without a person's decision (`unsupported`).
    """
    decided = {code: Q(screening__decision=code) for code in Screening.Decision.values}
    waiting = {
        "unfound": Q(screening=None),
        "clean": Q(
            screening__decision=Screening.Decision.PENDING,
            screening__proposed=Outcome.PASSED,
            screening__outcome=Outcome.PASSED,
        ),
        "unsupported": Q(pk__in=undecided_unsupported(call, round_id).order_by().values("pk")),
    }
    rows = Application.objects.filter(call=call, round_id=round_id, state=SUBMITTED)
    wanted = (decided | waiting).items()
    found: dict[str, int] = rows.aggregate(**{name: Count("pk", filter=of) for name, of in wanted})
    return found


def my_reviews(vendor: organisations.Supplier) -> QuerySet[TechnicalReview]:
    """What a vendor is asked about, the first due first, with the models alone."""
    return (
        TechnicalReview.objects.filter(vendor=vendor, application__state=SUBMITTED)
        .select_related(
            "application__call",
            "application__narrowing",
            "application__organisation",
            "vendor",
            "answered_by",
        )
        .prefetch_related("application__models")
        .order_by(F("due_at").asc(nulls_last=True), "code")
    )


def answered_counts(reviews: QuerySet[TechnicalReview]) -> tuple[int, int]:
    """How many of some reviews wait for an answer, and how many have one; one query."""
    waiting = Count("pk", filter=Q(verdict=""))
    found = reviews.order_by().aggregate(waiting=waiting, total=Count("pk"))
    return found["waiting"], found["total"] - found["waiting"]


def answered_by_application(call: Call, round_id: str) -> list[dict[str, Any]]:
    """For each submitted application its product, and how many vendors were asked, still owe, support it."""
    yes = Q(technical_reviews__verdict__in=["supported", "conditional"])
    open_ = Q(technical_reviews__verdict="", technical_reviews__isnull=False)
    rows = Application.objects.filter(call=call, round_id=round_id, state=SUBMITTED).exclude(
        screening__decision=Screening.Decision.INELIGIBLE
    )
    found = (
        rows.order_by()
        .values("pk", "product")
        .annotate(
            asked=Count("technical_reviews"),
            waiting=Count("technical_reviews", filter=open_),
            supporting=Count("technical_reviews", filter=yes),
        )
    )
    return [dict(row) for row in found]


def card(pk: int) -> QuerySet[Screening]:
    """One screening with everything its card shows."""
    return (
        Screening.objects.filter(pk=pk)
        .annotate(
            late=Exists(
                LateException.objects.filter(receipt__isnull=False, application=OuterRef("application"))
            )
        )
        .select_related(
            "version",
            "decided_by",
            "application__organisation",
            "application__professor",
            "application__applicant",
            "application__call",
            "application__technical_decision__decided_by",
            "application__narrowing",
        )
        .defer("version__snapshot")
        .prefetch_related(
            "findings",
            Prefetch("rulings", FindingRuling.objects.select_related("ruled_by")),
            Prefetch("application__documents", EvidenceDocument.objects.select_related("file")),
            "application__models",
            Prefetch("application__corrections", CorrectionRequest.objects.select_related("requested_by")),
            Prefetch("application__technical_reviews", TechnicalReview.objects.select_related("vendor")),
        )
    )


def let_in_late(application: Application) -> "QuerySet[LateException]":
    """The late exceptions an application was let in under, with both persons (A-03)."""
    used = application.late_exceptions.filter(receipt__isnull=False).order_by("granted_at")
    return used.select_related("granted_by", "confirmed_by", "receipt")


def begun(call: Call, round_id: str) -> Refused | None:
    """Why a closed round cannot open again: its applications are being screened (C-07)."""
    screened = Screening.objects.filter(application__call=call, application__round_id=round_id)
    return refusals.screening_begun(round_id) if screened.exists() else None


def open_corrections() -> QuerySet[CorrectionRequest]:
    """Requests neither answered nor taken back, past their due date or not."""
    return CorrectionRequest.objects.filter(answered_at=None, withdrawn_at=None)
