"""Taking a consent back: a row of its own behind the answer, whatever state the application is in."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.applications import fields, refusals
from naru.portal.applications.editing import locked_for
from naru.portal.applications.models import Application, ConsentAnswer
from naru.portal.audit.actions import record


@transaction.atomic
def withdraw_consent(*, by: User, at: datetime, application: Application, code: str) -> ConsentAnswer:
    """Record that a consent is withdrawn, to the words it was given to; what was answered before stays.

    It withdraws no application: what follows a required one is said on the page, and a person acts on it.
    Refused to others (E-01, E-02) and when no such consent stands (A-01).
    """
    kept = locked_for(by, application)
    last = fields.consents(kept).get(code)
    if last is None or not last.given:
        raise refusals.no_consent_to_withdraw(code)
    made = ConsentAnswer.objects.create(
        application=kept,
        code=code,
        given=False,
        text_version=last.text_version,
        text_sha256=last.text_sha256,
        call_version_id=last.call_version_id,
        answered_by=by,
        answered_at=at,
    )
    facts = {"consent": code, "version": last.text_version, "text": last.text_sha256}
    record(
        by=by,
        at=at,
        action="applications.withdraw_consent",
        subject=kept,
        facts=facts,
        call_id=kept.call.slug,
    )
    return made
