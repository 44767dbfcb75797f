"""Handing an application in and taking it back."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from naru.codec.signature import SigningKey
from naru.domain import receipt as domain
from naru.portal.accounts.models import User
from naru.portal.applications import fields, invitations, parts, queries, receipts, refusals, signing
from naru.portal.applications.editing import must_admit
from naru.portal.applications.models import Application, LateException, Receipt, ReceiptKey
from naru.portal.applications.parties import must_act_for
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.mail import outbox


@transaction.atomic
def submit(
    *,
    by: User,
    at: datetime,
    application: Application,
    key: str,
    shown: str = "",
    opened: datetime | None = None,
) -> Receipt:
    """Hand the application in: `at`, the instant its request arrived, decides; a signed receipt tells.

    `key` names one opened page: the same key again returns the receipt it made and does nothing, and so does
    another page that shows what is handed in. `shown` is what the page said it showed
    (`domain.receipt.marks`), `opened` when it was asked for; empty is not compared. Numbers run in order of
    submission; one handed in again keeps its number and gains a revision. Refused to others (E-01, E-02),
    outside the intake (A-03), when submitted already, while something needed is missing (A-01), and when
    the draft is not what was shown (A-03), but for a last save of `by` that met the page on its way.
    """
    kept = queries.pressed(application)
    must_act_for(by, kept)
    made = _made_before(kept, key, shown)
    if made is not None:
        return made
    signer = signing.usable()
    version = queries.in_force(kept, signer.public.id if signer else "")
    late = must_admit(kept, calls.terms(version).round(kept.round_id), at)
    if kept.state == Application.State.SUBMITTED:
        raise refusals.not_editable(kept.state)
    kept.version = version
    content = _handed_in(kept, by, shown, opened)
    kept.number = kept.number or f"{kept.call.slug}-{version.numbered + 1:04d}"  # type: ignore[attr-defined]  # annotated
    kept.state, kept.submitted_at, kept.withdrawn_at = Application.State.SUBMITTED, at, None
    kept.revision += 1
    kept.save(update_fields=["version", "number", "state", "submitted_at", "withdrawn_at", "revision"])
    invited = invitations.ask_at_submission(kept, at)
    if signer and not version.published:  # type: ignore[attr-defined]  # annotated
        key_row = ReceiptKey(pk=signer.public.id, pem=signer.public.pem(), first_used_at=at)
        ReceiptKey.objects.bulk_create([key_row], ignore_conflicts=True)
    content |= {"number": kept.number, "revision": kept.revision}
    receipt = _receipt(kept, content, signer, key=key, at=at, late=late)
    _tell(kept, by, "applications/receipt", {"receipt": receipt}, at=at, also=invited)
    facts = {"number": kept.number, "revision": kept.revision, "content": receipt.content_sha256}
    facts |= {"exception": str(late.pk)} if late else {}
    record(by=by, at=at, action="applications.submit", subject=kept, facts=facts, call_id=kept.call.slug)
    return receipt


def _made_before(kept: Application, key: str, shown: str) -> Receipt | None:
    """The receipt this press made already, or another open page that showed the very same content."""
    if not kept.revision:
        return None
    rows = {row.key: row for row in kept.receipts.filter(Q(key=key) | Q(revision=kept.revision))}
    if key in rows:
        return rows[key]
    latest = next(iter(rows.values()))
    same = bool(shown) and not domain.changed(shown, latest.content)
    return latest if same and kept.state == Application.State.SUBMITTED else None


def _handed_in(kept: Application, by: User, shown: str, opened: datetime | None) -> dict[str, object]:
    """What stands in the application now, as JSON values; refused while incomplete or not as shown."""
    parts.load(kept)
    content: dict[str, object] = json.loads(json.dumps(queries.content(kept), cls=DjangoJSONEncoder))
    changed = [
        path
        for path in (domain.changed(shown, content) if shown else ())
        if not (opened and fields.in_flight(kept, path, by=by.pk, opened=opened))
    ]
    if changed:
        raise refusals.changed_since_shown(tuple(changed))
    missing = queries.missing(kept)
    if missing:
        raise refusals.incomplete(missing)
    return content


def _receipt(
    kept: Application,
    content: dict[str, object],
    signer: SigningKey | None,
    *,
    key: str,
    at: datetime,
    late: LateException | None,
) -> Receipt:
    """The receipt of a content, signed when there is a key; it uses up the exception it rests on."""
    receipt = Receipt(
        application=kept,
        revision=kept.revision,
        number=kept.number or "",
        received_at=at,
        content_sha256=domain.content_hash(content),
        content=content,
        key=key,
        late=late is not None,
        signed_with_id=signer.public.id if signer else None,
    )
    if signer is not None:
        receipt.signature = signer.sign(receipts.statement(receipt).signed_bytes())
    receipt.save(force_insert=True)
    if late is not None:
        late.receipt = receipt
        late.save(update_fields=["receipt"])
    return receipt


def _tell(
    kept: Application,
    by: User,
    name: str,
    context: dict[str, object],
    *,
    at: datetime,
    also: Iterable[outbox.Letter] = (),
) -> None:
    """Mail who pressed the button and who began the application, each in their language; one query."""
    said = {"application": kept, "url": reverse("applications:receipt", args=[kept.pk]), **context}
    people = {user.pk: user for user in (kept.applicant, by)}
    outbox.put_many(
        [
            outbox.Letter(to=user.email, language=user.language, name=name, context=said, about=kept)
            for user in people.values()
        ]
        + [*also],
        at=at,
    )


@transaction.atomic
def withdraw(*, by: User, at: datetime, application: Application, reason: str) -> Application:
    """Take the application back (철회). Until the close it may be changed and submitted again.

    Refused to others (E-01, E-02), without a reason, for one that is withdrawn already, and once the
    selection is confirmed: an awardee then withdraws by `allocation.actions.withdraw` (L-03). The mail says
    which of the two times it is.
    """
    locked = Application.objects.select_for_update(of=("self",)).select_related("call", "applicant")
    kept = locked.get(pk=application.pk)
    must_act_for(by, kept)
    if not reason.strip():
        raise refusals.reason_missing()
    if kept.state != Application.State.SUBMITTED:
        raise refusals.nothing_to_withdraw(kept.state)
    if kept.settled_at is not None:
        raise refusals.settled(kept.settled_at)
    one = calls.terms(calls.current(kept.call)).round(kept.round_id)
    kept.state, kept.withdrawn_at, kept.withdrawal_reason = Application.State.WITHDRAWN, at, reason.strip()
    kept.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    _tell(kept, by, "applications/withdrawn", {"at": at, "again": one.accepts(at), "round": one}, at=at)
    facts = {"number": kept.number, "reason": fingerprint(kept.withdrawal_reason)}
    record(by=by, at=at, action="applications.withdraw", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept
