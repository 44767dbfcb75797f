"""`naru audit verify` and the audit page find a score that was tampered with, removed, reordered or added."""

from contextlib import contextmanager
from json import dumps

import pytest
from django.db import connection
from simulated_year import EVALUATION, finalised, full
from typer.testing import CliRunner

from naru.cli import app
from naru.domain.sheet import GENESIS
from naru.portal.audit import triggers
from naru.portal.evaluation import actions, chains, queries
from naru.portal.evaluation.models import ScoreSheet

TABLE = "evaluation_scoresheet"


@pytest.fixture
def assignments(year):
    people = [year.reviewer(number) for number in (1, 2)]
    made = actions.assign(by=year.operator, at=EVALUATION, application=year.eligible(1), reviewers=people)
    for one in made:
        finalised(one)
    return made


@contextmanager
def past_the_triggers():
    """As one who owns the database could."""
    triggers.remove(connection, TABLE)
    with connection.cursor() as cursor:
        yield cursor
    triggers.install(connection, TABLE)


def name(assignment, number):
    return f"2025-npu-0001, reviewer {assignment.reviewer_id}, state {number}"


def tampered(statement, *values):
    with past_the_triggers() as cursor:
        cursor.execute(statement, values)
    return chains.verify().breaks


def test_whole_sheets_are_whole(assignments):
    found = chains.verify()
    assert (found.rows, found.breaks) == (4, ())


@pytest.mark.requirement("R-03")
@pytest.mark.parametrize(
    "change",
    ["points = '{\"need\": 10}'", "parts = '{\"need\": 10}'", "comment = 'better'", "state = 'draft'"],
)
def test_a_tampered_score_is_found_and_named(assignments, change):
    """Whoever changes a stored score, comment or state past the portal is found out, row by row."""
    broken = tampered(  # the changes are the four above
        f"UPDATE evaluation_scoresheet SET {change} WHERE assignment_id = %s AND number = 2",  # noqa: S608
        assignments[1].pk,
    )
    assert f"{name(assignments[1], 2)}: content was changed" in broken
    assert all(line.startswith(name(assignments[1], 2)) for line in broken)


def test_a_total_that_is_no_sum_is_found(assignments):
    broken = tampered(
        "UPDATE evaluation_scoresheet SET total = 99 WHERE assignment_id = %s AND number = 2",
        assignments[0].pk,
    )
    assert broken == (f"{name(assignments[0], 2)}: the total is not the sum of its points",)


def test_a_removed_state_is_found_at_the_end_and_in_the_middle(assignments):
    first, second = assignments
    gone = first.application_id
    tail = tampered("DELETE FROM evaluation_scoresheet WHERE assignment_id = %s AND number = 2", first.pk)
    assert tail == (f"sheet of application {gone}, state 2: recorded and no longer there",)
    head = tampered("DELETE FROM evaluation_scoresheet WHERE assignment_id = %s AND number = 1", second.pk)
    assert f"{name(second, 1)}: missing, or out of its order" in head


def test_a_reordered_chain_is_found(assignments):
    with past_the_triggers() as cursor:
        for before, after in ((1, 9), (2, 1), (9, 2)):
            cursor.execute(
                "UPDATE evaluation_scoresheet SET number = %s WHERE assignment_id = %s AND number = %s",
                (after, assignments[0].pk, before),
            )
    assert f"{name(assignments[0], 1)}: does not follow the state before it" in chains.verify().breaks


def test_a_chain_computed_anew_is_found_by_the_record(assignments):
    """Who knows the hashes can make a chain whole again; the record of the acts has the old ones."""
    states = list(ScoreSheet.objects.filter(assignment=assignments[0]).order_by("number"))
    previous = GENESIS
    with past_the_triggers() as cursor:
        for one in states:
            one.parts, one.points["need"], one.total = full({"need": 10}), 10, one.total + 2
            one.previous_sha256 = previous
            previous = queries.state_of(one).hash()
            cursor.execute(
                "UPDATE evaluation_scoresheet SET parts = %s, points = %s, total = %s, previous_sha256 = %s,"
                " sha256 = %s WHERE id = %s",
                (dumps(one.parts), dumps(one.points), one.total, one.previous_sha256, previous, one.pk),
            )
    assert queries.chain_holds(assignments[0])
    wrong = tuple(f"{name(assignments[0], number)}: the record has another hash" for number in (1, 2))
    assert chains.verify().breaks == wrong


def test_a_row_put_in_past_the_portal_is_found(assignments):
    last = ScoreSheet.objects.filter(assignment=assignments[0]).order_by("-number")[0]
    last.pk, last.number, last.previous_sha256, last._state.adding = None, 3, last.sha256, True
    last.sha256 = queries.state_of(last).hash()
    last.save(force_insert=True)
    assert chains.verify().breaks == (f"{name(assignments[0], 3)}: no act is recorded for it",)


def test_the_command_and_the_page_say_what_is_broken(client, auditor, assignments):
    client.force_login(auditor)
    asked = {"chain": "score-sheets"}
    assert "기록 4건이 모두 이어져" in client.post("/audit/verify/", asked, follow=True).text
    tampered("UPDATE evaluation_scoresheet SET comment = 'better'")
    told = CliRunner().invoke(app, ["audit", "verify", "score-sheets"])
    assert told.exit_code == 1
    assert told.stdout.splitlines()[:2] == [
        "score-sheets: 4 rows, 2 broken",
        f"  {name(assignments[0], 1)}: content was changed",
    ]
    assert (
        f"{name(assignments[1], 1)}: content was changed"
        in client.post("/audit/verify/", asked, follow=True).text
    )
