"""The documents page: what is owed and why, uploading, dates, taking away, and who may read a file."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from spent import spent

from naru.documents import GateVerdict, Verdict
from naru.domain.decision import Refused
from naru.portal.applications import actions, judging, queries, tasks
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.judging import judge
from naru.portal.applications.models import EvidenceDocument, StoredFile
from naru.portal.audit.models import Event
from naru.portal.mail.models import Mail
from naru.portal.ui import clock


@pytest.fixture(autouse=True)
def _during_intake(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def desk(client, draft, applicant_user):
    client.force_login(applicant_user)
    return client


def address(application, tail=""):
    return f"/applications/{application.pk}/documents/{tail}"


def upload(desk, application, content, name="확인서.pdf", code="sme_certificate", **headers):
    file = {"file": SimpleUploadedFile(name, content)}
    return desk.post(address(application, f"{code}/"), file, headers=headers)


@pytest.fixture
def scanner_down(monkeypatch):
    """scanner_down(verdict): from now on the gates answer this; the real ones cannot be made to fail here."""

    def answer(verdict, *codes):
        def gate(content, filename, *, limits):
            real = real_gate(content, filename, limits=limits)
            reasons = tuple(real_gate(b"", "a.pdf", limits=limits).reasons) if codes else ()
            return GateVerdict(
                verdict=verdict, reasons=reasons, media_type=real.media_type, sha256=real.sha256
            )

        real_gate = getattr(judging.gate, "__wrapped__", judging.gate)
        gate.__wrapped__ = real_gate
        monkeypatch.setattr(judging, "gate", gate)

    return answer


def test_each_document_says_why_what_counts_where_and_how_long(desk, draft):
    page = desk.get(address(draft)).content.decode()
    expected = ["중소기업 확인서", "#E-05", "「중소기업기본법」", "sminfo.mss.go.kr", "12개월", "아직 없음"]
    assert [words for words in expected if words not in page] == []


def test_an_upload_shows_size_time_and_hash(desk, draft, pdf):
    answer = upload(desk, draft, pdf)
    assert (answer.status_code, answer["Location"]) == (302, f"{address(draft)}#sme_certificate")
    page = desk.get(address(draft)).content.decode()
    file = StoredFile.objects.get()
    expected = ["확인서.pdf", file.sha256, "올렸음", "2025년 3월 3일(월) 10:00"]
    assert [words for words in expected if words not in page] == []


def test_the_same_file_sent_twice_is_one_document_and_one_event(desk, draft, pdf, events):
    upload(desk, draft, pdf)
    first, before = EvidenceDocument.objects.get(), events()
    assert upload(desk, draft, pdf).status_code == 302
    assert (EvidenceDocument.objects.get(), events()) == (first, before)
    assert StoredFile.objects.count() == 1


def test_an_upload_is_one_event(desk, draft, pdf, events):
    before = events()
    upload(desk, draft, pdf)
    assert events() == before + 1
    assert Event.objects.latest("id").facts == {
        "code": "sme_certificate",
        "sha256": StoredFile.objects.get().sha256,
        "verdict": "accepted",
        "correction": False,
    }


def test_a_file_is_kept_under_a_generated_name_that_nobody_else_may_read(desk, draft, pdf, settings):
    upload(desk, draft, pdf, name="../../주민등록번호.pdf")
    file = Path(StoredFile.objects.get().content.path)
    root = Path(settings.MEDIA_ROOT)
    assert file.is_relative_to(root / "documents")
    folder, name = file.parts[-2:]
    assert (len(name), name[:2], file.stat().st_mode & 0o777) == (32, folder, 0o600)
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [path for path in root.rglob("*") if path.is_file()] == [file]


def test_every_reason_against_a_file_is_shown_and_the_one_before_stays(desk, draft, pdf):
    upload(desk, draft, pdf)
    answer = upload(desk, draft, b"%PDF-1.4\n1 0 obj", name="확인서.png")
    page = answer.content.decode()
    assert answer.status_code == 422
    expected = [".png(으)로 끝납니다", "맞게 고쳐", "손상되어", "앞서 올린 파일은 그대로"]
    assert [words for words in expected if words not in page] == []
    assert EvidenceDocument.objects.get().filename == "확인서.pdf"
    assert StoredFile.objects.count() == 1


def test_the_script_gets_only_the_part_of_the_page_that_changed(desk, draft, pdf):
    answer = upload(desk, draft, pdf, **{"X-Fragment": "document"})
    page = answer.content.decode()
    assert (answer.status_code, page.count("<section"), "<html" in page) == (200, 1, False)
    assert "서류를 올렸습니다" in page
    refused = upload(desk, draft, b"MZ", **{"X-Fragment": "document"})
    assert (refused.status_code, "받을 수 있는 형식" in refused.content.decode()) == (422, True)


def test_a_file_too_long_is_let_go_as_it_comes_in(desk, draft, pdf, settings):
    upload(desk, draft, pdf)
    settings.NARU_UPLOAD_BYTES = 100_000
    answer = upload(desk, draft, pdf + b" " * 150_000)
    assert answer.status_code == 422
    assert "보다 커서 받지 않았습니다" in answer.content.decode()
    assert EvidenceDocument.objects.get().file.size == len(pdf)


def test_a_request_far_too_long_is_not_read(desk, draft, pdf, settings):
    settings.NARU_UPLOAD_BYTES = 10_000
    answer = upload(desk, draft, b" " * 3_000_000)
    assert answer.status_code == 400
    assert "받을 수 없는 요청입니다" in answer.content.decode()


def test_no_file_and_an_empty_file_say_so(desk, draft):
    answer = desk.post(address(draft, "sme_certificate/"), {})
    assert (answer.status_code, "파일을 고른 뒤" in answer.content.decode()) == (422, True)
    assert "파일에 내용이 없습니다" in upload(desk, draft, b"").content.decode()


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("sme_certificate", {"valid_from", "valid_until", "fiscal_year_end", "fiscal_year_change"}),
        ("corporate_register", {"valid_from", "valid_until"}),
    ],
)
def test_only_the_dates_its_validity_needs_are_asked(desk, draft, answers, pdf, at, code, fields):
    actions.save_answers(by=draft.applicant, at=at, application=draft, answers=answers(youth_claimed=True))
    upload(desk, draft, pdf, code=code)
    cards = {card.paper.rule.code: card for card in desk.get(address(draft)).context["cards"]}
    assert set(cards[code].dates.fields) == fields
    assert [other.dates for name, other in cards.items() if name != code] == [None]


@pytest.mark.requirement("E-05")
@pytest.mark.parametrize(
    "written", ["2023-12-31", "2023.12.31", "20231231", "2023년 12월 31일", "2023. 12. 31."]
)
def test_dates_are_kept_however_they_are_written_and_the_period_is_shown(desk, draft, pdf, written):
    upload(desk, draft, pdf)
    assert "서류에 적힌 날짜를 확인해 주십시오" in desk.get(address(draft)).content.decode()
    desk.post(address(draft, "sme_certificate/dates/"), {"fiscal_year_end": written})
    assert EvidenceDocument.objects.get().fiscal_year_end == date(2023, 12, 31)
    page = desk.get(address(draft)).content.decode()
    assert "계산한 유효기간" in page
    assert "2024년 4월 1일(월) ~ 2025년 3월 31일(월)" in page


@pytest.mark.requirement("E-05")
def test_printed_dates_win_over_computed_ones(desk, draft, pdf):
    upload(desk, draft, pdf)
    given = {"fiscal_year_end": "2023-12-31", "valid_from": "2024-05-01", "valid_until": "2025-03-20"}
    desk.post(address(draft, "sme_certificate/dates/"), given)
    page = desk.get(address(draft)).content.decode()
    assert "적힌 유효기간" in page
    assert "2024년 5월 1일(수) ~ 2025년 3월 20일(목)" in page


@pytest.mark.requirement("E-05")
def test_a_company_that_split_has_no_computed_period(desk, draft, pdf):
    upload(desk, draft, pdf)
    given = {"fiscal_year_end": "2023-12-31", "fiscal_year_change": "split"}
    desk.post(address(draft, "sme_certificate/dates/"), given)
    (document,) = queries.applicant(queries.whole(draft)).documents
    assert document.fiscal_year_change == "split"
    assert "계산한 유효기간" not in desk.get(address(draft)).content.decode()


def test_a_period_that_ends_before_it_starts_is_said_at_the_field(desk, draft, pdf, events):
    upload(desk, draft, pdf)
    before = events()
    given = {"valid_from": "2024-05-01", "valid_until": "2024-04-01"}
    answer = desk.post(address(draft, "sme_certificate/dates/"), given)
    assert answer.status_code == 422
    assert "종료일은 시작일과 같거나 뒤여야" in answer.content.decode()
    assert events() == before


def test_dates_read_from_the_file_are_shown_and_never_kept_by_themselves(desk, draft, pdf):
    upload(desk, draft, pdf)
    StoredFile.objects.update(suggestions={"valid_until": "2025-03-31", "issued_on": "2024-04-02"})
    page = desk.get(address(draft)).content.decode()
    assert "파일에서 읽은 값입니다. 확인해 주십시오." in page
    assert 'value="2025-03-31"' in page
    assert EvidenceDocument.objects.get().valid_until is None
    desk.post(address(draft, "sme_certificate/dates/"), {"valid_until": "2025-04-01"})
    assert EvidenceDocument.objects.get().valid_until == date(2025, 4, 1)
    assert "파일에서 읽은 값입니다" not in desk.get(address(draft)).content.decode()


def test_a_document_is_taken_away_after_asking(desk, draft, pdf, events):
    upload(desk, draft, pdf)
    before = events()
    assert "지울까요?" in desk.get(address(draft, "sme_certificate/remove/")).content.decode()
    assert EvidenceDocument.objects.count() == 1
    desk.post(address(draft, "sme_certificate/remove/"))
    assert (EvidenceDocument.objects.count(), events()) == (0, before + 1)
    assert desk.get(address(draft, "sme_certificate/remove/")).status_code == 404


def test_after_submission_nothing_is_replaced_or_removed(client, submitted, pdf, events):
    client.force_login(submitted.applicant)
    before, document = events(), submitted.documents.get()
    answers = [
        upload(client, submitted, pdf + b"\n%%EOF"),
        client.post(address(submitted, "sme_certificate/remove/")),
        client.post(address(submitted, "sme_certificate/dates/"), {"valid_until": "2030-01-01"}),
    ]
    assert [answer.status_code for answer in answers] == [422] * 3
    assert ["이미 제출한 신청입니다" in answer.content.decode() for answer in answers] == [True] * 3
    assert (events(), submitted.documents.get()) == (before, document)


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 404), ("operator", 200), ("auditor", 200), ("reviewer", 403), ("vendor", 403), ("cloud", 403)],
)
def test_a_file_is_read_by_those_entitled_only(client, submitted, make_user, role, status):
    client.force_login(make_user("else", *([role] if role else [])))
    answer = client.get(f"/applications/{submitted.pk}/files/{submitted.documents.get().pk}/")
    assert answer.status_code == status
    spent(answer)


def test_a_colleague_reads_a_visitor_logs_in(client, submitted, colleague):
    path = f"/applications/{submitted.pk}/files/{submitted.documents.get().pk}/"
    assert client.get(path).status_code == 302
    client.force_login(colleague)
    answer = client.get(path)
    assert answer.status_code == 200
    spent(answer)


def test_a_file_of_another_application_is_not_served_here(client, submitted, student_draft, attach, pdf):
    other = attach(student_draft, "enrolment_certificate", content=pdf + b"%other\n%%EOF")
    client.force_login(submitted.applicant)
    assert client.get(f"/applications/{submitted.pk}/files/{other.pk}/").status_code == 404


def test_a_download_is_an_attachment_with_its_korean_name_in_a_sandbox(client, submitted):
    submitted.documents.update(filename='확인서 "최종".pdf')
    client.force_login(submitted.applicant)
    answer = client.get(f"/applications/{submitted.pk}/files/{submitted.documents.get().pk}/")
    spent(answer)
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%ED%99%95%EC%9D%B8%EC%84%9C%20%22%EC%B5%9C%EC%A2%85%22.pdf"
    )
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_quarantined_file_counts_as_handed_in_and_not_as_accepted(desk, draft, pdf, scanner_down):
    scanner_down(Verdict.QUARANTINED)
    assert upload(desk, draft, pdf).status_code == 302
    file = StoredFile.objects.get()
    assert (file.verdict, "/quarantine/" in file.content.path) == ("quarantined", True)
    page = desk.get(address(draft)).content.decode()
    assert "올림, 검사를 기다립니다" in page
    assert "낸 것으로 칩니다" in page
    whole = queries.whole(draft)
    assert queries.applicant(whole).documents == ()
    (item,) = queries.completeness(whole).section("documents")
    assert item.done


def test_another_look_accepts_a_quarantined_file_and_moves_it(
    desk, draft, pdf, scanner_down, django_capture_on_commit_callbacks, events
):
    scanner_down(Verdict.QUARANTINED)
    upload(desk, draft, pdf)
    quarantined = Path(StoredFile.objects.get().content.path)
    scanner_down(Verdict.ACCEPTED)
    before = events()
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.rescan_quarantine.call() == 1
    file = StoredFile.objects.get()
    assert (file.verdict, events()) == ("accepted", before + 1)
    assert "/documents/" in file.content.path
    assert (Path(file.content.path).read_bytes(), quarantined.exists()) == (pdf, False)
    assert len(queries.applicant(queries.whole(draft)).documents) == 1
    assert tasks.rescan_quarantine.call() == 0


def test_a_quarantined_file_refused_later_is_told_by_mail_once(desk, draft, pdf, scanner_down):
    scanner_down(Verdict.QUARANTINED)
    upload(desk, draft, pdf)
    scanner_down(Verdict.REFUSED, "file_empty")
    assert tasks.rescan_quarantine.call() == 1
    mail = Mail.objects.get(name="document_refused")
    assert (mail.to, mail.about) == ("applicant@example.test", f"applications.application:{draft.pk}")
    assert [
        words for words in ("확인서.pdf", "파일에 내용이 없습니다", "A-02") if words not in mail.body
    ] == []
    page = desk.get(address(draft)).content.decode()
    assert "받을 수 없는 파일" in page
    assert "파일에 내용이 없습니다" in page
    with pytest.raises(Refused):
        actions.attach_document(
            by=draft.applicant, at=clock.now(), application=draft, code="sme_certificate",
            file=judge(pdf, "a.pdf"), dates=DocumentDates(),
        )  # fmt: skip


def test_the_operator_looks_again_from_a_page(client, draft, pdf, attach, scanner_down, operator, auditor):
    scanner_down(Verdict.QUARANTINED)
    attach(draft, "sme_certificate", filename="확인서.pdf")
    file = StoredFile.objects.get()
    client.force_login(auditor)
    page = client.get("/files/quarantine/").content.decode()
    assert ("확인서.pdf" in page, "/rescan/" in page) == (True, False)
    assert client.post(f"/files/quarantine/{file.pk}/rescan/").status_code == 403
    client.force_login(operator)
    page = client.post(f"/files/quarantine/{file.pk}/rescan/", follow=True).content.decode()
    assert "아직 검사할 수 없습니다" in page
    scanner_down(Verdict.ACCEPTED)
    page = client.post(f"/files/quarantine/{file.pk}/rescan/", follow=True).content.decode()
    assert ("통과했습니다." in page, "기다리는 파일이 없습니다" in page) == (True, True)
    assert client.post(f"/files/quarantine/{file.pk}/rescan/").status_code == 404


def test_replaced_bytes_go_after_a_day_unless_a_receipt_names_them(
    submitted, attach, answers, at, pdf, django_capture_on_commit_callbacks
):
    handed_in = submitted.documents.get().file
    actions.withdraw(by=submitted.applicant, at=at, application=submitted, reason="바꾸려고")
    second = attach(submitted, "sme_certificate", content=pdf + b"%2\n%%EOF").file
    third = attach(submitted, "sme_certificate", content=pdf + b"%3\n%%EOF").file
    assert actions.remove_unneeded_files(by=None, at=at) == ()
    gone_path = Path(second.content.path)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.remove_unneeded_files(by=None, at=at + timedelta(days=2)) == (second.sha256,)
    assert set(StoredFile.objects.all()) == {handed_in, third}
    assert (gone_path.exists(), Path(handed_in.content.path).exists()) == (False, True)


def test_the_page_and_the_act_cost_few_queries(desk, draft, pdf, django_assert_max_num_queries):
    upload(desk, draft, pdf)
    with django_assert_max_num_queries(15):
        desk.get(address(draft))
    file = judge(pdf + b"%b\n%%EOF", "b.pdf")
    with django_assert_max_num_queries(15):
        actions.attach_document(
            by=draft.applicant, at=clock.now(), application=draft, code="sme_certificate",
            file=file, dates=DocumentDates(),
        )  # fmt: skip
