"""Capacities, the matching run from the confirmed record, its confirmation."""

import pytest
from refusing import one_event, refusal
from selecting import HOUR, SELECTING, entry

from naru.codec.verification import verify
from naru.portal.organisations.models import SupplierMember
from naru.portal.screening.models import TechnicalReview
from naru.portal.selection import actions, queries
from naru.portal.selection.models import CapacityEntry, Match, ServerGroup


def selected(ready):
    run = actions.propose(by=ready.operator, at=SELECTING, call=ready.call, round_id="1")
    for person in (ready.operator, ready.operator2):
        actions.confirm(by=person, at=SELECTING, run=run)
    run.refresh_from_db()
    return run


def capacity(ready, number, **changes):
    suppliers = ready.suppliers()
    given = {
        "by": ready.operator,
        "at": SELECTING,
        "call": ready.call,
        "product": "npu-60",
        "vendor": suppliers["vendor-a"],
        "cloud": suppliers["cloud-x"],
        "capacity": number,
    }
    return given | changes


@pytest.mark.requirement("R-07")
def test_servers_go_out_by_rank_and_every_denial_carries_its_proof(ready):
    ready.entered(entry(1, 95), entry(2, 90, clouds=("cloud-x", "cloud-y")), entry(3, 85))
    ready.closed()
    run = selected(ready)
    actions.enter_capacity(**capacity(ready, 1))
    actions.enter_capacity(**capacity(ready, 1, cloud=ready.suppliers()["cloud-y"]))
    matching, event = one_event(actions.run_matching, by=ready.operator, at=SELECTING, selection=run)
    assert (event.facts["served"], event.facts["groups"]) == (2, 2)
    assert verify(matching.record) is None
    rows = {
        row.application.number[-1]: row for row in matching.matches.select_related("application", "cloud")
    }
    assert [rows[key].code for key in "123"] == ["FIRST_CHOICE", "CLOUD_CHANGED", "PRODUCT_SOLD_OUT"]
    assert [rows[key].cloud and rows[key].cloud.code for key in "123"] == ["cloud-x", "cloud-y", None]
    assert rows["1"].certificate is None
    assert rows["3"].certificate["servers"] == 2
    assert len(rows["3"].certificate["groups"]) == 2


def test_what_happens_after_the_confirmation_does_not_change_who_was_selected(ready):
    rows = ready.entered(entry(1, 95), entry(2, 90))
    ready.closed()
    run = selected(ready)
    ready.supplied(5)
    application = rows["2025-npu-0002"]
    application.state = application.State.WITHDRAWN
    application.save()
    TechnicalReview.objects.filter(application=rows["2025-npu-0001"]).update(verdict="unsupported")
    matching = actions.run_matching(by=ready.operator, at=SELECTING, selection=run)
    assert matching.record["hashes"]["applications"] == run.record["hashes"]["applications"]
    assert verify(matching.record) is None
    assert matching.matches.exclude(vendor=None).count() == 2


def test_matching_needs_a_confirmed_selection_and_a_supply(ready):
    ready.entered(entry(1))
    ready.closed()
    run = actions.propose(by=ready.operator, at=SELECTING, call=ready.call, round_id="1")
    given = {"by": ready.operator, "at": SELECTING, "selection": run}
    assert refusal(actions.run_matching, **given) == ("R-07", "selection_not_confirmed")
    for person in (ready.operator, ready.operator2):
        actions.confirm(by=person, at=SELECTING, run=run)
    assert refusal(actions.run_matching, **given) == ("R-07", "no_supply")
    actions.enter_capacity(**capacity(ready, 0))
    assert refusal(actions.run_matching, **given) == ("R-07", "no_supply")


@pytest.mark.requirement("R-07")
def test_one_matching_counts_once_two_different_persons_confirmed_it(ready):
    ready.entered(entry(1))
    ready.closed()
    run = selected(ready)
    ready.supplied(2)
    first = actions.run_matching(by=ready.operator, at=SELECTING, selection=run)
    second = actions.run_matching(by=ready.operator, at=SELECTING + HOUR, selection=run)
    _kept, event = one_event(actions.confirm_matching, by=ready.operator, at=SELECTING, matching=second)
    assert (event.facts["persons"], event.facts["counts"]) == (1, False)
    assert queries.confirmed_matching(run) is None
    assert queries.confirmed_match(Match.objects.filter(run=second)[0].application) is None
    once_more = {"by": ready.operator, "at": SELECTING, "matching": second}
    assert refusal(actions.confirm_matching, **once_more) == ("R-07", "second_person_needed")
    one_event(actions.confirm_matching, by=ready.operator2, at=SELECTING, matching=second)
    assert queries.confirmed_matching(run) == second
    assert queries.confirmed_match(Match.objects.filter(run=second)[0].application).run_id == second.pk
    again = {"by": ready.operator, "at": SELECTING}
    assert refusal(actions.confirm_matching, **again, matching=first) == ("R-07", "matching_confirmed")
    assert refusal(actions.run_matching, **again, selection=run) == ("R-07", "matching_confirmed")


