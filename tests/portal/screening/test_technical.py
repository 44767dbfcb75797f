"""Technical review: routed to vendors, answered with coded reasons, decided where nobody can."""

from datetime import UTC, datetime, timedelta

import pytest
from refusing import one_event, refusal
from simulated_year import SCREENING

from naru.portal.applications import actions as applications
from naru.portal.applications.answers import ModelAnswer
from naru.portal.evaluation import actions as evaluation
from naru.portal.mail.models import Mail
from naru.portal.organisations.models import Supplier
from naru.portal.screening import actions, queries
from naru.portal.screening import vendors as asking
from naru.portal.screening.actions import Said
from naru.portal.screening.models import ModelNarrowing, TechnicalDecision, TechnicalReview

DAY = timedelta(days=1)
DUE = datetime(2025, 3, 25, 9, tzinfo=UTC)  # six in the evening in Seoul, a week after routing
TWO = (ModelAnswer(name="yolov8n", family="yolo", primary=True), ModelAnswer(name="bert", family="roberta"))


@pytest.fixture
def vendors(year):
    return dict(year.vendor(letter) for letter in "ab")


@pytest.fixture
def application(year):
    return year.eligible(1)


@pytest.fixture
def reviews(year, application, vendors):
    actions.route(by=year.operator, at=SCREENING, application=application, vendors=vendors)
    return {review.vendor.code: review for review in TechnicalReview.objects.select_related("vendor")}


def say(review, vendors, verdict, code, note="가상의 설명"):
    return actions.answer_review(
        by=vendors[review.vendor],
        at=SCREENING,
        review=review,
        verdict=verdict,
        reason_code=code,
        note=note,
    )


def test_routing_asks_each_vendor_once(year, application, vendors):
    first, second = vendors
    given = {"by": year.operator, "at": SCREENING, "application": application}
    made, event = one_event(actions.route, vendors=[first], **given)
    assert (len(made), event.facts) == (1, {"vendors": ["vendor-a"]})
    made, _event = one_event(actions.route, vendors=[first, second], **given)
    assert [review.vendor for review in made] == [second]
    assert refusal(actions.route, vendors=[first, second], **given) == ("R-02", "no_vendor")


def test_a_round_is_routed_as_one_act(year, application, vendors):
    other = year.submitted(2)
    given = {"by": year.operator, "at": SCREENING, "call": year.call, "round_id": "1"}
    made, event = one_event(actions.route_round, **given)
    assert len(made) == 4
    assert event.facts["applications"] == [application.pk, other.pk]
    assert refusal(actions.route_round, **given) == ("R-02", "no_vendor")


def test_supporting_vendors_count_a_condition_as_support(year, application, vendors, reviews):
    _answered, event = one_event(
        lambda: say(reviews["vendor-a"], vendors, "conditional", "fixed_input_shape")
    )
    assert (event.action, event.facts["verdict"]) == ("screening.answer_review", "conditional")
    say(reviews["vendor-b"], vendors, "unsupported", "operator_missing")
    other = year.submitted(2)
    assert queries.supporting_vendors([application, other]) == {
        application.pk: frozenset({"vendor-a"}),
        other.pk: frozenset(),
    }
    assert queries.technical_standing(application) == "supported"


def test_an_answer_is_given_once_with_a_fitting_reason(vendors, reviews):
    review = reviews["vendor-a"]
    given = {"by": vendors[review.vendor], "at": SCREENING, "review": review, "note": "설명"}
    act = actions.answer_review
    assert refusal(act, verdict="supported", reason_code="operator_missing", **given) == (
        "R-02",
        "reason_not_of_verdict",
    )
    act(verdict="supported", reason_code="runs_today", **given)
    assert refusal(act, verdict="supported", reason_code="runs_today", **given) == (
        "R-02",
        "answered_already",
    )


def test_a_reopened_review_is_answered_anew(year, vendors, reviews):
    review = reviews["vendor-a"]
    say(review, vendors, "supported", "runs_today")
    given = {"by": year.operator, "at": SCREENING, "review": review}
    assert refusal(actions.reopen_review, reason=" ", **given) == ("A-05", "reason_missing")
    _review, event = one_event(actions.reopen_review, reason="반도체사가 고치기를 요청", **given)
    assert event.facts["before"] == "supported"
    say(review, vendors, "unsupported", "operator_missing")
    assert TechnicalReview.objects.get(pk=review.pk).verdict == "unsupported"


