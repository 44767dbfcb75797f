"""A day's refill (하루 충원): free places of every product offered at once, out of one budget (L-03, L-05).

Each product's set is chosen by `naru.domain.refill`. Their offers go out turn by turn: the first of every
product in the call's order, then the second of every product. The budget stops that line at the first
offer it does not carry, and a product cut short is chosen anew, so that it keeps the sector rule as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from naru.domain.bound import Bound
from naru.domain.matching import Wish, match
from naru.domain.refill import Offer, Refilled, Skip, Waiting, refill, too_late, within_budget
from naru.domain.terms import require


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One who waits: server groups of its product (positions) in tiers, best first, as in a matching."""

    id: str
    sector: str
    tiers: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One product: quota, holders (all, of the bounded sector), free servers by group, who waits by rank.

    Open offers count as holders. `head_of_list`: ids an upheld appeal puts before everybody else, in this
    order. `extra`: ids that have a signed seat beyond the quota, which serves nobody else (R-06).
    """

    product: str
    monthly_cost: int
    seats: int
    holders: tuple[int, int]
    free: tuple[int, ...]
    waiting: tuple[Candidate, ...]
    head_of_list: tuple[str, ...] = ()
    extra: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        known = {entry.id for entry in self.waiting}
        require(len(known) == len(self.waiting), f"waiting: {self.product} names somebody twice")
        unknown = sorted({*self.head_of_list, *self.extra} - known)
        require(not unknown, f"waiting: {', '.join(unknown)} of {self.product} is not on the list")
        groups = {group for entry in self.waiting for tier in entry.tiers for group in tier}
        require(groups <= set(range(len(self.free))), f"waiting: {self.product} has no such server group")
        require(self.holders[1] <= self.holders[0], "holders: more of the bounded sector than in all")

    @property
    def order(self) -> tuple[Candidate, ...]:
        """Who waits, those an upheld appeal puts first before the others."""
        places = {key: place for place, key in enumerate(self.head_of_list)}
        return tuple(sorted(self.waiting, key=lambda entry: places.get(entry.id, len(places))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a batch looks at. `lines` in the call's order of products.

    `months`: whole months of use left; `charged`: calendar months a place offered now costs; `budget_left`:
    units neither spent nor committed, None while the call names no budget.
    """

    lines: tuple[Line, ...]
    bound: Bound
    months: int
    min_months: int
    charged: int
    budget_left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a batch says of one product: offers as (id, server group) by rank; the others with the reason.

    `beyond`: seats beyond the quota that are used.
    """

    product: str
    offered: tuple[tuple[str, int], ...]
    skipped: tuple[tuple[str, Skip], ...]
    beyond: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One batch: every product, the offers in the order they go out, what the budget then has left."""

    lines: tuple[Settled, ...]
    offers: tuple[str, ...]
    budget_left: int | None


def decide_batch(facts: Facts) -> Batch:
    """The offers of one day over all products, and why each of the others keeps waiting."""
    if facts.months < facts.min_months:
        late = tuple(
            Settled(product=line.product, offered=(), skipped=too_late(_waiting(line)).skipped)
            for line in facts.lines
        )
        return Batch(lines=late, offers=(), budget_left=facts.budget_left)
    free = [_filled(line, facts.bound, None) for line in facts.lines]
    carried = _carried(facts, [found.admitted for found, _beyond in free])
    lines, taken = [], []
    for line, whole, count in zip(facts.lines, free, carried, strict=True):
        cut = count < len(whole[0].admitted)
        found, beyond = _filled(line, facts.bound, count) if cut else whole
        lines.append(_settled(line, found, beyond, dict(whole[0].skipped)))
        taken.append(found.admitted)
    spent = sum(
        len(ids) * line.monthly_cost * facts.charged for line, ids in zip(facts.lines, taken, strict=True)
    )
    left = None if facts.budget_left is None else facts.budget_left - spent
    return Batch(lines=tuple(lines), offers=tuple(key for _line, key in _turns(taken)), budget_left=left)


def _waiting(line: Line) -> list[Waiting]:
    return [
        Waiting(id=entry.id, sector=entry.sector, allowed=frozenset().union(*entry.tiers))
        for entry in line.order
    ]


def _turns(sets: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """(product, id): the first of every product, then the second of every product, and so on."""
    turns = zip_longest(*sets)
    return [(place, key) for turn in turns for place, key in enumerate(turn) if key is not None]


def _carried(facts: Facts, sets: Sequence[Sequence[str]]) -> list[int]:
    """How many offers of each product the budget carries."""
    if facts.budget_left is None:
        return [len(ids) for ids in sets]
    line = [(place, facts.lines[place].monthly_cost, key) for place, key in _turns(sets)]
    offers = [Offer(id=key, monthly_cost=cost) for _place, cost, key in line]
    count = len(within_budget(offers, facts.charged, facts.budget_left).admitted)
    return [sum(place == wanted for place, _cost, _key in line[:count]) for wanted in range(len(sets))]


def _filled(line: Line, bound: Bound, limit: int | None) -> tuple[Refilled, int]:
    """The set of one product, and how many seats beyond the quota it uses.

    A seat whose applicant would not be admitted even with it is taken out again: it lets nobody else in.
    """
    mine, waiting = set(line.extra), _waiting(line)
    while True:
        seats = line.seats + len(mine)
        found = refill(
            waiting, holders=line.holders, free=line.free, seats=seats, bound=bound, limit=limit
        )  # fmt: skip
        unused = mine - set(found.admitted)
        if not unused:
            return found, len(mine)
        mine -= unused


def _settled(line: Line, found: Refilled, beyond: int, reasons: Mapping[str, Skip]) -> Settled:
    """The set on its servers as a matching would put it.

    `reasons`: why somebody is out whatever the budget; who has none there is out for the budget alone.
    """
    tiers = {entry.id: entry.tiers for entry in line.waiting}
    placed = match([Wish(id=key, tiers=tiers[key]) for key in found.admitted], line.free).groups
    return Settled(
        product=line.product,
        offered=tuple(
            (key, group) for key, group in zip(found.admitted, placed, strict=True) if group is not None
        ),
        skipped=tuple((key, reasons.get(key, "BUDGET")) for key, _why in found.skipped),
        beyond=beyond,
    )
