"""P-05: survey, and the cost that may be claimed back."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from programme import call_2025

from naru.domain.budget import Entry, server_months, spend
from naru.domain.progress import Awardee, due_tasks
from naru.domain.sanction import clawback

pytestmark = pytest.mark.requirement("P-05")


def survey(awardee, *day):
    tasks = due_tasks(call_2025(), awardee, datetime(*day, tzinfo=UTC))
    return [(task.due_on, task.state) for task in tasks if task.obligation == "survey"]


def test_the_survey_is_owed_when_the_support_ends():
    """The survey is owed from the last day of support, for thirty days."""
    awardee = Awardee(started_on=date(2025, 4, 1))
    assert survey(awardee, 2025, 12, 30) == []
    assert survey(awardee, 2025, 12, 31) == [(date(2026, 1, 30), "due")]
    assert survey(awardee, 2026, 1, 31) == [(date(2026, 1, 30), "overdue")]
    assert survey(replace(awardee, survey_answered=True), 2026, 1, 31) == []


def test_who_leaves_early_owes_the_survey_early():
    """Who leaves early owes the survey from the day of leaving."""
    awardee = Awardee(started_on=date(2025, 4, 1), ended_on=date(2025, 6, 30))
    assert survey(awardee, 2025, 7, 1) == [(date(2025, 7, 30), "due")]


def test_the_cost_comes_from_the_months_really_used():
    """The cost claimed back is the months really used times the monthly cost of the product."""
    call = call_2025()
    entries = [spend(call.resource("npu-120"), "a", date(2025, month, 9)) for month in (4, 5, 6)]
    entries += [spend(call.resource("npu-60"), "b", date(2025, 4, 1))]
    planned = Entry(month=date(2025, 7, 1), product="npu-120", holder="a", units=2, kind="commit")
    used = server_months([*entries, planned], "a")
    assert used == (("npu-120", 3),)
    assert clawback(call, "survey_missing", used) == 6


def test_a_month_entered_twice_counts_once():
    """A month that was entered twice is claimed back once."""
    entry = spend(call_2025().resource("npu-60"), "a", date(2025, 4, 1))
    assert server_months([entry, entry], "a") == (("npu-60", 1),)


@pytest.mark.parametrize("ground", ["withdrawal", "use_outside_plan", "final_insufficient"])
def test_only_a_missing_survey_claims_back(ground):
    """No cost is claimed back on any other ground."""
    assert clawback(call_2025(), ground, [("npu-240", 9)]) == 0


def test_what_cannot_be_computed_is_refused():
    """A negative count of months or an unknown product is an error, never a smaller bill."""
    with pytest.raises(ValueError, match="negative"):
        clawback(call_2025(), "survey_missing", [("npu-60", -1)])
    with pytest.raises(KeyError, match="npu-1"):
        clawback(call_2025(), "survey_missing", [("npu-1", 1)])
