"""Panels: balanced, free of conflicts, the same for the same input in any order."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naru.domain.panel import Fit, panels

APPLICATIONS = st.integers(0, 12).map(lambda count: [f"A{number:02}" for number in range(count)])
REVIEWERS = st.integers(1, 7).map(lambda count: [f"R{number}" for number in range(count)])
PAIRS = st.sets(st.builds(lambda row, who: (f"A{row:02}", f"R{who}"), st.integers(0, 11), st.integers(0, 6)))


@given(APPLICATIONS, REVIEWERS, st.integers(1, 4), PAIRS)
def test_no_conflict_is_assigned_and_what_lacks_is_told(applications, reviewers, wanted, conflicts):
    found = panels(applications, reviewers, per_application=wanted, conflicts=conflicts)
    assert not set(found.pairs) & conflicts
    assert len(set(found.pairs)) == len(found.pairs)
    held = Counter(application for application, _reviewer in found.pairs)
    for application in applications:
        free = sum((application, reviewer) not in conflicts for reviewer in reviewers)
        assert held[application] == min(wanted, free)
        assert found.lacking.get(application, 0) == max(0, wanted - free)


@given(APPLICATIONS, REVIEWERS, st.integers(1, 4))
def test_loads_without_conflicts_differ_by_one_at_most(applications, reviewers, wanted):
    found = panels(applications, reviewers, per_application=wanted)
    load = Counter(dict.fromkeys(reviewers, 0)) + Counter(reviewer for _application, reviewer in found.pairs)
    counts = [load[reviewer] for reviewer in reviewers]
    assert max(counts) - min(counts) <= 1


@given(APPLICATIONS, REVIEWERS, st.integers(1, 4), PAIRS, st.randoms())
def test_the_order_of_the_input_never_matters(applications, reviewers, wanted, conflicts, random):
    first = panels(applications, reviewers, per_application=wanted, conflicts=conflicts)
    random.shuffle(applications)
    random.shuffle(reviewers)
    assert panels(applications, reviewers, per_application=wanted, conflicts=list(conflicts)) == first


def test_expertise_is_preferred_where_the_work_stays_even():
    """What is known of both sides decides among equals; it never makes anybody's load heavier."""
    fit = Fit(
        fields={"A": ["vision"], "B": ["language"]},
        expertise={"x": ["language"], "y": ["vision", "other"], "z": []},
    )
    found = panels(["A", "B"], ["x", "y"], per_application=1, fit=fit)
    assert (found.pairs, found.strange) == ((("A", "y"), ("B", "x")), 0)
    strange = panels(["A"], ["x"], per_application=1, fit=fit)
    assert (strange.pairs, strange.strange) == ((("A", "x"),), 1)
    assert panels(["A"], ["x", "z"], per_application=1, fit=fit).pairs == (("A", "z"),)


def test_each_product_has_a_circle_of_its_own_where_numbers_allow():
    rows = [f"A{number}" for number in range(8)]
    fit = Fit(products={row: "npu-60" if row < "A6" else "npu-120" for row in rows})
    people = [f"R{number}" for number in range(8)]
    found = panels(rows, people, per_application=2, fit=fit)
    assert Counter(found.circles.values()) == {"npu-60": 6, "npu-120": 2}
    assert found.away == 0
    judges = {
        code: {who for row, who in found.pairs if fit.products[row] == code} for code in ("npu-60", "npu-120")
    }
    assert not judges["npu-60"] & judges["npu-120"]
    assert panels(rows, people[:3], per_application=2, fit=fit).circles == {}


def test_a_circle_is_chosen_by_expertise_and_conflicts():
    fit = Fit(
        products={"A": "npu-60", "B": "npu-120"},
        fields={"A": ["vision"], "B": ["language"]},
        expertise={"x": ["language"], "y": ["vision"]},
    )
    assert panels(["A", "B"], ["x", "y"], per_application=1, fit=fit).circles == {
        "x": "npu-120",
        "y": "npu-60",
    }
    barred = panels(["A", "B"], ["x", "z"], per_application=1, fit=fit, conflicts=[("B", "z")])
    assert barred.circles == {"x": "npu-120", "z": "npu-60"}


def test_a_ceiling_is_kept_and_what_lacks_is_told():
    found = panels(
        ["A", "B", "C"],
        ["x", "y"],
        per_application=1,
        fit=Fit(ceilings={"x": 1, "y": 1}),
        assigned=[("Z", "y")],
    )
    assert found.pairs == (("A", "x"),)
    assert found.lacking == {"B": 1, "C": 1}


def test_those_assigned_stay_and_count_as_load():
    found = panels(["A", "B"], ["x", "y"], per_application=1, assigned=[("A", "x")])
    assert found.pairs == (("B", "y"),)
    again = panels(["A"], ["x", "y"], per_application=1, assigned=[("A", "x"), ("A", "y")])
    assert again.pairs == ()


def test_a_panel_of_none_is_refused():
    with pytest.raises(ValueError, match="per_application: 0 is not positive"):
        panels(["A"], ["x"], per_application=0)
