"""Refill (충원): which of the waiting get the servers that came free, as one set per product (L-03, C-05).

A set, not a loop: a public may enter only together with the private who makes room. Among the waiting the
set (1) has a free compatible server for each, (2) keeps the bound over holders plus set whenever it holds
one of the bounded sector, (3) is largest, (4) is best in rank order. Holders never move.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from naru.domain.bound import Bound
from naru.domain.periods import day_in
from naru.domain.places import Places

CLOSES = time(18)  # as a correction request does
Skip = Literal["SKIPPED_INCOMPATIBLE", "SECTOR_BOUND", "NO_FREE_SERVER", "BUDGET", "MIN_MONTHS"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One on the waiting list of a product; `allowed` are positions of free server groups."""

    id: str
    sector: str
    allowed: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refilled:
    """Who is admitted, in rank order, and why each of the others keeps waiting (they keep their rank)."""

    admitted: tuple[str, ...]
    skipped: tuple[tuple[str, Skip], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An offer about to go out: what the server costs a month, in budget units."""

    id: str
    monthly_cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgeted:
    """Offers the budget carries, and the rest with (id, cost, what was left)."""

    admitted: tuple[str, ...]
    refused: tuple[tuple[str, int, int], ...]


def refill(
    waiting: Sequence[Waiting],
    *,
    holders: tuple[int, int],
    free: Sequence[int],
    seats: int,
    bound: Bound,
    limit: int | None = None,
) -> Refilled:
    """The set admitted from `waiting` (rank order) to the product's free servers.

    `holders`: (all, of the bounded sector) who hold a server now; `free`: free servers by group; `seats`:
    the product's quota; `limit`: at most so many, e.g. what the budget carries. Under "soft" the set under
    "quota" is chosen first and those it left out of room only for the bound follow.
    """
    flags = [entry.sector == bound.group for entry in waiting]
    room = max(0, seats - holders[0])
    room = room if limit is None else min(room, limit)
    reading = replace(bound, reading="quota") if bound.reading == "soft" else bound
    places = Places([entry.allowed for entry in waiting], flags, free)
    chosen = _largest(places, room, [_most(reading, holders, seats, size) for size in range(room + 1)], ())
    if bound.reading == "soft":
        chosen = _largest(places, room, [room] * (room + 1), chosen)
    admitted = set(chosen)
    return Refilled(
        admitted=tuple(waiting[i].id for i in chosen),
        skipped=tuple(
            (entry.id, _why(places, chosen, i, room)) for i, entry in enumerate(waiting) if i not in admitted
        ),
    )


def within_budget(offers: Sequence[Offer], months: int, budget_left: int) -> Budgeted:
    """Offers in rank order while cost x months fits; it stops at the first that does not (no skipping on)."""
    left = budget_left
    for place, offer in enumerate(offers):
        if offer.monthly_cost * months > left:
            rest = offers[place:]
            return Budgeted(
                admitted=tuple(entry.id for entry in offers[:place]),
                refused=tuple((entry.id, entry.monthly_cost * months, left) for entry in rest),
            )
        left -= offer.monthly_cost * months
    return Budgeted(admitted=tuple(entry.id for entry in offers), refused=())


def too_late(waiting: Sequence[Waiting]) -> Refilled:
    """Nobody is admitted when fewer than `min_months` of use are left."""
    return Refilled(admitted=(), skipped=tuple((entry.id, "MIN_MONTHS") for entry in waiting))


def answer_until(zone: str, offered_at: datetime, days: int) -> datetime:
    """Until when an offer can be answered (exclusive): six in the evening, so many calendar days on."""
    day = day_in(zone, offered_at) + timedelta(days=days)
    return datetime.combine(day, CLOSES, ZoneInfo(zone))


def _most(bound: Bound, holders: tuple[int, int], seats: int, size: int) -> int:
    """How many of the bounded sector a set of `size` may hold; none is always possible."""
    if bound.reading == "none":
        return size
    total = seats if bound.reading == "quota" else holders[0] + size
    return max(0, bound.cap(total) - holders[1])


def _largest(places: Places, room: int, most: Sequence[int], kept: Sequence[int]) -> tuple[int, ...]:
    """The largest set holding `kept`, best in rank order; `most[n]` bounds the bounded in a set of n."""
    for size in range(room, len(kept), -1):
        if places.reaches(kept, size, most[size]):
            chosen = set(kept)
            for index in range(len(places.flags)):
                if len(chosen) < size and index not in chosen:
                    trial = [*chosen, index]
                    if places.reaches(trial, size, most[size]):
                        chosen.add(index)
            return tuple(sorted(chosen))
    return tuple(sorted(kept))


def _why(places: Places, chosen: Sequence[int], index: int, room: int) -> Skip:
    """Why one waiting was not admitted, looking at the final set only."""
    if not places.has_server(index):
        return "SKIPPED_INCOMPATIBLE"
    if len(chosen) >= room:
        return "NO_FREE_SERVER"
    size = len(chosen) + 1
    if not places.reaches([*chosen, index], size, size):
        return "SKIPPED_INCOMPATIBLE"
    return "SECTOR_BOUND"
