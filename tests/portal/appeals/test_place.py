"""The place an upheld appeal leads to: first on the waiting list, a seat of its own; nobody loses one."""

from datetime import UTC, datetime

import pytest
from refusing import one_event
from selecting import HOUR, SELECTING
from selection_steps import matched

from naru.portal.allocation import actions, queries
from naru.portal.allocation.models import Award
from naru.portal.appeals import actions as appeals
from naru.portal.selection.models import SelectionRun

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-06")]
DAY = HOUR * 24
FULL = {"purpose": 30, "field": 5, "contents": 50, "need": 10, "other": 5}
MAY = datetime(2025, 5, 6, 1, tzinfo=UTC)


@pytest.fixture
def awarded(stage):
    """Both seats are taken; servers are left."""
    stage.ready.supplied()
    matching = matched(stage.ready, SelectionRun.objects.defer("record").get())
    actions.open_awards(by=stage.operator, at=SELECTING + 2 * HOUR, matching=matching)
    return stage


def upheld(stage, serial, points=FULL, **changes):
    appeal = stage.uphold(serial, **changes)
    stage.reviewed(appeal, points)
    return stage.settle(appeal)


def listed(stage):
    return [one.application.number[-1] for one in queries.waiting_list(stage.call, "npu-60")]


def plan(stage):
    found = queries.refill_plan(stage.call, MAY).of("npu-60").considered
    return {one.application.number[-1]: one.code for one in found}


def accepted(batch):
    for offer in batch.offers.all():
        actions.accept_offer(by=offer.application.applicant, at=MAY, offer=offer)


def signed(stage, appeal):
    given = {"budget_line": "가상 예비비", "units": 8, "reason": "가상의 사유"}
    appeals.propose_seat(by=stage.operator, at=MAY, appeal=appeal, **given)
    appeals.sign_seat(by=stage.operator2, at=MAY, appeal=appeal)


def test_who_would_have_been_selected_stands_before_everybody_who_waits(awarded):
    """An upheld appeal after the matching heads the waiting list of the product; nobody loses a server."""
    before = set(Award.objects.values_list("application__number", "state"))
    assert listed(awarded) == ["3", "4", "5"]
    upheld(awarded, 5)
    assert listed(awarded) == ["5", "3", "4"]
    assert set(Award.objects.values_list("application__number", "state")) == before


def test_who_comes_out_better_waits_by_the_rank_it_came_to(awarded):
    upheld(awarded, 5, FULL | {"contents": 33})  # 83 points: behind 3, before 4
    assert listed(awarded) == ["3", "5", "4"]


def test_who_screening_left_out_wrongly_joins_the_list(awarded):
    changes = {"remedy": "rescreen", "against": "screening", "grounds": ["eligibility_fact"]}
    upheld(awarded, 6, FULL, **changes)
    assert listed(awarded) == ["6", "3", "4", "5"]


def test_the_first_free_place_goes_to_the_head_of_the_list(awarded):
    upheld(awarded, 5)
    award = Award.objects.get(application__number="2025-npu-0002")
    applicant = award.application.applicant
    actions.withdraw(by=applicant, at=MAY - DAY, award=award, reason="가상의 사유")
    accepted(actions.refill(by=awarded.operator, at=MAY, call=awarded.call))
    won = Award.objects.get(application__number="2025-npu-0005")
    assert (won.source, won.state) == ("appeal", "agreement")
    assert listed(awarded) == ["3", "4"]


def test_a_seat_beyond_the_quota_serves_its_applicant_and_nobody_else(awarded):
    """No place is free: without a signed seat nobody comes in, with it only who it was signed for."""
    appeal = upheld(awarded, 5)
    assert plan(awarded) == {"5": "NO_FREE_SERVER", "3": "NO_FREE_SERVER", "4": "NO_FREE_SERVER"}
    signed(awarded, appeal)
    assert plan(awarded) == {"5": "OFFERED", "3": "NO_FREE_SERVER", "4": "NO_FREE_SERVER"}
    made, event = one_event(actions.refill, by=awarded.operator, at=MAY, call=awarded.call)
    assert event.facts["offered"] == ["2025-npu-0005"]
    accepted(made)
    assert Award.objects.filter(state="agreement").count() == 3


def test_the_extra_seat_stays_with_its_holder_and_does_not_come_free_for_others(awarded):
    signed(awarded, upheld(awarded, 5))
    accepted(actions.refill(by=awarded.operator, at=MAY, call=awarded.call))
    assert queries.refill_plan(awarded.call, MAY + DAY).of("npu-60").seats == 3
    award = Award.objects.get(application__number="2025-npu-0005")
    actions.withdraw(by=award.application.applicant, at=MAY + DAY, award=award, reason="가상의 사유")
    assert plan(awarded) == {"3": "NO_FREE_SERVER", "4": "NO_FREE_SERVER"}


def test_an_extra_seat_nobody_can_serve_lets_nobody_else_in(awarded):
    appeal = upheld(awarded, 5)
    appeal.application.technical_reviews.update(verdict="unsupported")
    signed(awarded, appeal)
    assert plan(awarded) == {"5": "SKIPPED_INCOMPATIBLE", "3": "NO_FREE_SERVER", "4": "NO_FREE_SERVER"}
