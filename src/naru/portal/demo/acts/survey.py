"""The survey (설문과 성과조사): nearly all answer in time, three do not, one of them is heard (P-05)."""

from datetime import datetime, timedelta
from functools import partial

from naru.portal.allocation.models import Award
from naru.portal.demo import calendar
from naru.portal.demo.year import Year
from naru.portal.progress import actions as progress
from naru.portal.progress.models import RestrictionCase
from naru.portal.progress.queries import SURVEY_MISSING

SILENT = (10, 70, 130)  # places in the order of the handover, if still in use at the end
PLANS = (  # the first is of those without a service yet
    "정확도를 더 높인 뒤 내년에 서비스를 시작합니다.",
    "이어서 NPU로 서비스하고 모델을 하나 더 옮깁니다.",
    "다른 NPU와 견주어 본 뒤 정하겠습니다.",
)


def ask(year: Year) -> None:
    """The last fortnight of January; then a notice, an opinion and a decision on one who stayed silent."""
    stayed = [award for award in year.awards if award.pk not in year.left]
    silent = [stayed[place] for place in SILENT if place < len(stayed)]
    for award in stayed:
        if award not in silent:
            at = calendar.within(year.rng, calendar.SURVEYS, 14)
            year.player.later(at, partial(answer, year, award))
    if silent:
        year.player.later(calendar.on(2, 2, year=2026), partial(_notice, year, silent[0]))
    year.player.run()


def answer(year: Year, award: Award, at: datetime) -> None:
    """An awardee answers; most of those who came far have a service."""
    launched = award.pk % 3 != 0
    answers = {
        "satisfaction": 3 + award.pk % 3 if launched else 2 + award.pk % 2,
        "launched": launched,
        "users": award.pk * 37 % 2000 if launched else 0,
        "jobs": award.pk % 4,
        "plans": PLANS[award.pk % len(PLANS)],
        "follow_up": award.pk % 5 != 0,
    }
    by = award.application.applicant
    year.player.play(progress.answer_survey, by=by, at=at, award=award, answers=answers)


def _notice(year: Year, award: Award, at: datetime) -> None:
    case = year.player.play(
        progress.notice_case,
        by=year.operators[0],
        at=at,
        award=award,
        ground=SURVEY_MISSING,
        facts="설문 기한인 1월 30일까지 답하지 않았습니다.",
    )
    year.player.later(at + timedelta(days=8), partial(_opine, year, case))
    year.player.later(at + timedelta(days=21), partial(_decide, year, case))


def _opine(year: Year, case: RestrictionCase, at: datetime) -> None:
    by, text = case.award.application.applicant, "담당자가 그만두어 안내를 보지 못했습니다."
    year.player.play(progress.state_opinion, by=by, at=at, case=case, text=text)


def _decide(year: Year, case: RestrictionCase, at: datetime) -> None:
    reason = "의견을 살폈으나 기한을 넘긴 뒤에도 답이 없어 제한합니다. 환수는 장부의 금액을 기준으로 합니다."
    year.player.play(
        progress.decide_case, by=year.operators[1], at=at, case=case, restrict=True, reason=reason
    )
