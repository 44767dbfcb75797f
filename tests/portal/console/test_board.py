from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selecting import SELECTING
from simulated_year import CLOSE, INTAKE, SCREENING

from naru.portal.allocation import actions as allocation
from naru.portal.calls import actions as calls
from naru.portal.calls import queries as call_queries
from naru.portal.console import board, queries
from naru.portal.evaluation import actions as evaluation
from naru.portal.organisations import actions as organisations
from naru.portal.organisations.actions import RestrictionEntry
from naru.portal.progress import actions as progress
from naru.portal.questions import actions as questions
from naru.portal.questions import queries as asked
from naru.portal.screening import actions as screening
from naru.portal.selection import actions as selection

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def drawn(at):
    """The steps by code and today's decisions as label -> count, as of an instant."""
    (one,) = call_queries.rounds()
    steps, decisions = board.build(one, queries.counts(one, at), at)
    return {step.code: step for step in steps}, {row.label: row for row in decisions}


def numbers(step):
    return {str(label): number for label, number in step.numbers}


def test_a_new_call_waits_for_its_seed_and_quotas(call):
    steps, decisions = drawn(INTAKE)
    assert [step.state for step in steps.values()] == ["now", "now"] + ["next"] * 9
    assert set(decisions) == {"추첨 씨앗의 해시 공개", "상품별 대수 확정"}
    assert decisions["추첨 씨앗의 해시 공개"].due == CLOSE
    assert steps["applications"].blocks == ["접수 중: 3월 17일(월) 15:00, 14일 5시간 남음"]


def test_seed_and_quotas_open_the_gate_of_the_call(call, operator):
    calls.commit_seed(by=operator, at=INTAKE, call=call, round_id="1", seed="a seed of the test")
    calls.freeze_quotas(by=operator, at=INTAKE, call=call, round_id="1")
    steps, decisions = drawn(INTAKE)
    assert (steps["call"].state, steps["call"].blocks, decisions) == ("done", [], {})


def test_screening_counts_each_state_and_the_oldest(year, operator):
    fresh = year.submitted(1)
    year.eligible(2)
    steps, decisions = drawn(SCREENING)
    assert numbers(steps["screening"]) == {"결정 전": 1, "보완 중": 0, "적격": 1, "부적격": 0}
    assert steps["screening"].since == fresh.submitted_at
    assert decisions["규칙 심사 실행"].count == 1
    assert "적격 일괄 확인" not in decisions
    screening.find(by=operator, at=SCREENING, application=fresh)
    steps, decisions = drawn(SCREENING)
    assert steps["screening"].blocks == ["결정하지 않은 심사 1건"]
    assert steps["screening"].since == SCREENING
    assert decisions["적격 일괄 확인"].count == 1


def test_rules_are_not_asked_for_during_the_intake(year):
    year.submitted(1)
    assert "규칙 심사 실행" not in drawn(CLOSE - HOUR)[1]
    assert "규칙 심사 실행" in drawn(CLOSE)[1]


def test_a_correction_waits_for_the_applicant_until_its_due_date_then_for_the_operator(year, operator):
    application = year.submitted(1)
    screening.find(by=operator, at=SCREENING, application=application)
    screening.request_corrections(
        by=operator,
        at=SCREENING,
        application=application,
        asked=[screening.Asked(item="sme_certificate", message="유효기간이 보이게 올려 주십시오.")],
        due_at=SCREENING + 7 * DAY,
    )
    steps, decisions = drawn(SCREENING)
    assert steps["screening"].blocks == ["보완이 끝나지 않은 신청 1건"]
    assert "보완 결과 심사" not in decisions
    late = drawn(SCREENING + 7 * DAY)[1]["보완 결과 심사"]
    assert (late.count, late.since, late.due) == (1, SCREENING, SCREENING + 7 * DAY)


def test_two_applications_of_one_unit_are_resolved_before_selection(year, terms):
    first = year.submitted(1)
    year.submitted(2, organisation=first.organisation)
    steps, decisions = drawn(SCREENING)
    assert "정리하지 않은 중복 단위 1곳" in steps["screening"].blocks
    assert decisions["중복 신청 정리"].count == 1