def test_a_person_decides_only_where_every_vendor_said_no(year, application, vendors, reviews):
    given = {"by": year.operator, "at": SCREENING, "application": application, "decision": "exclude"}
    act = actions.decide_unsupported
    say(reviews["vendor-a"], vendors, "unsupported", "operator_missing")
    assert refusal(act, reason="불가", **given) == ("R-02", "vendors_not_unanimous")
    assert list(queries.undecided_unsupported(year.call, "1")) == []
    say(reviews["vendor-b"], vendors, "unsupported", "memory_exceeded")
    assert list(queries.undecided_unsupported(year.call, "1")) == [application]
    assert list(queries.eligible(year.call, "1")) == [application]
    assert refusal(act, reason=" ", **given) == ("A-05", "reason_missing")
    _decision, event = one_event(act, reason="지원하는 반도체사가 없음", **given)
    assert event.facts["decision"] == "exclude"
    assert list(queries.eligible(year.call, "1")) == []
    act(reason="모델을 바꾸기로 함", **(given | {"decision": "proceed"}))
    assert list(queries.eligible(year.call, "1")) == [application]
    assert list(queries.undecided_unsupported(year.call, "1")) == []


def test_an_unrouted_application_is_not_unsupported(year, application):
    assert queries.technical_standing(application) == "unrouted"
    assert list(queries.undecided_unsupported(year.call, "1")) == []


def refuse_all(year, vendors):
    for review in TechnicalReview.objects.filter(verdict="").select_related("vendor"):
        say(review, vendors, "unsupported", "operator_missing")


def test_a_review_is_due_and_says_what_the_matrix_said_then(reviews, application):
    review = reviews["vendor-a"]
    assert (review.due_at, review.claim, review.sdk) == (DUE, "supported", "3.2")
    assert {one.code for one in reviews.values()} == {
        asking.reference(application, one.vendor) for one in reviews.values()
    }
    assert len({one.code for one in reviews.values()}) == 2


def test_each_vendor_is_mailed_once_how_many_wait_and_nothing_else(year, application, vendors):
    year.submitted(2)
    actions.route_round(by=year.operator, at=SCREENING, call=year.call, round_id="1")
    mails = Mail.objects.filter(name="screening/reviews_asked").order_by("to")
    assert [mail.to for mail in mails] == ["vendor-a@vendor-a.test", "vendor-b@vendor-b.test"]
    assert "2건" in mails[0].subject


def test_reminders_go_out_once_before_the_due_day_and_once_after(year, vendors, reviews):
    def written(at):
        actions.remind(by=None, at=at, call=year.call)
        return sorted(
            Mail.objects.filter(name__startswith="screening/reviews_", queued_at=at).values_list("name", "to")
        )

    assert written(DUE - 3 * DAY) == []
    near = [("screening/reviews_due", f"vendor-{one}@vendor-{one}.test") for one in "ab"]
    assert (written(DUE - DAY), written(DUE - DAY / 2)) == (near, [])
    say(reviews["vendor-a"], vendors, "supported", "runs_today")
    late = [("screening/reviews_overdue", "vendor-b@vendor-b.test")]
    assert (written(DUE), written(DUE + DAY)) == (late, [])


def test_a_withdrawn_application_asks_nobody(year, application, vendors, reviews):
    applications.withdraw(by=application.applicant, at=SCREENING, application=application, reason="사정")
    review = reviews["vendor-a"]
    given = {"verdict": "supported", "reason_code": "runs_today", "by": vendors[review.vendor]}
    assert refusal(actions.answer_review, at=SCREENING, review=review, **given) == ("R-02", "review_dropped")
    assert list(queries.my_reviews(review.vendor)) == []
    actions.remind(by=None, at=DUE, call=year.call)
    assert not Mail.objects.filter(name="screening/reviews_overdue").exists()


def test_one_answer_is_given_to_several_reviews_or_to_none(year, application, vendors):
    year.submitted(2)
    actions.route_round(by=year.operator, at=SCREENING, call=year.call, round_id="1")
    first, second = vendors
    mine = list(TechnicalReview.objects.filter(vendor=first).order_by("pk"))
    said = Said(verdict="conditional", reason_code="precision_lowered", note="INT8로", effort_weeks=3)
    given = {"by": vendors[first], "at": SCREENING, "said": said}
    theirs = TechnicalReview.objects.filter(vendor=second).first()
    act = actions.answer_reviews
    assert refusal(act, reviews=[*mine, theirs], **given) == ("R-02", "not_of_vendor")
    assert refusal(act, reviews=[], **given) == ("R-02", "no_reviews_chosen")
    wrong = given | {"said": Said(verdict="conditional", reason_code="precision_lowered", note=" ")}
    assert refusal(act, reviews=mine, **wrong) == ("R-02", "note_missing")
    _rows, event = one_event(act, reviews=mine, **given)
    assert event.facts["applications"] == [row.application_id for row in mine]
    kept = TechnicalReview.objects.filter(vendor=first).values_list("verdict", "note", "effort_weeks")
    assert list(kept) == [("conditional", "INT8로", 3)] * 2


