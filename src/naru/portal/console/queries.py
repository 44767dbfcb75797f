"""Counting the year: one aggregate per table, so the board costs the same however many rows there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from naru.domain.periods import day_in, end_of_day, last_day, month_after
from naru.portal.accounts.models import User
from naru.portal.allocation.models import Award, Offer, RefillBatch, Server
from naru.portal.appeals import queries as appeals
from naru.portal.applications import queries as intake
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call, FrozenQuota, LotterySeed
from naru.portal.calls.queries import OpenRound
from naru.portal.evaluation import queries as evaluation
from naru.portal.evaluation.models import EvaluationClosing, ScoreSheet
from naru.portal.organisations import queries as organisations
from naru.portal.progress.models import Check, MonthlyReport, RestrictionCase
from naru.portal.questions.models import Question
from naru.portal.screening import queries as screening
from naru.portal.screening.models import CorrectionRequest, TechnicalReview
from naru.portal.selection.models import MatchingRun, SelectionRun, ServerGroup

Numbers = Mapping[str, Any]  # by name: a count, or the oldest instant as `<name>_since`, or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Every number of the board, step by step."""

    gates: Numbers
    applications: Numbers
    corrections: Numbers
    duplicates: int
    going: Numbers
    technical: Numbers
    evaluation: Numbers
    appeals: Numbers
    run: SelectionRun | None
    matching: MatchingRun | None
    awards: Numbers
    offers: Numbers
    month: date
    checks: Numbers
    cases: Numbers
    register: int
    questions: Numbers


def counts(one: OpenRound, at: datetime) -> Counts:
    """The numbers of one round as they stand, in seventeen queries."""
    call, round_id, zone = one.call, one.round.id, one.terms.zone
    today = day_in(zone, at)
    month = month_after(today, -1)
    return Counts(
        gates=gates(call, round_id),
        applications=applications(call, round_id),
        corrections=corrections(call, round_id, at),
        duplicates=len(screening.unresolved_duplicates(call, round_id)),
        going=going(call, round_id, one.terms.scoring.min_reviews),
        technical=technical(call, round_id, at),
        evaluation=sheets(call, round_id),
        appeals=appeals.counts(call),
        run=last_run(call, round_id),
        matching=last_matching(call, round_id),
        awards=awards(call, round_id, month, zone),
        offers=offers(call, at),
        month=month,
        checks=checks(call, round_id),
        cases=cases(call, round_id, at),
        register=organisations.in_force(today).count(),
        questions=questions(call),
    )


def gates(call: Call, round_id: str) -> Numbers:
    """Whether seed, quotas and the end of evaluation stand; how many servers are offered."""
    here = {"call": OuterRef("pk"), "round_id": round_id}
    offered = ServerGroup.objects.filter(call=OuterRef("pk")).order_by().values("call")
    found = Call.objects.filter(pk=call.pk).annotate(
        has_seed=Exists(LotterySeed.objects.filter(**here)),
        has_quotas=Exists(FrozenQuota.objects.filter(**here)),
        is_closed=Exists(EvaluationClosing.objects.filter(**here)),
        servers=Subquery(offered.annotate(sum=Sum("capacity")).values("sum")),
    )
    return found.values("has_seed", "has_quotas", "is_closed", "servers").get()


def applications(call: Call, round_id: str) -> Numbers:
    """Applications by state and by what screening decided."""
    submitted = Q(state=Application.State.SUBMITTED)
    unfound = submitted & Q(screening=None)
    pending = submitted & Q(screening__decision="pending")
    undecided = unfound | submitted & Q(screening__decision__in=["pending", "correction"])
    return Application.objects.filter(call=call, round_id=round_id).aggregate(
        draft=Count("pk", filter=Q(state="draft")),
        submitted=Count("pk", filter=submitted),
        withdrawn=Count("pk", filter=Q(state="withdrawn")),
        unconfirmed=Count("pk", filter=intake.awaits_professor() & ~Q(state="withdrawn")),
        unfound=Count("pk", filter=unfound),
        unfound_since=Min("submitted_at", filter=unfound),
        doubted=Count("pk", filter=undecided & Q(organisations.doubted("organisation"))),
        doubted_since=Min("submitted_at", filter=undecided & Q(organisations.doubted("organisation"))),
        clean=Count("pk", filter=pending & Q(screening__proposed="passed")),
        clean_since=Min("screening__found_at", filter=pending & Q(screening__proposed="passed")),
        judged=Count("pk", filter=pending & ~Q(screening__proposed="passed")),
        judged_since=Min("screening__found_at", filter=pending & ~Q(screening__proposed="passed")),
        correction=Count("pk", filter=submitted & Q(screening__decision="correction")),
        correction_since=Min("screening__found_at", filter=submitted & Q(screening__decision="correction")),
        eligible=Count("pk", filter=submitted & Q(screening__decision="eligible")),
        ineligible=Count("pk", filter=submitted & Q(screening__decision="ineligible")),
    )


