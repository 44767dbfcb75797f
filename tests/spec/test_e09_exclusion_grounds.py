"""E-09: grounds that exclude an applicant."""

from datetime import date

import pytest
from programme import amended, applicant, call_2025, findings_of, screened, staff, verdict_of

from naru.domain.applicant import Declaration
from naru.domain.decision import Outcome
from naru.domain.eligibility import overall
from naru.domain.exclusion import declarations_owed
from naru.domain.sanction import Restriction

pytestmark = pytest.mark.requirement("E-09")

REGISTER_GROUNDS = ["government_sanction", "ict_fund_restriction", "ai_voucher_restriction"]


def entry(ground="withdrawal", starts=date(2025, 1, 1), ends=date(2025, 12, 31), **changes):
    facts = {"unit": "company:1", "ground": ground, "starts": starts, "ends": ends, "source": "2024-npu"}
    return Restriction(**facts | changes)


def declaring(**answers):
    return tuple(Declaration(code=code, applies=applies) for code, applies in answers.items())


def test_an_applicant_without_any_ground_passes():
    """An applicant against whom nothing is registered, declared or raised passes."""
    (finding,) = findings_of("E-09", applicant())
    assert (finding.code, finding.outcome) == ("no_ground_found", "passed")
    assert all(ground in dict(finding.facts)["grounds"] for ground in REGISTER_GROUNDS)


@pytest.mark.parametrize("ground", REGISTER_GROUNDS)
def test_a_restriction_in_force_at_closing_excludes(ground):
    """A government sanction, an ICT fund restriction or an AI voucher restriction at closing excludes."""
    assert verdict_of("E-09", applicant(), [entry(ground)]) == (f"barred_{ground}", "failed")


@pytest.mark.parametrize("ground", ["withdrawal", "final_insufficient", "survey_missing"])
def test_a_bar_of_our_own_earlier_call_counts_as_a_sanction(ground):
    """A restriction from an earlier call of this programme bars as a government sanction does."""
    assert verdict_of("E-09", applicant(), [entry(ground)]) == ("barred_government_sanction", "failed")


@pytest.mark.parametrize(
    ("starts", "ends", "bars"),
    [
        (date(2025, 3, 17), date(2025, 12, 31), True),
        (date(2025, 3, 18), date(2025, 12, 31), False),
        (date(2024, 1, 1), date(2025, 3, 17), True),
        (date(2024, 1, 1), date(2025, 3, 16), False),
        (date(2024, 1, 1), None, True),
    ],
)
def test_the_closing_day_decides(starts, ends, bars):
    """What counts is the closing day, the first and the last day of a restriction included."""
    outcome = overall(screened(applicant(), [entry(starts=starts, ends=ends)]))
    assert outcome is (Outcome.FAILED if bars else Outcome.PASSED)


def test_a_lifted_restriction_bars_no_more():
    """A restriction lifted by the closing day bars no more; lifted a day later it still does."""
    for lifted, outcome in [(date(2025, 3, 17), Outcome.PASSED), (date(2025, 3, 18), Outcome.FAILED)]:
        assert overall(screened(applicant(), [entry(lifted_on=lifted)])) is outcome


def test_anothers_restriction_bars_nobody_else():
    """A restriction of another unit does not touch the applicant."""
    assert verdict_of("E-09", applicant(), [entry(unit="company:2")])[0] == "no_ground_found"


def test_the_unit_is_the_professor_in_the_public_sector():
    """In the public sector the restriction is the professor's, whoever applies."""
    assert verdict_of("E-09", staff(), [entry(unit="professor:1")])[1] == "failed"


def test_every_entry_in_force_is_named():
    """Two restrictions in force are two findings, each with its ground."""
    codes = {finding.code for finding in findings_of("E-09", applicant(), map(entry, REGISTER_GROUNDS[:2]))}
    assert codes == {"barred_government_sanction", "barred_ict_fund_restriction"}


def test_an_entry_the_call_has_no_ground_for_goes_to_a_person():
    """An entry for which the call names no ground is put to a person and never passed over."""
    call = call_2025()
    grounds = tuple(ground for ground in call.exclusions if ground.id != "government_sanction")
    silent = amended(exclusions=grounds)
    assert verdict_of("E-09", applicant(), [entry()], silent) == ("register_entry_of_no_ground", "person")


def test_a_confirmed_privacy_violation_is_put_to_a_person():
    """A declared and confirmed violation of privacy law is put to a person, for the guide says "may"."""
    facts = applicant(declarations=declaring(privacy_violation=True, duplicate_support=False))
    assert verdict_of("E-09", facts) == ("declared_privacy_violation", "person")


def test_every_declaration_is_answered():
    """A ground the applicant has to answer for is asked for by name."""
    facts = applicant(declarations=declaring(duplicate_support=False))
    (finding,) = findings_of("E-09", facts)
    assert (finding.code, finding.outcome) == ("declaration_missing", "missing")
    assert ("declaration", "privacy_violation") in finding.facts


def test_who_admits_a_restriction_is_put_to_a_person():
    """An applicant who admits a restriction the register does not show is put to a person."""
    answers = declaring(privacy_violation=False, duplicate_support=False, ict_fund_restriction=True)
    assert verdict_of("E-09", applicant(declarations=answers)) == ("declared_ict_fund_restriction", "person")


@pytest.mark.parametrize(
    "ground", ["false_statement", "duplicate_application", "social_harm", "use_outside_plan"]
)
def test_grounds_that_need_judgement_are_decided_by_a_person(ground):
    """A false statement, a duplicate, social harm or use outside the plan is decided by a person."""
    assert verdict_of("E-09", applicant(raised=(ground,))) == (f"raised_{ground}", "person")


def test_a_ground_outside_the_call_cannot_be_raised():
    """Nobody can be excluded on a ground the call does not name."""
    with pytest.raises(ValueError, match="bad_manners"):
        screened(applicant(raised=("bad_manners",)))


def test_what_has_to_be_declared_is_listed_by_the_call():
    """The call lists what every applicant has to declare: a privacy violation and other support."""
    owed = [ground.id for ground in declarations_owed(call_2025())]
    assert owed == ["privacy_violation", "duplicate_support"]
    assert overall(screened(applicant(declarations=()))) is Outcome.MISSING
