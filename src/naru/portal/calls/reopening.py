"""Why an intake that is over stays closed: a later step registers a question here, in `AppConfig.ready`."""

from collections.abc import Callable
from datetime import datetime

from naru.domain import call as domain
from naru.domain.decision import Refused
from naru.portal.calls.models import Call

Lock = Callable[[Call, str], Refused | None]
_locks: list[Lock] = []


def register(lock: Lock) -> None:
    """Ask `lock(call, round_id)` before a closed intake opens again: None, or the refusal with the reason."""
    if lock not in _locks:
        _locks.append(lock)


def refused(
    call: Call, before: domain.Call, round_id: str, closes_at: datetime, at: datetime
) -> Refused | None:
    """The first refusal of a later close for a round whose intake is over by the terms `before`.

    None while the intake runs, and for a close that is not later.
    """
    last = before.round(round_id).last_closing
    if last is None or at < last or closes_at <= last:
        return None
    return next((found for lock in _locks if (found := lock(call, round_id)) is not None), None)


def must_be_free(call: Call, before: domain.Call, after: domain.Call, at: datetime) -> None:
    """Raises Refused where a later step holds a round that these terms would open again."""
    held = {one.id for track in before.tracks for one in track.rounds}
    for one in (one for track in after.tracks for one in track.rounds):
        if one.id not in held:
            continue
        closes_at = one.last_closing or datetime.max.replace(tzinfo=at.tzinfo)
        if (found := refused(call, before, one.id, closes_at, at)) is not None:
            raise found
