"""R-07: vendor and cloud state a capacity each, the smaller counts; what one other number moves."""

from dataclasses import replace

import pytest
from callfile import CALL
from simulated import applications, capacities

from naru.domain.run import decide
from naru.domain.supply import lendable, moved

pytestmark = pytest.mark.requirement("R-07")


@pytest.mark.parametrize(
    ("vendor", "cloud", "counts"),
    [(5, 3, 3), (3, 5, 3), (4, None, 4), (None, 4, 4), (None, None, 0), (0, 9, 0)],
)
def test_of_two_numbers_the_smaller_counts_and_silence_does_not_limit(vendor, cloud, counts):
    assert lendable(vendor, cloud) == counts


def test_one_more_server_is_lost_by_nobody_and_one_fewer_won_by_nobody():
    """Who moves when one capacity changes is told by comparing two matchings of the same selection."""
    call = CALL
    entries, groups = applications(call, 120), capacities(call, 2)
    before = decide(call, entries, "a seed", groups)
    assert moved(before, before) == ()
    for place, group in enumerate(groups):
        more = [*groups[:place], replace(group, capacity=group.capacity + 1), *groups[place + 1 :]]
        after = decide(call, entries, "a seed", more)
        found = moved(before, after)
        assert {one.product for one in found} <= {group.product}
        kinds = [one.kind for one in found]
        assert "loses" not in kinds
        assert kinds.count("gains") <= 1
        back = moved(after, before)
        assert [one.id for one in back] == [one.id for one in found]
        assert "gains" not in [one.kind for one in back]
