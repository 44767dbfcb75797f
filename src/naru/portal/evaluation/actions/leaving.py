"""A reviewer leaves midway (교체): the open seats go to others in one act, final sheets stay."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import Role, User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.evaluation import queries, refusals
from naru.portal.evaluation.acting import require_role
from naru.portal.evaluation.models import ReviewAssignment, ReviewerProfile


@transaction.atomic
def replace_reviewer(
    *, by: User, at: datetime, call: Call, round_id: str, reviewer: User, reason: str
) -> list[ReviewAssignment]:
    """Take a reviewer off every sheet of the round that is not final, and ask others instead.

    The reviewer counts as not available from then on; a conflict found in a final sheet is declared apart.
    Refused without a reason, with nothing open, after the closing, and when others are too few: then
    nothing is written.
    """
    require_role(by, Role.OPERATOR)
    if queries.closing(call, round_id) is not None:
        raise refusals.closed(round_id)
    if not reason.strip():
        raise refusals.reason_missing()
    seats = list(queries.open_seats(reviewer, call, round_id).select_for_update(of=("self",)))
    if not seats:
        raise refusals.nothing_open()
    wanted = calls.terms(calls.current(call)).scoring.min_reviews
    plan = queries.plan_panels(call, round_id, queries.reviewers(), wanted, leaving=reviewer)
    if plan.lacking:
        raise refusals.reviewers_lacking(sorted(plan.lacking), 1)
    ReviewAssignment.objects.filter(pk__in=[one.pk for one in seats]).update(
        removed_at=at, removal_reason=reason.strip()
    )
    ReviewerProfile.objects.update_or_create(
        reviewer=reviewer, defaults={"available": False, "updated_by": by, "updated_at": at}
    )
    made = ReviewAssignment.objects.bulk_create(
        ReviewAssignment(application=plan.rows[row], reviewer=plan.people[who], assigned_at=at)
        for row, who in plan.pairs
    )
    facts = {
        "round": round_id,
        "removed": [one.pk for one in seats],
        "pairs": [f"{row}:{who}" for row, who in plan.pairs],
        "reason": fingerprint(reason.strip()),
    }
    slug = call.slug
    record(by=by, at=at, action="evaluation.replace_reviewer", subject=reviewer, facts=facts, call_id=slug)
    return made
