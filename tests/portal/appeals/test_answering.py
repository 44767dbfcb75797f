"""Answering: put off once, dismissed or rejected by one, upheld by two; then looked at again by others."""

import pytest
from refusing import one_event, refusal
from selecting import HOUR, SELECTING

from naru.codec.verification import verify
from naru.portal.appeals import actions, queries
from naru.portal.appeals.models import ExtraSeat, WaitingPlace
from naru.portal.evaluation.models import ReviewAssignment
from naru.portal.mail.models import Mail
from naru.portal.selection.models import SelectionOutcome, SelectionRun

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-06")]
PUBLISHED = SELECTING + HOUR
DAY = HOUR * 24
FULL = {"purpose": 30, "field": 5, "contents": 50, "need": 10, "other": 5}


def by(stage, days=3, *, second=False):
    return {"by": stage.operator2 if second else stage.operator, "at": PUBLISHED + days * DAY}


def sent(name):
    return Mail.objects.filter(name=f"appeals/{name}").count()


def test_the_answer_is_put_off_once_by_ten_days_with_a_reason_by_mail(stage):
    """An answer that takes longer is put off once, and who filed is told why."""
    appeal = stage.file(3)
    kept, event = one_event(actions.extend, appeal=appeal, reason="가상의 사유", **by(stage))
    assert (kept.due_at - appeal.due_at, sent("extended")) == (10 * DAY, 1)
    assert event.facts["due"] == kept.due_at.isoformat()
    assert refusal(actions.extend, appeal=appeal, reason="또", **by(stage)) == ("R-06", "extended_already")


@pytest.mark.parametrize("verdict", ["rejected", "dismissed"])
def test_one_operator_rejects_or_dismisses_with_the_reason(stage, verdict):
    appeal = stage.answer(stage.file(3), verdict, code="no_standing" if verdict == "dismissed" else "")
    assert (appeal.state, appeal.decided_by, sent("answered")) == (verdict, stage.operator, 1)
    answer = actions.Answer(verdict="rejected", reason="또")
    assert refusal(actions.answer, appeal=appeal, given=answer, **by(stage)) == ("R-06", "wrong_state")


def test_two_persons_uphold_and_nothing_is_told_before_the_second(stage):
    appeal = stage.answer(stage.file(3), remedy="rereview")
    assert (appeal.state, sent("answered")) == ("proposed", 0)
    assert refusal(actions.confirm, appeal=appeal, **by(stage)) == ("R-06", "second_person_needed")
    kept, event = one_event(actions.confirm, appeal=appeal, **by(stage, second=True))
    assert (kept.state, sent("answered"), event.facts["remedy"]) == ("upheld", 1, "rereview")


def test_the_second_person_may_send_it_back_with_a_reason(stage):
    appeal = stage.answer(stage.file(3), remedy="rereview")
    given = {"appeal": appeal} | by(stage, second=True)
    assert refusal(actions.send_back, reason=" ", **given) == ("R-06", "reason_missing")
    kept = actions.send_back(reason="근거가 모자랍니다.", **given)
    assert (kept.state, kept.sent_back, kept.remedy) == ("filed", "근거가 모자랍니다.", "")
    assert stage.answer(kept, "rejected").state == "rejected"


def test_a_remedy_has_to_fit_what_is_objected_to(stage):
    answer = actions.Answer(verdict="upheld", reason="답", remedy="rescreen")
    appeal = stage.file(3)
    assert refusal(actions.answer, appeal=appeal, given=answer, **by(stage)) == ("R-06", "remedy_unfit")


@pytest.mark.parametrize("act", ["extend", "answer", "confirm", "send_back", "settle", "sign_seat"])
def test_only_operators_answer(stage, act):
    appeal = stage.file(3)
    given = {"by": appeal.filed_by, "at": PUBLISHED + 2 * DAY, "appeal": appeal}
    given |= {"reason": "글"} if act in ("extend", "send_back") else {}
    given |= {"given": actions.Answer(verdict="rejected", reason="글")} if act == "answer" else {}
    assert refusal(getattr(actions, act), **given) == ("R-06", "operators_only")


def test_nobody_who_reviewed_it_before_reviews_it_again(stage):
    """An upheld appeal goes to reviewers who never saw the application."""
    appeal = stage.uphold(3)
    before = ReviewAssignment.objects.filter(application=appeal.application).first().reviewer
    given = {"appeal": appeal, "reviewers": [before]} | by(stage)
    assert refusal(actions.appoint, **given) == ("R-03", "conflict_of_interest")


def test_the_second_review_needs_as_many_sheets_as_the_first(stage):
    appeal = stage.uphold(3)
    assert refusal(actions.settle, appeal=appeal, **by(stage)) == ("R-06", "second_review_incomplete")


