"""Recomputation (재계산): what a sheet that leaves or joins a round late changes, for whom (R-03).

A conflict of interest may be found when sheets are final, even when the round is closed. The sheet then goes
before any trimming, everything is computed anew, and the difference is told: score and rank before and after.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from naru.domain.application import Application
from naru.domain.call import Call
from naru.domain.duplicates import resolve
from naru.domain.run import Settings, filings, merit_pools, scored
from naru.domain.scoring import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an application stands: valid sheets, score, rank in its product counted from 1.

    No score with fewer sheets than the call asks for: a missing review is replaced, never imputed. No rank
    without a score, below the pass mark, as a duplicate, and while the lottery's seed is not committed.
    """

    sheets: int
    score: str | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One application that stands elsewhere than before."""

    id: str
    product: str
    before: Standing
    after: Standing


def standings(call: Call, applications: Sequence[Application], seed: str) -> dict[str, Standing]:
    """Where everybody stands under the call's own rule, by application id."""
    whole = [entry for entry in applications if len(entry.sheets) >= call.scoring.min_reviews]
    scores = {entry.id: scored(call, entry) for entry in whole}
    ranks: dict[str, int] = {}
    if seed:
        kept = set(resolve(filings(applications), call.selection.duplicates).kept)
        admitted = [entry for entry in whole if entry.id in kept]
        for pool in merit_pools(call, admitted, scores, seed, Settings()).values():
            ranks |= {candidate.id: place for place, candidate in enumerate(pool, start=1)}
    return {
        entry.id: Standing(
            sheets=len(entry.sheets),
            score=shown(scores[entry.id].steps, call.scoring.rounding) if entry.id in scores else None,
            rank=ranks.get(entry.id),
        )
        for entry in applications
    }


def without(
    applications: Sequence[Application], removed: Collection[tuple[str, str]]
) -> tuple[Application, ...]:
    """The same applications less the sheets of the pairs (application, reviewer)."""
    return tuple(
        replace(entry, sheets=tuple(one for one in entry.sheets if (entry.id, one.reviewer) not in removed))
        for entry in applications
    )


def differences(
    applications: Sequence[Application], before: Mapping[str, Standing], after: Mapping[str, Standing]
) -> tuple[Difference, ...]:
    """Everybody whose sheets, score or rank differ, by id."""
    return tuple(
        Difference(id=entry.id, product=entry.product, before=before[entry.id], after=after[entry.id])
        for entry in sorted(applications, key=lambda one: one.id)
        if before[entry.id] != after[entry.id]
    )
