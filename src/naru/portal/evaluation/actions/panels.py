"""Who scores what: assign by hand or in balanced panels, remove with a reason, close the round."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.evaluation import queries, refusals
from naru.portal.evaluation.models import EvaluationClosing, ReviewAssignment


@transaction.atomic
def assign(
    *, by: User, at: datetime, application: Application, reviewers: Iterable[User]
) -> list[ReviewAssignment]:
    """Ask reviewers to score one application.

    Refused for one that has not passed screening, for a reviewer with a conflict or assigned before, and
    after the closing.
    """
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


def _must_be_free(application: Application, people: list[User]) -> None:
    grounds = queries.conflict_grounds([application], people)
    names = {one.pk: str(one) for one in people}
    pairs = [(names[reviewer], ground) for (_application, reviewer), ground in grounds.items()]
    pairs += [(names[pk], "supplier") for pk in sorted(queries.suppliers_people(people))]
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
    _must_be_open(call, round_id)
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
    """Take a reviewer off an application; what was saved stays on record and no longer counts."""
    kept = _removed(assignment, at, reason)
    facts = {"reviewer": kept.reviewer_id, "reason": fingerprint(kept.removal_reason)}
    slug = kept.application.call.slug
    record(by=by, at=at, action="evaluation.remove_assignment", subject=kept, facts=facts, call_id=slug)
    return kept


def _removed(assignment: ReviewAssignment, at: datetime, reason: str) -> ReviewAssignment:
    """The assignment, locked and taken out of force."""
    kept = (
        ReviewAssignment.objects.select_for_update(of=("self",))
        .select_related("application__call")
        .get(pk=assignment.pk)
    )
    if kept.removed_at is not None:
        raise refusals.assignment_removed()
    if not reason.strip():
        raise refusals.reason_missing()
    kept.removed_at, kept.removal_reason = at, reason.strip()
    kept.save(update_fields=["removed_at", "removal_reason"])
    return kept


@transaction.atomic
def replace(
    *, by: User, at: datetime, assignment: ReviewAssignment, reviewer: User, reason: str
) -> ReviewAssignment:
    """Take a reviewer off an application and ask another in the same act; neither happens alone."""
    kept = _removed(assignment, at, reason)
    made = _asked(kept.application, [reviewer], at)[0]
    facts = {
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
