"""Panels (평가위원 배정): which reviewers score which applications, balanced and free of conflicts (R-03).

First every product gets a circle of reviewers of its own, in proportion to its applications, so that those
who are ranked together are scored by the same people; it needs a whole panel per product, else there are no
circles. Then all seats are given at once as a min-cost flow (`naru.domain.flow`): as many seats as can be
given; among those the loads as even as can be; among those the fewest seats outside the product's circle
and outside a reviewer's expertise. The same input always gives the same panels, whatever its order.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from naru.domain.flow import flow
from naru.domain.terms import require

FITS, UNKNOWN, STRANGE = 0, 1, 2  # what a seat costs by expertise
AWAY = 4  # and outside the product's circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """The new assignments (application, reviewer), sorted; per application how many are still lacking.

    `circles` says for each reviewer which product's circle it is, where there are circles; `strange` and
    `away` count the new seats outside the reviewer's expertise and outside the product's circle.
    """

    pairs: tuple[tuple[str, str], ...]
    lacking: Mapping[str, int]
    circles: Mapping[str, str] = field(default_factory=dict)
    strange: int = 0
    away: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What makes a reviewer fit: applications' products and fields, reviewers' expertise and ceilings."""

    products: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Collection[str]] = field(default_factory=dict)
    expertise: Mapping[str, Collection[str]] = field(default_factory=dict)
    ceilings: Mapping[str, int] = field(default_factory=dict)

    def misfit(self, application: str, reviewer: str) -> int:
        """What a seat costs by expertise: nothing when any field is shared, some when either is unknown."""
        asked, known = self.fields.get(application, ()), self.expertise.get(reviewer, ())
        if not asked or not known:
            return UNKNOWN
        return FITS if any(one in known for one in asked) else STRANGE


def panels(
    applications: Iterable[str],
    reviewers: Iterable[str],
    *,
    per_application: int,
    conflicts: Iterable[tuple[str, str]] = (),
    assigned: Iterable[tuple[str, str]] = (),
    fit: Fit | None = None,
    sizes: Mapping[str, int] | None = None,
) -> Panels:
    """Fill every application up to `per_application` reviewers, or to its own number in `sizes`.

    `conflicts` and `assigned` are pairs (application, reviewer); those assigned stay and count as load.
    Raises ValueError when `per_application` is not positive.
    """
    require(per_application > 0, f"per_application: {per_application} is not positive")
    known = fit or Fit()
    rows, pool = sorted(set(applications)), sorted(set(reviewers))
    held = set(assigned)
    taken = held | set(conflicts)
    circles = circles_of(rows, pool, per_application=per_application, barred=taken, fit=known)
    seated = Counter(application for application, _reviewer in held)
    load = Counter(reviewer for _application, reviewer in held)
    own = sizes or {}
    wanted = [max(0, own.get(row, per_application) - seated[row]) for row in rows]
    found = flow(
        [[_cost(row, who, taken, circles, known) for who in pool] for row in rows],
        wanted,
        loads=[load[who] for who in pool],
        ceilings=[known.ceilings.get(who) for who in pool],
        weight=1 + sum(wanted) * (STRANGE + AWAY),
    )
    pairs = [(row, pool[seat]) for row, seats in zip(rows, found.seats, strict=True) for seat in seats]
    return Panels(
        pairs=tuple(pairs),
        lacking={row: count for row, count in zip(rows, found.lacking, strict=True) if count},
        circles=circles,
        strange=sum(known.misfit(row, who) == STRANGE for row, who in pairs),
        away=sum(_away(row, who, circles, known) for row, who in pairs),
    )


def _cost(
    row: str, who: str, taken: Collection[tuple[str, str]], circles: Mapping[str, str], fit: Fit
) -> int | None:
    if (row, who) in taken:
        return None
    return fit.misfit(row, who) + AWAY * _away(row, who, circles, fit)


def _away(row: str, who: str, circles: Mapping[str, str], fit: Fit) -> bool:
    return who in circles and circles[who] != fit.products.get(row)


def circles_of(
    rows: Iterable[str],
    pool: Iterable[str],
    *,
    per_application: int,
    barred: Collection[tuple[str, str]],
    fit: Fit,
) -> dict[str, str]:
    """Each reviewer's product; empty when there is one product only, or fewer reviewers than full panels.

    A circle is as large as its share of the applications, and one panel at least; who joins which is
    settled by expertise and conflicts together, at the least cost.
    """
    of: dict[str, list[str]] = {}
    for row in rows:
        if row in fit.products:
            of.setdefault(fit.products[row], []).append(row)
    products, people = sorted(of), sorted(pool)
    if len(products) < 2 or len(people) < per_application * len(products):  # noqa: PLR2004 - one is no choice
        return {}
    sizes = dict.fromkeys(products, per_application)
    for _one in range(len(people) - per_application * len(products)):
        sizes[max(products, key=lambda code: (Fraction(len(of[code]), sizes[code] + 1), code))] += 1
    costs = [[_strangeness(who, of[code], barred, fit) for code in products] for who in people]
    found = flow(
        costs,
        [1] * len(people),
        loads=[0] * len(products),
        ceilings=[sizes[code] for code in products],
        weight=0,
    )
    return {who: products[seats[0]] for who, seats in zip(people, found.seats, strict=True)}


def _strangeness(who: str, rows: list[str], barred: Collection[tuple[str, str]], fit: Fit) -> int:
    """How badly a reviewer fits a product: the mean cost of its seats in thousandths."""
    worst = STRANGE + 1
    return 1000 * sum(worst if (row, who) in barred else fit.misfit(row, who) for row in rows) // len(rows)
