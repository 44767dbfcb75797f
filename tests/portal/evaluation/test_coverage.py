"""The operator's pages: coverage, panels with preview, one application's panel, the closing."""

import pytest
from simulated_year import EVALUATION, finalised, person

from naru.portal.audit.models import Event
from naru.portal.calls import actions as calls
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.models import ConflictOfInterest, EvaluationClosing, ReviewAssignment

ROOM = "/evaluation"


@pytest.fixture
def panel(year):
    return [year.reviewer(number) for number in range(1, 5)]


@pytest.fixture
def applications(year):
    return [year.eligible(serial) for serial in (1, 2)]


@pytest.fixture
def staff(client, year):
    client.force_login(year.operator)
    return client


def assign_all(year, panel):
    return actions.assign_panels(
        by=year.operator, at=EVALUATION, call=year.call, round_id="1", reviewers=panel
    )


def score(assignment, **points):
    return finalised(assignment, points, "근거")


def score_all():
    for assignment in ReviewAssignment.objects.filter(removed_at=None).select_related("reviewer"):
        score(assignment)


def freeze(year):
    calls.freeze_quotas(by=year.operator, at=EVALUATION, call=year.call, round_id="1")


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("operator", 200, 200), ("auditor", 200, 403), ("reviewer", 403, 403), (None, 403, 403)],
)
def test_who_may_enter(client, year, make_user, applications, panel, role, reads, writes):
    row = assign_all(year, panel)[0]
    client.force_login(make_user("kim", *([role] if role else [])))
    assert client.get("/evaluation/").status_code == reads
    assert client.get(f"/evaluation/applications/{row.application_id}/").status_code == reads
    for address in (
        f"{ROOM}/panels/",
        f"{ROOM}/close/",
        f"/evaluation/assignments/{row.pk}/remove/",
        f"/evaluation/assignments/{row.pk}/conflict/",
    ):
        assert client.get(address).status_code == writes


def test_a_visitor_is_sent_to_log_in(client, year):
    for address in ("/evaluation/", f"{ROOM}/panels/", f"{ROOM}/close/"):
        assert client.get(address).status_code == 302


def test_an_auditor_assigns_nobody(client, auditor, year, applications, panel):
    client.force_login(auditor)
    address = f"/evaluation/applications/{applications[0].pk}/"
    assert client.get(address).context["form"] is None
    client.post(address, {"reviewers": [panel[0].pk]})
    assert client.post(f"{ROOM}/close/").status_code == 403
    assert not ReviewAssignment.objects.exists()


def test_before_any_call_the_room_explains_itself(client, operator):
    client.force_login(operator)
    assert "아직 공고한 사업이 없습니다" in client.get("/evaluation/").content.decode()


@pytest.mark.requirement("R-03")
def test_what_is_missing_is_shown(staff, year, applications, panel):
    made = assign_all(year, panel)
    score(next(one for one in made if one.application_id == applications[0].pk))
    answer = staff.get("/evaluation/")
    assert answer.context["figures"] == {
        "applications": 2,
        "paneled": 2,
        "asked": 6,
        "begun": 1,
        "final": 1,
        "complete": 0,
    }
    assert [tab.count for tab in answer.context["tabs"]] == [2, 2]
    assert "확정된 평가가 3건이 안 되는 신청이 2건입니다." in answer.content.decode()
    score_all_but_done(made)
    assert staff.get("/evaluation/?show=missing").context["page"].paginator.count == 0


def score_all_but_done(made):
    for one in made:
        if not one.sheets.exists():
            score(one)


@pytest.mark.requirement("C-04")
def test_scores_stay_shut_until_the_seats_are_frozen(staff, year, applications, panel):
    made = assign_all(year, panel)
    for assignment, purpose in zip(made[:3], (10, 20, 30), strict=True):
        score(assignment, purpose=purpose)
    detail = f"/evaluation/applications/{made[0].application_id}/"
    assert "점수는 아직 열지 않습니다" in staff.get("/evaluation/").content.decode()
    assert "67 · 77 · 87" not in staff.get("/evaluation/").content.decode()
    assert "<strong>67</strong>" not in staff.get(detail).content.decode()
    freeze(year)
    assert "67 · 77 · 87" in staff.get("/evaluation/").content.decode()
    shown = staff.get(detail)
    assert shown.context["spread"] == 20
    assert "<strong>67</strong>" in shown.content.decode()


