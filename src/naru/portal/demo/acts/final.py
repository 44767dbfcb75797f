"""The end of the year (결과): final checks, servers returned, cases heard and decided, the call closed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from naru.portal.allocation import actions as allocation
from naru.portal.allocation.models import Award
from naru.portal.applications.models import Kpi
from naru.portal.demo import calendar
from naru.portal.demo.acts.use import report
from naru.portal.demo.player import Step
from naru.portal.demo.year import Year
from naru.portal.progress import actions as progress
from naru.portal.progress.models import Check, RestrictionCase

DECEMBER = date(2025, 12, 1)
JANUARY = date(2026, 1, 1)


def check(year: Year) -> None:
    """Every awardee measures its KPIs; the operator decides on the rules' proposal."""
    steps: list[Step] = []
    for number, award in enumerate(year.awards):
        if award.pk in year.left or number % 60 == 33:  # these hand nothing in
            continue
        at = calendar.within(year.rng, calendar.on(12, 3), 12)
        steps.append((at, partial(_final, year, award, reached=_reached(number))))
    year.player.in_order(steps)


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
    short = made.proposed == "insufficient"
    year.player.play(
        progress.decide_check,
        by=year.operator(),
        at=at + timedelta(days=3),
        check=made,
        verdict="insufficient" if short else "satisfactory",
        reason="목표의 절반에 이르지 못했습니다." if short else "목표와 실적을 견주어 확인했습니다.",
    )


def _measured(kpi: Kpi, hundredths: int) -> Decimal:
    """The value so many hundredths of the way from baseline to target, never below a tenth."""
    value = kpi.baseline + (kpi.target - kpi.baseline) * hundredths / 100
    return max(Decimal("0.1"), value.quantize(Decimal("0.1")))


def judge(year: Year) -> None:
    """Cases for those who gave up and those found insufficient: notice, opinion, decision (P-06, L-03)."""
    grounds = [(pk, "withdrawal", "선정된 뒤 중도에 포기했습니다.") for pk in year.left]
    short = Check.objects.filter(kind=Check.Kind.FINAL, verdict=Check.Verdict.INSUFFICIENT).order_by("award")
    grounds += [(one.award_id, "final_insufficient", "결과점검에서 미흡 판정을 받았습니다.") for one in short]
    awards = {one.pk: one for one in _loaded([pk for pk, _ground, _facts in grounds])}
    cases = [
        year.player.play(
            progress.notice_case,
            by=year.operators[0],
            at=calendar.on(12, 19, 10, number),
            award=awards[pk],
            ground=ground,
            facts=facts,
        )
        for number, (pk, ground, facts) in enumerate(grounds)
    ]
    for number, case in enumerate(cases):
        if number % 2:
            at = calendar.on(12, 29, 10, number)
            text = "개발 인력이 바뀌어 늦어졌습니다. 내년에 이어서 하겠습니다."
            by = case.award.application.applicant
            year.player.play(progress.state_opinion, by=by, at=at, case=case, text=text)


def _loaded(ids: Sequence[int]) -> list[Award]:
    return list(Award.objects.filter(pk__in=ids).select_related("application__applicant"))


def return_servers(year: Year) -> None:
    """Most servers go back in the last days of December."""
    for number, award in enumerate(year.awards):
        if award.pk not in year.left and number % 12:
            at = calendar.on(12, 22 + number % 9, 16, number % 60)
            year.player.play(allocation.return_server, by=year.operators[0], at=at, award=award)


def close(year: Year) -> None:
    """December's reports and ledger, the call closed, the cases decided: next year's restrictions stand."""
    play = year.player.play
    report(year, DECEMBER, JANUARY)
    at = calendar.on(1, 12, 9, year=2026)
    play(allocation.record_month, by=year.operators[0], at=at, call=year.call, month=DECEMBER)
    play(allocation.close_call, by=year.operators[0], at=at + timedelta(hours=2), call=year.call)
    cases = RestrictionCase.objects.order_by("pk").select_related("award__application")
    for number, case in enumerate(cases):
        dropped = number == 1
        play(
            progress.decide_case,
            by=year.operators[number % 2],
            at=calendar.on(1, 14, 10, number, year=2026),
            case=case,
            restrict=not dropped,
            reason="병가로 인력이 없었음을 확인해 제한하지 않습니다." if dropped else "사실과 의견을 검토해 제한합니다.",
        )
