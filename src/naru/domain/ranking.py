"""Ranking (순위): the strict order of merit, ending in a lottery committed before the intake closed (R-05).

Anyone with the published seed can repeat the lottery: sha256(seed + ":" + application id), ascending.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import lcm

from naru.domain.scoring import Score


def commitment(seed: str) -> str:
    """The hash published before the intake closes: sha256 of the seed's UTF-8 text, in hex."""
    return sha256(seed.encode()).hexdigest()


def draw(seed: str, application_id: str) -> str:
    """The lottery draw of one application, 64 hex digits; the smaller goes first."""
    return sha256(f"{seed}:{application_id}".encode()).hexdigest()


def merit_order(
    scores: Mapping[str, Score], *, order: Sequence[str], criteria: Sequence[str], seed: str
) -> tuple[str, ...]:
    """Application ids from best to last by the call's `selection.order`.

    Keys: "score" (rounded total with bonus), a criterion id (exact mean over all valid sheets), and last
    "lottery". Raises ValueError on a key that is none of these. The order of `scores` never matters.
    """
    parts = [key for key in order[:-1] if key != "score"]
    unknown = [key for key in parts if key not in criteria]
    if unknown or order[0] != "score" or order[-1] != "lottery":
        raise ValueError(f"selection.order: {', '.join(unknown) or 'needs score first, lottery last'}")
    places = [criteria.index(key) for key in parts]
    merits = _merits(scores, places)
    tied = Counter(merits.values())
    rows = [
        (-merit, draw(seed, key) if tied[merit] > 1 else "", key)  # the lottery speaks among equals only
        for key, merit in merits.items()
    ]
    rows.sort()
    return tuple([row[-1] for row in rows])


def _merits(scores: Mapping[str, Score], places: Sequence[int]) -> dict[str, int]:
    """Score and criterion means as one integer each, the earlier key in the higher digits; more is better.

    Means get a common denominator, so that the digits compare exactly.
    """
    common = lcm(*{score.sheets for score in scores.values()})
    most = max((max(score.sums, default=0) for score in scores.values()), default=0)
    base = most * common + 1
    merits = {}
    for key, score in scores.items():
        merit, scale, sums = score.steps, common // score.sheets, score.sums
        for place in places:
            merit = merit * base + sums[place] * scale
        merits[key] = merit
    return merits
