"""The budget (L-05) as the domain's ledger: what was spent, what is committed until the support ends."""

from datetime import datetime

from naru.domain import budget
from naru.domain.call import Call as Terms
from naru.domain.periods import day_in
from naru.portal.allocation.models import Award, LedgerEntry
from naru.portal.allocation.queries.awards import ACTIVE
from naru.portal.allocation.queries.offers import open_offers
from naru.portal.appeals.queries import extra_units
from naru.portal.calls.models import Call


def ledger(call: Call, terms: Terms, at: datetime) -> budget.Ledger:
    """Every commitment and every recorded month of the call; 0 units while the call names no budget.

    Seats beyond the quota bring the units their decision names (R-06).

    A place whose server is not handed over yet is committed from the day of `at`, and so is an open offer.
    """
    today, end = day_in(terms.zone, at), terms.support.ends
    rows = Award.objects.filter(call=call).values_list(
        "pk", "product", "state", "server__handed_over_at", "server__returned_at"
    )
    entries: list[budget.Entry] = []
    for pk, product, state, began, returned in rows:
        resource, holder = terms.resource(product), str(pk)
        if began is None and state not in ACTIVE:
            continue
        begins = day_in(terms.zone, began) if began else today
        entries += budget.commitment(resource, holder, begins, end)
        if returned:
            entries += budget.release(resource, holder, day_in(terms.zone, returned), end)
    for pk, product in open_offers(call, at).values_list("pk", "product"):
        entries += budget.commitment(terms.resource(product), f"offer-{pk}", today, end)
    spent = LedgerEntry.objects.filter(award__call=call)
    entries += [
        budget.Entry(month=month, product=product, holder=str(pk), units=units, kind="spend")
        for pk, product, month, units in spent.values_list("award_id", "award__product", "month", "units")
    ]
    units = terms.budget.units + extra_units(call) if terms.budget else 0
    return budget.Ledger(units=units, entries=tuple(entries))


def budget_left(call: Call, terms: Terms, at: datetime) -> int | None:
    """Budget units neither spent nor committed; None while the call names no budget."""
    return budget.balance(ledger(call, terms, at)).free if terms.budget else None


def budget_spent(call: Call, terms: Terms, at: datetime) -> bool:
    """Whether the support ends because the whole budget has been spent."""
    if terms.budget is None or not terms.support.stops_with_budget:
        return False
    return budget.balance(ledger(call, terms, at)).spent >= terms.budget.units


def may_close(call: Call, terms: Terms, at: datetime) -> bool:
    """Whether the call can be closed: the support is over or its budget spent, and it is not closed yet."""
    over = day_in(terms.zone, at) > terms.support.ends
    return call.state != Call.State.ENDED and (over or budget_spent(call, terms, at))
