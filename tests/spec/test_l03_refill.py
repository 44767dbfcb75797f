"""L-03: a withdrawal releases the server; the waiting list refills it under the same rules."""

from dataclasses import replace

import pytest

from naru.domain.batch import Candidate, Facts, Line, decide_batch
from naru.domain.bound import Bound
from naru.domain.refill import Offer, Waiting, refill, too_late, within_budget

pytestmark = pytest.mark.requirement("L-03")
ANY = frozenset({0})


def waiting(*sectors, allowed=ANY):
    return [Waiting(id=f"w{n}", sector=sector, allowed=allowed) for n, sector in enumerate(sectors, start=1)]


def test_a_public_enters_with_the_later_private_who_makes_room():
    found = refill(waiting("public", "private"), holders=(4, 1), free=[2], seats=6, bound=Bound())
    assert found.admitted == ("w1", "w2")
    one_pass = refill(waiting("public"), holders=(2, 1), free=[2], seats=4, bound=Bound())
    assert (one_pass.admitted, one_pass.skipped) == ((), (("w1", "SECTOR_BOUND"),))


def test_no_public_enters_while_the_share_is_half_and_nobody_loses_a_server():
    found = refill(waiting("public", "private"), holders=(4, 2), free=[1], seats=5, bound=Bound())
    assert found.admitted == ("w2",)
    assert found.skipped == (("w1", "NO_FREE_SERVER"),)


def test_whoever_cannot_use_the_server_is_passed_over_and_keeps_the_rank():
    line = [Waiting(id="w1", sector="private", allowed=frozenset({1})), *waiting("private")[:0]]
    line.append(Waiting(id="w2", sector="private", allowed=ANY))
    found = refill(line, holders=(3, 0), free=[1, 0], seats=5, bound=Bound())
    assert (found.admitted, found.skipped) == (("w2",), (("w1", "SKIPPED_INCOMPATIBLE"),))
    both = [Waiting(id=key, sector="private", allowed=ANY) for key in ("w1", "w2")]
    found = refill(both, holders=(1, 0), free=[1], seats=5, bound=Bound())
    assert found.skipped == (("w2", "SKIPPED_INCOMPATIBLE"),)


def test_a_soft_bound_opens_what_the_private_side_leaves_empty():
    soft = Bound(reading="soft")
    found = refill(waiting("public", "public", "private"), holders=(2, 2), free=[3], seats=6, bound=soft)
    assert found.admitted == ("w1", "w2", "w3")
    found = refill(waiting("public", "public", "private"), holders=(2, 2), free=[1], seats=6, bound=soft)
    assert found.admitted == ("w3",)


def test_a_limit_keeps_the_set_within_the_rule():
    found = refill(waiting("public", "private"), holders=(2, 1), free=[2], seats=4, bound=Bound(), limit=1)
    assert found.admitted == ("w2",)


def test_the_budget_stops_at_the_first_offer_that_does_not_fit():
    offers = [Offer(id=key, monthly_cost=cost) for key, cost in (("a", 1), ("b", 4), ("c", 1))]
    found = within_budget(offers, 6, 20)
    assert (found.admitted, found.refused) == (("a",), (("b", 24, 14), ("c", 6, 14)))
    assert within_budget(offers, 1, 6).admitted == ("a", "b", "c")


def test_too_late_to_be_useful():
    assert too_late(waiting("private")).skipped == (("w1", "MIN_MONTHS"),)


@pytest.mark.requirement("R-05", "L-05")
def test_one_batch_a_day_passes_every_products_places_on_out_of_one_budget():
    """Offers go out turn by turn over the products and stop at the first the budget does not carry."""
    lines = [
        Line(
            product=product, monthly_cost=cost, seats=5, holders=(1, 0), free=(2,),
            waiting=tuple(
                Candidate(id=f"{product}{place}", sector=sector, tiers=(frozenset({0}),))
                for place, sector in enumerate(("public", "private"), start=1)
            ),
        )
        for product, cost in (("a", 1), ("b", 2))
    ]  # fmt: skip
    found = decide_batch(
        Facts(lines=tuple(lines), bound=Bound(), months=4, min_months=2, charged=4, budget_left=18)
    )
    # a1 and b1 cost 12, a2 the 4 that fit; b2 would cost 8 more. b alone has no room for its public one
    assert (found.offers, found.budget_left) == (("a1", "b2", "a2"), 2)
    assert found.lines[1].skipped == (("b1", "BUDGET"),)


@pytest.mark.requirement("R-06")
def test_an_upheld_appeal_heads_the_waiting_list():
    """Who won an appeal stands before everybody of the product's waiting list; nobody loses a server."""
    entries = tuple(
        Candidate(id=key, sector="private", tiers=(frozenset({0}),)) for key in ("first", "appellant")
    )
    line = Line(product="a", monthly_cost=1, seats=5, holders=(4, 0), free=(1,), waiting=entries)
    line = replace(line, head_of_list=("appellant",))
    found = decide_batch(Facts(lines=(line,), bound=Bound(), months=4, min_months=2, charged=4))
    assert found.offers == ("appellant",)
