"""What the progress pages say: months, stages and tasks in words, tones of states, a case step by step."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from naru.domain.call import Call as Terms
from naru.domain.decision import Finding
from naru.domain.periods import end_of_day
from naru.domain.progress import StageClock, Task
from naru.portal.progress.models import RestrictionCase, Survey
from naru.portal.progress.queries import Cell, Standing
from naru.portal.progress.questions import QUESTIONS, SCALE, Question
from naru.portal.ui import wording
from naru.portal.ui.components import Event, StepState, YearStep

MEANINGS = {
    "model_selection": _("돌릴 모델과 데이터를 고르고 지원 모델 표와 견줍니다."),
    "analysis": _("모델의 구조와 연산을 살펴 NPU에서 돌지 않는 부분을 찾습니다."),
    "conversion": _("AI 반도체사의 도구로 모델을 NPU용으로 바꾸고 결과가 같은지 봅니다."),
    "optimisation": _("양자화와 묶음 처리로 속도와 정확도를 목표에 맞춥니다."),
    "serving": _("실제 요청을 NPU 서버에서 처리합니다."),
}
AWARD_TONES = {
    "agreement": "wait",
    "ordered": "active",
    "in_use": "ok",
    "withdrawn": "neutral",
    "excluded": "bad",
    "ended": "neutral",
}
TASK_TONES = {"upcoming": "neutral", "due": "wait", "overdue": "bad"}
TASK_STATES = {"upcoming": _("예정"), "due": _("제출할 때"), "overdue": _("기한 지남")}
VERDICT_TONES = {"satisfactory": "ok", "insufficient": "bad", "": "wait"}
PROPOSALS = {
    "achieved": ("ok", _("달성")),
    "partly": ("info", _("일부 달성")),
    "insufficient": ("warn", _("미흡")),
    "not_measured": ("warn", _("측정값 없음")),
}
CASE_TONES = {"noticed": "wait", "heard": "active", "restricted": "bad", "dropped": "neutral"}
CELL_WORDS = {
    "missing": _("보고 없음, 기한 지남"),
    "due": _("보고 기다림"),
    "ahead": _("아직 오지 않은 달"),
    "outside": _("이용 기간이 아님"),
}
DECIDING: dict[str, StepState] = {"hearing": "next", "overdue": "blocked", "decided": "done"}
PHASES = {
    "facts": _("사실 확인"),
    "hearing": _("의견을 듣는 중"),
    "deciding": _("결정할 수 있음"),
    "overdue": _("결정 기한 지남"),
    "decided": _("결정됨"),
}


def month_word(month: date | None, *, short: bool = False) -> str:
    """A month: "2025년 7월" or "July 2025"; short "7월" or "Jul"."""
    if month is None:
        return ""
    if wording.korean():
        return f"{month.month}월" if short else f"{month.year}년 {month.month}월"
    name = wording.MONTHS[month.month - 1]
    return name[:3] if short else f"{name} {month.year}"


def numbers(terms: Terms) -> dict[str, int]:
    """The place of each stage in the call, from 1."""
    return {stage.id: place for place, stage in enumerate(terms.stages, start=1)}


def stage_word(terms: Terms, stage: str) -> str:
    """A stage with its number: "3단계 모델변환(포팅)"."""
    place = numbers(terms)[stage]
    title = wording.localised(terms.stages[place - 1].title)
    return gettext("%(number)s단계 %(title)s") % {"number": place, "title": title}


def clock_word(terms: Terms, clock: StageClock | None) -> str:
    """The stage of the last report and how long it has lasted."""
    if clock is None:
        return gettext("아직 보고한 단계가 없습니다")
    facts = {
        "stage": stage_word(terms, clock.stage),
        "since": month_word(clock.entered),
        "months": clock.months,
    }
    if not clock.months:
        return gettext("%(stage)s, %(since)s에 들어섬") % facts
    return gettext("%(stage)s, %(since)s부터 %(months)s개월째") % facts


def wall_word(terms: Terms, clock: StageClock | None) -> str:
    """The same in a narrow column: the stage and, from the second month on, how long."""
    if clock is None:
        return gettext("아직 보고한 단계가 없습니다")
    stage = stage_word(terms, clock.stage)
    if not clock.months:
        return stage
    return gettext("%(stage)s, %(months)s개월째") % {"stage": stage, "months": clock.months}


def last_minute(instant: datetime) -> datetime:
    """A time limit that ends with a day (midnight, exclusive) as the last minute of that day."""
    return instant - timedelta(minutes=1)


def due_at(terms: Terms, task: Task) -> datetime:
    """When a task is due: the last minute of its last day."""
    return last_minute(end_of_day(terms.zone, task.due_on))


def clauses(terms: Terms) -> dict[str, dict[str, str]]:
    """The call's clauses by code, as the finding cards read them."""
    return {
        one.code: {"code": one.code, "ko": one.text.ko, "en": one.text.en, "place": one.place}
        for one in terms.clauses
    }


