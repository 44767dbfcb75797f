"""The pages: what may be objected to, the answer, the operator's queue and card; who may see them."""

import json
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from made_files import pdf
from selecting import HOUR, SELECTING

from naru.codec.verification import verify
from naru.portal.appeals.models import Appeal

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-06")]
PUBLISHED = SELECTING + HOUR
DAY = HOUR * 24
FULL = {"purpose": 30, "field": 5, "contents": 50, "need": 10, "other": 5}


@pytest.fixture
def on(settings, client):
    """on(day, user) -> a client whose clock stands so many days after the publication."""

    def sit(days, user):
        settings.NARU_CLOCK_OFFSET = PUBLISHED + days * DAY - timezone.now()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
        return client

    return sit


def pdf_of(kept):
    with kept.file.content.open("rb") as stream:
        return stream.read()


def text(answer):
    return answer.content.decode()


def filed(browser, row, **changes):
    page = browser.get(f"/applications/{row.pk}/appeal/")
    key = page.context["form"].initial["key"]
    given = {"key": key, "against": "score", "grounds": ["score_entry"], "text": "가상의 이의"} | changes
    return browser.post(f"/applications/{row.pk}/appeal/", given)


def test_the_applicant_files_on_one_page_and_sees_until_when_it_is_answered(stage, on):
    row = stage.one(3)
    browser = on(1, row.applicant)
    page = text(browser.get(f"/applications/{row.pk}/appeal/"))
    assert "4월 25일" in page
    upload = SimpleUploadedFile("가상 근거.pdf", pdf(), "application/pdf")
    answer = filed(browser, row, attachments=upload)
    assert (answer.status_code, answer["Location"]) == (302, f"/applications/{row.pk}/appeal/")
    page = text(browser.get(f"/applications/{row.pk}/appeal/"))
    assert "2025-npu-0003-A" in page
    assert "가상 근거.pdf" in page
    kept = Appeal.objects.get().files.get()
    with closing(browser.get(f"/applications/{row.pk}/appeal/files/{kept.pk}/")) as file:
        assert b"".join(file.streaming_content) == pdf_of(kept)


def test_what_is_refused_is_said_on_the_page_and_the_words_stay(stage, on):
    row = stage.one(3)
    answer = filed(on(1, row.applicant), row, grounds=["eligibility_fact"], against="score", text="")
    assert answer.status_code == 422
    upload = SimpleUploadedFile("가상.pdf", b"MZ not a document", "application/pdf")
    answer = filed(on(1, row.applicant), row, attachments=upload, text="남아야 할 글")
    assert (answer.status_code, Appeal.objects.count()) == (422, 0)
    assert "남아야 할 글" in text(answer)


def test_after_the_time_the_page_says_so_with_the_clause(stage, on):
    row = stage.one(3)
    page = text(on(31, row.applicant).get(f"/applications/{row.pk}/appeal/"))
    assert "이의신청 기한이 지났습니다" in page
    assert "R-06" in page
    assert "<textarea" not in page


def test_the_status_page_leads_to_it(stage, on):
    row = stage.one(3)
    browser = on(1, row.applicant)
    assert f"/applications/{row.pk}/appeal/" in text(browser.get(f"/applications/{row.pk}/"))
    stage.file(3)
    assert "답을 기다리는 중" in text(browser.get(f"/applications/{row.pk}/"))


def test_who_was_left_out_reads_the_findings_and_may_object(stage, on):
    row = stage.one(6)
    page = text(on(1, row.applicant).get(f"/applications/{row.pk}/appeal/"))
    assert "서류심사에서 제외" in page


def test_withdrawing_says_what_follows_first(stage, on):
    appeal = stage.file(3)
    row = appeal.application
    browser = on(2, row.applicant)
    assert "다시 낼 수 있고" in text(browser.get(f"/applications/{row.pk}/appeal/withdraw/"))
    browser.post(f"/applications/{row.pk}/appeal/withdraw/")
    appeal.refresh_from_db()
    assert appeal.state == "withdrawn"
    assert browser.get(f"/applications/{row.pk}/appeal/withdraw/").status_code == 302
    assert "<textarea" in text(browser.get(f"/applications/{row.pk}/appeal/"))


