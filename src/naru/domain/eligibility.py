"""Eligibility (신청자격): every clause that speaks about an applicant, each with its finding.

`screen` reads nothing but its arguments, so a portal page, the command line and a later audit get the
same findings for the same facts. The rules by clause live in `standing`, `papers`, `youth` and `exclusion`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from naru.domain import youth
from naru.domain.applicant import Applicant
from naru.domain.basis import basis
from naru.domain.call import Call, Round
from naru.domain.decision import Finding, Outcome, worst
from naru.domain.exclusion import judge_duplicate_support, judge_exclusions
from naru.domain.papers import MISSING_EVIDENCE, Renewal, judge_papers, renewals_due
from naru.domain.sanction import Restriction
from naru.domain.standing import judge_standing, judge_use, may_apply
from naru.domain.terms import Text

__all__ = ["after_correction_window", "may_apply", "overall", "renewals", "screen"]


def screen(
    call: Call,
    round_: Round,
    applicant: Applicant,
    register: Iterable[Restriction],
    *,
    at: datetime | None = None,
    allocated_on: date | None = None,
) -> tuple[Finding, ...]:
    """The findings of E-01 to E-11, C-06 and A-05 in the order of the clauses, at least one for each.

    `at` is the moment of judgement (needed for continuous intake), `allocated_on` the day servers are
    handed out where it differs from the printed schedule.
    """
    facts = basis(call, round_, applicant, register, at, allocated_on)
    findings = (
        *judge_standing(facts),
        *judge_papers(facts),
        *(youth.judge_bonuses(call, applicant) or (_no_bonus(),)),
        *judge_exclusions(facts),
        *judge_duplicate_support(facts),
        *judge_use(facts),
    )
    return tuple(sorted(findings, key=lambda finding: _place(finding.clause)))


def overall(findings: Iterable[Finding]) -> Outcome:
    """The proposal for the person who screens: failed > missing > person > passed.

    A bonus never costs the place: of its findings only an open question to a person counts.
    """
    return worst(
        finding
        for finding in findings
        if not finding.code.startswith(youth.CODES) or finding.outcome is Outcome.PERSON
    )


def after_correction_window(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings once the correction window is over: what is still missing fails under E-11.

    The item stays named in the reason and the facts; bonus evidence that is missing only costs the bonus.
    """
    return tuple(
        _lapsed(finding)
        if finding.outcome is Outcome.MISSING and not finding.code.startswith(youth.CODES)
        else finding
        for finding in findings
    )


def renewals(
    call: Call,
    round_: Round,
    applicant: Applicant,
    *,
    at: datetime | None = None,
    allocated_on: date | None = None,
) -> tuple[Renewal, ...]:
    """The certificates that are good at the closing date and lapse before the allocation (E-05)."""
    return renewals_due(basis(call, round_, applicant, (), at, allocated_on))


def _lapsed(finding: Finding) -> Finding:
    return replace(
        finding,
        clause=MISSING_EVIDENCE,
        outcome=Outcome.FAILED,
        reason=Text(
            ko=f"보완 기간이 끝났습니다. {finding.reason.ko}",
            en=f"The time to correct is over. {finding.reason.en}",
        ),
        facts=(("clause", finding.clause), *finding.facts),
        mend=None,
    )


def _no_bonus() -> Finding:
    return Finding(
        clause="E-07",
        code="bonus_not_offered",
        outcome=Outcome.NOT_APPLICABLE,
        reason=Text(ko="가점이 없는 공고입니다.", en="The call offers no bonus."),
    )


def _place(clause: str) -> tuple[int, str]:
    """E before the rest, each by its number; documents' own clauses keep their code's order."""
    return (0 if clause.startswith("E-") else 1, clause)
