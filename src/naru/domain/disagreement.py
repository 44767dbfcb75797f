"""How far reviewers of one application lie apart: exact, for a second look, never judged by (R-03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from naru.domain.terms import Scoring

SHOWN = 100  # a deviation is shown in hundredths of a point


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Of two totals or more: highest less lowest, and the population variance, both exact."""

    spread: int
    variance: Fraction

    @property
    def deviation(self) -> Fraction:
        """The standard deviation cut off to hundredths, for display; comparisons use the variance."""
        scaled = self.variance * SHOWN**2
        return Fraction(isqrt(scaled.numerator // scaled.denominator), SHOWN)

    def apart(self, scoring: Scoring) -> bool:
        """Whether it reaches a bound of the call; a call without bounds flags nothing."""
        wide = scoring.apart_range is not None and self.spread >= scoring.apart_range
        limit = scoring.apart_deviation
        return wide or (limit is not None and self.variance >= _square(limit))


def disagreement(totals: Sequence[int]) -> Disagreement | None:
    """The disagreement of final totals; None with fewer than two."""
    count = len(totals)
    if count < 2:  # noqa: PLR2004 - one reviewer agrees with oneself
        return None
    mean = Fraction(sum(totals), count)
    variance = sum(((total - mean) ** 2 for total in totals), Fraction(0)) / count
    return Disagreement(spread=max(totals) - min(totals), variance=variance)


def _square(limit: Decimal) -> Fraction:
    return Fraction(limit) ** 2
