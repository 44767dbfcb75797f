"""What `test_deciding` leaves out of screening and evaluation: a correction word by word, a sheet revised."""

from datetime import timedelta

from simulated_year import CLOSE, EVALUATION, PDF, SCREENING

from naru.portal.evaluation.models import ReviewAssignment
from naru.portal.screening.models import CorrectionRequest, Screening

FILE = {"name": "새 확인서.pdf", "mimeType": "application/pdf", "buffer": PDF}
POINTS = {
    "points_purpose-1": 13, "points_purpose-2": 12, "points_field": 4, "points_contents-1": 21,
    "points_contents-2": 21, "points_need": 8, "points_other": 4,
}  # fmt: skip


def test_a_correction_is_asked_for_answered_and_decided_with_a_reason(world, seat, clock):
    world.upto("applied")
    clock(SCREENING)
    application = world.applications[0]
    desk = seat(world.operator).go("/screening/").press("규칙으로 판단하기")
    screening = Screening.objects.get(application=application)
    desk.go(f"/screening/{screening.pk}/ask/")
    for row, item, message in (
        (0, "sme_certificate", "유효기간이 보이게 다시 올려 주십시오."),
        (1, "plan", "활용 일정을 적어 주십시오."),
    ):
        desk.page.check(f"[name=asks-{row}-ask]")
        desk.page.select_option(f"[name=asks-{row}-item]", item)
        desk.page.fill(f"[name=asks-{row}-message]", message)
    desk.press("보완 요청 보내기")
    request, words = CorrectionRequest.objects.order_by("pk")
    assert (request.requested_by, request.item) == (world.operator, "sme_certificate")

    applicant = seat(application.applicant).go(f"/applications/{application.pk}/corrections/")
    applicant.says("유효기간이 보이게 다시 올려 주십시오.")
    applicant.says("2건 가운데 0건 답함")
    form = f"form:has([value='{request.pk}'])"
    applicant.page.fill(f"{form} [name=answer]", "다시 올렸습니다.")
    applicant.page.set_input_files("#sme_certificate [name=file]", FILE)
    applicant.page.wait_for_selector("#sme_certificate [name=valid_until]")
    applicant.page.fill("#sme_certificate [name=valid_from]", "2024-04-01")
    applicant.page.fill("#sme_certificate [name=valid_until]", "2025-12-31")
    applicant.page.click("#sme_certificate form[data-in-place] button")
    applicant.says("적힌 유효기간")
    assert applicant.page.input_value(f"{form} [name=answer]") == "다시 올렸습니다."
    applicant.page.click(f"{form} button")
    applicant.says("2건 가운데 1건 답함")
    assert Screening.objects.get(pk=screening.pk).decision == "correction"
    applicant.fill(answer="사용계획서의 일정은 4월부터 12월까지입니다.").press("답변 보내기")
    applicant.says("모두 답했습니다")
    assert Screening.objects.get(pk=screening.pk).decision == "pending"
    words.refresh_from_db()
    assert words.answer == "사용계획서의 일정은 4월부터 12월까지입니다."
    request.refresh_from_db()
    assert request.answer == "다시 올렸습니다."

    desk.go(f"/screening/{screening.pk}/").press("지금 자료로 다시 판단")
    desk.fill(decision="ineligible", reason="E-01: 확인서의 기업 이름이 다릅니다.").press("결정 저장")
    screening.refresh_from_db()
    assert (screening.decision, screening.overrides) == ("ineligible", True)
    assert screening.decided_by == world.operator


def test_a_reviewer_keeps_a_draft_revises_with_a_reason_and_steps_back(world, seat, clock):
    world.upto("seated")
    clock(EVALUATION + timedelta(hours=1))
    first, second = ReviewAssignment.objects.filter(reviewer=world.reviewers[0]).order_by("pk")[:2]
    desk = seat(world.reviewers[0]).go(f"/evaluation/mine/{first.pk}/")
    desk.fill(**{"points_purpose-1": 11}).press("임시저장").says("합계 11점")
    desk.fill(**POINTS, comment="처음 의견").press("저장하고 확정 전 확인").press("저장된 그대로 확정")
    desk.go(f"/evaluation/mine/{first.pk}/?revise=1").fill(
        points_need=9, reason="필요성을 다시 읽었습니다."
    ).press("고쳐서 확정").says("합계 84점")
    *drafts, confirmed, revised = [sheet.state for sheet in first.sheets.order_by("number")]
    assert (confirmed, revised) == ("final", "final")
    # Two drafts are saved by hand; a slow machine lets the page's autosave keep one more between them.
    assert len(drafts) >= 2
    assert set(drafts) == {"draft"}
    desk.go(f"/evaluation/mine/{second.pk}/conflict/")
    desk.fill(reason="공동연구를 한 적이 있습니다.").press("이해충돌 신고")
    second.refresh_from_db()
    assert second.removed_at is not None
    assert second.removed_at > CLOSE
