"""One run over all products: deterministic, explained, refusing with every cause at once."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programme import amended, call_2025
from simulated import applications, capacities

from naru.domain.assignment import offers_elsewhere
from naru.domain.certificates import check_matching
from naru.domain.matching import ServerGroup
from naru.domain.run import SelectionRefusedError, Settings, decide, quotas

CALL = call_2025()
ENTRIES = applications(CALL, 420)


@settings(max_examples=15, deadline=None)
@given(st.randoms())
def test_the_order_of_applications_never_matters(chance):
    shuffled = list(ENTRIES)
    chance.shuffle(shuffled)
    assert decide(CALL, shuffled, "s", capacities(CALL, 9)) == decide(CALL, ENTRIES, "s", capacities(CALL, 9))


def test_everyone_gets_one_ruling_with_a_clause_of_the_call():
    decision = decide(CALL, ENTRIES, "s", capacities(CALL, 9))
    assert [ruling.id for ruling in decision.rulings] == sorted(entry.id for entry in ENTRIES)
    for ruling in decision.rulings:
        assert CALL.clause(ruling.finding.clause)
        assert (ruling.assigned is not None) == (ruling.status == "selected")
        assert (ruling.waiting is not None) == (ruling.status == "waiting")
    for product in decision.products:
        assignment = product.assignment
        sizes = [group.capacity for group in assignment.groups]
        assert check_matching(assignment.wishes, sizes, assignment.matched) is None
        assert sum(assignment.free) == sum(sizes) - assignment.matched.served


def test_without_capacities_matching_was_not_run():
    decision = decide(CALL, ENTRIES, "s")
    assert {ruling.assigned for ruling in decision.rulings} == {None}
    assert {product.assignment for product in decision.products} == {None}


def test_quotas_are_frozen_by_the_call():
    assert quotas(CALL) == quotas(CALL, "1") == {"npu-60": 120, "npu-120": 60, "npu-240": 20}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 59), st.integers(0, 4), st.integers(1, 50))
def test_a_better_sheet_never_costs_a_seat(place, sheet, more):
    entries = applications(CALL, 60, seed=3)
    call = amended(tracks=(replace(CALL.tracks[0], rounds=(replace(CALL.round("1"), seats=30),)),))
    before = decide(call, entries, "s").ruling(entries[place].id)
    chosen = entries[place].sheets[sheet % len(entries[place].sheets)]
    points = {**chosen.points, "contents": min(50, chosen.points["contents"] + more)}
    better = tuple(replace(s, points=points) if s is chosen else s for s in entries[place].sheets)
    entries = [*entries[:place], replace(entries[place], sheets=better), *entries[place + 1 :]]
    after = decide(call, entries, "s").ruling(entries[place].id)
    assert after.rank <= before.rank
    assert before.status != "selected" or after.status == "selected"


def test_what_if_questions_change_only_what_they_ask():
    plain = decide(CALL, applications(CALL, 420, publics=0.9), "s")
    asked = decide(CALL, applications(CALL, 420, publics=0.9), "s", settings=Settings(reading="soft"))
    assert plain.product("npu-60").choice.empty > 0
    assert asked.product("npu-60").choice == plain.product("npu-60").readings[2]
    strict = decide(CALL, ENTRIES, "s", settings=Settings(min_score=Fraction(75)))
    assert {r.status for r in strict.rulings if Fraction(r.score) - r.bonus < 75} == {"below_pass_mark"}
    assert {r.finding.code for r in strict.rulings if r.status == "below_pass_mark"} == {"BELOW_PASS_MARK"}


def test_a_confirmed_spill_over_uses_the_proposal():
    entries = [entry for entry in ENTRIES if entry.product != "npu-240"]
    plain, spilled = decide(CALL, entries, "s"), decide(CALL, entries, "s", settings=Settings(spill=True))
    assert [product.seats for product in plain.products] == [120, 60, 20]
    assert [product.seats for product in spilled.products] == [133, 67, 0]
    assert [product.proposal for product in plain.products] == [133, 67, 0]


def test_an_unserved_awardee_is_offered_another_product_only_with_consent():
    entries = [replace(entry, vendors=("vendor-a",)) for entry in ENTRIES[:30]]
    groups = [
        ServerGroup(product="npu-60", vendor="vendor-a", cloud="cloud-x", capacity=0),
        ServerGroup(product="npu-120", vendor="vendor-a", cloud="cloud-x", capacity=50),
    ]
    decision = decide(CALL, entries, "s", groups)
    waiting = [r for r in decision.rulings if r.assigned and r.product == "npu-60"]
    assert {r.assigned.finding.code for r in waiting} == {"PRODUCT_SOLD_OUT"}
    assert {r.assigned.offers for r in waiting} == {(("npu-120", "vendor-a"),)}
    never = replace(CALL.matching, change_of_product="never")
    parts = [product.assignment for product in decision.products]
    assert offers_elsewhere(entries[0], parts, never) == ()


def test_every_cause_is_listed_at_once():
    first, second, third, fourth = ENTRIES[:4]
    wrong = [
        replace(first, product="npu-999"),
        replace(second, sector="other", claimed=("charm",)),
        replace(third, sheets=third.sheets[:1]),
        fourth,
        replace(ENTRIES[4], unit=fourth.unit),
    ]
    group = ServerGroup(product="npu-1", vendor="v", cloud="c", capacity=1)
    with pytest.raises(SelectionRefusedError) as refused:
        decide(CALL, wrong, "", [group, group], Settings(round="9"))
    text = "\n".join(refused.value.problems)
    for words in (
        "round: the call has no round 9",
        f"{first.id}: product npu-999 is none of",
        f"{second.id}: sector other is none of",
        f"{second.id}: bonus charm is not offered",
        f"{third.id}: too few reviews",
        "capacities: product npu-1 is not in the call",
        "capacities: npu-1 / v / c stands more than once",
        f"duplicates: {fourth.id}, {ENTRIES[4].id} are of one unit",
        "seed: is empty",
    ):
        assert words in text
    assert refused.value.held == ((fourth.id, ENTRIES[4].id),)


def test_other_refusals():
    with pytest.raises(SelectionRefusedError, match="stands more than once"):
        decide(CALL, [ENTRIES[0], ENTRIES[0]], "s")
    later = {"opens_at": CALL.round("1").last_closing, "closes_at": ()}
    rounds = (CALL.round("1"), replace(CALL.round("1"), id="2", **later))
    two = amended(tracks=(replace(CALL.tracks[0], rounds=rounds),))
    with pytest.raises(SelectionRefusedError, match="several; name one of 1, 2"):
        decide(two, ENTRIES, "s")
    latest = amended(selection=replace(CALL.selection, duplicates="latest"))
    with pytest.raises(SelectionRefusedError, match="submitted_at"):
        decide(latest, [ENTRIES[0], replace(ENTRIES[1], unit=ENTRIES[0].unit)], "s")


def test_what_is_not_there_is_a_key_error():
    decision = decide(CALL, ENTRIES[:5], "s")
    for ask in (decision.ruling, decision.product):
        with pytest.raises(KeyError):
            ask("nothing")
