"""Filing an appeal within its time, and taking it back (R-06)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from naru.domain.appeal import Against, Filing, answer_until, may_file
from naru.domain.decision import Outcome, Refused
from naru.portal.accounts.models import User
from naru.portal.appeals import mails, queries, refusals
from naru.portal.appeals.models import Appeal, AppealFile
from naru.portal.applications import upkeep
from naru.portal.applications.judging import Judged
from naru.portal.applications.kept import keep
from naru.portal.applications.models import Application, StoredFile
from naru.portal.applications.queries import theirs
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls

FILES = 5


@transaction.atomic
def file(
    *,
    by: User,
    at: datetime,
    application: Application,
    against: Against,
    grounds: Iterable[str],
    text: str,
    key: str,
    files: Iterable[Judged] = (),
) -> Appeal:
    """Object to what an application was told; a receipt with number and due date goes out by mail.

    `key` names one opened page: the same key again returns the appeal it made and does nothing. One appeal
    per application: withdrawn, it may be filed again in time and keeps its number. Refused to others, before
    the publication and after its time, without standing, ground or words (R-06), and by the gates (A-02).
    """
    kept = Application.objects.select_for_update(of=("self",)).select_related("call", "applicant", "version")
    row = kept.filter(theirs(by), pk=application.pk).first()
    if row is None:
        raise refusals.not_yours()
    before = Appeal.objects.select_for_update().filter(application=row).first()
    if before is not None and before.key == key:
        return before
    given, chosen, judged = queries.announced(row), tuple(grounds), tuple(files)
    filing = Filing(
        told=given.told,
        against=against,
        grounds=chosen,
        text=text,
        published_at=given.published_at,
        state=queries.state_of(before),
    )
    terms = calls.terms(given.run.version if given.run else row.version)
    found = may_file(terms, filing, at)
    if found.outcome != Outcome.PASSED or given.run is None:
        raise Refused(found)
    if len(judged) > FILES:
        raise refusals.too_many_files(FILES)
    appeal = before or Appeal(application=row, call=row.call, number=f"{row.number}-A")
    if before is not None:
        appeal.earlier = [*before.earlier, _put_by(before)]
    appeal.run, appeal.state, appeal.key, appeal.told = given.run, Appeal.State.FILED, key, given.told
    appeal.against, appeal.grounds, appeal.text = against, list(chosen), text.strip()
    appeal.filed_by, appeal.filed_at, appeal.due_at = by, at, answer_until(terms, at)
    appeal.extended_at, appeal.extension_reason, appeal.withdrawn_at = None, "", None
    appeal.save()
    _attach(appeal, judged, at)
    mails.tell(appeal, "filed", at=at)
    facts = {
        "application": row.pk,
        "against": against,
        "grounds": list(chosen),
        "text": fingerprint(appeal.text),
        "files": [one.verdict.sha256 for one in judged],
    }
    record(by=by, at=at, action="appeals.file", subject=appeal, facts=facts, call_id=row.call.slug)
    return appeal


def _put_by(before: Appeal) -> dict[str, object]:
    """What was filed and withdrawn, kept beside what is filed now."""
    return {
        "against": before.against,
        "grounds": before.grounds,
        "text": before.text,
        "filed_at": before.filed_at.isoformat(),
        "withdrawn_at": before.withdrawn_at.isoformat() if before.withdrawn_at else "",
    }


def _attach(appeal: Appeal, judged: Iterable[Judged], at: datetime) -> None:
    made = AppealFile.objects.bulk_create(
        AppealFile(
            appeal=appeal,
            filing=len(appeal.earlier) + 1,
            file=keep(one, at),
            filename=one.filename,
            uploaded_at=at,
        )
        for one in judged
    )
    if any(one.file.verdict == StoredFile.Verdict.QUARANTINED for one in made):
        upkeep.wake_on_commit(upkeep.Need.LOOK)


@transaction.atomic
def withdraw(*, by: User, at: datetime, appeal: Appeal) -> Appeal:
    """Take an appeal back before it is answered; it may be filed again while the time lasts."""
    kept = queries.locked(appeal)
    if not Application.objects.filter(theirs(by), pk=kept.application_id).exists():
        raise refusals.not_yours()
    if kept.state not in queries.OPEN:
        raise refusals.wrong_state(kept.state, ", ".join(queries.OPEN))
    kept.state, kept.withdrawn_at = Appeal.State.WITHDRAWN, at
    kept.proposed_by, kept.proposed_at, kept.remedy, kept.reason, kept.corrections = None, None, "", "", {}
    kept.save()
    facts = {"application": kept.application_id}
    record(by=by, at=at, action="appeals.withdraw", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept
