"""The one clock of the pages; actions and the domain take time as an argument instead."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present instant (aware, UTC) moved by NARU_CLOCK_OFFSET, so that a demo stays in its year."""
    return timezone.now() + settings.NARU_CLOCK_OFFSET


def shown(real: datetime) -> datetime:
    """A real instant as this clock shows it."""
    return real + settings.NARU_CLOCK_OFFSET