def corrections(call: Call, round_id: str, at: datetime) -> Numbers:
    """Correction requests still open: those past their due date, and the next one due.

    What was answered, or fell due, counts only while the application is still undecided.
    """
    waiting = CorrectionRequest.objects.filter(
        application__call=call,
        application__round_id=round_id,
        application__state=Application.State.SUBMITTED,
        application__screening__decision="correction",
    )
    late = Q(answered_at=None, due_at__lte=at)
    answered = Q(answered_at__isnull=False)
    return waiting.aggregate(
        open=Count("pk", filter=Q(answered_at=None, due_at__gt=at)),
        ready=Count("application", filter=late | answered, distinct=True),
        ready_since=Min("requested_at", filter=late | answered),
        ready_due=Min("due_at", filter=late | answered),
    )


def questions(call: Call) -> Numbers:
    """What people asked about a call and nobody answered yet."""
    return Question.objects.filter(call=call, answered_at=None).aggregate(
        open=Count("pk"), open_since=Min("asked_at")
    )


def going(call: Call, round_id: str, min_reviews: int) -> Numbers:
    """Those that go on to evaluation: not routed to a vendor, without a panel, without enough sheets."""
    asked = TechnicalReview.objects.filter(application=OuterRef("pk"))
    seated = Q(assignments__removed_at=None)
    final = seated & Q(assignments__sheets__state=ScoreSheet.State.FINAL)
    rows = (
        screening.eligible(call, round_id)
        .order_by()
        .annotate(
            routed=Exists(asked),
            panel=Count("assignments", filter=seated & Q(assignments__isnull=False), distinct=True),
            final=Count("assignments", filter=final, distinct=True),
        )
    )
    since = "screening__decided_at"
    unrouted, unseated = Q(routed=False), Q(panel__lt=min_reviews)
    return rows.aggregate(
        going=Count("pk"),
        unrouted=Count("pk", filter=unrouted),
        unrouted_since=Min(since, filter=unrouted),
        unseated=Count("pk", filter=unseated),
        unseated_since=Min(since, filter=unseated),
        short=Count("pk", filter=Q(final__lt=min_reviews)),
    )


def technical(call: Call, round_id: str, at: datetime) -> Numbers:
    """The vendors' answers, and applications every vendor refused that no person has decided about."""
    reviews = TechnicalReview.objects.filter(
        application__call=call, application__round_id=round_id, application__state="submitted"
    )
    told = reviews.aggregate(
        waiting=Count("pk", filter=Q(verdict="")),
        waiting_since=Min("routed_at", filter=Q(verdict="")),
        late=Count("pk", filter=Q(verdict="", due_at__lte=at)),
        late_since=Min("due_at", filter=Q(verdict="", due_at__lte=at)),
        supported=Count("pk", filter=Q(verdict="supported")),
        conditional=Count("pk", filter=Q(verdict="conditional")),
        refused=Count("pk", filter=Q(verdict="unsupported")),
    )
    undecided = screening.undecided_unsupported(call, round_id).order_by()
    return told | undecided.aggregate(
        unsupported=Count("pk", distinct=True), unsupported_since=Min("technical_reviews__answered_at")
    )


def sheets(call: Call, round_id: str) -> Numbers:
    """Score sheets asked for: not begun, in draft, final."""
    rows = evaluation.in_force().filter(application__call=call, application__round_id=round_id)
    saved = ScoreSheet.objects.filter(assignment=OuterRef("pk"))
    rows = rows.order_by().annotate(is_begun=Exists(saved), is_final=Exists(saved.filter(state="final")))
    return rows.aggregate(
        asked=Count("pk"),
        final=Count("pk", filter=Q(is_final=True)),
        draft=Count("pk", filter=Q(is_begun=True, is_final=False)),
        open_since=Min("assigned_at", filter=Q(is_final=False)),
    )


def last_run(call: Call, round_id: str) -> SelectionRun | None:
    """The newest run that was not superseded, with how many confirmed it (`confirmed`) and its outcomes."""
    return (
        SelectionRun.objects.filter(call=call, round_id=round_id)
        .exclude(state=SelectionRun.State.SUPERSEDED)
        .defer("record")
        .annotate(
            confirmed=Count("confirmations", distinct=True),
            selected=Count("outcomes", filter=Q(outcomes__status="selected"), distinct=True),
            waiting=Count("outcomes", filter=Q(outcomes__status="waiting"), distinct=True),
        )
        .order_by("-run_at", "-pk")
        .first()
    )


def last_matching(call: Call, round_id: str) -> MatchingRun | None:
    """The newest matching of the round, how many confirmed it and how many got a server."""
    return (
        MatchingRun.objects.filter(selection__call=call, selection__round_id=round_id)
        .exclude(selection__state=SelectionRun.State.SUPERSEDED)
        .defer("record")
        .annotate(
            confirmed=Count("confirmations", distinct=True),
            served=Count("matches", filter=Q(matches__vendor__isnull=False), distinct=True),
            unserved=Count("matches", filter=Q(matches__isnull=False, matches__vendor=None), distinct=True),
        )
        .order_by("-run_at", "-pk")
        .first()
    )


