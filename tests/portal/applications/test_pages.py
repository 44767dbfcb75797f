"""The pages of applying, as each person meets them: who may enter, what a press of a button does."""

from datetime import timedelta

import pytest
from spent import spent

from naru.portal.applications import actions
from naru.portal.applications.models import Application, EvidenceDocument, Receipt
from naru.portal.organisations.models import Organisation, Professor
from naru.portal.ui import clock


@pytest.fixture(autouse=True)
def _during_intake(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def after_close(monkeypatch, closing):
    monkeypatch.setattr(clock, "now", lambda: closing)


KPI = {
    "kpi_a-name": "처리 속도",
    "kpi_a-unit": "장/초",
    "kpi_a-direction": "higher",
    "kpi_a-baseline": "10",
    "kpi_a-target": "42.5",
    "kpi_a-how_measured": "시험 영상",
}
PAGES = {
    "product": {"product": "npu-60", "title": "공장 영상 불량 검출"},
    **{
        name: {f"plan_{name}": f"{name}에 대한 답"}
        for name in ("purpose", "field", "contents", "need", "other")
    },
    "kpis": KPI,
    "models": {"model_a-name": "yolov8n", "model_a-family": "yolo", "primary_model": "a"},
    "declarations": {
        "declare_inference_only": "yes",
        "declare_model_trained": "yes",
        "declare_privacy_violation": "no",
        "declare_duplicate_support": "no",
        "support_ai_voucher_ai_semiconductor": "applied",
    },
    "consents": {
        f"consent_{name}": "yes-1"
        for name in (
            "collection", "provision_evaluators", "provision_vendor", "provision_cloud", "third_persons",
        )
    },
}  # fmt: skip


def fill_in(client, application, **pages):
    """Every page of the form, saved one after the other; `pages` changes the answers of a page."""
    for page, answers in PAGES.items():
        answer = client.post(f"/applications/{application.pk}/edit/{page}/", pages.get(page, answers))
        assert answer.status_code == 302, page


def test_home_shows_the_open_call_and_three_doors(client, call):
    page = client.get("/").content.decode()
    assert "신청을 받고 있습니다" in page
    assert "남음" in page
    assert [
        door in page for door in ("지원 대상인가요?", "우리 모델이 돌아가나요?", "무엇을 준비하나요?")
    ] == [True] * 3


def test_home_is_honest_without_a_call(client, db):
    assert "아직 공고가 나지 않았습니다" in client.get("/").content.decode()


def test_home_is_honest_after_the_close(client, call, after_close):
    page = client.get("/").content.decode()
    assert "지금은 신청을 받지 않습니다" in page
    assert "/applications/start/" not in page


@pytest.mark.parametrize("path", ["/check/eligibility/", "/check/documents/"])
def test_self_checks_before_any_call_say_so(client, db, path):
    assert "아직 공고가 없습니다" in client.get(path).content.decode()


def test_what_to_prepare_lists_the_sections(client, call, terms):
    page = client.get("/check/documents/?kind=startup").content.decode()
    assert [one.title.ko for one in terms.plan if one.title.ko not in page] == []


@pytest.mark.requirement("A-05")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("YOLOv8n", "표에 있습니다: YOLO Series"),
        ("ResNet-50", "표에 없습니다. 가까운 계열이 있습니다"),
        ("our own net", "표에 없습니다"),
    ],
)
def test_the_model_check_needs_no_account(client, db, name, expected):
    page = client.get("/check/model/", {"name": name}).content.decode()
    assert f">{expected}<" in page
    assert "A-05" in page


def test_pages_ask_a_visitor_to_log_in(client, draft):
    for path in ("", "start/", "start/company/", f"{draft.pk}/", f"{draft.pk}/edit/", f"{draft.pk}/submit/"):
        answer = client.get(f"/applications/{path}")
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


PRIVATE = ("edit/", "documents/", "submit/", "withdraw/")


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        ("applicant", 404),
        ("operator", 200),
        ("auditor", 200),
        ("reviewer", 403),
        ("vendor", 403),
        ("cloud", 403),
    ],
)
def test_anothers_application_by_role(client, submitted, make_user, role, reads):
    client.force_login(make_user("other", *([] if role == "applicant" else [role])))
    document = submitted.documents.get()
    for path in ("", "receipt/", f"files/{document.pk}/"):
        answer = client.get(f"/applications/{submitted.pk}/{path}")
        if answer.streaming:
            assert b"".join(answer.streaming_content)  # read to its end, the file is closed
        assert answer.status_code == reads
    assert [client.get(f"/applications/{submitted.pk}/{path}").status_code for path in PRIVATE] == [404] * 4


