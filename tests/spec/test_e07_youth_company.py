"""E-07: the youth company bonus."""

from datetime import date
from fractions import Fraction

import pytest
from programme import SME_CERTIFICATE, amended, applicant, call_2025, findings_of, screened, staff, verdict_of

from naru.domain.applicant import Document
from naru.domain.decision import Outcome
from naru.domain.eligibility import after_correction_window, overall
from naru.domain.papers import documents_owed
from naru.domain.youth import bonus_claims

pytestmark = pytest.mark.requirement("E-07")

REGISTER = Document(code="corporate_register")
IDENTITY = Document(code="representative_id")
OLD, ON, YOUNG = date(1985, 2, 11), date(1985, 2, 12), date(1985, 2, 13)


def youth(*born, evidence=(REGISTER,), **changes):
    facts = {"representatives": born, "youth_claimed": True, "documents": (SME_CERTIFICATE, *evidence)}
    return applicant(**facts | changes)


@pytest.mark.parametrize(
    ("born", "code", "outcome"),
    [
        ((YOUNG,), "bonus_evidenced", "passed"),
        ((ON,), "bonus_cutoff_birthday", "person"),
        ((OLD,), "bonus_not_met", "failed"),
        ((OLD, YOUNG), "bonus_evidenced", "passed"),
        ((YOUNG, ON), "bonus_evidenced", "passed"),
        ((OLD, ON), "bonus_cutoff_birthday", "person"),
        ((OLD, date(1960, 1, 1)), "bonus_not_met", "failed"),
    ],
)
def test_one_of_the_representatives_is_enough(born, code, outcome):
    """One representative born after the cutoff is enough; exactly the cutoff is shown to a person."""
    assert verdict_of("E-07", youth(*born)) == (code, outcome)


def test_the_cutoff_birthday_keeps_the_point_until_a_person_decides():
    """The explicit date decides, so a birthday exactly on it earns the point and is flagged."""
    (claim,) = bonus_claims(call_2025(), youth(ON))
    assert (claim.claimed, claim.evidenced, claim.needs_person, claim.points) == (
        True,
        True,
        True,
        Fraction(1),
    )
    assert overall(screened(youth(ON))) is Outcome.PERSON


@pytest.mark.parametrize(
    ("form", "evidence", "code"),
    [
        ("corporation", (REGISTER,), "bonus_evidenced"),
        ("corporation", (IDENTITY,), "bonus_evidence_missing"),
        ("corporation", (), "bonus_evidence_missing"),
        ("sole_proprietor", (IDENTITY,), "bonus_evidenced"),
        ("sole_proprietor", (REGISTER,), "bonus_evidence_missing"),
        (None, (REGISTER, IDENTITY), "bonus_evidence_missing"),
    ],
)
def test_evidence_follows_the_legal_form(form, evidence, code):
    """A corporation shows its register extract, a sole proprietor a masked copy of the identity card."""
    assert verdict_of("E-07", youth(YOUNG, evidence=evidence, legal_form=form))[0] == code


def test_without_evidence_there_is_no_point_and_no_exclusion():
    """A claim without evidence earns nothing and never costs the place."""
    facts = youth(YOUNG, evidence=())
    (claim,) = bonus_claims(call_2025(), facts)
    assert (claim.claimed, claim.evidenced, claim.points) == (True, False, Fraction(0))
    assert overall(screened(facts)) is Outcome.PASSED
    assert overall(after_correction_window(screened(facts))) is Outcome.PASSED
    (finding,) = findings_of("E-07", facts)
    assert "Corporate register" in finding.mend.en


def test_an_unclaimed_bonus_is_not_given():
    """A young representative who claims nothing gets nothing."""
    facts = youth(YOUNG, youth_claimed=False)
    assert verdict_of("E-07", facts) == ("bonus_not_claimed", "not_applicable")
    assert bonus_claims(call_2025(), facts)[0].points == 0


def test_the_bonus_is_for_companies():
    """A public applicant cannot have the bonus, whatever it claims."""
    facts = staff(youth_claimed=True, representatives=(YOUNG,))
    assert verdict_of("E-07", facts) == ("bonus_other_sector", "not_applicable")
    assert not bonus_claims(call_2025(), facts)[0].claimed


@pytest.mark.parametrize("born", [(), (None,), (OLD, None)])
def test_an_unknown_birth_date_is_asked_for(born):
    """Where the date is unknown and nobody known meets it, the birth date is asked for."""
    assert verdict_of("E-07", youth(*born)) == ("bonus_birth_date_missing", "missing")


def test_the_evidence_is_among_the_documents_owed():
    """Claiming the bonus adds its evidence to the list of documents, by legal form."""
    codes = {rule.code for rule in documents_owed(call_2025(), youth(YOUNG))}
    assert codes == {"sme_certificate", "corporate_register"}
    alone = documents_owed(call_2025(), youth(YOUNG, legal_form="sole_proprietor"))
    assert {rule.code for rule in alone} == {"sme_certificate", "representative_id"}


def test_no_birth_date_enters_the_record():
    """A finding tells how many representatives meet the date and never when anybody was born."""
    (finding,) = findings_of("E-07", youth(YOUNG, OLD))
    assert dict(finding.facts)["meeting"] == "1"
    assert YOUNG.isoformat() not in str(finding)
    assert OLD.isoformat() not in str(finding)


def test_a_call_without_a_bonus_says_so():
    """Where the call offers no bonus the clause does not apply."""
    plain = amended(bonuses=())
    assert verdict_of("E-07", youth(YOUNG), call=plain) == ("bonus_not_offered", "not_applicable")
