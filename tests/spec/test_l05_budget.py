"""L-05: support ends with the call or with the budget."""

from datetime import date
from fractions import Fraction

import pytest
from programme import call_2025

from naru.domain.budget import (
    Entry,
    Ledger,
    balance,
    commitment,
    covered_until,
    forecast,
    months_left,
    release,
    spend,
    watch_budget,
)

pytestmark = pytest.mark.requirement("L-05")

END = date(2025, 12, 31)


def product(name="npu-120"):
    return call_2025().resource(name)


def ledger(units, *entries):
    return Ledger(units=units, entries=tuple(entries))


def test_a_server_commits_every_month_to_the_end():
    """A server handed over in April is committed for the nine months to December, the first in full."""
    entries = commitment(product(), "a", date(2025, 4, 20), END)
    assert [entry.month.month for entry in entries] == list(range(4, 13))
    now = balance(ledger(100, *entries))
    assert (now.spent, now.committed, now.free) == (0, 18, 82)


def test_what_a_month_cost_replaces_what_was_planned():
    """A month that was used moves from committed to spent and is counted once."""
    entries = commitment(product(), "a", date(2025, 4, 1), END)
    now = balance(ledger(100, *entries, spend(product(), "a", date(2025, 4, 1))))
    assert (now.spent, now.committed, now.free) == (2, 16, 82)
    cheaper = Entry(month=date(2025, 4, 1), product="npu-120", holder="a", units=1, kind="spend")
    assert balance(ledger(100, *entries, cheaper)).free == 83


def test_a_returned_server_frees_the_months_after():
    """A returned server frees the months after the one it is returned in."""
    entries = commitment(product(), "a", date(2025, 4, 1), END)
    freed = release(product(), "a", date(2025, 6, 15), END)
    assert [entry.month.month for entry in freed] == list(range(7, 13))
    assert balance(ledger(100, *entries, *freed)).committed == 6
    assert release(product(), "a", END, END) == ()


def test_the_day_the_money_ends_is_known_beforehand():
    """Where the budget does not last, the last day it pays for is the eve of the month that exceeds it."""
    entries = commitment(product(), "a", date(2025, 4, 1), END)
    assert forecast(ledger(5, *entries))[:3] == (
        (date(2025, 4, 1), 2),
        (date(2025, 5, 1), 4),
        (date(2025, 6, 1), 6),
    )
    assert covered_until(ledger(5, *entries)) == date(2025, 5, 31)
    assert covered_until(ledger(18, *entries)) is None
    assert covered_until(ledger(17, *entries)) == date(2025, 11, 30)
    assert covered_until(ledger(5)) is None


@pytest.mark.parametrize(
    ("on", "months"),
    [
        (date(2025, 11, 1), 2),
        (date(2025, 11, 2), 1),
        (date(2025, 11, 15), 1),
        (date(2025, 12, 1), 1),
        (date(2025, 12, 2), 0),
        (date(2025, 4, 1), 9),
        (date(2026, 1, 1), 0),
    ],
)
def test_months_left_are_whole_months(on, months):
    """The months left are the whole months from the day of handover to the end of support."""
    assert months_left(on, END) == months


@pytest.mark.parametrize(
    ("used", "codes"),
    [
        (6, ["budget_sufficient"]),
        (7, ["budget_threshold_reached"]),
        (9, ["budget_threshold_reached"]),
        (11, ["budget_ends_early", "budget_threshold_reached"]),
    ],
)
def test_spending_warns_at_its_thresholds(used, codes):
    """Spending warns at seven tenths and nine tenths of the budget, and when it will not last."""
    months = [spend(product("npu-60"), f"server {number}", date(2025, 4, 1)) for number in range(used)]
    assert [finding.code for finding in watch_budget(ledger(10, *months))] == codes


def test_the_highest_threshold_is_named():
    """The warning names the highest threshold reached, and the programme may set its own."""
    months = [spend(product("npu-60"), f"server {number}", date(2025, 4, 1)) for number in range(9)]
    assert dict(watch_budget(ledger(10, *months))[0].facts)["threshold"] == "9/10"
    assert watch_budget(ledger(10, *months), [Fraction(1)])[0].code == "budget_sufficient"


def test_entries_are_whole_and_dated():
    """An entry has a month and a cost that is not negative."""
    with pytest.raises(ValueError, match="units"):
        Entry(month=date(2025, 4, 1), product="p", holder="a", units=-1, kind="spend")
    with pytest.raises(ValueError, match="first day"):
        Entry(month=date(2025, 4, 2), product="p", holder="a", units=1, kind="spend")
    with pytest.raises(ValueError, match="units"):
        Ledger(units=-1)
