"""The midpoint and the final check."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from awarded import refused

from naru.portal.applications.models import Kpi
from naru.portal.audit.models import Event
from naru.portal.progress import actions
from naru.portal.progress.models import Check, KpiResult

pytestmark = pytest.mark.django_db
AUGUST = datetime(2025, 8, 20, tzinfo=UTC)
DECEMBER = datetime(2025, 12, 10, tzinfo=UTC)


def submit(award, kind="final", at=DECEMBER, summary="성과를 정리함", **changes):
    who = award.application.applicant
    return actions.submit_check(by=who, at=at, award=award, kind=kind, summary=summary, **changes)


def measured(award, throughput, latency):
    higher, lower = award.application.kpis.order_by("id")
    return {higher.pk: throughput, lower.pk: latency}


def test_the_midpoint_check_is_taken_from_its_month_on(award):
    july = datetime(2025, 7, 31, 14, 0, tzinfo=UTC)
    assert refused("check_too_early", lambda: submit(award, "midpoint", july)) == "P-03"
    check = submit(award, "midpoint", datetime(2025, 7, 31, 15, 0, tzinfo=UTC))
    assert (check.kind, check.proposed, check.findings) == ("midpoint", "", [])


@pytest.mark.parametrize(
    ("throughput", "latency", "proposed"),
    [
        (Decimal(100), Decimal(20), "achieved"),
        (Decimal(80), Decimal(25), "partly"),
        (Decimal(20), Decimal(48), "insufficient"),
        (None, None, "insufficient"),
    ],
)
def test_the_final_check_is_compared_with_the_kpis(award, throughput, latency, proposed):
    check = submit(award, results=measured(award, throughput, latency))
    kept = Check.objects.get()
    assert (kept, kept.proposed) == (check, proposed)
    assert {finding["clause"] for finding in kept.findings} == {"P-04"}
    assert list(KpiResult.objects.values_list("measured", flat=True)) == [throughput, latency]
    assert Event.objects.get(action="progress.submit_check").facts["proposed"] == proposed


def test_every_kpi_needs_a_line(award):
    clause = refused("results_missing", lambda: submit(award, results={}))
    assert (clause, Check.objects.count()) == ("P-04", 0)


def test_results_of_another_application_are_refused(award, stage):
    foreign = stage.application(9).kpis.first()
    results = measured(award, Decimal(1), Decimal(1)) | {foreign.pk: Decimal(1)}
    refused("foreign_results", lambda: submit(award, results=results))


def test_a_second_submission_replaces_the_first_until_the_decision(award, operator):
    submit(award, results=measured(award, Decimal(20), Decimal(48)))
    check = submit(award, results=measured(award, Decimal(100), Decimal(20)), summary="다시 잼")
    assert (Check.objects.count(), KpiResult.objects.count(), check.proposed) == (1, 2, "achieved")
    actions.decide_check(by=operator, at=DECEMBER, check=check, verdict="satisfactory", reason="목표 달성")
    refused("check_decided", lambda: submit(award, results=measured(award, Decimal(1), Decimal(1))))


def test_a_check_says_something(award):
    refused("text_missing", lambda: submit(award, "midpoint", AUGUST, summary=" "))


def test_a_person_decides_with_a_reason_and_not_its_own(award, operator):
    check = submit(award, results=measured(award, Decimal(20), Decimal(48)))
    decide = {"at": DECEMBER, "check": check, "verdict": "insufficient"}
    own = award.application.applicant
    assert refused("own_check", actions.decide_check, by=own, reason="만족", **decide) == "P-04"
    refused("text_missing", actions.decide_check, by=operator, reason=" ", **decide)
    decided = actions.decide_check(by=operator, reason="목표의 절반에 못 미침", **decide)
    assert (decided.verdict, decided.decided_by, decided.reason) == (
        "insufficient",
        operator,
        "목표의 절반에 못 미침",
    )
    facts = Event.objects.get(action="progress.decide_check").facts
    assert (facts["proposed"], facts["verdict"]) == ("insufficient", "insufficient")
    refused("check_decided", actions.decide_check, by=operator, reason="다시", **decide)


def test_an_application_without_kpis_gets_no_proposal(award):
    Kpi.objects.all().delete()
    assert submit(award).proposed == ""
