"""Screening (서류적격심사): findings, corrections asked and answered, duplicates resolved, decisions."""

from datetime import date, datetime, timedelta
from functools import partial

from naru.domain.decision import Outcome
from naru.portal.applications import actions as applications
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.models import Application
from naru.portal.demo import calendar, forms
from naru.portal.demo.acts import intake, technical
from naru.portal.demo.profiles import Profile
from naru.portal.demo.year import ROUND, Year
from naru.portal.screening import actions as screening
from naru.portal.screening import owed, queries
from naru.portal.screening.models import CorrectionRequest, Screening

KEPT = "사람이 확인: 신청을 막을 사유가 아닙니다."
OTHER_SUPPORT = "바우처 과제는 음성, 이 과제는 영상으로 내용이 달라 중복이 아닙니다."
EXCLUDED = {
    "privacy": "제재가 확정된 사실을 확인했습니다.",
    "voucher_selected": "AI 바우처 AI 반도체 트랙에 선정된 과제와 내용이 같습니다.",
}
PENDING = Screening.Decision.PENDING


def screen(year: Year) -> None:
    """From the first findings to every decision; the vendors answer in the same days."""
    later = year.player.later
    later(calendar.SCREENING, partial(_find, year))
    later(calendar.RENEWALS, partial(_renew, year))
    later(calendar.TECHNICAL, partial(technical.ask, year))
    later(calendar.TECHNICAL, partial(_resolve, year))
    later(calendar.TECHNICAL + timedelta(hours=1), partial(_request, year))
    later(calendar.on(3, 19, 11), partial(_leave, year))
    later(calendar.CORRECTIONS_DUE + timedelta(minutes=30), partial(_find, year))
    later(calendar.DECIDED, partial(_decide, year))
    later(calendar.DECIDED + timedelta(hours=6), partial(technical.decide, year))
    year.player.run()


def _find(year: Year, at: datetime) -> None:
    year.player.play(screening.find_round, by=year.operators[0], at=at, call=year.call, round_id=ROUND)


def _renew(year: Year, at: datetime) -> None:
    """A certificate that lapses before the allocation is renewed (E-05); one office is late and is waived."""
    for place, renewal in enumerate(owed.outstanding(year.call)):
        if place == 0:
            reason = "발급기관의 사정으로 늦어져 접수증을 확인했습니다."
            year.player.play(
                screening.waive_renewal, by=year.operator(), at=at, renewal=renewal, reason=reason
            )
            continue
        application = renewal.application
        dates = DocumentDates(valid_from=date(2025, 4, 1), valid_until=date(2026, 3, 31))
        document = forms.Paper(code=renewal.document, dates=dates, sheet=f"{renewal.document}_renewed")
        until = calendar.on(4, 1, 0)
        intake.attach(year, application.applicant, application, document, at, until=until)
        year.player.play(screening.settle_renewal, by=application.applicant, at=at, renewal=renewal)


def _resolve(year: Year, at: datetime) -> None:
    """Two applications of one unit: the one the unit names stays (E-04)."""
    for unit, rows in queries.unresolved_duplicates(year.call, ROUND).items():
        year.player.play(
            screening.resolve_duplicates,
            by=year.operator(),
            at=at,
            call=year.call,
            unit=unit,
            kept=rows[-1],
            reason="신청 단위에 전화로 물어 하나를 고르게 했습니다.",
        )


def _leave(year: Year, at: datetime) -> None:
    """Some withdraw while they are being screened."""
    for profile in year.profiles:
        if profile.story == "withdrawn_late":
            year.player.play(
                applications.withdraw,
                by=year.users[profile.place],
                at=at,
                application=year.applications[profile.place],
                reason="회사 사정으로 과제를 미룹니다.",
            )


def _request(year: Year, at: datetime) -> None:
    """A correction request for everyone who lacks something; whoever answers mends it first."""
    profiles = year.profile_of()
    waiting = (
        Screening.objects.filter(
            application__call=year.call,
            application__state=Application.State.SUBMITTED,
            application__duplicate_exclusions=None,
            decision=PENDING,
            proposed=Outcome.MISSING,
        )
        .select_related("application")
        .prefetch_related("findings")
        .order_by("application__number")
    )
    for screened in waiting:
        profile = profiles[screened.application_id]
        missing = [row for row in screened.findings.all() if row.outcome == Outcome.MISSING]
        owed = [row for row in missing if not row.code.startswith("bonus_")]
        [request] = year.player.play(
            screening.request_corrections,
            by=year.operator(),
            at=at,
            application=screened.application,
            asked=[
                screening.Asked(
                    item="professor_confirmation" if profile.story.startswith("unconfirmed") else "documents",
                    message=" ".join(row.mend_ko or row.reason_ko for row in owed),
                )
            ],
            due_at=calendar.CORRECTIONS_DUE,
        )
        if profile.story.endswith("_mended"):
            mends = min(calendar.within(year.rng, calendar.on(3, 19), 3), calendar.on(3, 21, 17))
            year.player.later(mends, partial(_mend, year, profile, request))


def _mend(year: Year, profile: Profile, request: CorrectionRequest, at: datetime) -> None:
    """What is missing is handed in, and five minutes later the request is answered."""
    if profile.story.startswith("unconfirmed"):
        intake.confirm(year, profile, at)
    else:
        user, application = year.users[profile.place], year.applications[profile.place]
        for paper in _missing_papers(year, profile):
            intake.attach(year, user, application, paper, at, until=request.due_at)
    year.player.later(at + timedelta(minutes=5), partial(_answer, year, profile, request))


def _missing_papers(year: Year, profile: Profile) -> list[forms.Paper]:
    if profile.story == "expired_mended":
        dates = DocumentDates(valid_from=date(2024, 4, 1), valid_until=date(2026, 3, 31))
        return [forms.Paper(code="sme_certificate", dates=dates)]
    return forms.eligibility_papers(profile, year.rng)[-1:]


def _answer(year: Year, profile: Profile, request: CorrectionRequest, at: datetime) -> None:
    by = year.users[profile.place]
    answer = "교수님께서 확인하셨습니다." if profile.role == "student" else "빠진 서류를 올렸습니다."
    year.player.play(screening.answer_correction, by=by, at=at, correction=request, answer=answer)


def _decide(year: Year, at: datetime) -> None:
    """The clean ones at once; whatever the rules do not pass is for a person, with a reason."""
    year.player.play(screening.confirm_clean, by=year.operators[1], at=at, call=year.call, round_id=ROUND)
    profiles = year.profile_of()
    still_open = Screening.objects.filter(
        application__call=year.call, application__state=Application.State.SUBMITTED
    ).exclude(decision__in=[Screening.Decision.ELIGIBLE, Screening.Decision.INELIGIBLE])
    other_support_seen = False
    for number, screened in enumerate(still_open.order_by("application__number")):
        story = profiles[screened.application_id].story
        eligible, reason = _word(screened, story)
        if story == "voucher_selected" and not other_support_seen:
            other_support_seen, eligible, reason = True, True, OTHER_SUPPORT
        year.player.play(
            screening.decide,
            by=year.operator(),
            at=at + timedelta(minutes=5 + number),
            screening=screened,
            decision="eligible" if eligible else "ineligible",
            reason=reason,
        )


def _word(screened: Screening, story: str) -> tuple[bool, str]:
    """Whether the person lets an application go on, and why."""
    if screened.application.duplicate_exclusions.exists():
        return False, "같은 단위의 다른 신청을 남겼습니다."
    if story in EXCLUDED:
        return False, EXCLUDED[story]
    if screened.proposed == Outcome.FAILED:
        return False, ""
    return True, KEPT
