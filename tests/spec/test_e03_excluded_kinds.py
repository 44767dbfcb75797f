"""E-03: kinds of applicant the call refuses."""

import pytest
from programme import applicant, call_2025, screened, verdict_of

from naru.domain.decision import Outcome
from naru.domain.eligibility import may_apply, overall

pytestmark = pytest.mark.requirement("E-03")


@pytest.mark.parametrize("kind", ["individual", "large_enterprise", "public_institution", "association"])
def test_excluded_kinds_are_refused_before_a_form(kind):
    """Unaffiliated persons, large enterprises, public institutions and associations are refused at once."""
    refusal = may_apply(call_2025(), kind)
    assert (refusal.clause, refusal.code, refusal.outcome) == ("E-03", "kind_excluded", Outcome.FAILED)


@pytest.mark.parametrize("kind", ["individual", "association"])
def test_an_excluded_kind_fails_the_whole_screening(kind):
    """Nothing else an excluded applicant says can make it eligible, and it owes no document."""
    facts = applicant(kind=kind)
    assert overall(screened(facts)) is Outcome.FAILED
    assert verdict_of("E-11", facts) == ("nothing_owed", "not_applicable")


@pytest.mark.parametrize("kind", ["sme", "venture", "startup", "university", "university_hospital"])
def test_the_kinds_the_call_names_may_apply(kind):
    """Every kind the call names may begin an application."""
    assert may_apply(call_2025(), kind).outcome is Outcome.PASSED


def test_a_kind_nobody_named_is_refused_with_the_way_out():
    """A kind the call neither admits nor excludes is refused, and the applicant is told to choose one."""
    refusal = may_apply(call_2025(), "space_agency")
    assert (refusal.code, refusal.outcome) == ("kind_unknown", Outcome.FAILED)
    assert refusal.mend is not None
