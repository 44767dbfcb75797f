"""E-01: private applicants."""

import pytest
from programme import applicant, findings_of, screened, staff, startup, venture, verdict_of

from naru.domain.decision import Outcome
from naru.domain.eligibility import overall

pytestmark = pytest.mark.requirement("E-01")


@pytest.mark.parametrize("form", ["corporation", "sole_proprietor"])
@pytest.mark.parametrize("build", [applicant, venture, startup])
def test_small_companies_ventures_and_startups_are_admitted(build, form):
    """A small company, a venture or a startup may apply, as a corporation or as a sole proprietor."""
    facts = build(legal_form=form)
    assert verdict_of("E-01", facts) == ("kind_admitted", "passed")
    assert overall(screened(facts)) is Outcome.PASSED


def test_a_company_says_its_legal_form():
    """A company says whether it is a corporation or a sole proprietor, for its evidence depends on it."""
    (finding,) = findings_of("E-01", applicant(legal_form=None))
    assert (finding.code, finding.outcome) == ("legal_form_missing", Outcome.MISSING)
    assert finding.mend is not None


def test_the_private_rule_leaves_the_public_sector_alone():
    """The rule on companies does not apply to a university."""
    assert verdict_of("E-01", staff()) == ("other_sector", "not_applicable")
