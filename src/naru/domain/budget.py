"""The budget as a ledger of product-months, in whole budget units (L-05).

A server costs its product's `monthly_cost` for every calendar month it is lent on any day of. A month is
first committed, then spent: once what a month really cost is entered, that replaces the commitment.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from naru.domain.basis import found
from naru.domain.call import Resource
from naru.domain.decision import Finding, Outcome
from naru.domain.periods import month_of, months_from, whole_months
from naru.domain.terms import Text, require

THRESHOLDS = (Fraction(7, 10), Fraction(9, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger: what `holder` costs in `month` (a first day) for `product`, in budget units."""

    month: date
    product: str
    holder: str
    units: int
    kind: Literal["commit", "release", "spend"]

    def __post_init__(self) -> None:
        require(self.units >= 0, f"units: {self.units} is negative")
        require(self.month.day == 1, f"month: {self.month} is not the first day of a month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What may be spent in all, and every entry, in any order."""

    units: int
    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        require(self.units >= 0, f"units: {self.units} is negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """`spent` so far, still `committed`, and `free` (negative when overdrawn); they sum to the budget."""

    units: int
    spent: int
    committed: int
    free: int


def months_left(on: date, end: date) -> int:
    """Whole months of use from the day `on` to the day `end`, both counted; what a refill must have left."""
    return whole_months(on, end)


def last_start(end: date, months: int) -> date:
    """The last day from which `months` whole months of use are left until `end`."""
    day = end
    while months_left(day, end) < months:
        day -= timedelta(days=1)
    return day


def months_charged(on: date, end: date) -> int:
    """How many months a server handed over on the day `on` costs until `end`: every one it touches."""
    return len(months_from(on, end))


def commitment(resource: Resource, holder: str, on: date, end: date) -> tuple[Entry, ...]:
    """The entries that reserve a server from the day it is handed over to the end of support."""
    return tuple(_entry(resource, holder, month, "commit") for month in months_from(on, end))


def release(resource: Resource, holder: str, returned_on: date, end: date) -> tuple[Entry, ...]:
    """The entries that free the months after the one a server is returned in."""
    months = months_from(returned_on, end)[1:]
    return tuple(_entry(resource, holder, month, "release") for month in months)


def spend(resource: Resource, holder: str, month: date) -> Entry:
    """The entry of a month that was used."""
    return _entry(resource, holder, month_of(month), "spend")


def _entry(
    resource: Resource, holder: str, month: date, kind: Literal["commit", "release", "spend"]
) -> Entry:
    return Entry(month=month, product=resource.id, holder=holder, units=resource.monthly_cost, kind=kind)


def _costs(ledger: Ledger) -> tuple[Counter[date], Counter[date]]:
    """Units spent and units still committed, by month."""
    plan: Counter[tuple[date, str, str]] = Counter()
    real: Counter[tuple[date, str, str]] = Counter()
    used = set()
    for entry in ledger.entries:
        key = (entry.month, entry.product, entry.holder)
        if entry.kind == "spend":
            real[key] += entry.units
            used.add(key)
        else:
            plan[key] += entry.units if entry.kind == "commit" else -entry.units
    spent: Counter[date] = Counter()
    committed: Counter[date] = Counter()
    for key, units in real.items():
        spent[key[0]] += units
    for key, units in plan.items():
        if key not in used:
            committed[key[0]] += max(0, units)
    return spent, committed


def balance(ledger: Ledger) -> Balance:
    """Spent, committed and free."""
    spent, committed = (counter.total() for counter in _costs(ledger))
    return Balance(
        units=ledger.units, spent=spent, committed=committed, free=ledger.units - spent - committed
    )


def forecast(ledger: Ledger) -> tuple[tuple[date, int], ...]:
    """What will have been spent by the end of each month that has entries, by month."""
    spent, committed = _costs(ledger)
    total, rows = 0, []
    for month in sorted({*spent, *committed}):
        total += spent[month] + committed[month]
        rows.append((month, total))
    return tuple(rows)


def covered_until(ledger: Ledger) -> date | None:
    """The last day the budget pays for when it is spent early, or None when it covers every entry."""
    for month, total in forecast(ledger):
        if total > ledger.units:
            return month - timedelta(days=1)
    return None


def server_months(entries: Iterable[Entry], holder: str) -> tuple[tuple[str, int], ...]:
    """How many months of each product a holder has used, for a clawback: (product, months), by product."""
    used = {
        (entry.product, entry.month) for entry in entries if entry.holder == holder and entry.kind == "spend"
    }
    return tuple(sorted(Counter(product for product, _ in used).items()))


def watch_budget(ledger: Ledger, thresholds: Sequence[Fraction] = THRESHOLDS) -> tuple[Finding, ...]:
    """L-05: the highest threshold spending has reached, and the day the money ends where it ends early."""
    now = balance(ledger)
    findings = []
    if (until := covered_until(ledger)) is not None:
        findings.append(
            found(
                "L-05",
                "budget_ends_early",
                Outcome.PERSON,
                Text(
                    ko=f"예산이 {until}까지만 충분합니다.",
                    en=f"The budget pays for the servers until {until} only.",
                ),
                covered_until=until,
                free=now.free,
            )
        )
    reached = [share for share in thresholds if Fraction(now.spent) >= share * ledger.units]
    if reached:
        share = max(reached)
        findings.append(
            found(
                "L-05",
                "budget_threshold_reached",
                Outcome.PERSON,
                Text(
                    ko=f"예산의 {share * 100 // 1} % 이상을 썼습니다.",
                    en=f"At least {share * 100 // 1} % of the budget is spent.",
                ),
                spent=now.spent,
                units=now.units,
                threshold=share,
            )
        )
    if findings:
        return tuple(findings)
    enough = Text(ko="예산이 충분합니다.", en="The budget covers what is committed.")
    return (found("L-05", "budget_sufficient", Outcome.PASSED, enough, spent=now.spent, free=now.free),)
