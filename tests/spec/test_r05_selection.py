"""R-05: selection per product, publics below half, exact, explained and repeatable by anyone."""

import pytest
from programme import call_2025
from simulated import applications, capacities

from naru.codec.record import make_record
from naru.codec.verification import verify
from naru.domain.ranking import commitment
from naru.domain.run import decide

pytestmark = pytest.mark.requirement("R-05")
CALL = call_2025()


@pytest.mark.requirement("C-05")
@pytest.mark.parametrize("publics", [0, 0.3, 0.5, 0.8, 1])
def test_publics_stay_below_half_of_those_selected_in_every_product(publics):
    entries = applications(CALL, 420, publics=publics)
    sectors = {entry.id: entry.sector for entry in entries}
    for product in decide(CALL, entries, "seed").products:
        public = sum(sectors[key] == "public" for key in product.choice.selected)
        assert 2 * public < len(product.choice.selected) or not product.choice.selected


@pytest.mark.requirement("C-04")
def test_no_product_takes_more_than_its_frozen_quota():
    products = decide(CALL, applications(CALL, 420), "seed").products
    assert [(product.quota, product.choice.filled) for product in products] == [
        (120, 120),
        (60, 60),
        (20, 20),
    ]


def test_too_few_private_applicants_leave_seats_empty_and_the_shortfall_is_shown():
    products = decide(CALL, applications(CALL, 420, publics=0.9), "seed").products
    first = products[0]
    assert first.choice.empty > 0
    shown = {choice.reading: choice.filled for choice in first.readings}
    assert shown["ratio"] < shown["quota"] < shown["soft"] == shown["none"] == 120


def test_everyone_reads_a_reason_in_two_languages_with_its_clause():
    rulings = decide(CALL, applications(CALL, 420), "seed").rulings
    assert {(ruling.finding.code, ruling.finding.clause) for ruling in rulings} == {
        ("SELECTED", "R-05"),
        ("SEATS_FULL", "C-04"),
        ("SECTOR_BOUND", "C-05"),
    }
    assert all(ruling.finding.reason.ko and ruling.finding.reason.en for ruling in rulings)


def test_the_waiting_list_follows_the_rank():
    decision = decide(CALL, applications(CALL, 420), "seed")
    for product in decision.products:
        places = [decision.ruling(key).rank for key in product.choice.waitlist]
        assert places == sorted(places)


def test_the_published_record_is_enough_to_repeat_the_run():
    entries = applications(CALL, 40)
    record = make_record(CALL, entries, "seed", capacities(CALL, 2))
    assert record["lottery"]["commitment"] == commitment("seed")
    assert verify(record) is None
