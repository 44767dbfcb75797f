"""The pages of screening per role: who sees what, what a POST does, no query per row."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from simulated_year import PDF, SCREENING

from naru.portal.applications.answers import DocumentDates, ModelAnswer
from naru.portal.screening import actions
from naru.portal.screening.models import CorrectionRequest, Screening, TechnicalReview
from naru.portal.ui import clock

LATER = SCREENING + timedelta(hours=1)
LAPSED = DocumentDates(valid_from=date(2023, 4, 1), valid_until=date(2024, 3, 31))
STAFF_PAGES = ["/screening/", "/screening/duplicates/", "/screening/coverage/"]


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def screening(year):
    application = year.submitted(1, dates=LAPSED)
    return actions.find(by=year.operator, at=SCREENING, application=application)


@pytest.fixture
def as_operator(client, operator):
    client.force_login(operator)
    return client


def ask(year, screening):
    [row] = actions.request_corrections(
        by=year.operator,
        at=SCREENING,
        application=screening.application,
        asked=[actions.Asked(item="sme_certificate", message="유효한 확인서를 올려 주십시오.")],
        due_at=SCREENING + timedelta(days=3),
    )
    return row


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_staff_rooms_are_for_operators_and_auditors(client, year, path, operator, auditor, applicant_user):
    assert client.get(path).status_code == 302
    for user, status in ((operator, 200), (auditor, 200), (applicant_user, 403)):
        client.force_login(user)
        assert client.get(path).status_code == status


def test_an_auditor_reads_the_card_and_changes_nothing(client, screening, auditor):
    client.force_login(auditor)
    page = client.get(f"/screening/{screening.pk}/")
    assert page.status_code == 200
    assert "결정 저장" not in page.text
    client.post(f"/screening/{screening.pk}/", {"act": "decide", "decision": "eligible", "reason": "임의"})
    assert Screening.objects.get().decision == "pending"
    for path in ("/screening/find/", "/screening/confirm/"):
        assert client.post(path).status_code == 403
    assert client.post("/screening/coverage/").status_code == 403


def test_the_card_shows_claim_evidence_and_the_clause(as_operator, screening):
    text = as_operator.get(f"/screening/{screening.pk}/").text
    assert screening.application.number in text
    assert "가상 기업 1" in text
    assert "근거 E-05" in text
    assert "이렇게 하면 됩니다" in text
    assert "가상 확인서.pdf" in text


def test_a_decision_is_saved_or_refused_with_its_clause(as_operator, screening):
    path = f"/screening/{screening.pk}/"
    refused = as_operator.post(path, {"act": "decide", "decision": "eligible", "reason": ""})
    assert refused.status_code == 200
    assert "근거 R-01" in refused.text
    assert as_operator.post(path, {"act": "decide"}).status_code == 200
    done = as_operator.post(path, {"act": "decide", "decision": "eligible", "reason": "원본을 확인함"})
    assert (done.status_code, done.url) == (302, path)
    kept = Screening.objects.get()
    assert (kept.decision, kept.reason, kept.decided_at) == ("eligible", "원본을 확인함", LATER)


def test_a_finding_is_ruled_on_beside_its_evidence(as_operator, screening):
    path = f"/screening/{screening.pk}/"
    row = screening.findings.get(code__startswith="certificate_")
    card = as_operator.get(path).text.split(f'id="finding-{row.mark}"')[1].split('class="ruled"')[0]
    assert "가상 확인서.pdf" in card
    given = {"act": "rule", "mark": row.mark, "after": "passed"}
    assert (
        "ruling_reason_missing"
        in as_operator.post(path, given | {"ruling_reason": ""}).context["refusal"].code
    )
    assert as_operator.post(path, given | {"after": ""}).status_code == 200
    assert as_operator.post(path, given | {"ruling_reason": "원본의 기간이 맞습니다."}).url == path
    text = as_operator.get(path).text
    assert text.count("원본의 기간이 맞습니다.") == 2
    assert "담당자가 바꿈" in text


def test_a_correction_is_asked_and_the_card_judges_anew(as_operator, screening):
    path = f"/screening/{screening.pk}/"
    assert as_operator.post(path, {"act": "find"}).status_code == 302
    assert Screening.objects.get().found_at == LATER
    page = as_operator.get(f"{path}ask/")
    assert [row.initial["item"] for row in page.context["rows"] if row.initial] == ["sme_certificate"]
    due = timezone.localtime(page.context["due"].initial["due_at"])
    assert (due.date() - timezone.localdate(LATER), due.hour) == (timedelta(days=5), 18)
    given = {
        "asks-TOTAL_FORMS": "3", "asks-INITIAL_FORMS": "1", "due_at": "2025-03-21T18:00",
        "asks-0-ask": "on", "asks-0-item": "sme_certificate", "asks-0-message": "다시",
    }  # fmt: skip
    assert as_operator.post(f"{path}ask/", given | {"asks-0-message": " "}).status_code == 200
    assert as_operator.post(f"{path}ask/", given).status_code == 302
    correction = CorrectionRequest.objects.get()
    assert correction.due_at.isoformat() == "2025-03-21T09:00:00+00:00"
    assert "보완 요청 중" in as_operator.get(path).text


def test_more_time_is_proposed_as_the_call_says(as_operator, year, screening):
    row = ask(year, screening)
    page = as_operator.get(f"/screening/corrections/{row.pk}/extend/")
    due = timezone.localtime(page.context["form"].initial["due_at"])
    assert (due.date() - timezone.localdate(row.due_at), due.hour) == (timedelta(days=3), 18)


def test_without_days_in_the_call_the_operator_names_the_day(as_operator, year, screening):
    version = screening.version
    del version.snapshot["corrections"]
    version.sha256 = "named-without-days"
    version.save()
    page = as_operator.get(f"/screening/{screening.pk}/ask/")
    assert (page.status_code, page.context["due"].initial) == (200, {"due_at": None})


def test_a_document_is_downloaded_by_staff_alone(client, screening, operator, applicant_user):
    document = screening.application.documents.get()
    path = f"/screening/{screening.pk}/documents/{document.pk}/"
    client.force_login(applicant_user)
    assert client.get(path).status_code == 403
    client.force_login(operator)
    answer = client.get(path)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"/screening/{screening.pk + 1}/documents/{document.pk}/").status_code == 404


def test_the_round_is_judged_and_the_clean_ones_confirmed(as_operator, year):
    year.submitted(1)
    year.submitted(2, models=(ModelAnswer(name="우리 회사 모델", primary=True),))
    assert "규칙으로 판단하기" in as_operator.get("/screening/").text
    assert as_operator.post("/screening/find/").status_code == 302
    assert Screening.objects.count() == 2
    preview = as_operator.get("/screening/confirm/").text
    assert "2025-npu-0001" in preview
    assert "2025-npu-0002" not in preview
    assert as_operator.post("/screening/confirm/").status_code == 302
    assert list(Screening.objects.values_list("decision", flat=True)) == ["eligible", "pending"]


def test_the_queue_is_narrowed(as_operator, year):
    for serial, product in ((1, "npu-60"), (2, "npu-240")):
        year.submitted(serial, product=product)
    actions.find_round(by=year.operator, at=SCREENING, call=year.call, round_id="1")
    text = as_operator.get("/screening/?product=npu-240&decision=pending&proposed=passed&sector=private").text
    assert "2025-npu-0002" in text
    assert "2025-npu-0001" not in text
    assert "조건에 맞는 심사가 없습니다" in as_operator.get("/screening/?sector=public").text
    assert "2025-npu-0001" in as_operator.get("/screening/?product=nonsense").text


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_row_and_three(as_operator, year, count, django_assert_num_queries):
    vendor, _user = year.vendor("a")
    for serial in range(1, count + 1):
        application = year.submitted(serial)
        actions.find(by=year.operator, at=SCREENING, application=application)
        actions.route(by=year.operator, at=SCREENING, application=application, vendors=[vendor])
    with django_assert_num_queries(8):
        as_operator.get("/screening/")
    with django_assert_num_queries(7):
        as_operator.get("/screening/coverage/")


def test_duplicates_are_listed_and_resolved(as_operator, year):
    first = year.submitted(1)
    second = year.submitted(2, organisation=first.organisation)
    assert first.unit in as_operator.get("/screening/duplicates/").text
    path = f"/screening/duplicates/{first.unit}/"
    assert as_operator.get(path).status_code == 200
    assert as_operator.post(path, {"kept": "", "reason": ""}).status_code == 200
    assert as_operator.post(path, {"kept": str(second.pk), "reason": "나중 신청을 남김"}).status_code == 302
    assert "나중 신청을 남김" in as_operator.get("/screening/duplicates/").text
    assert as_operator.get(path).status_code == 404


def test_a_vendor_sees_model_facts_alone_and_answers(client, year, operator):
    vendor, user = year.vendor("a")
    other, _other_user = year.vendor("b")
    application = year.submitted(1)
    actions.route(by=year.operator, at=SCREENING, application=application, vendors=[vendor, other])
    mine, theirs = TechnicalReview.objects.get(vendor=vendor), TechnicalReview.objects.get(vendor=other)
    client.force_login(user)
    for path in ("/technical-review/", f"/technical-review/{mine.pk}/"):
        text = client.get(path).text
        assert "yolov8n" in text
        for hidden in ("가상 기업 1", "공장 영상", "가상의 답", "applicant1", application.unit):
            assert hidden not in text
    assert client.get(f"/technical-review/{theirs.pk}/").status_code == 404
    assert client.get("/screening/").status_code == 403
    path = f"/technical-review/{mine.pk}/"
    wrong = {"verdict": "supported", "reason_code": "operator_missing", "note": ""}
    assert "근거 R-02" in client.post(path, wrong).text
    right = {"verdict": "unsupported", "reason_code": "operator_missing", "note": "3D 합성곱"}
    assert client.post(path, right).url == "/technical-review/"
    mine.refresh_from_db()
    assert (mine.verdict, mine.answered_by) == ("unsupported", user)
    assert "고칠 것이 있으면" in client.get(path).text
    assert mine.code in client.get("/technical-review/?show=answered").text
    client.force_login(operator)
    assert client.get("/technical-review/").status_code == 403


def test_a_vendor_account_without_a_company_is_told_so(client, year, vendor_user):
    client.force_login(vendor_user)
    assert client.get("/technical-review/").status_code == 403


def test_the_operator_routes_reopens_and_decides(as_operator, year, screening):
    _vendor, user = year.vendor("a")
    assert as_operator.post("/screening/coverage/").status_code == 302
    review = TechnicalReview.objects.get()
    answer = {"verdict": "unsupported", "reason_code": "operator_missing", "note": "불가"}
    actions.answer_review(by=user, at=LATER, review=review, **answer)
    assert screening.application.number in as_operator.get("/screening/coverage/").text
    assert as_operator.get(f"/screening/reviews/{review.pk}/reopen/").status_code == 200
    back = as_operator.post(f"/screening/reviews/{review.pk}/reopen/", {"reason": "잘못 누름"})
    assert back.url == f"/screening/{screening.pk}/"
    actions.answer_review(by=user, at=LATER, review=review, **answer)
    given = {"act": "unsupported", "technical_decision": "exclude", "technical_reason": "지원사 없음"}
    assert as_operator.post(f"/screening/{screening.pk}/", given).status_code == 302
    assert "지원사 없음" in as_operator.get(f"/screening/{screening.pk}/").text


def test_an_applicant_answers_its_own_correction(client, year, screening, applicant_user):
    correction = ask(year, screening)
    path = f"/applications/{screening.application_id}/corrections/"
    assert client.get(path).status_code == 302
    client.force_login(applicant_user)
    assert client.get(path).status_code == 404
    client.force_login(screening.application.applicant)
    assert "유효한 확인서를 올려 주십시오." in client.get(path).text
    assert client.post(path, {"correction": correction.pk, "answer": ""}).status_code == 200
    assert client.post(path, {"correction": 0, "answer": "없음"}).status_code == 404
    bring = f"{path}?bring={correction.pk}&act="
    empty = client.post(f"{bring}file", {}, headers={"x-fragment": "document"})
    assert (empty.status_code, "파일을 고른 뒤 올리십시오." in empty.text) == (422, True)
    new = {"file": SimpleUploadedFile("새 확인서.pdf", PDF)}
    part = client.post(f"{bring}file", new, headers={"x-fragment": "document"})
    assert (part.status_code, "새 확인서.pdf" in part.text, "<html" in part.text) == (200, True, False)
    back = {"valid_from": "2025-12-31", "valid_until": "2024-04-01"}
    assert client.post(f"{bring}dates", back).status_code == 422
    dates = {"valid_from": "2024-04-01", "valid_until": "2025-12-31"}
    assert client.post(f"{bring}dates", dates).url == f"{path}#sme_certificate"
    assert client.post(f"{path}?bring=0&act=file", {}).status_code == 404
    given = {"correction": correction.pk, "answer": "다시 올렸습니다."}
    assert client.post(path, given).status_code == 302
    correction.refresh_from_db()
    assert (correction.answer, correction.answered_at) == ("다시 올렸습니다.", LATER)
    document = screening.application.documents.get()
    assert (document.filename, document.valid_until) == ("새 확인서.pdf", date(2025, 12, 31))
    assert "답변함" in client.get(path).text


def test_a_correction_past_due_says_so(client, year, screening, monkeypatch):
    correction = ask(year, screening)
    client.force_login(screening.application.applicant)
    monkeypatch.setattr(clock, "now", lambda: correction.due_at)
    path = f"/applications/{screening.application_id}/corrections/"
    assert "기한이 지나 답할 수 없습니다" in client.get(path).text
    assert client.post(path, {"correction": correction.pk, "answer": "늦음"}).status_code == 404


def test_an_empty_page_teaches(client, year):
    application = year.submitted(1)
    client.force_login(application.applicant)
    text = client.get(f"/applications/{application.pk}/corrections/").text
    assert "요청받은 보완이 없습니다" in text


def test_the_queue_says_what_the_tax_service_said_last_of_each_company(client, year, operator):
    from naru.portal.console import queries as console
    from naru.portal.organisations.models import Organisation, StatusCheck

    rows = [year.submitted(n) for n in (1, 2, 3, 4, 5)]
    for one in rows:
        actions.find(by=operator, at=SCREENING, application=one)
    Organisation.objects.exclude(pk=rows[0].organisation_id).update(simulated=False)
    given = {"source": "test", "match": "unknown"}
    for hours, one, status, match in (
        (0, rows[1], "closed", "unknown"),
        (1, rows[1], "active", "match"),
        (0, rows[2], "active", "match"),
        (1, rows[2], "closed", "unknown"),
        (0, rows[3], "active", "mismatch"),
    ):
        StatusCheck.objects.create(
            organisation=one.organisation, status=status, checked_at=SCREENING + timedelta(hours=hours),
            **given | {"match": match},
        )  # fmt: skip
    client.force_login(operator)
    page = client.get("/screening/").text
    shown = [page.split(one.number)[1].split("</tr>")[0] for one in rows]
    said = ("확인하지 않음(시연)", "계속사업자", "폐업자", "개업일·대표자 불일치", "사업자 상태 미확인")
    assert [[words for words in said if words in row] for row in shown] == [
        [said[0]], [said[1]], [said[2]], [said[1], said[3]], [said[4]],
    ]  # fmt: skip
    assert console.applications(year.call, "1")["doubted"] == 2
    client.force_login(operator)
    assert "사업자 상태가 다른 신청 살펴보기" in client.get("/console/").text
