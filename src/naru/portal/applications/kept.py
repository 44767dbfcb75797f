"""Keeping the bytes of a judged upload: once per content, whatever they are handed in for (A-02)."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from naru.documents import Verdict, name_fits
from naru.documents.verdicts import finding_data
from naru.portal.applications import reasons, refused_files
from naru.portal.applications.judging import Judged
from naru.portal.applications.models import StoredFile


def keep(file: Judged, at: datetime) -> StoredFile:
    """The row of these bytes, locked so that it stays; what it says now goes before what was judged.

    Raises FileRefused (A-02) with every reason of the gates. For actions only, within their transaction.
    """
    rows = StoredFile.objects.select_for_update()
    found = rows.filter(sha256=file.verdict.sha256).first()
    if found is not None and name_fits(file.filename, found.media_type):
        if found.verdict == StoredFile.Verdict.REFUSED:
            raise refused_files.file_refused(reasons.findings(found.reasons))
        return found
    verdict = file.verdict
    if verdict.verdict is Verdict.REFUSED:
        raise refused_files.file_refused(verdict.reasons)
    return found or _stored_now(file, at)


def _stored_now(file: Judged, at: datetime) -> StoredFile:
    """A row for new bytes; the other row when the same bytes came twice at the same moment."""
    verdict = file.verdict
    row = StoredFile(
        sha256=verdict.sha256,
        size=len(file.content),
        media_type=verdict.media_type,
        content=ContentFile(file.content, name=verdict.sha256),
        verdict=StoredFile.Verdict(verdict.verdict.value),
        reasons=[finding_data(reason) for reason in verdict.reasons],
        suggestions={one.field: one.value.isoformat() for one in verdict.suggestions},
        gated_at=at,
    )
    try:
        with transaction.atomic():  # a savepoint: PostgreSQL's transaction survives the refused row
            row.save(force_insert=True)
    except IntegrityError:
        row.content.storage.delete(str(row.content.name))
        return StoredFile.objects.select_for_update().get(sha256=verdict.sha256)
    return row
