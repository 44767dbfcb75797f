"""After the close: one named application, two persons, one reason, one use; everywhere it shows."""

from datetime import timedelta

import pytest

from naru.codec.receipt import read_receipt
from naru.domain.decision import Refused
from naru.portal.applications import actions
from naru.portal.applications.models import Application, LateException, Receipt
from naru.portal.audit.models import Event
from naru.portal.mail.models import Mail
from naru.portal.ui import clock

HOUR = timedelta(hours=1)


@pytest.fixture
def late(closing):
    return closing + HOUR


@pytest.fixture
def filled(draft, answers, applicant_user, at):
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    return draft


@pytest.fixture
def in_force(filled, operator, operator2, late):
    made = actions.grant_exception(
        by=operator, at=late, application=filled, reason="누리집 장애", until=late + 2 * HOUR
    )
    return actions.confirm_exception(by=operator2, at=late, exception=made)


def code_of(act, **given):
    with pytest.raises(Refused) as caught:
        act(**given)
    return caught.value.finding.clause, caught.value.finding.code


@pytest.mark.requirement("A-03")
def test_after_the_close_only_a_named_reasoned_logged_exception_lets_one_application_in(
    client, filled, operator, operator2, applicant_user, late, monkeypatch
):
    """After the close one application is taken only by an exception two operators confirm, with a reason."""
    monkeypatch.setattr(clock, "now", lambda: late)
    press = f"/applications/{filled.pk}/submit/"
    address = f"/applications/{filled.pk}/exception/"
    client.force_login(applicant_user)
    assert client.get(address).status_code == 403
    client.post(press, {"key": "k"})
    client.force_login(operator)
    client.post(address, {"act": "grant", "reason": "누리집 장애", "until": "2025-03-17T18:00"})
    client.post(address, {"act": "confirm"})
    waited = client.get(address).text
    assert LateException.objects.get().confirmed_at is None
    client.force_login(applicant_user)
    client.post(press, {"key": "k"})
    assert not Receipt.objects.exists()
    assert "다른 운영기관 담당자의 확인을 기다립니다" in waited
    client.force_login(operator2)
    assert "사유를 읽고 두 번째 사람으로 확정해 주십시오." in client.get(address).text
    client.post(address, {"act": "confirm"})
    client.force_login(applicant_user)
    assert "누리집 장애" in client.get(press).content.decode()
    client.post(press, {"key": "k"})
    receipt = Receipt.objects.get()
    assert (receipt.late, receipt.late_exception.reason) == (True, "누리집 장애")
    file = client.get(f"/applications/{filled.pk}/receipts/1.json").content
    assert read_receipt(file).statement.basis == "late_exception"
    assert "마감 후 접수 예외" in client.get(f"/applications/{filled.pk}/receipt/").content.decode()
    logged = Event.objects.filter(action__contains="exception").values_list("action", "actor")
    assert list(logged) == [
        ("applications.grant_exception", operator.pk),
        ("applications.confirm_exception", operator2.pk),
    ]


def test_the_draft_and_its_documents_may_be_changed_under_it(
    in_force, filled, answers, attach, applicant_user, late
):
    actions.save_answers(by=applicant_user, at=late, application=filled, answers=answers(title="늦게 고침"))
    attach(filled, "sme_certificate", at=late)
    assert Application.objects.get().title == "늦게 고침"


def test_it_is_used_once_and_ends_with_its_instant(in_force, filled, answers, applicant_user, late):
    given = {"by": applicant_user, "application": filled}
    closed = ("A-03", "intake_closed")
    assert code_of(actions.submit, at=in_force.until, key="k", **given) == closed
    actions.submit(at=in_force.until - timedelta(microseconds=1), key="k", **given)
    actions.withdraw(at=late, reason="오타", **given)
    assert code_of(actions.submit, at=late, key="again", **given) == closed
    assert code_of(actions.save_answers, at=late, answers=answers(), **given) == closed


def test_it_is_for_no_other_application(in_force, student_draft, student_user, late):
    given = {"by": student_user, "at": late, "application": student_draft, "key": "k"}
    assert code_of(actions.submit, **given) == ("A-03", "intake_closed")


def test_one_granted_is_not_in_force_until_another_confirms(
    filled, operator, operator2, applicant_user, late
):
    given = {"by": operator, "at": late, "application": filled, "until": late + HOUR}
    assert code_of(actions.grant_exception, reason=" ", **given) == ("A-03", "exception_without_reason")
    assert code_of(actions.grant_exception, reason="x", **given | {"until": late}) == (
        "A-03",
        "exception_over",
    )
    first = actions.grant_exception(reason="처음", **given)
    second = actions.grant_exception(reason="다시", **given)
    assert code_of(actions.confirm_exception, by=operator, at=late, exception=second) == (
        "A-03",
        "exception_needs_another",
    )
    over = ("A-03", "exception_over")
    assert code_of(actions.confirm_exception, by=operator2, at=late, exception=first) == over
    assert code_of(actions.confirm_exception, by=operator2, at=late + HOUR, exception=second) == over
    assert (
        code_of(actions.submit, by=applicant_user, at=late, application=filled, key="k")[1] == "intake_closed"
    )
    actions.confirm_exception(by=operator2, at=late, exception=second)
    assert code_of(actions.confirm_exception, by=operator2, at=late, exception=second) == over


def test_what_is_submitted_needs_none(submitted, operator, late):
    given = {"by": operator, "at": late, "application": submitted, "reason": "x", "until": late + HOUR}
    assert code_of(actions.grant_exception, **given) == ("A-03", "nothing_to_except")


def test_the_applicant_is_mailed_when_it_is_in_force(in_force, filled):
    mail = Mail.objects.get(name="applications/exception")
    assert (mail.to, f"/applications/{filled.pk}/submit/" in mail.body) == ("applicant@example.test", True)
    assert "누리집 장애" in mail.body
