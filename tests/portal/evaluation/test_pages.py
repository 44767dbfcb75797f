"""The pages of evaluation per role: pledge first, own sheets only, others' scores after one's own."""

import pytest
from simulated_year import EVALUATION, declared, finalised, finish, full

from naru.portal.calls.actions import freeze_quotas
from naru.portal.evaluation import actions
from naru.portal.evaluation.models import (
    ConflictOfInterest,
    EvaluationClosing,
    Pledge,
    ReviewAssignment,
    ScoreSheet,
)
from naru.portal.ui import clock


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: EVALUATION)


@pytest.fixture
def application(year):
    return year.eligible(1)


@pytest.fixture
def panel(year, application):
    people = [year.reviewer(number) for number in (1, 2, 3)]
    actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=people)
    rows = ReviewAssignment.objects.select_related("reviewer", "application__call").order_by("pk")
    return [declared(row) for row in rows]


def typed(points=None, **more):
    given = {f"points_{code}": value for code, value in (points or full()).items()}
    return {"act": "review", "comment": "구체적입니다."} | given | more


def score(assignment, **points):
    finalised(assignment, points, "다른 위원의 의견")


@pytest.mark.parametrize("path", ["/evaluation/", "/evaluation/panels/", "/evaluation/close/"])
def test_staff_rooms_are_the_operators(client, year, path, operator, reviewer):
    assert client.get(path).status_code == 302
    client.force_login(reviewer)
    assert client.get(path).status_code == 403
    client.force_login(operator)
    assert client.get(path).status_code == 200


def test_auditors_read_and_do_not_act(client, year, panel, application, auditor):
    client.force_login(auditor)
    assert client.get("/evaluation/").status_code == 200
    assert client.get(f"/evaluation/applications/{application.pk}/").status_code == 200
    assert client.post("/evaluation/close/").status_code == 403
    assert client.post(f"/evaluation/assignments/{panel[0].pk}/remove/", {"reason": "왜"}).status_code == 403


def test_nothing_opens_before_the_pledge(client, year, application):
    newcomer = year.reviewer(9, pledged=False)
    actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=[newcomer])
    path = f"/evaluation/mine/{ReviewAssignment.objects.get().pk}/"
    client.force_login(newcomer)
    assert client.get(path).url == "/evaluation/pledge/2025-npu/"
    assert "먼저 서약이 필요합니다" in client.get("/evaluation/mine/").text
    assert client.post("/evaluation/pledge/2025-npu/", {}).status_code == 200
    assert not Pledge.objects.exists()
    answer = client.post("/evaluation/pledge/2025-npu/", {"agreed": "on"})
    assert answer.url == "/evaluation/declaration/2025-npu/"
    assert Pledge.objects.get().reviewer == newcomer
    assert "서약했습니다" in client.get("/evaluation/pledge/2025-npu/").text
    assert "근거 R-03" in client.post("/evaluation/pledge/2025-npu/", {"agreed": "on"}).text
    assert client.get(path).url == "/evaluation/declaration/2025-npu/"


def test_a_sheet_is_its_reviewers_alone(client, panel, operator):
    path = f"/evaluation/mine/{panel[0].pk}/"
    client.force_login(panel[1].reviewer)
    assert client.get(path).status_code == 404
    client.force_login(operator)
    assert client.get(path).status_code == 403


def test_a_reviewer_reads_the_plan_and_not_who_applies(client, panel, application):
    client.force_login(panel[0].reviewer)
    text = client.get(f"/evaluation/mine/{panel[0].pk}/").text
    assert "가상의 답" in text
    assert "처리 속도" in text
    assert "yolov8n" in text
    for hidden in ("가상 기업 1", application.applicant.email, application.unit, "가상 확인서"):
        assert hidden not in text


