"""Handing an application in, taking it back, and the professor's word on a student's."""

import json
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.applications import queries, refusals
from naru.portal.applications.models import Application, ProfessorConfirmation, Receipt
from naru.portal.applications.parties import is_professor, must_act_for
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call


@transaction.atomic
def submit(*, by: User, at: datetime, application: Application, key: str) -> Receipt:
    """Hand the application in: server time decides, the receipt holds what was handed in and its hash.

    `key` names one press of the button: the same key again returns the receipt it made and does nothing.
    Numbers run in order of submission; one handed in again keeps its number and gains a revision. Refused
    to others (E-01, E-02), outside the intake (A-03), when submitted already, and while something needed
    is missing (A-01).
    """
    kept = queries.whole(application, lock=True)
    must_act_for(by, kept)
    made = Receipt.objects.filter(key=key).first()
    if made is not None:
        if made.application_id != kept.pk:
            raise refusals.key_used()
        return made
    call = Call.objects.select_for_update().get(pk=kept.call_id)  # numbers are given one at a time
    version = calls.current(call)
    one = calls.terms(version).round(kept.round_id)
    if not one.accepts(at):
        raise refusals.not_open(one.opens_at, one.last_closing, at)
    if kept.state == Application.State.SUBMITTED:
        raise refusals.not_editable(kept.state)
    kept.version = version
    missing = queries.completeness(kept).missing
    if missing:
        raise refusals.incomplete(missing)
    kept.number = kept.number or queries.next_number(call)
    kept.state, kept.submitted_at, kept.withdrawn_at = Application.State.SUBMITTED, at, None
    kept.revision += 1
    kept.save(update_fields=["version", "number", "state", "submitted_at", "withdrawn_at", "revision"])
    receipt = _receipt(kept, number=kept.number, key=key, at=at)
    facts = {"number": kept.number, "revision": kept.revision, "content": receipt.content_sha256}
    record(by=by, at=at, action="applications.submit", subject=kept, facts=facts, call_id=call.slug)
    return receipt


def _receipt(kept: Application, *, number: str, key: str, at: datetime) -> Receipt:
    """The receipt of what stands in the application now, as canonical JSON and its SHA-256."""
    text = json.dumps(
        queries.content(kept),
        cls=DjangoJSONEncoder,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return Receipt.objects.create(
        application=kept,
        revision=kept.revision,
        number=number,
        received_at=at,
        content_sha256=fingerprint(text),
        content=json.loads(text),
        key=key,
    )


@transaction.atomic
def withdraw(*, by: User, at: datetime, application: Application, reason: str) -> Application:
    """Take the application back (철회). Until the close it may be changed and submitted again.

    Refused to others (E-01, E-02), without a reason, for one that is withdrawn already, and once the
    selection is confirmed: an awardee then withdraws by `allocation.actions.withdraw` (L-03).
    """
    kept = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    must_act_for(by, kept)
    if not reason.strip():
        raise refusals.reason_missing()
    if kept.state != Application.State.SUBMITTED:
        raise refusals.nothing_to_withdraw(kept.state)
    if kept.settled_at is not None:
        raise refusals.settled(kept.settled_at)
    kept.state, kept.withdrawn_at, kept.withdrawal_reason = Application.State.WITHDRAWN, at, reason.strip()
    kept.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    facts = {"number": kept.number, "reason": fingerprint(kept.withdrawal_reason)}
    record(by=by, at=at, action="applications.withdraw", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept


@transaction.atomic
def confirm_student(*, by: User, at: datetime, application: Application) -> ProfessorConfirmation:
    """The supervising professor confirms a student's application (E-02).

    Refused for anyone but the professor named, for another role, and for a withdrawn application.
    """
    kept = (
        Application.objects.select_for_update(of=("self",))
        .select_related("call", "professor")
        .get(pk=application.pk)
    )
    professor = kept.professor
    if (
        kept.role != Application.Role.STUDENT
        or professor is None
        or not is_professor(professor, by)
        or kept.state == Application.State.WITHDRAWN
    ):
        raise refusals.nothing_to_confirm()
    confirmation, new = ProfessorConfirmation.objects.get_or_create(
        application=kept, defaults={"confirmed_by": by, "confirmed_at": at}
    )
    if not new:
        raise refusals.already_confirmed(confirmation.confirmed_at)
    facts = {"professor": professor.pk}
    record(
        by=by, at=at, action="applications.confirm_student", subject=kept, facts=facts, call_id=kept.call.slug
    )
    return confirmation