def awards(call: Call, round_id: str, month: date, zone: str) -> Numbers:
    """Awards by what they wait for; reports owed for `month`, the last one that ended."""
    ends = end_of_day(zone, last_day(month))
    reported = MonthlyReport.objects.filter(award=OuterRef("pk"), month=month)
    rows = Award.objects.filter(call=call, application__round_id=round_id).order_by()
    rows = rows.annotate(is_reported=Exists(reported), since=_refilled())
    over = Q(state__in=[Award.State.WITHDRAWN, Award.State.EXCLUDED])
    freed = over & Q(ended_at__gt=F("since"))
    agreement, ordered = Q(state=Award.State.AGREEMENT), Q(state=Award.State.ORDERED)
    unsigned = agreement & Q(agreement=None)
    signed = agreement & Q(agreement__isnull=False, agreement__countersigned_at=None)
    agreed = agreement & Q(agreement__countersigned_at__isnull=False) & Q(server=None)
    coming = ordered & Q(server__state=Server.State.ORDERED)
    delivered = ordered & Q(server__state=Server.State.DELIVERED)
    use = Q(state=Award.State.IN_USE)
    due = use & Q(server__handed_over_at__lt=ends)
    return rows.aggregate(
        total=Count("pk"),
        unsigned=Count("pk", filter=unsigned),
        unsigned_since=Min("created_at", filter=unsigned),
        signed=Count("pk", filter=signed),
        signed_since=Min("agreement__signed_at", filter=signed),
        agreed=Count("pk", filter=agreed),
        agreed_since=Min("agreement__countersigned_at", filter=agreed),
        ordered=Count("pk", filter=coming),
        ordered_since=Min("server__ordered_at", filter=coming),
        delivered=Count("pk", filter=delivered),
        delivered_since=Min("server__delivered_at", filter=delivered),
        in_use=Count("pk", filter=use),
        left=Count("pk", filter=over),
        freed=Count("pk", filter=freed),
        freed_since=Min("ended_at", filter=freed),
        ended=Count("pk", filter=Q(state=Award.State.ENDED)),
        reported=Count("pk", filter=Q(is_reported=True)),
        unreported=Count("pk", filter=due & Q(is_reported=False)),
    )


def offers(call: Call, at: datetime) -> Numbers:
    """Offers that wait for an answer; those declined or ended without one since the last refill."""
    lapsed = Q(answer="", expires_at__gt=F("since"), expires_at__lte=at)
    ended = lapsed | Q(answer=Offer.Answer.DECLINED, answered_at__gt=F("since"))
    is_open = Q(answer="", expires_at__gt=at)
    rows = Offer.objects.filter(call=call).order_by().annotate(since=_refilled())
    return rows.aggregate(
        open=Count("pk", filter=is_open),
        open_since=Min("offered_at", filter=is_open),
        open_due=Min("expires_at", filter=is_open),
        ended=Count("pk", filter=ended),
        ended_since=Min("offered_at", filter=ended),
    )


def _refilled() -> Coalesce:
    """When the row's call was last refilled; long ago where it never was."""
    refills = RefillBatch.objects.filter(call=OuterRef("call")).order_by("-day").values("decided_at")[:1]
    return Coalesce(Subquery(refills), Value(datetime.min.replace(tzinfo=UTC)))


def checks(call: Call, round_id: str) -> Numbers:
    """Midpoint and final checks handed in, and those that wait for a verdict."""
    rows = Check.objects.filter(award__call=call, award__application__round_id=round_id).order_by()
    undecided = Q(verdict="")
    return rows.aggregate(
        midpoint=Count("pk", filter=Q(kind=Check.Kind.MIDPOINT)),
        final=Count("pk", filter=Q(kind=Check.Kind.FINAL)),
        insufficient=Count("pk", filter=Q(verdict=Check.Verdict.INSUFFICIENT)),
        undecided=Count("pk", filter=undecided),
        undecided_since=Min("submitted_at", filter=undecided),
    )


def cases(call: Call, round_id: str, at: datetime) -> Numbers:
    """Restriction cases: in their hearing, ready to decide (heard, or the hearing is over), decided."""
    rows = RestrictionCase.objects.filter(award__call=call, award__application__round_id=round_id).order_by()
    noticed, heard = Q(state=RestrictionCase.State.NOTICED), Q(state=RestrictionCase.State.HEARD)
    ready = heard | (noticed & Q(hearing_until__lte=at))
    return rows.aggregate(
        hearing=Count("pk", filter=noticed & Q(hearing_until__gt=at)),
        ready=Count("pk", filter=ready),
        ready_since=Min("noticed_at", filter=ready),
        restricted=Count("pk", filter=Q(state=RestrictionCase.State.RESTRICTED)),
        dropped=Count("pk", filter=Q(state=RestrictionCase.State.DROPPED)),
    )


def confirmations_waiting(user: User) -> bool:
    """Whether a student's application waits for this person's word as the supervising professor."""
    return intake.confirmations(user).filter(intake.awaits_professor()).exists()