def test_anothers_appeal_does_not_exist(stage, on):
    row = stage.file(3).application
    browser = on(2, stage.one(4).applicant)
    for page in ("", "withdraw/", "record.json"):
        assert browser.get(f"/applications/{row.pk}/appeal/{page}").status_code == 404


def test_the_queue_shows_those_due_first_and_marks_the_late(stage, on):
    stage.file(4, at=PUBLISHED + 2 * DAY)
    stage.file(3)
    page = on(20, stage.operator).get("/appeals/")
    assert [row["appeal"].number for row in page.context["rows"]] == ["2025-npu-0003-A", "2025-npu-0004-A"]
    assert "기한 지남" in text(page)
    assert on(20, stage.operator).get("/appeals/?state=settled").context["rows"] == []


def card(browser, appeal, act, **given):
    return browser.post(f"/appeals/{appeal.pk}/", given | {"act": act})


def test_the_whole_way_through_the_card(stage, on):
    """Extend, propose, confirm by another, ask new reviewers, recompute, propose and sign a seat."""
    appeal = stage.file(5)
    first, second = stage.operator, stage.operator2
    assert card(on(2, first), appeal, "extend", **{"extend-reason": "가상의 사유"}).status_code == 302
    assert card(on(2, first), appeal, "answer", verdict="rereview", reason="다시 봅니다").status_code == 302
    assert card(on(2, first), appeal, "confirm").status_code == 422
    assert card(on(3, second), appeal, "confirm").status_code == 302
    people = [one.pk for one in stage.reviewers()]
    page = text(on(3, first).get(f"/appeals/{appeal.pk}/"))
    assert all(f'value="{pk}"' in page for pk in people)
    assert card(on(3, first), appeal, "settle").status_code == 422
    stage.reviewed_by(appeal, FULL, lambda: card(on(3, first), appeal, "appoint", reviewers=people))
    assert card(on(6, first), appeal, "settle").status_code == 302
    page = text(on(6, first).get(f"/appeals/{appeal.pk}/"))
    assert "맨 앞" in page
    seat = {"budget_line": "가상 예비비", "units": 8, "reason": "가상의 사유"}
    assert card(on(7, first), appeal, "seat", **seat).status_code == 302
    assert card(on(7, first), appeal, "sign").status_code == 422
    assert card(on(7, second), appeal, "sign").status_code == 302
    row = appeal.application
    own = on(8, row.applicant)
    assert "맨 앞에 섭니다" in text(own.get(f"/applications/{row.pk}/appeal/"))
    kept = json.loads(own.get(f"/applications/{row.pk}/appeal/record.json").content)
    assert verify(kept) is None


def test_points_are_put_right_on_the_card(stage, on):
    appeal = stage.file(3, against="score", grounds=["score_entry"])
    page = on(2, stage.operator).get(f"/appeals/{appeal.pk}/")
    form = page.context["forms"]["answer"]
    assert len(form.rows()) == 3
    given = {box.html_name: box.value() for _sheet, boxes in form.rows() for box in boxes}
    wrong = next(name for name in given if name.endswith("-purpose"))
    given |= {"verdict": "correct", "reason": "바로잡습니다", wrong: 30}
    assert card(on(2, stage.operator), appeal, "answer", **given).status_code == 302
    appeal.refresh_from_db()
    assert (appeal.state, list(appeal.corrections["sheets"].values())) == ("proposed", [{"purpose": 30}])


def test_a_dismissal_says_of_what_kind(stage, on):
    appeal = stage.file(3)
    given = {"verdict": "dismissed", "reason": "글"}
    assert card(on(2, stage.operator), appeal, "answer", **given).status_code == 422
    assert card(on(2, stage.operator), appeal, "answer", code="no_standing", **given).status_code == 302


def test_auditors_read_and_do_nothing(stage, on, auditor):
    appeal = stage.file(3)
    browser = on(2, auditor)
    assert browser.get(f"/appeals/{appeal.pk}/").status_code == 200
    assert card(browser, appeal, "extend").status_code == 403
    assert 'name="act"' not in text(browser.get(f"/appeals/{appeal.pk}/"))


def test_the_board_counts_what_waits(stage, on):
    stage.file(3)
    assert "이의신청에 답하기" in text(on(2, stage.operator).get("/console/"))
