"""The youth company bonus (청년기업 가점): claimed, met by birth date, evidenced by legal form (E-07).

A bonus never decides eligibility; its findings carry codes that start with "bonus_". Birth dates stay out
of the facts: a finding says how many representatives meet the date, not when anybody was born.
"""

from dataclasses import dataclass
from fractions import Fraction

from naru.domain.applicant import Applicant
from naru.domain.basis import found
from naru.domain.call import Call
from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Bonus, Text

CODES = "bonus_"


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusClaim:
    """What selection reads: claimed, met and evidenced, and the points that follow.

    `needs_person` marks a birthday exactly on the cutoff; the points stand unless a person decides otherwise.
    """

    bonus: str
    claimed: bool
    evidenced: bool
    needs_person: bool
    points: Fraction


_TEXTS = {
    "bonus_other_sector": Text(
        ko="기업만 받을 수 있는 가점입니다.",
        en="Only companies may have this bonus.",
    ),
    "bonus_not_claimed": Text(ko="가점을 신청하지 않았습니다.", en="The bonus is not claimed."),
    "bonus_birth_date_missing": Text(
        ko="대표자의 생년월일이 없습니다.",
        en="No representative's birth date is given.",
    ),
    "bonus_not_met": Text(
        ko="기준일 이후에 태어난 대표자가 없습니다.",
        en="No representative was born on or after the cutoff.",
    ),
    "bonus_evidence_missing": Text(
        ko="요건은 맞지만 증빙서류가 없어 가점을 줄 수 없습니다.",
        en="The date is met, but without its evidence no points are given.",
    ),
    "bonus_cutoff_birthday": Text(
        ko="대표자가 바로 기준일에 태어났습니다. 날짜 기준에는 맞지만 나이 기준과 달라 사람이 확인합니다.",
        en="A representative was born exactly on the cutoff: the date is met, the printed age is not.",
    ),
    "bonus_evidenced": Text(
        ko="요건과 증빙서류를 확인했습니다.",
        en="The date is met and evidenced.",
    ),
}
_OUTCOMES = {
    "bonus_other_sector": Outcome.NOT_APPLICABLE,
    "bonus_not_claimed": Outcome.NOT_APPLICABLE,
    "bonus_birth_date_missing": Outcome.MISSING,
    "bonus_not_met": Outcome.FAILED,
    "bonus_evidence_missing": Outcome.MISSING,
    "bonus_cutoff_birthday": Outcome.PERSON,
    "bonus_evidenced": Outcome.PASSED,
}


def bonus_claims(call: Call, applicant: Applicant) -> tuple[BonusClaim, ...]:
    """What each bonus of the call gives this applicant, in the call's order."""
    claims = []
    for bonus in call.bonuses:
        code = _judge(call, bonus, applicant)
        evidenced = code in ("bonus_evidenced", "bonus_cutoff_birthday")
        claims.append(
            BonusClaim(
                bonus=bonus.id,
                claimed=applicant.youth_claimed and code != "bonus_other_sector",
                evidenced=evidenced,
                needs_person=code == "bonus_cutoff_birthday",
                points=bonus.points if evidenced else Fraction(0),
            )
        )
    return tuple(claims)


def judge_bonuses(call: Call, applicant: Applicant) -> tuple[Finding, ...]:
    """One finding for each bonus of the call."""
    return tuple(_finding(call, bonus, applicant) for bonus in call.bonuses)


def _finding(call: Call, bonus: Bonus, applicant: Applicant) -> Finding:
    code = _judge(call, bonus, applicant)
    owed = _evidence(call, bonus, applicant)
    titles = [rule.title for rule in call.documents if rule.code in owed]
    mend = None
    if code == "bonus_evidence_missing" and titles:
        mend = Text(
            ko="서류를 올려 주세요: " + " 또는 ".join(title.ko for title in titles),
            en="Upload: " + " or ".join(title.en for title in titles) + ".",
        )
    elif code == "bonus_evidence_missing":
        mend = Text(ko="법인인지 개인사업자인지 골라 주세요.", en="Say whether you are a corporation.")
    elif code == "bonus_birth_date_missing":
        mend = Text(ko="대표자의 생년월일을 적어 주세요.", en="Enter the representatives' birth dates.")
    return found(
        bonus.clause,
        code,
        _OUTCOMES[code],
        _TEXTS[code],
        mend=mend,
        bonus=bonus.id,
        cutoff=bonus.born_on_or_after,
        representatives=len(applicant.representatives),
        meeting=sum(1 for born in applicant.representatives if born and born >= bonus.born_on_or_after),
        evidence=" | ".join(owed),
    )


def _judge(call: Call, bonus: Bonus, applicant: Applicant) -> str:
    party = call.party_of(applicant.kind)
    if party is None or party.id not in bonus.parties:
        return "bonus_other_sector"
    if not applicant.youth_claimed:
        return "bonus_not_claimed"
    born = [birth for birth in applicant.representatives if birth is not None]
    met = [birth for birth in born if birth >= bonus.born_on_or_after]
    if not met:
        unknown = not born or len(born) < len(applicant.representatives)
        return "bonus_birth_date_missing" if unknown else "bonus_not_met"
    if not any(applicant.document(code) for code in _evidence(call, bonus, applicant)):
        return "bonus_evidence_missing"
    return "bonus_cutoff_birthday" if max(met) == bonus.born_on_or_after else "bonus_evidenced"


def _evidence(call: Call, bonus: Bonus, applicant: Applicant) -> tuple[str, ...]:
    """The documents of which one proves the bonus for this legal form; none while the form is unknown."""
    situation = f"youth_{applicant.legal_form}"
    return tuple(
        rule.code for rule in call.documents if rule.when == situation and rule.code in bonus.evidence
    )
