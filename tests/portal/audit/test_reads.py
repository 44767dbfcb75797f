"""Whoever is shown somebody else's personal data leaves a row; rows are folded into the chain `reads`."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from every_page import addresses, busy, every_pattern, people
from seated import SeatedClient
from small_world import World
from spent import spent

from naru.portal.audit import queries, reading, tasks, triggers
from naru.portal.audit.actions import fold_reads, note_read
from naru.portal.audit.actions import reads as folding
from naru.portal.audit.models import Chain, Event, Read, ReadBatch


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return busy(World(), settings)


@pytest.fixture
def five(operator, at):
    for number in range(5):
        note_read(by=operator, at=at, record_class="mail", ids=[str(number)], route="console:mail")


def test_each_page_that_reads_leaves_a_row_when_it_is_opened(world, settings):
    readers = {name for name, one in every_pattern() if getattr(one.callback, "reads", None)}
    crowd = people(world)
    missing, opened = [], set()
    for who in ("operator", "reviewer", "vendor", "cloud", "professor"):
        client = SeatedClient()
        client.force_login(crowd[who], backend=settings.AUTHENTICATION_BACKENDS[1])
        for name, address in addresses(world):
            if name in readers - opened:
                before = Read.objects.count()
                answer = client.get(address)
                spent(answer)
                if answer.status_code == 200:
                    opened.add(name)
                    last = Read.objects.order_by("-pk").first()
                    if Read.objects.count() != before + 1 or (last.reader, last.route) != (crowd[who], name):
                        missing.append(name)
    assert missing == []
    assert len(opened) > 50


def test_ones_own_application_leaves_none(world, client, settings):
    client.force_login(world.owner, backend=settings.AUTHENTICATION_BACKENDS[1])
    assert client.get(f"/applications/{world.award.application.pk}/").status_code == 200
    assert not Read.objects.exists()


def test_a_refused_page_leaves_none(client, reviewer):
    client.force_login(reviewer)
    assert client.get("/mail/").status_code == 403
    assert not Read.objects.exists()


def test_the_row_says_who_what_and_why(world, client, settings):
    client.force_login(world.auditor, backend=settings.AUTHENTICATION_BACKENDS[1])
    client.get(f"/mail/{world.mail.pk}/")
    row = Read.objects.get()
    assert (row.reader, row.record_class, row.ids, row.route) == (
        world.auditor, "mail", [str(world.mail.pk)], "console:mail",
    )  # fmt: skip
    page = client.get("/audit/reads/", {"record_class": "mail", "record": world.mail.pk}).context["page"]
    assert [one.pk for one in page] == [row.pk]
    assert client.get("/audit/reads/", {"reader": "nobody"}).context["page"].paginator.count == 0


def test_a_misspelt_class_fails_at_import():
    with pytest.raises(ValueError, match="no record class"):
        reading.reads("mial")


def test_reading_costs_one_insert_and_touches_no_chain(operator, at, django_assert_num_queries):
    before = list(Chain.objects.values_list("key", "length"))
    with django_assert_num_queries(1):
        note_read(by=operator, at=at, record_class="mail", ids=["1"], route="console:mail")
    assert list(Chain.objects.values_list("key", "length")) == before


@pytest.mark.usefixtures("five")
def test_rows_are_folded_in_batches(monkeypatch, at):
    monkeypatch.setattr(folding, "MOST", 3)
    assert [fold_reads(by=None, at=at).rows for _round in range(2)] == [3, 2]
    assert fold_reads(by=None, at=at) is None
    chain = Chain.objects.get(key="reads")
    assert (chain.length, queries.verify(chain), queries.unfit_reads().breaks) == (2, None, ())
    event = Event.objects.filter(chain=chain).latest("number")
    assert event.facts == {"rows": 2, "root": ReadBatch.objects.latest("pk").root}


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE audit_read SET route = 'other' WHERE id = %s", "changed"),
        ("UPDATE audit_read SET reader_id = NULL WHERE id = %s", "changed"),
        ("DELETE FROM audit_read WHERE id = %s", "removed"),
        ("UPDATE audit_read SET batch_id = NULL WHERE id = %s", "removed"),
    ],
)
def test_a_tampered_row_names_its_batch(at, sql, said, make_user):
    batch = fold_reads(by=None, at=at)
    row = Read.objects.order_by("pk")[2]
    triggers.remove(connection, "audit_read")
    with connection.cursor() as cursor:
        if "reader_id" in sql:
            cursor.execute(sql.replace("NULL", str(make_user("other").pk)), [row.pk])
        else:
            cursor.execute(sql, [row.pk])
    event = Event.objects.get(action="audit.fold_reads")
    assert queries.unfit_reads().breaks == (f"batch {batch.pk} (event {event.number}): rows were {said}",)


@pytest.mark.usefixtures("five")
def test_the_database_keeps_rows(at):
    def refused(sql):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

    refused("DELETE FROM audit_read WHERE id > 0")
    fold_reads(by=None, at=at + timedelta(hours=1))
    refused("UPDATE audit_read SET route = 'x'")


@pytest.mark.usefixtures("five")
def test_the_worker_folds_everything(monkeypatch):
    monkeypatch.setattr(folding, "MOST", 2)
    assert tasks.fold.call() == 3
    assert not Read.objects.filter(batch=None).exists()
