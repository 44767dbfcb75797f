"""A reviewer leaves midway: open sheets go to others at once, final ones stay, nothing is done by halves."""

import pytest
from refusing import one_event, refusal
from simulated_year import EVALUATION, finalised, full, sums

from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.models import ReviewAssignment, ReviewerProfile


@pytest.fixture
def panel(year):
    return [year.reviewer(number) for number in range(1, 6)]


@pytest.fixture
def rows(year, panel):
    """Three applications of the first three reviewers; the first reviewer's first sheet is final."""
    applications = [year.eligible(serial) for serial in (1, 2, 3)]
    for application in applications:
        actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=panel[:3])
    seats = list(ReviewAssignment.objects.filter(reviewer=panel[0]).order_by("application__number"))
    finalised(seats[0])
    write(actions.save_sheet, seats[1])
    return applications


def write(act, seat):
    act(by=seat.reviewer, at=EVALUATION, assignment=seat, points=full(), comment="근거")


def leaving(year, reviewer, **changes):
    given = {
        "by": year.operator, "at": EVALUATION, "call": year.call, "round_id": "1", "reviewer": reviewer,
        "reason": "장기 출장",
    }  # fmt: skip
    return given | changes


@pytest.mark.requirement("R-03")
def test_who_leaves_keeps_the_final_sheets_and_hands_over_the_open_ones(year, panel, rows):
    """A reviewer who leaves midway is replaced in every open sheet at once; what was final stays."""
    made, event = one_event(actions.replace_reviewer, **leaving(year, panel[0]))
    assert sorted(one.application_id for one in made) == [rows[1].pk, rows[2].pk]
    assert {one.reviewer for one in made} == {panel[3], panel[4]}  # one each: the work stays even
    assert len(event.facts["removed"]) == len(event.facts["pairs"]) == 2
    mine = ReviewAssignment.objects.filter(reviewer=panel[0])
    assert [one.application_id for one in mine.filter(removed_at=None)] == [rows[0].pk]
    assert set(mine.exclude(removed_at=None).values_list("removal_reason", flat=True)) == {"장기 출장"}
    assert queries.final_sheets(year.call, "1")[rows[0].pk] == [(panel[0].pk, sums())]
    assert {one.panel for one in queries.coverage(year.call, "1")} == {3}
    assert ReviewerProfile.objects.get(reviewer=panel[0]).available is False
    assert refusal(actions.replace_reviewer, **leaving(year, panel[0])) == ("R-03", "nothing_open")


def test_panels_of_another_size_keep_it(year, panel, rows):
    actions.assign(by=year.operator, at=EVALUATION, application=rows[1], reviewers=[panel[3]])
    made = actions.replace_reviewer(**leaving(year, panel[0]))
    assert {one.application_id: one.panel_size for one in _sized(made)} == {rows[1].pk: 4, rows[2].pk: 3}


def _sized(made):
    for one in made:
        one.panel_size = queries.in_force().filter(application=one.application_id).count()
    return made


@pytest.mark.parametrize(
    ("changes", "code"), [({"reason": " "}, "reason_missing"), ({"by": "reviewer"}, "role_missing")]
)
def test_a_replacement_says_why_and_is_the_operators(year, panel, rows, changes, code):
    given = changes | ({"by": panel[1]} if "by" in changes else {})
    assert refusal(actions.replace_reviewer, **leaving(year, panel[0], **given)) == ("R-03", code)


def test_where_nobody_is_free_nothing_changes(year, panel, rows):
    for one in panel[3:]:
        actions.declare_conflict(
            by=year.operator, at=EVALUATION, application=rows[2], reviewer=one, reason="친족"
        )
    refused = refusal(actions.replace_reviewer, **leaving(year, panel[0]))
    assert refused == ("R-03", "reviewers_lacking")
    assert queries.in_force().filter(reviewer=panel[0]).count() == 3


def test_after_the_closing_nobody_is_replaced(year, panel, rows):
    for seat in queries.in_force().select_related("reviewer", "application__call"):
        if queries.open_seats(seat.reviewer, year.call, "1").filter(pk=seat.pk).exists():
            finalised(seat)
    actions.close(by=year.operator, at=EVALUATION, call=year.call, round_id="1")
    assert refusal(actions.replace_reviewer, **leaving(year, panel[0])) == ("R-03", "evaluation_closed")


def test_the_operator_sees_who_takes_over_first(client, year, panel, rows):
    client.force_login(year.operator)
    page = f"/evaluation/pool/{panel[0].pk}/leave/"
    answer = client.get(page)
    assert answer.context["takes"] == [(panel[3], 1), (panel[4], 1)]
    assert "확정 전 평가표 2건" in answer.text
    assert client.post(page, {}).context["form"].errors.keys() == {"reason"}
    assert client.post(page, {"reason": "장기 출장"}).url == "/evaluation/pool/"
    assert "확정하지 않은 평가표가 없습니다." in client.get(page).text
    assert client.post(page, {"reason": "또"}).context["refusal"].code == "nothing_open"
    assert client.get(f"/evaluation/pool/{year.operator.pk}/leave/").status_code == 404
