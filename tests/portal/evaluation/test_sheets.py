"""Score sheets: bounded, append-only, chained, closed to others until one's own is final."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from refusing import one_event, refusal
from simulated_year import EVALUATION, declared, finalised, full, sums

from naru.domain.sheet import GENESIS
from naru.portal.audit import triggers
from naru.portal.audit.models import Event
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.models import AppendOnlyError, ReviewAssignment, ScoreSheet


@pytest.fixture
def assignment(year):
    application, reviewer = year.eligible(1), year.reviewer(1)
    made = actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=[reviewer])
    return declared(made[0])


def write(act, assignment, points=None, comment="구체적입니다.", **changes):
    given = {
        "by": assignment.reviewer,
        "at": EVALUATION,
        "assignment": assignment,
        "points": full() if points is None else points,
        "comment": comment,
    }
    return act(**(given | changes))


def stand_by(assignment, stored, **changes):
    given = {"by": assignment.reviewer, "at": EVALUATION, "assignment": assignment, "sha256": stored.sha256}
    return actions.finalise_sheet(**(given | changes))


def test_states_are_added_and_chained(assignment):
    draft, event = one_event(
        write, act=actions.save_sheet, assignment=assignment, points={"need": 7}, comment=""
    )
    assert (draft.number, draft.total, draft.state, event.facts["sha256"]) == (1, 7, "draft", draft.sha256)
    assert event.chain.key == "sheets:2025-npu"
    stored = write(actions.save_sheet, assignment)
    final, event = one_event(stand_by, assignment=assignment, stored=stored)
    assert (final.number, final.total, final.previous_sha256) == (3, 81, stored.sha256)
    assert (final.parts, final.points, final.comment) == (full(), sums(), "구체적입니다.")
    assert (event.chain.key, event.facts["read"]) == ("decisions:2025-npu", stored.sha256)
    revised, _event = one_event(
        write, act=actions.revise_sheet, assignment=assignment, points=full({"need": 9}), reason="재검토"
    )
    assert (revised.number, revised.total) == (4, 82)
    assert queries.chain_holds(assignment)
    assert queries.final_sheets(assignment.application.call, "1") == {
        assignment.application_id: [(assignment.reviewer_id, sums({"need": 9}))]
    }


@pytest.mark.parametrize(
    "points", [full({"need": 11}), full({"need": -1}), full({"extra": 1}), full({"need": True}), {"need": 5}]
)
def test_a_final_sheet_is_whole_and_in_bounds(assignment, points):
    finalised(assignment)
    given = {"act": actions.revise_sheet, "assignment": assignment, "points": points, "reason": "재검토"}
    assert refusal(write, **given) == ("R-03", "points_out_of_bounds")


def test_a_draft_with_gaps_is_not_made_final(assignment):
    for points, comment, code in (
        ({"need": 5}, "근거", "points_out_of_bounds"),
        (full(), " ", "comment_missing"),
    ):
        stored = write(actions.save_sheet, assignment, points=points, comment=comment)
        assert refusal(stand_by, assignment=assignment, stored=stored) == ("R-03", code)


def test_only_what_was_read_back_is_made_final(assignment):
    nothing = ScoreSheet(sha256="0" * 64)
    assert refusal(stand_by, assignment=assignment, stored=nothing) == ("R-03", "nothing_stored")
    read = write(actions.save_sheet, assignment)
    moved = write(actions.save_sheet, assignment, points=full({"need": 1}))
    assert refusal(stand_by, assignment=assignment, stored=read) == ("R-03", "sheet_moved")
    assert stand_by(assignment, moved).points == sums({"need": 1})


def test_a_save_that_changes_nothing_writes_nothing(assignment):
    first = write(actions.save_sheet, assignment)
    before = Event.objects.count()
    assert write(actions.save_sheet, assignment, comment=" 구체적입니다. ") == first
    assert Event.objects.count() == before


def test_two_windows_of_a_reviewer_do_not_overwrite_each_other(assignment):
    here = {"base": GENESIS, "origin": "here"}
    first = write(actions.save_sheet, assignment, points={"need": 1}, **here)
    lost_answer = write(actions.save_sheet, assignment, points={"need": 2}, **here)
    assert lost_answer.previous_sha256 == first.sha256
    there = {"act": actions.save_sheet, "assignment": assignment, "points": {"need": 3}}
    for base, origin in ((GENESIS, "there"), (first.sha256, "there"), (first.sha256, ""), ("f" * 64, "here")):
        assert refusal(write, **there, base=base, origin=origin) == ("R-03", "sheet_moved")
    assert write(**there, base=lost_answer.sha256, origin="there").number == 3
    assert refusal(write, **there | {"points": {"need": 4}}, **here) == ("R-03", "sheet_moved")


def test_a_revision_from_an_old_page_is_refused(assignment):
    final = finalised(assignment)
    given = {
        "act": actions.revise_sheet,
        "assignment": assignment,
        "points": full({"need": 9}),
        "reason": "재검토",
    }
    assert write(**given, base=final.sha256).number == 3
    assert refusal(write, **given, base=final.sha256) == ("R-03", "sheet_moved")


@pytest.mark.parametrize("points", [{"need": 11}, {"extra": 1}])
def test_a_draft_may_have_gaps_but_stays_in_bounds(assignment, points):
    assert refusal(write, act=actions.save_sheet, assignment=assignment, points=points) == (
        "R-03",
        "points_out_of_bounds",
    )


def test_a_final_sheet_needs_a_comment_and_is_not_drafted_over(assignment):
    assert refusal(write, act=actions.revise_sheet, assignment=assignment, reason="왜") == (
        "R-03",
        "not_final",
    )
    final = finalised(assignment)
    assert refusal(write, act=actions.save_sheet, assignment=assignment) == ("R-03", "final_already")
    assert refusal(stand_by, assignment=assignment, stored=final) == ("R-03", "final_already")
    assert refusal(write, act=actions.revise_sheet, assignment=assignment, reason="왜", comment=" ") == (
        "R-03",
        "comment_missing",
    )
    assert refusal(write, act=actions.revise_sheet, assignment=assignment, reason=" ") == (
        "R-03",
        "reason_missing",
    )


def test_only_the_reviewer_writes_and_only_after_the_pledge(year, assignment):
    assert refusal(write, act=actions.save_sheet, assignment=assignment, by=year.operator) == (
        "R-03",
        "not_your_sheet",
    )
    newcomer = year.reviewer(2, pledged=False)
    theirs = actions.assign(
        by=year.operator, at=EVALUATION, application=assignment.application, reviewers=[newcomer]
    )[0]
    assert refusal(write, act=actions.save_sheet, assignment=theirs) == ("R-03", "pledge_missing")


def test_nothing_is_entered_after_removal_or_closing(year, assignment):
    application = assignment.application
    others = [year.reviewer(number) for number in (2, 3, 4)]
    actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=others)
    removed = ReviewAssignment.objects.get(reviewer=others[2])
    actions.remove_assignment(by=year.operator, at=EVALUATION, assignment=removed, reason="출장")
    assert refusal(write, act=actions.save_sheet, assignment=removed) == ("R-03", "assignment_removed")
    for one in ReviewAssignment.objects.filter(removed_at=None):
        finalised(one)
    actions.close(by=year.operator, at=EVALUATION, call=year.call, round_id="1")
    later = EVALUATION + timedelta(days=1)
    assert refusal(write, act=actions.revise_sheet, assignment=assignment, reason="재검토", at=later) == (
        "R-03",
        "evaluation_closed",
    )


def test_rows_are_never_changed_nor_deleted(assignment):
    sheet = finalised(assignment)
    with pytest.raises(AppendOnlyError):
        sheet.save()
    with pytest.raises(AppendOnlyError):
        sheet.delete()
    with pytest.raises(AppendOnlyError):
        ScoreSheet.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        ScoreSheet.objects.update(total=100)
    for statement in ("UPDATE evaluation_scoresheet SET total = 100", "DELETE FROM evaluation_scoresheet"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_changed_score_breaks_the_chain(assignment):
    finalised(assignment)
    assert queries.chain_holds(assignment)
    triggers.remove(connection, "evaluation_scoresheet")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE evaluation_scoresheet SET comment = 'better' WHERE number = 1")
    triggers.install(connection, "evaluation_scoresheet")
    assert not queries.chain_holds(assignment)


def test_scoring_is_lean(assignment, django_assert_max_num_queries):
    stored = write(actions.save_sheet, assignment)
    with django_assert_max_num_queries(8):  # the savepoint's two statements included
        stand_by(assignment, stored)
