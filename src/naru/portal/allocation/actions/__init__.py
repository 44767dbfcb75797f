"""What may be done in allocation: awards and agreements, servers, withdrawal and refill, the ledger."""

from naru.portal.allocation.actions.agreements import countersign, open_awards, sign_agreement
from naru.portal.allocation.actions.ledger import close_call, record_month
from naru.portal.allocation.actions.offers import accept_offer, decline_offer, remind_offers
from naru.portal.allocation.actions.places import decline, withdraw
from naru.portal.allocation.actions.refill import refill
from naru.portal.allocation.actions.servers import (
    accept_handover,
    deliver_server,
    order_server,
    return_server,
)

__all__ = [
    "accept_handover",
    "accept_offer",
    "close_call",
    "countersign",
    "decline",
    "decline_offer",
    "deliver_server",
    "open_awards",
    "order_server",
    "record_month",
    "refill",
    "remind_offers",
    "return_server",
    "sign_agreement",
    "withdraw",
]
