"""The operator takes a status sheet out of the portal: who, when, which one, how many rows, and why."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.applications import refusals
from naru.portal.applications.models import Application, SheetExport
from naru.portal.applications.status_sheet import SheetChoice, rows_of
from naru.portal.audit.actions import fingerprint, record


@transaction.atomic
def export_status_sheet(
    *, by: User, at: datetime, choice: SheetChoice, reason: str
) -> tuple[SheetExport, list[Application]]:
    """Read the rows of a sheet and keep that it was done; refused to others, and without a reason."""
    if not by.has_role("operator"):
        raise refusals.export_not_yours()
    if not reason.strip():
        raise refusals.export_without_reason()
    rows = list(rows_of(choice))
    export = SheetExport.objects.create(
        call=choice.call,
        round_id=choice.round_id,
        form=choice.form.code,
        reason=reason.strip(),
        rows=len(rows),
        exported_by=by,
        exported_at=at,
    )
    record(
        by=by,
        at=at,
        action="applications.export_status_sheet",
        subject=export,
        facts={
            "round": choice.round_id,
            "form": choice.form.code,
            "rows": len(rows),
            "reason": fingerprint(export.reason),
        },
        call_id=choice.call.slug,
    )
    return export, rows
