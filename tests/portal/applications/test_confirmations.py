"""The professor's word: asked for by mail, given for a product, refused or taken back with a reason."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from refusing import refusal

from naru.portal.applications import actions, invitations, queries
from naru.portal.applications.models import ProfessorConfirmation
from naru.portal.mail import queries as mail
from naru.portal.mail.models import Mail
from naru.portal.organisations.actions import add_professor
from naru.portal.ui import clock


@pytest.fixture
def ready(student_draft, student_user, answers, at):
    """A student's draft with title and product."""
    return actions.save_answers(by=student_user, at=at, application=student_draft, answers=answers())


@pytest.fixture
def given(ready, professor_user, at):
    return actions.confirm_student(by=professor_user, at=at, application=ready)


def confirmed(application):
    return queries.applicant(queries.whole(application)).professor_confirmed


def test_the_professor_is_asked_by_mail_and_not_again_at_once(student_user, professor, ready, at):
    ask = {"by": student_user, "application": ready}
    row = actions.ask_professor(at=at, **ask)
    assert (row.state, row.asked_times) == ("asked", 1)
    mail = Mail.objects.get()
    assert (mail.to, mail.about) == (professor.email, f"applications.application:{ready.pk}")
    token = re.search(r"/confirmations/invited/([^/]+)/", mail.body)[1]
    assert invitations.read(token) == (ready.pk, professor.email)
    assert invitations.read(f"{token}x") is None
    assert "공장 영상 불량 검출" in mail.body
    soon = at + invitations.PAUSE - timedelta(seconds=1)
    assert refusal(actions.ask_professor, at=soon, **ask) == ("E-02", "asked_just_now")
    assert actions.ask_professor(at=at + invitations.PAUSE, **ask).asked_times == 2


def test_nothing_is_asked_before_there_is_something_to_read(student_user, student_draft, at):
    ask = {"by": student_user, "application": student_draft, "at": at}
    assert refusal(actions.ask_professor, **ask) == ("E-02", "nothing_to_show")


@pytest.mark.requirement("E-02")
def test_a_confirmation_holds_for_its_professor_and_product(ready, given, student_user, answers, at):
    """A professor's confirmation holds for the product it was given for; a new title does not undo it."""
    save = {"by": student_user, "at": at, "application": ready}
    actions.save_answers(answers=answers(title="고친 과제명"), **save)
    assert confirmed(ready)
    actions.save_answers(answers=answers(product="npu-120"), **save)
    assert not confirmed(ready)


@pytest.mark.requirement("E-04")
def test_a_professor_confirms_one_student(call, professor, professor_user, given, make_user, answers, at):
    """A professor who has confirmed one student confirms another only after taking the first back."""
    other = make_user("other-student")
    start = {"call": call, "round_id": "1", "organisation": professor.organisation, "kind": "university"}
    second = actions.start(by=other, at=at, role="student", professor=professor, **start)
    second = actions.save_answers(by=other, at=at, application=second, answers=answers())
    by = {"by": professor_user, "at": at}
    assert refusal(actions.confirm_student, application=second, **by) == ("E-04", "another_confirmed")
    actions.decline_student(application=given.application, reason="다른 학생을 정함", **by)
    assert actions.confirm_student(application=second, **by).holds


@pytest.mark.requirement("E-02")
def test_a_refusal_reaches_the_student_with_its_reason(professor_user, student_user, ready, at):
    """A professor who declines says why: the application stays unconfirmed and the student is told."""
    no = {"by": professor_user, "at": at, "application": ready}
    assert refusal(actions.decline_student, reason=" ", **no)[1] == "decline_without_reason"
    row = actions.decline_student(reason="모르는 학생입니다.", **no)
    assert (row.state, confirmed(ready)) == ("declined", False)
    mail = Mail.objects.get()
    assert mail.to == student_user.email
    assert "모르는 학생입니다." in mail.body


def test_after_the_close_a_confirmation_is_not_taken_back(professor_user, given, closing):
    back = {"by": professor_user, "application": given.application, "reason": "바뀜"}
    assert refusal(actions.decline_student, at=closing, **back) == ("A-03", "intake_closed")
    assert actions.decline_student(at=closing - timedelta(seconds=1), **back).state == "declined"


def test_another_professor_is_named_while_it_is_a_draft(student_user, professor, given, ready, at):
    other = add_professor(
        by=student_user,
        at=at,
        organisation=professor.organisation,
        name="박교수",
        email="park@example.test",
        department="전자과",
    )
    changed = actions.change_professor(by=student_user, at=at, application=ready, professor=other)
    assert (changed.unit, confirmed(ready)) == (other.unit, False)
    assert not ProfessorConfirmation.objects.exists()


def test_the_link_opens_for_the_very_address_alone(
    client, monkeypatch, student_user, professor_user, ready, make_user, at
):
    monkeypatch.setattr(clock, "now", lambda: at)
    row = actions.ask_professor(by=student_user, at=at, application=ready)
    path = f"/confirmations/invited/{invitations.token_of(row)}/"
    page = client.get(path).content.decode()
    assert professor_user.email in page
    assert "/accounts/login/?next=" in page
    assert ready.title not in page
    client.force_login(make_user("other"))
    assert "다른 계정으로 로그인되어 있습니다" in client.get(path).content.decode()
    assert client.get(f"/confirmations/{ready.pk}/").status_code == 404
    client.force_login(professor_user)
    assert client.get(path).url == f"/confirmations/{ready.pk}/"
    assert client.get(f"{path[:-2]}x/").status_code == 404


def test_the_student_sees_that_the_professor_was_mailed_but_not_the_link(
    client, monkeypatch, student_user, professor_user, ready, operator, at
):
    monkeypatch.setattr(clock, "now", lambda: at)
    row = actions.ask_professor(by=student_user, at=at, application=ready)
    (letter,) = mail.about(ready)
    assert invitations.token_of(row) in letter.body
    page = reverse("applications:detail", args=[ready.pk])
    client.force_login(student_user)
    seen = client.get(page).content.decode()
    assert (professor_user.email in seen, letter.subject in seen) == (True, True)
    assert ("confirmations/invited/" in seen, "<summary>내용 보기" in seen) == (False, False)
    client.force_login(operator)
    assert reverse("console:mail", args=[letter.pk]) in client.get(page).content.decode()


@pytest.mark.requirement("E-02")
def test_the_professor_and_the_student_read_how_it_stands(
    client, monkeypatch, professor_user, student_user, ready, at
):
    """The professor reads what is applied for and confirms it on a page; the student sees the answer."""
    monkeypatch.setattr(clock, "now", lambda: at)
    client.force_login(student_user)
    path = f"/applications/{ready.pk}/confirmation/"
    client.post(path, {"act": "ask"})
    assert "교수의 답을 기다림" in client.get(path).content.decode()
    client.force_login(professor_user)
    assert len(client.get("/confirmations/").context["waiting"]) == 1
    page = client.get(f"/confirmations/{ready.pk}/").content.decode()
    assert "공장 영상 불량 검출" in page
    assert "서버 한 대" in page
    client.post(f"/confirmations/{ready.pk}/", {"act": "decline", "reason": ""})
    assert ProfessorConfirmation.objects.get().state == "asked"
    client.post(f"/confirmations/{ready.pk}/", {"act": "confirm"})
    assert client.get("/confirmations/").context["waiting"] == []
    client.force_login(student_user)
    assert "교수님이 확인했습니다." in client.get(path).content.decode()
