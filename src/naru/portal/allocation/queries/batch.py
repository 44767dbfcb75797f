"""A refill of all products as it would be decided now (충원); nothing is written here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from naru.codec.refill import About, refill_record
from naru.domain import budget
from naru.domain.batch import Batch, Candidate, Facts, Line, Settled, decide_batch
from naru.domain.bound import bound_of
from naru.domain.call import Call as Terms
from naru.domain.matching import ServerGroup, wish_of
from naru.domain.periods import day_in
from naru.domain.terms import Text
from naru.portal.allocation.models import Award
from naru.portal.allocation.queries.awards import ACTIVE, terms_of
from naru.portal.allocation.queries.budget import budget_left
from naru.portal.allocation.queries.offers import open_offers
from naru.portal.allocation.queries.waiting import Waiter, waiting_lists
from naru.portal.allocation.reasons import OFFERED, told
from naru.portal.appeals import queries as appeals
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call, FrozenQuota
from naru.portal.calls.queries import version_of
from naru.portal.screening.queries import supporting_vendors
from naru.portal.selection.models import ServerGroup as GroupRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """What a refill says of one waiting application; `group` is the server group it would get."""

    application: Application
    product: str
    rank: int | None
    appealed: bool
    heads: bool
    offered: bool
    code: str
    clause: str
    reason: Text
    group: GroupRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPlan:
    """One product of a batch: `line` is what was looked at; `beyond` seats beyond the quota are used."""

    line: Line
    beyond: int
    considered: tuple[Considered, ...]

    @property
    def seats(self) -> int:
        """The quota with the seats beyond it that are used."""
        return self.line.seats + self.beyond

    @property
    def free_total(self) -> int:
        """Free servers over all groups."""
        return sum(self.line.free)

    @property
    def offered(self) -> tuple[Considered, ...]:
        """Those who would be offered a server, in rank order."""
        return tuple(entry for entry in self.considered if entry.offered)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefillPlan:
    """A whole batch as it would be decided now: what it looks at, what it says, the record of both."""

    facts: Facts
    batch: Batch
    record: dict[str, object]
    products: tuple[ProductPlan, ...]

    def of(self, product: str) -> ProductPlan:
        """One product's part; StopIteration for a product the call does not have."""
        return next(one for one in self.products if one.line.product == product)

    @property
    def root(self) -> str:
        """The hash by which a person says which plan was seen."""
        return str(self.record["root"])

    @property
    def considered(self) -> list[Considered]:
        """Everybody who waits, product by product."""
        return [entry for one in self.products for entry in one.considered]

    @property
    def offered(self) -> list[Considered]:
        """Those offered a place, product by product."""
        return [entry for one in self.products for entry in one.offered]


def refill_plan(call: Call, at: datetime, leaver: Award | None = None) -> RefillPlan:
    """What a refill would decide at an instant; with `leaver`, if that award were given up first."""
    terms, lists = terms_of(call), waiting_lists(call)
    groups: dict[str, list[GroupRow]] = {resource.id: [] for resource in terms.resources}
    for group in GroupRow.objects.filter(call=call).select_related("vendor", "cloud").order_by("pk"):
        groups[group.product].append(group)
    facts = _facts(call, terms, lists, groups, at, leaver)
    batch = decide_batch(facts)
    version, day = version_of(call), day_in(terms.zone, at)
    names = {key: [(one.vendor.code, one.cloud.code) for one in rows] for key, rows in groups.items()}
    return RefillPlan(
        facts=facts,
        batch=batch,
        record=refill_record(About(call=call.slug, version=version.number, day=day), facts, batch, names),
        products=tuple(
            _product(line, said, lists.get(line.product, []), groups[line.product])
            for line, said in zip(facts.lines, batch.lines, strict=True)
        ),
    )


