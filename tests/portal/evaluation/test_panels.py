"""Pledges, conflicts, panels and the closing: each act with its refusals and its one event."""

from dataclasses import replace

import pytest
from refusing import one_event, refusal
from simulated_year import EVALUATION, INTAKE, company, finalised, person

from naru.portal.calls import actions as calls
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.models import ConflictOfInterest, ReviewAssignment
from naru.portal.evaluation.pledge import text_sha256
from naru.portal.organisations import actions as organisations


@pytest.fixture
def panel(year):
    return [year.reviewer(number) for number in range(1, 5)]


@pytest.fixture
def applications(year):
    return [year.eligible(serial) for serial in (1, 2, 3, 4)]


def assign_all(year, panel, **changes):
    given = {"by": year.operator, "at": EVALUATION, "call": year.call, "round_id": "1", "reviewers": panel}
    return actions.assign_panels(**(given | changes))


def score_all(at=EVALUATION, **points):
    for assignment in ReviewAssignment.objects.filter(removed_at=None).select_related("reviewer"):
        finalised(assignment, points, at=at)


def test_a_pledge_keeps_the_hash_of_its_wording(year):
    reviewer = year.reviewer(9, pledged=False)
    given = {"by": reviewer, "at": EVALUATION, "call": year.call}
    made, event = one_event(actions.pledge, **given)
    assert (made.text_sha256, event.facts) == (text_sha256(), {"text": text_sha256()})
    assert refusal(actions.pledge, **given) == ("R-03", "pledged_already")


@pytest.mark.requirement("R-03")
def test_a_round_is_scored_on_one_scorecard(year, terms, panel):
    """Applications made under other points are named, and nobody is asked to score until it is mended."""
    year.eligible(1)
    shifted = [
        replace(one, points=one.points + step) for one, step in zip(terms.criteria[3:], (1, -1), strict=True)
    ]
    changed = replace(terms, criteria=(*terms.criteria[:3], *shifted), ambiguities=())
    calls.amend(by=year.operator, at=INTAKE, call=year.call, terms=changed, reason="가상 변경")
    second = year.eligible(2)
    given = {"by": year.operator, "at": EVALUATION}
    refused = refusal(actions.assign, **given, application=second, reviewers=panel)
    assert refused == refusal(assign_all, year=year, panel=panel) == ("R-03", "scorecards_differ")
    assert not ReviewAssignment.objects.exists()


def test_panels_are_full_and_balanced_and_one_act(year, applications, panel):
    made, event = one_event(assign_all, year=year, panel=panel)
    assert len(made) == 12
    assert len(event.facts["pairs"]) == 12
    assert {one.panel for one in queries.coverage(year.call, "1")} == {3}
    assert {user.asked for user in queries.workloads(year.call, "1")} == {3}
    assert refusal(assign_all, year=year, panel=panel) == ("R-03", "nothing_to_assign")


def test_panels_keep_clear_of_conflicts(year, applications, panel):
    first = applications[0]
    colleague = person("colleague", "reviewer", email="colleague@elsewhere.test")
    organisations.add_member(
        by=first.applicant, at=EVALUATION, organisation=first.organisation, user=colleague
    )
    neighbour = person("neighbour", "reviewer", email="neighbour@applicant1.test")
    supplier = year.vendor("a")[1]
    people = [*panel, colleague, neighbour, supplier]
    grounds = queries.conflict_grounds([first], people)
    assert grounds == {
        (first.pk, colleague.pk): "same_organisation",
        (first.pk, neighbour.pk): "mail_domain",
        (first.pk, supplier.pk): "supplier",
    }
    assign_all(year, people)
    assert not ReviewAssignment.objects.filter(
        application=first, reviewer__in=[colleague, neighbour]
    ).exists()
    assert not ReviewAssignment.objects.filter(reviewer=supplier).exists()
    given = {"by": year.operator, "at": EVALUATION, "application": first}
    for reviewer in (colleague, neighbour, supplier):
        assert refusal(actions.assign, reviewers=[reviewer], **given) == ("R-03", "conflict_of_interest")


