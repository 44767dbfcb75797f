"""/audit/: operators and auditors read it, a broken chain is named, lists cost the same however long."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from naru.domain.chain import Break
from naru.portal.audit import queries, tasks, triggers, wording
from naru.portal.audit.actions import checking, publish_heads, record
from naru.portal.audit.models import Anchor, AppendOnlyError, Chain, Event, Verification


@pytest.fixture
def clock(settings):
    """clock(instant): the pages' clock stands there (and runs on)."""

    def move(instant):
        settings.NARU_CLOCK_OFFSET = instant - timezone.now()

    return move


@pytest.fixture
def write(applicant_user, at):
    def some(count):
        for number in range(count):
            with transaction.atomic():
                record(
                    by=applicant_user,
                    at=at,
                    action="test.done",
                    subject=applicant_user,
                    facts={"n": number},
                    chain="trial",
                )

    return some


def test_roles_that_read(client, operator, auditor, reviewer):
    for person, status in ((operator, 200), (auditor, 200), (reviewer, 403)):
        client.force_login(person)
        assert client.get("/audit/").status_code == status


def test_refusal_says_who_may(client, vendor_user):
    client.force_login(vendor_user)
    assert "운영기관과 감사 역할만" in client.get("/audit/").content.decode()


def test_visitor_is_sent_to_log_in(client, db):
    assert client.get("/audit/").url == "/accounts/login/?next=/audit/"


def test_events_are_listed_and_narrowed(client, auditor, write):
    write(3)
    client.force_login(auditor)
    page = client.get("/audit/", {"chain": "trial"}).context["page"]
    assert [event.number for event in page] == [3, 2, 1]
    assert client.get("/audit/", {"action": "test."}).context["page"].paginator.count == 3
    assert client.get("/audit/", {"subject_id": "no-such"}).context["page"].paginator.count == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_at_any_length(client, auditor, write, rows, django_assert_num_queries):
    write(rows)
    client.force_login(auditor)
    with django_assert_num_queries(7):  # session, person, count, events, chains, checks, the read itself
        client.get("/audit/", {"chain": "trial"})


def test_whole_chain_is_confirmed(client, auditor, write):
    write(2)
    client.force_login(auditor)
    answer = client.post("/audit/verify/", {"chain": "trial"}, follow=True)
    assert "기록 2건이 모두 이어져" in answer.content.decode()


def test_broken_chain_is_named(client, auditor, write):
    write(3)
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET action = 'x' WHERE number = 2 AND action = 'test.done'")
    triggers.install(connection)
    client.force_login(auditor)
    answer = client.post("/audit/verify/", {"chain": "trial"}, follow=True)
    assert "2번 기록에서 어긋납니다. 기록의 내용이 바뀌었습니다." in answer.content.decode()


def test_unknown_chain_and_wrong_method(client, auditor):
    client.force_login(auditor)
    assert client.post("/audit/verify/", {"chain": "nowhere"}).status_code == 404
    assert client.get("/audit/verify/").status_code == 405


def test_page_in_english(client, auditor, write):
    write(1)
    client.force_login(auditor)
    client.post("/i18n/setlang/", {"language": "en"})
    text = client.get("/audit/").content.decode()
    assert "Audit record" in text
    assert "감사 기록" not in text


def test_events_are_narrowed_by_person_call_and_day(client, auditor, applicant_user, write, at):
    write(2)
    client.force_login(auditor)

    def found(**wanted):
        return client.get("/audit/", {"chain": "trial"} | wanted).context["page"].paginator.count

    assert [found(person=who) for who in ("applicant", "APPLICANT@ex", "nobody", "system")] == [2, 2, 0, 0]
    assert [found(since=day) for day in ("2025-03-03", "2025-03-04", "no day")] == [2, 0, 2]
    assert [found(until=day) for day in ("2025-03-03", "2025-03-02")] == [2, 0]
    assert found(call="2025-npu") == 0
    shown = client.get("/audit/", {"person": "system"}).context["page"]
    assert {event.actor for event in shown} == {None}


def test_an_event_in_words_leads_to_its_subject_and_its_history(client, auditor, applicant_user):
    client.force_login(auditor)
    event = Event.objects.filter(action="accounts.create_user", subject_id=str(applicant_user.pk)).get()
    text = client.get(f"/audit/events/{event.pk}/").content.decode()
    assert "계정을 만듦" in text
    assert event.hash in text
    assert "내용과 맞음" in text
    history = f"/audit/?subject_type=accounts.user&amp;subject_id={applicant_user.pk}"
    assert history in text
    page = client.get(history.replace("&amp;", "&")).content.decode()
    assert "한 대상의 기록만" in page
    assert client.get("/audit/events/0/").status_code == 404


def test_an_event_of_a_row_that_is_gone_is_shown(client, auditor, applicant_user, write):
    write(1)
    event = Event.objects.get(chain__key="trial")
    for kind, key in (("accounts.user", "0"), ("gone.row", "1"), ("accounts.user", "text")):
        event.subject_type, event.subject_id = kind, key
        assert queries.subject(event) is None


def test_an_altered_event_says_so(client, auditor, write):
    write(1)
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET action = 'x' WHERE action = 'test.done'")
    triggers.install(connection)
    client.force_login(auditor)
    text = client.get(f"/audit/events/{Event.objects.get(action='x').pk}/").content.decode()
    assert "내용과 다름" in text


