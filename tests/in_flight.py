"""Requests the live server is still at work on: a test's rows are emptied only when there are none."""

import threading
from contextlib import contextmanager

from django.core.signals import request_finished, request_started

LONGEST = 20  # seconds a request may go on after its page was closed


class InFlight:
    """Counts what the server's threads have begun and not ended; the test client's own are not counted."""

    def __init__(self) -> None:
        self._count, self._changed = 0, threading.Condition()

    def _add(self, step):
        if threading.current_thread() is not threading.main_thread():
            with self._changed:
                self._count += step
                self._changed.notify_all()

    def began(self, **_sent):
        self._add(1)

    def ended(self, **_sent):
        self._add(-1)

    def wait_for_none(self) -> None:
        """Return when every request has been answered; one that never is fails the test."""
        with self._changed:
            done = self._changed.wait_for(lambda: self._count == 0, LONGEST)
        assert done, f"{self._count} requests still run"


@contextmanager
def counted():
    """An `InFlight` that counts while the block runs."""
    kept = InFlight()
    request_started.connect(kept.began)
    request_finished.connect(kept.ended)
    try:
        yield kept
    finally:
        request_started.disconnect(kept.began)
        request_finished.disconnect(kept.ended)
