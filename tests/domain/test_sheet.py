"""Score sheets as values: bounds, gaps in a draft, and a chain that shows every change."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from programme import call_2025

from naru.domain.decision import Refused
from naru.domain.sheet import (
    GENESIS,
    State,
    by_criterion,
    check_draft,
    check_whole,
    digest,
    first_break,
    scorecard,
    unbroken,
)
from naru.domain.terms import Criterion, Element, Text

CRITERIA = call_2025().criteria
FULL = {part.key: part.most for criterion in CRITERIA for part in criterion.parts}


def chain(length=3):
    states, previous = [], GENESIS
    for number in range(1, length + 1):
        state = State(
            assignment=7,
            number=number,
            points={"need": 10},
            parts=FULL,
            scorecard=scorecard(CRITERIA),
            comment_sha256=digest("의견"),
            reason_sha256=digest(""),
            state="final",
            entered_at=datetime(2025, 3, 22, tzinfo=UTC),
            previous_sha256=previous,
        )
        previous = state.hash()
        states.append((state, previous))
    return states


def test_what_is_entered_adds_up_to_the_criteria():
    check_whole(FULL, CRITERIA)
    assert by_criterion(FULL, CRITERIA) == {one.id: one.points for one in CRITERIA}
    assert sum(FULL.values()) == 100
    check_draft({}, CRITERIA)
    assert by_criterion({"purpose-2": 7, "need": 9}, CRITERIA) == {"purpose": 7, "need": 9}


def criterion(points, *elements):
    text = {"ko": "요소", "en": "element"}
    parts = tuple(Element(points=one, **text) for one in elements)
    return Criterion(id="purpose", title=Text(**text), points=points, elements=parts, clause="R-03")


def test_a_call_says_whether_elements_are_scored_one_by_one():
    assert [(one.key, one.most) for one in criterion(30, 10, 20).parts] == [
        ("purpose-1", 10),
        ("purpose-2", 20),
    ]
    assert [(one.key, one.most) for one in criterion(30, None, None).parts] == [("purpose", 30)]


@pytest.mark.parametrize("elements", [(10, 10), (30, None), (35, -5), (30, 0)])
def test_points_of_elements_make_up_the_criterion(elements):
    with pytest.raises(ValueError, match="elements: "):
        criterion(30, *elements)


def test_a_scorecard_is_its_bounds_and_not_its_wording():
    before = scorecard([criterion(30, 10, 20)])
    other_words = replace(criterion(30, 10, 20), title=Text(ko="다른 말", en="other words"))
    assert scorecard([other_words]) == before
    assert len({before, scorecard([criterion(30, 20, 10)]), scorecard([criterion(30, None, None)])}) == 3


@pytest.mark.parametrize(
    "points", [{}, FULL | {"need": 11}, FULL | {"need": -1}, FULL | {"luck": 1}, FULL | {"purpose-1": 16}]
)
def test_a_sheet_out_of_bounds_names_the_criterion(points):
    with pytest.raises(Refused) as refused:
        check_whole(points, CRITERIA)
    assert refused.value.finding.facts


def test_a_draft_with_a_criterion_of_no_call_is_refused():
    with pytest.raises(Refused):
        check_draft({"luck": 1}, CRITERIA)


def test_a_chain_holds_until_anything_is_changed():
    assert unbroken([])
    assert unbroken(chain())
    changes = {
        "points": {"need": 9},
        "parts": FULL | {"need": 9},
        "scorecard": scorecard(CRITERIA[:1]),
        "comment_sha256": digest("다른 의견"),
        "reason_sha256": digest("사유"),
        "state": "draft",
        "assignment": 8,
        "number": 4,
        "entered_at": datetime(2025, 3, 23, tzinfo=UTC),
        "previous_sha256": GENESIS[1:] + "1",
    }
    for place in range(3):
        for key, value in changes.items():
            states = chain()
            states[place] = (replace(states[place][0], **{key: value}), states[place][1])
            assert not unbroken(states), (place, key)


def test_a_state_left_out_breaks_the_chain():
    assert not unbroken(chain()[1:])
    assert not unbroken([chain()[0], chain()[2]])


def test_the_first_break_is_named():
    states = chain()
    assert first_break(states) is None
    assert first_break(states[1:]) == (1, "missing")
    other = replace(states[1][0], previous_sha256=GENESIS)
    assert first_break([states[0], (other, other.hash()), states[2]]) == (2, "order")
    changed = replace(states[2][0], parts={"need": 10})
    assert first_break([*states[:2], (changed, states[2][1])]) == (3, "content")
