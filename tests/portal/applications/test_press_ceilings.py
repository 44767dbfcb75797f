"""What handing in costs: at most 15 queries a press, with the person and the transaction.

A test's own transaction is not committed, so the worker's waking after it is not counted here.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from naru.portal.applications import actions
from naru.portal.applications.models import ProfessorConfirmation, Receipt, ReceiptKey
from naru.portal.audit.models import Chain
from naru.portal.mail.models import Mail
from naru.portal.ui import clock

MOST = 15
ITSELF = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _during_intake(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def complete(student_draft, answers, attach, student_user, at):
    """A student's draft that lacks nothing; the professor has not been asked."""
    actions.save_answers(by=student_user, at=at, application=student_draft, answers=answers())
    for code in ("enrolment_certificate", "professor_employment_certificate"):
        attach(student_draft, code)
    return student_draft


def cost(client, address, given, **more):
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address, given, **more)
    assert answer.status_code in (200, 302)
    return len(queries)


def handed_in(client, application):
    address = f"/applications/{application.pk}/submit/"
    return cost(client, address, client.get(address).context["form"].initial)


def test_a_student_who_hands_in_first_and_has_the_professor_asked(client, complete, student_user):
    """The dearest press: number, receipt with a key published for the first time, invitation, two mails."""
    client.force_login(student_user)
    assert handed_in(client, complete) <= MOST
    assert (Receipt.objects.count(), ReceiptKey.objects.count()) == (1, 1)
    assert ProfessorConfirmation.objects.get().state == "asked"
    assert sorted(Mail.objects.values_list("name", flat=True)) == [
        "applications/professor_invited",
        "applications/receipt",
    ]
    taken_back = cost(client, f"/applications/{complete.pk}/withdraw/", {"reason": "오타"})
    assert taken_back <= MOST
    assert handed_in(client, complete) <= MOST
    assert Receipt.objects.count() == 2


def test_a_page_that_saves_itself(client, complete, student_user):
    """The first save of all makes the chain of saves; the next finds it."""
    client.force_login(student_user)
    Chain.objects.filter(key__startswith="drafts").update(key="another")
    address = f"/applications/{complete.pk}/edit/need/"
    for text in ("글", "다른 글"):
        given = {"plan_need": text, "base": client.get(address).context["base"]}
        assert cost(client, address, given, headers=ITSELF) <= MOST
        assert complete.plan.get(section="need").text == text
