"""Withdrawal, and free places passed on to the waiting list."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from awarded import DAY, MATCHED, events, refused
from awarded import stage as make_stage
from programme import amended, call_2025

from naru.domain.terms import Budget
from naru.portal.allocation import actions, queries
from naru.portal.allocation.models import Award, RefillDecision, Server, Withdrawal
from naru.portal.audit.models import Event
from naru.portal.calls.models import FrozenQuota

pytestmark = pytest.mark.django_db
LATER = MATCHED + 30 * DAY


def refill(stage, at=LATER):
    return actions.refill(by=stage.operator, at=at, call=stage.call, product="npu-60")


def codes(decisions):
    return {decision.application.number[-1]: decision.code for decision in decisions}


def test_a_withdrawal_releases_the_server_and_is_on_record(stage, acts):
    stage.selected(1)
    award = acts.in_use(acts.opened(stage)[0])
    awardee = award.application.applicant
    withdrawal = actions.withdraw(by=awardee, at=LATER, award=award, reason="인력 부족")
    assert Withdrawal.objects.get() == withdrawal
    server = Server.objects.get()
    assert (server.state, server.phase, server.returned_at) == ("returned", "released", LATER)
    assert Award.objects.get().state == "withdrawn"
    event = Event.objects.get(action="allocation.withdraw")
    assert event.facts["released"] == server.reference
    refused("wrong_state", actions.withdraw, by=awardee, at=LATER, award=award, reason="다시")


def test_a_withdrawal_says_why(stage, acts):
    stage.selected(1)
    (award,) = acts.opened(stage)
    awardee = award.application.applicant
    assert (
        refused("reason_missing", actions.withdraw, by=awardee, at=LATER, award=award, reason=" ") == "L-03"
    )


def test_the_waiting_list_is_served_in_rank_order(stage, acts):
    FrozenQuota.objects.update(seats=2)
    stage.selected(1)
    acts.opened(stage)
    for number in (2, 3):
        stage.waiting(number)
    decisions = refill(stage)
    assert codes(decisions) == {"2": "OFFERED", "3": "NO_FREE_SERVER"}
    award = Award.objects.get(source="refill")
    assert (award.application.number, award.state, award.vendor.code) == (
        "2025-npu-0002",
        "agreement",
        "vendor-a",
    )
    assert Event.objects.get(action="allocation.refill").facts == {
        "product": "npu-60",
        "considered": 2,
        "offered": ["2025-npu-0002"],
    }


def test_each_of_the_waiting_is_told_its_own_reason_and_clause(stage, acts):
    stage.selected(1)
    acts.opened(stage)
    stage.waiting(2, sector="public")
    stage.waiting(3, supported=False)
    decisions = refill(stage)
    assert codes(decisions) == {"2": "SECTOR_BOUND", "3": "SKIPPED_INCOMPATIBLE"}
    assert {decision.clause for decision in decisions} == {"C-05", "R-07"}
    assert Award.objects.filter(source="refill").count() == 0


def test_a_public_enters_with_the_private_who_makes_room(stage, acts):
    stage.selected(1)
    acts.opened(stage)
    stage.waiting(2, sector="public")
    stage.waiting(3)
    assert codes(refill(stage)) == {"2": "OFFERED", "3": "OFFERED"}


def test_one_batch_a_day_of_the_calls_zone(stage, acts):
    stage.waiting(1, supported=False)
    late = datetime(2025, 5, 1, 14, 30, tzinfo=UTC)  # 23:30 in Seoul
    refill(stage, late)
    refused("one_batch_a_day", actions.refill, by=stage.operator, at=late, call=stage.call, product="npu-60")
    assert len(refill(stage, datetime(2025, 5, 1, 15, 0, tzinfo=UTC))) == 1


def test_nobody_enters_when_too_little_time_is_left(stage):
    stage.waiting(1)
    november = datetime(2025, 11, 15, tzinfo=UTC)
    clause = refused(
        "too_late_to_refill",
        actions.refill,
        by=stage.operator,
        at=november,
        call=stage.call,
        product="npu-60",
    )
    assert (clause, RefillDecision.objects.count()) == ("L-03", 0)
    plan = queries.refill_plan(stage.call, "npu-60", november)
    assert [entry.code for entry in plan.considered] == ["MIN_MONTHS"]


def test_an_empty_list_is_said(stage):
    refused("nobody_waits", actions.refill, by=stage.operator, at=LATER, call=stage.call, product="npu-60")


def test_the_budget_stops_the_offers(make_user, operator, cloud_user):
    cost = call_2025().resource("npu-60").monthly_cost
    # May to December: eight months each; enough for one server and not for two
    terms = amended(budget=Budget(units=15 * cost, clause="L-05"))
    stage = make_stage(make_user, operator, cloud_user, terms=replace(terms, version=1))
    for number in (1, 2):
        stage.waiting(number)
    assert codes(refill(stage)) == {"1": "OFFERED", "2": "BUDGET"}


def test_a_refill_costs_the_same_queries_for_any_list(stage, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    stage.waiting(1)
    queries.refill_plan(stage.call, "npu-60", LATER)  # the call's terms are read once per process
    with CaptureQueriesContext(connection) as one:
        queries.refill_plan(stage.call, "npu-60", LATER)
    for number in (2, 3):
        stage.waiting(number)
    with django_assert_num_queries(len(one)):
        queries.refill_plan(stage.call, "npu-60", LATER)
    assert events("allocation.refill") == 0
