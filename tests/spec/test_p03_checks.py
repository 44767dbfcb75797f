"""P-03: midpoint check and final check."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from programme import call_2025

from naru.domain.progress import Awardee, due_tasks

pytestmark = pytest.mark.requirement("P-03")

WHOLE_YEAR = Awardee(started_on=date(2025, 4, 3))


def state(obligation, awardee, *day):
    tasks = due_tasks(call_2025(), awardee, datetime(*day, tzinfo=UTC))
    return [(task.due_on, task.state) for task in tasks if task.obligation == obligation]


@pytest.mark.parametrize(
    ("obligation", "month", "before", "after"),
    [
        ("midpoint_check", 8, (2025, 7, 10), (2025, 9, 1)),
        ("final_check", 12, (2025, 11, 10), (2026, 1, 1)),
    ],
)
def test_a_check_is_owed_in_its_month(obligation, month, before, after):
    """Material is owed in August for the midpoint check and in December for the final check."""
    due_on = date(2025, month, 31)
    assert state(obligation, WHOLE_YEAR, *before) == [(due_on, "upcoming")]
    assert state(obligation, WHOLE_YEAR, 2025, month, 15) == [(due_on, "due")]
    assert state(obligation, WHOLE_YEAR, *after) == [(due_on, "overdue")]


def test_a_check_handed_in_is_owed_no_more():
    """A check is owed no more once its material is handed in, each by itself."""
    done = replace(WHOLE_YEAR, midpoint_handed_in=True)
    assert state("midpoint_check", done, 2026, 1, 1) == []
    assert len(state("final_check", done, 2026, 1, 1)) == 1
    assert state("final_check", replace(done, final_handed_in=True), 2026, 1, 1) == []


def test_who_comes_later_or_leaves_before_owes_no_midpoint():
    """An awardee who starts after August or leaves before its end owes no midpoint check."""
    assert state("midpoint_check", Awardee(started_on=date(2025, 9, 1)), 2026, 1, 1) == []
    left = replace(WHOLE_YEAR, ended_on=date(2025, 8, 30))
    assert state("midpoint_check", left, 2026, 1, 1) == []
    assert state("final_check", left, 2026, 1, 1) == []
