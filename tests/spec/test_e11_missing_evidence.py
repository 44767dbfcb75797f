"""E-11: evidence that is missing."""

import pytest
from programme import SME_CERTIFICATE, applicant, findings_of, screened, staff, startup, student, venture

from naru.domain.applicant import Document
from naru.domain.decision import Outcome
from naru.domain.eligibility import after_correction_window, overall

pytestmark = pytest.mark.requirement("E-11")


@pytest.mark.parametrize(
    ("build", "documents"),
    [
        (applicant, ["sme_certificate"]),
        (venture, ["venture_certificate"]),
        (startup, ["startup_certificate | business_registration"]),
        (staff, ["employment_certificate"]),
        (student, ["enrolment_certificate", "professor_employment_certificate"]),
    ],
)
def test_every_missing_item_is_named(build, documents):
    """Every document that is owed and not there is named, alternatives together."""
    found = findings_of("E-11", build(documents=()))
    assert [dict(finding.facts)["documents"] for finding in found] == documents
    assert {finding.outcome for finding in found} == {Outcome.MISSING}
    assert all(finding.mend for finding in found)


@pytest.mark.parametrize("code", ["startup_certificate", "business_registration"])
def test_one_of_the_alternatives_is_enough(code):
    """A startup shows either its startup certificate or its business registration."""
    (finding,) = findings_of("E-11", startup(documents=(Document(code=code),)))
    assert (finding.code, finding.outcome) == ("documents_complete", "passed")


def test_the_wrong_certificate_is_no_evidence():
    """A certificate of another kind does not stand in for the one that is owed."""
    (finding,) = findings_of("E-11", venture(documents=(SME_CERTIFICATE,)))
    assert dict(finding.facts)["documents"] == "venture_certificate"


def test_missing_evidence_excludes_only_after_the_correction_window():
    """What is missing can be sent until the correction window is over; then it excludes, still named."""
    found = screened(applicant(documents=()))
    assert overall(found) is Outcome.MISSING
    final = after_correction_window(found)
    assert overall(final) is Outcome.FAILED
    (failed,) = [finding for finding in final if finding.outcome is Outcome.FAILED]
    assert failed.clause == "E-11"
    assert "SME certificate" in failed.reason.en


def test_an_expired_certificate_counts_as_missing_evidence():
    """A certificate that lapsed before the closing day fails under the same clause after the window."""
    lapsed = Document(code="sme_certificate", valid_until=SME_CERTIFICATE.valid_from)
    final = after_correction_window(screened(applicant(documents=(lapsed,))))
    failed = [finding for finding in final if finding.outcome is Outcome.FAILED]
    assert [(finding.clause, finding.code) for finding in failed] == [("E-11", "certificate_expired")]


def test_the_window_changes_nothing_for_who_is_complete():
    """The end of the correction window changes nothing for a complete application."""
    found = screened(applicant())
    assert after_correction_window(found) == found