def test_others_scores_are_hidden_until_ones_own_is_final(client, panel):
    score(panel[1], need=1)
    client.force_login(panel[0].reviewer)
    path = f"/evaluation/mine/{panel[0].pk}/"
    before = client.get(path).text
    assert "내 평가표를 확정하면" in before
    assert "<strong>74</strong>" not in before
    assert client.post(path, typed()).url == f"{path}finalise/"
    assert client.get(path).context["others"] is None
    finish(client, path, typed())
    after = client.get(path).text
    assert "<strong>74</strong>" in after
    assert panel[1].reviewer.name not in after
    assert "다른 위원의 의견" not in after


def test_a_draft_is_kept_and_a_final_sheet_read_back(client, panel):
    client.force_login(panel[0].reviewer)
    path = f"/evaluation/mine/{panel[0].pk}/"
    draft = client.post(path, {"act": "save", "points_need": "7"}, follow=True)
    assert "1판으로 저장했습니다. 합계 7점" in draft.text
    assert [tab.count for tab in client.get("/evaluation/mine/").context["tabs"]] == [0, 1, 0]
    assert "근거 R-03" in client.post(path, typed(comment="")).text
    assert "points_need_error" in client.post(path, typed(points_need="11")).text
    assert "읽은 그대로 확정했습니다." in finish(client, path, typed()).text
    assert "reason_error" in client.post(path, typed(act="revise", reason="")).text
    revised = client.post(path, typed(act="revise", reason="재검토", points_need="9"), follow=True)
    assert "5판으로 저장했습니다. 합계 82점" in revised.text
    assert [sheet.total for sheet in ScoreSheet.objects.order_by("number")] == [7, 81, 81, 81, 82]


def test_stepping_back_takes_the_application_away(client, panel):
    client.force_login(panel[0].reviewer)
    path = f"/evaluation/mine/{panel[0].pk}/"
    assert client.post(f"{path}conflict/", {"reason": ""}).status_code == 200
    assert client.post(f"{path}conflict/", {"reason": "공동연구"}).url == "/evaluation/mine/"
    assert ConflictOfInterest.objects.get().declared_by == panel[0].reviewer
    assert client.get(path).status_code == 404


def test_the_operator_assigns_removes_and_closes(client, year, application, operator):
    people = [year.reviewer(number) for number in (1, 2, 3)]
    client.force_login(operator)
    given = {"reviewers": [one.pk for one in people], "per_application": 4}
    assert "근거 R-03" in client.post("/evaluation/panels/", given).text
    assert client.post("/evaluation/panels/", given | {"per_application": 3}).url.startswith("/evaluation/?")
    assignments = list(ReviewAssignment.objects.select_related("reviewer"))
    assert len(assignments) == 3
    refused = client.post("/evaluation/close/")
    assert refused.status_code == 200
    assert "R-03" in refused.text
    score(assignments[0])
    path = f"/evaluation/assignments/{assignments[0].pk}/remove/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"reason": "출장"}).url == f"/evaluation/applications/{application.pk}/"
    assert client.post(path, {"reason": "출장"}).status_code == 404
    shown = client.get(f"/evaluation/applications/{application.pk}/").text
    assert "출장" in shown
    substitute = year.reviewer(4)
    actions.assign(by=operator, at=EVALUATION, application=application, reviewers=[substitute])
    for one in ReviewAssignment.objects.filter(removed_at=None).select_related("reviewer"):
        score(one)
    assert client.post("/evaluation/close/").url.startswith("/evaluation/?")
    assert EvaluationClosing.objects.get().closed_by == operator
    assert "마감했습니다" in client.get("/evaluation/").text
    client.force_login(substitute)
    mine = ReviewAssignment.objects.get(reviewer=substitute)
    assert "평가가 마감되었습니다" in client.get(f"/evaluation/mine/{mine.pk}/").text


def test_disagreement_is_shown_for_a_second_look(client, panel, application, operator):
    score(panel[0], contents=50)
    score(panel[1], contents=10)
    freeze_quotas(by=operator, at=EVALUATION, call=application.call, round_id="1")
    client.force_login(operator)
    assert "40점" in client.get("/evaluation/?show=apart").text
    assert "2025-npu-0001" in client.get("/evaluation/?show=missing").text