def test_the_last_check_is_on_the_page(client, auditor, write, at, clock):
    clock(at)
    write(2)
    client.force_login(auditor)
    client.post("/audit/verify/", {"chain": "trial"})
    chain = next(one for one in client.get("/audit/").context["chains"] if one.key == "trial")
    assert (chain.checked_at.date(), chain.checked_by, chain.checked_number) == (
        at.date(),
        auditor.name,
        None,
    )


@pytest.fixture
def _short_is_long(monkeypatch):
    monkeypatch.setattr(checking, "LONG", 1)


@pytest.mark.usefixtures("_short_is_long")
def test_a_long_chain_is_checked_by_the_worker(client, auditor, write, django_capture_on_commit_callbacks):
    write(3)
    client.force_login(auditor)
    with django_capture_on_commit_callbacks() as queued:
        answer = client.post("/audit/verify/", {"chain": "trial"}, follow=True)
        client.post("/audit/verify/", {"chain": "trial"})  # asked twice, checked once
    assert len(queued) == 1
    text = answer.content.decode()
    assert "뒤에서 검증합니다" in text
    assert "확인하는 중" in text
    assert 'hx-trigger="every 3s"' in text
    check = Verification.objects.get(chain__key="trial")
    assert tasks.check.call(check.pk) == ""
    check.refresh_from_db()
    assert (check.ended_at is None, check.broken_number, check.code) == (False, None, "")
    assert "확인하는 중" not in client.get("/audit/").content.decode()


@pytest.mark.usefixtures("_short_is_long")
def test_the_worker_writes_down_where_a_long_chain_is_broken(client, auditor, write, monkeypatch):
    write(3)
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE action = 'test.done' AND number = 2")
    triggers.install(connection)
    client.force_login(auditor)
    client.post("/audit/verify/", {"chain": "trial"})
    assert tasks.check.call(Verification.objects.get().pk) == "missing"
    assert "2번 기록" in client.get("/audit/").content.decode()


def test_a_downloaded_chain_is_the_chain(client, auditor, write, reviewer):
    write(3)
    client.force_login(auditor)
    answer = client.get("/audit/chains/trial.jsonl")
    head, *events = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
    chain = Chain.objects.get(key="trial")
    assert (head["chain"], head["length"], head["head"]) == ("trial", 3, chain.head)
    assert [event["hash"] for event in events] == [one.hash for one in chain.events.order_by("number")]
    assert client.get("/audit/chains/nowhere.jsonl").status_code == 404
    client.force_login(reviewer)
    assert client.get("/audit/chains/trial.jsonl").status_code == 403


def test_heads_are_published_once_a_growth_and_shown_to_everybody(client, write, at):
    write(2)
    first = publish_heads(by=None, at=at)
    assert {row.chain.key: row.number for row in first}["trial"] == 2
    assert publish_heads(by=None, at=at + timedelta(days=1)) == []
    write(1)
    (second,) = publish_heads(by=None, at=at + timedelta(days=2))
    assert second.number == 3
    assert second.head in client.get("/audit/heads/").content.decode()
    kept = json.loads(client.get("/audit/heads.json").content)["heads"]
    assert [row["number"] for row in kept if row["chain"] == "trial"] == [2, 3]


def test_a_published_head_stays(write, at):
    write(1)
    publish_heads(by=None, at=at)
    anchor = Anchor.objects.get(chain__key="trial")
    with pytest.raises(AppendOnlyError):
        anchor.save()
    with pytest.raises(AppendOnlyError):
        Anchor.objects.update(head="f")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE audit_anchor SET head = 'f'")


@pytest.mark.parametrize(
    ("sql", "number", "code"),
    [
        ("UPDATE audit_event SET hash = 'f' WHERE number = 2 AND chain_id = %s", 2, "content"),
        ("UPDATE audit_anchor SET head = 'f' WHERE number = 3 AND chain_id = %s", 3, "rewritten"),
        ("UPDATE audit_chain SET length = 2 WHERE id = %s", 3, "cut"),
    ],
)
def test_what_does_not_fit_a_published_head_is_found(write, at, sql, number, code):
    write(3)
    publish_heads(by=None, at=at)
    chain = Chain.objects.get(key="trial")
    for table in ("audit_event", "audit_anchor"):
        triggers.remove(connection, table)
    with connection.cursor() as cursor:
        cursor.execute(sql, [chain.pk])
    assert queries.verify(chain) == Break(number=number, code=code)


def test_an_event_beyond_the_end_is_found(write):
    write(3)
    chain = Chain.objects.get(key="trial")
    second = chain.events.get(number=2)
    Chain.objects.filter(pk=chain.pk).update(length=2, head=second.hash)
    assert queries.verify(chain) == Break(number=3, code="end")


def test_every_room_of_an_action_has_its_name():
    assert {action.partition(".")[0] for action in wording.ACTIONS} - wording.ROOMS.keys() == set()


def test_an_action_nobody_has_put_in_words_is_shown_by_its_code():
    assert (wording.of_action("new.thing"), wording.of_chain("new:x"), wording.of_subject("x")) == (
        "new.thing",
        "new",
        "x",
    )


def test_the_round_that_publishes_names_the_next(settings, write, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    write(1)
    for _round in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.publish.call()  # the second finds a round that waits
    assert Anchor.objects.filter(chain__key="trial").count() == 1
    assert DBTaskResult.objects.filter(task_path=tasks.publish.module_path).count() == 1
