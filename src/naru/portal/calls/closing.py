"""The terms of a call with another close of one round, and how a close was moved last (C-07)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from naru.domain import call as domain

WEEKDAYS = "월화수목금토일"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The last time a round's close was moved: from and to which instant, and the first one announced."""

    round_id: str
    before: datetime
    after: datetime
    first: datetime

    @property
    def later(self) -> bool:
        """Whether the intake was extended; else it ends early."""
        return self.after > self.before


def last_move(versions: Sequence[domain.Call], round_id: str) -> Moved | None:
    """How a round's close was moved last, from the versions of its call, oldest first; None when never.

    A first version may come with an extension of its own: a second closing instant.
    """
    held = [_rounds(version).get(round_id, ()) for version in versions]
    closes = [one.at for one in held[0]] + [instants[-1].at for instants in held[1:] if instants]
    pairs = [(old, new) for old, new in pairwise(closes) if old != new]
    if not pairs:
        return None
    before, after = pairs[-1]
    return Moved(round_id=round_id, before=before, after=after, first=closes[0])


def _rounds(terms: domain.Call) -> dict[str, tuple[domain.Instant, ...]]:
    """The closing instants of every round."""
    return {one.id: one.closes_at for track in terms.tracks for one in track.rounds}


def extended(terms: domain.Call, round_id: str, closes_at: datetime) -> domain.Call:
    """The terms with one more closing instant at the end of a round's."""
    held = terms.round(round_id).closes_at
    return _closing(terms, round_id, (*held, _instant(terms, closes_at)))


def ended_early(terms: domain.Call, round_id: str, closes_at: datetime) -> domain.Call:
    """The terms with an earlier close of a round; later instants are dropped."""
    held = tuple(one for one in terms.round(round_id).closes_at if one.at < closes_at)
    return _closing(terms, round_id, (*held, _instant(terms, closes_at)))


def _instant(terms: domain.Call, at: datetime) -> domain.Instant:
    """The instant with its label as a call prints it, in Korean: 2025년 3월 24일(월) 15:00."""
    local = at.astimezone(ZoneInfo(terms.zone))
    weekday = WEEKDAYS[local.weekday()]
    printed = f"{local.year}년 {local.month}월 {local.day}일({weekday}) {local:%H:%M}"
    return domain.Instant(at=local, printed=printed)


def _closing(terms: domain.Call, round_id: str, instants: tuple[domain.Instant, ...]) -> domain.Call:
    tracks = tuple(
        replace(
            track,
            rounds=tuple(
                replace(one, closes_at=instants) if one.id == round_id else one for one in track.rounds
            ),
        )
        for track in terms.tracks
    )
    return replace(terms, tracks=tracks)
