"""Corrections per item until they are due; duplicates held until a person resolves them."""

from datetime import date, timedelta

import pytest
from refusing import one_event, refusal
from simulated_year import PDF, SCREENING, VALID

from naru.portal.applications import actions as applications
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.judging import judge
from naru.portal.mail.models import Mail
from naru.portal.screening import actions, queries, texts
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
        message = changes.pop("message", "유효기간이 보이는 확인서를 다시 올려 주십시오.")
        given = {
            "by": year.operator,
            "at": SCREENING,
            "application": application,
            "asked": [actions.Asked(item=item, message=message)],
            "due_at": DUE,
        }
        [row] = actions.request_corrections(**(given | changes))
        return row

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
    assert (event.action, event.facts["items"]) == ("screening.request_corrections", ["sme_certificate"])
    assert Screening.objects.get().decision == "correction"
    applications.attach_document(
        by=application.applicant,
        at=SCREENING + timedelta(hours=1),
        application=application,
        code="sme_certificate",
        file=judge(PDF, "새 확인서.pdf"),
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


def mails(name):
    return list(Mail.objects.filter(name=f"screening/{name}").values_list("to", flat=True))


def test_several_items_go_out_in_one_mail(year, application, found):
    asked = [
        actions.Asked(item="sme_certificate", message="다시"),
        actions.Asked(item="plan", message="일정"),
    ]
    given = {"by": year.operator, "at": SCREENING, "application": application, "due_at": DUE}
    rows, event = one_event(lambda: actions.request_corrections(asked=asked, **given))
    assert event.facts["items"] == [row.item for row in rows] == ["sme_certificate", "plan"]
    assert mails("corrections_asked") == [application.applicant.email]
    body = Mail.objects.get(name="screening/corrections_asked").body
    assert "중소기업" in body
    assert "사용계획서" in body
    assert refusal(actions.request_corrections, asked=[], **given) == ("R-01", "correction_empty")
    assert refusal(actions.request_corrections, asked=asked[:1], **given) == ("R-01", "correction_asked")


def test_more_time_is_given_with_a_reason_and_mailed(year, ask):
    correction = ask()
    later = DUE + timedelta(days=2)
    given = {"by": year.operator, "at": DUE, "correction": correction, "due_at": later}
    assert refusal(actions.extend_correction, reason=" ", **given) == ("R-01", "correction_reason_missing")
    sooner = given | {"due_at": DUE}
    assert refusal(actions.extend_correction, reason="사정", **sooner) == ("R-01", "due_in_the_past")
    extended, event = one_event(lambda: actions.extend_correction(reason="서류 발급이 늦어짐", **given))
    assert (extended.due_at, event.facts["before"]) == (later, DUE.isoformat())
    assert mails("correction_extended") == [correction.application.applicant.email]
    assert answer(correction, at=later - timedelta(seconds=1)).answered_at


def test_a_request_taken_back_is_not_waited_for(year, ask):
    correction = ask()
    given = {"by": year.operator, "at": SCREENING, "correction": correction}
    assert refusal(actions.withdraw_correction, reason="", **given) == ("R-01", "correction_reason_missing")
    actions.withdraw_correction(reason="이미 낸 서류입니다.", **given)
    assert Screening.objects.get().decision == "pending"
    assert mails("correction_withdrawn") == [correction.application.applicant.email]
    assert refusal(answer, correction=correction) == ("R-01", "correction_answered")
    assert actions.find(by=year.operator, at=DUE, application=correction.application).proposed == "missing"


def test_an_open_request_is_reminded_of_once_before_it_is_due(year, ask):
    correction, other = ask(), ask("plan")
    answer(other)
    given = {"by": None, "call": year.call}
    assert actions.remind(at=DUE - timedelta(days=2, seconds=1), **given) == 0
    assert actions.remind(at=DUE - timedelta(days=2), **given) == 1
    assert actions.remind(at=DUE - timedelta(days=1), **given) == 0
    assert mails("corrections_due") == [correction.application.applicant.email]
    assert "사용계획서" not in Mail.objects.get(name="screening/corrections_due").body


def test_the_proposed_words_are_the_operators_own_in_the_applicants_language(year, found, terms):
    findings = [queries.as_finding(row) for row in found.findings.all()]
    [before] = texts.proposals(terms, findings, "ko")
    assert (before.item, before.code) == ("sme_certificate", "certificate_expired")
    assert "중소기업" in before.message
    given = {"by": year.operator, "at": SCREENING, "code": before.code}
    assert refusal(actions.keep_text, ko="글", en=" ", **given) == ("R-01", "correction_empty")
    actions.keep_text(ko="{document}: {clause} {모름}", en="{document}, again", **given)
    assert texts.proposals(terms, findings, "ko")[0].message.endswith("E-05 {모름}")
    assert texts.proposals(terms, findings, "en")[0].message.endswith(", again")
