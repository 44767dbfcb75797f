"""Technical review: routed to vendors, answered with coded reasons, decided where nobody can."""

import pytest
from refusing import one_event, refusal
from simulated_year import SCREENING

from naru.portal.screening import actions, queries
from naru.portal.screening.models import TechnicalReview


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
