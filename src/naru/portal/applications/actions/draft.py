"""Writing an application before it is submitted: save the answers."""

from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from naru.portal.accounts.models import User
from naru.portal.applications import fields, sections
from naru.portal.applications.answers import Answers, Saved, SectionEdit
from naru.portal.applications.editing import opened
from naru.portal.applications.merging import digest, merge
from naru.portal.applications.models import Application
from naru.portal.applications.storing import Write, store
from naru.portal.audit.actions import record

DRAFTS = "drafts"  # the saves' own chain: people typing at the last minute never wait for a decision's


@transaction.atomic
def save_answers(*, by: User, at: datetime, application: Application, answers: Answers) -> Application:
    """Keep the whole form as one act; what is left empty is empty afterwards, consents left out stay.

    Refused to others (E-01, E-02), after the close and while the application is submitted. Returns the row
    as it now stands.
    """
    kept, version = opened(by, application, at)
    write = Write(kept=kept, version=version, by=by, at=at)
    prefetch_related_objects([kept], *fields.PARTS)
    words = {one.id: one.version for one in write.terms.consents}
    wanted = fields.of_answers(answers, fields.row_names(kept), words)
    values = _changes(kept, wanted)
    store(write, values, ())
    facts = {"sections": sorted(answers.plan), "kpis": len(answers.kpis), "models": len(answers.models)}
    slug = kept.call.slug
    record(
        by=by,
        at=at,
        action="applications.save_answers",
        subject=kept,
        facts=facts,
        call_id=slug,
        chain=DRAFTS,
    )
    return Application.objects.get(pk=kept.pk)


@transaction.atomic
def save_section(*, by: User, at: datetime, application: Application, edit: SectionEdit) -> Saved:
    """Keep what one page says: only what changed, merged with what others saved since the page was made.

    A field both sides changed stays as stored and is named in `conflicts`. What is no valid answer yet is
    kept as typed. Nothing is written, and no event, when nothing changes. Refused to others (E-01, E-02),
    after the close and while the application is submitted.
    """
    kept, version = opened(by, application, at)
    write = Write(kept=kept, version=version, by=by, at=at, origin=edit.origin)
    page = sections.by_id(write.terms, kept)[edit.section]
    prefetch_related_objects([kept], *page.parts)
    before = fields.held(kept, page.parts)
    names = [
        name
        for name in page.all_names(before, edit.mine)
        if edit.mine.get(name) or not name.startswith(fields.CONSENT)  # an answer cannot be unsaid
    ]
    own = {name for name in names if edit.origin and kept.edits.get(name, {}).get("from") == edit.origin}
    base = edit.base | {name: digest(before.get(name, "")) for name in own}
    merged = merge(names, base, edit.mine, before)
    mended = {
        name: text
        for name, text in fields.raw(kept).items()
        if edit.mine.get(name) == text == before.get(name) and name not in edit.broken
    }
    values = {**mended, **merged.values}
    if values:
        store(write, values, edit.broken)
        facts, slug = {"section": page.id, "fields": sorted(values)}, kept.call.slug
        record(
            by=by,
            at=at,
            action="applications.save_section",
            subject=kept,
            facts=facts,
            call_id=slug,
            chain=DRAFTS,
        )
    now = {name: text for name, text in (before | values).items() if text}
    return Saved(
        application=kept, values=now, changed=tuple(values), conflicts=merged.conflicts, taken=merged.taken
    )


def _changes(kept: Application, wanted: dict[str, str]) -> dict[str, str]:
    """The fields a whole form changes; what is kept as typed stays while its answer is not another one."""
    before, valid, typed = fields.held(kept), fields.stored(kept), fields.raw(kept)
    gone = [name for name in sorted(before) if not name.startswith(fields.CONSENT)]
    found = {}
    for name in dict.fromkeys([*wanted, *gone]):
        text = wanted.get(name, "")
        if text != before.get(name, "") and not (name in typed and text == valid.get(name, "")):
            found[name] = text
    return found
