"""Who scores what: assign by hand or in balanced panels, remove with a reason, close the round."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import Role, User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.evaluation import (
    objections,
    queries,
    refusals,
    refused_late,
    refused_objections,
    scorecards,
)
from naru.portal.evaluation.acting import require_role
from naru.portal.evaluation.actions.recomputed import Recomputed
from naru.portal.evaluation.models import EvaluationClosing, ReviewAssignment, ScoreSheet
from naru.portal.screening import queries as screening


@transaction.atomic
def assign(
    *, by: User, at: datetime, application: Application, reviewers: Iterable[User]
) -> list[ReviewAssignment]:
    """Ask reviewers to score one application.

    Refused for one that has not passed screening, for a reviewer with a conflict or assigned before, and
    after the closing.
    """
    require_role(by, Role.OPERATOR)
    call, people = application.call, list(reviewers)
    made = _asked(application, people, at)
    facts = {"reviewers": sorted(one.pk for one in people)}
    record(by=by, at=at, action="evaluation.assign", subject=application, facts=facts, call_id=call.slug)
    return made


def _asked(application: Application, people: list[User], at: datetime) -> list[ReviewAssignment]:
    """The new rows of one panel, once nothing stands against them."""
    kept = queries.open_applications(application.call, application.round_id).filter(pk=application.pk).first()
    if kept is None:
        raise refusals.not_eligible(str(application))
    _must_be_open(application.call, kept.round_id)
    _one_scorecard(application.call, kept.round_id)
    _must_not_be_shown(application.call, kept.round_id, at)
    _must_be_technically_decided(application.call, kept.round_id, kept)
    _must_be_free(kept, people)
    before = ReviewAssignment.objects.filter(application=kept, reviewer__in=people)
    if names := [str(one.reviewer) for one in before.select_related("reviewer")]:
        raise refusals.assigned_already(names)
    return ReviewAssignment.objects.bulk_create(
        ReviewAssignment(application=kept, reviewer=one, assigned_at=at) for one in people
    )


def _must_be_open(call: Call, round_id: str) -> None:
    if queries.closing(call, round_id) is not None:
        raise refusals.closed(round_id)


def _one_scorecard(call: Call, round_id: str) -> None:
    """All sheets of a round are scored on one scorecard, or its scores could not be compared."""
    found = sorted(scorecards.of_round(call, round_id).values(), key=len)
    if len(found) > 1:
        raise refusals.scorecards_differ(number for numbers in found[:-1] for number in numbers)


def _must_not_be_shown(call: Call, round_id: str, at: datetime) -> None:
    """Panels wait while applicants may still object."""
    until = objections.last_until(call, round_id)
    if until is not None and at < until:
        raise refused_objections.names_still_shown(until)


def _must_be_technically_decided(call: Call, round_id: str, one: Application | None = None) -> None:
    """Where no vendor supports the models a named person has said so before anybody is asked to score."""
    rows = screening.undecided_unsupported(call, round_id).filter(screening__decision="eligible")
    rows = rows.filter(pk=one.pk) if one else rows
    if numbers := list(rows.order_by("number").values_list("number", flat=True)):
        raise refusals.technically_undecided(number or "" for number in numbers)


def _must_be_free(application: Application, people: list[User]) -> None:
    grounds = queries.conflict_grounds([application], people)
    names = {one.pk: str(one) for one in people}
    pairs = [(names[reviewer], ground) for (_application, reviewer), ground in grounds.items()]
    if pairs:
        raise refusals.conflicted(pairs)


@transaction.atomic
def assign_panels(
    *,
    by: User,
    at: datetime,
    call: Call,
    round_id: str,
    reviewers: Iterable[User],
    per_application: int | None = None,
) -> list[ReviewAssignment]:
    """Fill every application's panel at once, balanced and free of conflicts (`naru.domain.panel`).

    `per_application` defaults to the call's least number of reviews. Refused, with nothing written, when
    one application lacks reviewers, when every panel is full, and after the closing.
    """
    require_role(by, Role.OPERATOR)
    _must_be_open(call, round_id)
    _one_scorecard(call, round_id)
    _must_not_be_shown(call, round_id, at)
    _must_be_technically_decided(call, round_id)
    wanted = per_application or calls.terms(calls.current(call)).scoring.min_reviews
    plan = queries.plan_panels(call, round_id, reviewers, wanted)
    if plan.lacking:
        raise refusals.reviewers_lacking(sorted(plan.lacking), wanted)
    if not plan.pairs:
        raise refusals.nothing_to_assign()
    made = ReviewAssignment.objects.bulk_create(
        ReviewAssignment(application=plan.rows[row], reviewer=plan.people[who], assigned_at=at)
        for row, who in plan.pairs
    )
    pairs = [f"{row}:{who}" for row, who in plan.pairs]
    facts = {"round": round_id, "per_application": wanted, "pairs": pairs}
    record(by=by, at=at, action="evaluation.assign_panels", subject=call, facts=facts, call_id=call.slug)
    return made


@transaction.atomic
def remove_assignment(
    *, by: User, at: datetime, assignment: ReviewAssignment, reason: str
) -> ReviewAssignment:
    """Take a reviewer off an application; what was saved stays on record and no longer counts.

    Refused after the closing, but for a replacement whose sheet is not final.
    """
    require_role(by, Role.OPERATOR)
    kept, changed = _removed(by, assignment, at, reason)
    facts = {"reviewer": kept.reviewer_id, "reason": fingerprint(kept.removal_reason)} | changed
    slug = kept.application.call.slug
    record(by=by, at=at, action="evaluation.remove_assignment", subject=kept, facts=facts, call_id=slug)
    return kept


def _removed(
    by: User, assignment: ReviewAssignment, at: datetime, reason: str
) -> tuple[ReviewAssignment, dict[str, object]]:
    """The assignment taken out of force, and what that changed."""
    kept = (
        ReviewAssignment.objects.select_for_update(of=("self",))
        .select_related("application__call", "reviewer")
        .get(pk=assignment.pk)
    )
    if kept.removed_at is not None:
        raise refusals.assignment_removed()
    if not reason.strip():
        raise refusals.reason_missing()
    final = kept.sheets.filter(state=ScoreSheet.State.FINAL)
    closed = queries.closing(kept.application.call, kept.application.round_id) is not None
    if closed and (kept.due_at is None or final.exists()):
        raise refused_late.only_conflicts()
    changed = Recomputed(by=by, at=at).left(kept.application, kept.reviewer, reason.strip())
    kept.refresh_from_db(fields=["removed_at", "removal_reason"])
    return kept, changed


@transaction.atomic
def replace(
    *, by: User, at: datetime, assignment: ReviewAssignment, reviewer: User, reason: str
) -> ReviewAssignment:
    """Take a reviewer off an application and ask another in the same act; neither happens alone."""
    require_role(by, Role.OPERATOR)
    kept, changed = _removed(by, assignment, at, reason)
    made = _asked(kept.application, [reviewer], at)[0]
    facts = changed | {
        "removed": kept.reviewer_id,
        "reviewer": reviewer.pk,
        "reason": fingerprint(kept.removal_reason),
    }
    slug = kept.application.call.slug
    record(by=by, at=at, action="evaluation.replace", subject=made, facts=facts, call_id=slug)
    return made


@transaction.atomic
def close(*, by: User, at: datetime, call: Call, round_id: str) -> EvaluationClosing:
    """End a round's evaluation: no sheet changes from then on, and selection may be run.

    Refused a second time, and while an application has fewer final sheets than the call asks for.
    """
    require_role(by, Role.OPERATOR)
    call = Call.objects.select_for_update().get(pk=call.pk)
    _must_be_open(call, round_id)
    wanted = calls.terms(calls.current(call)).scoring.min_reviews
    progress = queries.coverage(call, round_id)
    short = [str(one.application) for one in progress if one.final < wanted]
    if short:
        raise refusals.reviews_missing(short, wanted)
    made = EvaluationClosing.objects.create(call=call, round_id=round_id, closed_by=by, closed_at=at)
    facts = {"round": round_id, "applications": len(progress), "sheets": sum(one.final for one in progress)}
    record(by=by, at=at, action="evaluation.close", subject=made, facts=facts, call_id=call.slug)
    return made
