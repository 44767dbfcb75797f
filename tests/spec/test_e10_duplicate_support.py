"""E-10: support from other programmes."""

from dataclasses import replace

import pytest
from programme import amended, applicant, call_2025, findings_of, screened, verdict_of

from naru.domain.applicant import Declaration, OtherSupport
from naru.domain.decision import Outcome
from naru.domain.eligibility import overall

pytestmark = pytest.mark.requirement("E-10")

VOUCHER = "ai_voucher_ai_semiconductor"


def supported(*entries, declared=True):
    answers = (
        Declaration(code="privacy_violation", applies=False),
        Declaration(code="duplicate_support", applies=declared),
    )
    return applicant(other_support=entries, declarations=answers)


def other(programme, state="selected", source="declaration"):
    return OtherSupport(programme=programme, state=state, source=source)


def test_a_selected_voucher_may_exclude():
    """Selection for the AI voucher's semiconductor track may exclude, so a person decides."""
    assert verdict_of("E-10", supported(other(VOUCHER))) == ("duplicate_support", "person")


@pytest.mark.parametrize("state", ["applied", "selected"])
@pytest.mark.parametrize("source", ["declaration", "register"])
@pytest.mark.parametrize("declared", [True, False])
def test_the_gpu_training_programme_never_excludes(state, source, declared):
    """The GPU training programme is never a ground, applied for or won, declared or found."""
    facts = supported(other("gpu_training", state, source), declared=declared)
    assert verdict_of("E-10", facts) == ("support_never_excludes", "passed")
    assert overall(screened(facts)) is Outcome.PASSED


def test_the_gpu_programme_does_not_hide_a_voucher():
    """GPU support beside a voucher changes nothing about the voucher."""
    found = findings_of("E-10", supported(other("gpu_training"), other(VOUCHER)))
    assert [finding.code for finding in found] == ["support_never_excludes", "duplicate_support"]
    assert overall(found) is Outcome.PERSON


def test_an_application_elsewhere_is_no_ground_yet():
    """Having applied for a similar programme is no ground; a later selection has to be told."""
    assert verdict_of("E-10", supported(other(VOUCHER, "applied"))) == ("similar_support_applied", "passed")


def test_the_register_overrules_a_denial():
    """Support that was denied and found in the register is put to a person as undeclared."""
    facts = supported(other(VOUCHER, source="register"), declared=False)
    assert verdict_of("E-10", facts) == ("duplicate_support_undeclared", "person")
    told = supported(other(VOUCHER, source="register"), declared=True)
    assert verdict_of("E-10", told) == ("duplicate_support", "person")


def test_a_call_may_exclude_by_rule():
    """Where the call's data says that the rule decides, a duplicate is excluded at once."""
    call = call_2025()
    grounds = tuple(
        replace(ground, decided_by="rule") if ground.id == "duplicate_support" else ground
        for ground in call.exclusions
    )
    strict = amended(exclusions=grounds)
    assert verdict_of("E-10", supported(other(VOUCHER)), call=strict) == ("duplicate_support", "failed")
    assert verdict_of("E-10", supported(other("gpu_training")), call=strict)[1] == "passed"


def test_an_unknown_programme_goes_to_a_person():
    """A programme the call does not name is put to a person, who says whether it is similar."""
    assert verdict_of("E-10", supported(other("moon_shot"))) == ("support_unknown", "person")


def test_declared_support_is_named():
    """Who declares other support names the programme."""
    assert verdict_of("E-10", supported(declared=True)) == ("support_unnamed", "missing")


def test_the_declaration_is_owed():
    """Every applicant says whether it has other support."""
    facts = applicant(declarations=(Declaration(code="privacy_violation", applies=False),))
    assert verdict_of("E-10", facts) == ("declaration_missing", "missing")


def test_no_other_support_passes():
    """An applicant without other support passes."""
    assert verdict_of("E-10", supported(declared=False)) == ("no_other_support", "passed")
