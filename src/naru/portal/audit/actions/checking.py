"""Checking a chain: who asked, how far the reading is, what was found."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from naru.domain.chain import Break
from naru.portal.audit.models import Chain, Verification

LONG = 20_000  # events; more take over two seconds and are read by the worker
GIVEN_UP = timedelta(hours=1)  # a check that has not ended by then was lost with its worker
_starters: list[Callable[[Verification], None]] = []


def started_by(start: Callable[[Verification], None]) -> None:
    """Have `start` begin the check of a long chain, once its row is written."""
    _starters.append(start)


@transaction.atomic
def ask_check(*, by: AbstractBaseUser | None, at: datetime, chain: Chain) -> tuple[Verification, bool]:
    """The check of a chain that was asked for, and whether the worker does it.

    One that is under way already is not begun twice.
    """
    waiting = chain.verifications.filter(ended_at=None, asked_at__gt=at - GIVEN_UP).first()
    if waiting is not None:
        return waiting, True
    asked_by: Any = by
    made = Verification.objects.create(chain=chain, asked_by=asked_by, asked_at=at, length=chain.length)
    long = chain.length > LONG
    if long:
        for start in _starters:
            transaction.on_commit(partial(start, made))
    return made, long


def note_progress(verification: Verification, seen: int) -> None:
    """Say how far the reading is, for the page that waits."""
    Verification.objects.filter(pk=verification.pk).update(seen=seen)


def end_check(*, at: datetime, verification: Verification, found: Break | None) -> None:
    """Write down what the check found."""
    verification.ended_at = at
    verification.broken_number = found.number if found else None
    verification.code = found.code if found else ""
    verification.save(update_fields=["ended_at", "broken_number", "code"])
