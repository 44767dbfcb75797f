"""R-03: five criteria of 100 points become one exact score per application."""

from fractions import Fraction

import pytest
from programme import call_2025
from simulated import applications

from naru.domain.run import decide
from naru.domain.scoring import Sheet, score

pytestmark = pytest.mark.requirement("R-03")
CALL = call_2025()
POINTS = {"purpose": 30, "field": 5, "contents": 50, "need": 10, "other": 5}


def test_the_criteria_are_the_guides_and_make_100():
    assert {criterion.id: criterion.points for criterion in CALL.criteria} == POINTS
    assert sum(POINTS.values()) == 100


def test_the_best_and_the_worst_of_five_reviews_do_not_count():
    sheets = [
        Sheet(reviewer=str(n), points={**POINTS, "contents": value})
        for n, value in enumerate((0, 48, 49, 50, 50))
    ]
    assert score(sheets, scoring=CALL.scoring, criteria=CALL.criteria).mean == 99


def test_a_score_is_the_exact_mean_of_three_reviews_rounded_once():
    sheets = [Sheet(reviewer=str(n), points={**POINTS, "contents": 50 - n // 2}) for n in range(3)]
    found = score(sheets, scoring=CALL.scoring, criteria=CALL.criteria)
    assert (found.mean, found.steps) == (Fraction(299, 3), 9967)


def test_points_beyond_a_criterion_are_refused_and_so_are_two_reviews():
    beyond = [Sheet(reviewer=str(n), points={**POINTS, "contents": 51}) for n in range(3)]
    with pytest.raises(ValueError, match=r"contents must be 0\.\.50"):
        score(beyond, scoring=CALL.scoring, criteria=CALL.criteria)
    with pytest.raises(ValueError, match="too few reviews"):
        score([Sheet(reviewer="1", points=POINTS)], scoring=CALL.scoring, criteria=CALL.criteria)


def test_every_rulings_score_comes_from_its_sheets():
    decision = decide(CALL, applications(CALL, 30), "seed")
    for entry in applications(CALL, 30):
        ruling = decision.ruling(entry.id)
        plain = score(entry.sheets, scoring=CALL.scoring, criteria=CALL.criteria)
        assert Fraction(ruling.score) == Fraction(plain.steps, 100) + ruling.bonus
