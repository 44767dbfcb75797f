"""Free places of every product passed on to the waiting lists (충원, L-03): one batch a day, by offers."""

from datetime import datetime

from django.db import transaction

from naru.domain.periods import day_in
from naru.domain.refill import answer_until
from naru.portal.accounts.models import User
from naru.portal.allocation import queries, refusals
from naru.portal.allocation.models import Award, Offer, RefillBatch, RefillDecision
from naru.portal.allocation.offering import tell
from naru.portal.audit.actions import record
from naru.portal.calls.models import Call


@transaction.atomic
def refill(*, by: User, at: datetime, call: Call, seen: str = "") -> RefillBatch:
    """Offer every free place: an offer for each admitted, a reason for each other, the record of it all.

    `seen`: the root of the plan the person looked at. A second run on one day of the call's zone gives the
    first one's batch and changes nothing. Refused when nobody waits, when too little time is left, and when
    the plan is no longer the one that was seen.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    terms = queries.terms_of(call)
    day = day_in(terms.zone, at)
    done = RefillBatch.objects.filter(call=call, day=day).first()
    if done is not None:
        return done
    if call.state == Call.State.ENDED:
        raise refusals.call_closed()
    plan = queries.refill_plan(call, at)
    if not plan.considered:
        raise refusals.nobody_waits()
    if plan.facts.months < plan.facts.min_months:
        raise refusals.min_months(plan.facts.months, plan.facts.min_months)
    if seen and seen != plan.root:
        raise refusals.plan_changed()
    batch = RefillBatch.objects.create(
        call=call, day=day, record=plan.record, root=plan.root, decided_by=by, decided_at=at
    )
    RefillDecision.objects.bulk_create(_decision(batch, entry) for entry in plan.considered)
    until = answer_until(terms.zone, at, terms.refill.offer_days)
    offers = Offer.objects.bulk_create(_offer(batch, entry, until) for entry in plan.offered)
    tell("offered", offers, at=at)
    facts = {
        "day": day.isoformat(),
        "considered": len(plan.considered),
        "offered": list(plan.batch.offers),
        "root": plan.root,
    }
    record(by=by, at=at, action="allocation.refill", subject=call, facts=facts, call_id=call.slug)
    return batch


def _offer(batch: RefillBatch, entry: queries.Considered, until: datetime) -> Offer:
    if entry.group is None:
        raise AssertionError("whoever is offered a place has a server")
    return Offer(
        batch=batch,
        call=batch.call,
        application=entry.application,
        product=entry.group.product,
        vendor=entry.group.vendor,
        cloud=entry.group.cloud,
        source=Award.Source.APPEAL if entry.appealed else Award.Source.REFILL,
        offered_at=batch.decided_at,
        expires_at=until,
    )


def _decision(batch: RefillBatch, entry: queries.Considered) -> RefillDecision:
    return RefillDecision(
        batch=batch,
        call=batch.call,
        product=entry.product,
        application=entry.application,
        offered=entry.offered,
        clause=entry.clause,
        code=entry.code,
        reason_ko=entry.reason.ko,
        reason_en=entry.reason.en,
        decided_by=batch.decided_by,
        decided_at=batch.decided_at,
    )
