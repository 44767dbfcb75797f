"""C-05: the public sector below half of those selected, product by product, as data."""

from fractions import Fraction

import pytest
from callfile import CALL, changed, problems

pytestmark = pytest.mark.requirement("C-05")
RULE = """[[constraints]]
id = "public-below-half"
"""
SECOND = """[[constraints]]
id = "second"
group = "{group}"
op = "<"
share = "1/2"
base = "selected"
hardness = "hard"
scope = "resource"
clause = "C-05"

"""


def test_the_rule_is_public_strictly_below_half_of_the_selected_per_product():
    [rule] = CALL.constraints
    assert (rule.group, rule.op, rule.share) == ("public", "<", Fraction(1, 2))
    assert (rule.base, rule.hardness, rule.scope) == ("selected", "hard", "resource")


def test_a_second_bound_on_the_same_sector_contradicts():
    [line] = problems(changed(RULE, SECOND.format(group="public") + RULE))
    assert line.startswith('constraints: "public" is bounded 2 times')


def test_bounds_that_leave_a_seat_to_nobody_are_one_error():
    [line] = problems(changed(RULE, SECOND.format(group="private") + RULE))
    assert line.startswith("constraints[].share: the bounds add up to 1; some seats could go to nobody")


def test_a_share_without_its_base_is_one_error():
    assert problems(changed('base = "selected"\n', "")) == ["constraints[0].base: is missing; add it"]


def test_a_soft_bound_of_the_selected_is_undefined():
    [line] = problems(changed('hardness = "hard"', 'hardness = "soft"'))
    assert line.startswith("constraints[0].hardness: a soft bound is only defined")
