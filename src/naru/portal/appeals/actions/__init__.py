"""What may be done about appeals: file and withdraw; extend, answer, confirm; review again, settle, seat."""

from naru.portal.appeals.actions.answering import Answer, answer, confirm, extend, send_back
from naru.portal.appeals.actions.filing import file, withdraw
from naru.portal.appeals.actions.settling import appoint, propose_seat, settle, sign_seat

__all__ = [
    "Answer",
    "answer",
    "appoint",
    "confirm",
    "extend",
    "file",
    "propose_seat",
    "send_back",
    "settle",
    "sign_seat",
    "withdraw",
]
