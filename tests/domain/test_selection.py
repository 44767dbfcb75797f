"""The closed form against trying every set of winners, for every reading and general shares."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from naru.domain.bound import READINGS, Bound
from naru.domain.selection import Candidate, demand, readings, select


@st.composite
def contests(draw, most=8):
    ranked = [
        Candidate(id=f"a{i}", sector=draw(st.sampled_from(["private", "public"])))
        for i in range(draw(st.integers(0, most)))
    ]
    below = draw(st.integers(1, 6))
    bound = Bound(
        reading=draw(st.sampled_from(READINGS)),
        group=draw(st.sampled_from(["public", "public", "private"])),
        op=draw(st.sampled_from(["<", "<="])),
        share=Fraction(draw(st.integers(1, below)), below),
    )
    return ranked, draw(st.integers(0, 9)), bound


def within(bounded, total, bound):
    """The bound by its words: `bounded` of `total` stays `op` `share`; nobody is never too many."""
    if not bounded:
        return True
    part = Fraction(bounded, total) if total else Fraction(2)
    return part < bound.share if bound.op == "<" else part <= bound.share


def brute(ranked, seats, bound):
    """Most seats filled; then the best ranks; "soft" first keeps the bound on the seats, then opens up."""
    if bound.reading == "soft":
        kept = brute(ranked, seats, replace(bound, reading="quota"))
        rest = [place for place in range(len(ranked)) if place not in kept]
        return sorted([*kept, *rest[: seats - len(kept)]])
    for size in range(min(seats, len(ranked)), -1, -1):
        for places in combinations(range(len(ranked)), size):
            bounded = sum(ranked[place].sector == bound.group for place in places)
            total = size if bound.reading == "ratio" else seats
            if bound.reading == "none" or within(bounded, total, bound):
                return list(places)
    raise AssertionError("the empty selection is always possible")


@settings(max_examples=1500, deadline=None)
@given(contests())
def test_the_closed_form_is_what_trying_everything_finds(contest):
    ranked, seats, bound = contest
    choice = select(ranked, seats, bound)
    assert list(choice.selected) == [ranked[place].id for place in brute(ranked, seats, bound)]
    assert list(choice.selected) + list(choice.waitlist) == sorted(
        [c.id for c in ranked], key=lambda key: (key in choice.waitlist, [c.id for c in ranked].index(key))
    )
    assert (choice.filled, choice.empty) == (len(choice.selected), seats - len(choice.selected))


@settings(max_examples=500, deadline=None)
@given(contests(40))
def test_nobody_is_passed_over_without_the_bound(contest):
    """No justified envy: whoever is worse and selected is of the other sector, and the bound is met."""
    ranked, seats, bound = contest
    choice = select(ranked, seats, bound)
    selected = set(choice.selected)
    for place, candidate in enumerate(ranked):
        below = [other for other in ranked[place + 1 :] if other.id in selected]
        if candidate.id not in selected and below:
            assert candidate.sector == bound.group
            assert all(other.sector != bound.group for other in below)
            total = choice.filled if bound.reading == "ratio" else seats
            assert not within(choice.bounded + 1, total, bound)


@settings(max_examples=500, deadline=None)
@given(contests(40))
def test_no_seat_stays_empty_that_someone_waiting_could_take(contest):
    ranked, seats, bound = contest
    choice = select(ranked, seats, bound)
    if choice.empty:
        waiting = [candidate for candidate in ranked if candidate.id in set(choice.waitlist)]
        assert all(candidate.sector == bound.group for candidate in waiting)
        total = choice.filled + 1 if bound.reading == "ratio" else seats
        assert not waiting or not within(choice.bounded + 1, total, bound)


@settings(max_examples=500, deadline=None)
@given(contests(12), st.data())
def test_a_better_rank_never_hurts_oneself(contest, data):
    ranked, seats, bound = contest
    choice = select(ranked, seats, bound)
    if choice.selected:
        key = data.draw(st.sampled_from(choice.selected))
        place = next(i for i, candidate in enumerate(ranked) if candidate.id == key)
        better = data.draw(st.integers(0, place))
        moved = [*ranked[:better], ranked[place], *ranked[better:place], *ranked[place + 1 :]]
        assert key in select(moved, seats, bound).selected


@settings(max_examples=300, deadline=None)
@given(contests(12))
def test_demand_is_what_seats_without_number_would_admit(contest):
    ranked, _, bound = contest
    if bound.reading != "quota":
        assert demand(ranked, bound) == select(ranked, len(ranked), bound).filled
    else:
        full = [n for n in range(len(ranked) + 1) if select(ranked, n, bound).filled == n]
        assert demand(ranked, bound) == max(full)


def test_the_readings_stand_side_by_side():
    ranked = [Candidate(id=f"u{i}", sector="public") for i in range(10)]
    ranked += [Candidate(id=f"p{i}", sector="private") for i in range(3)]
    found = readings(ranked, 10, Bound())
    assert [(choice.reading, choice.filled) for choice in found] == [
        ("ratio", 5),
        ("quota", 7),
        ("soft", 10),
        ("none", 10),
    ]
