"""R-03 and R-04 where a person meets them: the pledge, the sheet, the board, the closing."""

import pytest
from simulated_year import EVALUATION, declared, finish, full, sums

from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.models import EvaluationClosing, ReviewAssignment, ScoreSheet


def typed(**changes):
    points = {f"points_{criterion}": points for criterion, points in full().items()}
    return points | {"comment": "근거가 분명합니다."} | changes


@pytest.mark.requirement("R-03")
def test_a_round_is_evaluated_through_the_pages(client, year):
    """Panels with a preview; each reviewer pledges, declares, scores and reads back; the operator closes."""
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
        client.post("/evaluation/pledge/2025-npu/", {"agreed": "on"})
        assert client.get(page).url == "/evaluation/declaration/2025-npu/"
        client.post("/evaluation/declaration/2025-npu/", {"complete": "on"})
        shown = finish(client, page, typed())
        stored = ScoreSheet.objects.get(assignment=assignment, state="final")
        assert stored.sha256 in shown.text
        assert "2판" in shown.text
        assert "81 / 100" in shown.text
    client.force_login(year.operator)
    client.post("/evaluation/close/")
    assert EvaluationClosing.objects.get().closed_by == year.operator
    assert queries.final_sheets(year.call, "1") == {application.pk: [(one.pk, sums()) for one in people]}


@pytest.mark.requirement("R-04")
def test_a_reviewer_gives_no_bonus(client, year, terms):
    """The youth point is added by selection, on evidence: no sheet has a place for it, none exceeds 100."""
    reviewer = year.reviewer(1)
    application = year.eligible(1, youth_claimed=True)
    row = actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=[reviewer])[0]
    declared(row)
    client.force_login(reviewer)
    page = f"/evaluation/mine/{row.pk}/"
    fields = set(client.get(page).context["form"].fields)
    parts = [part for one in terms.criteria for part in one.parts]
    assert fields == {f"points_{one.key}" for one in parts} | {"comment"}
    finish(client, page, typed(**{f"points_{one.key}": one.most for one in parts}, points_youth=1))
    stored = ScoreSheet.objects.get(state="final")
    assert stored.total == 100
    assert set(stored.points) == {one.id for one in terms.criteria}
