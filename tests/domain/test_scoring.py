"""Scores are exact, trimmed by whole sheets, rounded once."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programme import call_2025

from naru.domain.leniency import by_offset, by_z_score, offsets, positions, z_scores
from naru.domain.quota import largest_remainder, water_filling
from naru.domain.ranking import commitment, merit_order
from naru.domain.scoring import Sheet, bonuses_due, final_steps, half_up, score, shown

CALL = call_2025()
STEP = Decimal("0.01")
FULL = {criterion.id: criterion.points for criterion in CALL.criteria}


def sheets(*contents):
    return [Sheet(reviewer=f"r{i}", points={**FULL, "contents": value}) for i, value in enumerate(contents)]


def scored(given_sheets, bonuses=()):
    return score(given_sheets, scoring=CALL.scoring, criteria=CALL.criteria, bonuses=bonuses)


def test_one_highest_and_one_lowest_sheet_are_dropped_whole_from_five_up():
    found = scored(sheets(50, 50, 40, 30, 30))
    assert found.mean == 90
    assert found.dropped == ("r1", "r3")
    assert found.criterion_mean(2) == 40  # means of criteria keep all five
    assert scored(sheets(50, 40, 0)).dropped == ()


@pytest.mark.parametrize(("value", "steps"), [("79.995", 8000), ("79.9949", 7999), ("0", 0), ("1/3", 33)])
def test_the_exact_half_goes_up(value, steps):
    assert half_up(Fraction(value), STEP) == steps


def test_steps_are_shown_with_the_decimals_of_the_step():
    assert (shown(8050, STEP), shown(7, STEP), shown(3, Decimal("0.5"))) == ("80.50", "0.07", "1.5")


def test_the_bonus_leads_beyond_100_unless_clipped():
    (youth,) = CALL.bonuses
    assert scored(sheets(50, 50, 50), [youth]).steps == 10100
    clipped = replace(youth, clipped_at_total=True)
    assert scored(sheets(50, 50, 50), [clipped]).steps == 10000
    assert final_steps(Fraction(100), [youth, clipped], STEP) == 10100


def test_the_bonus_does_not_count_for_a_pass_mark_unless_the_call_says_so():
    (youth,) = CALL.bonuses
    assert scored(sheets(0, 0, 0), [youth]).pass_steps == 5000
    assert scored(sheets(0, 0, 0), [replace(youth, counts_for_min_score=True)]).pass_steps == 5100


def test_a_bonus_is_due_when_claimed_and_evidenced_by_a_company():
    assert bonuses_due(CALL.bonuses, "private", ["youth"], ["youth"]) == CALL.bonuses
    for sector, claimed, evidenced in [
        ("public", ["youth"], ["youth"]),
        ("private", [], ["youth"]),
        ("private", ["youth"], []),
    ]:
        assert bonuses_due(CALL.bonuses, sector, claimed, evidenced) == ()


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ({**FULL, "contents": 51}, "contents must be 0..50"),
        ({**FULL, "contents": -1}, "contents must be 0..50"),
        ({**FULL, "contents": True}, "contents must be 0..50"),
        ({"contents": 1}, "purpose has no points"),
        ({**FULL, "charm": 1}, "charm is not a criterion"),
    ],
)
def test_a_sheet_out_of_bounds_is_refused(points, words):
    with pytest.raises(ValueError, match=words):
        scored([*sheets(1, 2, 3), Sheet(reviewer="last", points=points)])


def test_too_few_reviews_or_one_reviewer_twice_are_refused():
    with pytest.raises(ValueError, match="too few reviews: 2 valid, 3 needed"):
        scored(sheets(1, 2))
    with pytest.raises(ValueError, match="stands twice"):
        scored([*sheets(1, 2, 3), sheets(4)[0]])


@given(st.lists(st.integers(0, 50), min_size=3, max_size=9), st.randoms())
def test_the_order_of_sheets_never_matters(contents, chance):
    shuffled = list(contents)
    chance.shuffle(shuffled)
    left, right = scored(sheets(*contents)), scored(sheets(*shuffled))
    assert (left.steps, left.mean, left.sums) == (right.steps, right.mean, right.sums)


@given(st.lists(st.integers(0, 49), min_size=3, max_size=9), st.data())
def test_a_better_sheet_never_lowers_the_score(contents, data):
    place = data.draw(st.integers(0, len(contents) - 1))
    raised = [value + (i == place) for i, value in enumerate(contents)]
    assert scored(sheets(*raised)).steps >= scored(sheets(*contents)).steps


def test_shadow_rankings():
    reviews = {"one": {"a": 90, "b": 70}, "two": {"a": 80, "b": 80}, "three": {"a": 70}}
    assert offsets({"a": [90, 80, 70], "b": [70, 80]}) == {"a": 2, "b": -3}
    assert by_offset(reviews, 5)["one"] == Fraction(161, 2)
    assert z_scores([80, 80, 80]) == (0, 0, 0)
    assert z_scores([70, 90]) == (-1, 1)
    assert z_scores([]) == ()
    assert offsets({}) == {}
    assert by_z_score(reviews, 5)["two"] == Fraction(1, 2)
    assert positions({"x": Fraction(2), "y": Fraction(2), "z": Fraction(1)}) == {"x": 1, "y": 1, "z": 3}


@given(st.integers(0, 500), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_largest_remainder_hands_out_every_seat_within_one_of_its_share(seats, weights):
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    parts = largest_remainder(seats, shares)
    assert sum(parts) == seats
    assert all(abs(part - seats * share) < 1 for part, share in zip(parts, shares, strict=True))


def test_water_filling_passes_seats_on_in_the_old_proportion():
    quotas = {"60": 120, "120": 60, "240": 20}
    assert water_filling(quotas, {"60": 400, "120": 100, "240": 5}) == {"60": 130, "120": 65, "240": 5}
    assert water_filling(quotas, {"60": 30, "120": 10, "240": 0}) == {"60": 30, "120": 10, "240": 0}
    assert water_filling({"a": 0, "b": 3}, {"a": 5, "b": 9}) == {"a": 0, "b": 3}


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 90)), min_size=1, max_size=5))
def test_water_filling_fills_what_can_be_filled(rows):
    quotas = {str(i): quota for i, (quota, _) in enumerate(rows)}
    demand = {str(i): wanted for i, (_, wanted) in enumerate(rows)}
    filled = water_filling(quotas, demand)
    assert all(filled[key] <= demand[key] for key in quotas)
    assert all(filled[key] >= min(quotas[key], demand[key]) for key in quotas)
    reachable = sum(demand[key] for key in quotas if quotas[key])
    assert sum(filled.values()) == min(sum(quotas.values()), reachable)


def test_refusals_of_quota_and_ranking():
    with pytest.raises(ValueError, match="negative"):
        largest_remainder(-1, [Fraction(1)])
    with pytest.raises(ValueError, match="sum to 1"):
        largest_remainder(1, [Fraction(1, 2)])
    with pytest.raises(ValueError, match="charm"):
        merit_order({}, order=("score", "charm", "lottery"), criteria=(), seed="s")
    assert commitment("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
