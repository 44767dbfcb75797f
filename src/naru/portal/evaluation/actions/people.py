"""Before the first sheet: a reviewer's pledge, and conflicts of interest (제척·기피·회피)."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls.models import Call
from naru.portal.evaluation import refusals
from naru.portal.evaluation.models import ConflictOfInterest, Pledge, ReviewAssignment
from naru.portal.evaluation.pledge import text_sha256


@transaction.atomic
def pledge(*, by: User, at: datetime, call: Call) -> Pledge:
    """Give the pledge for a call; the hash of its wording is kept. Refused a second time."""
    made, new = Pledge.objects.get_or_create(
        call=call, reviewer=by, defaults={"text_sha256": text_sha256(), "pledged_at": at}
    )
    if not new:
        raise refusals.pledged_already()
    facts = {"text": made.text_sha256}
    record(by=by, at=at, action="evaluation.pledge", subject=made, facts=facts, call_id=call.slug)
    return made


@transaction.atomic
def declare_conflict(
    *, by: User, at: datetime, application: Application, reviewer: User, reason: str
) -> ConflictOfInterest:
    """Put a conflict on record, by the reviewer or the operator; an assignment of the pair is removed.

    A conflict found late counts as well: the sheet leaves `final_sheets` and a selection is run anew.
    Refused without a reason, and twice for a pair.
    """
    if not reason.strip():
        raise refusals.reason_missing()
    made, new = ConflictOfInterest.objects.get_or_create(
        application=application,
        reviewer=reviewer,
        defaults={"reason": reason.strip(), "declared_by": by, "declared_at": at},
    )
    if not new:
        raise refusals.conflict_declared()
    removed = ReviewAssignment.objects.filter(
        application=application, reviewer=reviewer, removed_at=None
    ).update(removed_at=at, removal_reason=made.reason)
    facts = {
        "application": application.pk,
        "reviewer": reviewer.pk,
        "removed": removed,
        "reason": fingerprint(made.reason),
    }
    record(
        by=by,
        at=at,
        action="evaluation.declare_conflict",
        subject=made,
        facts=facts,
        call_id=application.call.slug,
    )
    return made
