"""R-04: one point for a youth company, once, with evidence, not clipped."""

from dataclasses import replace

import pytest
from programme import call_2025
from simulated import applications

from naru.domain.run import decide

pytestmark = pytest.mark.requirement("R-04")
CALL = call_2025()


@pytest.mark.parametrize(
    ("sector", "claimed", "evidenced", "points"),
    [
        ("private", ("youth",), ("youth",), 1),
        ("private", ("youth", "youth"), ("youth",), 1),
        ("private", ("youth",), (), 0),
        ("private", (), ("youth",), 0),
        ("public", ("youth",), ("youth",), 0),
    ],
)
def test_the_bonus_is_claimed_evidenced_and_for_companies(sector, claimed, evidenced, points):
    [entry] = applications(CALL, 1)
    entry = replace(entry, sector=sector, claimed=claimed, evidenced=evidenced)
    assert decide(CALL, [entry], "seed").rulings[0].bonus == points


def test_a_perfect_youth_company_has_101_points():
    [entry] = applications(CALL, 1)
    full = {criterion.id: criterion.points for criterion in CALL.criteria}
    sheets = tuple(replace(sheet, points=full) for sheet in entry.sheets)
    entry = replace(entry, sector="private", sheets=sheets, claimed=("youth",), evidenced=("youth",))
    assert decide(CALL, [entry], "seed").rulings[0].score == "101.00"
