"""Where reviewers disagree, and what places would be without their leniency: looked at, never used (R-03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from naru.domain.call import Call as CallTerms
from naru.domain.disagreement import Disagreement, disagreement
from naru.domain.leniency import by_offset, by_z_score, offsets, positions
from naru.domain.scoring import trimmed_mean
from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.evaluation import queries
from naru.portal.screening import queries as screening


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One application: mean of its sheets before any bonus, its place in the product, and the two shadows."""

    application: Application
    mean: Fraction
    rank: int
    offset: int
    z_score: int
    apart: Disagreement | None
    flagged: bool

    @property
    def moved(self) -> int:
        """The larger of the two differences, in places."""
        return max(abs(self.offset - self.rank), abs(self.z_score - self.rank))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lenience:
    """A reviewer's distance from the mean of all totals, in points, over so many sheets."""

    reviewer: User
    sheets: int
    offset: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The second look at a round: places by product and number, reviewers from strict to lenient."""

    places: Sequence[Place]
    reviewers: Sequence[Lenience]


def look(call: Call, round_id: str, terms: CallTerms) -> Look:
    """The round's final sheets as they stand now, in four queries."""
    sheets = queries.final_sheets(call, round_id)
    reviews = {
        str(pk): {str(who): sum(points.values()) for who, points in rows}
        for pk, rows in sheets.items()
        if rows
    }
    rows = screening.eligible(call, round_id).select_related("organisation").order_by("product", "number")
    products: dict[str, list[Application]] = {}
    for row in rows:
        if str(row.pk) in reviews:
            products.setdefault(row.product, []).append(row)
    trim = terms.scoring.trim_from
    shadows = by_offset(reviews, trim), by_z_score(reviews, trim)  # of all the sheets of the round
    places = [one for here in products.values() for one in _places(here, reviews, shadows, terms)]
    return Look(places=places, reviewers=_reviewers(reviews))


def _places(
    rows: Sequence[Application],
    reviews: dict[str, dict[str, int]],
    shadows: tuple[dict[str, Fraction], dict[str, Fraction]],
    terms: CallTerms,
) -> list[Place]:
    """The places within one product."""
    flat, scaled = shadows
    trim = terms.scoring.trim_from
    keys = [str(row.pk) for row in rows]
    means = {key: trimmed_mean(list(reviews[key].values()), trim) for key in keys}
    official = positions(means)
    without_offset = positions({key: flat[key] for key in keys})
    by_spread = positions({key: scaled[key] for key in keys})
    found = []
    for row, key in zip(rows, keys, strict=True):
        apart = disagreement(list(reviews[key].values()))
        found.append(
            Place(
                application=row,
                mean=means[key],
                rank=official[key],
                offset=without_offset[key],
                z_score=by_spread[key],
                apart=apart,
                flagged=apart is not None and apart.apart(terms.scoring),
            )
        )
    return found


def _reviewers(reviews: dict[str, dict[str, int]]) -> list[Lenience]:
    totals: dict[str, list[int]] = {}
    for row in reviews.values():
        for who, total in row.items():
            totals.setdefault(who, []).append(total)
    lean = offsets(totals)
    people = User.objects.filter(pk__in=list(totals))
    found = [
        Lenience(reviewer=one, sheets=len(totals[str(one.pk)]), offset=lean[str(one.pk)]) for one in people
    ]
    return sorted(found, key=lambda one: (one.offset, one.reviewer.pk))
