"""L-01, L-03, L-05 from end to end, as the people concerned do them on their pages."""

from datetime import UTC, date, datetime

import pytest
from awarded import DAY, MATCHED

from naru.domain.decision import Refused
from naru.portal.allocation import actions, queries
from naru.portal.allocation.models import Award, LedgerEntry, Offer, Server, Withdrawal
from naru.portal.selection.models import ServerGroup
from naru.portal.ui import clock

pytestmark = pytest.mark.django_db
STATED = {
    "reference": "rack-1",
    "address": "10.0.0.1:22",
    "tops_int8": 64,
    "cores": 24,
    "clock_ghz": "2.4",
    "memory_gb": 128,
    "ssd_tb": "2",
    "link_gbps": "10",
}


@pytest.fixture
def at_time(monkeypatch):
    return lambda when: monkeypatch.setattr(clock, "now", lambda: when)


@pytest.fixture
def as_person(client):
    def act(user, address, answers=None):
        client.force_login(user)
        return client.post(address, answers or {})

    return act


@pytest.mark.requirement("L-01")
def test_agreement_server_check_handover_use_and_return(stage, operator, cloud_user, as_person, at_time):
    application = stage.selected(1)
    awardee = application.applicant
    at_time(MATCHED + DAY)
    as_person(operator, f"/allocation/matchings/{stage.matching.pk}/open/")
    award = Award.objects.get()
    as_person(awardee, f"/applications/{application.pk}/agreement/", {"agreed": "on"})
    as_person(operator, f"/allocation/{award.pk}/countersign/")
    as_person(operator, f"/allocation/{award.pk}/order/")
    order = f"/orders/{Server.objects.get().pk}/"
    assert as_person(cloud_user, order, STATED | {"tops_int8": 59}).status_code == 422
    assert as_person(cloud_user, order, STATED).status_code == 302
    as_person(awardee, f"/applications/{application.pk}/server/")
    assert Award.objects.get().state == "in_use"
    at_time(datetime(2025, 12, 30, tzinfo=UTC))
    as_person(operator, f"/allocation/{award.pk}/return/")
    assert (Award.objects.get().state, Server.objects.get().state) == ("ended", "returned")


@pytest.mark.requirement("L-03")
def test_a_withdrawal_frees_the_server_for_the_next_on_the_list(stage, acts, operator, as_person, at_time):
    ServerGroup.objects.update(capacity=1)
    stage.selected(1)
    award = acts.in_use(acts.opened(stage)[0])
    stage.waiting(2)
    assert [entry.offered for entry in queries.refill_plan(stage.call, MATCHED).of("npu-60").considered] == [
        False
    ]
    at_time(MATCHED + 40 * DAY)
    answers = {"reason": "사업 중단", "understood": "on"}
    as_person(award.application.applicant, f"/applications/{award.application_id}/withdrawal/", answers)
    assert (Withdrawal.objects.get().award, Server.objects.get().phase) == (award, "released")
    as_person(operator, "/allocation/waiting-list/refill/")
    offer = Offer.objects.get()
    as_person(
        offer.application.applicant, f"/applications/{offer.application_id}/offer/", {"answer": "accepted"}
    )
    assert Award.objects.get(source="refill").application.number == "2025-npu-0002"


@pytest.mark.requirement("L-05")
def test_months_are_paid_and_every_server_comes_back_at_the_end(stage, acts, operator, as_person, at_time):
    for number in (1, 2):
        stage.selected(number)
    for award in acts.opened(stage):
        acts.in_use(award)
    at_time(datetime(2025, 5, 2, tzinfo=UTC))
    as_person(operator, "/allocation/budget/month/", {"month": "2025-04"})
    assert set(LedgerEntry.objects.values_list("month", flat=True)) == {date(2025, 4, 1)}
    as_person(operator, "/allocation/budget/close/")
    assert Award.objects.filter(state="in_use").count() == 2
    at_time(datetime(2025, 12, 31, 15, 0, tzinfo=UTC))
    as_person(operator, "/allocation/budget/close/")
    assert set(Server.objects.values_list("state", "phase")) == {("returned", "released")}
    with pytest.raises(Refused, match="call_closed"):
        actions.close_call(by=operator, at=clock.now(), call=stage.call)
