"""P-01 to P-06 through the portal's acts: what is reported, owed, checked, and read by the next call."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from awarded import refused

from naru.domain import budget, progress, sanction
from naru.portal.allocation import actions as allocation
from naru.portal.allocation.queries import ledger, terms_of
from naru.portal.organisations.queries import restrictions_by_unit
from naru.portal.progress import actions
from naru.portal.progress.models import MonthlyReport, ReasonStatement
from naru.portal.progress.queries import process

pytestmark = pytest.mark.django_db


def month(number, day=28):
    return datetime(2025, number, day, tzinfo=UTC)


def report(award, number, stage):
    return actions.report_month(
        by=award.application.applicant, at=month(number), award=award, month=date(2025, number, 1),
        stage=stage, note="진행",
    )  # fmt: skip


def awardee(award):
    """The award as the rules of progress see it, from what the portal stored."""
    reports = MonthlyReport.objects.filter(award=award).values_list("month", "stage")
    return progress.Awardee(
        started_on=date(2025, 4, 4),
        reports=tuple(progress.Report(month=one, stage=stage) for one, stage in reports),
        statements=tuple(ReasonStatement.objects.filter(award=award).values_list("month", flat=True)),
    )


def results(award, throughput, latency):
    higher, lower = award.application.kpis.order_by("id")
    return {higher.pk: throughput, lower.pk: latency}


def final(award, operator, throughput, latency, verdict):
    check = actions.submit_check(
        by=award.application.applicant, at=month(12, 10), award=award, kind="final", summary="성과",
        results=results(award, throughput, latency),
    )  # fmt: skip
    return actions.decide_check(
        by=operator, at=month(12, 15), check=check, verdict=verdict, reason="지표와 견줌"
    )


@pytest.mark.requirement("P-01")
def test_the_five_stages_are_reported_month_by_month(award, stage):
    stages = [entry.id for entry in terms_of(stage.call).stages]
    for number, name in enumerate(stages, start=4):
        report(award, number, name)
    assert list(MonthlyReport.objects.values_list("stage", flat=True)) == stages
    assert progress.missing_months(terms_of(stage.call), awardee(award), month(9, 11)) == ()


@pytest.mark.requirement("P-02")
def test_two_months_in_a_stage_owe_a_statement_until_it_is_given(award, stage):
    for number in (4, 5, 6):
        report(award, number, "conversion")
    owed = progress.statements_owed(terms_of(stage.call), awardee(award))
    assert [clock.as_of for clock in owed] == [date(2025, 6, 1)]
    actions.state_reason(
        by=award.application.applicant, at=month(6), award=award, month=date(2025, 6, 1), text="연산자 미지원"
    )
    assert progress.statements_owed(terms_of(stage.call), awardee(award)) == ()


@pytest.mark.requirement("P-02")
def test_optimisation_and_serving_owe_no_statement(award, stage):
    for number in (4, 5, 6, 7):
        report(award, number, "optimisation")
    assert progress.statements_owed(terms_of(stage.call), awardee(award)) == ()


@pytest.mark.requirement("P-03")
def test_both_checks_are_submitted_and_decided(award, operator):
    midpoint = actions.submit_check(
        by=award.application.applicant, at=month(8), award=award, kind="midpoint", summary="중간 자료"
    )
    actions.decide_check(by=operator, at=month(8), check=midpoint, verdict="satisfactory", reason="순조로움")
    last = final(award, operator, Decimal(100), Decimal(20), "satisfactory")
    assert (last.proposed, last.verdict) == ("achieved", "satisfactory")


@pytest.mark.requirement("P-04")
def test_only_an_insufficient_final_check_carries_a_case(award, operator):
    case = {"by": operator, "at": month(12, 16), "award": award, "ground": "final_insufficient"}
    assert refused("ground_not_on_record", actions.notice_case, facts="미흡", **case) == "P-04"
    check = final(award, operator, Decimal(15), Decimal(49), "insufficient")
    assert check.proposed == "insufficient"
    assert actions.notice_case(facts="두 지표 모두 목표에 크게 못 미침", **case).clause == "P-04"


@pytest.mark.requirement("P-05")
def test_what_was_used_can_be_counted_for_a_clawback(award, operator, stage):
    for number in (4, 5, 6):
        allocation.record_month(by=operator, at=month(number), call=stage.call, month=date(2025, number, 1))
    terms = terms_of(stage.call)
    months = budget.server_months(ledger(stage.call, terms, month(7)).entries, str(award.pk))
    assert months == (("npu-60", 3),)
    assert sanction.clawback(terms, "survey_missing", months) == 3 * terms.resource("npu-60").monthly_cost


@pytest.mark.requirement("P-05")
def test_the_survey_is_answered_or_leads_to_a_case_with_a_sum(award, operator, stage):
    applicant = award.application.applicant
    allocation.record_month(by=operator, at=month(12), call=stage.call, month=date(2025, 12, 1))
    january = datetime(2026, 1, 20, tzinfo=UTC)
    case = {"by": operator, "award": award, "ground": "survey_missing", "facts": "답이 없음"}
    assert refused("ground_not_on_record", actions.notice_case, at=january, **case) == "P-05"
    opened = actions.notice_case(at=january + timedelta(days=12), **case)
    decide = {"by": operator, "case": opened, "restrict": True, "reason": "끝내 답이 없음"}
    assert refused("hearing_open", actions.decide_case, at=january + timedelta(days=13), **decide) == "P-05"
    actions.decide_case(at=opened.hearing_until, **decide)
    assert (
        process(opened, opened.hearing_until).clawback == terms_of(stage.call).resource("npu-60").monthly_cost
    )
    assert restrictions_by_unit([award.application.unit], date(2026, 3, 17))
    answers = {
        "satisfaction": 5, "launched": False, "users": 0, "jobs": 0, "plans": "계획", "follow_up": True,
    }  # fmt: skip
    actions.answer_survey(by=applicant, at=opened.hearing_until, award=award, answers=answers)


@pytest.mark.requirement("P-06")
def test_a_restriction_is_read_by_the_next_years_call_only(award, operator):
    final(award, operator, Decimal(15), Decimal(49), "insufficient")
    case = actions.notice_case(
        by=operator, at=month(12, 16), award=award, ground="final_insufficient", facts="결과점검 미흡"
    )
    decide = {"by": operator, "case": case, "restrict": True, "reason": "의견이 없었음"}
    assert refused("hearing_open", actions.decide_case, at=month(12, 20), **decide) == "P-04"
    later = case.hearing_until + timedelta(days=1)
    actions.decide_case(at=later, **decide)
    unit = award.application.unit
    closings = [date(2025, 3, 17), date(2026, 3, 17), date(2027, 3, 17)]
    assert [bool(restrictions_by_unit([unit], closing)) for closing in closings] == [False, True, False]
