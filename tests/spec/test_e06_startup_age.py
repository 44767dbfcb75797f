"""E-06: a startup is at most seven years old."""

from dataclasses import replace
from datetime import date

import pytest
from programme import amended, applicant, call_2025, startup, verdict_of

pytestmark = pytest.mark.requirement("E-06")


@pytest.mark.parametrize(
    ("started", "code", "outcome"),
    [
        (date(2018, 3, 18), "startup_age_met", "passed"),
        (date(2018, 3, 17), "startup_age_met", "passed"),
        (date(2018, 3, 16), "startup_too_old", "failed"),
        (date(2025, 3, 17), "startup_age_met", "passed"),
        (date(2025, 3, 18), "business_not_started", "failed"),
    ],
)
def test_seven_years_run_to_the_anniversary_on_the_closing_day(started, code, outcome):
    """A startup is within seven years of its start on the closing day, the seventh anniversary included."""
    assert verdict_of("E-06", startup(business_started_on=started)) == (code, outcome)


def closing(day):
    call = call_2025()
    track = call.tracks[0]
    entry = track.rounds[0]
    moved = entry.closes_at[0].at.replace(year=day.year, month=day.month, day=day.day)
    instants = (replace(entry.closes_at[0], at=moved),)
    opens = entry.opens_at.replace(year=day.year - 1)
    rounds = (replace(entry, opens_at=opens, closes_at=instants),)
    return amended(tracks=(replace(track, rounds=rounds),), notice_date=opens.date(), schedule=())


@pytest.mark.parametrize(
    ("started", "last"),
    [
        (date(2016, 2, 29), date(2023, 2, 28)),
        (date(2016, 2, 28), date(2023, 2, 28)),
        (date(2017, 2, 28), date(2024, 2, 29)),
        (date(2017, 3, 1), date(2024, 3, 1)),
    ],
)
def test_leap_days_neither_give_nor_take_a_day(started, last):
    """Seven years that meet the end of February end with that month, in leap years and in common ones."""
    facts = startup(business_started_on=started)
    after = date.fromordinal(last.toordinal() + 1)
    assert verdict_of("E-06", facts, call=closing(last)) == ("startup_age_met", "passed")
    assert verdict_of("E-06", facts, call=closing(after)) == ("startup_too_old", "failed")


def test_the_reference_date_is_data():
    """Where the call's data looks at the notice date instead, that day decides."""
    call = call_2025()
    notice = amended(reference_dates=replace(call.reference_dates, startup_age="notice_date"))
    facts = startup(business_started_on=date(2018, 3, 1))
    assert verdict_of("E-06", facts) == ("startup_too_old", "failed")
    assert verdict_of("E-06", facts, call=notice) == ("startup_age_met", "passed")


def test_a_startup_says_when_it_began():
    """A startup that does not say when business started is asked."""
    assert verdict_of("E-06", startup(business_started_on=None)) == ("business_start_missing", "missing")


def test_only_startups_are_judged_by_their_age():
    """An old company that applies as an SME is not judged by its age."""
    facts = applicant(business_started_on=date(1990, 1, 1))
    assert verdict_of("E-06", facts) == ("not_a_startup", "not_applicable")
