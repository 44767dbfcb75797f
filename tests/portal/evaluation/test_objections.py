"""Objections (기피): names shown for the call's days, one objection a pair, each answered."""

from datetime import UTC, datetime, timedelta

import pytest
from refusing import one_event, refusal
from simulated_year import EVALUATION, SCREENING

from naru.portal.evaluation import actions, grounds, objections, queries
from naru.portal.evaluation.models import ConflictOfInterest, Objection, PoolShowing
from naru.portal.mail.models import Mail
from naru.portal.ui import clock

UNTIL = datetime(
    2025, 3, 21, 15, tzinfo=UTC
)  # shown on the 18th for three days: to the end of the 21st in Seoul


@pytest.fixture
def panel(year):
    return [year.reviewer(number) for number in (1, 2, 3, 4)]


@pytest.fixture
def application(year):
    return year.eligible(1)


@pytest.fixture
def shown(year, application, panel):
    return actions.show_pool(by=year.operator, at=SCREENING, call=year.call, round_id="1")


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCREENING + timedelta(hours=1))


def show(year, **changes):
    return {"by": year.operator, "at": SCREENING, "call": year.call, "round_id": "1"} | changes


def objecting(application, reviewer, **changes):
    given = {
        "by": application.applicant, "at": SCREENING, "application": application, "reviewer": reviewer,
        "reason": "전에 다투었습니다.",
    }  # fmt: skip
    return given | changes


def deciding(year, objection, **changes):
    return {
        "by": year.operator, "at": SCREENING, "objection": objection, "upheld": True, "answer": "이유가 있음",
    } | changes  # fmt: skip


@pytest.mark.requirement("R-03")
def test_the_pool_is_shown_to_everybody_who_applied_for_the_days_of_the_call(year, application, panel):
    """The names of the pool stand for the call's days; all who applied see them, screened or not."""
    year.submitted(2)
    actions.enter_reviewer(
        by=year.operator, at=SCREENING, reviewer=panel[3], details=actions.Details(available=False)
    )
    made, event = one_event(actions.show_pool, **show(year))
    assert made.until == UNTIL
    assert set(made.reviewers.all()) == set(panel[:3])
    assert event.facts["reviewers"] == [one.pk for one in panel[:3]]
    assert Mail.objects.filter(name="evaluation/pool_shown").count() == 2
    assert refusal(actions.show_pool, **show(year)) == ("R-03", "nobody_to_show")
    late = year.reviewer(9)
    again = actions.show_pool(**show(year))
    assert list(again.reviewers.all()) == [late]


@pytest.mark.requirement("R-03")
def test_panels_wait_while_applicants_may_object(year, application, panel, shown):
    """While the names stand no reviewer is assigned; then panels leave out whom an objection bars."""
    given = {"by": year.operator, "call": year.call, "round_id": "1", "reviewers": panel}
    early = UNTIL - timedelta(seconds=1)
    assert refusal(actions.assign_panels, at=early, **given) == ("R-03", "names_still_shown")
    by_hand = {"by": year.operator, "at": early, "application": application, "reviewers": panel[:1]}
    assert refusal(actions.assign, **by_hand) == ("R-03", "names_still_shown")
    actions.file_objection(**objecting(application, panel[0]))
    made = actions.assign_panels(at=UNTIL, **given)
    assert {one.reviewer for one in made} == set(panel[1:])


def test_an_objection_bars_the_pair_until_it_is_declined(year, application, panel, shown):
    pair = (application.pk, panel[0].pk)
    made, event = one_event(actions.file_objection, **objecting(application, panel[0]))
    assert (event.facts["application"], event.facts["reviewer"]) == pair
    assert queries.conflict_grounds([application], panel) == {pair: "objection_open"}
    kept, event = one_event(actions.decide_objection, **deciding(year, made, upheld=False))
    assert (kept.upheld, event.facts["removed"]) == (False, 0)
    assert queries.conflict_grounds([application], panel) == {}
    assert refusal(actions.decide_objection, **deciding(year, made)) == ("R-03", "objection_decided")
    mail = Mail.objects.get(name="evaluation/objection_decided")
    assert mail.to == application.applicant.email
    assert "이유가 있음" in mail.body


