"""R-01: the rules propose with a clause for each finding; a person confirms or decides otherwise."""

import pytest
from programme import applicant, call_2025, screened

from naru.domain.applicant import Document
from naru.domain.decision import Outcome, Refused
from naru.domain.eligibility import overall
from naru.domain.rulings import as_a_whole, outcome, rule, ruled

pytestmark = pytest.mark.requirement("R-01")


@pytest.mark.parametrize(
    ("changes", "proposal"),
    [
        ({}, Outcome.PASSED),
        ({"same_unit": ("2025-npu-0002",)}, Outcome.PERSON),
        ({"documents": ()}, Outcome.MISSING),
        ({"model_trained": False}, Outcome.FAILED),
        ({"model_trained": False, "documents": ()}, Outcome.FAILED),
        ({"documents": (), "same_unit": ("2025-npu-0002",)}, Outcome.MISSING),
    ],
)
def test_the_worst_finding_is_the_proposal(changes, proposal):
    assert overall(screened(applicant(**changes))) is proposal


def test_every_finding_cites_a_clause_of_the_call_and_gives_its_reason():
    known = {clause.code for clause in call_2025().clauses}
    for finding in screened(applicant(documents=(Document(code="sme_certificate"),))):
        assert finding.clause in known
        assert finding.reason.ko
        assert finding.reason.en


def ruled_on(findings, *answers):
    """Rulings on findings: (code, what holds from now on, reason), each on what stood before it."""
    rulings = []
    for code, after, reason in answers:
        [now] = [one for one in ruled(findings, rulings) if one.finding.code == code]
        rulings.append(rule(now, after, reason))
    return rulings


def test_a_person_rules_finding_by_finding_and_the_card_follows():
    """What the rules ask a person is answered met or not met; the card comes to what the findings come to."""
    findings = screened(applicant(same_unit=("2025-npu-0002",)))
    met = ruled_on(findings, ("duplicate_held", Outcome.PASSED, "하나를 철회했습니다."))
    unmet = ruled_on(findings, ("duplicate_held", Outcome.FAILED, "둘 다 남았습니다."))
    outcomes = [outcome(findings, rulings) for rulings in ([], met, unmet)]
    assert outcomes == [Outcome.PERSON, Outcome.PASSED, Outcome.FAILED]


def test_the_last_ruling_holds_and_the_earlier_ones_stay():
    """Going back on a ruling is a ruling more, with its reason."""
    findings = screened(applicant(model_trained=False))
    [failed] = [one for one in findings if one.outcome is Outcome.FAILED]
    rulings = ruled_on(
        findings,
        (failed.code, Outcome.PASSED, "학습을 마쳤다는 자료를 보았습니다."),
        (failed.code, Outcome.FAILED, "다른 모델의 자료였습니다."),
    )
    assert outcome(findings, rulings[:1]) is Outcome.PASSED
    assert outcome(findings, rulings) is Outcome.FAILED
    assert len(rulings) == 2


@pytest.mark.parametrize(
    ("code", "after", "reason", "refused"),
    [
        ("duplicate_held", Outcome.PERSON, "", "ruling_no_answer"),
        ("duplicate_held", Outcome.NOT_APPLICABLE, "해당 없음", "ruling_no_answer"),
        ("duplicate_held", Outcome.PASSED, " ", "ruling_reason_missing"),
        ("kind_admitted", Outcome.FAILED, "", "ruling_reason_missing"),
    ],
)
def test_a_ruling_answers_the_finding_and_overriding_gives_a_reason(code, after, reason, refused):
    """Confirming needs no reason; overriding does, and a question to a person is answered."""
    findings = screened(applicant(same_unit=("2025-npu-0002",)))
    with pytest.raises(Refused) as caught:
        ruled_on(findings, (code, after, reason))
    assert (caught.value.finding.clause, caught.value.finding.code) == ("R-01", refused)


def test_a_finding_judged_anew_on_other_facts_is_open_again():
    """A ruling holds over the facts it was made on, not over the rule for ever."""
    before = screened(applicant(same_unit=("2025-npu-0002",)))
    rulings = ruled_on(before, ("duplicate_held", Outcome.PASSED, "하나를 철회했습니다."))
    after = screened(applicant(same_unit=("2025-npu-0002", "2025-npu-0003")))
    assert outcome(before, rulings) is Outcome.PASSED
    assert outcome(after, rulings) is Outcome.PERSON


@pytest.mark.parametrize("decision", [Outcome.PASSED, Outcome.FAILED])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"same_unit": ("2025-npu-0002",)},
        {"documents": ()},
        {"model_trained": False},
        {"model_trained": False, "documents": (), "same_unit": ("2025-npu-0002",)},
    ],
)
def test_a_decision_on_the_whole_card_rules_what_stands_in_its_way(changes, decision):
    """Decided as a whole, the findings open are ruled for the same reason, so card and findings agree."""
    findings = screened(applicant(**changes))
    first = as_a_whole(ruled(findings, ()), decision, "원본을 보았습니다.")
    assert outcome(findings, first) is decision
    other = Outcome.FAILED if decision is Outcome.PASSED else Outcome.PASSED
    again = as_a_whole(ruled(findings, first), other, "다시 보았습니다.")
    assert outcome(findings, (*first, *again)) is other


def test_a_letter_tells_the_persons_reason_with_the_clause():
    """Where a person overrode the rules, the letter gives that person's reason under the same clause."""
    findings = screened(applicant())
    code = findings[0].code
    rulings = ruled_on(findings, (code, Outcome.FAILED, "폐업한 기업입니다."))
    told = ruled(findings, rulings)[0].told
    assert (told.clause, told.code, told.outcome) == (findings[0].clause, code, Outcome.FAILED)
    assert "폐업한 기업입니다." in told.reason.ko
