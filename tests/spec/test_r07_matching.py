"""R-07: the most awardees served in score order; the product honoured, the cloud may change."""

from dataclasses import replace

import pytest
from programme import call_2025
from simulated import applications

from naru.domain.certificates import check_matching
from naru.domain.matching import ServerGroup
from naru.domain.run import decide

pytestmark = pytest.mark.requirement("R-07")
CALL = call_2025()


def matched(wishes, servers):
    """Private applicants of one product, best first, with (vendors, clouds) each; what they got."""
    entries = []
    for place, (vendors, clouds) in enumerate(wishes):
        entry = applications(CALL, len(wishes))[place]
        points = {
            key: 20 - place if key == "contents" else 1
            for key in ("purpose", "field", "contents", "need", "other")
        }
        sheets = tuple(replace(sheet, points=points) for sheet in entry.sheets)
        entries.append(
            replace(
                entry,
                sector="private",
                product="npu-60",
                sheets=sheets,
                claimed=(),
                vendors=vendors,
                clouds=clouds,
            )
        )
    groups = [
        ServerGroup(product=product, vendor=vendor, cloud=cloud, capacity=count)
        for (product, vendor, cloud), count in servers.items()
    ]
    decision = decide(CALL, entries, "seed", groups)
    part = decision.product("npu-60").assignment
    assert check_matching(part.wishes, [group.capacity for group in part.groups], part.matched) is None
    return [
        (ruling.assigned.vendor, ruling.assigned.cloud, ruling.assigned.finding.code)
        for ruling in sorted(decision.rulings, key=lambda ruling: ruling.rank)
    ]


def test_the_best_gives_way_to_another_cloud_so_that_the_second_is_served():
    found = matched(
        [(("a", "b"), ("x", "y")), (("a",), ("x",))], {("npu-60", "a", "x"): 1, ("npu-60", "b", "y"): 1}
    )
    assert found == [("b", "y", "CLOUD_CHANGED"), ("a", "x", "FIRST_CHOICE")]


def test_a_better_score_keeps_the_server_when_both_cannot_have_one():
    found = matched([(("a",), ()), (("a",), ())], {("npu-60", "a", "x"): 1})
    assert found == [("a", "x", "FIRST_CHOICE"), (None, None, "PRODUCT_SOLD_OUT")]


def test_another_product_is_never_given_silently():
    found = matched([(("a",), ())], {("npu-60", "a", "x"): 0, ("npu-120", "a", "x"): 5})
    assert found == [(None, None, "PRODUCT_SOLD_OUT")]


def test_every_reason_for_no_server():
    found = matched([((), ()), (("c",), ()), (("a",), ("z",))], {("npu-60", "a", "x"): 1})
    assert found == [
        (None, None, "NO_VENDOR_SUPPORT"),
        (None, None, "NO_COMPATIBLE_SERVER"),
        ("a", "x", "CLOUD_NOT_OFFERED"),
    ]
