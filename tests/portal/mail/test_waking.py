"""Waking: after the commit and only then, once however much is written, and never lost with a worker."""

from contextlib import suppress
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from naru.portal.mail import actions, tasks
from naru.portal.mail.models import Mail

pytestmark = pytest.mark.django_db(transaction=True)
READY = TaskResultStatus.READY


@pytest.fixture(autouse=True)
def queue(settings):
    """The database's queue, as the portal has it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def rounds():
    return list(DBTaskResult.objects.filter(task_path=tasks.deliver.module_path, status=READY))


def test_the_worker_is_woken_after_the_commit(put):
    with transaction.atomic():
        put("kim")
        put("lee")
        assert rounds() == []
    (waiting,) = rounds()
    assert waiting.run_after == get_date_max()  # as soon as a worker comes by


def test_a_rollback_leaves_neither_mail_nor_round(put):
    with suppress(ZeroDivisionError), transaction.atomic():
        put()
        raise ZeroDivisionError
    assert (Mail.objects.count(), rounds()) == (0, [])


def test_a_rollback_of_a_part_wakes_for_the_rest(put):
    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            put("kim")
            raise ZeroDivisionError
        put("lee")
    assert (Mail.objects.get().to, len(rounds())) == ("lee@example.test", 1)


def test_many_acts_leave_one_round_and_a_look_for_each_who_is_woken(put, django_assert_num_queries):
    put()
    with django_assert_num_queries(6):  # begin, the mail, commit, a look by mail, audit and reminders
        put()
    for _ in range(20):
        put()
    assert len(rounds()) == 1


def test_a_round_under_way_does_not_count(put):
    """It may have read the outbox before this mail was there."""
    put()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    put()
    assert len(rounds()) == 1


def test_a_queue_that_fails_takes_no_act_with_it(put, monkeypatch, caplog):
    monkeypatch.setattr(tasks.DBTaskResult.objects, "filter", lambda **_fields: 1 / 0)
    put()
    monkeypatch.undo()
    assert Mail.objects.count() == 1
    assert "ZeroDivisionError" in caplog.text


def test_a_round_names_the_next_before_it_begins(mail, monkeypatch):
    """A worker killed in the middle leaves its round running for ever; the next one is there already."""
    mail()
    monkeypatch.setattr(actions, "take", lambda **_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.deliver.call()
    (waiting,) = rounds()
    assert waiting.run_after - timezone.now() <= tasks.HEARTBEAT


def test_a_failing_mail_brings_the_next_round_forward(mail, clock, server):
    server.refuse["kim@example.test"] = "451 later"
    mail()
    tasks.deliver.call()
    soonest = min(waiting.run_after for waiting in rounds())
    assert timedelta(seconds=50) < soonest - timezone.now() <= timedelta(minutes=1)
    tasks.wake(after=timedelta(minutes=2))
    assert len(rounds()) == 2  # the retry and the heartbeat


@pytest.mark.postgresql
def test_a_second_taker_passes_over_locked_rows(mail, at):
    """While the first holds its rows in an open transaction, the second takes the others without waiting."""
    for number in range(6):
        mail(f"p{number}")
    found = []

    def second():
        found.extend(row.to for row in actions.take(by=None, at=at, limit=6))
        connection.close()

    with transaction.atomic():
        held = list(Mail.objects.select_for_update().order_by("pk")[:3])
        other = Thread(target=second)
        other.start()
        other.join(timeout=20)
        assert not other.is_alive()
    assert found == [f"p{number}@example.test" for number in (3, 4, 5)]
    assert len(held) == 3
