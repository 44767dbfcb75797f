"""Telling the worker, after the commit, that stored files want looking after; the tasks lie above."""

from collections.abc import Callable
from enum import StrEnum

from django.db import transaction


class Need(StrEnum):
    """What a stored file waits for: another look by the gates, or to be let go when nobody needs it."""

    LOOK = "look"
    LEAVE = "leave"


_wakers: dict[Need, Callable[[], object]] = {}


def woken_by(need: Need, waker: Callable[[], object]) -> None:
    """Name what wakes the worker for a need; said in `ApplicationsConfig.ready`."""
    _wakers[need] = waker


def wake_on_commit(need: Need) -> None:
    """Wake the worker for it once the act is kept; the act stays done when the queue cannot be reached."""
    transaction.on_commit(_wakers[need], robust=True)
