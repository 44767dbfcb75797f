"""/restrictions/: operators enter and lift, auditors read, everybody else is refused."""

from datetime import date

import pytest

from naru.portal.organisations import actions
from naru.portal.organisations.models import Restriction

ANSWERS = {
    "business_number": "123-45-67891",
    "ground": "ict_fund_restriction",
    "starts_on": "2025-01-01",
    "ends_on": "2025-12-31",
    "source": "가상기금 2025-1호",
}


def enter(operator, at, number):
    entry = actions.RestrictionEntry(
        unit=f"company:{number:010}",
        ground="government_sanction",
        clause="E-09",
        starts_on=date(2025, 1, 1),
        ends_on=None,
        source="가상",
    )
    return actions.record_restriction(by=operator, at=at, entry=entry)


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("operator", 200, 200), ("auditor", 200, 403), ("reviewer", 403, 403), ("vendor", 403, 403)],
)
def test_who_may_enter(client, make_user, role, reads, writes):
    client.force_login(make_user("kim", role))
    assert client.get("/restrictions/").status_code == reads
    assert client.get("/restrictions/new/").status_code == writes


def test_visitor_is_sent_to_log_in(client, db):
    assert client.get("/restrictions/").status_code == 302


@pytest.mark.requirement("E-09")
def test_operator_enters_a_restriction(client, operator):
    client.force_login(operator)
    answer = client.post("/restrictions/new/", ANSWERS, follow=True)
    kept = Restriction.objects.get()
    assert (kept.unit, kept.ground, kept.clause) == ("company:1234567891", "ict_fund_restriction", "E-09")
    assert (kept.starts_on, kept.ends_on, kept.decided_by) == (date(2025, 1, 1), date(2025, 12, 31), operator)
    assert "ICT기금사업 참여제한 중" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"business_number": "123-45-67892"}, "business_number"),
        ({"ends_on": "2024-12-31"}, "ends_on"),
        ({"ground": "other"}, "ground"),
        ({"source": ""}, "source"),
    ],
)
def test_bad_answers_are_named(client, operator, changes, field):
    client.force_login(operator)
    answer = client.post("/restrictions/new/", ANSWERS | changes)
    assert list(answer.context["form"].errors) == [field]
    assert not Restriction.objects.exists()


def test_operator_lifts_with_a_reason(client, operator, at):
    restriction = enter(operator, at, 1)
    client.force_login(operator)
    page = f"/restrictions/{restriction.pk}/lift/"
    assert client.post(page, {"reason": ""}).status_code == 200
    client.post(page, {"reason": "이의신청 인용"})
    restriction.refresh_from_db()
    assert (restriction.lifted_by, restriction.lift_reason) == (operator, "이의신청 인용")
    assert "이미 해제" in client.post(page, {"reason": "다시"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_at_any_length(client, auditor, operator, at, rows, django_assert_num_queries):
    for number in range(rows):
        enter(operator, at, number)
    client.force_login(auditor)
    with django_assert_num_queries(5):  # session, person, count, rows, the read
        assert len(client.get("/restrictions/").context["page"]) == rows
