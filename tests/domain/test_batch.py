from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import fits, keeps_bound

from naru.domain.batch import Candidate, Facts, Line, decide_batch
from naru.domain.bound import Bound
from naru.domain.refill import Waiting


@st.composite
def lines(draw, product):
    groups = draw(st.integers(1, 2))
    waiting = tuple(
        Candidate(
            id=f"{product}{place}",
            sector=draw(st.sampled_from(["private", "public"])),
            tiers=(frozenset(draw(st.sets(st.integers(0, groups - 1)))),),
        )
        for place in range(draw(st.integers(0, 5)))
    )
    publics = draw(st.integers(0, 3))
    return Line(
        product=product,
        monthly_cost=draw(st.integers(1, 4)),
        seats=draw(st.integers(0, 8)),
        holders=(publics + draw(st.integers(0, 4)), publics),
        free=tuple(draw(st.lists(st.integers(0, 2), min_size=groups, max_size=groups))),
        waiting=waiting,
    )


@st.composite
def days(draw):
    bound = Bound(
        reading=draw(st.sampled_from(["ratio", "quota", "soft", "none"])),
        op=draw(st.sampled_from(["<", "<="])),
        share=Fraction(draw(st.integers(1, 5)), 5),
    )
    return Facts(
        lines=tuple(draw(lines(product)) for product in "abc"[: draw(st.integers(1, 3))]),
        bound=bound,
        months=draw(st.integers(0, 4)),
        min_months=2,
        charged=draw(st.integers(1, 4)),
        budget_left=draw(st.none() | st.integers(-3, 40)),
    )


def values(line):
    return [
        Waiting(id=one.id, sector=one.sector, allowed=frozenset().union(*one.tiers)) for one in line.order
    ]


def best(line, bound, limit):
    """The largest set, best in rank order, by trying every one."""
    waiting = values(line)
    for size in range(min(limit, max(0, line.seats - line.holders[0]), len(waiting)), 0, -1):
        for places in combinations(range(len(waiting)), size):
            chosen = [waiting[place] for place in places]
            if fits(chosen, line.free) and keeps_bound(chosen, bound, line.holders, line.seats):
                return tuple(one.id for one in chosen)
    return ()


def cut(facts, sets):
    """How many offers of each product go out, one at a time until one is too dear."""
    counts, left = [0] * len(sets), facts.budget_left
    for turn in range(max(map(len, sets), default=0)):
        for place, line in enumerate(facts.lines):
            if turn < len(sets[place]):
                left -= line.monthly_cost * facts.charged
                if left < 0:
                    return counts
                counts[place] += 1
    return counts


@settings(max_examples=400, deadline=None)
@given(days().filter(lambda facts: facts.bound.reading != "soft"))
def test_a_day_is_the_one_found_by_trying_all(facts):
    sets = [best(line, facts.bound, 99) for line in facts.lines]
    counts = [99] * len(sets) if facts.budget_left is None else cut(facts, sets)
    if facts.months < facts.min_months:
        counts = [0] * len(sets)
    wanted = [best(line, facts.bound, count) for line, count in zip(facts.lines, counts, strict=True)]
    decided = decide_batch(facts)
    assert [tuple(key for key, _group in line.offered) for line in decided.lines] == wanted


@settings(max_examples=400, deadline=None)
@given(days())
def test_no_day_breaks_the_sector_rule_the_quota_the_servers_or_the_budget(facts):
    decided = decide_batch(facts)
    spent = 0
    for line, found in zip(facts.lines, decided.lines, strict=True):
        known = {one.id: one for one in line.waiting}
        groups = [group for _key, group in found.offered]
        offered = [known[key] for key, _group in found.offered]
        assert all(groups.count(group) <= line.free[group] for group in set(groups))
        assert all(group in frozenset().union(*known[key].tiers) for key, group in found.offered)
        assert not offered or line.holders[0] + len(offered) <= line.seats
        if facts.bound.reading != "soft":
            assert keeps_bound(offered, facts.bound, line.holders, line.seats)
        told = [key for key, _group in found.offered] + [key for key, _why in found.skipped]
        assert sorted(told) == sorted(known)
        spent += len(offered) * line.monthly_cost * facts.charged
    if facts.budget_left is not None:
        assert spent <= max(0, facts.budget_left)
        assert decided.budget_left == facts.budget_left - spent
    assert sorted(decided.offers) == sorted(key for line in decided.lines for key, _group in line.offered)


def line(*sectors, product="a", **changes):
    waiting = tuple(
        Candidate(id=f"{product}{place}", sector=sector, tiers=(frozenset({0}),))
        for place, sector in enumerate(sectors, start=1)
    )
    given = {"monthly_cost": 1, "seats": 9, "holders": (0, 0), "free": (9,), "waiting": waiting}
    return Line(product=product, **(given | changes))


def day(*of, **changes):
    given = {"lines": of, "bound": Bound(), "months": 6, "min_months": 2, "charged": 6}
    return Facts(**(given | changes))


def test_offers_go_out_turn_by_turn_and_stop_at_the_first_that_does_not_fit():
    decided = decide_batch(
        day(line("private", "private"), line("private", product="b", monthly_cost=4), budget_left=20)
    )
    assert (decided.offers, decided.budget_left) == (("a1",), 14)
    assert decided.lines[0].skipped == (("a2", "BUDGET"),)
    assert decided.lines[1].skipped == (("b1", "BUDGET"),)


def test_a_product_cut_short_is_chosen_anew_and_keeps_the_rule():
    decided = decide_batch(day(line("public", "private", holders=(1, 0), free=(2,)), budget_left=6))
    assert (decided.offers, decided.lines[0].skipped) == (("a2",), (("a1", "BUDGET"),))


def test_who_heads_the_list_comes_first():
    assert decide_batch(day(line("private", "private", free=(1,), head_of_list=("a2",)))).offers == ("a2",)


def test_a_seat_beyond_the_quota_serves_its_applicant_alone():
    full = line("private", "private", seats=1, holders=(1, 0), extra=frozenset({"a2"}), head_of_list=("a2",))
    decided = decide_batch(day(full))
    assert (decided.offers, decided.lines[0].beyond) == (("a2",), 1)
    nowhere = replace(full, waiting=(full.waiting[0], replace(full.waiting[1], tiers=())))
    decided = decide_batch(day(nowhere))
    assert (decided.offers, decided.lines[0].beyond) == ((), 0)


def test_servers_are_given_as_a_matching_gives_them():
    picky = Candidate(id="a1", sector="private", tiers=(frozenset({1}), frozenset({0})))
    firm = Candidate(id="a2", sector="private", tiers=(frozenset({1}),))
    decided = decide_batch(day(line(waiting=(picky, firm), free=(1, 1))))
    assert decided.lines[0].offered == (("a1", 0), ("a2", 1))


def test_too_late_for_anybody():
    decided = decide_batch(day(line("private"), months=1))
    assert (decided.offers, decided.lines[0].skipped) == ((), (("a1", "MIN_MONTHS"),))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"head_of_list": ("x",)}, "waiting: x of a is not on the list"),
        ({"free": ()}, "waiting: a has no such server group"),
        ({"holders": (0, 1)}, "holders: more of the bounded sector than in all"),
    ],
)
def test_a_list_that_cannot_be(wrong, said):
    with pytest.raises(ValueError, match=said):
        line("private", **wrong)
