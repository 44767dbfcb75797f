"""The end of the year (결과): final checks, servers returned, cases heard and decided, the call closed."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from naru.portal.accounts.models import User
from naru.portal.allocation import actions as allocation
from naru.portal.allocation.models import Award
from naru.portal.applications.models import Kpi
from naru.portal.demo import calendar
from naru.portal.demo.acts.use import plan_month, word
from naru.portal.demo.year import Year
from naru.portal.progress import actions as progress
from naru.portal.progress.models import Check, RestrictionCase

NOVEMBER, DECEMBER = calendar.MONTHS[-2:]


def check(year: Year) -> None:
    """November's reports; every awardee measures its KPIs; the operator decides on the rules' proposal."""
    plan_month(year, NOVEMBER)
    year.player.later(calendar.on(12, 2), partial(_plan_checks, year))
    year.player.run()


def _plan_checks(year: Year, at: datetime) -> None:
    for number, award in enumerate(year.awards):
        if award.pk in year.left or number % 60 == 33:  # these hand nothing in
            continue
        submits = calendar.within(year.rng, at + timedelta(days=1), 12)
        year.player.later(submits, partial(_final, year, award, reached=_reached(number)))


def _reached(number: int) -> tuple[int, int]:
    """How far the KPIs get, in hundredths of the way: most arrive, some nearly, a few hardly."""
    if number % 23 == 7:
        return (5, 30)
    return (60, 95) if number % 5 == 2 else (100, 130)


def _final(year: Year, award: Award, at: datetime, *, reached: tuple[int, int]) -> None:
    kpis = list(award.application.kpis.all())
    results = {kpi.pk: _measured(kpi, year.rng.randrange(*reached)) for kpi in kpis}
    made = year.player.play(
        progress.submit_check,
        by=award.application.applicant,
        at=at,
        award=award,
        kind="final",
        summary="부하 시험과 정확도 시험의 결과입니다.",
        results=results,
    )
    reached_half = made.proposed != "insufficient"
    reason = "목표와 실적을 견주어 확인했습니다." if reached_half else "목표의 절반에 이르지 못했습니다."
    year.player.later(at + timedelta(days=3), partial(word, year, made, reason, sufficient=reached_half))


def _measured(kpi: Kpi, hundredths: int) -> Decimal:
    """The value so many hundredths of the way from baseline to target, never below a tenth."""
    value = kpi.baseline + (kpi.target - kpi.baseline) * hundredths / 100
    return max(Decimal("0.1"), value.quantize(Decimal("0.1")))


def give_notice(year: Year) -> None:
    """Cases against those who gave up and those found insufficient: prior notice (P-06, L-03)."""
    grounds = [(pk, "withdrawal", "선정된 뒤 중도에 포기했습니다.") for pk in year.left]
    short = Check.objects.filter(kind=Check.Kind.FINAL, verdict=Check.Verdict.INSUFFICIENT).order_by("award")
    grounds += [(one.award_id, "final_insufficient", "결과점검에서 미흡 판정을 받았습니다.") for one in short]
    awards = {one.pk: one for one in year.awards}
    for number, (pk, ground, facts) in enumerate(grounds):
        case = year.player.play(
            progress.notice_case,
            by=year.operators[0],
            at=calendar.on(12, 19, 10, number),
            award=awards[pk],
            ground=ground,
            facts=facts,
        )
        if number % 2:
            by = awards[pk].application.applicant
            year.player.later(calendar.on(12, 29, 11, number), partial(_opine, year, case, by))


def _opine(year: Year, case: RestrictionCase, by: User, at: datetime) -> None:
    text = "개발 인력이 바뀌어 늦어졌습니다. 내년에 이어서 하겠습니다."
    year.player.play(progress.state_opinion, by=by, at=at, case=case, text=text)


def return_servers(year: Year) -> None:
    """Most servers go back in the last days of December, while opinions come in."""
    for number, award in enumerate(year.awards):
        if award.pk not in year.left and number % 12:
            at = calendar.on(12, 22 + number % 9, 16, number % 60)
            year.player.later(at, partial(_return, year, award))
    year.player.run()


def _return(year: Year, award: Award, at: datetime) -> None:
    year.player.play(allocation.return_server, by=year.operators[0], at=at, award=award)


def close(year: Year) -> None:
    """December's reports and ledger, the call closed, the cases decided: next year's restrictions stand."""
    plan_month(year, DECEMBER)
    year.player.later(calendar.on(1, 12, 9, year=2026), partial(_close, year))
    year.player.later(calendar.on(1, 14, year=2026), partial(_decide, year))
    year.player.run()


def _close(year: Year, at: datetime) -> None:
    year.player.play(allocation.close_call, by=year.operators[0], at=at, call=year.call)


def _decide(year: Year, at: datetime) -> None:
    cases = RestrictionCase.objects.order_by("pk").select_related("award__application")
    for number, case in enumerate(cases):
        restrict = number != 1
        reason = "사실과 의견을 검토해 제한합니다." if restrict else "병가를 확인해 제한하지 않습니다."
        year.player.play(
            progress.decide_case,
            by=year.operators[number % 2],
            at=at + timedelta(minutes=number),
            case=case,
            restrict=restrict,
            reason=reason,
        )
