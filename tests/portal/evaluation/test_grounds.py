"""Conflicts as the portal finds them: from members, profiles, representatives, applications and relations."""

from datetime import date

import pytest
from refusing import one_event, refusal
from simulated_year import EVALUATION, INTAKE, business_number, company, person

from naru.portal.applications.models import Application
from naru.portal.evaluation import actions, grounds, queries
from naru.portal.evaluation.models import DeclaredRelation
from naru.portal.organisations import actions as organisations

PAGE = "/evaluation/profile/"


@pytest.fixture
def application(year):
    return year.eligible(1)


@pytest.fixture
def reviewer(year):
    return year.reviewer(1)


def codes(application, reviewer):
    found = grounds.findings([application], [reviewer]).get((application.pk, reviewer.pk), ())
    return [one.code for one in found]


def enter(year, reviewer, **details):
    actions.enter_reviewer(
        by=year.operator, at=EVALUATION, reviewer=reviewer, details=actions.Details(**details)
    )


def relate(reviewer, **said):
    return actions.declare_relation(by=reviewer, at=EVALUATION, **{"kind": "advice"} | said)


def test_nobody_is_in_conflict_without_a_ground(application, reviewer):
    assert codes(application, reviewer) == []


@pytest.mark.parametrize("said", [{"affiliation": "가상 기업 1"}, {"business_number": business_number(1)}])
def test_the_affiliation_entered_is_a_ground(year, application, reviewer, said):
    enter(year, reviewer, **said)
    assert codes(application, reviewer) == ["same_organisation", "same_number"]


def test_the_same_person_behind_two_companies(year, application):
    other = person("partner", "reviewer")
    company(61, other, representatives=(("가상 대표 1", date(1970, 1, 2)),))
    (found,) = grounds.findings([application], [other])[application.pk, other.pk]
    assert (found.code, found.facts) == ("same_person", (("person", "가상 대표 1"),))


def test_a_colleague_of_another_company_of_the_owners(year, application):
    other = person("partner", "reviewer")
    second = company(62, application.applicant)
    organisations.add_member(by=application.applicant, at=INTAKE, organisation=second, user=other)
    assert codes(application, other) == ["same_person"]


def test_student_and_professor_in_another_application(year, application, reviewer):
    professor = organisations.add_professor(
        by=year.operator, at=INTAKE,
        organisation=organisations.create_organisation(
            by=year.operator, at=INTAKE,
            details=organisations.OrganisationDetails(
                name="가상 대학교", kind="university", legal_form="public_institution", simulated=True
            ),
        ),
        name="가상 교수", email="professor@elsewhere.test", department="가상 학과", user=reviewer,
    )  # fmt: skip
    assert codes(application, reviewer) == []
    Application.objects.create(
        call=year.call, version=application.version, round_id="1", applicant=application.applicant,
        organisation=professor.organisation, professor=professor, role="student", sector="public",
        kind="university", unit=professor.unit, created_at=INTAKE, updated_at=INTAKE,
    )  # fmt: skip
    assert codes(application, reviewer) == ["teaching"]


@pytest.mark.requirement("R-03")
@pytest.mark.parametrize(
    "said",
    [
        {"organisation": "가상 기업 1"},
        {"number": business_number(1)},
        {"person": "가상 대표 1"},
        {"person": "applicant1@applicant1.test"},
    ],
)
def test_a_relation_declared_once_holds_for_every_application_until_taken_back(application, reviewer, said):
    """A reviewer declares a relation with an organisation or person once; no such application is assigned."""
    made, event = one_event(relate, reviewer=reviewer, **said)
    assert event.facts == {"kind": "advice"}
    assert codes(application, reviewer) == ["relation"]
    ended, _event = one_event(actions.end_relation, by=reviewer, at=EVALUATION, relation=made)
    assert ended.ended_at == EVALUATION
    assert codes(application, reviewer) == []
    assert refusal(actions.end_relation, by=reviewer, at=EVALUATION, relation=made) == (
        "R-03", "not_your_relation",
    )  # fmt: skip


def test_relations_are_the_reviewers_own(client, year, application, reviewer):
    assert refusal(relate, reviewer=year.operator, person="x") == ("R-03", "role_missing")
    assert refusal(relate, reviewer=reviewer, person=" ") == ("R-03", "relation_with_nobody")
    other = year.reviewer(2)
    theirs = relate(other, person="x")
    assert refusal(actions.end_relation, by=reviewer, at=EVALUATION, relation=theirs) == (
        "R-03", "not_your_relation",
    )  # fmt: skip
    client.force_login(reviewer)
    assert client.post(f"{PAGE}relations/{theirs.pk}/end/").status_code == 404
    empty = client.post(PAGE, {"act": "relation", "kind": "advice"})
    assert empty.context["refusal"].code == "relation_with_nobody"
    assert client.post(PAGE, {"act": "relation", "kind": "advice", "number": "12"}).context["relation"].errors
    client.post(PAGE, {"act": "relation", "kind": "advice", "organisation": "가상 기업 1"})
    mine = DeclaredRelation.objects.get(reviewer=reviewer)
    assert "가상 기업 1" in client.get(PAGE).text
    client.post(f"{PAGE}relations/{mine.pk}/end/")
    assert "아직 밝혀 둔 관계가 없습니다." in client.get(PAGE).text


def test_the_operator_reads_each_ground_with_its_facts(client, year, application, reviewer):
    neighbour = person("neighbour", "reviewer", email="neighbour@lab.applicant1.test")
    supplier = year.vendor("a")[1]
    relate(reviewer, organisation="가상 기업 1")
    client.force_login(year.operator)
    text = client.get(f"/evaluation/applications/{application.pk}/").text
    for shown in ("같은 메일 도메인", "applicant1.test", "위원이 밝혀 둔 관계", "자문"):
        assert shown in text
    assert codes(application, supplier) == ["supplier"]
    assert neighbour not in queries.free_reviewers(application)


@pytest.mark.parametrize("count", [1, 4])
def test_grounds_cost_the_same_however_many_there_are(year, count, django_assert_num_queries):
    for serial in range(1, count + 1):
        year.eligible(serial)
        enter(year, year.reviewer(serial), affiliation=f"가상 기업 {serial}")
    rows, people = list(queries.open_applications(year.call, "1")), list(queries.reviewers())
    with django_assert_num_queries(9):
        assert len(grounds.findings(rows, people)) == count
