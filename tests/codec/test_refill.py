from datetime import date

import pytest

from naru.codec.refill import About, facts_of, refill_record, verify_refill
from naru.domain.batch import Candidate, Facts, Line, decide_batch
from naru.domain.bound import Bound

WAITING = tuple(
    Candidate(id=f"n-{place}", sector=sector, tiers=(frozenset({0}), frozenset({1})))
    for place, sector in enumerate(("public", "private", "public"), start=1)
)
FACTS = Facts(
    lines=(
        Line(
            product="npu-60", monthly_cost=1, seats=9, holders=(3, 1), free=(1, 2), waiting=WAITING,
            head_of_list=("n-3",), extra=frozenset({"n-3"}),
        ),
    ),
    bound=Bound(),
    months=5,
    min_months=2,
    charged=6,
    budget_left=12,
)  # fmt: skip
ABOUT = About(call="2025-npu", version=1, day=date(2025, 5, 2))
GROUPS = {"npu-60": [("vendor-a", "cloud-a"), ("vendor-a", "cloud-b")]}


@pytest.fixture
def record():
    return refill_record(ABOUT, FACTS, decide_batch(FACTS), GROUPS)


def test_a_record_gives_back_its_facts_and_its_decision(record):
    assert facts_of(record) == FACTS
    assert verify_refill(record) is None
    assert record["decided"]["offers"] == ["n-3", "n-2"]


@pytest.mark.requirement("L-03")
def test_another_decision_or_another_input_is_found(record):
    """Whoever has the record of a refill can repeat it and finds any change."""
    product = record["decided"]["products"][0]
    product["skipped"] = [["n-1", "NO_FREE_SERVER"]]
    assert str(verify_refill(record)).startswith("decided.products[0].skipped[0][1]: recorded")
    product["skipped"] = [["n-1", "SECTOR_BOUND"]]
    record["inputs"]["budget_left"] = 11
    assert str(verify_refill(record)).startswith("decided.offers")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda one: one.update(kind="naru-selection"), "kind"),
        (lambda one: one["inputs"].update(months="5"), "inputs.months"),
        (lambda one: one["inputs"]["products"][0].update(holders=[0, 1]), "inputs.holders"),
        (lambda one: one["inputs"]["bound"].update(share="half"), "inputs."),
        (lambda one: one.update(day="2025-05-03"), "root"),
    ],
)
def test_what_cannot_be_used_is_named(record, change, path):
    change(record)
    assert verify_refill(record).path.startswith(path)


def test_no_record_at_all():
    assert verify_refill(["nothing"]).path == "schema"
