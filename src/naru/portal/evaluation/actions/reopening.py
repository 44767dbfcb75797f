"""A review taken out after the closing is given anew by another reviewer, in a seat reopened for it alone."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import Role, User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import record
from naru.portal.evaluation import queries, refusals, refused_late
from naru.portal.evaluation.acting import require_role
from naru.portal.evaluation.models import ReviewAssignment
from naru.portal.mail import outbox


@transaction.atomic
def reopen_seat(
    *, by: User, at: datetime, removed: ReviewAssignment, reviewer: User, due_at: datetime
) -> ReviewAssignment:
    """Ask another reviewer in place of one whose review was taken out after the closing (R-03).

    One for each seat that was vacated so, no more: nobody adds reviews once scores are known. The seat is
    open until its sheet is final, at the longest until `due_at`. The reviewer is mailed.
    """
    require_role(by, Role.OPERATOR)
    seat = (
        ReviewAssignment.objects.select_for_update(of=("self",))
        .select_related("application__call")
        .get(pk=removed.pk)
    )
    application = seat.application
    closing = queries.closing(application.call, application.round_id)
    if closing is None:
        raise refused_late.still_open()
    if seat.removed_at is None or seat.again or (seat.due_at is None and seat.removed_at < closing.closed_at):
        raise refused_late.not_vacated()
    if ReviewAssignment.objects.filter(replaces=seat).exists():
        raise refused_late.replaced_already()
    if due_at <= at:
        raise refused_late.due_past()
    _must_be_free(application, reviewer)
    made = ReviewAssignment.objects.create(
        application=application, reviewer=reviewer, assigned_at=at, replaces=seat, due_at=due_at
    )
    outbox.put(
        to=reviewer.email,
        language=reviewer.language,
        name="evaluation/seat_reopened",
        context={"call": application.call, "due": due_at, "path": "/evaluation/mine/"},
        at=at,
        about=application,
        key=f"evaluation-reopened:{made.pk}",
    )
    facts = {"removed": seat.pk, "reviewer": reviewer.pk, "due": due_at.isoformat()}
    slug = application.call.slug
    record(by=by, at=at, action="evaluation.reopen_seat", subject=made, facts=facts, call_id=slug)
    return made


def _must_be_free(application: Application, reviewer: User) -> None:
    kept = queries.open_applications(application.call, application.round_id).filter(pk=application.pk).first()
    if kept is None:
        raise refusals.not_eligible(str(application))
    if ReviewAssignment.objects.filter(application=kept, reviewer=reviewer).exists():
        raise refusals.assigned_already([str(reviewer)])
    if ground := queries.conflict_grounds([kept], [reviewer]).get((kept.pk, reviewer.pk)):
        raise refusals.conflicted([(str(reviewer), ground)])
