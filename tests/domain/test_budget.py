"""What holds for every ledger."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from programme import call_2025

from naru.domain.budget import (
    Ledger,
    balance,
    commitment,
    covered_until,
    forecast,
    months_left,
    release,
    spend,
)
from naru.domain.periods import last_day_of_period, months_from

END = date(2025, 12, 31)
products = st.sampled_from(call_2025().resources)
handovers = st.dates(date(2025, 4, 1), END)


@st.composite
def awards(draw):
    """The entries of one award: handed over, perhaps returned early, some months used."""
    product, holder, on = draw(products), draw(st.uuids()).hex, draw(handovers)
    entries = list(commitment(product, holder, on, END))
    returned = draw(st.none() | st.dates(on, END))
    if returned:
        entries += release(product, holder, returned, END)
    used = draw(st.integers(0, len(months_from(on, returned or END))))
    return [*entries, *(spend(product, holder, month) for month in months_from(on, END)[:used])]


ledgers = st.builds(
    lambda units, lines: Ledger(units=units, entries=tuple(entry for line in lines for entry in line)),
    st.integers(0, 200),
    st.lists(awards(), max_size=5),
)


@given(ledgers)
def test_spent_committed_and_free_make_the_budget(ledger):
    now = balance(ledger)
    assert now.spent + now.committed + now.free == ledger.units
    assert now.spent >= 0
    assert now.committed >= 0


@given(ledgers)
def test_the_forecast_ends_where_the_balance_stands(ledger):
    rows = forecast(ledger)
    totals = [total for _, total in rows]
    assert totals == sorted(totals)
    now = balance(ledger)
    assert (totals[-1] if totals else 0) == now.spent + now.committed
    assert (covered_until(ledger) is None) == (now.free >= 0)


@given(ledgers, st.randoms(use_true_random=False))
def test_the_order_of_the_entries_does_not_matter(ledger, random):
    mixed = list(ledger.entries)
    random.shuffle(mixed)
    assert forecast(Ledger(units=ledger.units, entries=tuple(mixed))) == forecast(ledger)


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_months_left_is_the_longest_period_that_fits(on, end):
    count = months_left(on, end)
    assert count == 0 or last_day_of_period(on, count) <= end
    assert last_day_of_period(on, count + 1) > end
    assert count <= len(months_from(on, end))
