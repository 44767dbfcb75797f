"""Several relations in one query: the rows Django reads relation by relation, in the same order."""

from datetime import timedelta

import pytest
from django.db.models import Prefetch, prefetch_related_objects

from naru.portal.applications import actions, queries
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.models import Application, EvidenceDocument, Receipt
from naru.portal.applications.parts import READ
from naru.portal.ui.gathering import gather

MADE = {"receipts": ("revision", "number", "received_at", "late")}


@pytest.fixture
def filled(draft, answers, attach, applicant_user, at):
    """A complete draft of a company."""
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    attach(draft, "sme_certificate", dates=DocumentDates(issued_on=at.date()))
    return draft


def owners():
    return list(Application.objects.order_by("pk"))


def values(row, fields):
    found = {}
    for path in fields:
        relation, _dots, field = path.partition("__")
        found[path] = getattr(getattr(row, relation), field) if field else getattr(row, path)
    return found


def read(rows, wanted):
    """Every field of every relation, by owner."""
    return {
        (row.pk, name): [values(one, ("pk", *fields)) for one in getattr(row, name).all()]
        for row in rows
        for name, fields in wanted.items()
    }


def test_parts_are_what_django_reads_relation_by_relation(
    filled, student_draft, answers, student_user, at, django_assert_num_queries
):
    actions.save_answers(by=student_user, at=at, application=student_draft, answers=answers())
    wanted, ordinary, gathered = dict(READ), owners(), owners()
    documents = Prefetch("documents", EvidenceDocument.objects.select_related("file"))
    prefetch_related_objects(ordinary, *(set(READ) - {"documents"}), documents)
    with django_assert_num_queries(1):
        gather(gathered, wanted)
        found = read(gathered, wanted)
    assert found == read(ordinary, wanted)
    assert {name for (_pk, name), rows in found.items() if rows} == set(READ)
    assert gathered[0].plan.all()[0].application is gathered[0]


def test_instants_keep_their_zone(filled, applicant_user, at, django_assert_num_queries):
    actions.submit(by=applicant_user, at=at + timedelta(microseconds=7), application=filled, key="k")
    (one,) = owners()
    with django_assert_num_queries(1):
        gather([one], MADE)
    (receipt,) = one.receipts.all()
    kept = Receipt.objects.get()
    assert values(receipt, MADE["receipts"]) == values(kept, MADE["receipts"])
    assert receipt.received_at.tzinfo is not None


def test_nobody_to_ask_about_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        gather([], READ)


def test_a_draft_read_so_is_as_complete_as_read_whole(filled):
    whole, (drafted,) = queries.whole(filled), owners()
    gather([drafted], READ)
    assert queries.completeness(drafted) == queries.completeness(whole)
