"""When a mail that could not be sent is tried again: ever later, and in the end no more."""

from datetime import datetime, timedelta

# After the first failure, the second, ...; about three and a half days in all, so that a weekend passes.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1080))
LEASE = timedelta(minutes=10)  # longer than any batch takes: a dead worker's mails are free again after it


def next_try(attempts: int, at: datetime) -> datetime | None:
    """The next try after `attempts` failed ones, the last of them at `at`; None to give up."""
    return at + WAITS[attempts - 1] if attempts <= len(WAITS) else None
