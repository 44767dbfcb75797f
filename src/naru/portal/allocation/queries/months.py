"""The ledger as a table: budget units by month and product, and what stays of the budget."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from naru.domain import budget
from naru.domain.decision import Finding
from naru.portal.allocation.models import LedgerEntry
from naru.portal.allocation.queries.awards import terms_of
from naru.portal.allocation.queries.budget import ledger, may_close
from naru.portal.calls.models import Call


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """One month of the ledger: units spent by product in the table's order, their sum, servers counted."""

    month: date
    units: tuple[int, ...]
    total: int
    servers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetSheet:
    """The whole budget page. `limit` is None while the call names no budget, `findings` then empty.

    `closable`: the support is over or the budget spent, and the call not closed yet.
    """

    products: tuple[str, ...]
    months: tuple[MonthRow, ...]
    limit: int | None
    spent: int
    committed: int
    free: int | None
    closable: bool
    findings: tuple[Finding, ...]


def budget_sheet(call: Call, at: datetime) -> BudgetSheet:
    """What was spent each month, what is committed until the support ends, and the warnings of L-05."""
    terms = terms_of(call)
    books = ledger(call, terms, at)
    now = budget.balance(books)
    products = tuple(resource.id for resource in terms.resources)
    spent: Counter[tuple[date, str]] = Counter()
    servers: Counter[date] = Counter()
    rows = LedgerEntry.objects.filter(award__call=call).values_list("month", "award__product", "units")
    for month, product, units in rows.order_by("month"):
        spent[month, product] += units
        servers[month] += 1
    months = tuple(
        MonthRow(
            month=month,
            units=tuple(spent[month, product] for product in products),
            total=sum(spent[month, product] for product in products),
            servers=servers[month],
        )
        for month in sorted(servers)
    )
    return BudgetSheet(
        products=products,
        months=months,
        limit=terms.budget.units if terms.budget else None,
        spent=now.spent,
        committed=now.committed,
        free=now.free if terms.budget else None,
        closable=may_close(call, terms, at),
        findings=budget.watch_budget(books) if terms.budget else (),
    )
