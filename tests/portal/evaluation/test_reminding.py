"""Reviewers who owe sheets are mailed once a day, whoever presses how often."""

from datetime import timedelta

import pytest
from refusing import one_event, refusal
from simulated_year import EVALUATION, finalised

from naru.portal.evaluation import actions
from naru.portal.evaluation.models import ReviewAssignment
from naru.portal.mail.models import Mail

OWED = "evaluation/sheets_owed"


@pytest.fixture
def panel(year):
    people = [year.reviewer(number) for number in (1, 2, 3)]
    made = actions.assign(by=year.operator, at=EVALUATION, application=year.eligible(1), reviewers=people)
    finalised(made[0])
    return people


def asked(year, **changes):
    return {"by": year.operator, "at": EVALUATION, "call": year.call, "round_id": "1"} | changes


@pytest.mark.requirement("R-03")
def test_who_owes_a_sheet_is_reminded_once_a_day(year, panel):
    """A late reviewer is mailed at most once a day; who has finished is left in peace."""
    sent, event = one_event(actions.remind_reviewers, **asked(year))
    assert (sent, event.facts["reviewers"]) == (2, [panel[1].pk, panel[2].pk])
    found = Mail.objects.filter(name=OWED)
    assert {mail.to for mail in found} == {panel[1].email, panel[2].email}
    assert all("/evaluation/mine/" in mail.body for mail in found)
    again = asked(year, at=EVALUATION + timedelta(hours=1))
    assert refusal(actions.remind_reviewers, **again) == ("R-03", "nobody_to_remind")
    assert actions.remind_reviewers(**asked(year, at=EVALUATION + timedelta(days=1))) == 2
    assert Mail.objects.filter(name=OWED).count() == 4


def test_the_press_is_the_operators(client, year, panel):
    assert refusal(actions.remind_reviewers, **asked(year, by=panel[0])) == ("R-03", "role_missing")
    client.force_login(panel[0])
    assert client.post("/evaluation/remind/").status_code == 403
    client.force_login(year.operator)
    assert "남은 위원에게 알림 보내기" in client.get("/evaluation/").text
    assert "2명에게" in client.post("/evaluation/remind/", follow=True).text
    assert "(R-03)" in client.post("/evaluation/remind/", follow=True).text
    assert Mail.objects.filter(name=OWED).count() == 2


def test_nobody_is_reminded_after_the_closing(year, panel):
    for row in ReviewAssignment.objects.exclude(sheets__state="final"):
        finalised(row)
    assert refusal(actions.remind_reviewers, **asked(year)) == ("R-03", "nobody_to_remind")
    actions.close(**asked(year))
    assert refusal(actions.remind_reviewers, **asked(year)) == ("R-03", "evaluation_closed")
