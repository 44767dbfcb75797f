"""Presses at the same moment, and slow pages at the close: on real connections, with real threads."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import httpx
import pytest
from django.conf import settings as django_settings
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer
from slow_pages import SECONDS

from naru.portal.applications import actions
from naru.portal.applications.judging import judge
from naru.portal.applications.models import Application, EvidenceDocument, Receipt, StoredFile
from naru.portal.mail.models import Mail
from naru.portal.ui import clock

PRESSES = 8


@pytest.fixture
def at_once(tmp_path, monkeypatch):
    """at_once(act, n): run `act(i)` in n threads at the same moment; each has a connection of its own.

    The tests' SQLite lives in memory, where threads cannot wait for each other: they get its copy in a file.
    """

    def run(act, n):
        file = tmp_path / "copy.sqlite3"
        if connection.vendor == "sqlite" and not file.exists():
            copy = sqlite3.connect(file)
            connection.connection.backup(copy)
            copy.close()
            monkeypatch.setitem(connections.settings["default"], "NAME", str(file))
        barrier = Barrier(n)

        def one(i):
            try:
                barrier.wait(10)
                return act(i)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(n) as pool:
            return list(pool.map(one, range(n)))

    return run


def counts(_i):
    return Receipt.objects.count(), Mail.objects.filter(name="applications/receipt").count()


@pytest.mark.requirement("A-03")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_key", [True, False])
def test_presses_at_the_same_moment_make_one_receipt_and_all_get_it(
    at_once, draft, answers, applicant_user, at, client, monkeypatch, same_key
):
    """A double click, or two tabs, at the same moment give one receipt, and everybody gets it."""
    monkeypatch.setattr(clock, "now", lambda: at)
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    client.force_login(applicant_user)
    shown = client.get(f"/applications/{draft.pk}/submit/").context["form"].initial["version"]

    def press(i):
        made = actions.submit(
            by=applicant_user, at=at, application=Application(pk=draft.pk),
            key="k" if same_key else f"k{i}", shown=shown,
        )  # fmt: skip
        return made.pk, made.number

    made = at_once(press, PRESSES)
    assert len(set(made)) == 1
    assert at_once(counts, 1) == [(1, 1)]


@pytest.fixture
def slow_server(transactional_db, settings):
    """A server of its own behind a trusted proxy, each press slowed by five seconds after its arrival."""
    settings.NARU_TRUSTED_PROXY = "127.0.0.1"
    arrival, *others = settings.MIDDLEWARE[1:]  # the tests' own stands before them all
    settings.MIDDLEWARE = [settings.MIDDLEWARE[0], arrival, "slow_pages.slow", *others]
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


def cookies_of(user):
    seat = Client()
    seat.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[1])
    return {"sessionid": seat.cookies["sessionid"].value, "csrftoken": "a" * 32}


@pytest.mark.requirement("A-03")
def test_a_page_five_seconds_slow_is_judged_by_the_arrival(
    slow_server, draft, student_draft, answers, at, closing, settings
):
    """14:59:59.999 is in time, 15:00:00.000 is late, by arrival, though the page runs five seconds after."""
    for one in (draft, student_draft):
        actions.save_answers(by=one.applicant, at=at, application=one, answers=answers())
    presses = {draft: -1, student_draft: 0}  # milliseconds to the close
    cookies = {one: cookies_of(one.applicant) for one in presses}
    taken = timezone.now().replace(microsecond=0)
    settings.NARU_CLOCK_OFFSET = closing - taken

    def press(one):
        return httpx.post(
            f"{slow_server.url}/applications/{one.pk}/submit/",
            data={"key": "k", "csrfmiddlewaretoken": "a" * 32},
            headers={"X-Request-Start": f"t={int(taken.timestamp()) * 1000 + presses[one]}"},
            cookies=cookies[one],
            timeout=30,
        )

    with ThreadPoolExecutor(2) as pool:
        in_time, late = pool.map(press, presses)
    assert (in_time.status_code, in_time.headers["Location"]) == (302, f"/applications/{draft.pk}/receipt/")
    assert (late.status_code, "마감되었습니다" in late.text) == (200, True)
    assert list(Receipt.objects.values_list("application", "received_at")) == [
        (draft.pk, closing - timedelta(milliseconds=1))
    ]
    assert clock.now() - closing >= timedelta(seconds=SECONDS)


@pytest.mark.django_db(transaction=True)
def test_a_header_of_a_stranger_moves_nothing_on_a_live_server(
    draft, answers, applicant_user, at, closing, live_server, settings
):
    """The live server trusts nobody by default: a late press that claims an early arrival stays late."""
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    settings.NARU_CLOCK_OFFSET = closing - timezone.now()
    for claimed in (f"t={time.time() - 20:.3f}", "t=0", "t=99999999999999999", "t=1e3", "t="):
        answer = httpx.post(
            f"{live_server.url}/applications/{draft.pk}/submit/",
            data={"key": "k", "csrfmiddlewaretoken": "a" * 32},
            headers={"X-Request-Start": claimed},
            cookies=cookies_of(applicant_user),
        )
        assert answer.status_code == 200
        assert "마감되었습니다" in answer.text
    assert not Receipt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_sent_by_two_at_the_same_moment_are_kept_once(
    at_once, draft, student_draft, attach, settings, pdf
):
    """Two applicants with one and the same file: two documents of one row, and nobody meets an error."""
    codes = ((draft, "sme_certificate"), (student_draft, "enrolment_certificate"))
    judged, written = judge(pdf, "증명서.pdf"), Barrier(2)

    def send(i):
        application, code = codes[i]
        if i:
            written.wait(10)  # the first has written its row and has not committed it
            return attach(Application.objects.get(pk=application.pk), code, file=judged).file_id
        with transaction.atomic():
            made = attach(Application.objects.get(pk=application.pk), code, file=judged).file_id
            written.wait(10)
            time.sleep(0.5)
        return made

    made = at_once(send, 2)
    assert len(set(made)) == 1

    def kept(_i):
        return StoredFile.objects.count(), EvidenceDocument.objects.count()

    assert at_once(kept, 1) == [(1, 2)]
    assert len([path for path in (settings.MEDIA_ROOT / "documents").rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_upload_twice_at_the_same_moment_is_one_document(at_once, draft, attach):
    def send(_i):
        return attach(Application.objects.get(pk=draft.pk), "sme_certificate").pk

    assert len(set(at_once(send, 4))) == 1
