"""Correction requests (보완요청): one item, one due instant, one answer."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint, record
from naru.portal.screening import refusals
from naru.portal.screening.models import CorrectionRequest, Screening

Decision = Screening.Decision


@transaction.atomic
def request_correction(
    *, by: User, at: datetime, application: Application, item: str, message: str, due_at: datetime
) -> CorrectionRequest:
    """Ask the applicant to mend one item (a document's code or a part of the form) until `due_at`.

    Refused for an application without findings or already decided, for an empty message, a due date that
    has passed, and an item that has an open request.
    """
    screening = (
        Screening.objects.select_for_update(of=("self",))
        .select_related("application__call")
        .filter(application=application)
        .first()
    )
    if screening is None or screening.application.state != Application.State.SUBMITTED:
        raise refusals.not_submitted(application.state)
    if screening.decision in (Decision.ELIGIBLE, Decision.INELIGIBLE):
        raise refusals.decided_already(screening.decision)
    if not message.strip():
        raise refusals.correction_empty()
    if due_at <= at:
        raise refusals.due_in_the_past(due_at)
    asked = CorrectionRequest.objects.filter(application=application, item=item, answered_at=None)
    if asked.filter(due_at__gt=at).exists():
        raise refusals.correction_asked(item)
    correction = CorrectionRequest.objects.create(
        application=screening.application,
        item=item,
        message=message.strip(),
        due_at=due_at,
        requested_by=by,
        requested_at=at,
    )
    if screening.decision != Decision.CORRECTION:
        screening.decision = Decision.CORRECTION
        screening.save(update_fields=["decision"])
    facts = {"item": item, "due_at": due_at.isoformat(), "message": fingerprint(correction.message)}
    slug = screening.application.call.slug
    record(by=by, at=at, action="screening.request_correction", subject=correction, facts=facts, call_id=slug)
    return correction


@transaction.atomic
def answer_correction(
    *, by: User, at: datetime, correction: CorrectionRequest, answer: str
) -> CorrectionRequest:
    """The applicant's answer, before the due instant; the last open one puts the screening back to wait.

    A document that is mended is attached before, by `applications.actions.attach_document(until=due_at)`.
    """
    kept = (
        CorrectionRequest.objects.select_for_update(of=("self",))
        .select_related("application__call")
        .get(pk=correction.pk)
    )
    if kept.answered_at is not None:
        raise refusals.correction_answered()
    if at >= kept.due_at:
        raise refusals.correction_late(kept.due_at)
    if not answer.strip():
        raise refusals.correction_empty()
    kept.answer, kept.answered_at = answer.strip(), at
    kept.save(update_fields=["answer", "answered_at"])
    if not CorrectionRequest.objects.filter(application=kept.application_id, answered_at=None).exists():
        Screening.objects.filter(application=kept.application_id, decision=Decision.CORRECTION).update(
            decision=Decision.PENDING
        )
    facts = {"item": kept.item, "answer": fingerprint(kept.answer)}
    slug = kept.application.call.slug
    record(by=by, at=at, action="screening.answer_correction", subject=kept, facts=facts, call_id=slug)
    return kept