def test_silence_past_the_due_instant_counts_as_a_no_of_its_own_kind(year, application, vendors, reviews):
    say(reviews["vendor-a"], vendors, "unsupported", "operator_missing")
    vendor = Supplier.objects.get(code="vendor-b")
    given = {"by": year.operator, "call": year.call, "round_id": "1", "vendor": vendor}
    act = actions.settle_silence
    assert refusal(act, at=DUE - DAY, **given) == ("R-02", "answer_not_due")
    _rows, event = one_event(act, at=DUE, **given)
    assert event.facts["applications"] == [application.pk]
    review = TechnicalReview.objects.get(vendor=vendor)
    assert (review.verdict, review.reason_code) == ("unsupported", "no_answer")
    assert queries.technical_standing(application) == "unsupported"


def test_an_applicant_narrows_and_who_refused_is_asked_again(year, vendors):
    application = year.eligible(1, models=TWO)
    actions.route_round(by=year.operator, at=SCREENING, call=year.call, round_id="1")
    refuse_all(year, vendors)
    actions.decide_unsupported(
        by=year.operator, at=SCREENING, application=application, decision="exclude", reason="지원사 없음"
    )
    given = {"at": SCREENING + DAY, "application": application, "by": application.applicant}
    act = actions.narrow_models
    assert refusal(act, kept=["yolov8n", "bert"], reason="모두", **given) == ("A-05", "not_narrower")
    assert refusal(act, kept=["yolov8n", "new"], reason="추가", **given) == ("A-05", "not_narrower")
    assert refusal(act, kept=[], reason="없음", **given) == ("A-05", "not_narrower")
    assert refusal(act, kept=["yolov8n"], reason=" ", **given) == ("A-05", "narrowing_reason_missing")
    early = given | {"at": SCREENING - 3 * DAY}
    assert refusal(act, kept=["yolov8n"], reason="접수 중", **early) == ("A-05", "narrow_by_editing")
    stranger = given | {"by": year.operator}
    assert refusal(act, kept=["yolov8n"], reason="남의 것", **stranger)[1] == "not_your_application"
    _made, event = one_event(act, kept=["yolov8n"], reason="영상만으로 합니다.", **given)
    assert (event.facts["asked_again"], event.facts["decision_dropped"]) == (["vendor-a", "vendor-b"], True)
    assert not TechnicalDecision.objects.exists()
    assert queries.technical_standing(application) == "waiting"
    assert ModelNarrowing.objects.get().kept == ["yolov8n"]
    assert application.models.count() == 2
    assert refusal(act, kept=["yolov8n"], reason="또", **given) == ("A-05", "not_narrower")


def test_nobody_is_asked_to_score_what_no_vendor_supports_before_a_person_decided(
    year, application, vendors, reviews
):
    refuse_all(year, vendors)
    reviewers = [year.reviewer(number) for number in (1, 2, 3)]
    given = {"by": year.operator, "at": SCREENING}
    one, many = evaluation.assign, evaluation.assign_panels
    asked = {"application": application, "reviewers": reviewers}
    every = {"call": year.call, "round_id": "1", "reviewers": reviewers}
    assert refusal(one, **asked, **given) == ("R-02", "technically_undecided")
    assert refusal(many, **every, **given) == ("R-02", "technically_undecided")
    actions.decide_unsupported(
        **given, application=application, decision="proceed", reason="표에 있는 계열이라 진행"
    )
    assert len(one(**asked, **given)) == 3


def test_each_act_asks_for_its_role_itself(year, application, vendors, reviews):
    review = reviews["vendor-a"]
    by = {"by": vendors[review.vendor], "at": SCREENING}
    round_ = {"call": year.call, "round_id": "1"}
    acts = {
        actions.route: {"application": application, "vendors": []},
        actions.route_round: round_,
        actions.reopen_review: {"review": review, "reason": "사유"},
        actions.settle_silence: round_ | {"vendor": review.vendor},
        actions.decide_unsupported: {
            "application": application, "decision": "exclude", "reason": "사유"
        },
    }  # fmt: skip
    assert {refusal(act, **given, **by) for act, given in acts.items()} == {("R-02", "operator_only")}
    answer = {"review": review, "verdict": "supported", "reason_code": "runs_today", "at": SCREENING}
    other = reviews["vendor-b"].vendor
    for who in (year.operator, vendors[other]):
        assert refusal(actions.answer_review, by=who, **answer) == ("R-02", "not_of_vendor")