def test_disagreement_sorts_first(staff, year, applications, panel):
    freeze(year)
    made = assign_all(year, panel)
    for assignment in made:
        apart = assignment.application_id == applications[1].pk
        score(assignment, purpose=30 * (assignment == made[-1]))
    rows = staff.get("/evaluation/?sort=-spread").context["page"].object_list
    assert [row.application for row in rows] == [applications[1], applications[0]]
    apart = staff.get("/evaluation/?show=apart").context["page"].object_list
    assert [row.application for row in apart] == [row.application for row in rows if row.spread >= 20]
    assert staff.get("/evaluation/?sort=nonsense&show=nonsense").status_code == 200


def test_panels_are_looked_at_before_they_are_made(staff, year, applications, panel):
    colleague = person("neighbour", "reviewer", email="neighbour@applicant1.test")
    people = [one.pk for one in (*panel, colleague)]
    said = {"per_application": 3, "reviewers": people}
    assert staff.get(f"{ROOM}/panels/").context["plan"] is None
    answer = staff.get(f"{ROOM}/panels/", said)
    assert len(answer.context["plan"].pairs) == 6
    assert answer.context["plan"].barred == 1
    assert not ReviewAssignment.objects.exists()
    before = Event.objects.count()
    staff.post(f"{ROOM}/panels/", said)
    assert Event.objects.count() == before + 1
    made = set(ReviewAssignment.objects.values_list("application", "reviewer"))
    assert made == set(answer.context["plan"].pairs)
    refused = staff.post(f"{ROOM}/panels/", said)
    assert refused.context["refusal"].code == "nothing_to_assign"


@pytest.mark.requirement("R-03")
def test_a_preview_says_who_judges_which_product_and_what_does_not_fit(staff, year):
    """Each product keeps its own reviewers where numbers allow; expertise, ceilings and absence count."""
    rows = [year.eligible(serial, product="npu-60" if serial < 4 else "npu-120") for serial in range(1, 5)]
    people = [year.reviewer(number) for number in range(1, 8)]
    for reviewer, details in (
        (people[0], actions.Details(expertise=("language",))),  # every model here is one of vision
        (people[1], actions.Details(ceiling=1)),
        (people[6], actions.Details(available=False)),
    ):
        actions.enter_reviewer(by=year.operator, at=EVALUATION, reviewer=reviewer, details=details)
    said = {"per_application": 3, "reviewers": [one.pk for one in people]}
    answer = staff.get(f"{ROOM}/panels/", said)
    plan = answer.context["plan"]
    load = dict(plan.load())
    judged = {pk: {who for row, who in plan.pairs if row == pk} for pk in (row.pk for row in rows)}
    assert plan.lacking == {}
    assert plan.away_people == 1
    assert people[6] not in load
    assert load[people[1]] == 1
    assert len(set(plan.circles.values())) == 2
    assert all(len(who) == 3 for who in judged.values())
    assert "상품마다 맡는 위원을 정했습니다." in answer.text
    assert f"전문분야 밖의 평가는 {load[people[0]]}건입니다." in answer.text
    assert "참여가 어려운 위원 1명은 뺐습니다." in answer.text


def test_a_preview_that_lacks_people_says_so(staff, year, applications, panel):
    said = {"per_application": 5, "reviewers": [one.pk for one in panel]}
    answer = staff.get(f"{ROOM}/panels/", said)
    assert "위원이 모자랍니다" in answer.content.decode()
    assert "이대로 배정" not in answer.content.decode()
    assert staff.post(f"{ROOM}/panels/", said).context["refusal"].code == "reviewers_lacking"
    assert set(staff.post(f"{ROOM}/panels/", {"per_application": 0}).context["form"].errors) == {
        "per_application",
        "reviewers",
    }


