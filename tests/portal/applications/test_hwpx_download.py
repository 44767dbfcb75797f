"""The application form as HWPX: blank for anybody, with the draft's answers for its people."""

from io import BytesIO

import pytest
from hwpx import HwpxDocument
from spent import spent

from naru.documents.form_cells import read_cells
from naru.documents.form_labels import FilledForm
from naru.portal.applications import actions, queries
from naru.portal.applications.answers import Answers, ModelAnswer
from naru.portal.applications.paper.kept import answers_of, form_of_application
from naru.portal.applications.paper.placing import propose
from naru.portal.organisations.actions import add_supplier


def content_of(answer):
    return spent(answer)


def text_of(content):
    with HwpxDocument.open(BytesIO(content)) as document:
        return document.text.plain()


@pytest.fixture
def filled(draft, answers, applicant_user, operator, at):
    for name in "ab":
        add_supplier(by=operator, at=at, kind="cloud", code=f"cloud-{name}", name=f"가상클라우드 {name}")
    models = (ModelAnswer(name="yolov8n", family="yolo", primary=True), ModelAnswer(name="our own net"))
    plan = answers().plan | {"purpose": "첫 문단\n\n둘째 문단: 가\n1. 나"}
    given = answers(models=models, plan=plan, declarations=answers().declarations | {
        "ai_voucher_ai_semiconductor:applied": True
    })  # fmt: skip
    return actions.save_answers(by=applicant_user, at=at, application=draft, answers=given)


@pytest.mark.requirement("A-01")
def test_the_form_shows_every_answer_given_so_far(client, filled, terms):
    """The application form is offered as an HWPX file filled in from the draft."""
    client.force_login(filled.applicant)
    answer = client.get(f"/applications/{filled.pk}/form.hwpx")
    assert answer["Content-Type"] == "application/hwp+zip"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    text = text_of(content_of(answer))
    expected = [
        "[붙임 1-2]",
        "가상 비전",
        "중소기업",
        "applicant@example.test",
        "공장 영상 불량 검출",
        "첫 문단",
    ]
    expected += ["처리 속도", "42.5", "높을수록 좋음", "YOLO Series", "our own net", "☑ NPU 60 TOPS"]
    expected += [section.title.ko for section in terms.plan]
    assert [words for words in expected if words not in text] == []


def test_what_is_downloaded_changes_nothing_when_it_comes_back(client, filled, terms):
    client.force_login(filled.applicant)
    content = content_of(client.get(f"/applications/{filled.pk}/form.hwpx"))
    whole = queries.whole(filled)
    before = answers_of(whole)
    found = propose(form_of_application(whole, terms), FilledForm.of(read_cells(BytesIO(content))), before)
    assert (found.changes, found.problems, found.unplaced) == ((), (), ())
    assert found.answers == before


def test_an_empty_draft_takes_every_answer_of_a_filled_form(client, filled, terms):
    client.force_login(filled.applicant)
    content = content_of(client.get(f"/applications/{filled.pk}/form.hwpx"))
    whole = queries.whole(filled)
    found = propose(form_of_application(whole, terms), FilledForm.of(read_cells(BytesIO(content))), Answers())
    assert (found.problems, found.unplaced) == ((), ())
    assert found.answers == answers_of(whole)


@pytest.mark.parametrize(("code", "words"), [("1-2", "벤처 유형"), ("1-3", "교수")])
def test_a_blank_form_needs_no_account(client, call, code, words):
    answer = client.get(f"/calls/2025-npu/form/{code}.hwpx")
    text = text_of(content_of(answer))
    assert [
        part for part in (f"[붙임 {code}]", words, "☐ NPU 60 TOPS", "목적과 성과목표") if part not in text
    ] == []
    assert "☑ NPU" not in text


@pytest.mark.parametrize("path", ["2025-npu/form/2-1.hwpx", "2025-npu/form/9.hwpx", "none/form/1-2.hwpx"])
def test_there_is_no_form_but_those_of_the_call(client, call, path):
    assert client.get(f"/calls/{path}").status_code == 404


def test_a_form_with_answers_is_for_its_people_only(client, filled, colleague, make_user):
    address = f"/applications/{filled.pk}/form.hwpx"
    assert client.get(address).status_code == 302
    client.force_login(colleague)
    assert content_of(client.get(address))[:2] == b"PK"
    for name, role in (("else", None), ("reads", "operator"), ("audits", "auditor")):
        client.force_login(make_user(name, *([role] if role else [])))
        assert client.get(address).status_code == 404


def test_the_student_form_names_the_professor(client, student_draft, terms):
    client.force_login(student_draft.applicant)
    text = text_of(content_of(client.get(f"/applications/{student_draft.pk}/form.hwpx")))
    assert "[붙임 1-3]" in text
    assert "이교수" in text
    assert "벤처 유형" not in text