def test_who_would_have_been_selected_heads_the_waiting_list_and_the_published_result_stays(stage):
    """What was published is never changed: the recomputed result stands beside it, with its own record."""
    published = list(SelectionOutcome.objects.values_list("application", "status", "rank", "score"))
    record = SelectionRun.objects.get().record
    appeal = stage.uphold(5)
    stage.reviewed(appeal, FULL)
    kept = stage.settle(appeal)
    assert kept.result == {
        "before": ["waiting", 5, "75.00"],
        "status": "selected",
        "rank": 1,
        "score": "100.00",
        "better": True,
        "selected": True,
    }
    assert verify(kept.record) is None
    assert (WaitingPlace.objects.get().heads, sent("settled")) == (True, 1)
    assert list(SelectionOutcome.objects.values_list("application", "status", "rank", "score")) == published
    assert SelectionRun.objects.get().record == record
    assert queries.second_review(appeal.application)[0].again_closed_at is not None


def test_who_comes_out_better_but_not_selected_waits_by_the_new_rank(stage):
    appeal = stage.uphold(5)
    stage.reviewed(appeal, FULL | {"contents": 38})  # 88 points: before 3 and 4, behind 1 and 2
    stage.settle(appeal)
    place = WaitingPlace.objects.get()
    assert (place.rank, place.heads) == (3, False)


def test_who_comes_out_no_better_keeps_what_was_published(stage):
    appeal = stage.uphold(3)
    stage.reviewed(appeal, FULL | {"contents": 10})
    assert stage.settle(appeal).result["better"] is False
    assert WaitingPlace.objects.count() == 0


def test_who_was_left_out_is_evaluated_and_ranked_as_it_would_have_been(stage):
    changes = {"against": "screening", "grounds": ["eligibility_fact"]}
    appeal = stage.uphold(6, remedy="rescreen", **changes)
    stage.reviewed(appeal, FULL)
    kept = stage.settle(appeal)
    assert (kept.result["before"], kept.result["rank"], kept.result["selected"]) == (None, 1, True)
    assert verify(kept.record) is None


def test_points_entered_wrongly_are_put_right_without_a_new_panel(stage):
    row = stage.one(3)
    points = {one.pk: {"purpose": 30} for one in row.assignments.all()}
    appeal = stage.uphold(3, remedy="correct", points=points, against="score", grounds=["score_entry"])
    kept = stage.settle(appeal)
    assert (kept.result["before"], kept.result["status"]) == (["waiting", 3, "85.00"], "selected")
    assert kept.record_sha256 == kept.record["hashes"]["root"]


@pytest.mark.parametrize("points", [{}, {"contents": 51}])
def test_a_correction_changes_something_within_bounds(stage, points):
    row = stage.one(3)
    seat = row.assignments.first()
    appeal = stage.file(3, against="score", grounds=["score_entry"])
    answer = actions.Answer(verdict="upheld", reason="답", remedy="correct", points={seat.pk: points})
    assert refusal(actions.answer, appeal=appeal, given=answer, **by(stage)) == ("R-06", "nothing_corrected")


@pytest.fixture
def headed(stage):
    appeal = stage.uphold(5)
    stage.reviewed(appeal, FULL)
    return stage.settle(appeal)


SEAT = {"budget_line": "가상 예비비", "units": 9, "reason": "가상의 사유"}


def test_a_seat_beyond_the_quota_takes_two_signatures_and_a_budget(stage, headed):
    """Beyond the quota there is a seat only by a signed decision with its budget."""
    seat, event = one_event(actions.propose_seat, appeal=headed, **SEAT, **by(stage, 7))
    assert event.facts["units"] == 9
    assert queries.seats_for(stage.call) == {}
    assert refusal(actions.sign_seat, appeal=headed, **by(stage, 7)) == ("R-06", "second_person_needed")
    actions.sign_seat(appeal=headed, **by(stage, 7, second=True))
    assert queries.seats_for(stage.call) == {headed.application_id: "npu-60"}
    assert queries.extra_units(stage.call) == 9
    assert refusal(actions.propose_seat, appeal=headed, **SEAT, **by(stage, 8)) == (
        "C-04",
        "extra_seat_not_due",
    )
    assert ExtraSeat.objects.get() == seat


def test_no_extra_seat_for_who_would_not_have_been_selected(stage):
    appeal = stage.uphold(5)
    stage.reviewed(appeal, FULL | {"contents": 38})
    kept = stage.settle(appeal)
    assert refusal(actions.propose_seat, appeal=kept, **SEAT, **by(stage, 7)) == (
        "C-04",
        "extra_seat_not_due",
    )
