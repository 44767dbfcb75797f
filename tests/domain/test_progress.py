"""What holds for every course of stages."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from programme import call_2025

from naru.domain.periods import end_of_day, last_day, month_after
from naru.domain.progress import Awardee, Report, due_tasks, stage_clocks, statements_owed

STAGES = [stage.id for stage in call_2025().stages]
courses = st.lists(st.none() | st.sampled_from(STAGES), max_size=9)
moments = st.datetimes(datetime(2025, 4, 1), datetime(2026, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001


def awardee(course):
    reports = tuple(
        Report(month=date(2025, 4 + place, 1), stage=stage)
        for place, stage in enumerate(course)
        if stage is not None
    )
    return Awardee(started_on=date(2025, 4, 1), reports=reports)


@given(courses)
def test_no_letter_is_ever_demanded_in_the_last_two_stages(course):
    for clock in stage_clocks(call_2025(), awardee(course)):
        if clock.stage in STAGES[3:]:
            assert not clock.owes_statement
            assert not clock.reminder


@given(courses)
def test_a_letter_is_demanded_exactly_from_two_months_on(course):
    """Against a second count: walk back from each report over its own stage, gaps included."""
    months = {4 + place: stage for place, stage in enumerate(course) if stage is not None}
    expected = []
    for month, stage in months.items():
        first = month
        while earlier := [other for other in months if other < first]:
            if months[max(earlier)] != stage:
                break
            first = max(earlier)
        if stage in STAGES[:3] and month - first >= 2:
            expected.append(date(2025, month, 1))
    assert [clock.as_of for clock in statements_owed(call_2025(), awardee(course))] == expected


@given(courses, moments)
def test_a_statement_handed_in_removes_its_task_and_no_other(course, at):
    facts = awardee(course)
    call = call_2025()
    tasks = due_tasks(call, facts, at)
    for task in tasks:
        if task.obligation == "reason_statement":
            done = Awardee(started_on=facts.started_on, reports=facts.reports, statements=(task.month,))
            assert set(due_tasks(call, done, at)) == set(tasks) - {task}


@given(courses, moments, st.integers(0, 90))
def test_what_is_overdue_stays_overdue_until_it_is_done(course, at, days):
    call, facts = call_2025(), awardee(course)
    later = {
        (task.obligation, task.month): task.state
        for task in due_tasks(call, facts, at + timedelta(days=days))
    }
    for task in due_tasks(call, facts, at):
        assert (task.obligation, task.month) in later
        if task.state == "overdue":
            assert later[task.obligation, task.month] == "overdue"


@given(courses, moments)
def test_overdue_begins_when_the_due_day_ends_in_seoul(course, at):
    call = call_2025()
    for task in due_tasks(call, awardee(course), at):
        assert (task.state == "overdue") == (at >= end_of_day(call.zone, task.due_on))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-40, 40))
def test_months_can_be_walked_there_and_back(day, count):
    there = month_after(day, count)
    assert there.day == 1
    assert month_after(there, -count) == day.replace(day=1)
    assert last_day(there) + timedelta(days=1) == month_after(there, 1)