def test_only_free_reviewers_are_offered(staff, year, applications, panel):
    first = applications[0]
    actions.assign(by=year.operator, at=EVALUATION, application=first, reviewers=panel[:1])
    person("neighbour", "reviewer", email="neighbour@applicant1.test")
    address = f"/evaluation/applications/{first.pk}/"
    offered = staff.get(address).context["form"].fields["reviewers"].queryset
    assert list(offered) == panel[1:]
    staff.post(address, {"reviewers": [panel[1].pk, panel[2].pk]})
    assert first.assignments.count() == 3
    assert "reviewers" in staff.post(address, {"reviewers": [panel[0].pk]}).context["form"].errors


def test_an_application_out_of_screening_takes_no_panel(staff, year, panel):
    address = f"/evaluation/applications/{year.submitted(7).pk}/"
    answer = staff.post(address, {"reviewers": [panel[0].pk]})
    assert answer.context["refusal"].code == "not_eligible"
    assert staff.get("/evaluation/applications/999/").status_code == 404


def test_a_reviewer_is_removed_or_replaced_with_a_reason(staff, year, applications, panel):
    first, second = actions.assign(
        by=year.operator, at=EVALUATION, application=applications[0], reviewers=panel[:2]
    )
    address = f"/evaluation/assignments/{first.pk}/remove/"
    assert staff.post(address, {"reason": ""}).status_code == 200
    before = Event.objects.count()
    staff.post(address, {"reason": "출장", "replacement": panel[2].pk})
    assert Event.objects.count() == before + 1
    assert {one.reviewer for one in queries.in_force()} == {panel[1], panel[2]}
    staff.post(f"/evaluation/assignments/{second.pk}/remove/", {"reason": "퇴직"})
    assert {one.reviewer for one in queries.in_force()} == {panel[2]}
    assert staff.get(address).status_code == 404
    text = staff.get(f"/evaluation/applications/{applications[0].pk}/").content.decode()
    assert "출장" in text
    assert "퇴직" in text


def test_the_operator_puts_a_conflict_on_record(staff, year, applications, panel):
    row = actions.assign(by=year.operator, at=EVALUATION, application=applications[0], reviewers=panel[:1])[0]
    address = f"/evaluation/assignments/{row.pk}/conflict/"
    assert staff.post(address, {"reason": " "}).status_code == 200
    staff.post(address, {"reason": "친족"})
    assert ConflictOfInterest.objects.get().declared_by == year.operator
    assert not queries.in_force().exists()


def test_the_closing_is_confirmed_and_waits_for_every_review(staff, year, applications, panel):
    address = f"{ROOM}/close/"
    refused = staff.post(address)
    assert refused.context["refusal"].code == "reviews_missing"
    assert "R-03" in refused.content.decode()
    assert not EvaluationClosing.objects.exists()
    assign_all(year, panel)
    score_all()
    assert not EvaluationClosing.objects.exists()
    staff.get(address)
    assert not EvaluationClosing.objects.exists()
    staff.post(address)
    assert EvaluationClosing.objects.get().closed_by == year.operator
    assert "평가를 마감했습니다" in staff.get("/evaluation/").content.decode()
    assert "마감된 평가입니다" in staff.get(f"{ROOM}/panels/").content.decode()
    assert staff.get("/evaluation/close/?call=no-such").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_coverage_costs_the_same_at_any_length(staff, year, panel, rows, django_assert_num_queries):
    for serial in range(rows):
        year.eligible(serial)
    assign_all(year, panel[: 2 + rows] if rows > 1 else panel)
    score_all()
    staff.get("/evaluation/")
    # session, user, roles; rounds with their versions, coverage (2), workloads, closing, quotas
    with django_assert_num_queries(9):
        assert len(staff.get("/evaluation/").context["page"]) == rows


@pytest.mark.parametrize("size", [1, 3])
def test_a_panel_costs_the_same_at_any_size(
    staff, year, applications, panel, size, django_assert_num_queries
):
    actions.assign(by=year.operator, at=EVALUATION, application=applications[0], reviewers=panel[:size])
    address = f"/evaluation/applications/{applications[0].pk}/"
    staff.get(address)
    with django_assert_num_queries(20):  # nine of them find every ground of conflict with every reviewer
        assert len(staff.get(address).context["judges"]) == size