def _facts(
    call: Call,
    terms: Terms,
    lists: dict[str, list[Waiter]],
    groups: dict[str, list[GroupRow]],
    at: datetime,
    leaver: Award | None,
) -> Facts:
    """Every figure a batch looks at."""
    today, end = day_in(terms.zone, at), terms.support.ends
    bound = bound_of(next((one for one in terms.constraints if one.scope == "resource"), None))
    held = _held(call, at, leaver)
    quotas: Counter[str] = Counter()
    for product, seats in FrozenQuota.objects.filter(call=call).values_list("product", "seats"):
        quotas[product] += seats
    extra = appeals.seats_for(call)
    vendors = supporting_vendors([one.application for line in lists.values() for one in line])
    lines = []
    for resource in terms.resources:
        here = [one for one in held if one[0] == resource.id]
        used = Counter((vendor, cloud) for _product, vendor, cloud, _sector, _who in here)
        waiting, rows = lists.get(resource.id, []), groups[resource.id]
        lines.append(
            Line(
                product=resource.id,
                monthly_cost=resource.monthly_cost,
                seats=quotas[resource.id] + sum(who in extra for *_rest, who in here),
                holders=(len(here), sum(sector == bound.group for *_rest, sector, _who in here)),
                free=tuple(max(0, one.capacity - used[one.vendor_id, one.cloud_id]) for one in rows),
                waiting=_candidates(waiting, rows, vendors),
                head_of_list=tuple(_number(one) for one in waiting if one.heads),
                extra=frozenset(_number(one) for one in waiting if one.application.pk in extra),
            )
        )
    left = budget_left(call, terms, at)
    return Facts(
        lines=tuple(lines),
        bound=bound,
        months=budget.months_left(today, end),
        min_months=terms.refill.min_months,
        charged=budget.months_charged(today, end),
        budget_left=None if left is None else left + _given_back(terms, leaver, at),
    )


def _held(call: Call, at: datetime, leaver: Award | None) -> list[tuple[str, int, int, str, int]]:
    """(product, vendor, cloud, sector, application) of every place held, open offers among them."""
    columns = ("product", "vendor_id", "cloud_id", "application__sector", "application_id")
    awards = Award.objects.filter(call=call, state__in=ACTIVE)
    if leaver is not None:
        awards = awards.exclude(pk=leaver.pk)
    return [*awards.values_list(*columns), *open_offers(call, at).values_list(*columns)]


def _given_back(terms: Terms, leaver: Award | None, at: datetime) -> int:
    """Budget units an award would give back: the months to come, and this one where nothing was used."""
    if leaver is None:
        return 0
    months = budget.months_charged(day_in(terms.zone, at), terms.support.ends)
    server = getattr(leaver, "server", None)
    used = server is not None and server.handed_over_at is not None
    return terms.resource(leaver.product).monthly_cost * max(0, months - used)


def _number(one: Waiter) -> str:
    return one.application.number or ""


def _candidates(
    waiting: Sequence[Waiter], groups: Sequence[GroupRow], vendors: dict[int, frozenset[str]]
) -> tuple[Candidate, ...]:
    """The waiting with the servers each can use, those of the clouds preferred first (R-07)."""
    values = [
        ServerGroup(
            product=one.product, vendor=one.vendor.code, cloud=one.cloud.code, capacity=one.capacity
        )
        for one in groups
    ]  # fmt: skip
    return tuple(
        Candidate(
            id=_number(one),
            sector=one.application.sector,
            tiers=wish_of(
                _number(one), sorted(vendors[one.application.pk]), one.application.clouds, values
            ).tiers,
        )
        for one in waiting
    )


def _product(line: Line, said: Settled, waiting: Sequence[Waiter], groups: Sequence[GroupRow]) -> ProductPlan:
    """What the batch says of one product, in the order of its waiting list."""
    places = {key: groups[group] for key, group in said.offered}
    codes = {**dict.fromkeys(places, OFFERED), **dict(said.skipped)}
    considered = []
    for one in waiting:
        code = codes[_number(one)]
        clause, reason = told(code)
        considered.append(
            Considered(
                application=one.application,
                product=line.product,
                rank=one.rank,
                appealed=one.appealed,
                heads=one.heads,
                offered=code == OFFERED,
                code=code,
                clause=clause,
                reason=reason,
                group=places.get(_number(one)),
            )
        )
    return ProductPlan(line=line, beyond=said.beyond, considered=tuple(considered))
