"""The flow behind the panels: as cheap as networkx finds it, and as large as a flow can be."""

from collections import Counter

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from naru.domain.flow import flow

WEIGHT = 1000


@st.composite
def problems(draw):
    """Costs with some pairs barred, seats wanted, work begun and ceilings."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    cost = st.one_of(st.none(), st.integers(0, 6), st.integers(0, 6))
    return {
        "costs": [[draw(cost) for _column in range(columns)] for _row in range(rows)],
        "wanted": [draw(st.integers(0, 3)) for _row in range(rows)],
        "loads": [draw(st.integers(0, 3)) for _column in range(columns)],
        "ceilings": [draw(st.one_of(st.none(), st.integers(0, 6))) for _column in range(columns)],
    }


def network(problem, wanted):
    """The same problem as a graph: a unit edge per further seat of a column, each dearer than the last."""
    graph = nx.DiGraph()
    graph.add_node("source", demand=-sum(wanted))
    graph.add_node("sink", demand=sum(wanted))
    for row, costs in enumerate(problem["costs"]):
        graph.add_edge("source", f"row {row}", capacity=wanted[row], weight=0)
        for column, cost in enumerate(costs):
            if cost is not None:
                graph.add_edge(f"row {row}", f"column {column}", capacity=1, weight=cost)
    for column, (load, ceiling) in enumerate(zip(problem["loads"], problem["ceilings"], strict=True)):
        most = sum(wanted) if ceiling is None else max(0, ceiling - load)
        for number in range(min(most, sum(wanted))):
            price = WEIGHT * (2 * (load + number) + 1)
            graph.add_edge(f"column {column}", f"seat {column}.{number}", capacity=1, weight=price)
            graph.add_edge(f"seat {column}.{number}", "sink", capacity=1, weight=0)
    return graph


def price(problem, found):
    loads = list(problem["loads"])
    whole = 0
    for row, seats in enumerate(found.seats):
        for column in seats:
            whole += problem["costs"][row][column] + WEIGHT * (2 * loads[column] + 1)
            loads[column] += 1
    return whole


@given(problems())
def test_no_flow_is_cheaper(problem):
    found = flow(**problem, weight=WEIGHT)
    seated = [len(seats) for seats in found.seats]
    assert price(problem, found) == nx.min_cost_flow_cost(network(problem, seated))


@given(problems())
def test_no_flow_is_larger_and_what_lacks_is_counted(problem):
    found = flow(**problem, weight=WEIGHT)
    seated = [len(seats) for seats in found.seats]
    assert [a + b for a, b in zip(seated, found.lacking, strict=True)] == problem["wanted"]
    largest, _how = nx.maximum_flow(network(problem, problem["wanted"]), "source", "sink")
    assert sum(seated) == largest


@given(problems())
def test_nobody_sits_where_barred_nor_above_a_ceiling(problem):
    found = flow(**problem, weight=WEIGHT)
    new = Counter(column for seats in found.seats for column in seats)
    assert all(problem["costs"][row][column] is not None for row, s in enumerate(found.seats) for column in s)
    assert all(len(set(seats)) == len(seats) for seats in found.seats)
    for column, ceiling in enumerate(problem["ceilings"]):
        assert ceiling is None or not new[column] or problem["loads"][column] + new[column] <= ceiling


def test_a_first_seat_comes_before_a_second():
    found = flow([[0, 0], [0, 0]], [2, 2], loads=[0, 0], ceilings=[1, 1], weight=1)
    assert found.lacking == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"wanted": []}, "wanted: one number per row"),
        ({"ceilings": []}, "ceilings: one per column"),
        ({"costs": [[1, 2]]}, "costs: one per column"),
        ({"weight": -1}, "a number is negative"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, reason):
    given_ = {"costs": [[1]], "wanted": [1], "loads": [0], "ceilings": [None], "weight": 1} | wrong
    with pytest.raises(ValueError, match=reason):
        flow(**given_)
