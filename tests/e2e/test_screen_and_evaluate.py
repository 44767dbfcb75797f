"""Screening, corrections, technical review, pledge and score sheets, each by the person whose act it is."""

from datetime import timedelta

from simulated_year import CLOSE, EVALUATION, PDF, SCREENING

from naru.portal.audit.models import Event
from naru.portal.evaluation.models import EvaluationClosing, Pledge, ReviewAssignment, ScoreSheet
from naru.portal.screening.models import CorrectionRequest, Screening, TechnicalReview

FILE = {"name": "새 확인서.pdf", "mimeType": "application/pdf", "buffer": PDF}
POINTS = {"points_purpose": 25, "points_field": 4, "points_contents": 42, "points_need": 8, "points_other": 4}


def actors(*acts):
    """(action, name) of every event of these acts, in order."""
    events = Event.objects.filter(action__in=acts).select_related("actor").order_by("pk")
    return [(event.action, event.actor.name) for event in events]


def test_an_operator_runs_the_rules_and_confirms_the_clean(world, seat, clock):
    world.upto("applied")
    clock(SCREENING)
    desk = (
        seat(world.operator).go("/screening/").press("규칙으로 판단하기").says("4건을 규칙으로 판단했습니다.")
    )
    clean = Screening.objects.filter(proposed="passed").count()
    desk.press(f"규칙을 모두 통과한 {clean}건 확인하고 확정").press("4건 적격으로 확정")
    desk.says(f"{clean}건을 적격으로 확정했습니다.")
    assert clean == Screening.objects.filter(decision="eligible", decided_by=world.operator).count() == 4
    assert actors("screening.find_round", "screening.confirm_clean") == [
        ("screening.find_round", "operator"),
        ("screening.confirm_clean", "operator"),
    ]


def test_a_correction_is_asked_for_answered_and_decided_with_a_reason(world, seat, clock):
    world.upto("applied")
    clock(SCREENING)
    application = world.applications[0]
    desk = seat(world.operator).go("/screening/").press("규칙으로 판단하기")
    screening = Screening.objects.get(application=application)
    desk.go(f"/screening/{screening.pk}/")
    desk.page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    desk.fill(item="sme_certificate", message="유효기간이 보이게 다시 올려 주십시오.")
    desk.press("보완 요청 보내기")
    request = CorrectionRequest.objects.get()
    assert (request.requested_by, request.item) == (world.operator, "sme_certificate")

    applicant = seat(application.applicant).go(f"/applications/{application.pk}/corrections/")
    applicant.says("유효기간이 보이게 다시 올려 주십시오.")
    applicant.fill(answer="다시 올렸습니다.", file=FILE, issued_on="2024-04-02", valid_from="2024-04-01",
                   valid_until="2025-12-31").press("답변 보내기")  # fmt: skip
    request.refresh_from_db()
    assert request.answer == "다시 올렸습니다."

    desk.go(f"/screening/{screening.pk}/").press("지금 자료로 다시 판단")
    desk.fill(decision="ineligible", reason="E-01: 확인서의 기업 이름이 다릅니다.").press("결정 저장")
    screening.refresh_from_db()
    assert (screening.decision, screening.overrides) == ("ineligible", True)
    assert screening.decided_by == world.operator


def test_a_unit_that_applied_twice_keeps_one(world, seat, clock):
    world.upto("opened")
    first = world.year.submitted(1)
    second = world.year.submitted(2, organisation=first.organisation)
    clock(SCREENING)
    desk = seat(world.operator).go("/screening/").press("규칙으로 판단하기").go("/screening/duplicates/")
    desk.go(f"/screening/duplicates/{first.unit}/")
    desk.fill(kept=first.pk, reason="먼저 낸 신청을 남기기로 함").press("이대로 정리").says(
        "중복신청을 정리했습니다."
    )
    resolution = world.call.duplicate_resolutions.get()
    assert (resolution.kept, list(resolution.excluded.all())) == (first, [second])
    assert resolution.decided_by == world.operator


