"""C-04: about 200 servers, shared 60 / 30 / 10 percent, one product per application."""

from fractions import Fraction

import pytest
from callfile import CALL, changed, problems

from naru.domain.quota import largest_remainder

pytestmark = pytest.mark.requirement("C-04")


def test_200_seats_become_120_60_and_20():
    shares = [resource.share for resource in CALL.resources]
    assert shares == [Fraction(3, 5), Fraction(3, 10), Fraction(1, 10)]
    assert largest_remainder(CALL.round("1").seats, shares) == (120, 60, 20)


def test_an_application_asks_for_one_set_of_one_product():
    assert {(r.request.min, r.request.max, r.request.step) for r in CALL.resources} == {(1, 1, 1)}


def test_shares_that_do_not_sum_to_one_are_one_error():
    assert problems(changed('share = "3/5"', 'share = "1/2"')) == [
        "resources[].share: 1/2 + 3/10 + 1/10 is 9/10, not 1; the products share all seats"
    ]


def test_a_share_beyond_the_whole_is_one_error():
    [line] = problems(changed('share = "3/5"', 'share = "6/5"'))
    assert line.startswith("resources[0].share: 6/5 is not within 0..1")


def test_a_share_that_is_no_fraction_is_one_error():
    [line] = problems(changed('share = "3/5"', 'share = "60%"'))
    assert line.startswith("resources[0].share: needs a fraction as text")


def test_a_round_without_seats_is_one_error():
    [line] = problems(changed("seats = 200", "seats = 0"))
    assert line.startswith("tracks[0].rounds[0].seats: 0 is not a positive number")
