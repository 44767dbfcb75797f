"""The months of use (이용): reports, statements, ledger, withdrawals and their refill, midpoint check."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from naru.domain.periods import month_after, months_between
from naru.portal.allocation import actions as allocation
from naru.portal.allocation.models import Award, Offer
from naru.portal.allocation.queries.waiting import waiting_lists
from naru.portal.demo import calendar
from naru.portal.demo.acts import allocation as handing
from naru.portal.demo.acts import survey
from naru.portal.demo.year import Year
from naru.portal.progress import actions as progress
from naru.portal.progress.models import Check

STAGES = ("model_selection", "analysis", "conversion", "optimisation", "serving")
LEAVE = ((5, 20), (6, 17), (7, 8), (8, 26), (9, 16), (11, 11))  # days on which somebody gives the place up
LATE = 11  # from this month on too little is left to refill
NOTES = (
    "후보 모델을 비교하고 기준 정확도를 쟀습니다.",
    "연산자와 메모리를 분석했습니다.",
    "변환한 모델의 출력을 원본과 맞추었습니다.",
    "INT8로 최적화하고 정확도 손실을 확인했습니다.",
    "추론 서비스를 부하 시험했습니다.",
)
REASONS = "변환하지 못한 연산자가 있어 반도체사와 바꿀 방법을 찾고 있습니다."


def use(year: Year) -> None:
    """April to October with their reports; those of November and December belong to the year's end."""
    for month in calendar.MONTHS[:-2]:
        plan_month(year, month)
    for leaves in LEAVE:
        year.player.later(calendar.on(*leaves), partial(_give_up, year))
    year.player.later(calendar.on(8, 10), partial(_midpoint, year))
    year.player.run()


def plan_month(year: Year, month: date) -> None:
    """Put a month's reports (first nine days of the next month) and its ledger (the tenth) on the agenda."""
    following = month_after(month, 1)
    first = calendar.on(following.month, 1, 8, year=following.year)
    year.player.later(first, partial(_reports, year, month))
    year.player.later(first + timedelta(days=9), partial(_record, year, month))


def _record(year: Year, month: date, at: datetime) -> None:
    year.player.play(allocation.record_month, by=year.operators[0], at=at, call=year.call, month=month)


def _reports(year: Year, month: date, begins: datetime) -> None:
    """Plan the reports of a month, and the reason statements that go with some of them."""
    for number, award in enumerate(year.awards):
        began = year.began(award)
        if began > month or award.pk in year.left or _forgets(award, month):
            continue
        months = months_between(began, month)
        at = calendar.within(year.rng, begins, 9)
        year.player.later(at, partial(_report, year, award, month, _stage(award, months)))
        if _stalled(award, months) and number % 3:
            year.player.later(at + timedelta(minutes=15), partial(_state, year, award, month))


def _forgets(award: Award, month: date) -> bool:
    """Some never remember a month or two."""
    return award.pk % 14 == 5 and month.month in (6, 9)


def _slow(award: Award) -> int:
    """The stage (0 to 2) in which an award gets stuck for four months, or -1."""
    return award.pk % 11 // 4 if award.pk % 11 in (0, 4, 8) and award.pk % 2 else -1


def _stage(award: Award, months: int) -> str:
    """The stage after so many months: about one and a half months each, three more where one is stuck."""
    stuck = _slow(award)
    place = min(len(STAGES) - 1, (months * 2 + award.pk % 2) // 3)
    if stuck >= 0 and place >= stuck:
        place = max(stuck, (max(0, months - 3) * 2) // 3)
    return STAGES[min(place, len(STAGES) - 1)]


def _stalled(award: Award, months: int) -> bool:
    """Whether this is the third report or a later one that names one of the first three stages."""
    names = [_stage(award, earlier) for earlier in range(max(0, months - 2), months + 1)]
    return len(names) == 3 and len(set(names)) == 1 and names[0] in STAGES[:3]


def _report(year: Year, award: Award, month: date, stage: str, at: datetime) -> None:
    year.player.play(
        progress.report_month,
        by=award.application.applicant,
        at=at,
        award=award,
        month=month,
        stage=stage,
        note=NOTES[STAGES.index(stage)],
        evidence=(f"run-{award.pk:04d}-{month:%m}.json",),
    )


def _state(year: Year, award: Award, month: date, at: datetime) -> None:
    by = award.application.applicant
    year.player.play(progress.state_reason, by=by, at=at, award=award, month=month, text=REASONS)


def _give_up(year: Year, at: datetime) -> None:
    """Somebody gives the place up; two days later it is passed on."""
    running = [award for award in year.awards if award.pk not in year.left]
    award = running[(at.month * 13) % len(running)]
    reason = "서비스 방향을 바꾸어 서버가 더 필요하지 않습니다."
    by = award.application.applicant
    year.player.play(allocation.withdraw, by=by, at=at, award=award, reason=reason)
    year.left[award.pk] = at
    year.player.later(at + timedelta(days=9), partial(survey.answer, year, award))
    year.player.later(at + timedelta(days=2), partial(_refill, year))


def _refill(year: Year, at: datetime) -> None:
    """The place is offered unless nobody waits or too little time is left; offers are taken a day later."""
    arguments: dict[str, Any] = {"by": year.operators[0], "at": at, "call": year.call}
    if at.month >= LATE or not any(waiting_lists(year.call).values()):
        year.player.try_in_vain(allocation.refill, **arguments)
        return
    batch = year.player.play(allocation.refill, **arguments)
    related = ("application__applicant", "application__organisation", "call")
    for offer in batch.offers.select_related(*related).order_by("pk"):
        year.player.later(at + timedelta(days=1), partial(_take, year, offer))


def _take(year: Year, offer: Offer, at: datetime) -> None:
    """Who was offered a place takes it, and gets the server a day later."""
    award = year.player.play(allocation.accept_offer, by=offer.application.applicant, at=at, offer=offer)
    rows = Award.objects.filter(pk=award.pk).select_related("application__applicant", "cloud", "vendor")
    handing.hand_over(year, rows, at + timedelta(days=1))


def _midpoint(year: Year, at: datetime) -> None:
    """Plan the midpoint check of August; a few hand nothing in, one is found insufficient."""
    for number, award in enumerate(year.awards):
        if award.pk in year.left or number % 90 == 41 or year.began(award) > date(2025, 7, 1):
            continue
        submits = calendar.within(year.rng, at + timedelta(days=1), 12)
        year.player.later(submits, partial(_check, year, award, sufficient=number != 50))


def _check(year: Year, award: Award, at: datetime, *, sufficient: bool) -> None:
    summary = "변환을 마치고 최적화하고 있습니다. 남은 일정은 계획과 같습니다."
    by = award.application.applicant
    made = year.player.play(
        progress.submit_check, by=by, at=at, award=award, kind="midpoint", summary=summary
    )
    reason = "계획대로 진행되고 있습니다." if sufficient else "보고한 단계와 낸 자료가 다릅니다."
    year.player.later(at + timedelta(days=2), partial(word, year, made, reason, sufficient=sufficient))


def word(year: Year, check: Check, reason: str, at: datetime, *, sufficient: bool) -> None:
    """An operator's verdict on a check."""
    year.player.play(
        progress.decide_check,
        by=year.operator(),
        at=at,
        check=check,
        verdict="satisfactory" if sufficient else "insufficient",
        reason=reason,
    )
