"""Free places of every product offered once a day, by the rules of L-03, C-05, R-07 and L-05."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from awarded import DAY, MATCHED, refused
from awarded import stage as make_stage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from programme import amended, call_2025

from naru.codec.refill import facts_of, verify_refill
from naru.domain.batch import decide_batch
from naru.domain.terms import Budget
from naru.portal.allocation import actions, queries
from naru.portal.allocation.models import Award, Offer, RefillBatch, RefillDecision
from naru.portal.audit.models import Event
from naru.portal.calls.models import FrozenQuota
from naru.portal.mail.models import Mail
from naru.portal.selection.models import ServerGroup

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("L-03")]
LATER = MATCHED + 30 * DAY  # 1 May, 10:00 in Seoul


def refill(stage, at=LATER, **given):
    return actions.refill(by=stage.operator, at=at, call=stage.call, **given)


def codes(batch):
    return {decision.application.number[-1]: decision.code for decision in batch.decisions.all()}


def accepted(batch, at=LATER + DAY):
    return [
        actions.accept_offer(by=offer.application.applicant, at=at, offer=offer)
        for offer in batch.offers.order_by("pk")
    ]


def second_product(stage, capacity=10):
    """The stage's suppliers have servers of the middle product, too."""
    FrozenQuota.objects.create(
        call=stage.call, round_id="1", product="npu-120", seats=60, frozen_by=stage.operator,
        frozen_at=MATCHED,
    )  # fmt: skip
    ServerGroup.objects.create(
        call=stage.call, product="npu-120", vendor=stage.vendor, cloud=stage.cloud, capacity=capacity,
        entered_by=stage.operator, entered_at=MATCHED,
    )  # fmt: skip


def test_the_waiting_list_is_served_in_rank_order(stage, acts):
    """A free place is offered to the best of the waiting; the award opens when the offer is accepted."""
    FrozenQuota.objects.update(seats=2)
    stage.selected(1)
    acts.opened(stage)
    for number in (2, 3):
        stage.waiting(number)
    batch = refill(stage)
    assert codes(batch) == {"2": "OFFERED", "3": "NO_FREE_SERVER"}
    assert Award.objects.filter(source="refill").count() == 0
    (award,) = accepted(batch)
    assert (award.application.number, award.state, award.vendor.code) == (
        "2025-npu-0002",
        "agreement",
        "vendor-a",
    )
    assert Event.objects.get(action="allocation.refill").facts == {
        "day": "2025-05-01",
        "considered": 2,
        "offered": ["2025-npu-0002"],
        "root": batch.root,
    }


def test_each_of_the_waiting_is_told_its_own_reason_and_clause(stage, acts):
    stage.selected(1)
    acts.opened(stage)
    stage.waiting(2, sector="public")
    stage.waiting(3, supported=False)
    batch = refill(stage)
    assert codes(batch) == {"2": "SECTOR_BOUND", "3": "SKIPPED_INCOMPATIBLE"}
    assert set(RefillDecision.objects.values_list("clause", flat=True)) == {"C-05", "R-07"}
    assert Offer.objects.count() == 0


@pytest.mark.requirement("R-05")
def test_a_public_enters_with_the_private_who_makes_room(stage, acts):
    stage.selected(1)
    acts.opened(stage)
    stage.waiting(2, sector="public")
    stage.waiting(3)
    assert codes(refill(stage)) == {"2": "OFFERED", "3": "OFFERED"}


def test_one_batch_a_day_of_the_calls_zone_whatever_is_pressed(stage):
    """A second press on one day gets the first one's batch: no offer, no mail, no event more."""
    stage.waiting(1)
    late = datetime(2025, 5, 1, 14, 30, tzinfo=UTC)  # 23:30 in Seoul
    first = refill(stage, late)
    stage.waiting(2)
    before = (Event.objects.count(), Mail.objects.count(), Offer.objects.count())
    assert refill(stage, late) == first
    assert (Event.objects.count(), Mail.objects.count(), Offer.objects.count()) == before
    after = refill(stage, datetime(2025, 5, 1, 15, 0, tzinfo=UTC))
    assert [first.day, after.day] == [date(2025, 5, 1), date(2025, 5, 2)]
    assert codes(after) == {"2": "OFFERED"}