def test_technical_review_is_routed_answered_and_decided(year, operator):
    application = year.eligible(1)
    supplier, user = year.vendor("a")
    assert drawn(SCREENING)[1]["사전 기술검토 요청"].count == 1
    (review,) = screening.route(by=operator, at=SCREENING + HOUR, application=application, vendors=[supplier])
    steps, decisions = drawn(SCREENING + DAY)
    assert numbers(steps["technical"])["답변 대기"] == 1
    assert steps["technical"].since == SCREENING + HOUR
    assert "사전 기술검토 요청" not in decisions
    screening.answer_review(
        by=user,
        at=SCREENING + DAY,
        review=review,
        verdict="unsupported",
        reason_code="operator_missing",
        note="없는 연산이 있습니다.",
    )
    assert drawn(SCREENING + DAY)[1]["지원 불가 신청의 진행 여부 결정"].since == SCREENING + DAY


def test_evaluation_names_what_is_missing_until_it_is_closed(selecting, operator):
    selecting.opened().many(6)
    steps, decisions = drawn(SELECTING)
    assert numbers(steps["evaluation"])["평가 대상"] == 6
    assert steps["evaluation"].blocks == ["평가를 마감하지 않았습니다."]
    assert decisions["선정평가 마감"].count is None
    evaluation.close(by=operator, at=SELECTING, call=selecting.call, round_id="1")
    steps, decisions = drawn(SELECTING)
    assert steps["evaluation"].state == "done"
    assert set(decisions) == {"선정 모의 실행"}


def test_an_application_without_a_panel_waits_for_reviewers(year):
    application = year.eligible(1)
    steps, decisions = drawn(SCREENING)
    assert "평가위원이 모자라는 신청 1건" in steps["evaluation"].blocks
    assert decisions["평가위원 배정"].since == application.screening.decided_at


def test_selection_and_matching_move_by_acts_of_two_persons(selecting, operator, operator2):
    ready = selecting.opened().closed()
    ready.many(12)
    ready.supplied()
    run = selection.propose(by=operator, at=SELECTING, call=ready.call, round_id="1")
    assert "선정 확정 (0/2명 확인)" in drawn(SELECTING)[1]
    selection.confirm(by=operator, at=SELECTING, run=run)
    steps, decisions = drawn(SELECTING)
    assert "선정 확정 (1/2명 확인)" in decisions
    assert steps["selection"].blocks == ["확정에 운영자 1명의 확인이 더 필요합니다."]
    selection.confirm(by=operator2, at=SELECTING, run=run)
    assert {"선정 결과 공개", "배정 실행"} <= set(drawn(SELECTING)[1])
    run.refresh_from_db()
    selection.publish(by=operator, at=SELECTING, run=run)
    steps, decisions = drawn(SELECTING)
    assert steps["selection"].state == "done"
    assert "선정 결과 공개" not in decisions
    matching = selection.run_matching(by=operator, at=SELECTING, selection=run)
    assert "배정 확정 (0/2명 확인)" in drawn(SELECTING)[1]
    selection.confirm_matching(by=operator, at=SELECTING, matching=matching)
    assert "배정 확정 (1/2명 확인)" in drawn(SELECTING)[1]
    selection.confirm_matching(by=operator2, at=SELECTING, matching=matching)
    steps, decisions = drawn(SELECTING)
    shown = numbers(steps["matching"])
    assert (shown["배정됨"] + shown["배정 못 함"], shown["공급 대수"]) == (matching.matches.count(), 180)
    assert steps["matching"].state == "done"
    assert "협약 시작" in decisions


def test_allocation_says_whose_hand_each_award_waits_for(stage, acts, operator):
    for number in range(1, 6):
        stage.selected(number)
    first, second, third, fourth, fifth = acts.opened(stage)
    acts.signed(second)
    acts.concluded(third)
    acts.ordered(fourth)
    acts.delivered(fifth)
    steps, decisions = drawn(datetime(2025, 4, 5, tzinfo=UTC))
    assert steps["allocation"].blocks == [
        "신청자의 협약 서명을 기다림 1건",
        "운영기관의 협약 서명을 기다림 1건",
        "서버 주문을 기다림 1건",
        "클라우드사의 인도를 기다림 1건",
        "신청자의 인수를 기다림 1건",
    ]
    assert steps["allocation"].since == first.created_at
    assert (decisions["협약 서명"].count, decisions["서버 주문"].count) == (1, 1)


def test_progress_counts_reports_of_the_month_that_ended(stage, acts):
    stage.selected(1)
    stage.selected(2)
    reporting, silent = (acts.in_use(award) for award in acts.opened(stage))
    report = {
        "month": datetime(2025, 4, 1, tzinfo=UTC).date(),
        "stage": "model_selection",
        "note": "가상 보고",
    }
    progress.report_month(
        by=reporting.application.applicant, at=datetime(2025, 5, 3, tzinfo=UTC), award=reporting, **report
    )
    shown = numbers(drawn(datetime(2025, 5, 4, tzinfo=UTC))[0]["progress"])
    assert shown == {"2025-04 보고": 1, "보고 없음": 1}
    assert silent.state == "in_use"


