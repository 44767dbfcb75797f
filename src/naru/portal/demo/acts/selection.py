"""Selection and matching (선정·배정): proposed, confirmed by two, published; servers handed out."""

from datetime import timedelta

from naru.portal.demo import calendar
from naru.portal.demo.year import ROUND, Year
from naru.portal.selection import actions as selection

CAPACITIES = (  # product, vendor, cloud, servers
    ("npu-60", "vendor-a", "cloud-a", 31),
    ("npu-60", "vendor-a", "cloud-b", 22),
    ("npu-60", "vendor-b", "cloud-b", 22),
    ("npu-60", "vendor-c", "cloud-a", 14),
    ("npu-60", "vendor-c", "cloud-c", 28),
    ("npu-120", "vendor-b", "cloud-a", 24),
    ("npu-120", "vendor-c", "cloud-b", 14),
    ("npu-120", "vendor-a", "cloud-c", 8),
    ("npu-240", "vendor-b", "cloud-a", 11),
    ("npu-240", "vendor-b", "cloud-c", 8),
    ("npu-240", "vendor-c", "cloud-b", 2),
)


def select(year: Year) -> None:
    """From the proposal to the published result."""
    play = year.player.play
    first, second = year.operators[:2]
    run = play(selection.propose, by=first, at=calendar.SELECTION, call=year.call, round_id=ROUND)
    at = calendar.SELECTION + timedelta(hours=2)
    play(selection.confirm, by=first, at=at, run=run)
    year.player.try_in_vain(selection.confirm, by=first, at=at, run=run)
    play(selection.confirm, by=second, at=at + timedelta(hours=1), run=run)
    year.selected = play(selection.publish, by=second, at=calendar.RESULTS, run=run)


def match(year: Year) -> None:
    """The suppliers enter what they can lend; the operators hand it out."""
    play = year.player.play
    for number, (product, vendor, cloud, capacity) in enumerate(CAPACITIES):
        play(
            selection.enter_capacity,
            by=year.supplier_people[cloud],
            at=calendar.on(4, 1, 10, number),
            call=year.call,
            product=product,
            vendor=year.suppliers[vendor],
            cloud=year.suppliers[cloud],
            capacity=capacity,
        )
    run = play(selection.run_matching, by=year.operators[0], at=calendar.MATCHING, selection=year.selected)
    at = calendar.MATCHING + timedelta(hours=3)
    first, second = year.operators[:2]
    play(selection.confirm_matching, by=first, at=at, matching=run)
    year.matched = play(selection.confirm_matching, by=second, at=at + timedelta(hours=1), matching=run)
