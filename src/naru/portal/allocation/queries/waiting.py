"""The waiting list (예비) of a product and what a refill would decide now; nothing is written here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from naru.domain.bound import Bound, bound_of
from naru.domain.budget import months_left
from naru.domain.call import Call as Terms
from naru.domain.matching import ServerGroup, match, wish_of
from naru.domain.periods import day_in
from naru.domain.refill import Refilled, Waiting, refill, too_late
from naru.domain.terms import Text
from naru.portal.allocation.models import Award
from naru.portal.allocation.queries.awards import ACTIVE, terms_of
from naru.portal.allocation.queries.budget import budget_left
from naru.portal.allocation.reasons import OFFERED, told
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.calls.queries import quotas_of
from naru.portal.screening.queries import supporting_vendors
from naru.portal.selection.models import SelectionOutcome, SelectionRun
from naru.portal.selection.models import ServerGroup as GroupRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """What a refill says of one waiting application; `group` is the server group it would get."""

    application: Application
    rank: int | None
    offered: bool
    code: str
    clause: str
    reason: Text
    group: GroupRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefillPlan:
    """A refill of one product as it would be decided now.

    `holders`: (all, of the bounded sector) holding a place; `free`: servers of each group; `carried`: how
    many servers the budget pays until the end, None while the call names no budget.
    """

    product: str
    months: int
    min_months: int
    seats: int
    holders: tuple[int, int]
    free: tuple[int, ...]
    carried: int | None
    bound: Bound
    considered: tuple[Considered, ...] = ()

    @property
    def free_total(self) -> int:
        """Free servers over all groups."""
        return sum(self.free)

    @property
    def offered(self) -> tuple[Considered, ...]:
        """Those who would be offered a server, in rank order."""
        return tuple(entry for entry in self.considered if entry.offered)


def waiting_list(call: Call, product: str) -> list[SelectionOutcome]:
    """Who waits for a product, best first: by round and rank, everyone placed who holds no award."""
    found = SelectionOutcome.objects.filter(
        run__call=call,
        run__state__in=[SelectionRun.State.CONFIRMED, SelectionRun.State.PUBLISHED],
        product=product,
        status__in=[SelectionOutcome.Status.SELECTED, SelectionOutcome.Status.WAITING],
        application__award=None,
        application__state=Application.State.SUBMITTED,
    )
    return list(
        found.select_related("application__organisation").order_by("run__round_id", "rank")
    )  # not the run: its record is megabytes


def refill_plan(call: Call, product: str, at: datetime) -> RefillPlan:
    """What a refill of the product would decide at an instant, with the reason for each of the waiting."""
    terms = terms_of(call)
    rows = waiting_list(call, product)
    groups = list(GroupRow.objects.filter(call=call, product=product).select_related("vendor", "cloud"))
    facts = _facts(call, terms, product, groups, at)
    values = [_value(group, count) for group, count in zip(groups, facts.free, strict=True)]
    vendors = supporting_vendors([row.application for row in rows])
    wishes = {
        row.application_id: wish_of(
            str(row.application_id), sorted(vendors[row.application_id]), row.application.clouds, values
        )
        for row in rows
    }
    waiting = [
        Waiting(id=str(row.application_id), sector=row.sector, allowed=wishes[row.application_id].allowed)
        for row in rows
    ]
    codes = _codes(waiting, facts)
    admitted = [row.application_id for row in rows if codes[str(row.application_id)] == OFFERED]
    placed = match([wishes[key] for key in admitted], facts.free).groups
    places = {key: groups[place] for key, place in zip(admitted, placed, strict=True) if place is not None}
    return replace(facts, considered=tuple(_considered(row, codes, places) for row in rows))


def _facts(call: Call, terms: Terms, product: str, groups: Sequence[GroupRow], at: datetime) -> RefillPlan:
    """The figures a refill looks at, nobody considered yet."""
    bound = bound_of(next((one for one in terms.constraints if one.scope == "resource"), None))
    active = Award.objects.filter(call=call, product=product, state__in=ACTIVE)
    held = list(active.values_list("vendor_id", "cloud_id", "application__sector"))
    used = Counter((vendor, cloud) for vendor, cloud, _ in held)
    months = months_left(day_in(terms.zone, at), terms.support.ends)
    left = budget_left(call, terms, at)
    cost = terms.resource(product).monthly_cost * months
    return RefillPlan(
        product=product,
        months=months,
        min_months=terms.refill.min_months,
        seats=sum(quotas_of(call, one.id).get(product, 0) for track in terms.tracks for one in track.rounds),
        holders=(len(held), sum(sector == bound.group for _, _, sector in held)),
        free=tuple(max(0, one.capacity - used[one.vendor_id, one.cloud_id]) for one in groups),
        carried=None if left is None or not cost else max(0, left // cost),
        bound=bound,
    )


def _codes(waiting: Sequence[Waiting], facts: RefillPlan) -> dict[str, str]:
    """A code per waiting application; the budget is named where it alone stands in the way."""
    if facts.months < facts.min_months:
        return dict(too_late(waiting).skipped)
    free = _decided(waiting, facts, None)
    if facts.carried is None or facts.carried >= len(free.admitted):
        return _by_id(free)
    codes = _by_id(_decided(waiting, facts, facts.carried))
    return {
        key: "BUDGET" if key in free.admitted and code != OFFERED else code for key, code in codes.items()
    }


def _decided(waiting: Sequence[Waiting], facts: RefillPlan, limit: int | None) -> Refilled:
    return refill(
        waiting,
        holders=facts.holders,
        free=facts.free,
        seats=facts.seats,
        bound=facts.bound,
        limit=limit,
    )


def _by_id(decided: Refilled) -> dict[str, str]:
    return {**dict.fromkeys(decided.admitted, OFFERED), **dict(decided.skipped)}


def _value(group: GroupRow, free: int) -> ServerGroup:
    return ServerGroup(product=group.product, vendor=group.vendor.code, cloud=group.cloud.code, capacity=free)


def _considered(row: SelectionOutcome, codes: dict[str, str], places: dict[int, GroupRow]) -> Considered:
    code = codes[str(row.application_id)]
    clause, reason = told(code)
    return Considered(
        application=row.application,
        rank=row.rank,
        offered=code == OFFERED,
        code=code,
        clause=clause,
        reason=reason,
        group=places.get(row.application_id),
    )
