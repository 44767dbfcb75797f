"""The press and its receipt: once per press, signed, kept per revision, checkable by anybody."""

import json
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from naru.codec.receipt import Verdict, read_receipt
from naru.codec.signature import SigningKey, VerifyKey
from naru.domain.decision import Refused
from naru.portal.applications import actions, queries, receipts, signing
from naru.portal.applications.models import Application, Receipt, ReceiptKey
from naru.portal.mail.models import Mail
from naru.portal.ui import clock


@pytest.fixture(autouse=True)
def _during_intake(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def filled(draft, answers, attach, applicant_user, at):
    """The company's draft with every question answered and its certificate."""
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    attach(draft, "sme_certificate")
    return draft


def opened(client, application):
    """What the submit page would post."""
    return client.get(f"/applications/{application.pk}/submit/").context["form"].initial


def downloaded(client, application, revision=1):
    answer = client.get(f"/applications/{application.pk}/receipts/{revision}.json")
    assert answer["Content-Disposition"] == f'attachment; filename="2025-npu-0001-r{revision}.json"'
    return answer.content


def keys():
    return [VerifyKey.from_pem(row.pem.encode()) for row in ReceiptKey.objects.all()]


def test_one_press_loads_what_it_needs_in_one_query_each(
    client, filled, submitted_elsewhere, applicant_user, colleague, django_assert_max_num_queries
):
    """Session, user, transaction and mail included; the colleague costs one more than the applicant."""
    client.force_login(colleague)
    post = opened(client, filled)
    with django_assert_max_num_queries(14):
        assert client.post(f"/applications/{filled.pk}/submit/", post).status_code == 302
    assert Receipt.objects.filter(application=filled).count() == 1


@pytest.fixture
def submitted_elsewhere(student_draft, student_user, answers, at):
    """Somebody has submitted before: the chain, the key and the call's terms are there."""
    actions.save_answers(by=student_user, at=at, application=student_draft, answers=answers())
    return actions.submit(by=student_user, at=at, application=student_draft, key="k")


def test_the_parts_read_in_one_query_are_the_parts(filled, answers, applicant_user, at):
    """What the receipt holds is what the page showed, figures and order included."""
    whole = queries.content(queries.whole(filled))
    receipt = actions.submit(by=applicant_user, at=at, application=filled, key="k")
    changed = {"number": "2025-npu-0001", "revision": 1}
    assert receipt.content == json.loads(json.dumps(whole)) | changed
    assert (receipt.content["kpis"][0]["target"], receipt.content["models"][0]["primary"]) == ("42.5", True)
    assert list(receipt.content["documents"]) == ["sme_certificate"]


def test_a_double_click_and_a_second_tab_get_the_same_receipt(client, filled, applicant_user):
    client.force_login(applicant_user)
    first, second = opened(client, filled), opened(client, filled)
    assert first["key"] != second["key"]
    for post in (first, first, second):
        answer = client.post(f"/applications/{filled.pk}/submit/", post)
        assert answer["Location"] == f"/applications/{filled.pk}/receipt/"
    assert Receipt.objects.get().key == first["key"]
    assert Mail.objects.filter(name="applications/receipt").count() == 1


def test_a_page_opened_before_the_withdrawal_submits_again_only_by_a_new_press(
    client, filled, applicant_user, at
):
    client.force_login(applicant_user)
    post = opened(client, filled)
    client.post(f"/applications/{filled.pk}/submit/", post)
    actions.withdraw(by=applicant_user, at=at, application=filled, reason="오타")
    client.post(f"/applications/{filled.pk}/submit/", post)
    assert Application.objects.get().state == "withdrawn"
    client.post(f"/applications/{filled.pk}/submit/", opened(client, filled))
    assert list(Receipt.objects.values_list("revision", flat=True)) == [1, 2]


def test_a_draft_somebody_saved_since_is_shown_again_with_what_changed(
    client, filled, answers, applicant_user, colleague, at
):
    client.force_login(applicant_user)
    post = opened(client, filled)
    plan = {**answers().plan, "need": "다른 사람이 고친 필요성"}
    actions.save_answers(
        by=colleague, at=at, application=filled, answers=answers(title="고친 과제", plan=plan)
    )
    answer = client.post(f"/applications/{filled.pk}/submit/", post)
    page = answer.content.decode()
    assert not Receipt.objects.exists()
    assert answer.context["refusal"].code == "draft_changed"
    assert [text.ko for text in answer.context["changed"]] == ["필요성", "과제명"]
    assert [words for words in ("이 화면을 연 뒤에", "다른 사람이 고친 필요성") if words not in page] == []
    client.post(f"/applications/{filled.pk}/submit/", answer.context["form"].initial)
    assert Receipt.objects.get().content["title"] == "고친 과제"


@pytest.mark.parametrize(
    ("saved", "taken"),
    [
        ((True, 1), True),  # the page's last save, still on its way when the submit page was made
        ((True, -1), True),  # stamped before, committed after
        ((True, 31), False),  # no save is so long on its way: another window, another day
        ((False, 1), False),  # somebody else's words
    ],
)
def test_what_the_presser_typed_as_the_page_opened_asks_for_no_second_press(
    client, filled, answers, applicant_user, colleague, saved, taken
):
    (mine, seconds) = saved
    client.force_login(applicant_user)
    plan = {**answers().plan, "need": "마지막에 친 글"}
    post = opened(client, filled)
    actions.save_answers(
        by=applicant_user if mine else colleague,
        at=datetime.fromisoformat(post["opened"]) + timedelta(seconds=seconds),
        application=filled,
        answers=answers(plan=plan),
    )
    answer = client.post(f"/applications/{filled.pk}/submit/", post)
    assert [row.content["plan"]["need"] for row in Receipt.objects.all()] == ["마지막에 친 글"] * taken
    assert answer.status_code == (302 if taken else 200)


@pytest.mark.parametrize("instant", ["", "yesterday", "2025-03-10T10:00:00"])
def test_a_page_that_does_not_say_when_it_was_made_is_compared_whole(
    client, filled, answers, applicant_user, at, instant
):
    client.force_login(applicant_user)
    post = opened(client, filled) | {"opened": instant}
    actions.save_answers(by=applicant_user, at=at, application=filled, answers=answers(title="고친 과제"))
    answer = client.post(f"/applications/{filled.pk}/submit/", post)
    assert answer.context["refusal"].code == "draft_changed"
    assert not Receipt.objects.exists()


def test_a_document_replaced_since_is_a_change_too(client, filled, attach, applicant_user, pdf):
    client.force_login(applicant_user)
    post = opened(client, filled)
    attach(filled, "sme_certificate", content=pdf.replace(b"%PDF-1.4", b"%PDF-1.5"))
    answer = client.post(f"/applications/{filled.pk}/submit/", post)
    assert [text.ko for text in answer.context["changed"]] == ["중소기업 확인서"]


def test_an_incomplete_draft_is_refused_with_every_item_named_and_linked(client, draft, applicant_user):
    client.force_login(applicant_user)
    answer = client.post(f"/applications/{draft.pk}/submit/", {"key": "k"})
    page = answer.content.decode()
    needed = answer.context["needed"]
    assert len(needed) == len(queries.missing(queries.whole(draft))) > 10
    assert [one for one in needed if f'<a href="{one.url}">{one.title.ko}</a>' not in page] == []
    assert "_missing" not in page
    assert "document" not in {one.finding.code.partition("_")[0] for one in needed}
    assert [one.title.ko for one in answer.context["later"]] != []


def test_after_the_close_the_page_says_what_is_possible(client, filled, applicant_user, monkeypatch, closing):
    client.force_login(applicant_user)
    monkeypatch.setattr(clock, "now", lambda: closing)
    page = client.get(f"/applications/{filled.pk}/submit/").content.decode()
    assert "제출하기</button>" not in page
    said = ("2025년 3월 17일(월) 15:00에 마감되었습니다", "마감 후 접수 예외", "추가모집")
    assert [words for words in said if words not in page] == []


def test_a_stranger_learns_nothing_by_pressing(client, filled, make_user):
    client.force_login(make_user("stranger"))
    for pk in (filled.pk, 10**9):
        assert client.post(f"/applications/{pk}/submit/", {"key": "k", "version": "x"}).status_code == 404


def test_the_receipt_is_signed_and_says_when_to_the_millisecond(client, filled, applicant_user, at):
    late = at + timedelta(microseconds=999_999)
    receipt = actions.submit(by=applicant_user, at=late, application=filled, key="k")
    client.force_login(applicant_user)
    found = read_receipt(downloaded(client, filled))
    assert found.statement.received_at == "2025-03-03T10:00:00.999+09:00"
    assert found.statement.version_sha256 == receipt.content["version_sha256"]
    assert found.check(keys()) is Verdict.VALID
    page = client.get(f"/applications/{filled.pk}/receipt/").content.decode()
    shown = ("10:00:00.999", receipt.signature, receipt.content_sha256, receipt.signed_with_id)
    assert [words for words in shown if words not in page] == []


@pytest.mark.parametrize(
    ("path", "value", "verdict"),
    [
        (("content", "title"), "다른 과제", Verdict.CONTENT_CHANGED),
        (("content", "plan", "need"), "", Verdict.CONTENT_CHANGED),
        (("payload", "received_at"), "2025-03-03T09:00:00.000+09:00", Verdict.SIGNATURE_WRONG),
        (("payload", "number"), "2025-npu-0002", Verdict.SIGNATURE_WRONG),
        (("payload", "basis"), "late_exception", Verdict.SIGNATURE_WRONG),
        (("payload", "key_id"), "0" * 32, Verdict.UNKNOWN_KEY),
        (("signature",), "", Verdict.UNSIGNED),
        (("signature",), "AAAA", Verdict.SIGNATURE_WRONG),
        (("signature",), "not base64!", Verdict.SIGNATURE_WRONG),
    ],
)
def test_whatever_is_changed_in_the_file_shows(client, submitted, applicant_user, path, value, verdict):
    client.force_login(applicant_user)
    found = json.loads(downloaded(client, submitted))
    *parents, last = path
    held = found
    for parent in parents:
        held = held[parent]
    assert held[last] != value
    held[last] = value
    client.logout()
    answer = client.post("/receipts/verify/", {"text": json.dumps(found)})
    assert (answer.status_code, answer.context["verdict"]) == (200, verdict.value)


def test_anybody_checks_a_receipt_without_an_account(client, submitted, applicant_user):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(applicant_user)
    file = downloaded(client, submitted)
    client.logout()
    answer = client.post("/receipts/verify/", {"file": SimpleUploadedFile("r.json", file)})
    assert "바뀌지 않았습니다" in answer.content.decode()
    for nonsense in (b"", b"{}", b"[1]", b"\xff", b'{"a":1,"a":2}', b"[" * 100_000, b'{"payload": NaN}'):
        answer = client.post("/receipts/verify/", {"file": SimpleUploadedFile("r.json", nonsense)})
        assert (answer.status_code, "verdict" in answer.context) == (200, False)
        assert answer.context["form"].errors


def test_the_public_key_is_published_with_the_call_and_downloadable(client, submitted):
    key = ReceiptKey.objects.get()
    assert key.pem.splitlines()[1] in client.get("/calls/2025-npu/receipt-key/").content.decode().replace(
        "&#x3D;", "="
    )
    assert client.get(f"/receipts/keys/{key.pk}.pem").content.decode() == key.pem
    assert client.get("/receipts/keys/unknown.pem").status_code == 404
    assert client.get("/calls/unknown/receipt-key/").status_code == 404


def test_a_new_key_leaves_old_receipts_checkable(submitted, applicant_user, at, settings, tmp_path):
    settings.RECEIPT_KEY = tmp_path / "keys" / "receipt.pem"
    before = signing.current()
    actions.withdraw(by=applicant_user, at=at, application=submitted, reason="오타")
    actions.submit(by=applicant_user, at=at, application=submitted, key="second")
    after = signing.rotate()
    actions.withdraw(by=applicant_user, at=at, application=submitted, reason="오타")
    actions.submit(by=applicant_user, at=at, application=submitted, key="third")
    used = list(Receipt.objects.values_list("signed_with", flat=True))
    assert used[1:] == [before.public.id, after.public.id]
    assert [receipts.signed(row).check(keys()) for row in Receipt.objects.all()] == [Verdict.VALID] * 3
    kept = {path.name for path in settings.RECEIPT_KEY.parent.iterdir()}
    assert kept == {"receipt.pem", f"{before.public.id}.pub.pem", f"{after.public.id}.pub.pem"}
    assert settings.RECEIPT_KEY.stat().st_mode & 0o777 == 0o600
    assert SigningKey.from_pem(settings.RECEIPT_KEY.read_bytes()).public.id == after.public.id


def test_a_broken_key_file_keeps_nobody_out(filled, applicant_user, at, settings, tmp_path, caplog):
    settings.RECEIPT_KEY = tmp_path / "receipt.pem"
    settings.RECEIPT_KEY.write_text("no key")
    receipt = actions.submit(by=applicant_user, at=at, application=filled, key="k")
    assert (receipt.signature, receipt.signed_with) == ("", None)
    assert receipts.signed(receipt).check(keys()) is Verdict.UNSIGNED
    assert "receipts are not signed" in caplog.text


def test_receipt_and_withdrawal_are_mailed_to_who_pressed_and_who_began(
    filled, applicant_user, colleague, at
):
    type(colleague).objects.filter(pk=colleague.pk).update(language="en")
    colleague.refresh_from_db()
    receipt = actions.submit(by=colleague, at=at, application=filled, key="k")
    actions.withdraw(by=applicant_user, at=at, application=filled, reason="오타")
    sent = {(mail.to, mail.name): mail for mail in Mail.objects.all()}
    assert sent.keys() == {
        ("applicant@example.test", "applications/receipt"),
        ("colleague@example.test", "applications/receipt"),
        ("applicant@example.test", "applications/withdrawn"),
    }
    english = sent["colleague@example.test", "applications/receipt"]
    assert english.subject == "[naru] Received: 2025-npu-0001 (submission 1)"
    assert "Mon 3 March 2025, 10:00:00.000 KST" in english.body
    korean = sent["applicant@example.test", "applications/receipt"].body
    said = (receipt.content_sha256, "10:00:00.000 (한국시간)", f"/applications/{filled.pk}/receipt/")
    assert [words for words in said if words not in korean] == []


def test_a_refused_press_mails_nobody(draft, applicant_user, at):
    with pytest.raises(Refused):
        actions.submit(by=applicant_user, at=at, application=draft, key="k")
    assert not Mail.objects.exists()


def test_every_revision_is_kept_with_its_state(
    client, submitted, answers, applicant_user, at, django_assert_max_num_queries
):
    client.force_login(applicant_user)
    actions.withdraw(by=applicant_user, at=at, application=submitted, reason="오타")
    actions.save_answers(by=applicant_user, at=at, application=submitted, answers=answers(title="둘째"))
    actions.submit(by=applicant_user, at=at, application=submitted, key="second")
    with django_assert_max_num_queries(8):
        page = client.get(f"/applications/{submitted.pk}/receipt/").content.decode()
    assert (page.count("유효"), page.count("새 제출로 바뀜")) == (1, 1)
    titles = [read_receipt(downloaded(client, submitted, n)).content["title"] for n in (1, 2)]
    assert titles == ["공장 영상 불량 검출", "둘째"]
    found = json.loads(downloaded(client, submitted, 2))
    text = json.dumps(found["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert found["payload"]["content_sha256"] == sha256(text.encode()).hexdigest()
