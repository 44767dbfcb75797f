"""P-06: the next call reads the register."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from programme import amended, applicant, call_2025, screened

from naru.domain.decision import Outcome
from naru.domain.eligibility import overall
from naru.domain.sanction import Case, Restriction, barred, may_decide, phase, restriction

pytestmark = pytest.mark.requirement("P-06")

NOTICE = datetime(2026, 1, 5, 3, tzinfo=UTC)  # noon of 5 January in Seoul
CASE = Case(unit="company:1", ground="final_insufficient", facts="KPI mean 1/4", noticed_at=NOTICE)


def call_of(year):
    """The same call, moved to another year."""
    call = call_2025()
    track = call.tracks[0]
    entry = track.rounds[0]
    shut = entry.closes_at[0]
    moved = replace(
        entry,
        opens_at=entry.opens_at.replace(year=year),
        closes_at=(replace(shut, at=shut.at.replace(year=year)),),
    )
    return amended(
        tracks=(replace(track, rounds=(moved,)),),
        notice_date=call.notice_date.replace(year=year),
        support=replace(call.support, ends=call.support.ends.replace(year=year)),
        schedule=(),
    )


@pytest.mark.parametrize("ground", ["final_insufficient", "withdrawal", "survey_missing"])
def test_a_restriction_of_one_year_bars_the_next_and_no_later_one(ground):
    """What was decided about the 2025 call bars from the call of 2026 and from no later one."""
    entry = restriction(call_2025(), replace(CASE, ground=ground), NOTICE + timedelta(days=30))
    for year, outcome in [(2025, Outcome.PASSED), (2026, Outcome.FAILED), (2027, Outcome.PASSED)]:
        certificate = replace(applicant().documents[0], valid_until=date(2030, 1, 1))
        facts = applicant(documents=(certificate,))
        assert overall(screened(facts, [entry], call_of(year))) is outcome


def test_the_entry_never_acts_before_its_decision():
    """A restriction starts with the next calendar year, or on the day it was decided if that is later."""
    early = restriction(call_2025(), CASE, datetime(2025, 7, 1, tzinfo=UTC))
    assert (early.starts, early.ends) == (date(2026, 1, 1), date(2026, 12, 31))
    late = restriction(call_2025(), CASE, datetime(2026, 2, 3, 15, tzinfo=UTC))
    assert (late.starts, late.ends) == (date(2026, 2, 4), date(2026, 12, 31))


def test_a_bar_that_came_too_late_is_refused():
    """A bar on a year that is already over cannot be entered."""
    with pytest.raises(ValueError, match="after the barred years"):
        restriction(call_2025(), CASE, datetime(2027, 1, 1, tzinfo=UTC))


def test_a_ground_without_a_bar_enters_nothing():
    """Use outside the plan ends the support; the guide names no bar for it, so none is entered."""
    assert restriction(call_2025(), replace(CASE, ground="use_outside_plan"), NOTICE) is None


@pytest.mark.parametrize(
    ("at", "where", "code", "outcome"),
    [
        (datetime(2026, 1, 25, 14, 59, tzinfo=UTC), "hearing", "hearing_open", "failed"),
        (datetime(2026, 1, 25, 15, 0, tzinfo=UTC), "deciding", "ready", "passed"),
        (datetime(2026, 2, 24, 14, 59, tzinfo=UTC), "deciding", "ready", "passed"),
        (datetime(2026, 2, 24, 15, 0, tzinfo=UTC), "overdue", "decision_late", "person"),
    ],
)
def test_twenty_days_to_be_heard_then_thirty_to_decide(at, where, code, outcome):
    """After the prior notice come twenty days to be heard, then thirty to decide, to midnight in Seoul."""
    found = may_decide(call_2025(), CASE, at)
    assert (phase(call_2025(), CASE, at), found.code, found.outcome) == (where, code, outcome)


def test_who_was_heard_early_can_be_decided_early():
    """A statement that comes early ends the time to be heard."""
    heard = replace(CASE, heard_at=NOTICE + timedelta(days=2))
    assert may_decide(call_2025(), heard, NOTICE + timedelta(days=3)).code == "ready"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"facts": " "}, "facts_missing"),
        ({"noticed_at": None}, "notice_missing"),
        ({"decided_at": NOTICE}, "decided_already"),
    ],
)
def test_no_step_can_be_left_out(changes, code):
    """Without facts or prior notice nothing is decided, and nothing is decided twice."""
    found = may_decide(call_2025(), replace(CASE, **changes), NOTICE + timedelta(days=25))
    assert (found.code, found.outcome, found.clause) == (code, "failed", "P-04")


def test_the_register_answers_in_a_fixed_order():
    """The register names the entries of a unit in force on a day, oldest first."""
    first = Restriction(
        unit="u", ground="withdrawal", starts=date(2025, 1, 1), ends=date(2025, 12, 31), source="a"
    )
    second = replace(first, starts=date(2025, 2, 1), ends=None)
    other = replace(first, unit="v")
    for register in ([first, second, other], [other, second, first]):
        assert barred(register, "u", date(2025, 3, 1)) == (first, second)
        assert barred(register, "u", date(2025, 1, 31)) == (first,)
        assert barred(register, "u", date(2026, 1, 1)) == (second,)


def test_an_entry_that_ends_before_it_starts_is_refused():
    """A restriction cannot end before it starts."""
    with pytest.raises(ValueError, match="ends"):
        Restriction(unit="u", ground="x", starts=date(2025, 2, 1), ends=date(2025, 1, 1), source="a")


def test_a_ground_the_call_does_not_name_is_refused():
    """Nobody is sanctioned on a ground the call does not name."""
    with pytest.raises(KeyError, match="bad_manners"):
        may_decide(call_2025(), replace(CASE, ground="bad_manners"), NOTICE)
