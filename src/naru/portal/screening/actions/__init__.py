"""What may be done in screening: find, decide, correct, resolve duplicates, route, answer."""

from naru.portal.screening.actions.corrections import answer_correction, request_correction
from naru.portal.screening.actions.documents import confirm_clean, decide, find, find_round
from naru.portal.screening.actions.duplicates import resolve_duplicates
from naru.portal.screening.actions.technical import (
    answer_review,
    decide_unsupported,
    reopen_review,
    route,
    route_round,
)

__all__ = [
    "answer_correction",
    "answer_review",
    "confirm_clean",
    "decide",
    "decide_unsupported",
    "find",
    "find_round",
    "reopen_review",
    "request_correction",
    "resolve_duplicates",
    "route",
    "route_round",
]
