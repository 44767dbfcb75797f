"""The reviewer's pages: pledge and conflicts first, one's own sheets only, others' after one's own."""

import pytest
from simulated_year import EVALUATION, declared, finalised, finish, full

from naru.portal.audit.models import Event
from naru.portal.evaluation import actions
from naru.portal.evaluation.models import ConflictOfInterest, Pledge, ReviewAssignment, ScoreSheet

POINTS = {f"points_{criterion}": points for criterion, points in full().items()}
COMMENT = {"comment": "목표가 구체적입니다."}


def asked(year, application, *reviewers):
    return actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=reviewers)


def final(assignment, **points):
    return finalised(assignment, points, "다른 위원의 의견입니다.")


@pytest.fixture
def assignment(year):
    return declared(asked(year, year.eligible(1), year.reviewer(1))[0])


@pytest.fixture
def page(assignment):
    return f"/evaluation/mine/{assignment.pk}/"


@pytest.fixture
def me(client, assignment):
    client.force_login(assignment.reviewer)
    return client


@pytest.mark.parametrize("role", ["operator", "auditor", "vendor", "cloud", None])
def test_only_reviewers_have_sheets(client, make_user, assignment, page, role):
    client.force_login(make_user("kim", *([role] if role else [])))
    for address in ("/evaluation/mine/", "/evaluation/pledge/2025-npu/", page, f"{page}conflict/"):
        assert client.get(address).status_code == 403


def test_a_visitor_is_sent_to_log_in(client, page):
    for address in ("/evaluation/mine/", "/evaluation/pledge/2025-npu/", page, f"{page}conflict/"):
        assert client.get(address).status_code == 302


def test_anothers_sheet_is_not_there(client, year, page):
    client.force_login(year.reviewer(2))
    for address in (page, f"{page}conflict/"):
        assert client.get(address).status_code == 404
        assert client.post(address, POINTS | COMMENT | {"reason": "x"}).status_code == 404
    assert not ScoreSheet.objects.exists()
    assert not ConflictOfInterest.objects.exists()


def test_the_pledge_comes_first(client, year):
    reviewer = year.reviewer(1, pledged=False)
    assignment = asked(year, year.eligible(1), reviewer)[0]
    client.force_login(reviewer)
    sheet = f"/evaluation/mine/{assignment.pk}/"
    assert client.get(sheet).headers["Location"] == "/evaluation/pledge/2025-npu/"
    assert client.post(sheet, POINTS | COMMENT | {"act": "save"}).status_code == 302
    assert not ScoreSheet.objects.exists()
    assert "먼저 서약이 필요합니다" in client.get("/evaluation/mine/").content.decode()
    client.post("/evaluation/pledge/2025-npu/", {})
    assert not Pledge.objects.exists()
    client.post("/evaluation/pledge/2025-npu/", {"agreed": "on"})
    assert Pledge.objects.get().reviewer == reviewer
    again = client.post("/evaluation/pledge/2025-npu/", {"agreed": "on"})
    assert again.context["refusal"].code == "pledged_already"
    assert client.get("/evaluation/pledge/no-such-call/").status_code == 404


@pytest.mark.requirement("R-03")
def test_a_draft_is_read_back_from_the_record(me, page):
    answer = me.post(page, {"points_need": 7, "comment": "", "act": "save"}, follow=True)
    stored = ScoreSheet.objects.get()
    assert (stored.state, stored.points, stored.total) == ("draft", {"need": 7}, 7)
    text = answer.content.decode()
    assert "저장된 평가표" in text
    assert stored.sha256[:12] in text
    assert answer.context["last"] == stored
    assert answer.context["whole"] is True
    assert answer.context["others"] is None


@pytest.mark.requirement("R-03")
@pytest.mark.parametrize("act", ["save", "review"])
@pytest.mark.parametrize("points", ["16", "-1", "7.5", "많음"])
def test_points_stay_within_the_calls_bounds(me, page, act, points):
    answer = me.post(page, POINTS | COMMENT | {"points_purpose-1": points, "act": act})
    assert answer.status_code == 200
    assert "0점부터 15점까지의 정수로 적으십시오." in answer.content.decode()
    assert not ScoreSheet.objects.exists()


def test_the_sheet_shows_each_criterion_with_its_elements_and_what_was_written(me, page, terms):
    answer = me.get(page)
    text = answer.content.decode()
    for row, criterion in zip(answer.context["rows"], terms.criteria, strict=True):
        assert row.criterion == criterion
        assert f"배점 {criterion.points}점" in text
        assert all(element.ko in text for element in criterion.elements)
        assert sum(one.field.field.max_value for one in row.parts) == criterion.points
    assert all(f"{section.title.ko}에 대한 가상의 답" in text for section in terms.plan)
    assert "처리 속도" in text
    assert "10 장/초" in text
    assert "42.5 장/초" in text
    assert "yolov8n" in text


def test_the_applicants_business_data_stays_away(me, page, assignment):
    text = me.get(page).content.decode()
    organisation = assignment.application.organisation
    for private in (
        organisation.name,
        organisation.business_number,
        organisation.printed_number,
        assignment.application.applicant.email,
        "가상 대표 1",
        "가상 확인서.pdf",
    ):
        assert private not in text


