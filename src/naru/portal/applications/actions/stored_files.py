"""The bytes behind the documents: look again at what waits for the scanner, let go of what nobody needs."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from naru.documents import GateVerdict, Verdict
from naru.documents.verdicts import finding_data
from naru.portal.accounts.models import User
from naru.portal.applications import queries
from naru.portal.applications.judging import Judged
from naru.portal.applications.models import StoredFile
from naru.portal.audit.actions import record
from naru.portal.mail import outbox


@transaction.atomic
def rescan_file(*, by: User | None, at: datetime, file: StoredFile, judged: Judged) -> StoredFile:
    """Settle a quarantined file by what the gates say now (`judging.judge_again`, before anything is locked).

    What is accepted leaves the quarantine's folder; one refused now is told to who handed it in. A file that
    was settled or went meanwhile stays as it is, and a look that finds what the last one found is no event.
    Raises ValueError for the verdict on another file.
    """
    if judged.verdict.sha256 != file.sha256:
        raise ValueError(f"the verdict on {judged.verdict.sha256} is not of {file.sha256}")
    kept = StoredFile.objects.select_for_update().filter(pk=file.pk).first()
    if kept is None or kept.verdict != StoredFile.Verdict.QUARANTINED or _as_before(kept, judged.verdict):
        return kept or file
    _settle(kept, judged.verdict, judged.content, at)
    codes = [one.code for one in judged.verdict.reasons]
    facts = {"sha256": kept.sha256, "verdict": kept.verdict, "reasons": codes}
    record(by=by, at=at, action="applications.rescan_file", subject=kept, facts=facts)
    if judged.verdict.verdict is Verdict.REFUSED:
        _tell(kept, judged.verdict, at)
    return kept


def _as_before(kept: StoredFile, verdict: GateVerdict) -> bool:
    """Whether the gates still cannot decide, for the reasons kept."""
    said = (verdict.verdict.value, [finding_data(reason) for reason in verdict.reasons])
    return said == (kept.verdict, kept.reasons)


def _settle(kept: StoredFile, verdict: GateVerdict, content: bytes, at: datetime) -> None:
    kept.verdict = StoredFile.Verdict(verdict.verdict.value)
    kept.reasons, kept.gated_at = [finding_data(reason) for reason in verdict.reasons], at
    kept.suggestions = {one.field: one.value.isoformat() for one in verdict.suggestions}
    kept.media_type = verdict.media_type or kept.media_type
    if verdict.verdict is Verdict.ACCEPTED:
        quarantined, storage = str(kept.content.name), kept.content.storage
        kept.content.save(kept.sha256, ContentFile(content), save=False)
        transaction.on_commit(lambda: storage.delete(quarantined))
    kept.save()


def _tell(kept: StoredFile, verdict: GateVerdict, at: datetime) -> None:
    """Write to everybody whose document it is: which one, why, and what mends it."""
    documents = kept.documents.select_related("application__applicant", "application__call")
    for document in documents.order_by("pk"):
        person = document.application.applicant
        context = {"document": document, "person": person, "reasons": verdict.reasons}
        outbox.put(
            to=person.email,
            language=person.language,
            name="document_refused",
            context=context,
            at=at,
            about=document.application,
            key=f"document_refused:{document.pk}",
        )


@transaction.atomic
def remove_unneeded_files(*, by: User | None, at: datetime) -> tuple[str, ...]:
    """Let go of bytes that no document and no receipt refers to; returns their hashes (SHA-256).

    Called a day after they were stored at the earliest (`queries.unneeded_files`).
    """
    gone = queries.unneeded_files(at)
    if not gone:
        return ()
    names = [(file.content.storage, str(file.content.name)) for file in gone]
    record(
        by=by,
        at=at,
        action="applications.remove_unneeded_files",
        subject=gone[0],
        facts={"sha256": [file.sha256 for file in gone]},
    )
    StoredFile.objects.filter(pk__in=[file.pk for file in gone]).delete()
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in names])  # type: ignore[func-returns-value]
    return tuple(file.sha256 for file in gone)
