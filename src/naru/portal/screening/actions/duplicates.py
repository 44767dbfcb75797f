"""Duplicate applications (중복신청): one of a unit stays, or none; a person says which and why (E-04)."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls.models import Call
from naru.portal.screening import refusals
from naru.portal.screening.acting import require_operator
from naru.portal.screening.models import DuplicateResolution


@transaction.atomic
def resolve_duplicates(
    *, by: User, at: datetime, call: Call, unit: str, kept: Application | None, reason: str
) -> DuplicateResolution:
    """Keep one application of a unit, or none, and give up the others over all rounds of the call.

    Refused without a reason, when the unit has fewer than two live applications, and when `kept` is not
    one of them.
    """
    require_operator(by, "E-04")
    live = list(
        Application.objects.select_for_update(of=("self",))
        .filter(call=call, unit=unit, state=Application.State.SUBMITTED, duplicate_exclusions=None)
        .order_by("number")
    )
    if len(live) < 2:  # noqa: PLR2004 - two make a duplicate
        raise refusals.no_duplicates(unit)
    if kept is not None and kept not in live:
        raise refusals.kept_not_of_unit(str(kept), [str(one) for one in live])
    if not reason.strip():
        raise refusals.duplicate_reason_missing()
    resolution = DuplicateResolution.objects.create(
        call=call, unit=unit, kept=kept, reason=reason.strip(), decided_by=by, decided_at=at
    )
    given_up = [one for one in live if one != kept]
    resolution.excluded.set(given_up)
    facts = {
        "unit": fingerprint(unit),
        "kept": kept.number if kept else None,
        "excluded": [one.number for one in given_up],
        "reason": fingerprint(resolution.reason),
    }
    record(
        by=by,
        at=at,
        action="screening.resolve_duplicates",
        subject=resolution,
        facts=facts,
        call_id=call.slug,
    )
    return resolution
