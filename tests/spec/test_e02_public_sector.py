"""E-02: public applicants."""

import pytest
from programme import applicant, findings_of, screened, staff, student, verdict_of

from naru.domain.applicant import Document
from naru.domain.decision import Outcome
from naru.domain.eligibility import overall

pytestmark = pytest.mark.requirement("E-02")


@pytest.mark.parametrize("kind", ["university", "university_hospital"])
@pytest.mark.parametrize("build", [staff, student])
def test_staff_and_students_of_universities_and_their_hospitals_are_admitted(build, kind):
    """A university or a university hospital may apply, through a member of staff or a student."""
    facts = build(kind=kind)
    assert verdict_of("E-02", facts) == ("kind_admitted", "passed")
    assert overall(screened(facts)) is Outcome.PASSED


def test_a_student_needs_the_professor():
    """A student's application counts only once the supervising professor has confirmed it."""
    (finding,) = findings_of("E-02", student(professor_confirmed=False))
    assert (finding.code, finding.outcome) == ("professor_confirmation_missing", Outcome.MISSING)
    assert finding.mend is not None


def test_staff_need_nobodys_confirmation():
    """A member of staff applies without anybody's confirmation."""
    assert verdict_of("E-02", staff(professor_confirmed=False)) == ("kind_admitted", "passed")


def test_a_student_sends_two_certificates():
    """A student owes the certificate of enrolment and the professor's certificate of employment."""
    only_own = student(documents=(Document(code="enrolment_certificate"),))
    (finding,) = findings_of("E-11", only_own)
    assert dict(finding.facts)["documents"] == "professor_employment_certificate"


def test_public_applicants_say_whether_they_are_staff_or_student():
    """A public applicant says whether it is staff or a student."""
    assert verdict_of("E-02", staff(role="company")) == ("role_missing", "missing")


def test_the_public_rule_leaves_companies_alone():
    """The rule on staff and students does not apply to a company."""
    assert verdict_of("E-02", applicant()) == ("other_sector", "not_applicable")
