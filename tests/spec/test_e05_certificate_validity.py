"""E-05: how long an SME certificate is valid."""

from dataclasses import replace
from datetime import date

import pytest
from programme import amended, applicant, call_2025, findings_of, screened, staff, verdict_of

from naru.domain.applicant import Document
from naru.domain.decision import Outcome
from naru.domain.eligibility import overall, renewals
from naru.domain.papers import Span, validity_of

pytestmark = pytest.mark.requirement("E-05")


def sme_certificate(**dates):
    return Document(code="sme_certificate", **dates)


def rule():
    return next(entry for entry in call_2025().documents if entry.code == "sme_certificate")


@pytest.mark.parametrize(
    ("year_end", "starts", "ends"),
    [
        (date(2023, 12, 31), date(2024, 4, 1), date(2025, 3, 31)),
        (date(2024, 6, 30), date(2024, 10, 1), date(2025, 9, 30)),
        (date(2024, 2, 29), date(2024, 6, 1), date(2025, 5, 31)),
        (date(2023, 2, 28), date(2023, 6, 1), date(2024, 5, 31)),
        (date(2023, 11, 30), date(2024, 3, 1), date(2025, 2, 28)),
        (date(2022, 11, 30), date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_a_certificate_runs_a_year_from_three_months_after_the_fiscal_year(year_end, starts, ends):
    """Without printed dates the certificate runs one year from three months after the fiscal year's end."""
    found = validity_of(rule(), sme_certificate(fiscal_year_end=year_end))
    assert found == Span(starts=starts, ends=ends, source="computed")


def test_printed_dates_win():
    """The dates printed on the certificate win over the computed ones."""
    document = sme_certificate(
        fiscal_year_end=date(2023, 12, 31), valid_from=date(2024, 7, 1), valid_until=date(2025, 3, 20)
    )
    assert validity_of(rule(), document) == Span(
        starts=date(2024, 7, 1), ends=date(2025, 3, 20), source="printed"
    )


@pytest.mark.parametrize("change", ["founded", "merged", "split"])
def test_a_founded_merged_or_split_company_is_never_computed(change):
    """For a company founded, merged or split in the year nothing is computed: printed dates, or a person."""
    document = sme_certificate(fiscal_year_end=date(2023, 12, 31), fiscal_year_change=change)
    facts = applicant(documents=(document,))
    assert verdict_of("E-05", facts) == ("certificate_validity_unknown", "person")
    printed = replace(document, valid_until=date(2025, 12, 31))
    assert verdict_of("E-05", applicant(documents=(printed,))) == ("certificate_valid", "passed")


def test_a_certificate_without_any_date_goes_to_a_person():
    """A certificate that shows neither dates nor a fiscal year is put to a person."""
    facts = applicant(documents=(sme_certificate(),))
    assert verdict_of("E-05", facts) == ("certificate_validity_unknown", "person")
    assert overall(screened(facts)) is Outcome.PERSON


@pytest.mark.parametrize(
    ("until", "code", "outcome"),
    [
        (date(2025, 3, 16), "certificate_expired", "missing"),
        (date(2025, 3, 17), "certificate_renewal_due", "passed"),
        (date(2025, 3, 31), "certificate_renewal_due", "passed"),
        (date(2025, 4, 1), "certificate_valid", "passed"),
    ],
)
def test_the_closing_day_and_the_allocation_day_are_the_edges(until, code, outcome):
    """A certificate counts if it is valid on the closing day, its last day included."""
    facts = applicant(documents=(sme_certificate(valid_until=until),))
    assert verdict_of("E-05", facts) == (code, outcome)


def test_a_certificate_of_the_coming_year_is_too_early():
    """A certificate whose year begins after the closing day does not count yet."""
    facts = applicant(documents=(sme_certificate(fiscal_year_end=date(2024, 12, 31)),))
    assert verdict_of("E-05", facts) == ("certificate_not_yet_valid", "missing")


def test_a_certificate_that_lapses_before_the_allocation_is_a_task_and_no_silent_pass():
    """A certificate good at closing that lapses before the allocation raises a renewal task with its day."""
    facts = applicant(documents=(sme_certificate(fiscal_year_end=date(2023, 12, 31)),))
    call = call_2025()
    (task,) = renewals(call, call.round("1"), facts)
    assert (task.document, task.lapses_on, task.needed_by) == (
        "sme_certificate",
        date(2025, 3, 31),
        date(2025, 4, 1),
    )
    (finding,) = findings_of("E-05", facts)
    assert finding.code == "certificate_renewal_due"
    assert "2025-04-01" in finding.mend.en


def test_a_later_allocation_moves_the_task():
    """The task follows the real day of allocation where it differs from the printed schedule."""
    facts = applicant(documents=(sme_certificate(valid_until=date(2025, 5, 1)),))
    call = call_2025()
    assert renewals(call, call.round("1"), facts) == ()
    assert renewals(call, call.round("1"), facts, allocated_on=date(2025, 5, 2))[0].lapses_on == date(
        2025, 5, 1
    )
    assert verdict_of("E-05", facts, allocated_on=date(2025, 5, 2))[0] == "certificate_renewal_due"


def test_without_a_printed_day_of_use_the_end_of_support_decides():
    """Where no day of allocation is printed, whatever lapses before the support ends is to be renewed."""
    call = call_2025()
    silent = amended(schedule=tuple(row for row in call.schedule if row.step != "use"))
    facts = applicant(documents=(sme_certificate(valid_until=date(2025, 12, 30)),))
    assert verdict_of("E-05", facts, call=silent)[0] == "certificate_renewal_due"


def test_a_lapsed_document_beside_a_good_one_does_no_harm():
    """Where one of two documents is enough, a lapsed one is forgiven beside a good one."""
    facts = applicant(
        kind="startup",
        business_started_on=date(2022, 5, 1),
        documents=(
            Document(code="startup_certificate", valid_until=date(2025, 1, 1)),
            Document(code="business_registration"),
        ),
    )
    assert verdict_of("A-02", facts) == ("certificate_not_needed", "not_applicable")
    alone = replace(facts, documents=facts.documents[:1])
    assert verdict_of("A-02", alone) == ("certificate_expired", "missing")


def test_the_newest_certificate_counts():
    """Of two certificates under one code the one that is valid longest counts."""
    old, new = sme_certificate(valid_until=date(2025, 1, 1)), sme_certificate(valid_until=date(2025, 12, 31))
    assert verdict_of("E-05", applicant(documents=(new, old)))[0] == "certificate_valid"


def test_a_document_good_for_months_after_issue_is_computed_too():
    """A document that is good for months after its issue is judged by its day of issue."""
    validity = replace(
        rule().validity, kind="months_after_issue", months=3, starts_months_after_fiscal_year_end=None
    )
    dated = replace(rule(), validity=validity)
    assert validity_of(dated, sme_certificate(issued_on=date(2024, 11, 30))).ends == date(2025, 2, 28)
    assert validity_of(dated, sme_certificate()) is None


def test_who_owes_no_certificate_is_not_judged_by_it():
    """The rule does not apply to an applicant who shows no dated certificate."""
    assert verdict_of("E-05", staff()) == ("no_dated_certificate", "not_applicable")


def test_a_period_that_ends_before_it_starts_is_refused():
    """A certificate cannot end before it starts."""
    with pytest.raises(ValueError, match="valid_until"):
        sme_certificate(valid_from=date(2025, 1, 2), valid_until=date(2025, 1, 1))
