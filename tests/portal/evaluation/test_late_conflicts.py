"""A conflict of interest found late: the difference on record, and the review given anew by another."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from refusing import one_event, refusal
from simulated_year import EVALUATION, INTAKE, finalised, full

from naru.portal.audit.models import AppendOnlyError
from naru.portal.calls import actions as calls
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.models import Objection, Recalculation, ReviewAssignment
from naru.portal.mail.models import Mail
from naru.portal.ui import clock

LATER = EVALUATION + timedelta(days=1)
DUE = LATER + timedelta(days=3)
BEFORE = {"sheets": 3, "score": "83.67", "rank": 1}


@pytest.fixture
def panel(year):
    return [year.reviewer(number) for number in range(1, 6)]


@pytest.fixture
def rows(year, panel):
    """Two applications, three final sheets each: 81, 83 and 87 points, and three times 81."""
    applications = [year.eligible(serial) for serial in (1, 2)]
    for application, needs in zip(applications, ((8, 10, 10), (8, 8, 8)), strict=True):
        seats = actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=panel[:3])
        for place, (seat, need) in enumerate(zip(seats, needs, strict=True)):
            finalised(seat, {"need": need, "contents": 45 if (place, need) == (2, 10) else 41})
    return applications


@pytest.fixture
def frozen(year):
    calls.commit_seed(by=year.operator, at=INTAKE, call=year.call, round_id="1", seed="a seed for late finds")
    calls.freeze_quotas(by=year.operator, at=INTAKE, call=year.call, round_id="1")


@pytest.fixture
def closed(year, rows, frozen):
    return actions.close(by=year.operator, at=EVALUATION, call=year.call, round_id="1")


def finding(year, application, reviewer, **changes):
    given = {
        "by": year.operator, "at": LATER, "application": application, "reviewer": reviewer,
        "reason": "공동연구를 뒤늦게 알았습니다.",
    }  # fmt: skip
    return given | changes


def found(year, application, reviewer):
    actions.declare_conflict(**finding(year, application, reviewer))
    return ReviewAssignment.objects.get(application=application, reviewer=reviewer)


def reopening(year, seat, reviewer, **changes):
    given = {"by": year.operator, "at": LATER, "removed": seat, "reviewer": reviewer, "due_at": DUE}
    return given | changes


def told(application, before, after):
    row = {"application": application.pk, "number": application.number, "product": "npu-60"}
    return row | {"before": before, "after": after}


@pytest.mark.requirement("R-03")
def test_a_conflict_found_after_the_closing_is_recomputed_and_the_difference_recorded(
    year, panel, rows, closed
):
    """The event holds score and rank before and after of everybody it touched, as exact texts."""
    _made, event = one_event(actions.declare_conflict, **finding(year, rows[0], panel[2]))
    changes = [
        told(rows[0], BEFORE, {"sheets": 2, "score": None, "rank": None}),
        told(rows[1], {"sheets": 3, "score": "81.00", "rank": 2}, {"sheets": 3, "score": "81.00", "rank": 1}),
    ]
    assert event.facts["changes"] == changes
    kept = Recalculation.objects.get()
    assert (kept.pk, kept.joined, kept.changes) == (event.facts["recalculation"], False, changes)
    assert len(queries.final_sheets(year.call, "1")[rows[0].pk]) == 2


def test_before_the_seats_are_frozen_the_event_holds_only_the_hash(client, year, panel, rows):
    """C-04: no score is opened by a conflict found early; the difference is kept and shown afterwards."""
    _made, event = one_event(actions.declare_conflict, **finding(year, rows[0], panel[2]))
    assert sorted(event.facts) == [
        "application", "changes_sha256", "reason", "recalculation", "removed", "reviewer",
    ]  # fmt: skip
    assert Recalculation.objects.get().changes[0]["before"]["score"] == "83.67"
    client.force_login(year.operator)
    assert "83.67" not in client.get(f"/evaluation/applications/{rows[0].pk}/").text


def test_a_conflict_about_a_sheet_that_was_not_final_changes_no_result(year, panel):
    application = year.eligible(1)
    actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=panel[:3])
    _made, event = one_event(actions.declare_conflict, **finding(year, application, panel[0]))
    assert event.facts["removed"] == 1
    assert not Recalculation.objects.exists()


def test_an_upheld_objection_and_a_replacement_before_the_closing_tell_it_too(year, panel, rows, frozen):
    objection = Objection.objects.create(
        application=rows[0], reviewer=panel[0], reason="다툼", filed_by=rows[0].applicant, filed_at=LATER
    )
    given = {"by": year.operator, "at": LATER, "objection": objection, "upheld": True, "answer": "이유 있음"}
    _made, event = one_event(actions.decide_objection, **given)
    assert [one["number"] for one in event.facts["changes"]] == [row.number for row in rows]
    seat = ReviewAssignment.objects.get(application=rows[1], reviewer=panel[1])
    given = {"by": year.operator, "at": LATER, "assignment": seat, "reviewer": panel[4], "reason": "출장"}
    _made, event = one_event(actions.replace, **given)
    assert event.facts["changes"][0]["after"] == {"sheets": 2, "score": None, "rank": None}


@pytest.mark.requirement("R-03")
def test_a_review_taken_out_late_is_given_anew_by_another_reviewer_until_a_due_instant(
    year, panel, rows, closed
):
    """A missing review is replaced in a seat reopened for it alone, never imputed; then all is recomputed."""
    seat = found(year, rows[0], panel[2])
    made, event = one_event(actions.reopen_seat, **reopening(year, seat, panel[3]))
    assert event.facts == {"removed": seat.pk, "reviewer": panel[3].pk, "due": DUE.isoformat()}
    assert (made.replaces, made.due_at) == (seat, DUE)
    assert Mail.objects.get(name="evaluation/seat_reopened").to == panel[3].email
    finalised(made, at=LATER)
    again = Recalculation.objects.first()
    assert (again.assignment, again.joined) == (made, True)
    assert [(one["before"]["rank"], one["after"]["rank"]) for one in again.changes] == [(None, 1), (1, 2)]
    assert again.changes[0]["after"]["sheets"] == 3
    revised = {"points": full(), "comment": "다시", "reason": "실수", "by": panel[3], "at": LATER}
    assert refusal(actions.revise_sheet, assignment=made, **revised) == ("R-03", "evaluation_closed")


def test_the_seat_closes_at_its_due_instant_and_can_be_given_to_yet_another(year, panel, rows, closed):
    late = actions.reopen_seat(**reopening(year, found(year, rows[0], panel[2]), panel[3]))
    given = {"by": panel[3], "assignment": late, "points": full(), "comment": "늦음"}
    actions.declare_interests(by=panel[3], at=LATER, call=year.call)
    assert refusal(actions.save_sheet, at=DUE, **given) == ("R-03", "evaluation_closed")
    actions.save_sheet(at=DUE - timedelta(seconds=1), **given)
    actions.remove_assignment(by=year.operator, at=DUE, assignment=late, reason="기한을 넘김")
    late.refresh_from_db()
    after = {"at": DUE, "due_at": DUE + timedelta(days=1)}
    assert actions.reopen_seat(**reopening(year, late, panel[4], **after)).replaces == late


def test_other_sheets_stay_closed_and_only_a_conflict_takes_one_out(year, panel, rows, closed):
    found(year, rows[0], panel[2])
    other = ReviewAssignment.objects.get(application=rows[0], reviewer=panel[0])
    given = {"by": year.operator, "at": LATER, "assignment": other, "reason": "점수가 낮음"}
    assert refusal(actions.remove_assignment, **given) == ("R-03", "only_conflicts_after_closing")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"due_at": LATER}, "due_past"),
        ({"reviewer": 0}, "assigned_already"),
        ({"reviewer": 4}, "conflict_of_interest"),
    ],
)
def test_what_a_reopened_seat_is_refused_for(year, panel, rows, closed, changes, code):
    changes = dict(changes)
    seat = found(year, rows[0], panel[2])
    actions.declare_conflict(**finding(year, rows[0], panel[4]))
    asked = reopening(year, seat, panel[changes.pop("reviewer", 3)], **changes)
    assert refusal(actions.reopen_seat, **asked) == ("R-03", code)


def test_nobody_is_asked_twice_nor_for_a_seat_that_was_not_vacated_late(year, panel, rows, frozen):
    early = found(year, rows[0], panel[0])
    asked = reopening(year, early, panel[3])
    assert refusal(actions.reopen_seat, **asked) == ("R-03", "evaluation_still_open")
    (seat,) = actions.assign(by=year.operator, at=LATER, application=rows[0], reviewers=[panel[3]])
    finalised(seat, at=LATER)
    actions.close(by=year.operator, at=LATER + timedelta(seconds=1), call=year.call, round_id="1")
    asked = reopening(year, early, panel[4])
    assert refusal(actions.reopen_seat, **asked) == ("R-03", "seat_not_vacated")
    late = LATER + timedelta(hours=1)
    actions.declare_conflict(**finding(year, rows[0], panel[1], at=late))
    vacated = ReviewAssignment.objects.get(application=rows[0], reviewer=panel[1])
    actions.reopen_seat(**reopening(year, vacated, panel[4]))
    again = reopening(year, vacated, panel[4])
    assert refusal(actions.reopen_seat, **again) == ("R-03", "replaced_already")


def test_the_difference_cannot_be_changed(year, panel, rows, closed):
    found(year, rows[0], panel[2])
    kept = Recalculation.objects.get()
    with pytest.raises(AppendOnlyError):
        kept.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evaluation_recalculation SET joined = 1")


def test_on_the_pages_the_operator_sees_the_difference_and_asks_another(
    client, monkeypatch, year, panel, rows, closed
):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    client.force_login(year.operator)
    seat = ReviewAssignment.objects.get(application=rows[0], reviewer=panel[2])
    client.post(f"/evaluation/assignments/{seat.pk}/conflict/", {"reason": "공동연구"})
    shown = client.get(f"/evaluation/applications/{rows[0].pk}/").text
    assert "83.67 → <strong>평가 모자람</strong>" in shown
    assert "점수나 순위가 바뀐 신청 2건" in shown
    page = f"/evaluation/assignments/{seat.pk}/reopen/"
    assert page in shown
    assert list(client.get(page).context["form"].fields["reviewer"].queryset) == panel[3:]
    refused = client.post(page, {"reviewer": panel[3].pk, "due_at": "2025-03-01T10:00"})
    assert refused.context["refusal"].code == "due_past"
    sent = client.post(page, {"reviewer": panel[3].pk, "due_at": "2025-03-26T18:00"})
    assert sent.url == f"/evaluation/applications/{rows[0].pk}/"
    assert page not in client.get(sent.url).text
    board = client.get("/evaluation/").text
    assert f'href="/evaluation/applications/{rows[0].pk}/#recalculated"' in board
    client.force_login(panel[3])
    assert "기한 " in client.get("/evaluation/mine/").text
