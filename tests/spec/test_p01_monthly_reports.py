"""P-01: five stages, one report a month."""

from datetime import UTC, date, datetime

import pytest
from programme import call_2025

from naru.domain.progress import Awardee, Report, due_tasks, judge_progress, missing_months

pytestmark = pytest.mark.requirement("P-01")

STAGES = ["model_selection", "analysis", "conversion", "optimisation", "serving"]


def seoul_midnight(year, month, day):
    """The first instant of a day in Seoul, as UTC."""
    before = date.fromordinal(date(year, month, day).toordinal() - 1)
    return datetime(before.year, before.month, before.day, 15, tzinfo=UTC)


def reports(*months):
    return tuple(Report(month=date(2025, month, 1), stage="serving") for month in months)


def monthly(awardee, at):
    return [
        (task.month.month, task.due_on, task.state)
        for task in due_tasks(call_2025(), awardee, at)
        if task.obligation == "monthly_report"
    ]


def test_the_stages_are_five():
    """The stages are model selection, analysis, conversion, optimisation and the inference service."""
    assert [stage.id for stage in call_2025().stages] == STAGES


def test_a_report_is_owed_for_every_month_of_use():
    """A report is owed for every month in which the server is held, the first and the last included."""
    awardee = Awardee(started_on=date(2025, 4, 20))
    after = seoul_midnight(2026, 2, 1)
    assert [month for month, _, _ in monthly(awardee, after)] == list(range(4, 13))
    assert missing_months(call_2025(), awardee, after) == tuple(date(2025, m, 1) for m in range(4, 13))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ((2025, 4, 25), "upcoming"),
        ((2025, 4, 30), "due"),
        ((2025, 5, 10), "due"),
        ((2025, 5, 11), "overdue"),
    ],
)
def test_a_month_is_reported_by_the_tenth_of_the_next(day, state):
    """A month's report is due from its last day to the tenth of the next month, that day included."""
    awardee = Awardee(started_on=date(2025, 4, 20))
    first = monthly(awardee, seoul_midnight(*day))[0]
    assert first == (4, date(2025, 5, 10), state)


def test_days_are_judged_in_seoul():
    """The month and the due day turn at midnight in Seoul, not at midnight UTC."""
    awardee = Awardee(started_on=date(2025, 4, 20), reports=reports(4))
    assert monthly(awardee, datetime(2025, 4, 30, 14, 59, tzinfo=UTC)) == []
    assert monthly(awardee, datetime(2025, 4, 30, 15, 0, tzinfo=UTC))[0][0] == 5
    last_minute = datetime(2025, 6, 10, 14, 59, tzinfo=UTC)
    assert monthly(awardee, last_minute)[0] == (5, date(2025, 6, 10), "due")
    assert monthly(awardee, datetime(2025, 6, 10, 15, 0, tzinfo=UTC))[0][2] == "overdue"


def test_a_moment_without_its_offset_is_refused():
    """A moment whose zone is unknown cannot be judged."""
    with pytest.raises(ValueError, match="aware"):
        due_tasks(call_2025(), Awardee(started_on=date(2025, 4, 1)), datetime(2025, 5, 1))  # noqa: DTZ001


def test_reported_months_are_owed_no_more():
    """A month that was reported is owed no more, and only the overdue ones are missing."""
    awardee = Awardee(started_on=date(2025, 4, 1), reports=reports(4, 6))
    at = seoul_midnight(2025, 7, 1)
    assert missing_months(call_2025(), awardee, at) == (date(2025, 5, 1),)
    first = judge_progress(call_2025(), awardee, at)[0]
    assert (first.code, first.outcome, first.facts) == ("report_missing", "missing", (("months", "2025-05"),))


def test_nothing_is_owed_after_leaving():
    """Who leaves the programme owes reports up to the month of leaving."""
    awardee = Awardee(started_on=date(2025, 4, 1), ended_on=date(2025, 6, 2))
    assert [month for month, _, _ in monthly(awardee, seoul_midnight(2025, 12, 31))] == [4, 5, 6]


def test_a_complete_awardee_passes():
    """An awardee who reported every month passes."""
    awardee = Awardee(started_on=date(2025, 4, 1), reports=reports(4, 5))
    assert judge_progress(call_2025(), awardee, seoul_midnight(2025, 6, 9))[0].code == "reports_complete"
    fresh = judge_progress(call_2025(), Awardee(started_on=date(2025, 4, 1)), seoul_midnight(2025, 4, 2))
    assert [finding.code for finding in fresh] == ["reports_complete"]


def test_a_month_is_reported_once():
    """A month has one report."""
    with pytest.raises(ValueError, match="2025-04"):
        Awardee(started_on=date(2025, 4, 1), reports=reports(4, 4))


def test_a_month_is_written_as_its_first_day():
    """A month is given by its first day."""
    with pytest.raises(ValueError, match="first day"):
        Report(month=date(2025, 4, 2), stage="serving")
