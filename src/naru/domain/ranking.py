"""Ranking (순위): the strict order of merit, ending in a lottery committed before the intake closed (R-05).

Anyone with the published seed can repeat the lottery: sha256(seed + ":" + application id), ascending.
"""

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
    common = lcm(*{score.sheets for score in scores.values()})
    prefix = sha256(f"{seed}:".encode())
    rows = []
    for key, score in scores.items():
        digest = prefix.copy()
        digest.update(key.encode())
        scale = common // score.sheets
        sums = score.sums
        means = tuple([-sums[place] * scale for place in places])
        rows.append((-score.steps, means, digest.digest(), key))
    rows.sort()
    return tuple([row[-1] for row in rows])
