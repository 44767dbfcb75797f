"""Document screening: findings kept with their clause, decisions by a person, one event per act."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from refusing import refusal
from simulated_year import CLOSE, INTAKE, SCREENING

from naru.portal.applications import actions as applications
from naru.portal.applications.answers import ModelAnswer
from naru.portal.audit.models import Event
from naru.portal.screening import actions, queries
from naru.portal.screening.models import Screening


@pytest.fixture
def application(year):
    return year.submitted(1)


@pytest.fixture
def found(year, application):
    return actions.find(by=year.operator, at=SCREENING, application=application)


@pytest.fixture
def doubtful(year):
    """An application whose model is not in the table: a person decides."""
    application = year.submitted(2, models=(ModelAnswer(name="우리 회사 모델", primary=True),))
    return actions.find(by=year.operator, at=SCREENING, application=application)


def decide(year, screening, decision, **changes):
    given = {"by": year.operator, "at": SCREENING, "screening": screening, "decision": decision}
    return actions.decide(**(given | changes))


def test_find_keeps_every_finding_with_its_clause(year, application):
    before = Event.objects.count()
    screening = actions.find(by=year.operator, at=SCREENING, application=application)
    assert (screening.proposed, screening.decision, screening.version.number) == ("passed", "pending", 1)
    findings = list(screening.findings.all())
    assert [row.order for row in findings] == list(range(1, len(findings) + 1))
    assert {"E-01", "E-04", "E-05", "E-09", "E-10", "E-11", "C-06", "A-05"} <= {
        row.clause for row in findings
    }
    assert all(row.reason_ko and row.reason_en for row in findings)
    event = Event.objects.order_by("-pk")[0]
    assert Event.objects.count() == before + 1
    assert (event.action, event.facts) == ("screening.find", {"proposed": "passed", "version": 1})


def test_find_again_replaces_the_findings(year, application, found):
    count = found.findings.count()
    again = actions.find(by=year.operator, at=SCREENING + timedelta(hours=1), application=application)
    assert (again.pk, again.findings.count()) == (found.pk, count)
    assert again.found_at == SCREENING + timedelta(hours=1)


def test_find_waits_for_the_closing_instant(year, application):
    early = CLOSE - timedelta(seconds=1)
    given = {"by": year.operator, "application": application}
    assert refusal(actions.find, at=early, **given) == ("R-01", "intake_open")
    assert actions.find(at=CLOSE, **given).proposed == "passed"


def test_find_leaves_drafts_and_withdrawn_ones_alone(year, application):
    applications.withdraw(by=application.applicant, at=INTAKE, application=application, reason="그만둠")
    given = {"by": year.operator, "at": SCREENING, "application": application}
    assert refusal(actions.find, **given) == ("R-01", "not_submitted")


def test_findings_under_a_decision_stay(year, application, found):
    decide(year, found, "eligible")
    given = {"by": year.operator, "at": SCREENING, "application": application}
    assert refusal(actions.find, **given) == ("R-01", "decided_already")


def test_find_round_judges_all_that_wait_as_one_act(year, application, django_assert_max_num_queries):
    others = [year.submitted(serial) for serial in (2, 3)]
    decided = actions.find(by=year.operator, at=SCREENING, application=others[1])
    decide(year, decided, "eligible")
    before = Event.objects.count()
    with django_assert_max_num_queries(25):
        rows = actions.find_round(by=year.operator, at=SCREENING, call=year.call, round_id="1")
    assert {row.application_id for row in rows} == {application.pk, others[0].pk}
    assert Event.objects.count() == before + 1
    assert not queries.unfound(year.call, "1").exists()


def test_find_is_lean(year, application, django_assert_max_num_queries):
    with django_assert_max_num_queries(27):
        actions.find(by=year.operator, at=SCREENING, application=application)


def test_decide_confirms_without_a_reason(year, found):
    decide(year, found, "eligible")
    found.refresh_from_db()
    assert (found.decision, found.overrides, found.decided_by) == ("eligible", False, year.operator)
    assert list(queries.eligible(year.call, "1")) == [found.application]


def test_override_needs_a_reason_and_is_marked(year, found):
    given = {"by": year.operator, "at": SCREENING, "screening": found, "decision": "ineligible"}
    assert refusal(actions.decide, **given) == ("R-01", "reason_missing")
    actions.decide(**given, reason="E-09 허위 사실 확인")
    found.refresh_from_db()
    assert (found.decision, found.overrides) == ("ineligible", True)
    assert not queries.eligible(year.call, "1").exists()


def test_what_a_person_must_judge_needs_a_reason_and_overrides_nothing(year, doubtful):
    assert doubtful.proposed == "person"
    given = {"by": year.operator, "at": SCREENING, "screening": doubtful, "decision": "eligible"}
    assert refusal(actions.decide, **given) == ("R-01", "reason_missing")
    actions.decide(**given, reason="기술검토에서 확인")
    doubtful.refresh_from_db()
    assert (doubtful.decision, doubtful.overrides) == ("eligible", False)


def test_a_decision_taken_again_says_why(year, found):
    decide(year, found, "eligible")
    given = {"by": year.operator, "at": SCREENING, "screening": found, "decision": "eligible"}
    assert refusal(actions.decide, **given) == ("R-01", "reason_missing")
    decide(year, found, "ineligible", reason="뒤늦게 확인됨")
    assert Screening.objects.get(pk=found.pk).decision == "ineligible"


@pytest.mark.parametrize("decision", ["pending", "correction", "maybe"])
def test_a_person_decides_eligible_or_ineligible(year, found, decision):
    given = {"by": year.operator, "at": SCREENING, "screening": found, "decision": decision}
    assert refusal(actions.decide, **given) == ("R-01", "no_such_decision")


def test_confirm_clean_takes_only_those_all_rules_passed(year, found, doubtful):
    before = Event.objects.count()
    rows = actions.confirm_clean(by=year.operator, at=SCREENING, call=year.call, round_id="1")
    assert rows == [found]
    event = Event.objects.order_by("-pk")[0]
    assert (Event.objects.count(), event.facts) == (before + 1, {"round": "1", "screenings": [found.pk]})
    found.refresh_from_db()
    doubtful.refresh_from_db()
    assert (found.decision, found.decided_at, doubtful.decision) == ("eligible", SCREENING, "pending")


def ruling(year, screening, row, after, reason=""):
    return {
        "by": year.operator, "at": SCREENING, "screening": screening,
        "mark": row.mark, "after": after, "reason": reason,
    }  # fmt: skip


def rule(*given, **reason):
    return actions.rule_finding(**ruling(*given, **reason))


def test_each_finding_is_ruled_on_by_a_row_more(year, doubtful):
    [asked] = doubtful.findings.filter(outcome="person")
    before = Event.objects.count()
    assert refusal(actions.rule_finding, **ruling(year, doubtful, asked, "passed")) == (
        "R-01",
        "ruling_reason_missing",
    )
    rule(year, doubtful, asked, "passed", reason="기술검토에서 확인했습니다.")
    rule(year, doubtful, asked, "failed", reason="다시 보니 지원하지 않습니다.")
    rows = doubtful.rulings.order_by("pk")
    assert [(row.found, row.before, row.after, row.said_ko) for row in rows] == [
        ("person", "person", "passed", asked.reason_ko),
        ("person", "passed", "failed", asked.reason_ko),
    ]
    doubtful.refresh_from_db()
    assert (doubtful.proposed, doubtful.outcome, doubtful.decision) == ("person", "failed", "pending")
    event = Event.objects.order_by("-pk")[0]
    assert (Event.objects.count(), event.action) == (before + 2, "screening.rule")
    assert (event.facts["clause"], event.facts["code"]) == (asked.clause, asked.code)


def test_a_ruling_is_never_changed_or_deleted(year, doubtful):
    [asked] = doubtful.findings.filter(outcome="person")
    row = rule(year, doubtful, asked, "passed", reason="확인함")
    row.reason = "다른 사유"
    for act in (row.save, row.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_the_card_decided_agrees_with_its_findings_as_ruled(year, doubtful):
    [asked] = doubtful.findings.filter(outcome="person")
    rule(year, doubtful, asked, "passed", reason="기술검토에서 확인했습니다.")
    decide(year, doubtful, "eligible")
    doubtful.refresh_from_db()
    assert (doubtful.decision, doubtful.outcome, doubtful.overrides) == ("eligible", "passed", False)
    assert Event.objects.order_by("-pk")[0].facts["ruled"] == [[asked.clause, asked.code, "person", "passed"]]


def test_the_whole_card_decided_against_rules_on_what_was_open(year, doubtful):
    decide(year, doubtful, "ineligible", reason="지원하는 반도체사가 없습니다.")
    [row] = doubtful.rulings.all()
    assert (row.after, row.reason) == ("failed", "지원하는 반도체사가 없습니다.")
    assert [one.reason.ko for one in queries.against(doubtful)] == [
        "담당자가 미충족으로 판단했습니다: 지원하는 반도체사가 없습니다."
    ]


def test_a_persons_own_finding_is_kept_and_taken_back(year, found):
    decide(year, found, "ineligible", reason="E-09 허위 사실 확인")
    [own] = queries.against(found)
    assert (own.clause, own.code) == ("R-01", "found_by_person")
    decide(year, found, "eligible", reason="사실이 아니었습니다.")
    assert queries.against(found) == []
    assert found.rulings.count() == 2


def test_a_ruling_on_a_decided_card_carries_the_decision(year, found):
    decide(year, found, "eligible")
    row = found.findings.get(clause="E-01")
    assert refusal(actions.rule_finding, **ruling(year, found, row, "passed")) == ("R-01", "reason_missing")
    rule(year, found, row, "failed", reason="폐업한 기업입니다.")
    found.refresh_from_db()
    assert (found.decision, found.reason, found.overrides) == ("ineligible", "폐업한 기업입니다.", True)


def test_a_finding_judged_anew_is_ruled_on_as_it_is_now(year, doubtful):
    [asked] = doubtful.findings.filter(outcome="person")
    asked.mark = "0" * 16
    assert refusal(actions.rule_finding, **ruling(year, doubtful, asked, "passed", reason="확인")) == (
        "R-01",
        "finding_gone",
    )


def test_a_card_ruled_against_is_not_confirmed_with_the_clean_ones(year, found):
    rule(year, found, found.findings.get(clause="E-01"), "failed", reason="폐업한 기업입니다.")
    assert actions.confirm_clean(by=year.operator, at=SCREENING, call=year.call, round_id="1") == []
