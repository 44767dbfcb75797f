"""A filled HWPX form comes back: a preview, then the ordinary save; hostile files never get that far."""

import zipfile
from io import BytesIO

import pytest
from hwpx import HwpxDocument

from naru.documents.filled_form import read_filled
from naru.documents.hwpx_form import write_form
from naru.portal.applications import actions, queries
from naru.portal.applications.paper.kept import answers_of, form_of_application
from naru.portal.applications.paper.printing import printed
from naru.portal.ui import clock


@pytest.fixture(autouse=True)
def _during_intake(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def filled(draft, answers, applicant_user, at, client):
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers(clouds=()))
    client.force_login(applicant_user)
    return draft


def file_of(application, terms, change=None):
    """The form of an application, edited by `change(document)`."""
    whole = queries.whole(application)
    content = write_form(printed(form_of_application(whole, terms), answers_of(whole)))
    if change is None:
        return content
    document, stream = HwpxDocument.open(BytesIO(content)), BytesIO()
    change(document)
    document.save_to_stream(stream)
    return stream.getvalue()


def send(client, application, content, name="form.hwpx"):
    file = BytesIO(content)
    file.name = name
    return client.post(f"/applications/{application.pk}/form/", {"file": file})


def retitle(document):
    for table in document.tables.all:
        for row in table.rows:
            for cell in row.cells:
                if cell.text == "공장 영상 불량 검출":
                    cell.set_text("파일에서 온 과제명")
    document.add_paragraph("따로 적은 글")


@pytest.mark.requirement("A-01")
def test_a_filled_form_is_shown_before_it_is_put_in(client, filled, terms, events):
    """A filled HWPX form fills the draft by its labels, and lists what it could not place."""
    before = events()
    answer = send(client, filled, file_of(filled, terms, retitle))
    proposal = answer.context["proposal"]
    assert [(one.label, one.old, one.new) for one in proposal.changes] == [
        ("과제명", "공장 영상 불량 검출", "파일에서 온 과제명")
    ]
    assert proposal.unplaced == ("따로 적은 글",)
    assert (events(), queries.whole(filled).title) == (before, "공장 영상 불량 검출")
    assert "따로 적은 글" in answer.content.decode()
    signed = answer.context["confirm"].initial["read"]
    done = client.post(f"/applications/{filled.pk}/form/", {"read": signed})
    assert done.status_code == 302
    assert (queries.whole(filled).title, events()) == ("파일에서 온 과제명", before + 1)


def test_what_was_downloaded_changes_nothing(client, filled, terms):
    answer = send(client, filled, file_of(filled, terms))
    assert answer.context["proposal"].changes == ()
    assert "바뀌는 것이 없습니다" in answer.content.decode()


def test_a_draft_changed_meanwhile_is_shown_anew(client, filled, terms, answers, at):
    answer = send(client, filled, file_of(filled, terms, retitle))
    signed = answer.context["confirm"].initial["read"]
    actions.save_answers(by=filled.applicant, at=at, application=filled, answers=answers(title="다른 창"))
    again = client.post(f"/applications/{filled.pk}/form/", {"read": signed})
    assert "그 사이에 신청서가 바뀌었습니다" in again.content.decode()
    assert queries.whole(filled).title == "다른 창"


def test_a_preview_somebody_wrote_is_not_taken(client, filled):
    answer = client.post(f"/applications/{filled.pk}/form/", {"read": "e30:forged:signature"}, follow=True)
    assert "미리보기가 오래되었습니다" in answer.content.decode()


def repacked(content, name, body):
    """The package with one part replaced or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            kind = zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED
            if info.filename != name:
                new.writestr(info.filename, old.read(info), kind)
        new.writestr(name, body)
    return out.getvalue()


def test_hostile_forms_are_refused_and_change_nothing(client, filled, terms, events):
    content, before = file_of(filled, terms), events()
    dtd = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    hostile = [
        repacked(content, "Contents/section0.xml", dtd),
        repacked(content, "Contents/section0.xml", b" " * 300_000_000),
        repacked(content, "Scripts/headerScripts", b"var a = 1;"),
        b"%PDF-1.4\n",
        b"",
    ]
    for file in hostile:
        answer = send(client, filled, file)
        assert "proposal" not in (answer.context or {}), len(file)
        assert answer.context.get("refused") or answer.context["form"].errors
    assert events() == before


def test_cells_are_read_in_the_child(filled, terms):
    read = read_filled(file_of(filled, terms), "form.hwpx")
    assert any(cell.text == "과제명" for table in read.tables for cell in table)


def test_the_page_is_the_applicants(client, filled, submitted, make_user):
    assert client.get(f"/applications/{submitted.pk}/form/").status_code == 302
    client.force_login(make_user("else", "operator"))
    assert client.get(f"/applications/{submitted.pk}/form/").status_code == 404