def test_a_supply_that_changed_asks_for_another_run(ready):
    ready.entered(entry(1))
    ready.closed()
    run = selected(ready)
    ready.supplied(2)
    matching = actions.run_matching(by=ready.operator, at=SELECTING, selection=run)
    actions.enter_capacity(**capacity(ready, 3))
    given = {"by": ready.operator, "at": SELECTING, "matching": matching}
    assert refusal(actions.confirm_matching, **given) == ("R-07", "supply_changed")


def test_a_capacity_is_entered_once_per_pair(ready, vendor_user):
    suppliers = ready.suppliers()
    SupplierMember.objects.create(supplier=suppliers["vendor-a"], user=vendor_user)
    group, event = one_event(actions.enter_capacity, **capacity(ready, 4, by=vendor_user))
    assert event.facts["capacity"] == 4
    actions.enter_capacity(**capacity(ready, 6))
    group.refresh_from_db()
    assert (ServerGroup.objects.count(), group.capacity, group.entered_by) == (1, 6, ready.operator)


def test_a_capacity_is_refused_with_its_reason(ready, vendor_user):
    suppliers = ready.suppliers()
    SupplierMember.objects.create(supplier=suppliers["vendor-b"], user=vendor_user)
    cases = {
        "not_your_supply": {"by": vendor_user},
        "product_unknown": {"product": "npu-1"},
        "not_a_vendor_and_cloud": {"vendor": suppliers["cloud-x"]},
        "capacity_too_low": {"capacity": -1},
    }
    for code, changes in cases.items():
        assert refusal(actions.enter_capacity, **capacity(ready, 1) | changes)[1] == code


def test_servers_given_away_stay_in_the_supply(ready):
    ready.entered(entry(1), entry(2, 80))
    ready.closed()
    run = selected(ready)
    actions.enter_capacity(**capacity(ready, 5))
    matching = actions.run_matching(by=ready.operator, at=SELECTING, selection=run)
    for person in (ready.operator, ready.operator2):
        actions.confirm_matching(by=person, at=SELECTING, matching=matching)
    assert refusal(actions.enter_capacity, **capacity(ready, 1)) == ("R-07", "capacity_too_low")
    actions.enter_capacity(**capacity(ready, 2))


@pytest.mark.requirement("R-07")
def test_only_an_operator_hands_out_servers(ready, auditor):
    ready.entered(entry(1))
    ready.closed()
    run = selected(ready)
    ready.supplied(2)
    given = {"by": auditor, "at": SELECTING}
    assert refusal(actions.run_matching, **given, selection=run) == ("R-07", "operators_only")
    matching = actions.run_matching(by=ready.operator, at=SELECTING, selection=run)
    assert refusal(actions.confirm_matching, **given, matching=matching) == ("R-07", "operators_only")


@pytest.mark.requirement("R-07")
def test_vendor_and_cloud_state_their_own_numbers_and_the_smaller_counts(ready, vendor_user, cloud_user):
    suppliers = ready.suppliers()
    SupplierMember.objects.create(supplier=suppliers["vendor-a"], user=vendor_user)
    SupplierMember.objects.create(supplier=suppliers["cloud-x"], user=cloud_user)
    group = actions.enter_capacity(**capacity(ready, 9, by=vendor_user))
    assert (group.vendor_capacity, group.cloud_capacity, group.capacity) == (9, None, 9)
    group, event = one_event(actions.enter_capacity, **capacity(ready, 4, by=cloud_user))
    assert (group.vendor_capacity, group.cloud_capacity, group.capacity) == (9, 4, 4)
    assert (event.facts["side"], event.facts["capacity"], event.facts["counts"]) == ("cloud", 4, 4)
    assert group.differs
    group = actions.enter_capacity(**capacity(ready, 6))
    assert (group.vendor_capacity, group.cloud_capacity, group.capacity) == (6, 6, 6)
    group = actions.enter_capacity(**capacity(ready, 2, by=vendor_user))
    assert (group.vendor_capacity, group.cloud_capacity, group.capacity) == (2, 6, 2)
    told = group.entries.values_list("side", "capacity", "counts", "entered_by")
    assert list(told) == [
        ("vendor", 2, 2, vendor_user.pk),
        ("both", 6, 6, ready.operator.pk),
        ("cloud", 4, 4, cloud_user.pk),
        ("vendor", 9, 9, vendor_user.pk),
    ]


def test_a_side_cannot_take_back_servers_given_away(ready, vendor_user):
    suppliers = ready.suppliers()
    SupplierMember.objects.create(supplier=suppliers["vendor-a"], user=vendor_user)
    ready.entered(entry(1), entry(2, 80))
    ready.closed()
    run = selected(ready)
    actions.enter_capacity(**capacity(ready, 5))
    matching = actions.run_matching(by=ready.operator, at=SELECTING, selection=run)
    for person in (ready.operator, ready.operator2):
        actions.confirm_matching(by=person, at=SELECTING, matching=matching)
    low = capacity(ready, 1, by=vendor_user)
    assert refusal(actions.enter_capacity, **low) == ("R-07", "capacity_too_low")
    assert CapacityEntry.objects.count() == 1
