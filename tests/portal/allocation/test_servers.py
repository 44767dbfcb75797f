"""A server from the order to its return."""

from dataclasses import replace
from decimal import Decimal

import pytest
from awarded import DAY, ENOUGH, MATCHED, events, refused

from naru.portal.allocation import actions
from naru.portal.allocation.models import Award, Server
from naru.portal.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(stage, acts):
    stage.selected(1)
    return acts.opened(stage)[0]


def test_a_server_is_ordered_after_both_signatures_only(award, acts, operator):
    order = {"by": operator, "at": MATCHED, "award": award}
    assert refused("agreement_not_concluded", actions.order_server, **order) == "L-01"
    acts.signed(award)
    refused("agreement_not_concluded", actions.order_server, **order)
    actions.countersign(by=operator, at=MATCHED, award=award)
    server = actions.order_server(**order)
    assert (server.state, server.phase, server.engine) == ("ordered", "waiting", "manual")
    assert server.reference.startswith("cloud-a-")
    assert Award.objects.get().state == "ordered"
    refused("wrong_state", actions.order_server, **order)


def test_an_unknown_engine_orders_nothing(award, acts, operator):
    acts.concluded(award)
    with pytest.raises(ValueError, match="there is no 'slurm'; choose one of: manual"):
        actions.order_server(by=operator, at=MATCHED, award=award, engine="slurm")
    assert (Server.objects.count(), events("allocation.order_server")) == (0, 0)


def test_a_delivery_is_checked_and_kept_with_its_findings(award, acts):
    server = acts.delivered(award)
    kept = Server.objects.get()
    assert (kept.state, kept.phase, kept.cloud_reference) == ("delivered", "running", f"rack-{award.pk}")
    assert kept.figures["clock_ghz"] == "2.1"
    assert {finding["outcome"] for finding in kept.findings} == {"passed"}
    assert {finding["clause"] for finding in kept.findings} == {"C-03"}
    event = Event.objects.get(action="allocation.deliver_server")
    assert event.facts["reference"] == server.reference


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("tops_int8", 59),
        ("cores", 15),
        ("clock_ghz", Decimal("2.0")),
        ("memory_gb", 127),
        ("ssd_tb", Decimal("0.9")),
        ("link_gbps", None),
    ],
)
def test_a_server_below_its_product_is_refused(award, acts, cloud_user, figure, value):
    server = acts.ordered(award)
    clause = refused(
        "delivery_below_product",
        actions.deliver_server,
        by=cloud_user,
        at=MATCHED,
        server=server,
        reference="rack-1",
        address="10.0.0.1",
        figures=replace(ENOUGH, **{figure: value}),
    )
    assert (clause, Server.objects.get().state) == ("C-03", "ordered")


def test_a_delivery_needs_an_address(award, acts, cloud_user):
    server = acts.ordered(award)
    delivery = {"by": cloud_user, "at": MATCHED, "server": server, "reference": "r", "figures": ENOUGH}
    refused("address_missing", actions.deliver_server, address=" ", **delivery)


def test_a_second_word_before_the_handover_corrects_the_first(award, acts, cloud_user):
    server = acts.delivered(award)
    again = actions.deliver_server(
        by=cloud_user, at=MATCHED + 3 * DAY, server=server, reference="rack-9", address="10.9.9.9",
        figures=ENOUGH,
    )  # fmt: skip
    assert (again.address, again.cloud_reference) == ("10.9.9.9", "rack-9")
    actions.accept_handover(by=award.application.applicant, at=MATCHED + 4 * DAY, server=server)
    refused(
        "wrong_state", actions.deliver_server, by=cloud_user, at=MATCHED + 5 * DAY, server=server,
        reference="r", address="a", figures=ENOUGH,
    )  # fmt: skip


def test_the_handover_follows_the_delivery(award, acts):
    server = acts.ordered(award)
    awardee = award.application.applicant
    refused("wrong_state", actions.accept_handover, by=awardee, at=MATCHED, server=server)


def test_use_begins_with_the_handover_and_ends_with_the_return(award, acts, operator):
    award = acts.in_use(award)
    assert (award.state, award.server.state) == ("in_use", "handed_over")
    server = actions.return_server(by=operator, at=MATCHED + 200 * DAY, award=award)
    assert (server.state, server.phase, server.address) == ("returned", "released", "")
    ended = Award.objects.get()
    assert (ended.state, ended.ended_at) == ("ended", MATCHED + 200 * DAY)
    refused("wrong_state", actions.return_server, by=operator, at=MATCHED + 201 * DAY, award=award)
    names = ["accept_handover", "deliver_server", "order_server", "return_server"]
    assert [events(f"allocation.{name}") for name in names] == [1, 1, 1, 1]
