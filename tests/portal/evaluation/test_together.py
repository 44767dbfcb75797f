"""Deadline day: 40 reviewers enter, read back and finalise 400 sheets at the same time, on PostgreSQL.

Each finalising waits for the call's one chain of decisions, drafts for the chain of drafts; `bench/sheets.md`
says what that costs. A national portal was reported to have changed entered scores on such a day.
"""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from django.db import connection
from simulated_year import EVALUATION, declared, full

from naru.domain.decision import Refused
from naru.portal.audit import queries as audit
from naru.portal.evaluation import actions, chains, queries
from naru.portal.evaluation.models import ReviewAssignment, ScoreSheet

REVIEWERS, APPLICATIONS = 40, 10
SHEETS = REVIEWERS * APPLICATIONS

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desks(year):
    """Each reviewer's assignments: everybody scores every application."""
    people = [year.reviewer(number) for number in range(1, REVIEWERS + 1)]
    for serial in range(1, APPLICATIONS + 1):
        actions.assign(by=year.operator, at=EVALUATION, application=year.eligible(serial), reviewers=people)
    mine = {one.pk: list(ReviewAssignment.objects.filter(reviewer=one)) for one in people}
    for rows in mine.values():
        declared(rows[0])
    return mine


def entries(terms, assignment):
    """What this reviewer means to enter: points in bounds and a comment, different on every sheet."""
    rng = Random(assignment.pk)  # noqa: S311 - figures that repeat, not secrets
    parts = {part.key: rng.randint(0, part.most) for one in terms.criteria for part in one.parts}
    return parts, f"의견 {assignment.pk}"


def write(terms, start, rows):
    """One reviewer's day: two drafts of each sheet, the stored one read anew, that one made final."""
    try:
        start.wait()
        for row in rows:
            parts, comment = entries(terms, row)
            who = {"by": row.reviewer, "at": EVALUATION, "assignment": row}
            first = actions.save_sheet(points={"need": 1}, comment="", base="0" * 64, origin="page", **who)
            actions.save_sheet(points=parts, comment=comment, base=first.sha256, origin="page", **who)
            read = ScoreSheet.objects.filter(assignment=row).latest("number")
            assert (read.parts, read.comment) == (parts, comment)
            actions.finalise_sheet(sha256=read.sha256, **who)
    finally:
        connection.close()


@pytest.mark.requirement("R-03")
def test_nothing_entered_at_once_is_lost_or_changed(year, terms, desks):
    """40 reviewers finalise 400 sheets concurrently: what is stored equals what was entered, none is lost."""
    start = Barrier(REVIEWERS)
    with ThreadPoolExecutor(REVIEWERS) as pool:
        for done in [pool.submit(write, terms, start, rows) for rows in desks.values()]:
            done.result()  # a deadlock or a refusal would be raised here
    final = queries.last_sheets(queries.in_force()).filter(state="final").select_related("assignment")
    meant = {row.pk: entries(terms, row) for rows in desks.values() for row in rows}
    assert {one.assignment_id: (one.parts, one.comment) for one in final} == meant
    assert len(meant) == SHEETS
    found = chains.verify()
    assert (found.rows, found.breaks) == (3 * SHEETS, ())
    assert [audit.verify(chain) for chain in audit.chains()] == [None] * len(audit.chains())


def test_two_windows_at_the_same_instant_cannot_both_win(terms, desks):
    """Of two first saves from two pages one is kept and the other is told, whoever is quicker."""
    row = next(iter(desks.values()))[0]
    start = Barrier(2)

    def save(points):
        try:
            start.wait()
            who = {"by": row.reviewer, "at": EVALUATION, "assignment": row}
            actions.save_sheet(
                points=full({"need": points}), comment="", base="0" * 64, origin=f"page{points}", **who
            )
        except Refused as refused:
            return refused.finding.code
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, (1, 2))) == ["kept", "sheet_moved"]
    assert ScoreSheet.objects.count() == 1
