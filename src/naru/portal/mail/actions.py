"""The outbox's acts: take a batch, note what became of it, try again because a person says so.

A batch is taken and noted in two short transactions with the sending between them: no lock is held while a
mail server is slow. One event tells of a whole batch.
"""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from naru.portal.audit.actions import record
from naru.portal.mail import outbox, queries
from naru.portal.mail.models import Mail
from naru.portal.mail.posting import Outcome
from naru.portal.mail.retries import LEASE, next_try

CHAIN = "mail"
NOTED = ["sent_at", "leased_until", "next_try_at", "last_error", "given_up_at"]


class AlreadySentError(Exception):
    """A mail that has gone is not sent again."""


class StillHeldError(Exception):
    """A held mail goes when the act it waits for is made public, not before."""


def take(*, by: AbstractBaseUser | None, at: datetime, limit: int) -> list[Mail]:
    """Lease the oldest mails that are due to this worker and count the attempt; none due, no event.

    A second worker passes over what this one locks. A dead worker's mails are due when the lease ends.
    """
    with transaction.atomic():
        due = queries.due(at).order_by("queued_at", "pk")
        mails = list(due.select_for_update(skip_locked=True)[:limit])
        if not mails:
            return []
        for mail in mails:
            mail.leased_until, mail.attempts = at + LEASE, mail.attempts + 1
        Mail.objects.bulk_update(mails, ["leased_until", "attempts"])
        facts = {"mails": [mail.pk for mail in mails]}
        record(by=by, at=at, action="mail.take", subject=mails[0], facts=facts, chain=CHAIN)
    return mails


def settle(*, by: AbstractBaseUser | None, at: datetime, outcomes: Sequence[Outcome]) -> None:
    """Note what became of taken mails: sent, to be tried again later, or given up with the reason kept."""
    told: dict[str, list[int]] = {"sent": [], "failed": [], "given_up": []}
    with transaction.atomic():
        for outcome in outcomes:
            told[_noted(outcome, at)].append(outcome.mail.pk)
        Mail.objects.bulk_update([outcome.mail for outcome in outcomes], NOTED)
        record(by=by, at=at, action="mail.settle", subject=outcomes[0].mail, facts=told, chain=CHAIN)


def _noted(outcome: Outcome, at: datetime) -> str:
    mail = outcome.mail
    mail.leased_until = None
    if not outcome.error:
        mail.sent_at, mail.next_try_at = at, None
        return "sent"
    mail.last_error = outcome.error
    mail.next_try_at = None if outcome.hopeless else next_try(mail.attempts, at)
    if mail.next_try_at is None:
        mail.given_up_at = at
        return "given_up"
    return "failed"


def retry(*, by: AbstractBaseUser, at: datetime, mail: Mail) -> Mail:
    """Make a waiting, failing or given-up mail due now, with all its tries before it again.

    Raises AlreadySentError when it went meanwhile, StillHeldError before its time.
    One that is being sent this moment stays leased.
    """
    with transaction.atomic():
        mail = Mail.objects.select_for_update().get(pk=mail.pk)
        if mail.sent_at is not None:
            raise AlreadySentError(mail.pk)
        if mail.held:
            raise StillHeldError(mail.pk)
        facts = {"attempts": mail.attempts, "given_up": mail.given_up_at is not None}
        mail.attempts, mail.next_try_at, mail.given_up_at = 0, at, None
        mail.save(update_fields=["attempts", "next_try_at", "given_up_at"])
        record(by=by, at=at, action="mail.retry", subject=mail, facts=facts, chain=CHAIN)
        outbox.wake_on_commit()
    return mail
