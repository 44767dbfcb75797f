"""Matching against max-flow and brute force; its certificates against tampering."""

from dataclasses import replace

import networkx as nx
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from spec.case_matching import best_assignments

from naru.domain.certificates import check_matching, hall_violator
from naru.domain.matching import Matched, ServerGroup, Wish, match, wish_of


@st.composite
def markets(draw, awardees=6, groups=4, most=2):
    size = draw(st.integers(1, groups))
    capacities = draw(st.lists(st.integers(0, most), min_size=size, max_size=size))
    wishes = []
    for number in range(draw(st.integers(0, awardees))):
        ranks = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))  # 3: cannot use it
        tiers = tuple(frozenset(g for g, rank in enumerate(ranks) if rank == tier) for tier in range(3))
        wishes.append(Wish(id=f"r{number}", tiers=tiers))
    return wishes, capacities


def max_flow(wishes, capacities):
    graph = nx.DiGraph()
    graph.add_nodes_from(["from", "to"])
    for group, capacity in enumerate(capacities):
        graph.add_edge(("group", group), "to", capacity=capacity)
    for wish in wishes:
        graph.add_edge("from", wish.id, capacity=1)
        graph.add_edges_from(((wish.id, ("group", group)) for group in wish.allowed), capacity=1)
    return nx.maximum_flow_value(graph, "from", "to")


@settings(max_examples=600, deadline=None)
@given(markets())
def test_the_assignment_is_one_of_the_best_found_by_trying_everything(market):
    wishes, capacities = market
    assert match(wishes, capacities).groups in best_assignments(wishes, capacities)


@settings(max_examples=200, deadline=None)
@given(markets(awardees=40, groups=9, most=5))
def test_as_many_are_served_as_max_flow_allows_and_the_proof_holds(market):
    wishes, capacities = market
    matched = match(wishes, capacities)
    assert matched.served == max_flow(wishes, capacities)
    assert check_matching(wishes, capacities, matched) is None


@settings(max_examples=300, deadline=None)
@given(markets(awardees=12, groups=5, most=3), st.data())
def test_another_outcome_is_refused(market, data):
    """Whoever is given another server, none at all or another tier makes the whole unprovable."""
    wishes, capacities = market
    matched = match(wishes, capacities)
    index = data.draw(st.integers(0, max(0, len(wishes) - 1)))
    assume(wishes and matched.groups[index] is not None)
    dropped = tampered(matched, index, None, None)
    assert check_matching(wishes, capacities, dropped) is not None
    for tier, groups in enumerate(wishes[index].tiers):
        if tier != matched.tiers[index]:
            for group in groups:
                assert check_matching(wishes, capacities, tampered(matched, index, group, tier)) is not None


def tampered(matched, index, group, tier):
    """One awardee's place replaced, everyone's certificates kept."""
    groups, tiers = list(matched.groups), list(matched.tiers)
    groups[index], tiers[index] = group, tier
    return replace(matched, groups=tuple(groups), tiers=tuple(tiers))


@settings(max_examples=300, deadline=None)
@given(markets(awardees=12, groups=5, most=3), st.data())
def test_a_certificate_that_lost_a_needed_group_is_refused(market, data):
    wishes, capacities = market
    matched = match(wishes, capacities)
    proofs = [i for i, proof in enumerate(matched.certificates) if proof]
    assume(proofs)
    index = data.draw(st.sampled_from(proofs))
    wish, tier = wishes[index], matched.tiers[index]
    denied = wish.allowed if tier is None else frozenset().union(*wish.tiers[:tier])
    certificates = list(matched.certificates)
    certificates[index] = matched.certificates[index] - {data.draw(st.sampled_from(sorted(denied)))}
    forged = replace(matched, certificates=tuple(certificates))
    assert check_matching(wishes, capacities, forged) is not None


@settings(max_examples=200, deadline=None)
@given(markets(awardees=12, groups=5, most=3))
def test_an_unserved_awardee_is_one_of_too_many_for_a_set(market):
    wishes, capacities = market
    matched = match(wishes, capacities)
    for wish, group, proof in zip(wishes, matched.groups, matched.certificates, strict=True):
        if group is None:
            inside = hall_violator(wishes, proof)
            assert wish.id in inside
            assert len(inside) > sum(capacities[place] for place in proof)


def test_what_the_checker_says_about_each_kind_of_fault():
    one = Wish(id="one", tiers=(frozenset({0}),))
    two = Wish(id="two", tiers=(frozenset({0}), frozenset({1})))
    right = match([one, two], [1, 1])
    assert right == Matched(groups=(0, 1), tiers=(0, 1), certificates=(None, frozenset({0})))
    cases = {
        "need one group": replace(right, tiers=(0,)),
        "has a tier and no server": replace(right, groups=(None, 1)),
        "does not exist": replace(right, groups=(0, 7)),
        "is not in tier": replace(right, groups=(1, 0)),
        "no certificate": replace(right, certificates=(None, None)),
        "needs no certificate": replace(right, certificates=(frozenset(), frozenset({0}))),
        "names group 9": replace(right, certificates=(None, frozenset({0, 9}))),
        "leaves out group 0": replace(right, certificates=(None, frozenset())),
        "stands in the set": replace(right, certificates=(None, frozenset({0, 1}))),
    }
    for words, wrong in cases.items():
        assert words in check_matching([one, two], [1, 1], wrong)
    assert "2 awardees, 1 servers" in check_matching(
        [one, replace(two, id="three")],
        [1, 1],
        Matched(groups=(0, 0), tiers=(0, 0), certificates=(None, None)),
    )
    worse = Matched(groups=(None, 0), tiers=(None, 0), certificates=(frozenset({0}), None))
    assert "someone" in check_matching([one, two], [1, 1], worse)
    same = Matched(groups=(None, 0), tiers=(None, 0), certificates=(frozenset({0}), None))
    assert "placed below" in check_matching([one, replace(one, id="b")], [1, 1], same)


def test_clouds_not_named_are_a_last_tier_and_other_vendors_no_tier_at_all():
    groups = [
        ServerGroup(product="p", vendor=vendor, cloud=cloud, capacity=1)
        for vendor in ("a", "b")
        for cloud in ("x", "y", "z")
    ]
    wish = wish_of("one", ("a",), ("y", "x"), groups)
    assert wish.tiers == (frozenset({1}), frozenset({0}), frozenset({2}))
