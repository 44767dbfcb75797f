"""The late exception (마감 후 접수 예외): one operator grants it for one application, another confirms."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from naru.portal.accounts.models import User
from naru.portal.applications import refusals
from naru.portal.applications.models import Application, LateException
from naru.portal.audit.actions import fingerprint, record
from naru.portal.mail import outbox


@transaction.atomic
def grant_exception(
    *, by: User, at: datetime, application: Application, reason: str, until: datetime
) -> LateException:
    """Propose that this one application may be written and submitted until an instant (exclusive).

    It has no effect before `confirm_exception` by another person. One not used yet is replaced. Refused
    without a reason, for an instant that has passed, and for an application that is submitted (A-03).
    """
    kept = _locked(application.pk)
    if not reason.strip():
        raise refusals.exception_without_reason()
    if until <= at:
        raise refusals.exception_over(until)
    if kept.state == Application.State.SUBMITTED:
        raise refusals.nothing_to_except(kept.state)
    kept.late_exceptions.filter(receipt=None, ended_at=None).update(ended_at=at)
    made = LateException.objects.create(
        application=kept, reason=reason.strip(), until=until, granted_by=by, granted_at=at
    )
    facts = {"exception": made.pk, "reason": fingerprint(made.reason), "until": until.isoformat()}
    record(
        by=by, at=at, action="applications.grant_exception", subject=kept, facts=facts, call_id=kept.call.slug
    )
    return made


@transaction.atomic
def confirm_exception(*, by: User, at: datetime, exception: LateException) -> LateException:
    """Put the exception in force as the second person, and mail the applicant.

    Refused for the person who granted it, when it is confirmed, replaced or over already, and when the
    application has been submitted meanwhile (A-03).
    """
    kept = _locked(exception.application_id)
    found = LateException.objects.get(pk=exception.pk)
    if found.granted_by_id == by.pk:
        raise refusals.exception_needs_another()
    if found.confirmed_at is not None or found.ended_at is not None or found.until <= at:
        raise refusals.exception_over(found.until)
    if kept.state == Application.State.SUBMITTED:
        raise refusals.nothing_to_except(kept.state)
    found.confirmed_by, found.confirmed_at = by, at
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    outbox.put(
        to=kept.applicant.email,
        language=kept.applicant.language,
        name="applications/exception",
        context={
            "application": kept,
            "exception": found,
            "path": reverse("applications:submit", args=[kept.pk]),
        },
        at=at,
        about=kept,
    )
    facts = {"exception": found.pk, "until": found.until.isoformat()}
    record(
        by=by,
        at=at,
        action="applications.confirm_exception",
        subject=kept,
        facts=facts,
        call_id=kept.call.slug,
    )
    return found


def _locked(pk: int) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("call", "applicant")
    return rows.get(pk=pk)
