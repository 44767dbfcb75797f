"""Reading offers (제안): open, lapsed, nearly due. Whether one has lapsed is judged by the clock alone."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from naru.portal.allocation.models import Offer, RefillBatch
from naru.portal.calls.models import Call

REMIND = timedelta(days=1)


def open_offers(call: Call, at: datetime) -> QuerySet[Offer]:
    """Offers of a call that can be answered at an instant; each holds its place and its server."""
    return Offer.objects.filter(call=call, answer="", expires_at__gt=at)


def unanswered(call: Call, at: datetime) -> QuerySet[Offer]:
    """Offers without an answer that end within a day or have ended, with whom to write to."""
    found = Offer.objects.filter(call=call, answer="", expires_at__lte=at + REMIND)
    return found.select_related("application__applicant").order_by("pk")


def locked_offer(offer: Offer) -> Offer:
    """The offer as it stands now, locked until the transaction ends."""
    found = Offer.objects.select_for_update(of=("self",)).select_related("call", "application")
    return found.get(pk=offer.pk)


def offers(call: Call) -> QuerySet[Offer]:
    """Every offer of a call with what a table shows, the newest first."""
    return Offer.objects.filter(call=call).select_related("application__organisation", "vendor", "cloud")


def batches(call: Call) -> QuerySet[RefillBatch]:
    """The refills of a call, the newest first; not their records, which are long."""
    return RefillBatch.objects.filter(call=call).select_related("decided_by").defer("record")