def test_checks_and_cases_wait_for_a_verdict(stage, acts, operator):
    stage.selected(1)
    award = acts.in_use(acts.opened(stage)[0])
    august = datetime(2025, 8, 5, tzinfo=UTC)
    owner = award.application.applicant
    progress.submit_check(
        by=owner, at=august, award=award, kind="midpoint", summary="가상 중간 결과", results=()
    )
    case = progress.notice_case(
        by=operator, at=august, award=award, ground="use_outside_plan", facts="가상의 사실"
    )
    steps, decisions = drawn(august + HOUR)
    assert decisions["중간·결과점검 판정"].since == august
    assert "참여제한 결정" not in decisions
    assert steps["restrictions"].blocks == ["의견 제출 기간이 남은 건 1건"]
    over = drawn(case.hearing_until)[1]["참여제한 결정"]
    assert (over.count, over.since) == (1, august)
    assert over.due > case.hearing_until


def test_decisions_are_sorted_by_due_date_then_age(call, terms, operator, year):
    year.eligible(1)
    (one,) = call_queries.rounds()
    _steps, decisions = board.build(one, queries.counts(one, SCREENING), SCREENING)
    assert [row.label for row in decisions[:2]] == ["추첨 씨앗의 해시 공개", "상품별 대수 확정"]
    assert [row.due for row in decisions[2:]] == [None] * len(decisions[2:])


def test_open_questions_stand_on_the_board_until_they_are_answered(call, operator, year):
    owner = year.submitted(1).applicant
    for hours in (0, 2):
        questions.ask(
            by=owner, at=INTAKE + hours * HOUR, call=call, title="가상의 문의", text="가상", public=False
        )
    line = drawn(SCREENING)[1]["문의에 답하기"]
    assert (line.count, line.since, line.due, line.url) == (2, INTAKE, None, "/questions/queue/")
    for one in asked.waiting():
        questions.answer(by=operator, at=SCREENING, question=one, text="가상의 답")
    assert "문의에 답하기" not in drawn(SCREENING)[1]


def test_present_is_the_first_step_going_on(call):
    steps, _decisions = drawn(INTAKE)
    assert board.present(list(steps.values())).code == "call"


def counted(client):
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/console/").status_code == 200
    return len(seen)


@pytest.mark.parametrize("rows", [10, 1000])
def test_the_page_costs_the_same_for_ten_and_a_thousand(client, selecting, operator, clock, rows):
    clock(SELECTING)
    selecting.opened().many(rows)
    client.force_login(operator)
    client.get("/console/")  # the call's snapshot is read once per process
    assert counted(client) == 20


def test_the_board_is_for_operators_and_auditors(client, call, operator, auditor, reviewer, clock):
    clock(INTAKE)
    assert client.get("/console/").status_code == 302
    client.force_login(reviewer)
    assert client.get("/console/").status_code == 403
    for who in (operator, auditor):
        client.force_login(who)
        shown = client.get("/console/").content.decode()
        assert "가장 먼저 할 일: 추첨 씨앗의 해시 공개" in shown
        assert "3월 17일(월) 15:00, 14일" in shown


def test_without_a_call_the_board_says_how_to_begin(client, operator):
    client.force_login(operator)
    assert "공고된 사업이 없습니다" in client.get("/console/").content.decode()


def test_another_round_is_chosen_by_address(client, call, operator, clock):
    clock(INTAKE)
    client.force_login(operator)
    assert client.get("/console/?round=2025-npu:1").status_code == 200
    assert client.get("/console/?round=2025-npu:9").status_code == 404


def test_restrictions_in_force_are_counted(call, operator):
    entry = RestrictionEntry(
        unit="company:1234567890",
        ground="voucher_restriction",
        clause="E-09",
        starts_on=INTAKE.date(),
        ends_on=None,
        source="가상 통보",
    )
    organisations.record_restriction(by=operator, at=INTAKE, entry=entry)
    assert numbers(drawn(INTAKE)[0]["restrictions"])["지금 효력이 있는 제한"] == 1


def test_ended_awards_are_not_in_use(stage, acts, operator):
    stage.selected(1)
    award = acts.in_use(acts.opened(stage)[0])
    allocation.return_server(by=operator, at=datetime(2025, 6, 1, tzinfo=UTC), award=award)
    shown = numbers(drawn(datetime(2025, 6, 2, tzinfo=UTC))[0]["allocation"])
    assert (shown["이용 중"], shown["이용 종료"]) == (0, 1)
