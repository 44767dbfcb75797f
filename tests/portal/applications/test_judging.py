"""The gates are asked before anything is locked, and what they have not judged cannot be stored."""

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

import naru
from naru.documents import Verdict
from naru.documents.verdicts import finding_data
from naru.domain.decision import Refused
from naru.portal.applications import actions, judging, tasks
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.judging import Judged, judge, judge_again, judge_upload
from naru.portal.applications.models import StoredFile
from naru.portal.audit.models import Event
from naru.portal.ui import clock


@pytest.fixture
def asked(monkeypatch, at):
    """Of each question to the gates, whether a transaction was open; the answer is `asked.verdict` if set."""

    class Asked(list):
        verdict = None

        def gate(self, content, filename, *, limits):
            self.append(connection.in_atomic_block)
            said = real(content, filename, limits=limits)
            return replace(said, verdict=self.verdict) if self.verdict else said

    real, found = judging.gate, Asked()
    monkeypatch.setattr(judging, "gate", found.gate)
    monkeypatch.setattr(clock, "now", lambda: at)
    return found


def send(client, application, content, code="sme_certificate", name="확인서.pdf"):
    file = {"file": SimpleUploadedFile(name, content)}
    return client.post(f"/applications/{application.pk}/documents/{code}/", file)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_gates_work(client, draft, operator, pdf, asked, at):
    """An upload, the operator's look and the worker's: each asks first and locks then."""
    client.force_login(draft.applicant)
    asked.verdict = Verdict.QUARANTINED
    assert send(client, draft, pdf).status_code == 302
    client.force_login(operator)
    client.post(f"/files/quarantine/{StoredFile.objects.get().pk}/rescan/")
    asked.verdict = Verdict.ACCEPTED
    assert tasks.rescan_quarantine.call() == 1
    assert asked == [False] * 3


@pytest.mark.django_db
def test_who_would_be_refused_anyhow_does_not_wait_for_the_gates(draft, operator, pdf, asked, closing, at):
    given = {"by": draft.applicant, "at": at, "application": draft, "code": "sme_certificate"}
    vain = [{"by": operator}, {"at": closing}, {"code": "nothing"}, {"until": at + timedelta(days=1)}]
    refused = []
    for change in vain:
        with pytest.raises(Refused) as caught:
            judge_upload(upload=SimpleUploadedFile("a.pdf", pdf), **(given | change))
        refused.append((caught.value.finding.clause, caught.value.finding.code))
    assert (refused, asked) == (
        [
            ("E-01", "not_your_application"),
            ("A-03", "intake_closed"),
            ("A-02", "document_unknown"),
            ("E-11", "correction_over"),
        ],
        [],
    )


@pytest.mark.django_db
def test_bytes_kept_already_are_not_judged_again_under_a_fitting_name(attach, draft, pdf, asked):
    first = attach(draft, "sme_certificate").file
    again = judge(pdf, "다른 이름.pdf")
    assert (len(asked), again.verdict.verdict, again.verdict.sha256) == (1, Verdict.ACCEPTED, first.sha256)
    assert judge(pdf, "확인서.png").verdict.verdict is Verdict.REFUSED
    assert len(asked) == 2


def test_a_verdict_is_of_exactly_these_bytes(pdf):
    verdict = judging.gate(b"", "a.pdf", limits=judging.LIMITS)
    with pytest.raises(ValueError, match="other bytes"):
        Judged(content=pdf, filename="a.pdf", verdict=verdict)


@pytest.mark.django_db
def test_what_the_file_became_meanwhile_goes_before_what_was_judged(draft, attach, pdf, asked, at):
    """Accepted when it was asked about, refused by another look before it is attached: it is refused."""
    attach(draft, "sme_certificate")
    judged = judge(pdf, "a.pdf")
    bad = judging.gate(b"", "a.pdf", limits=judging.LIMITS)

    StoredFile.objects.update(verdict="refused", reasons=[finding_data(one) for one in bad.reasons])
    with pytest.raises(Refused) as caught:
        actions.attach_document(
            by=draft.applicant, at=at, application=draft, code="corporate_register",
            file=judged, dates=DocumentDates(),
        )  # fmt: skip
    assert caught.value.finding.code == "file_empty"


@pytest.mark.django_db
def test_bytes_let_go_meanwhile_are_stored_again(draft, attach, pdf, asked, at):
    document = attach(draft, "sme_certificate")
    judged = judge(pdf, "a.pdf")
    document.delete()
    StoredFile.objects.all().delete()
    again = attach(draft, "sme_certificate", file=judged).file
    assert (again.sha256, again.verdict, again.size, len(asked)) == (
        judged.verdict.sha256,
        "accepted",
        len(pdf),
        1,
    )


@pytest.mark.django_db
def test_a_look_that_finds_what_the_last_one_found_is_no_event(draft, attach, asked, at):
    asked.verdict = Verdict.QUARANTINED
    file = attach(draft, "sme_certificate").file
    before = Event.objects.count()
    after = actions.rescan_file(by=None, at=at + timedelta(hours=1), file=file, judged=judge_again(file))
    assert (after.verdict, after.gated_at, Event.objects.count()) == ("quarantined", at, before)


@pytest.mark.django_db
def test_a_verdict_on_another_file_settles_nothing(draft, attach, pdf, asked, at):
    asked.verdict = Verdict.QUARANTINED
    file = attach(draft, "sme_certificate").file
    with pytest.raises(ValueError, match="is not of"):
        actions.rescan_file(by=None, at=at, file=file, judged=judge(pdf + b"%2\n%%EOF", "a.pdf"))


@pytest.mark.django_db
def test_a_file_that_went_meanwhile_is_no_error_for_the_worker(draft, attach, asked, at):
    asked.verdict = Verdict.QUARANTINED
    document = attach(draft, "sme_certificate")
    judged, file = judge_again(document.file), document.file
    document.delete()
    StoredFile.objects.all().delete()
    assert actions.rescan_file(by=None, at=at, file=file, judged=judged).verdict == "quarantined"


def test_only_the_module_of_the_gates_says_that_a_file_is_judged():
    """Nothing else in the portal makes a `Judged`, so no action can be handed bytes nobody looked at."""
    makers = {
        path.name
        for path in Path(naru.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Judged"
    }
    assert makers == {"judging.py"}
