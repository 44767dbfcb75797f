"""The year's calendar (일정): the instants of the demo, all in Asia/Seoul, none read from a clock."""

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")


def on(month: int, day: int, hour: int = 10, minute: int = 0, *, year: int = 2025) -> datetime:
    """An instant of the year, by the clock on a Seoul wall."""
    return datetime(year, month, day, hour, minute, tzinfo=SEOUL)


SET_UP = on(2, 3, 9)
OPENS = on(2, 12, 9)
CLOSES = on(3, 17, 15)
SCREENING = on(3, 18, 9)
CORRECTIONS_DUE = on(3, 21, 18)
DECIDED = on(3, 22, 10)
RENEWALS = on(3, 22, 15)  # after the second findings
TECHNICAL = on(3, 18, 14)
EVALUATION = on(3, 24, 9)
EVALUATION_ENDS = on(3, 27, 18)
SELECTION = on(3, 28, 10)
RESULTS = on(3, 31, 10)
MATCHING = on(4, 2, 10)
AGREEMENTS = on(4, 3, 9)
SERVERS = on(4, 7, 9)
HANDOVERS = on(4, 14, 9)
MONTHS = tuple(date(2025, month, 1) for month in range(4, 13))
SUPPORT_OVER = on(1, 2, 10, year=2026)
SURVEYS = on(1, 15, 9, year=2026)


def within(rng: Random, start: datetime, days: int) -> datetime:
    """A minute of a working hour (9 to 18) within `days` days from the day of `start`."""
    minutes = rng.randrange(9 * 60)
    return start.replace(hour=9, minute=0) + timedelta(days=rng.randrange(days), minutes=minutes)


def rush(rng: Random) -> datetime:
    """When an application is handed in: a few in February, most in the last week, many in the last hours."""
    part = rng.random()
    if part < 0.15:
        return within(rng, on(2, 24), 8)
    if part < 0.45:
        return within(rng, on(3, 4), 9)
    if part < 0.75:
        return within(rng, on(3, 13), 3)
    if part < 0.90:
        return on(3, 17, 9) + timedelta(seconds=rng.randrange(4 * 3600))
    return on(3, 17, 13) + timedelta(seconds=rng.randrange(2 * 3600))
