"""Shadow rankings: where a place would differ were reviewers' leniency taken out; never used (R-03)."""

from collections.abc import Sequence
from dataclasses import dataclass

from naru.domain import application as domain
from naru.domain.leniency import by_offset, by_z_score, positions
from naru.domain.run import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """One application's place in its product: official, with offsets removed, by z-scores."""

    number: str
    product: str
    rank: int
    offset: int
    z_score: int

    @property
    def moved(self) -> int:
        """The larger of the two differences, in places."""
        return max(abs(self.offset - self.rank), abs(self.z_score - self.rank))


def shadows(
    applications: Sequence[domain.Application], decision: Decision, trim_from: int, most: int
) -> list[Shadow]:
    """The `most` applications whose places differ most, the largest difference first."""
    reviews = {entry.id: {sheet.reviewer: sheet.total for sheet in entry.sheets} for entry in applications}
    found: list[Shadow] = []
    offsets, z_scores = by_offset(reviews, trim_from), by_z_score(reviews, trim_from)
    for result in decision.products:
        flat = positions({key: offsets[key] + decision.scores[key].bonus for key in result.ranked})
        scaled = positions({key: z_scores[key] for key in result.ranked})
        found += [
            Shadow(number=key, product=result.product, rank=place, offset=flat[key], z_score=scaled[key])
            for place, key in enumerate(result.ranked, start=1)
        ]
    moved = [one for one in found if one.moved]
    return sorted(moved, key=lambda one: (-one.moved, one.product, one.rank))[:most]
