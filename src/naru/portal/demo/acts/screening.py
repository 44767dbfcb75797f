"""Screening (서류적격심사): findings, corrections asked and answered, duplicates resolved, decisions."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from naru.domain.decision import Outcome
from naru.portal.applications import actions as applications
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.models import Application
from naru.portal.demo import calendar, forms
from naru.portal.demo.acts import intake
from naru.portal.demo.player import Step
from naru.portal.demo.profiles import Profile
from naru.portal.demo.year import ROUND, Year
from naru.portal.screening import actions as screening
from naru.portal.screening import queries
from naru.portal.screening.models import CorrectionRequest, Screening

KEPT = "사람이 확인: 신청을 막을 사유가 아닙니다."
EXCLUDED = {
    "privacy": "제재가 확정된 사실을 확인했습니다.",
    "voucher_selected": "AI 바우처 AI 반도체 트랙에 선정된 과제와 내용이 같습니다.",
}


def screen(year: Year) -> None:
    """From the first findings to every decision."""
    play = year.player.play
    play(screening.find_round, by=year.operators[0], at=calendar.SCREENING, call=year.call, round_id=ROUND)
    _resolve(year)
    _leave(year)
    _correct(year)
    again = calendar.CORRECTIONS_DUE + timedelta(minutes=30)
    play(screening.find_round, by=year.operators[0], at=again, call=year.call, round_id=ROUND)
    play(screening.confirm_clean, by=year.operators[1], at=calendar.DECIDED, call=year.call, round_id=ROUND)
    _decide(year)


def _resolve(year: Year) -> None:
    """Two applications of one unit: the one the unit names stays (E-04)."""
    for unit, rows in queries.unresolved_duplicates(year.call, ROUND).items():
        year.player.play(
            screening.resolve_duplicates,
            by=year.operator(),
            at=calendar.SCREENING + timedelta(hours=5),
            call=year.call,
            unit=unit,
            kept=rows[-1],
            reason="신청 단위에 전화로 물어 하나를 고르게 했습니다.",
        )


def _leave(year: Year) -> None:
    """Some withdraw while they are being screened."""
    for profile in year.profiles:
        if profile.story == "withdrawn_late":
            year.player.play(
                applications.withdraw,
                by=year.users[profile.place],
                at=calendar.on(3, 19, 11),
                application=year.applications[profile.place],
                reason="회사 사정으로 과제를 미룹니다.",
            )


def _correct(year: Year) -> None:
    """A request per missing item; whoever answers mends it first."""
    profiles = year.profile_of()
    waiting = (
        Screening.objects.filter(
            application__call=year.call,
            application__state=Application.State.SUBMITTED,
            decision=Screening.Decision.PENDING,
            proposed=Outcome.MISSING,
        )
        .exclude(application__duplicate_exclusions__isnull=False)
        .select_related("application")
        .prefetch_related("findings")
        .order_by("application__number")
    )
    steps: list[Step] = []
    for screened in waiting:
        profile = profiles[screened.application_id]
        missing = [row for row in screened.findings.all() if row.outcome == Outcome.MISSING]
        owed = [row for row in missing if not row.code.startswith("bonus_")]
        message = " ".join(row.mend_ko or row.reason_ko for row in owed)
        request = year.player.play(
            screening.request_correction,
            by=year.operator(),
            at=calendar.SCREENING + timedelta(hours=6),
            application=screened.application,
            item="professor_confirmation" if profile.story.startswith("unconfirmed") else "documents",
            message=message,
            due_at=calendar.CORRECTIONS_DUE,
        )
        if profile.story.endswith("_mended"):
            at = calendar.within(year.rng, calendar.on(3, 19), 3)
            steps.append((min(at, calendar.on(3, 21, 17)), _answer(year, profile, request)))
    year.player.in_order(steps)


def _answer(year: Year, profile: Profile, request: CorrectionRequest) -> Callable[[datetime], None]:
    """A step: what is missing is handed in, then the request is answered."""

    def step(at: datetime) -> None:
        user = year.users[profile.place]
        application = year.applications[profile.place]
        if profile.story.startswith("unconfirmed"):
            intake.confirm(year, profile, at)
        else:
            for paper in _mended(profile, year):
                intake.attach(year, user, application, paper, at, until=request.due_at)
        year.player.play(
            screening.answer_correction,
            by=user,
            at=at + timedelta(minutes=5),
            correction=request,
            answer="빠진 서류를 올렸습니다." if profile.role != "student" else "교수님께서 확인하셨습니다.",
        )

    return step


def _mended(profile: Profile, year: Year) -> list[forms.Paper]:
    if profile.story == "expired_mended":
        dates = DocumentDates(valid_from=date(2024, 4, 1), valid_until=date(2026, 3, 31))
        return [forms.Paper(code="sme_certificate", dates=dates)]
    return forms.eligibility_papers(profile, year.rng)[-1:]


def _decide(year: Year) -> None:
    """What the rules do not pass: a person excludes it, or keeps it with a reason."""
    profiles = year.profile_of()
    open_rows = Screening.objects.filter(
        application__call=year.call, application__state=Application.State.SUBMITTED
    ).exclude(decision__in=[Screening.Decision.ELIGIBLE, Screening.Decision.INELIGIBLE])
    kept_voucher = False
    minute = 0
    for screened in open_rows.order_by("application__number"):
        profile = profiles[screened.application_id]
        minute += 1
        excluded = screened.proposed == Outcome.FAILED or profile.story in EXCLUDED
        reason = EXCLUDED.get(profile.story, "" if screened.proposed == Outcome.FAILED else KEPT)
        if profile.story == "voucher_selected" and not kept_voucher:
            kept_voucher, excluded = True, False
            reason = "바우처 과제는 음성, 이 과제는 영상으로 내용이 달라 중복이 아닙니다."
        duplicate = screened.application.duplicate_exclusions.exists()
        if duplicate:
            excluded, reason = True, "같은 단위의 다른 신청을 남겼습니다."
        year.player.play(
            screening.decide,
            by=year.operator(),
            at=calendar.DECIDED + timedelta(minutes=5 + minute),
            screening=screened,
            decision="ineligible" if excluded else "eligible",
            reason=reason,
        )