def test_a_document_is_only_an_attachment(client, submitted, applicant_user, pdf):
    client.force_login(applicant_user)
    answer = client.get(f"/applications/{submitted.pk}/files/{submitted.documents.get().pk}/")
    assert spent(answer) == pdf
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")


def test_a_company_applies_from_registration_to_receipt(client, call, applicant_user, pdf):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(applicant_user)
    assert "등록된 기업이 없습니다" in client.get("/applications/start/company/").content.decode()
    company = {
        "name": "가상 비전",
        "business_number": "123-45-67891",
        "kind": "sme",
        "legal_form": "corporation",
        "started_on": "2021-05-03",
        "fiscal_year_end_month": "12",
        "representative_1": "김가상",
        "born_1": "1990-01-02",
    }
    client.post("/applications/start/company/new/", company)
    organisation = Organisation.objects.get()
    client.post("/applications/start/company/", {"organisation": organisation.pk, "kind": "sme"})
    made = Application.objects.get()
    assert client.get(f"/applications/{made.pk}/edit/").url == f"/applications/{made.pk}/edit/product/"
    fill_in(client, made)
    codes = dict(made.declarations.values_list("code", "declared"))
    assert codes["ai_voucher_ai_semiconductor:applied"]
    assert codes["privacy_violation"] is False
    assert "공장 영상 불량 검출" in client.get(f"/applications/{made.pk}/edit/product/").content.decode()
    assert 'value="42.5"' in client.get(f"/applications/{made.pk}/edit/kpis/").content.decode()
    upload = {"file": SimpleUploadedFile("확인서.pdf", pdf), "fiscal_year_end": "2023-12-31"}
    assert client.post(f"/applications/{made.pk}/documents/sme_certificate/", upload).status_code == 302
    assert EvidenceDocument.objects.get().filename == "확인서.pdf"
    key = client.get(f"/applications/{made.pk}/submit/").context["form"].initial["key"]
    answer = client.post(f"/applications/{made.pk}/submit/", {"key": key}, follow=True)
    page = answer.content.decode()
    receipt = Receipt.objects.get(key=key)
    assert [text for text in ("2025-npu-0001", receipt.content_sha256, "10:00") if text not in page] == []


def test_a_half_written_form_is_kept(client, draft, applicant_user):
    client.force_login(applicant_user)
    fill_in(client, draft, product={"title": "불량 검출"}, need={"plan_need": ""}, kpis={})
    page = client.get(f"/applications/{draft.pk}/").content.decode()
    assert "상품 하나를 골라 주세요." in page
    assert "지표를 하나 이상" in page


def test_a_broken_row_says_which_and_stays_as_typed(client, draft, applicant_user):
    client.force_login(applicant_user)
    url = f"/applications/{draft.pk}/edit/kpis/"
    assert client.post(url, KPI | {"kpi_a-target": "마흔"}).url == url
    page = client.get(url)
    assert page.context["rows"][0]["form"].errors.keys() == {"target"}
    assert 'value="마흔"' in page.content.decode()


def test_a_refused_document_says_why_and_how_to_mend_it(client, draft, applicant_user):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(applicant_user)
    upload = {"file": SimpleUploadedFile("확인서.pdf", b"MZ" * 40)}
    page = client.post(f"/applications/{draft.pk}/documents/sme_certificate/", upload).content.decode()
    assert "받을 수 있는 형식의 파일이 아닙니다" in page
    assert "다음 형식으로 저장해" in page
    assert "A-02" in page


def test_an_incomplete_form_is_not_submitted(client, draft, applicant_user):
    client.force_login(applicant_user)
    page = client.post(f"/applications/{draft.pk}/submit/", {"key": "k"}).content.decode()
    assert "아직 제출할 수 없습니다" in page
    assert not Receipt.objects.exists()


