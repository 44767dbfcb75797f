"""The operator's own words for a kind of correction request."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.screening import refusals
from naru.portal.screening.acting import require_operator
from naru.portal.screening.models import CorrectionText


@transaction.atomic
def keep_text(*, by: User, at: datetime, code: str, ko: str, en: str) -> CorrectionText:
    """Keep the words of one kind in both languages; requests made before keep theirs. Refused when empty."""
    require_operator(by)
    if not (ko.strip() and en.strip()):
        raise refusals.correction_empty()
    given = {"ko": ko.strip(), "en": en.strip(), "updated_by": by, "updated_at": at}
    row, _new = CorrectionText.objects.update_or_create(code=code, defaults=given)
    facts = {"code": code, "ko": fingerprint(row.ko), "en": fingerprint(row.en)}
    record(by=by, at=at, action="screening.keep_text", subject=row, facts=facts)
    return row
