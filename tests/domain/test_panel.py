"""Panels: balanced, free of conflicts, the same for the same input in any order."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naru.domain.panel import panels

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


def test_those_assigned_stay_and_count_as_load():
    found = panels(["A", "B"], ["x", "y"], per_application=1, assigned=[("A", "x")])
    assert found.pairs == (("B", "y"),)
    again = panels(["A"], ["x", "y"], per_application=1, assigned=[("A", "x"), ("A", "y")])
    assert again.pairs == ()


def test_a_panel_of_none_is_refused():
    with pytest.raises(ValueError, match="per_application: 0 is not positive"):
        panels(["A"], ["x"], per_application=0)
