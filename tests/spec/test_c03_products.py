"""C-03: the three products and their minimum figures."""

from decimal import Decimal

import pytest
from callfile import CALL, changed, problems

from naru.codec.call import parse_call
from naru.domain.callwarnings import warnings

pytestmark = pytest.mark.requirement("C-03")


def test_products_have_the_guides_minimum_figures():
    figures = [
        (r.tops_int8, r.cores, r.clock_ghz, r.memory_gb, r.ssd_tb, r.link_gbps) for r in CALL.resources
    ]
    assert figures == [
        (60, 16, Decimal("2.1"), 128, 1, 1),
        (120, 16, Decimal("2.1"), 256, 1, 1),
        (240, 16, Decimal("2.1"), 256, 1, 1),
    ]


def test_a_clock_written_as_a_float_is_one_error():
    [line] = problems(changed('clock_ghz = "2.1"', "clock_ghz = 2.1"))
    assert line.startswith("resources[0].clock_ghz: 2.1 is not exact")


def test_two_products_of_the_same_power_are_warned_about():
    text = changed("tops_int8 = 240", "tops_int8 = 120")
    assert "product_overlap" in [w.code for w in warnings(parse_call(text, "changed.toml"))]
