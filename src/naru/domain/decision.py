"""A decision explained: findings, each with its clause, outcome, reason and the facts it used."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from naru.domain.terms import Text


class Outcome(StrEnum):
    """What a rule found; `person` means the guide says "may" or a fact is unknown, so a person decides."""

    PASSED = "passed"
    FAILED = "failed"
    MISSING = "missing"
    PERSON = "person"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule applied to one case.

    `code` names the reason for machines (e.g. "certificate_expired"), `clause` the call's clause;
    `facts` are the values used, as text, in the order used; `mend` says what would change the outcome.
    """

    clause: str
    code: str
    outcome: Outcome
    reason: Text
    facts: tuple[tuple[str, str], ...] = field(default=())
    mend: Text | None = None


def worst(findings: Iterable[Finding]) -> Outcome:
    """The outcome of a set of findings: failed > missing > person > passed; passed when there are none."""
    order = (Outcome.FAILED, Outcome.MISSING, Outcome.PERSON)
    present = {finding.outcome for finding in findings}
    return next((outcome for outcome in order if outcome in present), Outcome.PASSED)


class Refused(Exception):  # noqa: N818 - a refusal is a decision, not an error of the program
    """An act the rules do not allow now; its finding says which clause, why, and what mends it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.clause} {finding.code}: {finding.reason.en}")
        self.finding = finding


def refusal(clause: str, code: str, reason: Text, mend: Text, **facts: object) -> Refused:
    """The exception to raise: a failed finding of `clause`, with its facts as text."""
    return Refused(
        Finding(
            clause=clause,
            code=code,
            outcome=Outcome.FAILED,
            reason=reason,
            facts=tuple((name, str(value)) for name, value in facts.items()),
            mend=mend,
        )
    )
