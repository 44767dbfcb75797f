"""The survey: answered once, by the awardee, after the use; silence beyond the due day is a ground."""

from datetime import UTC, date, datetime, timedelta

import pytest
from awarded import MATCHED, events, refused

from naru.domain.progress import due_tasks
from naru.portal.allocation import actions as allocation
from naru.portal.audit.models import Event
from naru.portal.organisations.models import Member
from naru.portal.progress import actions, queries
from naru.portal.progress.models import RestrictionCase, Survey
from naru.portal.progress.queries.standing import awardee_of

pytestmark = pytest.mark.django_db
OPENS = datetime(2025, 12, 30, 15, 0, tzinfo=UTC)  # midnight in Seoul before the last day of support
OVER = datetime(2026, 1, 30, 15, 0, tzinfo=UTC)  # midnight in Seoul after the thirtieth day
SECOND = timedelta(seconds=1)
ANSWERS = {
    "satisfaction": 4,
    "launched": True,
    "users": 1200,
    "jobs": 2,
    "plans": " 모델을 하나 더 옮긴다 ",
    "follow_up": False,
}


def answer(award, at=OPENS, by=None, **changes):
    by = by or award.application.applicant
    return actions.answer_survey(by=by, at=at, award=award, answers=ANSWERS | changes)


def notice(award, operator, at):
    return actions.notice_case(
        by=operator, at=at, award=award, ground="survey_missing", facts="기한까지 답하지 않음"
    )


def test_the_answers_are_kept_and_the_record_holds_their_fingerprint(award):
    survey = answer(award)
    assert Survey.objects.get() == survey
    assert survey.answers == ANSWERS | {"plans": "모델을 하나 더 옮긴다"}
    assert (survey.answered_by, survey.answered_at) == (award.application.applicant, OPENS)
    event = Event.objects.get(action="progress.answer_survey")
    assert (event.facts["award"], event.facts["due"], len(event.facts["answers"])) == (
        award.pk,
        "2026-01-30",
        64,
    )
    assert "옮긴다" not in str(event.facts)


def test_an_answer_is_given_once(award):
    answer(award)
    assert refused("survey_answered", lambda: answer(award, satisfaction=1)) == "P-05"
    assert Survey.objects.get().answers["satisfaction"] == 4


def test_not_before_the_last_day_of_use(award):
    assert refused("survey_too_early", lambda: answer(award, OPENS - SECOND)) == "P-05"
    answer(award)


def test_who_left_answers_from_that_day_on(award):
    left = datetime(2025, 6, 2, tzinfo=UTC)
    allocation.withdraw(by=award.application.applicant, at=left, award=award, reason="폐업")
    refused("survey_too_early", lambda: answer(award, left - timedelta(days=1)))
    assert answer(award, left).answered_at == left
    assert Event.objects.get(action="progress.answer_survey").facts["due"] == "2025-07-02"


def test_a_late_answer_is_taken(award):
    assert answer(award, OVER + timedelta(days=60)).pk


def test_only_the_awardee_answers(award, operator, make_user):
    stranger = make_user("stranger")
    assert refused("not_the_awardee", lambda: answer(award, by=stranger)) == "P-05"
    assert refused("not_the_awardee", lambda: answer(award, by=operator)) == "P-05"
    company = award.application.organisation
    Member.objects.create(organisation=company, user=stranger, role="member", added_at=MATCHED)
    assert answer(award, by=stranger).answered_by == stranger


def test_nobody_answers_for_a_server_never_handed_over(stage, acts):
    stage.selected(1)
    award = acts.opened(stage)[0]
    assert refused("survey_not_owed", lambda: answer(award)) == "P-05"


@pytest.mark.parametrize(
    "wrong",
    [
        {"satisfaction": 0},
        {"satisfaction": 6},
        {"satisfaction": True},
        {"launched": 1},
        {"users": -1},
        {"users": 1.5},
        {"jobs": None},
        {"plans": "  "},
        {"plans": "x" * 4001},
        {"follow_up": "yes"},
        {"shoe_size": 270},
    ],
)
def test_answers_fit_their_questions(award, wrong):
    assert refused("answers_unfit", lambda: answer(award, **wrong)) == "P-05"
    assert Survey.objects.count() == 0


def test_an_answer_ends_the_obligation(award, stage):
    terms = queries.terms_of(stage.call)

    def owed():
        award.refresh_from_db()
        return "survey" in [one.obligation for one in due_tasks(terms, awardee_of(award, terms), OVER)]

    assert owed()
    answer(award)
    assert not owed()


def test_a_case_needs_the_due_day_to_have_passed(award, operator):
    assert refused("ground_not_on_record", lambda: notice(award, operator, OVER - SECOND)) == "P-05"
    assert notice(award, operator, OVER).clause == "P-05"


def test_no_case_against_who_has_answered(award, operator):
    answer(award, OVER + SECOND)
    assert (
        refused("ground_not_on_record", lambda: notice(award, operator, OVER + timedelta(days=9))) == "P-05"
    )
    assert RestrictionCase.objects.count() == 0


def test_no_case_where_no_survey_was_owed(stage, acts, operator):
    stage.selected(1)
    award = acts.opened(stage)[0]
    assert refused("ground_not_on_record", lambda: notice(award, operator, OVER)) == "P-05"


def test_notice_and_decision_name_what_may_be_claimed_back(award, operator, stage):
    for number in (4, 5, 6):
        month = date(2025, number, 1)
        at = datetime(2025, number, 28, tzinfo=UTC)
        allocation.record_month(by=operator, at=at, call=stage.call, month=month)
    case = notice(award, operator, OVER)
    cost = 3 * queries.terms_of(stage.call).resource("npu-60").monthly_cost
    assert queries.process(case, OVER).clawback == cost > 0
    actions.decide_case(by=operator, at=case.hearing_until, case=case, restrict=True, reason="답이 없었음")
    facts = Event.objects.order_by("pk").filter(action__in=["progress.notice_case", "progress.decide_case"])
    assert [event.facts["clawback"] for event in facts] == [cost, cost]
    assert events("progress.decide_case") == 1


def test_other_grounds_claim_nothing_back(award, operator):
    actions.notice_case(by=operator, at=OVER, award=award, ground="use_outside_plan", facts="학습 작업")
    assert Event.objects.get(action="progress.notice_case").facts["clawback"] == 0
