"""Corrections per item until they are due; duplicates held until a person resolves them."""

from datetime import date, timedelta

import pytest
from refusing import one_event, refusal
from simulated_year import PDF, SCREENING, VALID

from naru.portal.applications import actions as applications
from naru.portal.applications.answers import DocumentDates
from naru.portal.screening import actions, queries
from naru.portal.screening.models import CorrectionRequest, Screening

DUE = SCREENING + timedelta(days=3)


@pytest.fixture
def application(year):
    """A certificate that had lapsed before the closing date."""
    return year.submitted(1, dates=DocumentDates(valid_from=date(2023, 4, 1), valid_until=date(2024, 3, 31)))


@pytest.fixture
def found(year, application):
    return actions.find(by=year.operator, at=SCREENING, application=application)


@pytest.fixture
def ask(year, application, found):
    def do(item="sme_certificate", **changes):
        given = {
            "by": year.operator,
            "at": SCREENING,
            "application": application,
            "item": item,
            "message": "유효기간이 보이는 확인서를 다시 올려 주십시오.",
            "due_at": DUE,
        }
        return actions.request_correction(**(given | changes))

    return do


def answer(correction, **changes):
    given = {
        "by": correction.application.applicant,
        "at": SCREENING + timedelta(hours=2),
        "correction": correction,
        "answer": "확인서를 다시 올렸습니다.",
    }
    return actions.answer_correction(**(given | changes))


def test_a_mended_document_passes_the_next_finding(year, application, found, ask):
    assert found.proposed == "missing"
    correction, event = one_event(ask)
    assert (event.action, event.facts["item"]) == ("screening.request_correction", "sme_certificate")
    assert Screening.objects.get().decision == "correction"
    applications.attach_document(
        by=application.applicant,
        at=SCREENING + timedelta(hours=1),
        application=application,
        code="sme_certificate",
        filename="새 확인서.pdf",
        content=PDF,
        dates=VALID,
        until=correction.due_at,
    )
    answered, event = one_event(lambda: answer(correction))
    assert (answered.answered_at, event.action) == (
        SCREENING + timedelta(hours=2),
        "screening.answer_correction",
    )
    assert Screening.objects.get().decision == "pending"
    again = actions.find(by=year.operator, at=SCREENING + timedelta(hours=3), application=application)
    assert again.proposed == "passed"


def test_what_is_still_missing_when_the_time_is_over_fails_under_e11(year, application, found, ask):
    ask()
    given = {"by": year.operator, "application": application}
    assert actions.find(at=DUE - timedelta(seconds=1), **given).proposed == "missing"
    late = actions.find(at=DUE, **given)
    assert late.proposed == "failed"
    assert "E-11" in {row.clause for row in late.findings.filter(outcome="failed")}


def test_nobody_is_excluded_while_there_is_time_to_mend(year, found, ask):
    ask()
    given = {"by": year.operator, "screening": found, "decision": "ineligible", "reason": "미제출"}
    assert refusal(actions.decide, at=DUE - timedelta(seconds=1), **given) == ("E-11", "correction_open")
    actions.decide(at=DUE, **given)
    assert Screening.objects.get().decision == "ineligible"


def test_the_due_instant_itself_is_too_late(ask):
    correction = ask()
    given = {"by": correction.application.applicant, "correction": correction, "answer": "늦었습니다"}
    assert refusal(actions.answer_correction, at=DUE, **given) == ("E-11", "correction_late")
    assert answer(correction, at=DUE - timedelta(seconds=1)).answered_at


def test_two_items_wait_for_both_answers(ask):
    first, second = ask(), ask("plan")
    answer(first)
    assert Screening.objects.get().decision == "correction"
    answer(second)
    assert Screening.objects.get().decision == "pending"


def test_an_answer_is_given_once_and_says_something(ask):
    correction = ask()
    assert refusal(answer, correction=correction, answer="  ") == ("R-01", "correction_empty")
    answer(correction)
    assert refusal(answer, correction=correction) == ("R-01", "correction_answered")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"message": " "}, "correction_empty"), ({"due_at": SCREENING}, "due_in_the_past")],
)
def test_a_request_says_what_and_leaves_time(ask, changes, code):
    assert refusal(ask, **changes) == ("R-01", code)


def test_one_open_request_per_item(year, found, ask):
    ask()
    assert refusal(ask) == ("R-01", "correction_asked")
    assert CorrectionRequest.objects.count() == 1


def test_no_request_after_the_decision_or_before_the_findings(year, found, ask):
    actions.decide(by=year.operator, at=SCREENING, screening=found, decision="eligible", reason="원본 확인")
    assert refusal(ask) == ("R-01", "decided_already")
    other = year.submitted(2)
    assert refusal(ask, application=other) == ("R-01", "not_submitted")


@pytest.fixture
def twins(year):
    """Two people of one company hand in an application each."""
    first = year.submitted(1)
    second = year.submitted(2, organisation=first.organisation)
    return first, second


def resolve(year, twins, **changes):
    given = {
        "by": year.operator,
        "at": SCREENING,
        "call": year.call,
        "unit": twins[0].unit,
        "kept": twins[1],
        "reason": "대표 담당자가 낸 신청을 남김",
    }
    return actions.resolve_duplicates(**(given | changes))


def test_both_of_a_unit_are_held_for_a_person(year, twins):
    rows = actions.find_round(by=year.operator, at=SCREENING, call=year.call, round_id="1")
    held = [row.findings.get(code="duplicate_held") for row in rows]
    assert [(finding.clause, finding.outcome) for finding in held] == [("E-04", "person")] * 2
    assert dict(held[0].facts)["others"] == twins[1].number
    assert queries.unresolved_duplicates(year.call, "1") == {twins[0].unit: list(twins)}
    assert actions.confirm_clean(by=year.operator, at=SCREENING, call=year.call, round_id="1") == []


def test_a_resolution_leaves_one_and_frees_it(year, twins):
    resolution, event = one_event(resolve, year=year, twins=twins)
    assert list(resolution.excluded.all()) == [twins[0]]
    assert (event.facts["kept"], event.facts["excluded"]) == (twins[1].number, [twins[0].number])
    assert queries.unresolved_duplicates(year.call, "1") == {}
    found = actions.find(by=year.operator, at=SCREENING, application=twins[1])
    assert found.proposed == "passed"
    for application in twins:
        screening = actions.find(by=year.operator, at=SCREENING, application=application)
        actions.decide(
            by=year.operator, at=SCREENING, screening=screening, decision="eligible", reason="확인"
        )
    assert list(queries.eligible(year.call, "1")) == [twins[1]]


def test_a_resolution_may_keep_none(year, twins):
    resolve(year, twins, kept=None)
    assert queries.unresolved_duplicates(year.call, "1") == {}
    assert refusal(resolve, year=year, twins=twins) == ("E-04", "no_duplicates")


def test_a_resolution_keeps_one_of_the_group_and_says_why(year, twins):
    other = year.submitted(3)
    assert refusal(resolve, year=year, twins=twins, kept=other) == ("E-04", "kept_not_of_unit")
    assert refusal(resolve, year=year, twins=twins, reason="") == ("E-04", "reason_missing")
    assert refusal(resolve, year=year, twins=twins, unit="company:none") == ("E-04", "no_duplicates")


def test_withdrawing_one_of_two_resolves_it(year, twins):
    applications.withdraw(by=twins[0].applicant, at=SCREENING, application=twins[0], reason="중복이라 철회")
    assert queries.unresolved_duplicates(year.call, "1") == {}
