"""R-03: a conflict of interest found late takes the review out before trimming; the difference is told."""

from dataclasses import replace

import pytest
from programme import amended, call_2025
from selecting import entry
from simulated import applications

from naru.domain.recomputing import Difference, Standing, differences, standings, without
from naru.domain.run import decide
from naru.domain.scoring import Sheet

pytestmark = pytest.mark.requirement("R-03")
CALL = call_2025()


def reviewed(number, *totals):
    """An application with one sheet a total, by r0, r1, ..."""
    sheets = [replace(entry(number, total).sheets[0], reviewer=f"r{r}") for r, total in enumerate(totals)]
    return replace(entry(number), sheets=tuple(sheets))


def changed(rows, *pairs):
    before, after = (standings(CALL, given, "seed") for given in (rows, without(rows, pairs)))
    return differences(rows, before, after)


def test_the_review_leaves_before_the_best_and_the_worst_are_dropped():
    """Five reviews: the removed one does not use up the place of the lowest; four are left, none dropped."""
    (only,) = changed([reviewed(1, 60, 70, 80, 90, 100)], ("2025-npu-0001", "r4"))
    assert (only.before.score, only.before.sheets) == ("80.00", 5)  # of 70, 80, 90
    assert (only.after.score, only.after.sheets) == ("75.00", 4)  # of 60, 70, 80, 90


def test_everybody_whose_score_or_rank_moves_is_named_and_nobody_else():
    rows = [reviewed(1, 90, 90, 90, 97), reviewed(2, 91, 91, 91), reviewed(3, 80, 80, 80)]
    assert changed(rows, ("2025-npu-0001", "r3")) == (
        Difference(
            id="2025-npu-0001", product="npu-60",
            before=Standing(sheets=4, score="91.75", rank=1), after=Standing(sheets=3, score="90.00", rank=2),
        ),
        Difference(
            id="2025-npu-0002", product="npu-60",
            before=Standing(sheets=3, score="91.00", rank=2), after=Standing(sheets=3, score="91.00", rank=1),
        ),
    )  # fmt: skip


def test_with_too_few_reviews_left_there_is_no_score_until_another_reviewer_has_given_one():
    """A missing review is replaced, never imputed: those behind move up meanwhile, and back afterwards."""
    rows = [reviewed(1, 95, 95, 95), reviewed(2, 80, 80, 80)]
    first, second = changed(rows, ("2025-npu-0001", "r2"))
    assert first.after == Standing(sheets=2)
    assert (second.before.rank, second.after.rank) == (2, 1)
    left = without(rows, [("2025-npu-0001", "r2")])
    again = [
        replace(left[0], sheets=(*left[0].sheets, Sheet(reviewer="r9", points=rows[0].sheets[0].points)))
    ]
    assert standings(CALL, [*again, left[1]], "seed") == standings(CALL, rows, "seed")


def test_before_the_seed_is_committed_nobody_has_a_rank():
    assert standings(CALL, [reviewed(1, 90, 90, 90)], "") == {
        "2025-npu-0001": Standing(sheets=3, score="90.00")
    }


def test_a_duplicate_has_a_score_and_no_rank():
    twice = [replace(reviewed(number, 90, 90, 90), unit="unit:1") for number in (1, 2)]
    assert {one.rank for one in standings(CALL, twice, "seed").values()} == {None}


def test_the_standings_are_those_of_the_selection_itself():
    rows = applications(CALL, 60)
    found, decision = standings(CALL, rows, "seed"), decide(CALL, rows, "seed")
    assert {key: (one.score, one.rank) for key, one in found.items()} == {
        one.id: (one.score, one.rank) for one in decision.rulings
    }


def test_the_pass_mark_of_the_call_leaves_no_rank_below_it():
    marked = amended(selection=replace(CALL.selection, min_score=85))
    found = standings(marked, [reviewed(1, 90, 90, 90), reviewed(2, 80, 80, 80)], "seed")
    assert [one.rank for one in found.values()] == [1, None]
