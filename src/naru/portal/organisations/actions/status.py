"""Keeping what the tax service said."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from naru.domain.business_status import Answer
from naru.portal.accounts.models import User
from naru.portal.audit.actions import record
from naru.portal.organisations.models import Organisation, StatusCheck


@transaction.atomic
def record_statuses(
    *, by: User | None, at: datetime, answers: Mapping[int, Answer], source: str
) -> list[StatusCheck]:
    """A row for each organisation (by its key) with what was found, unknown ones too; one audit event."""
    organisations = {row.pk: row for row in Organisation.objects.filter(pk__in=answers)}
    rows = StatusCheck.objects.bulk_create(
        StatusCheck(
            organisation=organisations[pk],
            checked_at=at,
            status=answer.status.value,
            match=answer.match.value,
            closed_on=answer.closed_on,
            tax_type=answer.tax_type[:120],
            reason=answer.reason,
            source=source,
        )
        for pk, answer in answers.items()
    )
    if rows:
        facts = {"found": {str(row.organisation_id): row.status for row in rows}, "source": source}
        record(by=by, at=at, action="organisations.record_statuses", subject=rows[0], facts=facts)
    return rows
