"""A second review after an upheld appeal: asked of others than before, ended when the appeal is settled."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import Role, User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import record
from naru.portal.evaluation import again, queries, refusals
from naru.portal.evaluation.acting import require_role
from naru.portal.evaluation.models import ReviewAssignment

REVIEWED_BEFORE = "reviewed_before"


@transaction.atomic
def assign_again(
    *, by: User, at: datetime, application: Application, reviewers: Iterable[User]
) -> list[ReviewAssignment]:
    """Ask reviewers to score an application anew, though its round is closed.

    Refused for everybody ever asked about it (the conflict of having reviewed it before) and for any other
    conflict of interest.
    """
    require_role(by, Role.OPERATOR)
    kept = Application.objects.select_for_update(of=("self",)).select_related(
        "call", "applicant", "organisation", "professor"
    )
    row, people = kept.get(pk=application.pk), list(reviewers)
    grounds = queries.conflict_grounds([row], people)
    grounds |= {(row.pk, pk): REVIEWED_BEFORE for pk in again.reviewed_before(row)}
    names = {one.pk: str(one) for one in people}
    if pairs := [(names[who], ground) for (_row, who), ground in sorted(grounds.items()) if who in names]:
        raise refusals.conflicted(pairs)
    made = ReviewAssignment.objects.bulk_create(
        ReviewAssignment(application=row, reviewer=one, assigned_at=at, again=True) for one in people
    )
    facts = {"reviewers": sorted(names)}
    slug = row.call.slug
    record(by=by, at=at, action="evaluation.assign_again", subject=row, facts=facts, call_id=slug)
    return made


@transaction.atomic
def close_again(*, by: User, at: datetime, application: Application) -> int:
    """End an application's second review: no sheet of it changes from then on; how many seats it had."""
    require_role(by, Role.OPERATOR)
    closed = again.seats(application).filter(again_closed_at=None).update(again_closed_at=at)
    slug = application.call.slug
    facts = {"seats": closed}
    record(by=by, at=at, action="evaluation.close_again", subject=application, facts=facts, call_id=slug)
    return closed
