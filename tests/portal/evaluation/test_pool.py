"""The pool: entered and imported by the operator, one's own fields corrected, filtered on its page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from refusing import one_event, refusal
from simulated_year import EVALUATION, business_number, company, person

from naru.portal.evaluation import actions, pool
from naru.portal.evaluation.models import ReviewerProfile

ENTRY = {"affiliation": "가상 연구원", "expertise": ["vision"], "available": "on", "ceiling": "12"}


@pytest.fixture
def panel(year):
    return [year.reviewer(number) for number in (1, 2)]


@pytest.fixture
def staff(client, year):
    client.force_login(year.operator)
    return client


def enter(year, reviewer, **details):
    return actions.enter_reviewer(
        by=year.operator, at=EVALUATION, reviewer=reviewer, details=actions.Details(**details)
    )


def sent(text):
    return {"file": SimpleUploadedFile("list.csv", text.encode())}


@pytest.mark.requirement("R-03")
def test_the_pool_knows_who_a_reviewer_is_and_what_one_can_judge(staff, year, panel):
    """The operator enters each reviewer's affiliation, fields of expertise, availability and most sheets."""
    page = f"/evaluation/pool/{panel[0].pk}/"
    assert staff.get(page).status_code == 200
    assert staff.post(page, ENTRY).url == "/evaluation/pool/"
    kept = ReviewerProfile.objects.get(reviewer=panel[0])
    assert (kept.affiliation, kept.expertise, kept.available, kept.ceiling) == (
        "가상 연구원", ["vision"], True, 12,
    )  # fmt: skip
    text = staff.get("/evaluation/pool/").text
    assert "가상 연구원" in text
    assert "시각 지능" in text


def test_entering_is_one_event_and_refused_for_strangers(year, panel):
    made, event = one_event(enter, year=year, reviewer=panel[0], expertise=("vision",))
    assert event.facts == {"reviewer": panel[0].pk, "expertise": ["vision"], "available": True}
    again, _event = one_event(enter, year=year, reviewer=panel[0], available=False)
    assert (again.pk, again.expertise, again.available) == (made.pk, [], False)
    assert refusal(enter, year=year, reviewer=person("nobody")) == ("R-03", "not_reviewers")
    assert refusal(enter, year=year, reviewer=panel[0], expertise=("sound",)) == ("R-03", "unknown_fields")


def test_an_affiliation_is_tied_to_the_portals_own_entry(year, panel):
    entered = company(41, person("owner41"))
    assert enter(year, panel[0], affiliation=entered.name).organisation == entered
    assert enter(year, panel[0], affiliation="x", business_number=business_number(41)).organisation == entered
    assert enter(year, panel[0], affiliation="아무도 모르는 곳").organisation is None


def test_a_reviewer_corrects_the_fields_and_nothing_else(client, year, panel):
    enter(year, panel[0], affiliation="가상 연구원", ceiling=3, available=False)
    client.force_login(panel[0])
    page = "/evaluation/profile/"
    assert "가상 연구원" in client.get(page).text
    client.post(page, {"act": "expertise", "expertise": ["language"], "ceiling": "99", "available": "on"})
    kept = ReviewerProfile.objects.get(reviewer=panel[0])
    assert (kept.expertise, kept.ceiling, kept.available) == (["language"], 3, False)
    client.force_login(panel[1])
    client.post(page, {"act": "expertise", "expertise": ["vision"]})
    assert ReviewerProfile.objects.get(reviewer=panel[1]).expertise == ["vision"]
    refused = client.post(page, {"act": "expertise", "expertise": ["sound"]})
    assert refused.context["form"].errors.keys() == {"expertise"}


def test_a_list_is_entered_whole_or_not_at_all(staff, year, panel):
    page = "/evaluation/pool/import/"
    assert staff.get(page).status_code == 200
    broken = staff.post(page, sent("email,ceiling\nreviewer1@reviewer1.test,many\n"))
    assert (broken.status_code, [one.column for one in broken.context["problems"]]) == (422, ["최대건수"])
    assert "2번째 줄" in broken.text
    strange = staff.post(page, sent("email\nreviewer1@reviewer1.test\nstranger@stranger.test\n"))
    assert strange.context["refusal"].facts == (("addresses", "stranger@stranger.test"),)
    assert staff.post(page, {}).status_code == 422
    assert not ReviewerProfile.objects.exists()
    good = "이메일,전문분야,최대건수\nreviewer1@reviewer1.test,vision,5\nreviewer2@reviewer2.test,language,\n"
    assert staff.post(page, sent(good)).url == "/evaluation/pool/"
    staff.post(page, sent(good))
    assert list(ReviewerProfile.objects.order_by("reviewer").values_list("expertise", "ceiling")) == [
        (["vision"], 5), (["language"], None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"reviewer1", "reviewer2", "late"}),
        ("field=vision", {"reviewer1"}),
        ("state=available", {"reviewer1"}),
        ("state=away", {"reviewer2"}),
        ("state=unentered", {"late"}),
        ("words=연구", {"reviewer1"}),
        ("words=LATE", {"late"}),
        ("field=nonsense&state=nonsense", {"reviewer1", "reviewer2", "late"}),
    ],
)
def test_the_pool_is_narrowed(staff, year, panel, asked, shown):
    enter(year, panel[0], affiliation="가상 연구원", expertise=("vision",))
    enter(year, panel[1], available=False)
    person("late", "reviewer")
    found = staff.get(f"/evaluation/pool/?{asked}").context["page"]
    assert {one.user.name for one in found} == shown


def test_before_any_call_the_pool_explains_itself(client, operator):
    client.force_login(operator)
    assert "아직 공고한 사업이 없습니다" in client.get("/evaluation/pool/").text


@pytest.mark.parametrize("act", ["enter", "import", "correct", "assign", "panels", "close"])
def test_every_act_asks_for_the_role_itself(year, panel, act):
    """Whatever page calls an action: who lacks the role is refused, with the clause."""
    application = year.eligible(1)
    outsider = person("outsider")
    who = {"by": outsider, "at": EVALUATION}
    acts = {
        "enter": (actions.enter_reviewer, {"reviewer": panel[0], "details": actions.Details()}),
        "import": (actions.import_reviewers, {"rows": []}),
        "correct": (actions.correct_expertise, {"expertise": ()}),
        "assign": (actions.assign, {"application": application, "reviewers": panel}),
        "panels": (
            actions.assign_panels, {"call": year.call, "round_id": "1", "reviewers": panel},
        ),
        "close": (actions.close, {"call": year.call, "round_id": "1"}),
    }  # fmt: skip
    function, given = acts[act]
    assert refusal(function, **who, **given) == ("R-03", "role_missing")


def test_fields_without_a_title_are_passed_over(year, panel):
    kept = enter(year, panel[0], expertise=("vision",))
    kept.expertise = ["vision", "gone"]
    assert [one.en for one in pool.fellow(kept.reviewer).fields] == ["Vision"]
