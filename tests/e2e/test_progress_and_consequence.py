"""Monthly reports, reason statements, both checks, and a restriction through due process."""

from datetime import UTC, datetime

from simulated_year import INTAKE, business_number

from naru.portal.audit.models import Event
from naru.portal.organisations.models import Restriction
from naru.portal.progress.models import Check, MonthlyReport, ReasonStatement, RestrictionCase


def kst_morning(month, day):
    return datetime(2025, month, day, 1, tzinfo=UTC)


def acts(*names):
    events = Event.objects.filter(action__in=[f"progress.{name}" for name in names]).order_by("pk")
    return [(event.action.partition(".")[2], event.actor.name) for event in events.select_related("actor")]


def test_an_awardee_reports_each_month_and_states_why_a_stage_lasts(world, seat, clock):
    world.upto("in_use")
    award = world.awards[0]
    awardee = award.application.applicant
    desk, address = seat(awardee), f"/applications/{award.application_id}/progress/"
    for month in (4, 5, 6):
        clock(kst_morning(month + 1, 5))
        desk.go(address).fill(
            month=f"2025-{month:02}-01", stage="analysis", note="가상의 분석", evidence="기록 1"
        )
        desk.press("진도 보고")
    assert list(MonthlyReport.objects.values_list("stage", "reported_by")) == [("analysis", awardee.pk)] * 3
    desk.go(address).fill(text="연산 하나가 지원되지 않아 반도체사와 고치고 있습니다.").press(
        "유지사유서 내기"
    )
    statement = ReasonStatement.objects.get()
    assert (statement.stage, statement.stated_by) == ("analysis", awardee)
    assert acts("report_month", "state_reason") == [("report_month", awardee.name)] * 3 + [
        ("state_reason", awardee.name)
    ]
    wall = seat(world.operator).go("/progress/").says(award.application.number)
    wall.go(f"/progress/{award.pk}/").says("연산 하나가 지원되지 않아")


def test_the_midpoint_check_is_handed_in_and_decided(world, seat, clock):
    world.upto("in_use")
    award = world.awards[0]
    clock(kst_morning(8, 5))
    desk = seat(award.application.applicant).go(f"/applications/{award.application_id}/midpoint/")
    desk.fill(summary="가상의 중간 성과").press("중간점검 자료 내기")
    check = Check.objects.get()
    operator = seat(world.operator).go("/progress/checks/").says(award.application.number)
    operator.go(f"/progress/checks/{check.pk}/").fill(verdict="satisfactory", reason="계획대로입니다.")
    operator.press("판정 기록")
    check.refresh_from_db()
    assert (check.kind, check.verdict, check.decided_by) == ("midpoint", "satisfactory", world.operator)


def test_a_failed_final_check_leads_to_a_restriction_after_hearing_the_awardee(world, seat, clock):
    world.upto("in_use")
    award = world.awards[0]
    application, awardee = award.application, award.application.applicant
    kpi = application.kpis.get()
    clock(kst_morning(12, 3))
    desk = seat(awardee).go(f"/applications/{application.pk}/final/")
    desk.fill(summary="가상의 결과", **{f"measured_{kpi.pk}": "12", f"note_{kpi.pk}": "시험 1,000장"})
    desk.press("결과점검 자료 내기")
    check = Check.objects.get(kind="final")
    assert check.proposed == "insufficient"

    operator = seat(world.operator).go(f"/progress/checks/{check.pk}/")
    operator.fill(verdict="insufficient", reason="P-04: 목표 42.5에 실적 12입니다.").press("판정 기록")
    operator.press("참여제한 사전 통지")
    operator.fill(ground="final_insufficient", facts="결과점검에서 미흡 판정을 받았습니다.").press(
        "사전 통지 기록"
    )
    case = RestrictionCase.objects.get()
    assert case.noticed_by == world.operator

    desk.go(f"/applications/{application.pk}/cases/{case.pk}/").says("결과점검에서 미흡 판정을 받았습니다.")
    desk.fill(text="측정 장비가 고장이었습니다.").press("의견 내기")
    operator.go(f"/progress/cases/{case.pk}/").says("측정 장비가 고장이었습니다.")
    operator.fill(restrict="yes", reason="의견을 살폈으나 실적이 목표에 이르지 못했습니다.").press(
        "결정 기록"
    )
    restriction = Restriction.objects.get()
    case.refresh_from_db()
    assert (case.state, case.restriction, restriction.unit) == ("restricted", restriction, application.unit)
    assert acts("submit_check", "decide_check", "notice_case", "state_opinion", "decide_case") == [
        ("submit_check", awardee.name),
        ("decide_check", "operator"),
        ("notice_case", "operator"),
        ("state_opinion", awardee.name),
        ("decide_case", "operator"),
    ]
    seat(world.auditor).go("/restrictions/").says(application.unit, "P-04")


def test_another_bodys_restriction_is_entered_and_lifted(world, seat, clock):
    world.upto("announced")
    clock(INTAKE)
    desk = seat(world.operator).go("/restrictions/new/")
    desk.fill(
        business_number=business_number(1),
        ground="ai_voucher_restriction",
        starts_on="2025-01-01",
        source="가상 기관의 통보",
    )
    desk.press("등록")
    restriction = Restriction.objects.get()
    assert restriction.decided_by == world.operator
    desk.go(f"/restrictions/{restriction.pk}/lift/").fill(reason="통보가 취소되었습니다.").press("해제하기")
    restriction.refresh_from_db()
    assert restriction.lifted_by == world.operator
