"""Selection (선정) of one product in closed form: who gets a seat, who waits and why (R-05, C-05).

Input is the strict merit order; no solver is needed. A walk from the best down takes everyone while a
seat is left, but the bounded sector only up to its cap, which is known before the walk starts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from naru.domain.bound import READINGS, Bound, Reading

Status = Literal["selected", "sector_bound", "seats_full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One admissible applicant of the product in merit order, best first in the list that holds it."""

    id: str
    sector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who is selected from one product's merit order under one reading of the bound.

    `statuses` follows the merit order. `public_cap` is the bound used; where none binds ("soft", "none")
    the number of the bounded sector selected. `last` holds the position of the last selected by sector:
    (unbounded, bounded), None where nobody was.
    """

    reading: Reading
    seats: int
    selected: tuple[str, ...]
    waitlist: tuple[str, ...]
    statuses: tuple[Status, ...]
    public_cap: int
    bounded: int
    last: tuple[int | None, int | None]

    @property
    def filled(self) -> int:
        """Seats taken."""
        return len(self.selected)

    @property
    def empty(self) -> int:
        """The shortfall: seats that stay empty."""
        return self.seats - len(self.selected)


def select(ranked: Sequence[Candidate], seats: int, bound: Bound) -> Choice:
    """The selection of one product: `ranked` best first, `seats` >= 0, under `bound`."""
    if seats < 0:
        raise ValueError(f"seats: {seats} is negative")
    group = bound.group
    flags = [candidate.sector == group for candidate in ranked]
    total, cap = _totals(flags, seats, bound)
    statuses = _walk(flags, total, cap, seats)
    if bound.reading == "soft":
        _open_up(statuses, seats)
    chosen = [i for i, status in enumerate(statuses) if status == "selected"]
    bounded = sum([flags[i] for i in chosen])
    return Choice(
        reading=bound.reading,
        seats=seats,
        selected=tuple([ranked[i].id for i in chosen]),
        waitlist=tuple([ranked[i].id for i, status in enumerate(statuses) if status != "selected"]),
        statuses=tuple(statuses),
        public_cap=cap if bound.reading in ("ratio", "quota") else bounded,
        bounded=bounded,
        last=(
            next((i for i in reversed(chosen) if not flags[i]), None),
            next((i for i in reversed(chosen) if flags[i]), None),
        ),
    )


def readings(ranked: Sequence[Candidate], seats: int, bound: Bound) -> tuple[Choice, ...]:
    """The same merit order under every reading, side by side; the figures of `bound` stay."""
    return tuple(select(ranked, seats, replace(bound, reading=reading)) for reading in READINGS)


def demand(ranked: Sequence[Candidate], bound: Bound) -> int:
    """Admissible demand: how many could be selected were the seats unlimited (C-04, for the spill-over)."""
    bounded = sum(candidate.sector == bound.group for candidate in ranked)
    if bound.reading in ("soft", "none"):
        return len(ranked)
    return bound.admissible(len(ranked) - bounded, bounded)


def _totals(flags: Sequence[bool], seats: int, bound: Bound) -> tuple[int, int]:
    """Seats to hand out in the walk, and the cap on the bounded sector, known before it starts."""
    if bound.reading == "ratio":
        bounded = sum(flags)
        total = bound.fill(seats, len(flags) - bounded, bounded)
        return total, bound.cap(total)
    if bound.reading == "none":
        return seats, seats
    return seats, bound.cap(seats)


def _walk(flags: Sequence[bool], total: int, cap: int, seats: int) -> list[Status]:
    """One pass down the merit order; with `total` < `seats` only the bounded sector is left behind."""
    statuses: list[Status] = []
    taken = 0
    for flag in flags:
        if taken == seats:
            statuses.append("seats_full")
        elif taken == total or (flag and not cap):
            statuses.append("sector_bound")
        else:
            statuses.append("selected")
            taken += 1
            cap -= flag
    return statuses


def _open_up(statuses: list[Status], seats: int) -> None:
    """Give the seats still empty to the best of those the bound kept out ("soft")."""
    left = seats - statuses.count("selected")
    kept_out = [index for index, status in enumerate(statuses) if status == "sector_bound"] if left else []
    for place, index in enumerate(kept_out):
        statuses[index] = "selected" if place < left else "seats_full"
