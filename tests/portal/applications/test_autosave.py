"""A page that saves itself: what merges, what is a conflict, what it costs, and which chain tells of it."""

import json

import pytest

from naru.portal.applications import actions, fields
from naru.portal.applications.answers import SectionEdit
from naru.portal.applications.merging import digest, merge, passages
from naru.portal.applications.models import Application, ConsentAnswer, PlanAnswer
from naru.portal.audit.models import Event
from naru.portal.ui import clock


@pytest.fixture(autouse=True)
def _during_intake(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("a", "b", "a", ({"x": "b"}, (), ())),
        ("a", "a", "b", ({}, (), ("x",))),
        ("a", "b", "b", ({}, (), ())),
        ("a", "b", "c", ({}, ("x",), ())),
        ("a", "", "c", ({}, ("x",), ())),
        ("", "b", "", ({"x": "b"}, (), ())),
    ],
)
def test_one_side_alone_merges_and_both_conflict(base, mine, theirs, expected):
    found = merge(["x"], {"x": digest(base)}, {"x": mine}, {"x": theirs})
    assert (found.values, found.conflicts, found.taken) == expected


def test_a_difference_is_told_word_by_word():
    found = [(one.kind, one.text) for one in passages("지금 장비는 느립니다", "지금 장비는 비쌉니다")]
    assert found == [("same", "지금 장비는 "), ("gone", "느립니다"), ("new", "비쌉니다")]


def edit(text, base="", origin=""):
    return SectionEdit(
        section="need", base={"plan_need": digest(base)}, mine={"plan_need": text}, origin=origin
    )


def test_a_page_is_in_no_conflict_with_what_it_saved_itself(draft, applicant_user, colleague, at):
    given = {"at": at, "application": draft}
    actions.save_section(by=applicant_user, edit=edit("하나", origin="page1"), **given)
    again = actions.save_section(by=applicant_user, edit=edit("하나 둘", origin="page1"), **given)
    assert (again.conflicts, again.values) == ((), {"plan_need": "하나 둘"})
    other = actions.save_section(by=colleague, edit=edit("셋", origin="page2"), **given)
    assert (other.conflicts, PlanAnswer.objects.get().text) == (("plan_need",), "하나 둘")


def test_a_save_is_one_event_on_the_drafts_chain_and_none_when_nothing_changes(draft, applicant_user, at):
    for _ in range(2):
        actions.save_section(
            by=applicant_user, at=at, application=draft, edit=edit("같은 글", origin="page1")
        )
    event = Event.objects.get(action="applications.save_section")
    assert event.chain.key == f"drafts:{draft.call.slug}"
    assert event.facts == {"section": "need", "fields": ["plan_need"]}


@pytest.mark.requirement("A-04")
def test_a_text_that_is_too_long_is_kept_whole_and_flagged(client, draft, applicant_user):
    client.force_login(applicant_user)
    client.post(f"/applications/{draft.pk}/edit/need/", {"plan_need": "가" * 1001})
    assert len(PlanAnswer.objects.get().text) == 1001
    page = client.get(f"/applications/{draft.pk}/edit/need/").content.decode()
    assert "1자 넘었습니다" in page


def test_an_autosave_stays_lean(client, draft, applicant_user, django_assert_max_num_queries):
    client.force_login(applicant_user)
    url = f"/applications/{draft.pk}/edit/need/"
    client.get(url)
    given = {"plan_need": "글", "base": "{}", "origin": "p"}
    with django_assert_max_num_queries(15):  # the first of its chain
        answer = client.post(url, given, headers={"Accept": "application/json"})
    told = answer.json()
    assert (told["state"], told["base"], told["done"]) == ("saved", {"plan_need": digest("글")}, 1)
    client.logout()
    assert client.post(url, given, headers={"Accept": "application/json"}).json() == {"state": "expired"}


def test_a_consent_is_answered_anew_and_withdrawn_without_losing_its_history(
    client, draft, applicant_user, at
):
    client.force_login(applicant_user)
    url = f"/applications/{draft.pk}/edit/consents/"
    client.post(url, {"consent_news": "yes-1", "base": json.dumps({})})
    client.post(f"/applications/{draft.pk}/consents/", {"code": "news"})
    rows = ConsentAnswer.objects.all()
    assert [(row.code, row.given, row.answered_by) for row in rows] == [
        ("news", True, applicant_user),
        ("news", False, applicant_user),
    ]
    assert len({row.text_sha256 for row in rows}) == 1
    assert fields.held(Application.objects.get(pk=draft.pk))["consent_news"] == "no-1"