def test_an_upheld_objection_is_a_conflict_and_takes_an_assignment_away(year, application, panel, shown):
    made = actions.file_objection(**objecting(application, panel[0]))
    Objection.objects.filter(pk=made.pk).update(upheld=None)
    actions.decide_objection(**deciding(year, made))
    assert ConflictOfInterest.objects.get().reviewer == panel[0]
    found = grounds.findings([application], panel)[application.pk, panel[0].pk]
    assert [one.code for one in found] == ["objection_upheld", "declared"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"at": UNTIL}, "not_shown_now"),
        ({"by": "operator"}, "not_your_application"),
        ({"reviewer": "late"}, "not_shown_now"),
    ],
)
def test_what_is_no_objection_is_refused(year, application, panel, shown, changes, code):
    people = {"operator": year.operator, "late": year.reviewer(9)}
    given = objecting(application, panel[0]) | {
        key: people.get(value, value) if isinstance(value, str) else value for key, value in changes.items()
    }
    assert refusal(actions.file_objection, **given) == ("R-03", code)


def test_one_objection_a_pair_and_a_decision_says_why(year, application, panel, shown):
    made = actions.file_objection(**objecting(application, panel[0]))
    again = refusal(actions.file_objection, **objecting(application, panel[0]))
    assert again == ("R-03", "objected_already")
    assert refusal(actions.decide_objection, **deciding(year, made, answer=" ")) == (
        "R-03", "reason_missing",
    )  # fmt: skip
    assert refusal(actions.decide_objection, **deciding(year, made, by=application.applicant)) == (
        "R-03", "role_missing",
    )  # fmt: skip


@pytest.mark.usefixtures("now")
def test_an_applicant_sees_names_and_objects_on_the_page(client, year, application, panel, shown):
    page = f"/applications/{application.pk}/reviewers/"
    client.force_login(application.applicant)
    assert "reviewer1" in client.get(page).text
    assert client.post(page, {"reviewer": panel[0].pk}).context["form"].errors.keys() == {"reason"}
    said = {"reviewer": panel[0].pk, "reason": "전에 다투었습니다."}
    assert client.post(page, said).url == page
    assert client.post(page, said).context["refusal"].code == "objected_already"
    assert "결정을 기다림" in client.get(page).text
    client.force_login(panel[1])
    assert client.get(page).status_code == 404
    client.force_login(year.operator)
    listed = "/evaluation/objections/"
    assert "전에 다투었습니다." in client.get(listed).text
    answer = f"{listed}{Objection.objects.get().pk}/"
    assert client.post(answer, {}).context["form"].errors.keys() == {"upheld", "answer"}
    assert client.post(answer, {"upheld": "no", "answer": "근거 없음"}).url == listed
    assert (
        client.post(answer, {"upheld": "no", "answer": "또"}).context["refusal"].code == "objection_decided"
    )
    client.force_login(application.applicant)
    assert "근거 없음" in client.get(page).text


def test_names_are_gone_after_the_window(client, monkeypatch, application, panel, shown):
    monkeypatch.setattr(clock, "now", lambda: EVALUATION)
    client.force_login(application.applicant)
    text = client.get(f"/applications/{application.pk}/reviewers/").text
    assert "공개하는 이름이 없습니다" in text
    assert "reviewer1" not in text


@pytest.mark.usefixtures("now")
def test_an_operator_shows_the_pool_and_is_reminded_of_it(client, year, application, panel, auditor):
    client.force_login(year.operator)
    assert "평가위원단을 아직 공개하지 않았습니다" in client.get("/evaluation/panels/").text
    assert client.post("/evaluation/objections/").url == "/evaluation/objections/"
    assert PoolShowing.objects.get().until == UNTIL
    assert "평가위원단을 아직 공개하지 않았습니다" not in client.get("/evaluation/panels/").text
    assert client.post("/evaluation/objections/").context["refusal"].code == "nobody_to_show"
    client.force_login(auditor)
    assert client.get("/evaluation/objections/").status_code == 200
    assert client.post("/evaluation/objections/").status_code == 403
    assert list(objections.unshown(year.call, "1")) == []
