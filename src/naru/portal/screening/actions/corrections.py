"""Correction requests (보완요청): asked for, answered, extended, taken back, reminded of; one item each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from naru.domain.periods import day_in
from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.applications.parties import must_act_for
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.screening import owed, queries, refusals, reminding, vendors
from naru.portal.screening.acting import require_operator
from naru.portal.screening.models import CorrectionRequest, Screening

Decision = Screening.Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One item to mend (a document's code or a part of the form) and what to do about it."""

    item: str
    message: str


@transaction.atomic
def request_corrections(
    *, by: User, at: datetime, application: Application, asked: Sequence[Asked], due_at: datetime
) -> list[CorrectionRequest]:
    """Ask the applicant to mend some items until `due_at`; one mail tells of all of them.

    Refused for an application without findings or already decided, for nothing asked, an empty message, a due
    date that has passed, and an item that has an open request.
    """
    require_operator(by)
    screening = _undecided(application)
    if not asked or not all(one.message.strip() for one in asked):
        raise refusals.correction_empty()
    if due_at <= at:
        raise refusals.due_in_the_past(due_at)
    items = [one.item for one in asked]
    waiting = (
        queries.open_corrections().filter(application=application, item__in=items, due_at__gt=at).first()
    )
    if waiting is not None or len(set(items)) < len(items):
        raise refusals.correction_asked(waiting.item if waiting else items[0])
    rows = [
        CorrectionRequest.objects.create(
            application=screening.application,
            item=one.item,
            message=one.message.strip(),
            due_at=due_at,
            requested_by=by,
            requested_at=at,
        )
        for one in asked
    ]
    _moved(screening, Decision.CORRECTION)
    reminding.told_of_corrections("corrections_asked", screening.application, rows, at)
    facts = {
        "corrections": [row.pk for row in rows],
        "items": items,
        "due_at": due_at.isoformat(),
        "messages": [fingerprint(row.message) for row in rows],
    }
    slug = screening.application.call.slug
    record(by=by, at=at, action="screening.request_corrections", subject=screening, facts=facts, call_id=slug)
    return rows


@transaction.atomic
def answer_correction(
    *, by: User, at: datetime, correction: CorrectionRequest, answer: str
) -> CorrectionRequest:
    """The applicant's answer, before the due instant; the last open one puts the screening back to wait.

    A document that is mended is attached before, by `applications.actions.attach_document(until=due_at)`.
    """
    kept = _locked(correction)
    must_act_for(by, kept.application)
    if at >= kept.due_at:
        raise refusals.correction_late(kept.due_at)
    if not answer.strip():
        raise refusals.correction_empty()
    kept.answer, kept.answered_at = answer.strip(), at
    kept.save(update_fields=["answer", "answered_at"])
    _back_when_done(kept.application_id)
    facts = {"item": kept.item, "answer": fingerprint(kept.answer)}
    slug = kept.application.call.slug
    record(by=by, at=at, action="screening.answer_correction", subject=kept, facts=facts, call_id=slug)
    return kept


@transaction.atomic
def extend_correction(
    *, by: User, at: datetime, correction: CorrectionRequest, due_at: datetime, reason: str
) -> CorrectionRequest:
    """Give more time, also after the due instant, with a reason the applicant is mailed.

    Refused for a request that is answered or taken back, without a reason, for an instant that is not later,
    and once the screening is decided.
    """
    require_operator(by)
    kept = _locked(correction)
    _undecided(kept.application)
    if not reason.strip():
        raise refusals.correction_reason_missing()
    if due_at <= max(at, kept.due_at):
        raise refusals.due_in_the_past(due_at)
    before, kept.due_at = kept.due_at, due_at
    kept.extended_at, kept.extension_reason = at, reason.strip()
    kept.save(update_fields=["due_at", "extended_at", "extension_reason"])
    reminding.told_of_corrections("correction_extended", kept.application, [kept], at)
    facts = {
        "before": before.isoformat(),
        "due_at": due_at.isoformat(),
        "reason": fingerprint(reason.strip()),
    }
    slug = kept.application.call.slug
    record(by=by, at=at, action="screening.extend_correction", subject=kept, facts=facts, call_id=slug)
    return kept


@transaction.atomic
def withdraw_correction(
    *, by: User, at: datetime, correction: CorrectionRequest, reason: str
) -> CorrectionRequest:
    """Take a request back, with a reason the applicant is mailed; the last open one ends the waiting."""
    require_operator(by)
    kept = _locked(correction)
    if not reason.strip():
        raise refusals.correction_reason_missing()
    kept.withdrawn_at, kept.withdrawal_reason = at, reason.strip()
    kept.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    _back_when_done(kept.application_id)
    reminding.told_of_corrections("correction_withdrawn", kept.application, [kept], at)
    facts = {"item": kept.item, "reason": fingerprint(kept.withdrawal_reason)}
    slug = kept.application.call.slug
    record(by=by, at=at, action="screening.withdraw_correction", subject=kept, facts=facts, call_id=slug)
    return kept


@transaction.atomic
def remind(*, by: User | None, at: datetime, call: Call) -> int:
    """Mail everybody whose open request is due within two days and whose certificate within a week, once.

    Vendors are mailed before their answers are due, as the call says, and once more when they are late.
    Returns how many mails were written. The task calls it daily; running it again writes nothing new.
    """
    mails = []
    for application, rows in owed.corrections_due(call, at, at + timedelta(days=reminding.DAYS_BEFORE)):
        key = f"correction-due:{application.pk}:{min(row.due_at for row in rows).isoformat()}"
        mails.append(reminding.told_of_corrections("corrections_due", application, rows, at, key))
    week = day_in(settings.TIME_ZONE, at + timedelta(days=reminding.RENEWAL_DAYS_BEFORE))
    for application, renewals in owed.renewals_nearly_due(call, week):
        key = f"renewal-due:{application.pk}:{renewals[0].needed_by.isoformat()}"
        mails.append(reminding.told_of_renewals("renewals_due", application, renewals, at, key))
    mails += vendors.remind(call, calls.terms(calls.current(call)), at)
    written = sum(mail.queued_at == at for mail in mails)
    record(by=by, at=at, action="screening.remind", subject=call, facts={"mails": written}, call_id=call.slug)
    return written


def _undecided(application: Application) -> Screening:
    """The screening of a submitted application, locked, while no person has decided it. Raises Refused."""
    screening = (
        Screening.objects.select_for_update(of=("self",))
        .select_related("application__call", "application__version", "application__applicant")
        .filter(application=application)
        .first()
    )
    if screening is None or screening.application.state != Application.State.SUBMITTED:
        raise refusals.not_submitted(application.state)
    if screening.decision in (Decision.ELIGIBLE, Decision.INELIGIBLE):
        raise refusals.decided_already(screening.decision)
    return screening


def _locked(correction: CorrectionRequest) -> CorrectionRequest:
    """The request, locked, while it is open. Raises Refused."""
    rows = CorrectionRequest.objects.select_for_update(of=("self",)).select_related(
        "application__call", "application__version", "application__applicant"
    )
    kept = rows.get(pk=correction.pk)
    if not kept.open:
        raise refusals.correction_answered()
    return kept


def _moved(screening: Screening, decision: Screening.Decision) -> None:
    if screening.decision != decision:
        screening.decision = decision
        screening.save(update_fields=["decision"])


def _back_when_done(application_id: int) -> None:
    """Once nothing is open any more the screening waits for a person again."""
    if not queries.open_corrections().filter(application=application_id).exists():
        waiting = Screening.objects.filter(application=application_id, decision=Decision.CORRECTION)
        waiting.update(decision=Decision.PENDING)
