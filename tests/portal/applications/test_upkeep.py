"""Stored files are looked after without anybody asking: the acts wake the worker, and its rounds go on."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from clamd_server import SIGNATURE, at_a_host
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from naru.documents import Verdict
from naru.portal.applications import actions, judging, tasks
from naru.portal.applications.models import StoredFile
from naru.portal.ui import clock

pytestmark = pytest.mark.django_db(transaction=True)
SOON = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _world(settings, monkeypatch, at):
    """The database's queue, as the portal has it, during the intake."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def undecided(monkeypatch):
    """The gates cannot decide, as when the scanner is silent; the real ones cannot be made to fail here."""
    real = judging.gate

    def gate(content, filename, *, limits):
        return replace(real(content, filename, limits=limits), verdict=Verdict.QUARANTINED)

    monkeypatch.setattr(judging, "gate", gate)


def waits(task):
    """How far off each waiting round of a task is, to the minute."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY)
    return sorted(round((row.run_after - timezone.now()) / SOON) * SOON for row in rows)


def test_a_file_that_is_accepted_at_once_wakes_nobody(draft, attach):
    attach(draft, "sme_certificate")
    assert (waits(tasks.rescan_quarantine), waits(tasks.remove_unneeded_files)) == ([], [])


def test_the_first_quarantined_file_brings_a_round_and_the_second_none(draft, attach, pdf, undecided):
    attach(draft, "sme_certificate")
    attach(draft, "sme_certificate", content=pdf + b"%2\n%%EOF")
    assert waits(tasks.rescan_quarantine) == [tasks.PAUSE]


def test_an_act_that_is_rolled_back_brings_no_round(draft, attach, undecided):
    with suppress(ZeroDivisionError), transaction.atomic():
        attach(draft, "sme_certificate")
        raise ZeroDivisionError
    assert (StoredFile.objects.count(), waits(tasks.rescan_quarantine)) == (0, [])


def test_a_document_replaced_or_removed_brings_the_daily_round(draft, attach, pdf, at):
    attach(draft, "sme_certificate")
    attach(draft, "sme_certificate", content=pdf + b"%2\n%%EOF")
    assert waits(tasks.remove_unneeded_files) == [tasks.DAY]
    DBTaskResult.objects.all().delete()
    actions.remove_document(by=draft.applicant, at=at, application=draft, code="sme_certificate")
    assert waits(tasks.remove_unneeded_files) == [tasks.DAY]


@pytest.mark.parametrize(("hours", "next_in"), [(0, 10), (1, 60), (5, 300), (100, 24 * 60)])
def test_looks_that_decide_nothing_come_ever_more_rarely(
    draft, attach, undecided, at, monkeypatch, hours, next_in
):
    attach(draft, "sme_certificate")
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(hours=hours))
    assert tasks.rescan_quarantine.call() == 0
    assert waits(tasks.rescan_quarantine) == [timedelta(minutes=next_in)]


def test_the_next_look_is_named_before_this_one_begins(draft, attach, undecided, monkeypatch):
    """A worker killed in the middle leaves its round running for ever; the next one is there already."""
    attach(draft, "sme_certificate")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    monkeypatch.setattr(actions, "rescan_file", lambda **_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.rescan_quarantine.call()
    assert waits(tasks.rescan_quarantine) == [tasks.PAUSE]


def test_an_empty_quarantine_ends_the_looks(db):
    assert tasks.rescan_quarantine.call() == 0
    assert waits(tasks.rescan_quarantine) == []


def test_the_daily_round_goes_on(db):
    assert tasks.remove_unneeded_files.call() == 0
    assert waits(tasks.remove_unneeded_files) == [tasks.DAY]


def test_files_the_scanner_was_silent_about_are_taken_soon_after_it_answers_again(
    draft, attach, pdf, at, monkeypatch
):
    """However long the scanner was away: it is asked every few minutes, and its files are settled at once."""
    monkeypatch.setenv("NARU_CLAMD", "127.0.0.1:1")
    attach(draft, "sme_certificate")
    attach(draft, "business_registration", content=pdf + b"%" + SIGNATURE + b"\n%%EOF")
    assert set(StoredFile.objects.values_list("verdict", flat=True)) == {"quarantined"}
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=3))
    assert (tasks.rescan_unscanned.call(), waits(tasks.rescan_unscanned)) == (0, [tasks.PAUSE])
    DBTaskResult.objects.all().delete()
    with at_a_host() as served:
        monkeypatch.setenv("NARU_CLAMD", served.address)
        assert tasks.rescan_unscanned.call() == 2
    assert sorted(StoredFile.objects.values_list("verdict", flat=True)) == ["accepted", "refused"]
    DBTaskResult.objects.all().delete()
    assert (tasks.rescan_unscanned.call(), waits(tasks.rescan_unscanned)) == (0, [])


def test_a_quarantined_file_brings_both_looks(draft, attach, undecided):
    attach(draft, "sme_certificate")
    assert waits(tasks.rescan_unscanned) == waits(tasks.rescan_quarantine) == [tasks.PAUSE]
