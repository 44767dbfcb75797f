"""The one way to send mail: a row in the transaction of the act; nobody is mailed of what did not happen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from naru.portal.mail.models import Mail

SUBJECT_LENGTH = 200
_wakers: list[Callable[[], object]] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message of several that are written together; the fields are those of `put`."""

    to: str
    language: str
    name: str
    context: Mapping[str, Any]
    about: models.Model | None = None
    key: str | None = None


def put_many(
    letters: Iterable[Letter], *, at: datetime, batch: models.Model | None = None, held: bool = False
) -> int:
    """Write many messages in one query; returns how many were given.

    `batch` is the row they are written for together; `held` keeps them back until `release`. One whose
    `key` was written before is left as it is. Raises TransactionManagementError outside a transaction.
    """
    _must_be_within_an_act()
    rows = []
    for letter in letters:
        subject, body = rendered(letter.name, letter.language, letter.context)
        rows.append(
            Mail(
                key=letter.key,
                name=letter.name,
                to=letter.to,
                language=letter.language,
                subject=subject,
                body=body,
                about=subject_of(letter.about) if letter.about is not None else "",
                batch=subject_of(batch) if batch is not None else "",
                held=held,
                queued_at=at,
            )
        )
    if rows and not held:
        wake_on_commit()
    Mail.objects.bulk_create(rows, ignore_conflicts=any(row.key for row in rows))
    return len(rows)


def release(batch: models.Model, *, at: datetime) -> int:
    """Let the mails held for a row go, in one query whatever their number; how many they were."""
    _must_be_within_an_act()
    released = Mail.objects.filter(batch=subject_of(batch), held=True).update(held=False, queued_at=at)
    if released:
        wake_on_commit()
    return released


def drop(batch: models.Model, about: Iterable[models.Model] | None = None) -> int:
    """Take back the mails held for a row, or those of them `about` some rows; nobody was told anything."""
    _must_be_within_an_act()
    held = Mail.objects.filter(batch=subject_of(batch), held=True)
    if about is not None:
        held = held.filter(about__in=[subject_of(row) for row in about])
    return held.delete()[0]


def put(
    *,
    to: str,
    language: str,
    name: str,
    context: Mapping[str, Any],
    at: datetime,
    about: models.Model | None = None,
    key: str | None = None,
) -> Mail:
    """Write one message and return it; with a `key` written before, the message written then.

    `name` is a template `mail/<name>.txt` of the step that writes: its first line is the subject, the lines
    after the blank one the text. It is rendered here, in `language`; the context gains `site` (the portal's
    address without a slash at its end) for links. Nothing is escaped: mail is plain text. Costs one query,
    two with a key, and one or two after the commit to wake the worker. Raises TransactionManagementError
    outside a transaction.
    """
    _must_be_within_an_act()
    if key and (found := Mail.objects.filter(key=key).first()):
        return found
    subject, body = rendered(name, language, context)
    wake_on_commit()
    return Mail.objects.create(
        key=key,
        name=name,
        to=to,
        language=language,
        subject=subject,
        body=body,
        about=subject_of(about) if about is not None else "",
        queued_at=at,
    )


def woken_by(waker: Callable[[], object]) -> None:
    """Name what wakes the worker; the tasks lie above, so they say so themselves in `MailConfig.ready`."""
    if waker not in _wakers:
        _wakers.append(waker)


def wake_on_commit() -> None:
    """Wake the worker once when the outermost transaction is committed, however often this is asked."""
    asked = transaction.get_connection().run_on_commit
    if not any(after is _wake for _savepoints, after, *_rest in asked):
        transaction.on_commit(_wake, robust=True)  # what was done stays done when the queue cannot be reached


def _wake() -> None:
    for waker in _wakers:
        waker()


def _must_be_within_an_act() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("mail belongs inside the action's transaction.atomic")


def subject_of(row: models.Model) -> str:
    """How a row is named in `Mail.about`: `app.model:id`."""
    return f"{row._meta.label_lower}:{row.pk}"  # noqa: SLF001 - Django's documented API


def rendered(name: str, language: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject, after the portal's name by which a mailbox sorts them all, and text, in a language."""
    template = get_template(f"mail/{name}.txt").template  # type: ignore[attr-defined]  # Django's own engine
    with translation.override(language):
        text = template.render(Context({**context, "site": settings.NARU_SITE_URL}, autoescape=False))
        sender = translation.gettext("[나루]")
    subject, _newline, body = text.strip().partition("\n")
    return f"{sender} {subject.strip()}"[:SUBJECT_LENGTH], body.strip() + "\n"
