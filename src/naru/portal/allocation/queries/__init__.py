"""Reading allocation: awards and servers, the budget, the waiting list and what a refill would decide."""

from naru.portal.allocation.queries.awards import (
    ACTIVE,
    locked,
    locked_server,
    on_loan,
    opened,
    promised,
    terms_of,
    used_between,
)
from naru.portal.allocation.queries.batch import Considered, ProductPlan, RefillPlan, refill_plan
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
from naru.portal.allocation.queries.offers import batches, locked_offer, offers, open_offers, unanswered
from naru.portal.allocation.queries.terms import agreement_terms, terms_hash
from naru.portal.allocation.queries.waiting import (
    Standing,
    Waiter,
    listed,
    standing_of,
    waiting_list,
    waiting_lists,
)

__all__ = [
    "ACTIVE",
    "BudgetSheet",
    "Considered",
    "Narrowing",
    "ProductPlan",
    "RefillPlan",
    "Standing",
    "Waiter",
    "agreement_terms",
    "award_with_story",
    "awards",
    "batches",
    "budget_left",
    "budget_sheet",
    "budget_spent",
    "counts",
    "ledger",
    "listed",
    "locked",
    "locked_offer",
    "locked_server",
    "matchings_to_open",
    "may_close",
    "newest_call",
    "offers",
    "on_loan",
    "open_offers",
    "opened",
    "promised",
    "refill_plan",
    "standing_of",
    "terms_hash",
    "terms_of",
    "unanswered",
    "used_between",
    "waiting_list",
    "waiting_lists",
]
