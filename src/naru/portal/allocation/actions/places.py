"""A place given up (중도포기, L-03) and free places passed on to the waiting list (충원)."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from naru.domain.periods import day_in
from naru.portal.accounts.models import User
from naru.portal.allocation import queries, refusals
from naru.portal.allocation.models import Award, RefillDecision, Server, Withdrawal
from naru.portal.allocation.notebook import engine_of
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls.models import Call


@transaction.atomic
def withdraw(*, by: User, at: datetime, award: Award, reason: str) -> Withdrawal:
    """Give the place up: the server goes back at once, and the withdrawal is on record as a ground.

    Whether it restricts next year is a case of its own (`progress.actions.notice_case`).
    """
    award = queries.locked(award)
    if award.state not in queries.ACTIVE:
        raise refusals.wrong_state(award.state, ", ".join(queries.ACTIVE))
    if not reason.strip():
        raise refusals.reason_missing()
    withdrawal = Withdrawal.objects.create(
        award=award, reason=reason.strip(), withdrawn_by=by, withdrawn_at=at
    )
    server = Server.objects.select_for_update().filter(award=award).first()
    if server is not None:
        engine_of(server).release(server.reference)
        server.state, server.returned_at = Server.State.RETURNED, at
        server.save()
    award.state, award.ended_at = Award.State.WITHDRAWN, at
    award.save(update_fields=["state", "ended_at"])
    facts = {"reason": fingerprint(withdrawal.reason), "released": server.reference if server else ""}
    record(by=by, at=at, action="allocation.withdraw", subject=award, facts=facts, call_id=award.call.slug)
    return withdrawal


@transaction.atomic
def refill(*, by: User, at: datetime, call: Call, product: str) -> list[RefillDecision]:
    """Pass a product's free places on: one batch a day, an award for each admitted, a reason for each other.

    Refused when nobody waits, when too little time is left, and a second time on one day.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    terms = queries.terms_of(call)
    today = day_in(terms.zone, at)
    if RefillDecision.objects.filter(
        call=call, product=product, decided_at__gte=_midnight(today, terms.zone)
    ).exists():
        raise refusals.refilled_today(product)
    plan = queries.refill_plan(call, product, at)
    if not plan.considered:
        raise refusals.nobody_waits(product)
    if plan.months < plan.min_months:
        raise refusals.min_months(plan.months, plan.min_months)
    Award.objects.bulk_create(
        Award(
            call=call,
            application=entry.application,
            product=product,
            vendor_id=entry.group.vendor_id,
            cloud_id=entry.group.cloud_id,
            source=Award.Source.REFILL,
            created_at=at,
        )
        for entry in plan.offered
        if entry.group is not None
    )
    decisions = RefillDecision.objects.bulk_create(
        _decision(call, product, entry, by=by, at=at) for entry in plan.considered
    )
    facts = {
        "product": product,
        "considered": len(decisions),
        "offered": [entry.application.number for entry in plan.offered],
    }
    record(by=by, at=at, action="allocation.refill", subject=call, facts=facts, call_id=call.slug)
    return decisions


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _decision(
    call: Call, product: str, entry: queries.Considered, *, by: User, at: datetime
) -> RefillDecision:
    return RefillDecision(
        call=call,
        product=product,
        application=entry.application,
        offered=entry.offered,
        clause=entry.clause,
        code=entry.code,
        reason_ko=entry.reason.ko,
        reason_en=entry.reason.en,
        decided_by=by,
        decided_at=at,
    )
