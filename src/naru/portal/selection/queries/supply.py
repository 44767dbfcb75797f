"""Reading the supply: server groups by product, vendor and cloud, and what a matching took of them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from naru.domain.matching import ServerGroup as Group
from naru.portal.calls.models import Call
from naru.portal.organisations.models import Supplier
from naru.portal.selection.models import CapacityEntry, Match, MatchingRun, ServerGroup

Supply = dict[tuple[str, str, str], int]


def server_groups(call: Call) -> QuerySet[ServerGroup]:
    """What vendors and clouds can lend together, with their names."""
    return ServerGroup.objects.filter(call=call).select_related("vendor", "cloud", "entered_by")


def groups_of(call: Call, own: Iterable[Supplier]) -> QuerySet[ServerGroup]:
    """The groups in which one of the suppliers `own` has a part."""
    suppliers = list(own)
    return server_groups(call).filter(vendor__in=suppliers) | server_groups(call).filter(cloud__in=suppliers)


def capacities(call: Call) -> tuple[Group, ...]:
    """The server groups as domain values."""
    return tuple(
        Group(product=row.product, vendor=row.vendor.code, cloud=row.cloud.code, capacity=row.capacity)
        for row in server_groups(call)
    )


def supply(call: Call) -> Supply:
    """Servers by (product, vendor, cloud) as entered now."""
    return {(group.product, group.vendor, group.cloud): group.capacity for group in capacities(call)}


def recorded_supply(run: MatchingRun) -> Supply:
    """Servers by (product, vendor, cloud) a matching was made from."""
    return {
        (group["product"], group["vendor"], group["cloud"]): group["capacity"]
        for group in run.record["capacities"]
    }


def given_away(call: Call, product: str, vendor: Supplier, cloud: Supplier) -> int:
    """How many servers of a group the call's confirmed matchings have assigned."""
    return Match.objects.filter(
        run__selection__call=call,
        run__confirmed_at__isnull=False,
        application__product=product,
        vendor=vendor,
        cloud=cloud,
    ).count()


def stated(groups: Iterable[ServerGroup], most: int) -> list[CapacityEntry]:
    """The last numbers stated for server groups, newest first."""
    found = CapacityEntry.objects.filter(group__in=[group.pk for group in groups])
    return list(found.select_related("entered_by", "group__vendor", "group__cloud")[:most])


def suppliers() -> dict[str, Supplier]:
    """Every vendor and cloud company by code."""
    return {row.code: row for row in Supplier.objects.all()}


def suppliers_of(user_id: int) -> list[Supplier]:
    """The vendors and clouds a person acts for."""
    return list(Supplier.objects.filter(members__user=user_id))
