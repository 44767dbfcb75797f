"""R-06: whoever is told a result may object to it, in time, and is answered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from programme import call_2025
from simulated import applications

from naru.domain.appeal import (
    APPEALABLE,
    Filing,
    answer_until,
    change,
    corrected,
    grounds_for,
    may_file,
    may_start,
    object_until,
    reconsidered,
)
from naru.domain.run import Settings, decide
from naru.domain.scoring import Sheet

pytestmark = pytest.mark.requirement("R-06")
CALL = call_2025()
PUBLISHED = datetime(2025, 3, 31, 5, tzinfo=UTC)  # 14:00 in Seoul
LAST = datetime(2025, 4, 30, 15, tzinfo=UTC)  # midnight after 30 April in Seoul


def filing(**changes):
    whole = Filing(
        told="waiting",
        against="score",
        grounds=("score_entry",),
        text="항목 하나가 잘못 적혔습니다.",
        published_at=PUBLISHED,
    )
    return replace(whole, **changes)


def code(one, at=PUBLISHED):
    return may_file(CALL, one, at).code


def test_a_result_may_be_objected_to_for_thirty_days_to_the_last_midnight_in_seoul():
    assert object_until(CALL, PUBLISHED) == LAST
    assert code(filing(), LAST - timedelta(seconds=1)) == "may_appeal"
    assert code(filing(), LAST) == "window_over"


def test_a_result_published_after_midnight_in_seoul_counts_from_that_day():
    late = datetime(2025, 3, 31, 15, 30, tzinfo=UTC)  # 1 April, 00:30
    assert object_until(CALL, late) == LAST + timedelta(days=1)


def test_an_appeal_is_answered_in_fourteen_days_and_ten_more_once():
    filed = datetime(2025, 4, 3, 1, tzinfo=UTC)
    assert answer_until(CALL, filed) == datetime(2025, 4, 17, 15, tzinfo=UTC)
    assert answer_until(CALL, filed, 1) == datetime(2025, 4, 27, 15, tzinfo=UTC)
    with pytest.raises(ValueError, match="extensions"):
        answer_until(CALL, filed, 2)


def test_nothing_is_objected_to_before_it_is_published():
    assert code(filing(published_at=None)) == "not_announced"
    assert code(filing(), PUBLISHED - timedelta(seconds=1)) == "not_announced"


def test_who_was_excluded_objects_to_the_screening_who_was_scored_to_the_result_or_the_score():
    assert code(filing(told="ineligible", against="screening", grounds=("eligibility_fact",))) == "may_appeal"
    assert code(filing(told="ineligible")) == "not_against_that"
    assert code(filing(told="not_selected", against="outcome", grounds=("procedure",))) == "may_appeal"
    assert code(filing(told="selected")) == "may_appeal"
    assert code(filing(told="selected", against="outcome", grounds=("procedure",))) == "not_against_that"


def test_who_withdrew_has_nothing_to_object_to():
    assert code(filing(told="nothing")) == "no_standing"


def test_a_ground_has_to_belong_to_what_is_objected_to():
    assert "reviewer_conflict" not in grounds_for("screening")
    grounds = ("score_entry",)
    assert code(filing(told="ineligible", against="screening", grounds=grounds)) == "ground_unfit"
    assert code(filing(grounds=())) == "ground_missing"
    assert code(filing(grounds=("no such ground",))) == "ground_unfit"
    assert code(filing(text="  ")) == "text_missing"


def test_one_appeal_at_a_time_and_none_after_its_answer_but_again_after_a_withdrawal():
    assert code(filing(state="open")) == "open_already"
    assert code(filing(state="answered")) == "answered_already"
    assert code(filing(state="withdrawn")) == "may_appeal"


def test_every_refusal_cites_the_clause_and_says_what_would_mend_it():
    found = may_file(CALL, filing(), LAST)
    assert found.clause == CALL.appeal.clause
    assert found.mend is not None
    assert datetime.fromisoformat(dict(found.facts)["until"]) == LAST


def test_whether_the_page_offers_an_appeal_is_the_same_rule():
    offered = {
        told: may_start(CALL, told, PUBLISHED, "none", PUBLISHED).code == "may_appeal" for told in APPEALABLE
    }
    assert offered == {told: bool(kinds) for told, kinds in APPEALABLE.items()}


def test_points_entered_wrongly_are_put_right_on_the_sheet_they_stand_on():
    before = (Sheet(reviewer="a", points={"x": 5, "y": 1}), Sheet(reviewer="b", points={"x": 4, "y": 2}))
    after = corrected(before, {"a": {"x": 50}})
    assert [sheet.points for sheet in after] == [{"x": 50, "y": 1}, {"x": 4, "y": 2}]
    with pytest.raises(KeyError):
        corrected(before, {"c": {"x": 1}})
    with pytest.raises(KeyError):
        corrected(before, {"a": {"z": 1}})


def test_the_result_is_recomputed_for_the_appellant_alone_and_the_published_one_stays():
    entries = applications(CALL, 420)
    published = decide(CALL, entries, "seed")
    last = max(
        (one for one in published.rulings if one.product == "npu-60" and one.waiting), key=lambda r: r.rank
    )
    entry = next(one for one in entries if one.id == last.id)
    full = {criterion.id: criterion.points for criterion in CALL.criteria}
    best = replace(entry, sheets=tuple(replace(sheet, points=full) for sheet in entry.sheets))
    found = change(published, reconsidered(CALL, entries, best, "seed", Settings()), entry.id)
    assert (found.before, found.selected, found.better) == ((last.status, last.rank, last.score), True, True)
    assert found.status == "selected"
    assert decide(CALL, entries, "seed") == published


def test_an_appeal_that_changes_no_point_changes_nothing():
    entries = applications(CALL, 60)
    published = decide(CALL, entries, "seed")
    for entry in entries[:5]:
        found = change(published, reconsidered(CALL, entries, entry, "seed", Settings()), entry.id)
        assert (found.status, found.rank, found.score) == found.before
        assert not found.better


def test_who_was_never_ranked_gets_the_rank_it_would_have_had():
    entries = applications(CALL, 60)
    published = decide(CALL, entries[1:], "seed")
    found = change(published, reconsidered(CALL, entries[1:], entries[0], "seed", Settings()), entries[0].id)
    whole = decide(CALL, entries, "seed").ruling(entries[0].id)
    assert (found.before, found.status, found.rank) == (None, whole.status, whole.rank)
    assert found.better
