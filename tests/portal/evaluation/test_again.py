"""A second review after an appeal: by others than before, beside the round's result, closed by itself."""

import pytest
from refusing import one_event, refusal
from simulated_year import EVALUATION, declared, finalised, sums

from naru.domain.decision import Refused
from naru.portal.evaluation import actions, again, queries
from naru.portal.evaluation.models import EvaluationClosing, ReviewAssignment


@pytest.fixture
def application(year):
    """Scored by one reviewer, its round closed."""
    row = year.eligible(1)
    seat = actions.assign(by=year.operator, at=EVALUATION, application=row, reviewers=[year.reviewer(1)])[0]
    score(seat)
    EvaluationClosing.objects.create(
        call=year.call, round_id="1", closed_by=year.operator, closed_at=EVALUATION
    )
    return row


def score(seat, **changes):
    return finalised(seat, changes)


def asking(year, application, *reviewers):
    return {"by": year.operator, "at": EVALUATION, "application": application, "reviewers": reviewers}


def asked(year, application, *reviewers):
    return actions.assign_again(**asking(year, application, *reviewers))


def test_others_are_asked_though_the_round_is_closed_and_their_sheets_stand_apart(year, application):
    (seat,), event = one_event(actions.assign_again, **asking(year, application, year.reviewer(2)))
    assert (event.action, event.facts) == ("evaluation.assign_again", {"reviewers": [seat.reviewer_id]})
    before = queries.final_sheets(year.call, "1")
    score(seat, need=9)
    assert again.final_sheets(application) == [(seat.reviewer_id, sums({"need": 9}))]
    assert queries.final_sheets(year.call, "1") == before
    assert [one.panel for one in queries.coverage(year.call, "1")] == [1]
    assert list(queries.others(seat)) == []


def test_nobody_who_was_ever_asked_reviews_it_again(year, application):
    first = ReviewAssignment.objects.get()
    with pytest.raises(Refused) as caught:
        asked(year, application, first.reviewer)
    assert dict(caught.value.finding.facts)["conflicts"] == f"{first.reviewer}:reviewed_before"
    assert first.reviewer not in queries.free_reviewers(application)


def test_a_conflict_keeps_a_new_reviewer_out_too(year, application):
    other = year.reviewer(2)
    actions.declare_conflict(
        by=year.operator, at=EVALUATION, application=application, reviewer=other, reason="가상의 사유"
    )
    refused = refusal(actions.assign_again, **asking(year, application, other))
    assert refused == ("R-03", "conflict_of_interest")


def test_the_second_review_closes_alone_and_the_first_stays_closed(year, application):
    first = ReviewAssignment.objects.get()
    seat = declared(*asked(year, application, year.reviewer(2)))
    _closed, event = one_event(actions.close_again, by=year.operator, at=EVALUATION, application=application)
    assert event.facts == {"seats": 1}
    for one in (first, seat):
        assert refusal(score, seat=one) == ("R-03", "evaluation_closed")
    assert [row.closed for row in queries.desk(seat.reviewer, EVALUATION)] == [True]


def test_only_an_operator_asks_and_closes(year, application):
    given = asking(year, application) | {"by": year.reviewer(3)}
    assert refusal(actions.assign_again, **given) == ("R-03", "role_missing")
    del given["reviewers"]
    assert refusal(actions.close_again, **given) == ("R-03", "role_missing")


def test_the_reviewer_sees_that_it_is_a_second_review(year, application, client):
    seat = declared(*asked(year, application, year.reviewer(2)))
    client.force_login(seat.reviewer)
    assert "재심" in client.get("/evaluation/mine/").content.decode()
    assert client.get(f"/evaluation/mine/{seat.pk}/").status_code == 200
