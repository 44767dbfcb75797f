"""Panels (평가위원 배정): which reviewers score which applications, balanced and free of conflicts (R-03).

The same input always gives the same panels, whatever its order, so that anybody can recompute them:
applications with the fewest reviewers to choose from go first (then by id); each takes the reviewers with
the least work so far, ties by SHA-256 of "application:reviewer", which mixes the panels. Without conflicts
no two reviewers' loads differ by more than one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from naru.domain.terms import require


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """The new assignments (application, reviewer), sorted, and per application how many are still lacking."""

    pairs: tuple[tuple[str, str], ...]
    lacking: Mapping[str, int]


def panels(
    applications: Iterable[str],
    reviewers: Iterable[str],
    *,
    per_application: int,
    conflicts: Iterable[tuple[str, str]] = (),
    assigned: Iterable[tuple[str, str]] = (),
) -> Panels:
    """Fill every application up to `per_application` reviewers.

    `conflicts` and `assigned` are pairs (application, reviewer); those assigned stay and count as load.
    Raises ValueError when `per_application` is not positive.
    """
    require(per_application > 0, f"per_application: {per_application} is not positive")
    pool = sorted(set(reviewers))
    barred, held = set(conflicts), set(assigned)
    load = dict.fromkeys(pool, 0)
    seats: dict[str, int] = dict.fromkeys(applications, per_application)
    for application, reviewer in held:
        load[reviewer] = load.get(reviewer, 0) + 1
        if application in seats:
            seats[application] -= 1
    taken = barred | held
    choice = {entry: [who for who in pool if (entry, who) not in taken] for entry in seats}
    pairs: list[tuple[str, str]] = []
    lacking = {}
    for application in sorted(seats, key=lambda entry: (len(choice[entry]) - seats[entry], entry)):
        wanted = max(0, seats[application])
        chosen = sorted(choice[application], key=lambda who: (load[who], _mixed(application, who)))[:wanted]
        for reviewer in chosen:
            load[reviewer] += 1
            pairs.append((application, reviewer))
        if len(chosen) < wanted:
            lacking[application] = wanted - len(chosen)
    return Panels(pairs=tuple(sorted(pairs)), lacking=lacking)


def _mixed(application: str, reviewer: str) -> str:
    return sha256(f"{application}:{reviewer}".encode()).hexdigest()
