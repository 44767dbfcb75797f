"""The second look: disagreement and shadow places, after the freeze, for operator and auditor only."""

import pytest
from simulated_year import EVALUATION, finalised, person

from naru.portal.calls import actions as calls
from naru.portal.evaluation import actions
from naru.portal.evaluation.models import ReviewAssignment
from naru.portal.selection.models import SelectionRun

ROOM = "/evaluation/shadow/"


@pytest.fixture
def panel(year):
    """Three applications, three reviewers: one gives ten points less than the others, and disagrees once."""
    people = [year.reviewer(number) for number in (1, 2, 3)]
    for serial in (1, 2, 3):
        actions.assign(by=year.operator, at=EVALUATION, application=year.eligible(serial), reviewers=people)
    rows = ReviewAssignment.objects.select_related("reviewer").order_by("application__number", "reviewer")
    for place, row in enumerate(rows):
        strict = 10 if row.reviewer == people[2] else 0
        finalised(row, {"contents": 41 - 4 * (place // 3) - strict, "need": 8 if place < 8 else 0})
    return people


@pytest.fixture
def _frozen(year):
    calls.freeze_quotas(by=year.operator, at=EVALUATION, call=year.call, round_id="1")


@pytest.mark.parametrize(
    ("role", "status"), [("operator", 200), ("auditor", 200), ("reviewer", 403), ("vendor", 403), (None, 403)]
)
def test_who_may_look(client, year, panel, role, status):
    client.force_login(person("kim", *([role] if role else [])))
    assert client.get(ROOM).status_code == status


def test_it_is_shut_until_the_seats_are_frozen(client, year, panel):
    client.force_login(year.operator)
    shown = client.get(ROOM)
    assert "점수는 아직 열지 않습니다" in shown.text
    assert list(shown.context["page"]) == []


@pytest.mark.requirement("R-03")
@pytest.mark.usefixtures("_frozen")
def test_disagreement_and_leniency_are_shown_and_decide_nothing(client, year, panel):
    """Where reviewers lie apart is flagged by the call's bounds; leniency is shown and never used."""
    client.force_login(year.operator)
    shown = client.get(ROOM)
    places = list(shown.context["page"])
    assert [(one.application.number, one.rank, one.apart.spread, one.flagged) for one in places] == [
        ("2025-npu-0001", 1, 10, False),
        ("2025-npu-0002", 2, 10, False),
        ("2025-npu-0003", 3, 18, True),
    ]
    strictest = shown.context["reviewers"][0]
    assert (strictest.reviewer, strictest.sheets) == (panel[2], 3)
    assert sum(one.offset for one in shown.context["reviewers"]) == 0
    apart = client.get(f"{ROOM}?show=apart&sort=-spread").context["page"].object_list
    assert [one.application.number for one in apart] == ["2025-npu-0003"]
    assert client.get(f"{ROOM}?show=nonsense&sort=nonsense").status_code == 200
    assert not SelectionRun.objects.exists()


def test_before_any_call_the_room_explains_itself(client, operator):
    client.force_login(operator)
    assert "아직 공고한 사업이 없습니다" in client.get(ROOM).text
