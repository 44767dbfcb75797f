"""Shadow rankings against reviewers' leniency: shown beside the official order, never used (R-03).

Two looks at the same sheets: additive offsets (each reviewer's distance from the panel) and z-scores per
reviewer, averaged after the same trimming. z-scores need a square root; they are therefore kept as
exact-decimal approximations of fixed precision, the same on every machine, and only ever displayed.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isqrt, lcm

from naru.domain.scoring import trimmed

PRECISION = 10**6  # z-scores are shown to six decimals


def offsets(totals: Mapping[str, Sequence[int]]) -> dict[str, Fraction]:
    """Each reviewer's mean total minus the mean of all totals, from totals by reviewer."""
    everything = [value for values in totals.values() for value in values]
    if not everything:
        return {}
    centre = Fraction(sum(everything), len(everything))
    return {key: Fraction(sum(values), len(values)) - centre for key, values in totals.items() if values}


def z_scores(totals: Sequence[int]) -> tuple[Fraction, ...]:
    """(total - mean) / population standard deviation, to six decimals; all zero for a flat reviewer."""
    count = len(totals)
    if not count:
        return ()
    mean = Fraction(sum(totals), count)
    variance = sum(((value - mean) ** 2 for value in totals), Fraction(0)) / count
    if variance == 0:
        return (Fraction(0),) * count
    scaled = variance * PRECISION**2
    deviation = Fraction(isqrt(scaled.numerator * scaled.denominator), scaled.denominator * PRECISION)
    return tuple(Fraction(round((value - mean) / deviation * PRECISION), PRECISION) for value in totals)


def by_offset(reviews: Mapping[str, Mapping[str, int]], trim_from: int) -> dict[str, Fraction]:
    """Application id -> trimmed mean of totals less the reviewer's offset; input: id -> reviewer -> total."""
    lean = offsets(_by_reviewer(reviews))
    return {
        key: _mean([row[reviewer] - lean[reviewer] for reviewer in sorted(row)], trim_from)
        for key, row in reviews.items()
        if row
    }


def by_z_score(reviews: Mapping[str, Mapping[str, int]], trim_from: int) -> dict[str, Fraction]:
    """Application id -> trimmed mean of its z-scores; input: id -> reviewer -> total."""
    places: dict[str, list[str]] = {}
    for key in sorted(reviews):
        for reviewer in reviews[key]:
            places.setdefault(reviewer, []).append(key)
    scores: dict[str, dict[str, Fraction]] = {key: {} for key in reviews}
    for reviewer, keys in places.items():
        for key, value in zip(keys, z_scores([reviews[key][reviewer] for key in keys]), strict=True):
            scores[key][reviewer] = value
    return {
        key: _mean([row[reviewer] for reviewer in sorted(row)], trim_from)
        for key, row in scores.items()
        if row
    }


def positions(values: Mapping[str, Fraction]) -> dict[str, int]:
    """1-based place of each id by value descending; equal values share the better place."""
    descending = sorted(values.values(), reverse=True)
    first: dict[Fraction, int] = {}
    for place, value in enumerate(descending, start=1):
        first.setdefault(value, place)
    return {key: first[value] for key, value in values.items()}


def _by_reviewer(reviews: Mapping[str, Mapping[str, int]]) -> dict[str, list[int]]:
    totals: dict[str, list[int]] = {}
    for row in reviews.values():
        for reviewer, total in row.items():
            totals.setdefault(reviewer, []).append(total)
    return totals


def _mean(values: Sequence[Fraction], trim_from: int) -> Fraction:
    """The mean after dropping one highest and one lowest from `trim_from` values up."""
    common = lcm(*(value.denominator for value in values))  # trimming compares integers
    kept = trimmed([int(value * common) for value in values], trim_from)
    return sum((values[index] for index in kept), Fraction(0)) / len(kept)
