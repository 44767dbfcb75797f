"""E-09 to E-11, R-01 and R-02 as they end in the portal: register, declarations, corrections, vendors."""

from datetime import UTC, date, datetime, timedelta

import pytest
from simulated_year import INTAKE, SCREENING, company, person

from naru.portal.applications.answers import DocumentDates
from naru.portal.organisations import actions as organisations
from naru.portal.screening import actions, queries
from naru.portal.screening.models import TechnicalReview
from naru.portal.ui import clock

CLOSING = date(2025, 3, 17)
DAY = timedelta(days=1)


def restrict(year, application, starts, ends, ground="ict_fund_restriction"):
    entry = organisations.RestrictionEntry(
        unit=application.unit,
        ground=ground,
        clause="E-09",
        starts_on=starts,
        ends_on=ends,
        source="가상의 통보",
    )
    return organisations.record_restriction(by=year.operator, at=INTAKE, entry=entry)


def found(year, application, clause):
    screening = actions.find(by=year.operator, at=SCREENING, application=application)
    rows = screening.findings.filter(clause=clause).exclude(outcome__in=["passed", "not_applicable"])
    return screening.proposed, list(rows.values_list("code", "outcome"))


@pytest.mark.requirement("E-09")
@pytest.mark.parametrize(
    ("starts", "ends", "barred"),
    [
        (CLOSING, CLOSING, True),
        (CLOSING - 365 * DAY, CLOSING + 365 * DAY, True),
        (CLOSING - 30 * DAY, CLOSING - DAY, False),
        (CLOSING + DAY, CLOSING + 30 * DAY, False),
    ],
)
def test_the_register_is_read_as_of_the_closing_date(year, starts, ends, barred):
    application = year.submitted(1)
    restrict(year, application, starts, ends)
    proposed, codes = found(year, application, "E-09")
    expected = [("barred_ict_fund_restriction", "failed")] if barred else []
    assert (proposed, codes) == ("failed" if barred else "passed", expected)


@pytest.mark.requirement("E-09")
@pytest.mark.requirement("P-06")
def test_a_sanction_of_our_own_register_bars_as_well(year):
    application = year.submitted(1)
    restrict(year, application, date(2025, 1, 1), date(2025, 12, 31), ground="withdrawal")
    assert found(year, application, "E-09") == ("failed", [("barred_government_sanction", "failed")])


@pytest.mark.requirement("E-09")
def test_a_restriction_lifted_before_the_closing_date_bars_nobody(year):
    application = year.submitted(1)
    entry = restrict(year, application, date(2025, 1, 1), date(2025, 12, 31))
    organisations.lift_restriction(
        by=year.operator,
        at=datetime(2025, 3, 10, tzinfo=UTC),
        restriction=entry,
        reason="행정심판에서 취소",
    )
    assert found(year, application, "E-09") == ("passed", [])


@pytest.mark.requirement("E-09")
def test_another_companys_restriction_is_not_ones_own(year):
    application, other = year.submitted(1), year.submitted(2)
    restrict(year, other, date(2025, 1, 1), date(2025, 12, 31))
    assert found(year, application, "E-09") == ("passed", [])


def declared(**changes):
    return {
        "inference_only": True,
        "model_trained": True,
        "privacy_violation": False,
        "duplicate_support": False,
    } | changes


@pytest.mark.requirement("E-10")
def test_similar_support_goes_to_a_person_and_gpu_training_never_costs_the_place(year):
    voucher = declared(duplicate_support=True, **{"ai_voucher_ai_semiconductor:selected": True})
    training = declared(**{"gpu_training:selected": True})
    similar = year.submitted(1, declarations=voucher)
    harmless = year.submitted(2, declarations=training)
    assert found(year, similar, "E-10") == ("person", [("duplicate_support", "person")])
    assert found(year, harmless, "E-10") == ("passed", [])


@pytest.mark.requirement("E-11")
def test_missing_evidence_excludes_only_after_the_correction_window_with_the_item_named(year):
    lapsed = DocumentDates(valid_from=date(2023, 4, 1), valid_until=date(2024, 3, 31))
    application = year.submitted(1, dates=lapsed)
    screening = actions.find(by=year.operator, at=SCREENING, application=application)
    due_at = SCREENING + 3 * DAY
    actions.request_corrections(
        by=year.operator,
        at=SCREENING,
        application=application,
        asked=[actions.Asked(item="sme_certificate", message="유효한 확인서")],
        due_at=due_at,
    )
    assert not screening.findings.filter(clause="E-11", outcome="failed").exists()
    actions.find(by=year.operator, at=due_at, application=application)
    failed = screening.findings.get(clause="E-11", outcome="failed")
    assert "중소기업" in failed.reason_ko
    assert ["document", "sme_certificate"] in failed.facts


@pytest.mark.requirement("R-01")
def test_the_queue_holds_the_findings_and_a_person_decides(client, year, operator, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCREENING)
    year.submitted(1)
    client.force_login(operator)
    client.post("/screening/find/")
    screening = queries.clean(year.call, "1").get()
    assert "근거 E-04" in client.get(f"/screening/{screening.pk}/").text
    assert not queries.eligible(year.call, "1").exists()
    client.post(f"/screening/{screening.pk}/", {"act": "decide", "decision": "eligible", "reason": ""})
    assert queries.eligible(year.call, "1").count() == 1


@pytest.mark.requirement("R-02")
def test_every_vendor_is_asked_and_answers_on_its_own_page(client, year, operator, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCREENING)
    vendors = [year.vendor(letter) for letter in "abc"]
    application = year.submitted(1)
    client.force_login(operator)
    client.post("/screening/coverage/")
    answers = (
        ("supported", "runs_today"),
        ("conditional", "fixed_input_shape"),
        ("unsupported", "memory_exceeded"),
    )
    for (supplier, user), (verdict, code) in zip(vendors, answers, strict=True):
        review = TechnicalReview.objects.get(vendor=supplier)
        client.force_login(user)
        client.post(
            f"/technical-review/{review.pk}/",
            {"verdict": verdict, "reason_code": code, "note": "가상의 설명"},
        )
    supporting = queries.supporting_vendors([application])
    assert supporting == {application.pk: frozenset({"vendor-a", "vendor-b"})}


@pytest.mark.requirement("E-04")
@pytest.mark.parametrize(
    "shared",
    [
        {"representatives": (("가상 대표", date(1970, 1, 2)),)},
        {"corporate_number": "1101110000015"},
    ],
)
def test_one_person_or_corporate_number_behind_two_companies_holds_both_for_a_person(year, shared):
    owners = [person(f"owner{serial}") for serial in (1, 2)]
    twins = [company(serial + 10, owner, **shared) for serial, owner in enumerate(owners)]
    first, second = (
        year.submitted(serial, organisation=one) for serial, one in zip((1, 2), twins, strict=True)
    )
    alone = year.submitted(3)
    expected = ("person", [("person_behind_two_units", "person")])
    assert [found(year, one, "E-04") for one in (first, second)] == [expected, expected]
    assert found(year, alone, "E-04") == ("passed", [])