def test_withdrawal_states_what_follows(client, submitted, applicant_user):
    client.force_login(applicant_user)
    page = client.get(f"/applications/{submitted.pk}/withdraw/").content.decode()
    assert "다시 제출할 수 있고 접수번호는 그대로" in page
    client.post(f"/applications/{submitted.pk}/withdraw/", {"reason": "일정"})
    submitted.refresh_from_db()
    assert (submitted.state, submitted.withdrawal_reason) == ("withdrawn", "일정")


def test_a_student_applies_and_the_professor_confirms(client, call, student_user, professor_user, make_user):
    client.force_login(student_user)
    data = {
        "kind": "university",
        "institution": "가상대학교",
        "role": "student",
        "professor_name": "이교수",
        "professor_email": "Professor@example.test",
        "department": "컴퓨터공학과",
    }
    assert client.post("/applications/start/public/", data).status_code == 302
    made = Application.objects.get()
    assert (made.role, made.professor.user, made.unit) == (
        "student",
        professor_user,
        f"professor:{Professor.objects.get().pk}",
    )
    assert client.post(f"/confirmations/{made.pk}/").status_code == 404
    client.force_login(professor_user)
    assert "student" in client.get("/confirmations/").content.decode()
    client.post(f"/confirmations/{made.pk}/")
    assert not hasattr(Application.objects.get(), "confirmation")  # nothing to confirm yet
    Application.objects.update(product="npu-60", title="공장 영상 불량 검출")
    client.post(f"/confirmations/{made.pk}/")
    assert Application.objects.get().confirmation.decided_by == professor_user
    client.force_login(make_user("other"))
    assert "확인을 기다리는 학생의 신청이 없습니다" in client.get("/confirmations/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(
    client, call, professor, professor_user, make_user, at, django_assert_num_queries, count
):
    for place in range(count):
        student = make_user(f"student{place}")
        actions.start(
            by=student,
            at=at + timedelta(minutes=place),
            call=call,
            round_id="1",
            organisation=professor.organisation,
            kind="university",
            role="student",
            professor=professor,
        )
    Application.objects.update(applicant=professor_user)
    client.force_login(professor_user)
    with django_assert_num_queries(4):
        assert len(client.get("/confirmations/").context["rows"]) == count
    with django_assert_num_queries(6):
        assert len(client.get("/applications/").context["rows"]) == count


def test_the_list_asks_for_what_is_missing_and_then_for_the_press(
    client, monkeypatch, applicant_user, draft, answers, at
):
    monkeypatch.setattr(clock, "now", lambda: at)
    client.force_login(applicant_user)
    (row,) = client.get("/applications/").context["rows"]
    assert (row.task.asked, row.task.url) == (
        "빠진 것을 채우고 제출하십시오.",
        f"/applications/{draft.pk}/edit/",
    )
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    (row,) = client.get("/applications/").context["rows"]
    assert (row.task.asked, row.task.url) == (
        "다 적었습니다. 확인하고 제출하십시오.",
        f"/applications/{draft.pk}/submit/",
    )


def test_an_empty_list_says_what_comes_here_and_how_to_begin(client, call, applicant_user):
    client.force_login(applicant_user)
    page = client.get("/applications/").content.decode()
    assert [
        one
        for one in ("아직 신청이 없습니다", "/applications/start/", "/check/eligibility/")
        if one not in page
    ] == []


def test_after_the_close_a_draft_can_be_read_and_no_button_promises_to_save(
    client, draft, applicant_user, after_close
):
    client.force_login(applicant_user)
    page = client.get(f"/applications/{draft.pk}/edit/product/").content.decode()
    assert "2025년 3월 17일(월) 15:00에 마감되었습니다" in page
    assert [one for one in ("저장하고 다음", "data-autosave") if one in page] == []


def test_after_the_close_what_was_not_handed_in_is_told_that_nothing_follows(
    client, draft, applicant_user, after_close
):
    client.force_login(applicant_user)
    page = client.get(f"/applications/{draft.pk}/").content.decode()
    said = ("심사와 선정에 들지 않습니다", "더 일어날 일은 없습니다", "/calls/2025-npu/")
    assert [one for one in said if one not in page] == []
    assert "서류 적격심사와 사전 기술검토" not in page


@pytest.mark.parametrize("address", ["/", "/calls/2025-npu/"])
def test_after_the_close_the_public_pages_lead_to_the_results(client, call, after_close, address):
    assert '<a href="/calls/2025-npu/results/">선정 결과 보기</a>' in client.get(address).content.decode()
