"""Handing out the servers: capacities entered, a matching run from the confirmed record, confirmed (R-07)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from naru.codec.record import record_of
from naru.codec.verification import read_inputs
from naru.domain.run import SelectionRefusedError, decide
from naru.domain.supply import lendable
from naru.portal.accounts.models import Role, User
from naru.portal.audit.actions import record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.organisations import queries as organisations
from naru.portal.organisations.models import Supplier
from naru.portal.selection import queries, refusals
from naru.portal.selection.access import must_be_operator
from naru.portal.selection.models import (
    PERSONS,
    CapacityEntry,
    Match,
    MatchingConfirmation,
    MatchingRun,
    SelectionRun,
    ServerGroup,
)


@transaction.atomic
def enter_capacity(
    *, by: User, at: datetime, call: Call, product: str, vendor: Supplier, cloud: Supplier, capacity: int
) -> ServerGroup:
    """State how many servers of a product a vendor and a cloud company can lend together (R-07).

    Each side states its own number and the smaller counts; an operator's number stands for both until a side
    states another. Every number stays in the history. Refused for other companies' pairs, below zero, and
    where what counts would fall below what a confirmed matching has given away.
    """
    if product not in {entry.id for entry in calls.terms(calls.current(call)).resources}:
        raise refusals.unknown_product(product)
    if (vendor.kind, cloud.kind) != (Supplier.Kind.VENDOR, Supplier.Kind.CLOUD):
        raise refusals.not_a_pair()
    sides = _sides(by, vendor, cloud)
    given = queries.given_away(call, product, vendor, cloud)
    if capacity < 0:
        raise refusals.capacity_too_low(capacity, given)
    key = {"call": call, "product": product, "vendor": vendor, "cloud": cloud}
    stamp = {"entered_by": by, "entered_at": at}
    found = ServerGroup.objects.select_for_update().filter(**key).first()
    group = found or ServerGroup(**key, **stamp)
    for side in sides:
        setattr(group, f"{side}_capacity", capacity)
    group.capacity = lendable(group.vendor_capacity, group.cloud_capacity)
    if group.capacity < given:
        raise refusals.capacity_too_low(group.capacity, given)
    group.entered_by, group.entered_at = by, at
    group.save()
    side = CapacityEntry.Side.BOTH if len(sides) > 1 else CapacityEntry.Side(sides[0])
    CapacityEntry.objects.create(group=group, side=side, capacity=capacity, counts=group.capacity, **stamp)
    facts = {"product": product, "vendor": vendor.code, "cloud": cloud.code, "capacity": capacity}
    facts |= {"side": side.value, "counts": group.capacity}
    record(by=by, at=at, action="selection.enter_capacity", subject=group, facts=facts, call_id=call.slug)
    return group


@transaction.atomic
def run_matching(*, by: User, at: datetime, selection: SelectionRun) -> MatchingRun:
    """Hand out the servers entered so far to the selected, with reasons and certificates (R-07).

    Made from the inputs of the confirmed record, so one file shows both and nothing that happened since
    can change who was selected.
    """
    must_be_operator(by, "R-07")
    selection = SelectionRun.objects.select_for_update().select_related("call").get(pk=selection.pk)
    if selection.state not in (SelectionRun.State.CONFIRMED, SelectionRun.State.PUBLISHED):
        raise refusals.matching_needs_confirmed_selection()
    if queries.confirmed_matching(selection):
        raise refusals.matching_confirmed()
    groups = queries.capacities(selection.call)
    if not any(group.capacity for group in groups):
        raise refusals.no_supply()
    given = read_inputs(selection.record)
    try:
        decision = decide(given.call, given.applications, given.seed, groups, given.settings)
    except SelectionRefusedError as error:  # a product was entered that the selection's version lacks
        raise refusals.cannot_run(error) from error
    kept = record_of(given.call, given.applications, decision, given.seed, groups)
    run = MatchingRun.objects.create(
        selection=selection, record=kept, record_sha256=kept["hashes"]["root"], run_by=by, run_at=at
    )
    served = _store_matches(run, kept)
    facts = {"record": run.record_sha256, "served": served, "groups": len(groups)}
    slug = selection.call.slug
    record(by=by, at=at, action="selection.run_matching", subject=run, facts=facts, call_id=slug)
    return run


@transaction.atomic
def confirm_matching(*, by: User, at: datetime, matching: MatchingRun) -> MatchingRun:
    """One operator stands by a matching; the second, another person, makes it count: awards open from it.

    Refused for the same person twice, when another matching of the selection counts already, when the
    selection was replaced, and when the supply entered is no longer the one the matching was made from.
    """
    must_be_operator(by, "R-07")
    run = MatchingRun.objects.select_for_update().select_related("selection__call").get(pk=matching.pk)
    if run.selection.state not in queries.IN_FORCE:
        raise refusals.selection_replaced()
    if queries.confirmed_matching(run.selection):
        raise refusals.matching_confirmed()
    if run.confirmations.filter(person=by).exists():
        raise refusals.confirmed_by_same_person("R-07")
    if queries.supply(run.selection.call) != queries.recorded_supply(run):
        raise refusals.supply_changed()
    MatchingConfirmation.objects.create(run=run, person=by, confirmed_at=at)
    persons = run.confirmations.count()
    if persons >= PERSONS:
        run.confirmed_at = at
        run.save(update_fields=["confirmed_at"])
    facts = {"record": run.record_sha256, "persons": persons, "counts": run.confirmed_at is not None}
    slug = run.selection.call.slug
    record(by=by, at=at, action="selection.confirm_matching", subject=run, facts=facts, call_id=slug)
    return run


def _sides(by: User, vendor: Supplier, cloud: Supplier) -> list[str]:
    """For which sides a person may state a number: an operator for both, a supplier's person for the own."""
    if by.has_role(Role.OPERATOR):
        return list(Supplier.Kind.values)
    own = {organisations.supplier_of(by, kind) for kind in Supplier.Kind.values}
    sides = [one.kind for one in (vendor, cloud) if one in own]
    if not sides:
        raise refusals.not_your_supply()
    return sides


def _store_matches(run: MatchingRun, kept: dict[str, Any]) -> int:
    """One row per selected application; the number served."""
    ids = dict(run.selection.outcomes.values_list("application__number", "application"))
    suppliers = queries.suppliers()
    certificates = {entry["id"]: entry for entry in kept["certificates"]}
    rows = [
        Match(
            run=run,
            application_id=ids[ruling["id"]],
            vendor=suppliers.get(server["vendor"]),
            cloud=suppliers.get(server["cloud"]),
            preference=server["choice"],
            clause=server["finding"]["clause"],
            code=server["finding"]["code"],
            reason_ko=server["finding"]["reason"]["ko"],
            reason_en=server["finding"]["reason"]["en"],
            certificate=certificates.get(server["certificate"]),
        )
        for ruling in kept["rulings"]
        if (server := ruling["server"]) is not None
    ]
    Match.objects.bulk_create(rows)
    return sum(row.vendor is not None for row in rows)
