"""The survey's pages: the awardee answers and reads, operators see who has not, auditors read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from naru.portal.progress import actions
from naru.portal.progress.models import RestrictionCase, Survey
from naru.portal.ui import clock

pytestmark = pytest.mark.django_db
JANUARY = datetime(2026, 1, 20, 1, 0, tzinfo=UTC)
FEBRUARY = datetime(2026, 2, 3, 1, 0, tzinfo=UTC)
FORM = {
    "satisfaction": "4",
    "launched": "yes",
    "users": "1200",
    "jobs": "0",
    "plans": "모델을 하나 더 옮김",
    "follow_up": "no",
}
ANSWERS = FORM | {"satisfaction": 4, "launched": True, "users": 1200, "jobs": 0, "follow_up": False}


@pytest.fixture
def at_time(monkeypatch):
    def at_time(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    at_time(JANUARY)
    return at_time


@pytest.fixture(autouse=True)
def _in_january(at_time):
    pass


@pytest.fixture
def page(client, award):
    client.force_login(award.application.applicant)
    return f"/applications/{award.application_id}/survey/"


def answered(award):
    return actions.answer_survey(by=award.application.applicant, at=JANUARY, award=award, answers=ANSWERS)


def test_the_awardee_answers_and_reads_the_answers(client, page, award):
    asked = client.get(page).content.decode()
    assert asked.count("<fieldset") >= 3
    assert "설문과 성과조사에 응하지 않으면" in asked
    assert "Clause(" not in asked
    assert client.post(page, FORM).url == page
    assert Survey.objects.get().answers == ANSWERS
    shown = client.get(page).content.decode()
    assert "1,200" in shown
    assert "4 만족" in shown
    assert 'name="plans"' not in shown
    assert client.post(page, FORM).status_code == 422
    assert Survey.objects.count() == 1


def test_a_wrong_answer_comes_back_with_the_form(client, page):
    answer = client.post(page, FORM | {"users": "-1", "launched": ""})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"users", "launched"})


def test_before_the_end_the_page_says_when_it_opens(client, page, at_time):
    at_time(datetime(2025, 12, 1, tzinfo=UTC))
    shown = client.get(page).content.decode()
    assert "12월 31일" in shown
    assert "<textarea" not in shown
    refusal = client.post(page, FORM)
    assert (refusal.status_code, Survey.objects.count()) == (422, 0)
    assert "[P-05]" in refusal.content.decode()


def test_the_task_leads_to_the_survey_until_it_is_answered(client, page, award):
    progress = page.replace("survey", "progress")
    tasks = client.get(progress).context["tasks"]
    assert "progress:survey" in [link for _task, link in tasks]
    assert f'href="{page}"' in client.get(progress).content.decode()
    answered(award)
    assert "progress:survey" not in [link for _task, link in client.get(progress).context["tasks"]]


def test_a_foreign_survey_does_not_exist(client, page, make_user, operator):
    client.force_login(make_user("stranger"))
    assert {client.get(page).status_code, client.post(page, FORM).status_code} == {404}
    client.logout()
    assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"),
    [("operator", 200), ("auditor", 200), ("vendor", 403), ("cloud", 403), ("reviewer", 403), (None, 403)],
)
def test_who_sees_the_list(client, make_user, award, role, status):
    client.force_login(make_user("kim", *([role] if role else [])))
    assert client.get("/progress/surveys/").status_code == status


def test_the_list_leads_from_silence_to_a_case(client, operator, award, at_time):
    client.force_login(operator)
    notice = f"/progress/{award.pk}/case/?ground=survey_missing"
    listed = client.get("/progress/surveys/")
    assert [(one.award.pk, one.overdue, one.case) for one in listed.context["page"]] == [
        (award.pk, False, None)
    ]
    assert notice not in listed.content.decode()
    at_time(FEBRUARY)
    assert notice in client.get("/progress/surveys/").content.decode()
    form = client.get(notice)
    assert form.context["form"]["ground"].value() == "survey_missing"
    assert "환수 검토 금액" in form.content.decode()
    assert client.post(notice, {"ground": "survey_missing", "facts": "답이 없음"}).status_code == 302
    case = RestrictionCase.objects.get()
    assert f"/progress/cases/{case.pk}/" in client.get("/progress/surveys/").content.decode()
    assert "환수 검토 금액" in client.get(f"/progress/cases/{case.pk}/").content.decode()


def test_the_party_reads_the_sum_and_may_still_answer(client, page, award, operator, at_time):
    at_time(FEBRUARY)
    case = actions.notice_case(
        by=operator, at=FEBRUARY, award=award, ground="survey_missing", facts="답이 없음"
    )
    own = page.replace("survey/", f"cases/{case.pk}/")
    shown = client.get(own).content.decode()
    assert "환수 검토 금액" in shown
    assert page in shown
    assert client.post(page, FORM).status_code == 302
    assert "지금이라도" not in client.get(own).content.decode()
    client.force_login(operator)
    assert client.get("/progress/surveys/").context["open"] == 0
    assert "모델을 하나 더 옮김" in client.get(f"/progress/{award.pk}/").content.decode()


def test_an_auditor_is_offered_no_notice(client, auditor, award, at_time):
    at_time(FEBRUARY)
    client.force_login(auditor)
    assert "?ground=" not in client.get("/progress/surveys/").content.decode()


def test_before_the_end_nobody_is_listed(client, operator, award, at_time):
    at_time(datetime(2025, 12, 1, tzinfo=UTC))
    client.force_login(operator)
    assert "답하지 않은 곳이 없습니다" in client.get("/progress/surveys/").content.decode()


def test_the_list_asks_as_often_for_three_as_for_one(client, operator, stage, acts, at_time):
    for number in (1, 2, 3):
        stage.selected(number)
    awards = [acts.in_use(award) for award in acts.opened(stage)]
    for award in awards[1:]:
        answered(award)
    at_time(FEBRUARY + timedelta(days=1))
    client.force_login(operator)
    counted = []
    for shown in (1, 3):
        client.get("/progress/surveys/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/progress/surveys/").context["open"] == shown
        counted.append(len(captured))
        Survey.objects.all().delete()
    assert counted == [7, 7]  # the read itself included


def test_pages_speak_english(client, page, operator, award):
    client.cookies["django_language"] = "en"
    assert "How satisfied are you" in client.get(page).content.decode()
    client.force_login(operator)
    assert "Months of use" in client.get("/progress/surveys/").content.decode()
