"""The call is published and a company, a student and a professor apply, each at a desk of their own."""

from itertools import groupby

from playwright.sync_api import expect
from simulated_year import INTAKE, PDF, business_number, person
from small_world import NOTICE

from naru.portal.applications.models import Application, Receipt
from naru.portal.audit.models import Event
from naru.portal.calls.models import Call, CallVersion

FILE = {"name": "가상 서류.pdf", "mimeType": "application/pdf", "buffer": PDF}
PRODUCT = {"title": "가상 불량 검출", "product": "npu-60"}
KPI = {
    "지표 이름": "처리 속도",
    "단위": "장/초",
    "지금 값": "10",
    "12월 목표 값": "42.5",
    "재는 방법": "시험 영상 1,000장",
}
DECLARED = {
    "declare_inference_only": "yes",
    "declare_model_trained": "yes",
    "declare_privacy_violation": "no",
    "declare_duplicate_support": "no",
}


NEXT = "저장하고 다음"


def acts(prefix):
    """Who did what, in order, among the acts of one room."""
    events = Event.objects.filter(action__startswith=prefix).order_by("pk")
    return [(event.action.partition(".")[2], event.actor.name) for event in events]


def test_an_operator_publishes_the_call_commits_the_seed_and_freezes_the_quotas(world, seat, clock):
    clock(NOTICE)
    desk = seat(world.operator).go("/calls/publish/").fill(chosen="2025-npu.toml").press("미리보기")
    desk.says("2025-npu", "내용 해시").press("이 내용으로 공고")
    call = Call.objects.get()
    assert desk.path == f"/calls/{call.slug}/"
    desk.press("1차 상품별 대수 확정").says("상품별 대수를 확정했습니다.")
    desk.go("/calls/2025-npu/rounds/1/seed/").fill(seed="a seed for the browser").press("해시 공개")
    version = CallVersion.objects.get()
    assert (version.number, version.published_by) == (1, world.operator)
    assert call.quotas.count() == 3
    assert call.seeds.get().committed_by == world.operator
    assert acts("calls.") == [
        ("publish", "operator"),
        ("freeze_quotas", "operator"),
        ("commit_seed", "operator"),
    ]


def complete(desk, application, *codes):
    """Fill the form and attach each document, then submit; the receipt's page."""
    snapshot = application.call.versions.get().snapshot
    desk.go(f"/applications/{application.pk}/edit/").fill(**PRODUCT).press(NEXT)
    for section in snapshot["plan"]:
        desk.fill(**{f"plan_{section['id']}": "가상의 계획"}).press(NEXT)
    for label, text in KPI.items():
        desk.page.get_by_label(label).fill(text)
    desk.press(NEXT)
    desk.page.get_by_label("모델 이름").fill("yolov8n")
    desk.press(NEXT).fill(**DECLARED).press(NEXT)
    desk.fill(**{f"consent_{one['id']}": "yes-1" for one in snapshot["consents"] if one["required"]})
    desk.press("저장").says("저장됨", "아직 제출되지 않음")
    for code in codes:
        desk.go(f"/applications/{application.pk}/documents/").fill(f"#{code}", file=FILE)
        expect(desk.page.locator(f"#{code} .evidence-held")).to_contain_text("가상 서류.pdf")
        if not desk.page.locator(f"#{code} details").evaluate("one => one.open"):
            desk.page.locator(f"#{code} summary").click()
        desk.fill(f"#{code}", valid_from="2024-04-01", valid_until="2025-12-31")
        desk.press("날짜 저장", f"#{code}").says("날짜를 저장했습니다", "적힌 유효기간")
    return desk.go(f"/applications/{application.pk}/submit/")


def test_a_company_registers_itself_applies_and_holds_a_receipt(world, seat, clock):
    world.upto("opened")
    clock(INTAKE)
    applicant = person("founder")
    desk = seat(applicant).go("/applications/start/company/new/")
    desk.fill(
        name="가상 기업", business_number=business_number(7), kind="sme", legal_form="corporation",
        started_on="2021-05-03", representative_1="가상 대표", born_1="1970-01-02",
    )  # fmt: skip
    desk.press("다음")
    assert desk.path == "/applications/start/company/"
    desk.fill(kind="sme").press("다음")
    application = Application.objects.get()
    complete(desk, application, "sme_certificate").press("제출하기").says("2025-npu-")
    receipt = Receipt.objects.get(application=application)
    assert desk.path == f"/applications/{application.pk}/receipt/"
    desk.says(receipt.number, receipt.content_sha256)
    assert [one for one, _more in groupby(acts("applications."))] == [
        ("start", "founder"),
        ("save_section", "founder"),  # as often as the form saved itself
        ("attach_document", "founder"),
        ("date_document", "founder"),
        ("submit", "founder"),
    ]


def test_a_student_applies_and_the_professor_confirms(world, seat, clock):
    world.upto("opened")
    clock(INTAKE)
    professor = world.professor_user
    desk = seat(world.student).go("/applications/start/public/")
    desk.fill(
        kind="university", institution="가상 대학교", role="student", professor_name="가상 교수",
        professor_email=professor.email, department="가상 학과",
    ).press("다음")  # fmt: skip
    application = Application.objects.get()
    desk = complete(desk, application, "enrolment_certificate", "professor_employment_certificate")
    desk.go(f"/applications/{application.pk}/confirmation/").press("교수님께 확인 요청하기")
    desk.says("교수의 답을 기다림")
    seat(professor).go("/home/")
    assert seat(professor).path == "/confirmations/"
    seat(professor).press("student").says("가상 불량 검출")
    seat(professor).press("이 학생의 지도교수임을 확인합니다").says("교수 확인함")
    desk.go(f"/applications/{application.pk}/submit/").press("제출하기").says("2025-npu-")
    application.refresh_from_db()
    assert (application.state, application.sector) == ("submitted", "public")
    assert acts("applications.")[-2:] == [("confirm_student", "professor"), ("submit", "student")]


def test_an_application_is_withdrawn_with_its_reason(world, seat, clock):
    world.upto("opened")
    application = world.year.submitted(1)
    clock(INTAKE)
    desk = seat(application.applicant).go(f"/applications/{application.pk}/withdraw/")
    desk.fill(reason="가상의 사정").press("철회하기").says("철회")
    application.refresh_from_db()
    assert (application.state, application.withdrawal_reason) == ("withdrawn", "가상의 사정")