def test_the_applicant_never_judges_and_a_public_mailer_is_no_bond(year, applications):
    first = applications[0]
    applicant = first.applicant
    stranger = person("stranger", "reviewer", email="stranger@naver.com")
    first.applicant.email = "applicant@naver.com"
    first.applicant.save()
    assert queries.conflict_grounds([first], [applicant, stranger]) == {(first.pk, applicant.pk): "applicant"}


def test_a_panel_without_enough_reviewers_writes_nothing(year, applications, panel):
    assert refusal(assign_all, year=year, panel=panel[:2]) == ("R-03", "reviewers_lacking")
    assert not ReviewAssignment.objects.exists()


def test_assigning_by_hand(year, applications, panel):
    given = {"by": year.operator, "at": EVALUATION, "application": applications[0]}
    made, event = one_event(actions.assign, reviewers=panel[:2], **given)
    assert event.facts == {"reviewers": [panel[0].pk, panel[1].pk]}
    assert len(made) == 2
    assert refusal(actions.assign, reviewers=panel[1:], **given) == ("R-03", "assigned_already")
    unscreened = year.submitted(9)
    assert refusal(actions.assign, reviewers=panel, **(given | {"application": unscreened})) == (
        "R-03",
        "not_eligible",
    )


def test_a_conflict_found_late_takes_the_sheet_out(year, applications, panel):
    assign_all(year, panel)
    score_all()
    actions.close(by=year.operator, at=EVALUATION, call=year.call, round_id="1")
    assignment = ReviewAssignment.objects.filter(application=applications[0]).first()
    before = queries.final_sheets(year.call, "1")[applications[0].pk]
    assert len(before) == 3
    given = {
        "by": assignment.reviewer,
        "at": EVALUATION,
        "application": applications[0],
        "reviewer": assignment.reviewer,
    }
    assert refusal(actions.declare_conflict, reason="", **given) == ("R-03", "reason_missing")
    _conflict, event = one_event(actions.declare_conflict, reason="공동연구 중", **given)
    assert event.facts["removed"] == 1
    after = queries.final_sheets(year.call, "1")[applications[0].pk]
    assert after == [pair for pair in before if pair[0] != assignment.reviewer_id]
    assert refusal(actions.declare_conflict, reason="또", **given) == ("R-03", "conflict_declared")
    assert ConflictOfInterest.objects.count() == 1


def test_a_removed_reviewer_is_not_assigned_again_by_the_panels(year, applications, panel):
    assign_all(year, panel)
    assignment = ReviewAssignment.objects.filter(application=applications[0]).first()
    given = {"by": year.operator, "at": EVALUATION, "assignment": assignment}
    assert refusal(actions.remove_assignment, reason=" ", **given) == ("R-03", "reason_missing")
    one_event(actions.remove_assignment, reason="출장", **given)
    assert refusal(actions.remove_assignment, reason="출장", **given) == ("R-03", "assignment_removed")
    made = assign_all(year, panel)
    assert [one.application_id for one in made] == [applications[0].pk]
    assert made[0].reviewer_id != assignment.reviewer_id


def test_the_closing_waits_for_every_review(year, applications, panel):
    given = {"by": year.operator, "at": EVALUATION, "call": year.call, "round_id": "1"}
    assert refusal(actions.close, **given) == ("R-03", "reviews_missing")
    assign_all(year, panel)
    score_all()
    closing, event = one_event(actions.close, **given)
    assert event.facts == {"round": "1", "applications": 4, "sheets": 12}
    assert queries.closing(year.call, "1") == closing
    assert refusal(actions.close, **given) == ("R-03", "evaluation_closed")
    assert refusal(assign_all, year=year, panel=panel) == ("R-03", "evaluation_closed")
    assert refusal(
        actions.assign, by=year.operator, at=EVALUATION, application=applications[0], reviewers=panel
    ) == ("R-03", "evaluation_closed")


def test_a_company_is_known_by_its_number_wherever_it_is_entered(year, applications):
    """A second entry of the same owner does not make a conflict; the same registration number would."""
    other = person("outsider", "reviewer", email="outsider@outside.test")
    company(77, other)
    assert queries.conflict_grounds(applications, [other]) == {}
