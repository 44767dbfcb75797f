"""How far reviewers lie apart: exact, flagged by the call's bounds and by nothing else."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from programme import call_2025

from naru.domain.disagreement import Disagreement, disagreement

SCORING = call_2025().scoring


@pytest.mark.parametrize("totals", [(), (70,)])
def test_one_alone_does_not_disagree(totals):
    assert disagreement(totals) is None


def test_it_is_exact():
    found = disagreement((70, 71, 73))
    assert found == Disagreement(spread=3, variance=Fraction(14, 9))
    assert found.deviation == Fraction(124, 100)  # 1.247... cut off
    assert disagreement((80, 80, 80)) == Disagreement(spread=0, variance=Fraction(0))


@pytest.mark.parametrize(
    ("totals", "apart"),
    [((70, 90), True), ((71, 90), True), ((75, 90), False), ((60, 60, 79), True), ((70, 80, 89), False)],
)
def test_the_calls_bounds_flag_it(totals, apart):
    """20 points apart, or a deviation of 8: (71, 90) deviates by 9.5, (75, 90) by 7.5."""
    assert (SCORING.apart_range, SCORING.apart_deviation) == (20, Decimal(8))
    assert disagreement(totals).apart(SCORING) is apart


def test_a_call_without_bounds_flags_nothing():
    assert disagreement((0, 100)).apart(replace(SCORING, apart_range=None, apart_deviation=None)) is False


def test_exactly_on_the_bound_is_flagged():
    assert disagreement((70, 86)).apart(SCORING) is True  # a deviation of exactly 8