@pytest.mark.requirement("L-05")
def test_all_products_share_one_budget_in_turns(make_user, operator, cloud_user):
    """Six months at one unit and at the middle product's price: what does not fit stops the line."""
    sixty, middle = (call_2025().resource(key).monthly_cost for key in ("npu-60", "npu-120"))
    terms = amended(budget=Budget(units=8 * (sixty + middle) + 8 * sixty - 1, clause="L-05"))
    stage = make_stage(make_user, operator, cloud_user, terms=replace(terms, version=1))
    second_product(stage)
    for number, product in ((1, "npu-60"), (2, "npu-60")):
        stage.waiting(number, product=product)
    made = stage.application(3, product="npu-120")
    stage.outcome(made, 3, "waiting")
    made.technical_reviews.create(
        vendor=stage.vendor, verdict="supported", routed_at=MATCHED, answered_by=operator,
        answered_at=MATCHED,
    )  # fmt: skip
    batch = refill(stage)
    assert codes(batch) == {"1": "OFFERED", "3": "OFFERED", "2": "BUDGET"}
    assert batch.record["decided"]["offers"] == ["2025-npu-0001", "2025-npu-0003"]
    assert queries.budget_left(stage.call, queries.terms_of(stage.call), LATER) == 8 * sixty - 1


@pytest.mark.requirement("L-05")
def test_a_place_costs_every_calendar_month_it_touches(make_user, operator, cloud_user):
    """In the middle of a month eight months are committed, though only seven whole ones are left."""
    cost = call_2025().resource("npu-60").monthly_cost
    terms = amended(budget=Budget(units=8 * cost - 1, clause="L-05"))
    stage = make_stage(make_user, operator, cloud_user, terms=replace(terms, version=1))
    stage.waiting(1)
    batch = refill(stage, LATER + 14 * DAY)
    assert (batch.record["inputs"]["months"], batch.record["inputs"]["charged"]) == (7, 8)
    assert codes(batch) == {"1": "BUDGET"}


def test_nobody_enters_when_too_little_time_is_left(stage):
    stage.waiting(1)
    november = datetime(2025, 11, 15, tzinfo=UTC)
    given = {"by": stage.operator, "at": november, "call": stage.call}
    assert refused("too_late_to_refill", actions.refill, **given) == "L-03"
    assert RefillDecision.objects.count() == 0
    plan = queries.refill_plan(stage.call, november).of("npu-60")
    assert [entry.code for entry in plan.considered] == ["MIN_MONTHS"]


def test_an_empty_list_and_a_stale_preview_are_said(stage):
    given = {"by": stage.operator, "at": LATER, "call": stage.call}
    assert refused("nobody_waits", actions.refill, **given) == "L-03"
    stage.waiting(1)
    seen = queries.refill_plan(stage.call, LATER).root
    stage.waiting(2)
    assert refused("plan_changed", actions.refill, **given, seen=seen) == "L-03"
    assert refill(stage, seen=queries.refill_plan(stage.call, LATER).root).offers.count() == 2


def test_the_record_kept_repeats_the_batch(stage, acts):
    stage.selected(1)
    acts.opened(stage)
    for number, sector in ((2, "public"), (3, "private"), (4, "public")):
        stage.waiting(number, sector=sector)
    batch = RefillBatch.objects.get(pk=refill(stage).pk)
    assert verify_refill(batch.record) is None
    assert batch.record["root"] == batch.root
    again = decide_batch(facts_of(batch.record))
    assert list(again.offers) == [one.application.number for one in batch.offers.order_by("pk")]


def test_what_if_somebody_left_writes_nothing(stage, acts):
    FrozenQuota.objects.update(seats=1)
    stage.selected(1)
    award = acts.in_use(acts.opened(stage)[0])
    stage.waiting(2)
    assert [one.code for one in queries.refill_plan(stage.call, LATER).considered] == ["NO_FREE_SERVER"]
    before = Event.objects.count()
    assert [one.code for one in queries.refill_plan(stage.call, LATER, award).considered] == ["OFFERED"]
    assert (Event.objects.count(), Offer.objects.count()) == (before, 0)


def test_a_plan_costs_the_same_queries_for_any_list(stage, django_assert_num_queries):
    stage.waiting(1)
    queries.refill_plan(stage.call, LATER)  # the call's terms are read once per process
    with CaptureQueriesContext(connection) as one:
        queries.refill_plan(stage.call, LATER)
    for number in (2, 3):
        stage.waiting(number)
    with django_assert_num_queries(len(one)):
        queries.refill_plan(stage.call, LATER)


def test_a_refill_costs_the_same_queries_for_any_list(stage):
    costs = []
    for day, numbers in enumerate(((1,), (2, 3, 4, 5))):
        for number in numbers:
            stage.waiting(number)
        with CaptureQueriesContext(connection) as captured:
            refill(stage, LATER + day * DAY)
        costs.append(len(captured))
    assert costs[0] == costs[1]
