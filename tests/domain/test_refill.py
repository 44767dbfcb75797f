from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from trying import fits, keeps_bound

from naru.domain.bound import Bound
from naru.domain.refill import Waiting, refill


def brute(waiting, holders, free, seats, bound):
    room = max(0, seats - holders[0])
    for size in range(min(room, len(waiting)), -1, -1):
        for places in combinations(range(len(waiting)), size):  # ascending: best in rank order first
            chosen = [waiting[i] for i in places]
            if fits(chosen, free) and keeps_bound(chosen, bound, holders, seats):
                return tuple(entry.id for entry in chosen)
    raise AssertionError("the empty set is always possible")


@st.composite
def situations(draw):
    groups = draw(st.integers(1, 3))
    free = draw(st.lists(st.integers(0, 2), min_size=groups, max_size=groups))
    waiting = [
        Waiting(
            id=f"w{i}",
            sector=draw(st.sampled_from(["private", "public"])),
            allowed=frozenset(draw(st.sets(st.integers(0, groups - 1)))),
        )
        for i in range(draw(st.integers(0, 6)))
    ]
    publics = draw(st.integers(0, 4))
    holders = (publics + draw(st.integers(0, 4)), publics)
    bound = Bound(
        reading=draw(st.sampled_from(["ratio", "quota", "none"])),
        op=draw(st.sampled_from(["<", "<="])),
        share=Fraction(draw(st.integers(1, 5)), 5),
    )
    return waiting, holders, free, draw(st.integers(0, 9)), bound


@settings(max_examples=600, deadline=None)
@given(situations())
def test_the_set_admitted_is_the_one_found_by_trying_all(situation):
    waiting, holders, free, seats, bound = situation
    result = refill(waiting, holders=holders, free=free, seats=seats, bound=bound)
    assert result.admitted == brute(waiting, holders, free, seats, bound)
    assert sorted([*result.admitted, *dict(result.skipped)]) == sorted(entry.id for entry in waiting)
