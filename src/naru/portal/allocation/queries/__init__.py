"""Reading allocation: awards and servers, the budget, the waiting list and what a refill would decide."""

from naru.portal.allocation.queries.awards import (
    ACTIVE,
    locked,
    locked_server,
    on_loan,
    terms_of,
    used_between,
)
from naru.portal.allocation.queries.budget import budget_left, budget_spent, ledger
from naru.portal.allocation.queries.terms import agreement_terms, terms_hash
from naru.portal.allocation.queries.waiting import Considered, RefillPlan, refill_plan, waiting_list

__all__ = [
    "ACTIVE",
    "Considered",
    "RefillPlan",
    "agreement_terms",
    "budget_left",
    "budget_spent",
    "ledger",
    "locked",
    "locked_server",
    "on_loan",
    "refill_plan",
    "terms_hash",
    "terms_of",
    "used_between",
    "waiting_list",
]
