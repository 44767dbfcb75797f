"""What may be done in screening: find, decide, correct, resolve duplicates, route, answer."""

from naru.portal.screening.actions.corrections import (
    Asked,
    answer_correction,
    extend_correction,
    remind,
    request_corrections,
    withdraw_correction,
)
from naru.portal.screening.actions.deciding import decide, rule_finding
from naru.portal.screening.actions.documents import confirm_clean, find, find_round
from naru.portal.screening.actions.duplicates import resolve_duplicates
from naru.portal.screening.actions.renewals import settle_renewal, waive_renewal
from naru.portal.screening.actions.settling import (
    decide_unsupported,
    narrow_models,
    reopen_review,
    settle_silence,
)
from naru.portal.screening.actions.technical import (
    Said,
    answer_review,
    answer_reviews,
    route,
    route_round,
)
from naru.portal.screening.actions.texts import keep_text

__all__ = [
    "Asked",
    "Said",
    "answer_correction",
    "answer_review",
    "answer_reviews",
    "confirm_clean",
    "decide",
    "decide_unsupported",
    "extend_correction",
    "find",
    "find_round",
    "keep_text",
    "narrow_models",
    "remind",
    "reopen_review",
    "request_corrections",
    "resolve_duplicates",
    "route",
    "route_round",
    "rule_finding",
    "settle_renewal",
    "settle_silence",
    "waive_renewal",
    "withdraw_correction",
]
