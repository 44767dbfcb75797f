"""The audit record: hashes follow on, rows cannot change, personal data cannot slip in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError, connection, transaction

from naru.domain.chain import GENESIS
from naru.portal.audit import queries, triggers
from naru.portal.audit.actions import fingerprint, record
from naru.portal.audit.models import AppendOnlyError, Chain, Event


def write(user, at, **changes):
    values = {"by": user, "at": at, "action": "test.done", "subject": user} | changes
    with transaction.atomic():
        return record(**values)


def raw(sql, *values):
    """As somebody with the database's password would: triggers off, change, triggers on."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    triggers.install(connection)


@pytest.fixture
def chain(applicant_user, at):
    for step in range(3):
        write(applicant_user, at + timedelta(hours=step), facts={"step": step}, chain="trial")
    return Chain.objects.get(key="trial")


def test_events_count_up_and_follow_on(chain):
    first, second, third = chain.events.order_by("number")
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert first.previous_hash == GENESIS
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    assert (chain.length, chain.head) == (3, third.hash)
    assert queries.verify(chain) is None


def test_hash_is_of_the_instant_not_of_its_zone(applicant_user):
    seoul = datetime(2025, 3, 3, 10, tzinfo=timezone(timedelta(hours=9)))
    event = write(applicant_user, seoul)
    assert event.hash == Event.objects.get(pk=event.pk).entry("decisions").hash()
    assert Event.objects.get(pk=event.pk).at == datetime(2025, 3, 3, 1, tzinfo=UTC)


def test_each_call_has_its_own_chain(applicant_user, at):
    event = write(applicant_user, at, call_id="2025-npu")
    assert (event.chain.key, event.number, event.call_id) == ("decisions:2025-npu", 1, "2025-npu")


def test_event_keeps_who_what_and_subject(applicant_user, at):
    event = write(applicant_user, at, facts={"ids": [1, 2], "hash": fingerprint("가"), "none": None})
    kept = Event.objects.get(pk=event.pk)
    assert (kept.actor, kept.at, kept.action) == (applicant_user, at, "test.done")
    assert (kept.subject_type, kept.subject_id) == ("accounts.user", str(applicant_user.pk))
    assert kept.facts == {"ids": [1, 2], "hash": fingerprint("가"), "none": None}


def test_record_costs_three_queries(applicant_user, at, django_assert_num_queries):
    write(applicant_user, at)
    with transaction.atomic(), django_assert_num_queries(3):
        record(by=applicant_user, at=at, action="test.done", subject=applicant_user, facts={"n": 1})


@pytest.mark.parametrize(
    "fact",
    ["김나루", "kim@example.test", "two words", 1.5, b"raw", {"deep": "두 낱말"}, ["kim@example.test"]],
)
def test_facts_refuse_what_could_be_personal_or_inexact(applicant_user, at, fact):
    with pytest.raises(ValueError, match="facts"):
        write(applicant_user, at, facts={"value": fact})


def test_naive_time_is_refused(applicant_user):
    with pytest.raises(ValueError, match="no time zone"):
        write(applicant_user, datetime(2025, 3, 3))  # noqa: DTZ001 - the mistake under test


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused(make_user, at):
    user = make_user("kim")
    with pytest.raises(transaction.TransactionManagementError, match=r"transaction\.atomic"):
        record(by=user, at=at, action="test.done", subject=user)


def test_models_refuse_change(chain):
    event = chain.events.first()
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()
    with pytest.raises(AppendOnlyError):
        Event.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        Event.objects.filter(pk=event.pk).update(action="test.other")


@pytest.mark.parametrize("sql", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"])
def test_database_refuses_change(chain, sql):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert chain.events.count() == 3


def test_database_refuses_to_be_emptied(chain):
    """SQLite's way is DELETE without a condition, its "truncate optimisation"; PostgreSQL's is TRUNCATE."""
    emptied = {
        "sqlite": "DELETE FROM audit_event",
        "postgresql": "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_event",
    }
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(emptied[connection.vendor])
    assert chain.events.count() == 3


@pytest.mark.parametrize(
    ("sql", "number", "reason"),
    [
        ("UPDATE audit_event SET action = 'test.other' WHERE number = 2 AND chain_id = %s", 2, "changed"),
        ("UPDATE audit_event SET actor_id = NULL WHERE number = 1 AND chain_id = %s", 1, "changed"),
        ("DELETE FROM audit_event WHERE number = 2 AND chain_id = %s", 2, "missing"),
        ("DELETE FROM audit_event WHERE number = 3 AND chain_id = %s", 3, "end does not agree"),
        ("UPDATE audit_event SET previous_hash = hash WHERE number = 3 AND chain_id = %s", 3, "follow"),
        ("UPDATE audit_chain SET head = 'f' WHERE id = %s", 4, "end does not agree"),
    ],
)
def test_verify_names_the_first_broken_event(chain, sql, number, reason):
    raw(sql, chain.pk)
    chain.refresh_from_db()
    broken = queries.verify(chain)
    assert broken.number == number
    assert reason in broken.reason


@pytest.mark.django_db(transaction=True)
def test_a_failed_action_leaves_no_event(make_user, at):
    user = make_user("kim")
    before = Chain.objects.get(key="decisions").length

    class FailedError(Exception):
        pass

    @transaction.atomic
    def fails():
        record(by=user, at=at, action="test.done", subject=user)
        raise FailedError

    with pytest.raises(FailedError):
        fails()
    chain = Chain.objects.get(key="decisions")
    assert (chain.length, chain.events.count()) == (before, before)
    assert queries.verify(chain) is None


def test_events_are_found_by_subject_and_action(chain, applicant_user, at):
    write(applicant_user, at, action="other.done", chain="trial")
    assert queries.events(action="test.").count() == 3
    assert queries.events(subject_type="accounts.user", subject_id=str(applicant_user.pk)).count() == 5
    assert queries.events(subject_type="accounts.rolegrant").count() == 0
