"""The pages of applying, as each person meets them: who may enter, what a press of a button does."""

import re
from datetime import timedelta

import pytest

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


def form_data(**changes):
    data = {
        "product": "npu-60",
        "title": "공장 영상 불량 검출",
        "declare_inference_only": "on",
        "declare_model_trained": "on",
        "declare_privacy_violation": "no",
        "declare_duplicate_support": "no",
        "support_ai_voucher_ai_semiconductor": "applied",
        "kpis-TOTAL_FORMS": "1",
        "kpis-INITIAL_FORMS": "0",
        "kpis-0-name": "처리 속도",
        "kpis-0-unit": "장/초",
        "kpis-0-direction": "higher",
        "kpis-0-baseline": "10",
        "kpis-0-target": "42.5",
        "kpis-0-how_measured": "시험 영상",
        "models-TOTAL_FORMS": "1",
        "models-INITIAL_FORMS": "0",
        "models-0-name": "yolov8n",
        "models-0-family": "yolo",
        "models-0-primary": "on",
    }
    sections = ("purpose", "field", "contents", "need", "other")
    return data | {f"plan_{name}": f"{name}에 대한 답" for name in sections} | changes


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


@pytest.mark.parametrize(
    ("query", "expected", "absent"),
    [
        ("kind=sme&legal_form=corporation", ["중소기업 확인서", "#E-05", "E-03"], "법인등기부등본"),
        ("kind=sme&legal_form=corporation&youth=on", ["중소기업 확인서", "법인등기부등본"], "신분증"),
        ("kind=university&role=student", ["재학증명서", "지도교수 재직증명서"], "중소기업 확인서"),
        ("kind=large_enterprise", ["지원 대상이 아닙니다: 대기업", "E-03"], "올릴 서류"),
    ],
)
def test_the_self_check_cites_its_clause_and_names_the_documents(client, call, query, expected, absent):
    page = client.get(f"/check/eligibility/?{query}").content.decode()
    result = re.search(r'id="result".*?</section>', page, re.DOTALL)[0]
    assert [words for words in expected if words not in result] == []
    assert absent not in result


@pytest.mark.parametrize("path", ["/check/eligibility/", "/check/documents/"])
def test_self_checks_before_any_call_say_so(client, db, path):
    assert "아직 공고가 없습니다" in client.get(path).content.decode()


def test_what_to_prepare_lists_the_sections(client, call, terms):
    page = client.get("/check/documents/?kind=startup").content.decode()
    assert "창업기업 확인서 또는 사업자등록증" in page
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
    assert b"".join(answer.streaming_content) == pdf
    answer.close()
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
    assert client.get(f"/applications/{made.pk}/edit/").status_code == 200
    saved = client.post(f"/applications/{made.pk}/edit/", form_data())
    assert saved.status_code == 302
    codes = dict(made.declarations.values_list("code", "declared"))
    assert codes["ai_voucher_ai_semiconductor:applied"]
    assert codes["privacy_violation"] is False
    again = client.get(f"/applications/{made.pk}/edit/").content.decode()
    assert "공장 영상 불량 검출" in again
    assert 'value="42.5000"' in again
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
    data = form_data(product="", plan_need="") | {"kpis-0-name": "", "kpis-0-unit": ""}
    for name in ("baseline", "target", "how_measured"):
        data[f"kpis-0-{name}"] = ""
    assert client.post(f"/applications/{draft.pk}/edit/", data).status_code == 302
    page = client.get(f"/applications/{draft.pk}/").content.decode()
    assert "상품 하나를 골라 주세요." in page
    assert "지표를 하나 이상" in page


def test_a_broken_row_says_which(client, draft, applicant_user):
    client.force_login(applicant_user)
    answer = client.post(f"/applications/{draft.pk}/edit/", form_data(**{"kpis-0-target": "마흔"}))
    assert answer.status_code == 200
    assert "저장하지 못했습니다" in answer.content.decode()
    assert answer.context["kpis"].errors[0].keys() == {"target"}


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
    assert Application.objects.get().confirmation.confirmed_by == professor_user
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
