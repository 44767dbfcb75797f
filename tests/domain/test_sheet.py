"""Score sheets as values: bounds, gaps in a draft, and a chain that shows every change."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from programme import call_2025

from naru.domain.decision import Refused
from naru.domain.sheet import GENESIS, State, checked_total, digest, draft_total, unbroken

CRITERIA = call_2025().criteria
FULL = {criterion.id: criterion.points for criterion in CRITERIA}


def chain(length=3):
    states, previous = [], GENESIS
    for number in range(1, length + 1):
        state = State(
            assignment=7,
            number=number,
            points=FULL,
            comment_sha256=digest("의견"),
            reason_sha256=digest(""),
            state="final",
            entered_at=datetime(2025, 3, 22, tzinfo=UTC),
            previous_sha256=previous,
        )
        previous = state.hash()
        states.append((state, previous))
    return states


def test_a_whole_sheet_adds_up_to_a_hundred():
    assert checked_total(FULL, CRITERIA) == 100
    assert draft_total({}, CRITERIA) == 0
    assert draft_total({"need": 10}, CRITERIA) == 10


@pytest.mark.parametrize("points", [{}, FULL | {"need": 11}, FULL | {"need": -1}, FULL | {"luck": 1}])
def test_a_sheet_out_of_bounds_names_the_criterion(points):
    with pytest.raises(Refused) as refused:
        checked_total(points, CRITERIA)
    assert refused.value.finding.facts


def test_a_draft_with_a_criterion_of_no_call_is_refused():
    with pytest.raises(Refused):
        draft_total({"luck": 1}, CRITERIA)


def test_a_chain_holds_until_anything_is_changed():
    assert unbroken([])
    assert unbroken(chain())
    changes = {
        "points": FULL | {"need": 9},
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
