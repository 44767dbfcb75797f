"""What may be done: keep the FAQ (write, order, retire, load a file), ask, draft an answer, answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls.models import Call
from naru.portal.mail import outbox
from naru.portal.questions import queries, refusals
from naru.portal.questions.models import FaqEntry, Question
from naru.portal.questions.rules import personal_signs

OPEN_QUESTIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryContent:
    """What an entry says; `place` orders the list."""

    topic: str
    place: int
    question_ko: str
    question_en: str
    answer_ko: str
    answer_en: str
    clauses: tuple[str, ...]


@transaction.atomic
def load_entries(*, by: User, at: datetime, call: Call, contents: Sequence[EntryContent]) -> list[FaqEntry]:
    """Put a file's entries on the list; where the Korean question stands there already, it is left alone."""
    known = set(FaqEntry.objects.filter(call=call).values_list("question_ko", flat=True))
    rows = FaqEntry.objects.bulk_create(
        FaqEntry(call=call, updated_at=at, **_columns(content))
        for content in contents
        if content.question_ko not in known
    )
    facts = {"entries": len(rows), "known": len(contents) - len(rows)}
    record(by=by, at=at, action="questions.load_entries", subject=call, facts=facts, call_id=call.slug)
    return rows


@transaction.atomic
def save_entry(
    *,
    by: User,
    at: datetime,
    call: Call,
    content: EntryContent,
    entry: FaqEntry | None = None,
    question: Question | None = None,
) -> FaqEntry:
    """Write an entry, new or changed; `question` is the one it was made from. Its history is the audit's."""
    kept = entry or FaqEntry(call=call)
    for name, value in _columns(content).items():
        setattr(kept, name, value)
    kept.updated_at = at
    kept.save()
    if question is not None:
        Question.objects.filter(pk=question.pk).update(entry=kept)
    facts = {
        "new": entry is None,
        "content": fingerprint("\n".join(str(value) for value in _columns(content).values())),
        "question": question.pk if question else None,
    }
    record(by=by, at=at, action="questions.save_entry", subject=kept, facts=facts, call_id=call.slug)
    return kept


@transaction.atomic
def retire_entry(*, by: User, at: datetime, entry: FaqEntry) -> FaqEntry:
    """Take an entry off the list, or put a retired one back; nothing is deleted."""
    kept = FaqEntry.objects.select_for_update().get(pk=entry.pk)
    kept.retired_at = None if kept.retired_at else at
    kept.save(update_fields=["retired_at"])
    facts = {"retired": kept.retired_at is not None}
    record(by=by, at=at, action="questions.retire_entry", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept


@transaction.atomic
def ask(*, by: User, at: datetime, call: Call, title: str, text: str, public: bool) -> Question:
    """Send a question to the desk. Refused while too many of one's own wait for an answer."""
    User.objects.select_for_update().get(pk=by.pk)
    if queries.own(by).filter(answered_at=None).count() >= OPEN_QUESTIONS:
        raise refusals.too_many(OPEN_QUESTIONS)
    made = Question.objects.create(
        call=call, asker=by, title=title.strip(), text=text.strip(), public=public, asked_at=at
    )
    facts = {"public": public, "text": fingerprint(made.text)}
    record(by=by, at=at, action="questions.ask", subject=made, facts=facts, call_id=call.slug)
    return made


@transaction.atomic
def save_draft(*, by: User, at: datetime, question: Question, text: str, shown_text: str) -> Question:
    """Keep an answer that is not sent yet. Refused once it is answered."""
    kept = _unanswered(question)
    kept.answer, kept.shown_text = text.strip(), shown_text.strip()
    kept.save(update_fields=["answer", "shown_text"])
    facts = {"text": fingerprint(kept.answer)}
    record(by=by, at=at, action="questions.save_draft", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept


@transaction.atomic
def answer(
    *, by: User, at: datetime, question: Question, text: str, shown_text: str = "", publish: bool = False
) -> Question:
    """Answer the asker by mail and, with the asker's leave, publish question and answer without the name.

    Refused when answered already, without leave to publish, and when the public text holds personal data.
    """
    kept = _unanswered(question)
    if publish:
        if not kept.public:
            raise refusals.not_public()
        if codes := personal_signs(kept.title, shown_text or kept.text, text):
            raise refusals.personal(codes)
    kept.answer, kept.shown_text = text.strip(), (shown_text or kept.text).strip()
    kept.answered_by, kept.answered_at = by, at
    kept.published_at = at if publish else None
    kept.save()
    outbox.put(
        to=kept.asker.email,
        language=kept.asker.language,
        name="questions/answered",
        context={"question": kept, "path": kept.get_absolute_url()},
        at=at,
        about=kept,
        key=f"question-answered-{kept.pk}",
    )
    facts = {"published": publish, "text": fingerprint(kept.answer)}
    record(by=by, at=at, action="questions.answer", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept


def _unanswered(question: Question) -> Question:
    rows = Question.objects.select_related("asker", "call").select_for_update(of=("self",))
    kept = rows.get(pk=question.pk)
    if kept.answered_at is not None:
        raise refusals.answered_already()
    return kept


def _columns(content: EntryContent) -> dict[str, object]:
    return {
        "topic": FaqEntry.Topic(content.topic),
        "place": content.place,
        "question_ko": content.question_ko.strip(),
        "question_en": content.question_en.strip(),
        "answer_ko": content.answer_ko.strip(),
        "answer_en": content.answer_en.strip(),
        "clauses": list(content.clauses),
    }