@pytest.mark.requirement("R-03")
@pytest.mark.parametrize(
    ("changes", "code"),
    [({"comment": " "}, "comment_missing"), ({"points_need": ""}, "points_out_of_bounds")],
)
def test_finalising_needs_every_point_and_a_comment(me, page, changes, code):
    answer = me.post(page, POINTS | COMMENT | {"act": "review"} | changes)
    assert (answer.context["refusal"].clause, answer.context["refusal"].code) == ("R-03", code)
    assert "R-03" in answer.content.decode()
    read = me.get(f"{page}finalise/")
    assert (read.context["refusal"].code, read.context["ready"]) == (code, False)
    forced = me.post(f"{page}finalise/", {"sha256": read.context["last"].sha256})
    assert forced.context["refusal"].code == code
    assert [one.state for one in ScoreSheet.objects.all()] == ["draft"]


@pytest.mark.requirement("R-03")
def test_others_are_seen_only_after_ones_own(client, year, assignment, page):
    other = asked(year, assignment.application, year.reviewer(2))[0]
    final(other, purpose=12)
    client.force_login(assignment.reviewer)
    before = client.get(page)
    assert before.context["others"] is None
    assert "다른 위원의 의견입니다." not in before.content.decode()
    finish(client, page, POINTS | COMMENT)
    after = client.get(page)
    assert [one["sheet"].total for one in after.context["others"]] == [69]
    assert "다른 위원의 의견입니다." not in after.content.decode()
    assert str(other.reviewer) not in after.content.decode()


@pytest.mark.requirement("R-03")
def test_a_revision_says_why_and_the_earlier_state_stays(me, page):
    finish(me, page, POINTS | COMMENT)
    closed = me.get(page)
    assert closed.context["form"] is None
    assert "points_need" in me.get(page + "?revise=1").content.decode()
    changed = POINTS | COMMENT | {"points_need": "9", "act": "revise"}
    assert "reason" in me.post(page, changed).context["form"].errors
    answer = me.post(page, changed | {"reason": "다시 읽음"}, follow=True)
    assert list(ScoreSheet.objects.values_list("number", "total", "state")) == [
        (1, 81, "draft"),
        (2, 81, "final"),
        (3, 82, "final"),
    ]
    assert "다시 읽음" in answer.content.decode()


def test_a_late_conflict_takes_the_sheet_off_the_desk(me, page, assignment):
    finish(me, page, POINTS | COMMENT)
    assert me.post(f"{page}conflict/", {"reason": ""}).status_code == 200
    before = Event.objects.count()
    me.post(f"{page}conflict/", {"reason": "공동연구"})
    assert Event.objects.count() == before + 1
    assert ConflictOfInterest.objects.get().declared_by == assignment.reviewer
    assert me.get(page).status_code == 404
    assert me.get("/evaluation/mine/").context["total"] == 0


def test_nothing_is_written_after_the_closing(year, client, assignment, page):
    for number in (2, 3):
        asked(year, assignment.application, year.reviewer(number))
    for one in ReviewAssignment.objects.select_related("reviewer"):
        final(one)
    actions.close(by=year.operator, at=EVALUATION, call=year.call, round_id="1")
    client.force_login(assignment.reviewer)
    assert client.get(page + "?revise=1").context["form"] is None
    answer = client.post(page, POINTS | COMMENT | {"reason": "다시", "act": "revise"})
    assert answer.context["refusal"].code == "evaluation_closed"
    assert "마감" in client.get("/evaluation/mine/?state=final").content.decode()


def test_my_sheets_stand_under_their_state(client, year):
    reviewer = year.reviewer(1)
    rows = [asked(year, year.eligible(serial), reviewer)[0] for serial in (1, 2, 3)]
    final(rows[0])
    actions.save_sheet(by=reviewer, at=EVALUATION, assignment=declared(rows[1]), points={}, comment="")
    client.force_login(reviewer)
    answer = client.get("/evaluation/mine/")
    assert answer.context["shown"] == "todo"
    assert [tab.count for tab in answer.context["tabs"]] == [1, 1, 1]
    for state, row in zip(("final", "draft", "todo"), rows, strict=True):
        shown = client.get(f"/evaluation/mine/?state={state}").context["rows"]
        assert [one["assignment"] for one in shown] == [row]


def test_an_empty_desk_teaches(client, year):
    client.force_login(year.reviewer(1))
    text = client.get("/evaluation/mine/").content.decode()
    assert "지금은 맡은 신청이 없습니다." in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_any_length(client, year, rows, django_assert_num_queries):
    reviewer = year.reviewer(1)
    for serial in range(rows):
        asked(year, year.eligible(serial), reviewer)
    client.force_login(reviewer)
    with django_assert_num_queries(7):  # session, person, assignments, sheets, closings, pledges, the read
        assert len(client.get("/evaluation/mine/").context["rows"]) == rows


@pytest.mark.parametrize("others", [1, 3])
def test_a_sheet_costs_the_same_with_any_panel(
    client, year, assignment, page, others, django_assert_num_queries
):
    final(assignment)
    for number in range(2, 2 + others):
        final(asked(year, assignment.application, year.reviewer(number))[0])
    client.force_login(assignment.reviewer)
    # session, person; the assignment, plan, targets, models, states; others' sheets
    with django_assert_num_queries(9):
        assert len(client.get(page).context["others"]) == others
