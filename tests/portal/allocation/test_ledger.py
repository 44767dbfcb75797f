"""The ledger by month and the close of the call."""

from datetime import UTC, date, datetime

import pytest
from awarded import DAY, MATCHED, refused

from naru.portal.allocation import actions, queries
from naru.portal.allocation.models import Award, LedgerEntry, Server
from naru.portal.audit.models import Event
from naru.portal.calls.models import Call

pytestmark = pytest.mark.django_db
MAY = datetime(2025, 5, 31, tzinfo=UTC)
OVER = datetime(2025, 12, 31, 15, 0, tzinfo=UTC)  # 1 January in Seoul


@pytest.fixture
def used(stage, acts):
    """Two servers in use from April, a third ordered only."""
    for number in (1, 2, 3):
        stage.selected(number)
    first, second, third = acts.opened(stage)
    acts.ordered(third)
    return acts.in_use(first), acts.in_use(second)


def record_month(stage, month, at):
    return actions.record_month(by=stage.operator, at=at, call=stage.call, month=month)


def test_a_month_is_entered_for_every_server_in_use(stage, used):
    entries = record_month(stage, date(2025, 4, 20), MAY)
    cost = queries.terms_of(stage.call).resource("npu-60").monthly_cost
    assert {(entry.award, entry.month, entry.units) for entry in entries} == {
        (award, date(2025, 4, 1), cost) for award in used
    }
    facts = Event.objects.get(action="allocation.record_month").facts
    assert (facts["month"], facts["entries"], facts["units"]["npu-60"]) == ("2025-04-01", 2, 2 * cost)


def test_a_month_is_entered_once_and_a_latecomer_is_added(stage, used):
    record_month(stage, date(2025, 4, 1), MAY)
    again = {"by": stage.operator, "at": MAY, "call": stage.call, "month": date(2025, 4, 1)}
    assert refused("month_recorded", actions.record_month, **again) == "L-05"
    Server.objects.filter(state="ordered").update(handed_over_at=MATCHED + DAY, state="handed_over")
    assert len(record_month(stage, date(2025, 4, 1), MAY)) == 1
    assert LedgerEntry.objects.count() == 3


def test_a_month_to_come_is_not_entered(stage, used):
    refused(
        "month_not_begun", actions.record_month, by=stage.operator, at=MAY, call=stage.call,
        month=date(2025, 6, 1),
    )  # fmt: skip


def test_a_returned_server_costs_nothing_from_the_next_month(stage, used, operator):
    actions.return_server(by=operator, at=datetime(2025, 4, 30, tzinfo=UTC), award=used[0])
    assert len(record_month(stage, date(2025, 4, 1), MAY)) == 2
    assert [entry.award for entry in record_month(stage, date(2025, 5, 1), MAY)] == [used[1]]


def test_the_call_closes_when_the_support_is_over(stage, used):
    close = {"by": stage.operator, "call": stage.call}
    assert refused("support_not_over", actions.close_call, at=OVER - DAY, **close) == "L-05"
    servers = actions.close_call(at=OVER, **close)
    assert len(servers) == 3
    assert set(Server.objects.values_list("state", "phase")) == {("returned", "released")}
    assert set(Award.objects.values_list("state", flat=True)) == {"ended"}
    assert Call.objects.get().state == "ended"
    assert len(Event.objects.get(action="allocation.close_call").facts["returned"]) == 3
    refused("call_closed", actions.close_call, at=OVER + DAY, **close)


def test_recording_costs_the_same_queries_for_any_number_of_servers(
    stage, used, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        record_month(stage, date(2025, 4, 1), MAY)