def plain(findings: Iterable[Finding]) -> list[Finding]:
    """Findings for people: their reason says it all, the facts under it are for machines."""
    return [replace(one, facts=()) for one in findings]


def task_word(task: Task) -> str:
    """A task and its month: "월간 진도 보고 7월"."""
    title = wording.localised(task.title)
    return f"{title} {month_word(task.month, short=True)}".strip()


def task_rows(terms: Terms, tasks: Iterable[Task]) -> list[dict[str, Any]]:
    """Tasks as a table shows them."""
    return [
        {
            "title": task_word(task),
            "due": due_at(terms, task),
            "tone": TASK_TONES[task.state],
            "state": TASK_STATES[task.state],
            "clause": task.clause,
            "obligation": task.obligation,
        }
        for task in tasks
    ]


def hearing_ends(case: RestrictionCase) -> datetime:
    """The last minute to be heard."""
    return last_minute(case.hearing_until)


def case_steps(case: RestrictionCase, phase: str, decision_until: datetime) -> list[YearStep]:
    """Facts, notice, hearing, decision: which is done, which is now, until when."""
    hearing = phase == "hearing"
    heard = wording.day(case.stated_at) if case.stated_at else _until(case.hearing_until)
    end = wording.day(case.decided_at) if case.decided_at else _until(decision_until)
    deciding = DECIDING.get(phase, "now")
    return [
        YearStep(label=_("사실 확인"), state="done"),
        YearStep(label=_("사전 통지"), state="done", note=wording.day(case.noticed_at)),
        YearStep(label=_("의견 청취"), state="now" if hearing else "done", note=heard),
        YearStep(label=_("결정"), state=deciding, note=end),
    ]


def _until(instant: datetime) -> str:
    return gettext("%(moment)s까지") % {"moment": wording.moment(last_minute(instant), year=False)}


def case_events(case: RestrictionCase) -> list[Event]:
    """What happened in a case, in order of time."""
    told = [
        Event(at=case.noticed_at, title=_("사전 통지"), by=case.noticed_by, detail=case.facts, tone="warn")
    ]
    if case.stated_at:
        told.append(Event(at=case.stated_at, title=_("당사자 의견"), detail=case.statement, tone="info"))
    if case.decided_at:
        tone = "bad" if case.state == RestrictionCase.State.RESTRICTED else "ok"
        title = case.get_state_display()
        told.append(
            Event(at=case.decided_at, title=title, by=case.decided_by, detail=case.reason, tone=tone)  # type: ignore[arg-type]
        )
    return told


def cell_word(terms: Terms, cell: Cell) -> str:
    """A cell of the wall in words, for those who hear it and on hover."""
    month = month_word(cell.month, short=True)
    if cell.kind != "stage":
        return f"{month}: {CELL_WORDS[cell.kind]}"
    words = f"{month}: {stage_word(terms, cell.stage)}"
    if cell.owes:
        return gettext("%(words)s, 정체, 유지사유서 없음") % {"words": words}
    return gettext("%(words)s, 정체, 유지사유서 냄") % {"words": words} if cell.stalled else words


def ground_word(terms: Terms, ground: str) -> str:
    """A ground of the call by its title."""
    return next(wording.localised(one.title) for one in terms.sanction.grounds if one.id == ground)


def survey_rows(survey: Survey | None) -> list[tuple[Any, str]]:
    """Each question with what was answered, in words."""
    return [(one.label, _answer_word(one, survey.answers[one.id])) for one in QUESTIONS] if survey else []


def _answer_word(question: Question, answer: Any) -> str:
    if question.kind == "scale":
        return str(dict(SCALE)[answer])
    if question.kind == "yes_no":
        return gettext("예") if answer else gettext("아니요")
    return f"{answer:,}" if question.kind == "number" else str(answer)


def next_step(one: Standing) -> str:
    """What has to happen next with an award, in a sentence."""
    if one.awardee is None:
        return gettext("서버를 인수하면 진도 보고가 시작됩니다.")
    if not one.tasks:
        return gettext("지금 내야 할 것이 없습니다.")
    task = one.tasks[0]
    facts = {"task": task_word(task), "day": wording.day(task.due_on, year=False)}
    if task.state == "overdue":
        return gettext("%(task)s: 기한(%(day)s)이 지났습니다.") % facts
    return gettext("%(task)s: %(day)s까지") % facts


def report_rows(terms: Terms, one: Standing) -> list[dict[str, Any]]:
    """The reports with their clock and statement, latest first."""
    statements = {row.month: row for row in one.award.reason_statements.all()}
    clocks = {clock.as_of: clock for clock in one.clocks}
    owed = {clock.as_of for clock in one.owed}
    return [
        {
            "report": row,
            "month": month_word(row.month),
            "stage": stage_word(terms, row.stage),
            "number": numbers(terms)[row.stage],
            "months": clocks[row.month].months,
            "stalled": clocks[row.month].owes_statement,
            "owes": row.month in owed,
            "statement": statements.get(row.month),
        }
        for row in sorted(one.award.reports.all(), key=lambda row: row.month, reverse=True)
        if row.month in clocks
    ]
