"""Reading allocation: awards and servers, the budget, the waiting list and what a refill would decide."""

from naru.portal.allocation.queries.awards import (
    ACTIVE,
    locked,
    locked_server,
    on_loan,
    terms_of,
    used_between,
)
from naru.portal.allocation.queries.board import (
    Narrowing,
    award_with_story,
    awards,
    counts,
    matchings_to_open,
    newest_call,
)
from naru.portal.allocation.queries.budget import budget_left, budget_spent, ledger, may_close
from naru.portal.allocation.queries.months import BudgetSheet, budget_sheet
from naru.portal.allocation.queries.terms import agreement_terms, terms_hash
from naru.portal.allocation.queries.waiting import Considered, RefillPlan, refill_plan, waiting_list

__all__ = [
    "ACTIVE",
    "BudgetSheet",
    "Considered",
    "Narrowing",
    "RefillPlan",
    "agreement_terms",
    "award_with_story",
    "awards",
    "budget_left",
    "budget_sheet",
    "budget_spent",
    "counts",
    "ledger",
    "locked",
    "locked_server",
    "matchings_to_open",
    "may_close",
    "newest_call",
    "on_loan",
    "refill_plan",
    "terms_hash",
    "terms_of",
    "used_between",
    "waiting_list",
]
