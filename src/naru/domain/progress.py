"""Progress (진도): five stages, monthly reports, the stage clock, what is owed when (P-01 to P-05).

The clock counts calendar months in the call's zone between reports: a report speaks for the end of its month,
so two months in a stage are certain with the third report in a row that names it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from naru.domain.basis import found
from naru.domain.call import Call
from naru.domain.decision import Finding, Outcome
from naru.domain.periods import day_in, last_day, month_after, month_of, months_between, months_from
from naru.domain.terms import Obligation, Stage, Text, require, unique

TaskState = Literal["upcoming", "due", "overdue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A monthly report: the month as its first day and the stage it names."""

    month: date
    stage: str

    def __post_init__(self) -> None:
        require(self.month.day == 1, f"month: {self.month} is not the first day of a month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Awardee:
    """What an awardee has done so far.

    `started_on` is the day of the handover, `ended_on` the day of a withdrawal or exclusion, None while in
    use; `statements` are the months for which a reason statement was handed in, as first days.
    """

    started_on: date
    ended_on: date | None = None
    reports: tuple[Report, ...] = ()
    statements: tuple[date, ...] = ()
    midpoint_handed_in: bool = False
    final_handed_in: bool = False
    survey_answered: bool = False

    def __post_init__(self) -> None:
        unique("reports", (f"{report.month:%Y-%m}" for report in self.reports))

    def ordered(self) -> tuple[Report, ...]:
        """The reports by month, whatever order they came in."""
        return tuple(sorted(self.reports, key=lambda report: report.month))


@dataclass(frozen=True, slots=True, kw_only=True)
class StageClock:
    """How long an awardee has been in a stage as of a reported month.

    `entered` is the first month of the unbroken run of reports naming the stage (a month without a report
    does not stop the clock), `months` the calendar months since. `owes_statement` from `stall_months` on;
    `reminder` one month before. Both stay False where the stage has no `stall_months`.
    """

    stage: str
    entered: date
    as_of: date
    months: int
    owes_statement: bool
    reminder: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something owed: which obligation, for which month, by which day (to midnight in the call's zone)."""

    obligation: str
    month: date | None
    due_on: date
    state: TaskState
    title: Text
    clause: str


def stage_clocks(call: Call, awardee: Awardee) -> tuple[StageClock, ...]:
    """The clock as of every report, by month; KeyError for a stage the call does not have."""
    stages = {stage.id: stage for stage in call.stages}
    clocks: list[StageClock] = []
    for report in awardee.ordered():
        previous = clocks[-1] if clocks else None
        same = previous is not None and previous.stage == report.stage
        entered = previous.entered if previous is not None and same else report.month
        clocks.append(_clock(stages[report.stage], entered, report.month))
    return tuple(clocks)


def _clock(stage: Stage, entered: date, as_of: date) -> StageClock:
    months, limit = months_between(entered, as_of), stage.stall_months
    return StageClock(
        stage=stage.id,
        entered=entered,
        as_of=as_of,
        months=months,
        owes_statement=limit is not None and months >= limit,
        reminder=limit is not None and months == limit - 1,
    )


def statements_owed(call: Call, awardee: Awardee) -> tuple[StageClock, ...]:
    """The months whose reason statement is not there: one goes with every report from the limit on."""
    handed_in = {month_of(month) for month in awardee.statements}
    return tuple(
        clock
        for clock in stage_clocks(call, awardee)
        if clock.owes_statement and clock.as_of not in handed_in
    )


def missing_months(call: Call, awardee: Awardee, at: datetime) -> tuple[date, ...]:
    """The months without a report whose due day has passed."""
    return missing_among(due_tasks(call, awardee, at))


def missing_among(tasks: Iterable[Task]) -> tuple[date, ...]:
    """The same where the tasks are known already."""
    return tuple(
        task.month
        for task in tasks
        if task.obligation == "monthly_report" and task.state == "overdue" and task.month
    )


def due_tasks(call: Call, awardee: Awardee, at: datetime) -> tuple[Task, ...]:
    """Everything the awardee owes and has not done, soonest first, as of a moment."""
    today = day_in(call.zone, at)
    tasks: list[Task] = []
    for obligation in call.obligations:
        tasks += [
            Task(
                obligation=obligation.id,
                month=month,
                due_on=due_on,
                state=_state(today, opens_on, due_on),
                title=obligation.title,
                clause=obligation.clause,
            )
            for month, listed_on, opens_on, due_on in _occurrences(call, obligation, awardee)
            if listed_on <= today
        ]
    return tuple(sorted(tasks, key=lambda task: (task.due_on, task.obligation, task.month or date.min)))


def _state(today: date, opens_on: date, due_on: date) -> TaskState:
    if today > due_on:
        return "overdue"
    return "due" if today >= opens_on else "upcoming"


_Occurrence = tuple[date | None, date, date, date]  # month, listed from, due from, due until


def _occurrences(call: Call, obligation: Obligation, awardee: Awardee) -> Iterator[_Occurrence]:
    end = _end(call, awardee)
    match obligation.due.kind:
        case "monthly":
            return _monthly(obligation, awardee, end)
        case "on_stall":
            return _stalls(call, obligation, awardee)
        case "month":
            return _checks(obligation, awardee, end)
        case _:
            return _after_end(obligation, awardee, end)


def _monthly(obligation: Obligation, awardee: Awardee, end: date) -> Iterator[_Occurrence]:
    """Every month of use without a report; due on `day` of the next month, or with the month itself."""
    reported, day = {report.month for report in awardee.reports}, obligation.due.day
    for month in months_from(awardee.started_on, end):
        if month not in reported:
            closes = last_day(month)
            yield month, month, closes, closes if day is None else _day_in_month(month_after(month, 1), day)


def _stalls(call: Call, obligation: Obligation, awardee: Awardee) -> Iterator[_Occurrence]:
    """Every statement owed; due so many days after its month ends."""
    for clock in statements_owed(call, awardee):
        month = clock.as_of
        yield month, month, month, last_day(month) + timedelta(days=obligation.due.days or 0)


def _checks(obligation: Obligation, awardee: Awardee, end: date) -> Iterator[_Occurrence]:
    """The check in its month, listed a month ahead; not owed by who leaves before its day."""
    done = awardee.midpoint_handed_in if obligation.id == "midpoint_check" else awardee.final_handed_in
    for month in months_from(awardee.started_on, end):
        until = _day_in_month(month, obligation.due.day)
        if month.month == obligation.due.month and until <= end and not done:
            yield month, month_after(month, -1), month, until


def _after_end(obligation: Obligation, awardee: Awardee, end: date) -> Iterator[_Occurrence]:
    """The survey, from the last day of use."""
    if not awardee.survey_answered:
        yield None, end, *_window(obligation, end)


def survey_window(call: Call, awardee: Awardee) -> tuple[date, date] | None:
    """The last day of use, when the survey opens, and the day it is due; None where none is asked (P-05)."""
    asked = next((one for one in call.obligations if one.id == "survey"), None)
    return _window(asked, _end(call, awardee)) if asked else None


def _window(obligation: Obligation, end: date) -> tuple[date, date]:
    return end, end + timedelta(days=obligation.due.days or 0)


def _end(call: Call, awardee: Awardee) -> date:
    return min(awardee.ended_on or call.support.ends, call.support.ends)


def _day_in_month(month: date, day: int | None) -> date:
    last = last_day(month)
    return last if day is None else min(last, month.replace(day=day))


def judge_progress(call: Call, awardee: Awardee, at: datetime) -> tuple[Finding, ...]:
    """The findings of P-01 and P-02: months missing, the clock as of the last report, steps back."""
    reports = _missing_reports(missing_months(call, awardee, at))
    clocks = stage_clocks(call, awardee)
    if not clocks:
        return (reports,)
    owed = {clock.as_of for clock in statements_owed(call, awardee)}
    return (reports, _clock_finding(call, clocks[-1], owed), *_steps_back(call, clocks))


def _missing_reports(missing: tuple[date, ...]) -> Finding:
    names = ", ".join(f"{month:%Y-%m}" for month in missing)
    if not missing:
        reason = Text(ko="기한이 지난 보고가 없습니다.", en="No report is overdue.")
        return found("P-01", "reports_complete", Outcome.PASSED, reason)
    return found(
        "P-01",
        "report_missing",
        Outcome.MISSING,
        Text(ko=f"내지 않은 월간 보고: {names}", en=f"Monthly reports not handed in: {names}."),
        mend=Text(ko="빠진 달의 진도를 보고해 주세요.", en="Report the months that are missing."),
        months=names,
    )


def _clock_finding(call: Call, clock: StageClock, owed: set[date]) -> Finding:
    title = next(stage.title for stage in call.stages if stage.id == clock.stage)
    missing = ", ".join(f"{month:%Y-%m}" for month in sorted(owed))
    mend = None
    if owed:
        code, outcome = "reason_statement_owed", Outcome.MISSING
        mend = Text(ko=f"유지사유서를 내 주세요: {missing}", en=f"Hand in the reason statement: {missing}.")
    elif clock.owes_statement:
        code, outcome = "reason_statement_given", Outcome.PASSED
    elif clock.reminder:
        code, outcome = "stage_reminder", Outcome.PASSED
        mend = Text(
            ko="다음 달에도 같은 단계면 유지사유서가 필요합니다.",
            en="If the next report names the same stage, a reason statement is due with it.",
        )
    else:
        code, outcome = "stage_moving", Outcome.PASSED
    return found(
        "P-02",
        code,
        outcome,
        Text(
            ko=f"{title.ko} 단계 {clock.months}개월 ({clock.entered:%Y-%m}부터)",
            en=f"{title.en} for {clock.months} months (since {clock.entered:%Y-%m}).",
        ),
        mend=mend,
        stage=clock.stage,
        entered=clock.entered,
        as_of=clock.as_of,
        months=clock.months,
        statements_owed=missing,
    )


def _steps_back(call: Call, clocks: tuple[StageClock, ...]) -> Iterator[Finding]:
    """A step back is allowed (another model may be chosen), restarts the clock and is shown to a person."""
    order = {stage.id: place for place, stage in enumerate(call.stages)}
    for before, after in pairwise(clocks):
        if order[after.stage] < order[before.stage]:
            yield found(
                "P-02",
                "stage_stepped_back",
                Outcome.PERSON,
                Text(
                    ko=f"{after.as_of:%Y-%m} 보고에서 앞 단계로 돌아갔습니다.",
                    en=f"The report of {after.as_of:%Y-%m} names an earlier stage than the one before.",
                ),
                before=before.stage,
                after=after.stage,
                month=after.as_of,
            )
