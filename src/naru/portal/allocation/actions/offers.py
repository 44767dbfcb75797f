"""An offered place (제안) accepted or declined by who waits, and its reminders (L-03)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from naru.portal.accounts.models import User
from naru.portal.allocation import queries, refusals
from naru.portal.allocation.models import Award, Offer
from naru.portal.allocation.offering import tell
from naru.portal.applications.parties import must_act_for
from naru.portal.audit.actions import record
from naru.portal.calls.models import Call


@transaction.atomic
def accept_offer(*, by: User, at: datetime, offer: Offer) -> Award:
    """Take the place: the award opens and its agreement can be signed.

    Refused to others (E-01, E-02), once answered, once the offer has lapsed, once the call is closed.
    """
    offer = _answered(offer, Offer.Answer.ACCEPTED, by=by, at=at)
    award = Award.objects.create(
        call=offer.call,
        application=offer.application,
        product=offer.product,
        vendor=offer.vendor,
        cloud=offer.cloud,
        source=offer.source,
        created_at=at,
    )
    facts = {"offer": offer.pk}
    slug = offer.call.slug
    record(by=by, at=at, action="allocation.accept_offer", subject=award, facts=facts, call_id=slug)
    return award


@transaction.atomic
def decline_offer(*, by: User, at: datetime, offer: Offer) -> Offer:
    """Leave the place to the next in line. Nothing follows: no server was held (L-03).

    Refused as `accept_offer` is.
    """
    offer = _answered(offer, Offer.Answer.DECLINED, by=by, at=at)
    facts = {"offer": offer.pk}
    record(
        by=by, at=at, action="allocation.decline_offer", subject=offer.application, facts=facts,
        call_id=offer.call.slug,
    )  # fmt: skip
    return offer


@transaction.atomic
def remind_offers(*, by: User | None, at: datetime, call: Call) -> int:
    """Mail whoever has a day left to answer, and whose offer has ended, once each; how many mails.

    The daily round calls it; running it again writes nothing new. It ends no offer: time does.
    """
    rows = list(queries.unanswered(call, at))
    written = tell("offer_due", [one for one in rows if one.expires_at > at], at=at)
    written += tell("offer_lapsed", [one for one in rows if one.expires_at <= at], at=at)
    if written:
        facts = {"mails": written}
        record(by=by, at=at, action="allocation.remind_offers", subject=call, facts=facts, call_id=call.slug)
    return written


def _answered(offer: Offer, answer: Offer.Answer, *, by: User, at: datetime) -> Offer:
    """The offer with its answer, locked from here on."""
    must_act_for(by, offer.application)
    Call.objects.select_for_update().get(pk=offer.call_id)  # no refill counts places meanwhile
    offer = queries.locked_offer(offer)
    if offer.answer:
        raise refusals.offer_answered(offer.answer)
    if offer.expires_at <= at:
        raise refusals.offer_lapsed(f"{timezone.localtime(offer.expires_at):%Y-%m-%d %H:%M}")
    if offer.call.state == Call.State.ENDED:
        raise refusals.call_closed()
    offer.answer, offer.answered_by, offer.answered_at = answer, by, at
    offer.save(update_fields=["answer", "answered_by", "answered_at"])
    return offer