def test_a_vendor_answers_what_an_operator_routed(world, seat, clock):
    world.upto("screened")
    clock(SCREENING)
    seat(world.operator).go("/screening/coverage/").press("아직 묻지 않은 신청을 모두 요청").says(
        "요청했습니다."
    )
    assert actors("screening.route_round") == [("screening.route_round", "operator")]
    desk = seat(world.vendor_a).go("/home/")
    assert desk.path == "/technical-review/"
    review = TechnicalReview.objects.filter(verdict="").order_by("pk")[0]
    desk.go(f"/technical-review/{review.pk}/")
    assert review.application.organisation.name not in desk.text
    desk.fill(verdict="conditional", reason_code="operator_fallback", note="일부 연산은 CPU에서 돕니다.")
    desk.press("답변 저장").says("답변을 저장했습니다.")
    review.refresh_from_db()
    assert (review.verdict, review.answered_by) == ("conditional", world.vendor_a)


def test_what_no_vendor_supports_is_decided_by_a_person(world, seat, clock):
    world.upto("routed")
    clock(SCREENING)
    review = TechnicalReview.objects.order_by("pk")[0]
    desk = seat(world.vendor_a).go(f"/technical-review/{review.pk}/")
    desk.fill(verdict="unsupported", reason_code="operator_missing", note="없는 연산이 있습니다.")
    desk.press("답변 저장")
    operator = seat(world.operator).go(f"/screening/{review.application.screening.pk}/")
    operator.fill(technical_decision="exclude", technical_reason="모든 반도체사가 지원할 수 없습니다.")
    operator.press("기술검토 결과로 결정")
    decision = review.application.technical_decision
    assert (decision.decision, decision.decided_by) == ("exclude", world.operator)


def test_three_reviewers_pledge_score_and_finalise_and_an_operator_closes(world, seat, clock):
    world.upto("reviewed")
    clock(EVALUATION)
    desk = seat(world.operator).go("/evaluation/panels/").press("미리보기")
    desk.press("이대로 배정").says("평가 12건을 배정했습니다.")
    for reviewer in world.reviewers:
        score = seat(reviewer).go("/home/")
        assert score.path == "/evaluation/mine/"
        mine = ReviewAssignment.objects.filter(reviewer=reviewer).order_by("pk")
        score.go(f"/evaluation/mine/{mine[0].pk}/")
        assert score.path == "/evaluation/pledge/2025-npu/"
        score.fill(agreed=True, declared=True).press("서약하기")
        for assignment in mine:
            score.go(f"/evaluation/mine/{assignment.pk}/").fill(**POINTS, comment="근거가 분명합니다.")
            score.press("확정하기").says("합계 83점")
    assert {pledge.reviewer for pledge in Pledge.objects.all()} == set(world.reviewers)
    assert ScoreSheet.objects.filter(state="final").count() == 12
    desk.go("/evaluation/close/").press("평가 마감").says("평가를 마감했습니다.")
    assert EvaluationClosing.objects.get().closed_by == world.operator


def test_a_reviewer_keeps_a_draft_revises_with_a_reason_and_steps_back(world, seat, clock):
    world.upto("seated")
    clock(EVALUATION + timedelta(hours=1))
    first, second = ReviewAssignment.objects.filter(reviewer=world.reviewers[0]).order_by("pk")[:2]
    desk = seat(world.reviewers[0]).go(f"/evaluation/mine/{first.pk}/")
    desk.fill(points_purpose=20).press("임시저장").says("합계 20점")
    desk.fill(**POINTS, comment="처음 의견").press("확정하기").says("합계 83점")
    desk.go(f"/evaluation/mine/{first.pk}/?revise=1").fill(
        points_need=9, reason="필요성을 다시 읽었습니다."
    ).press("고쳐서 확정").says("합계 84점")
    assert [sheet.state for sheet in first.sheets.order_by("number")] == ["draft", "final", "final"]
    desk.go(f"/evaluation/mine/{second.pk}/conflict/")
    desk.fill(reason="공동연구를 한 적이 있습니다.").press("이해충돌 신고")
    second.refresh_from_db()
    assert second.removed_at is not None
    assert second.removed_at > CLOSE
