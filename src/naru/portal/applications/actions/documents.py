"""Evidence documents: attach one to a draft (or when asked to correct), say its dates, take one away."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.applications import refused_files, upkeep
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.editing import editable, taking
from naru.portal.applications.judging import Judged
from naru.portal.applications.kept import keep
from naru.portal.applications.models import Application, EvidenceDocument, StoredFile
from naru.portal.audit.actions import record

DATES = ("issued_on", "valid_from", "valid_until", "fiscal_year_end", "fiscal_year_change")


@transaction.atomic
def attach_document(
    *,
    by: User,
    at: datetime,
    application: Application,
    code: str,
    file: Judged,
    dates: DocumentDates,
    until: datetime | None = None,
) -> EvidenceDocument:
    """Keep an evidence document; the same code again replaces the one before.

    `file` comes from `applications.judging`, where the gates are asked before anything is locked. Bytes kept
    already are not stored again, and the same file sent twice (a retry on a bad line) is one document and one
    event. `until` is the due instant of a correction request (보완요청): until then a submitted application
    takes documents after the close. Refused to others (E-01, E-02), by the gates (A-02, with every reason),
    for a code the call does not ask for, and outside the intake (A-03); the document before then stays.
    """
    kept = taking(by, application, at, code, until)
    stored = keep(file, at)
    if stored.verdict == StoredFile.Verdict.QUARANTINED:
        upkeep.wake_on_commit(upkeep.Need.LOOK)
    held = EvidenceDocument.objects.select_related("file").filter(application=kept, code=code).first()
    if held is not None:
        again = (held.file, held.filename) == (stored, file.filename)
        if until is None and again and dates in (DocumentDates(), _dates_of(held)):
            return held
        held.delete()
        upkeep.wake_on_commit(upkeep.Need.LEAVE)
    document = EvidenceDocument.objects.create(
        application=kept,
        code=code,
        file=stored,
        filename=file.filename,
        uploaded_by=by,
        uploaded_at=at,
        **{name: getattr(dates, name) for name in DATES},
    )
    facts = {
        "code": code,
        "sha256": stored.sha256,
        "verdict": str(stored.verdict),
        "correction": until is not None,
    }
    record(
        by=by,
        at=at,
        action="applications.attach_document",
        subject=kept,
        facts=facts,
        call_id=kept.call.slug,
    )
    return document


@transaction.atomic
def date_document(
    *,
    by: User,
    at: datetime,
    application: Application,
    code: str,
    dates: DocumentDates,
    until: datetime | None = None,
) -> EvidenceDocument:
    """Keep the dates a person has read on a document (E-05). Refused as attaching it is."""
    kept = taking(by, application, at, code, until)
    document = _held(kept, code)
    for name in DATES:
        setattr(document, name, getattr(dates, name))
    document.save(update_fields=DATES)
    given = {name: str(getattr(dates, name)) for name in DATES if getattr(dates, name)}
    record(
        by=by,
        at=at,
        action="applications.date_document",
        subject=kept,
        facts={"code": code, **given},
        call_id=kept.call.slug,
    )
    return document


@transaction.atomic
def remove_document(*, by: User, at: datetime, application: Application, code: str) -> None:
    """Take a document away from a draft; its bytes stay while a receipt names them."""
    kept = editable(by, application, at)
    document = _held(kept, code)
    sha256 = document.file.sha256
    document.delete()
    upkeep.wake_on_commit(upkeep.Need.LEAVE)
    record(
        by=by,
        at=at,
        action="applications.remove_document",
        subject=kept,
        facts={"code": code, "sha256": sha256},
        call_id=kept.call.slug,
    )


def _dates_of(document: EvidenceDocument) -> DocumentDates:
    """The dates kept of a document."""
    return DocumentDates(**{name: getattr(document, name) for name in DATES})


def _held(application: Application, code: str) -> EvidenceDocument:
    found = EvidenceDocument.objects.select_related("file").filter(application=application, code=code).first()
    if found is None:
        raise refused_files.document_gone(code)
    return found
