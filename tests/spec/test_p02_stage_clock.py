"""P-02: two months in the same stage."""

from datetime import UTC, date, datetime

import pytest
from programme import call_2025

from naru.domain.progress import Awardee, Report, due_tasks, judge_progress, stage_clocks, statements_owed

pytestmark = pytest.mark.requirement("P-02")

AT = datetime(2025, 12, 31, tzinfo=UTC)
SHORT = {"1": "model_selection", "2": "analysis", "3": "conversion", "4": "optimisation", "5": "serving"}


def awardee(path, start=4, statements=()):
    """An awardee whose reports from April on name the stages of `path`; "." is a month without one."""
    reports = tuple(
        Report(month=date(2025, start + place, 1), stage=SHORT[digit])
        for place, digit in enumerate(path)
        if digit != "."
    )
    given = tuple(date(2025, month, 1) for month in statements)
    return Awardee(started_on=date(2025, start, 1), reports=reports, statements=given)


def owed(path, **facts):
    return [clock.as_of.month for clock in statements_owed(call_2025(), awardee(path, **facts))]


@pytest.mark.parametrize(
    ("path", "months"),
    [
        ("1", []),
        ("11", []),
        ("111", [6]),
        ("1111", [6, 7]),
        ("1122", []),
        ("11222", [8]),
        ("333", [6]),
        ("112233445", []),
        ("121212", []),
    ],
)
def test_two_months_in_one_of_the_first_three_stages_need_a_reason(path, months):
    """Each report that shows the same stage two calendar months after its first needs a reason statement."""
    assert owed(path) == months


@pytest.mark.parametrize("path", ["444444444", "555555555", "123444444", "123455555"])
def test_the_last_two_stages_are_exempt(path):
    """In optimisation and in the inference service no reason is ever due."""
    assert owed(path) == []
    assert not any(clock.reminder for clock in stage_clocks(call_2025(), awardee(path))[3:])


def test_a_month_without_a_report_does_not_stop_the_clock():
    """Leaving out a month's report does not stop the clock."""
    assert owed("1.1") == [6]


def test_the_order_of_the_reports_does_not_matter():
    """The clock reads the reports by month, whatever order they came in."""
    late = awardee("111")
    mixed = Awardee(started_on=late.started_on, reports=tuple(reversed(late.reports)))
    assert stage_clocks(call_2025(), mixed) == stage_clocks(call_2025(), late)


def test_the_reminder_comes_one_month_before():
    """One month before a reason is due, the awardee is reminded."""
    assert [clock.reminder for clock in stage_clocks(call_2025(), awardee("111"))] == [False, True, False]
    found = judge_progress(call_2025(), awardee("11"), AT)[1]
    assert (found.code, found.outcome) == ("stage_reminder", "passed")
    assert found.mend is not None


def test_the_letter_is_demanded_until_it_is_there():
    """The statement is demanded until it is handed in, for each month by itself."""
    before, after = awardee("1111"), awardee("1111", statements=[6, 7])
    demanded = judge_progress(call_2025(), before, AT)[1]
    assert (demanded.code, demanded.outcome) == ("reason_statement_owed", "missing")
    assert dict(demanded.facts)["statements_owed"] == "2025-06, 2025-07"
    assert owed("1111", statements=[6]) == [7]
    assert judge_progress(call_2025(), after, AT)[1].code == "reason_statement_given"


def test_the_letter_is_due_fourteen_days_after_the_month():
    """A reason statement is due fourteen days after the end of its month."""
    tasks = due_tasks(call_2025(), awardee("111"), datetime(2025, 7, 1, tzinfo=UTC))
    (letter,) = [task for task in tasks if task.obligation == "reason_statement"]
    assert (letter.month, letter.due_on, letter.state) == (date(2025, 6, 1), date(2025, 7, 14), "due")


def test_a_new_stage_starts_a_new_clock():
    """The clock starts again with the first report of another stage."""
    clock = stage_clocks(call_2025(), awardee("112"))[-1]
    assert (clock.stage, clock.entered, clock.months) == ("analysis", date(2025, 6, 1), 0)
    assert judge_progress(call_2025(), awardee("112"), AT)[1].code == "stage_moving"


def test_a_step_back_is_shown_to_a_person():
    """A step back to an earlier stage is allowed and shown to a person."""
    codes = [
        (finding.code, finding.outcome)
        for finding in judge_progress(call_2025(), awardee("1321"), AT)
        if finding.clause == "P-02"
    ]
    assert codes[1:] == [("stage_stepped_back", "person")] * 2


def test_a_stage_the_call_does_not_have_is_refused():
    """A report cannot name a stage the call does not have."""
    with pytest.raises(KeyError, match="training"):
        stage_clocks(
            call_2025(),
            Awardee(started_on=date(2025, 4, 1), reports=(Report(month=date(2025, 4, 1), stage="training"),)),
        )
