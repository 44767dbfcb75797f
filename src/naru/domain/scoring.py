"""Scoring (평가 점수): reviewers' sheets become one exact number per application (R-03, R-04).

The number an applicant is ranked on is an integer count of rounding steps (hundredths of a point under
the 2025 call); means of criteria stay exact as sums over all valid sheets. No floats anywhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from naru.domain.terms import Bonus, Criterion, Scoring

MAX_BASE = 100  # criteria sum to 100 points; only a bonus may lead beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One reviewer's final score sheet: whole points by criterion id."""

    reviewer: str
    points: Mapping[str, int]

    @property
    def total(self) -> int:
        """The sum over all criteria, in points."""
        return sum(self.points.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What an application is ranked on.

    `steps` and `base_steps` count rounding steps (0.01 point) with and without bonus; `sums` are points
    per criterion over all `sheets` valid sheets, in the order of the call's criteria; `mean` is the exact
    trimmed mean of totals; `dropped` names the reviewers whose whole sheet was trimmed.
    """

    steps: int
    base_steps: int
    pass_steps: int
    bonus: Fraction
    mean: Fraction
    sums: tuple[int, ...]
    sheets: int
    dropped: tuple[str, ...] = ()

    def criterion_mean(self, index: int) -> Fraction:
        """The exact mean of one criterion over all valid sheets (trimming concerns totals only)."""
        return Fraction(self.sums[index], self.sheets)


def sheet_problems(sheet: Sheet, criteria: Sequence[Criterion]) -> tuple[str, ...]:
    """What is wrong with a sheet, one line each, e.g. "contents must be 0..50"; empty when it is valid."""
    known = {criterion.id: criterion.points for criterion in criteria}
    lines = [f"{key} is not a criterion of this call" for key in sheet.points if key not in known]
    for key, most in known.items():
        points = sheet.points.get(key)
        if points is None:
            lines.append(f"{key} has no points")
        elif isinstance(points, bool) or not isinstance(points, int) or not 0 <= points <= most:
            lines.append(f"{key} must be 0..{most}")
    return tuple(lines)


def half_up(value: Fraction, step: Decimal) -> int:
    """`value` (>= 0) in whole steps, the exact half rounded up: 79.995 at 0.01 is 8000."""
    exact = value / Fraction(step)
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def shown(steps: int, step: Decimal) -> str:
    """Steps as text with the step's decimals: 8050 steps of 0.01 are "80.50"."""
    return str((steps * step).quantize(step))


def trimmed(totals: Sequence[int], trim_from: int) -> tuple[int, ...]:
    """Positions that count: all below `trim_from` sheets, else all but one highest and one lowest."""
    positions = range(len(totals))
    if len(totals) < trim_from:
        return tuple(positions)
    ascending = sorted(positions, key=lambda index: (totals[index], index))
    return tuple(sorted(ascending[1:-1]))


def trimmed_mean(totals: Sequence[int], trim_from: int) -> Fraction:
    """The exact mean of the totals that count (R-03); at least one total is needed."""
    kept = trimmed(totals, trim_from)
    return Fraction(sum(totals[index] for index in kept), len(kept))


def bonuses_due(
    bonuses: Iterable[Bonus], sector: str, claimed: Iterable[str], evidenced: Iterable[str]
) -> tuple[Bonus, ...]:
    """The bonuses that count: claimed, evidenced, and offered to this sector, each once (R-04, E-07)."""
    both = set(claimed) & set(evidenced)
    return tuple(bonus for bonus in bonuses if bonus.id in both and sector in bonus.parties)


def final_steps(mean: Fraction, bonuses: Iterable[Bonus], step: Decimal) -> int:
    """Mean plus bonus rounded once; a bonus marked `clipped_at_total` does not lead beyond 100."""
    total = mean
    for bonus in sorted(bonuses, key=lambda entry: entry.clipped_at_total, reverse=True):
        raised = total + bonus.points
        total = min(raised, max(total, Fraction(MAX_BASE))) if bonus.clipped_at_total else raised
    return half_up(total, step)


def score(
    sheets: Sequence[Sheet],
    *,
    scoring: Scoring,
    criteria: Sequence[Criterion],
    bonuses: Sequence[Bonus] = (),
) -> Score:
    """The score of one application from its valid sheets and the bonuses due to it.

    Raises ValueError on a sheet out of bounds, a reviewer twice, or fewer sheets than `min_reviews`.
    """
    check_sheets(sheets, scoring=scoring, criteria=criteria)
    totals = [sheet.total for sheet in sheets]
    kept = trimmed(totals, scoring.trim_from)
    mean = Fraction(sum(totals[index] for index in kept), len(kept))
    counted = set(kept)
    step = scoring.rounding
    return Score(
        steps=final_steps(mean, bonuses, step),
        base_steps=half_up(mean, step),
        pass_steps=final_steps(mean, (entry for entry in bonuses if entry.counts_for_min_score), step),
        bonus=sum((bonus.points for bonus in bonuses), Fraction(0)),
        mean=mean,
        sums=tuple(sum(sheet.points[criterion.id] for sheet in sheets) for criterion in criteria),
        sheets=len(sheets),
        dropped=tuple(sheet.reviewer for index, sheet in enumerate(sheets) if index not in counted),
    )


def check_sheets(sheets: Sequence[Sheet], *, scoring: Scoring, criteria: Sequence[Criterion]) -> None:
    """Raise ValueError naming the first reviewer's problem, or too few reviews."""
    seen: set[str] = set()
    for sheet in sheets:
        lines = sheet_problems(sheet, criteria)
        if lines:
            raise ValueError(f"review by {sheet.reviewer}: {lines[0]}")
        if sheet.reviewer in seen:
            raise ValueError(f"review by {sheet.reviewer}: stands twice; keep the final sheet only")
        seen.add(sheet.reviewer)
    if len(sheets) < scoring.min_reviews:
        raise ValueError(
            f"too few reviews: {len(sheets)} valid, {scoring.min_reviews} needed; "
            "ask a further reviewer for a final sheet"
        )
