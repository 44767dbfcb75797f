"""A sheet that saves itself: each save a state, two windows shown to each other, any device takes over."""

import json

import pytest
from simulated_year import EVALUATION, declared, finalised, finish, full, sums

from naru.domain.sheet import GENESIS
from naru.portal.evaluation import actions
from naru.portal.evaluation.models import ScoreSheet

POINTS = {f"points_{part}": points for part, points in full().items()}


@pytest.fixture
def assignment(year):
    given = {"by": year.operator, "at": EVALUATION, "application": year.eligible(1)}
    return declared(actions.assign(reviewers=[year.reviewer(1)], **given)[0])


@pytest.fixture
def page(assignment):
    return f"/evaluation/mine/{assignment.pk}/"


@pytest.fixture
def me(client, assignment):
    client.force_login(assignment.reviewer)
    return client


class Window:
    """One open page of the sheet: it sends what it holds with the hash and the name it was given."""

    def __init__(self, client, page):
        shown = client.get(page).context
        self.client, self.page = client, page
        self.base, self.origin = json.loads(shown["base"]), shown["origin"]

    def save(self, **typed):
        answer = self.client.post(
            self.page,
            typed | {"base": json.dumps(self.base), "origin": self.origin},
            headers={"accept": "application/json"},
        )
        told = answer.json()
        self.base = told.get("base", self.base)
        return told


def stored():
    return ScoreSheet.objects.order_by("-number")[0]


@pytest.mark.requirement("R-03")
def test_every_save_is_a_state_and_another_device_takes_over(me, page):
    """What is typed is kept by itself, each time as a new state; another device goes on from the last one."""
    here = Window(me, page)
    assert here.base == {"state": GENESIS}
    first = here.save(points_need="7", comment="")
    assert (first["state"], first["errors"], first["conflicts"]) == ("saved", {}, "")
    here.save(points_need="7", comment="분명함")
    here.save(points_need="7", comment="분명함")
    assert [(one.number, one.parts, one.comment) for one in ScoreSheet.objects.order_by("number")] == [
        (1, {"need": 7}, ""),
        (2, {"need": 7}, "분명함"),
    ]
    there = Window(me, page)
    assert there.base == here.base == {"state": stored().sha256}
    assert there.save(points_need="8", comment="분명함")["state"] == "saved"


def test_what_is_out_of_bounds_is_named_and_the_rest_is_kept(me, page):
    told = Window(me, page).save(**{"points_need": "11", "points_purpose-1": "15", "comment": "글"})
    assert told["errors"] == {"id_points_need": ["0점부터 10점까지의 정수로 적으십시오."]}
    assert (stored().parts, stored().comment) == ({"purpose-1": 15}, "글")
    Window(me, page).save(points_need="1", comment="가" * 5000)
    assert (stored().parts, stored().comment) == ({"need": 1}, "글")


@pytest.mark.requirement("R-03")
def test_two_windows_are_shown_to_each_other(me, page):
    """A save from an older page overrides nothing: both versions are shown and the reviewer chooses."""
    here, there = Window(me, page), Window(me, page)
    there.save(points_need="3", comment="그쪽")
    told = here.save(points_need="9", comment="이쪽")
    assert told["state"] == "conflict"
    for shown in ("그쪽", "이쪽", "저장된 값을 씁니다", stored().sha256):
        assert shown in told["conflicts"]
    assert stored().parts == {"need": 3}
    mine = here.save(points_need="9", comment="이쪽", resolve="mine", seen=stored().sha256)
    assert (mine["state"], stored().parts) == ("saved", {"need": 9})
    assert there.save(points_need="4", comment="그쪽")["state"] == "conflict"
    theirs = there.save(points_need="4", comment="그쪽", resolve="theirs", seen=stored().sha256)
    taken = {name: value for one in theirs["taken"] for name, value in one["data"].items()}
    assert (theirs["state"], taken["points_need"], taken["points_field"], taken["comment"]) == (
        "saved", "9", "", "이쪽",
    )  # fmt: skip
    assert there.base == {"state": stored().sha256}
    assert ScoreSheet.objects.count() == 2


def test_the_button_shows_the_same_without_scripts(me, page):
    here, there = Window(me, page), Window(me, page)
    there.save(points_need="3", comment="그쪽")
    typed = {"act": "save", "points_need": "9", "comment": "이쪽", "base": json.dumps(here.base)}
    refused = me.post(page, typed | {"origin": here.origin})
    assert refused.context["compared"]["rows"][0][1:] == (3, 9)
    assert "9" in str(refused.context["form"]["points_need"])
    assert json.loads(refused.context["base"]) == here.base
    again = typed | {"seen": stored().sha256}
    assert me.post(page, again | {"resolve": "theirs"}).url == page
    assert me.post(page, again | {"resolve": "mine"}).url == f"{page}#stored"
    assert stored().parts == {"need": 9}


def test_a_sheet_made_final_elsewhere_stops_the_page(me, page, assignment):
    here = Window(me, page)
    finalised(assignment)
    told = here.save(points_need="1", comment="늦은 글")
    assert (told["state"], told["clause"]) == ("refused", "R-03")
    assert stored().points == sums()


@pytest.mark.requirement("R-03")
def test_the_read_back_is_what_the_database_holds_and_the_press_carries_its_hash(me, page):
    """Before a sheet is final it is shown as stored; when it moves meanwhile, the press is refused."""
    me.post(page, POINTS | {"comment": "처음", "act": "review"})
    read = me.get(f"{page}finalise/")
    assert read.context["last"] == stored()
    for shown in (stored().sha256, "처음", "12 / 15", "21 / 25", "81 / 100"):
        assert shown in read.text
    before = stored().sha256
    me.post(page, POINTS | {"comment": "고침", "act": "save"})
    moved = me.post(f"{page}finalise/", {"sha256": before})
    assert moved.context["refusal"].code == "sheet_moved"
    assert "고침" in moved.text
    final = me.post(f"{page}finalise/", {"sha256": stored().sha256}, follow=True)
    assert (stored().state, stored().parts, stored().comment) == ("final", full(), "고침")
    assert final.request["PATH_INFO"] == f"{page}receipt/"
    for shown in (stored().sha256, "81 / 100", "decisions:2025-npu"):
        assert shown in final.text


def test_the_way_to_a_receipt_is_a_final_sheet(me, page):
    assert me.get(f"{page}receipt/").url == page
    assert me.get(f"{page}finalise/").url == page
    finish(me, page, POINTS | {"comment": "글"})
    assert me.get(f"{page}finalise/").url == f"{page}receipt/"
    assert me.get(f"{page}receipt/").status_code == 200
