"""R-03 and R-04 where a person meets them: the pledge, the sheet, the board, the closing."""

import pytest
from simulated_year import EVALUATION, full

from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.models import EvaluationClosing, ReviewAssignment, ScoreSheet

PLEDGE = {"agreed": "on", "declared": "on"}


def typed(**changes):
    points = {f"points_{criterion}": points for criterion, points in full().items()}
    return points | {"comment": "근거가 분명합니다.", "act": "final"} | changes


@pytest.mark.requirement("R-03")
def test_a_round_is_evaluated_through_the_pages(client, year):
    """Operator assigns with a preview; each reviewer pledges, scores and reads back; the operator closes."""
    application = year.eligible(1)
    people = [year.reviewer(number, pledged=False) for number in (1, 2, 3)]
    client.force_login(year.operator)
    said = {"per_application": 3, "reviewers": [one.pk for one in people]}
    assert "신청 1건에 평가 3건을 새로 배정합니다." in client.get("/evaluation/panels/", said).text
    client.post("/evaluation/panels/", said)
    for assignment in ReviewAssignment.objects.select_related("reviewer"):
        client.force_login(assignment.reviewer)
        page = f"/evaluation/mine/{assignment.pk}/"
        assert client.get(page).url == "/evaluation/pledge/2025-npu/"
        client.post("/evaluation/pledge/2025-npu/", PLEDGE)
        shown = client.post(page, typed(), follow=True)
        stored = ScoreSheet.objects.get(assignment=assignment)
        assert stored.sha256[:12] in shown.text
        assert "1판" in shown.text
        assert "81 / 100" in shown.text
    client.force_login(year.operator)
    client.post("/evaluation/close/")
    assert EvaluationClosing.objects.get().closed_by == year.operator
    assert queries.final_sheets(year.call, "1") == {application.pk: [(one.pk, full()) for one in people]}


@pytest.mark.requirement("R-04")
def test_a_reviewer_gives_no_bonus(client, year, terms):
    """The youth point is added by selection, on evidence: no sheet has a place for it, none exceeds 100."""
    reviewer = year.reviewer(1)
    application = year.eligible(1, youth_claimed=True)
    row = actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=[reviewer])[0]
    client.force_login(reviewer)
    page = f"/evaluation/mine/{row.pk}/"
    fields = set(client.get(page).context["form"].fields)
    assert fields == {f"points_{one.id}" for one in terms.criteria} | {"comment"}
    best = {f"points_{one.id}": one.points for one in terms.criteria}
    client.post(page, typed(**best, points_youth=1))
    stored = ScoreSheet.objects.get()
    assert stored.total == 100
    assert set(stored.points) == {one.id for one in terms.criteria}
