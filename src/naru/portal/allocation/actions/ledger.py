"""The budget by product and month (L-05): the months entered, and the close of the call."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from naru.domain.periods import day_in, month_after, month_of
from naru.portal.accounts.models import User
from naru.portal.allocation import queries, refusals
from naru.portal.allocation.models import Award, LedgerEntry, Server
from naru.portal.allocation.notebook import engine_of
from naru.portal.audit.actions import record
from naru.portal.calls.models import Call


@transaction.atomic
def record_month(*, by: User, at: datetime, call: Call, month: date) -> list[LedgerEntry]:
    """Enter a month's cost of every server in use during it; those entered already are left alone.

    `month` is any day of the month. One event lists the units by product. Refused before the month begins
    and when nothing is left to enter.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    terms = queries.terms_of(call)
    month = month_of(month)
    if month > day_in(terms.zone, at):
        raise refusals.month_not_begun(f"{month:%Y-%m}")
    zone = ZoneInfo(terms.zone)
    begins, ends = (datetime.combine(day, time(), zone) for day in (month, month_after(month, 1)))
    used = queries.used_between(call, begins, ends).exclude(ledger__month=month)
    costs = {resource.id: resource.monthly_cost for resource in terms.resources}
    entries = LedgerEntry.objects.bulk_create(
        LedgerEntry(award=award, month=month, units=costs[award.product], entered_at=at) for award in used
    )
    if not entries:
        raise refusals.month_recorded(f"{month:%Y-%m}")
    units = dict.fromkeys(sorted(costs), 0)
    for entry in entries:
        units[entry.award.product] += entry.units
    record(
        by=by,
        at=at,
        action="allocation.record_month",
        subject=call,
        facts={"month": month.isoformat(), "entries": len(entries), "units": units},
        call_id=call.slug,
    )
    return entries


@transaction.atomic
def close_call(*, by: User, at: datetime, call: Call) -> list[Server]:
    """End the support: every server still out is released, every award open ends, the call is closed.

    Refused while the support lasts, unless the budget is spent.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    terms = queries.terms_of(call)
    if call.state == Call.State.ENDED:
        raise refusals.call_closed()
    if not queries.may_close(call, terms, at):
        raise refusals.support_not_over(terms.support.ends.isoformat())
    servers = list(queries.on_loan(call))
    for server in servers:
        engine_of(server).release(server.reference)
        server.state, server.returned_at = Server.State.RETURNED, at
    Server.objects.bulk_update(servers, ["state", "phase", "address", "returned_at"], batch_size=200)
    open_states = [Award.State.AGREEMENT, Award.State.ORDERED, Award.State.IN_USE]
    Award.objects.filter(call=call, state__in=open_states).update(state=Award.State.ENDED, ended_at=at)
    call.state = Call.State.ENDED
    call.save(update_fields=["state"])
    record(
        by=by,
        at=at,
        action="allocation.close_call",
        subject=call,
        facts={"returned": [server.pk for server in servers]},
        call_id=call.slug,
    )
    return servers
