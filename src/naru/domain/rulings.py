"""Rulings on findings (판단별 결정): a person confirms or overrides each of the rules' findings (R-01).

A ruling holds as long as its finding stays as it was: judged anew on other facts, the finding is open
again. What the card comes to is a function of the findings and the rulings alone.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from naru.domain import youth
from naru.domain.decision import Finding, Outcome, Refused, refusal
from naru.domain.eligibility import overall
from naru.domain.terms import Text

CLAUSE = "R-01"
OWN = "found_by_person"
ANSWERS = (Outcome.PASSED, Outcome.FAILED)
AGAINST = (Outcome.FAILED, Outcome.MISSING, Outcome.PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRuling:
    """A person's word on one finding: `mark` says which (see `mark_of`), `after` what holds from now on.

    A ruling of code `OWN` is the person's own finding, about something the rules do not see.
    """

    clause: str
    code: str
    mark: str
    after: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A finding with the ruling that holds over it, None while nobody has ruled."""

    finding: Finding
    ruling: FindingRuling | None = None

    @property
    def outcome(self) -> Outcome:
        """What holds: the person's word, else the rules'."""
        return self.ruling.after if self.ruling else self.finding.outcome

    @property
    def overridden(self) -> bool:
        """Whether the person's word differs from the rules'."""
        return self.outcome is not self.finding.outcome

    @property
    def told(self) -> Finding:
        """The finding as a letter tells it: where overridden, with the person's reason instead."""
        if self.ruling is None or not self.overridden or self.finding.code == OWN:
            return self.finding
        met = self.outcome is Outcome.PASSED
        reason = Text(
            ko=f"담당자가 {'충족' if met else '미충족'}으로 판단했습니다: {self.ruling.reason}",
            en=f"A person ruled it {'met' if met else 'not met'}: {self.ruling.reason}",
        )
        return replace(self.finding, outcome=self.outcome, reason=reason, mend=None)


def mark_of(finding: Finding) -> str:
    """The finding's identity, 16 hex digits: clause, code, outcome and facts, without its wording."""
    said = [finding.clause, finding.code, finding.outcome.value, [list(fact) for fact in finding.facts]]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def ruled(findings: Iterable[Finding], rulings: Iterable[FindingRuling]) -> tuple[Ruled, ...]:
    """The findings in their order with the last ruling on each, then the person's own that still holds."""
    last = {(one.code, one.mark): one for one in rulings}
    found = tuple(
        Ruled(finding=finding, ruling=last.get((finding.code, mark_of(finding)))) for finding in findings
    )
    own = last.get((OWN, ""))
    if own is None or own.after is Outcome.PASSED:
        return found
    reason = Text(ko=f"담당자의 판단: {own.reason}", en=f"A person's own finding: {own.reason}")
    finding = Finding(clause=CLAUSE, code=OWN, outcome=own.after, reason=reason)
    return (*found, Ruled(finding=finding, ruling=own))


def outcome(findings: Iterable[Finding], rulings: Iterable[FindingRuling]) -> Outcome:
    """What a card comes to under the rules' findings and the rulings on them."""
    return overall(replace(one.finding, outcome=one.outcome) for one in ruled(findings, rulings))


def rule(now: Ruled, after: Outcome, reason: str) -> FindingRuling:
    """The ruling on a finding as it stands now; Refused where it answers nothing or gives no reason.

    A finding that asks a person is answered met or not met; any other may be confirmed as it is. A reason
    is needed to override the rules and to go back on an earlier ruling.
    """
    finding = now.finding
    if after not in (*ANSWERS, finding.outcome) or after is Outcome.PERSON:
        raise _no_answer(finding, after)
    back = now.ruling is not None and now.ruling.after is not after
    if (after is not finding.outcome or back) and not reason.strip():
        raise _no_reason(finding, after)
    return FindingRuling(
        clause=finding.clause,
        code=finding.code,
        mark="" if finding.code == OWN else mark_of(finding),
        after=after,
        reason=reason.strip(),
    )


def as_a_whole(standing: Sequence[Ruled], decision: Outcome, reason: str) -> tuple[FindingRuling, ...]:
    """The rulings a decision on the whole card implies, all for its one reason, so that they agree.

    Met: whatever stands against it is ruled met. Not met: what is open is ruled not met; where nothing is
    open nor failed, the reason is the person's own finding. A bonus is never ruled away with the card.
    """
    against = [one for one in standing if one.outcome in AGAINST]
    eligibility = [one for one in against if not one.finding.code.startswith(youth.CODES)]
    if decision is Outcome.PASSED:
        asked = [one for one in against if one not in eligibility and one.outcome is Outcome.PERSON]
        return tuple(rule(one, Outcome.PASSED, reason) for one in standing if one in (*eligibility, *asked))
    if any(one.outcome is Outcome.FAILED for one in eligibility):
        return ()
    if eligibility:
        return tuple(rule(one, Outcome.FAILED, reason) for one in eligibility)
    return (FindingRuling(clause=CLAUSE, code=OWN, mark="", after=Outcome.FAILED, reason=reason.strip()),)


def _no_answer(finding: Finding, after: Outcome) -> Refused:
    return refusal(
        CLAUSE,
        "ruling_no_answer",
        Text(ko="이 판단에 그렇게 답할 수 없습니다.", en="This is no answer to the finding."),
        Text(
            ko="규칙대로 확인하거나 충족·미충족 가운데 하나로 정하십시오. "
            "규칙이 사람에게 물은 것은 충족·미충족으로 답합니다.",
            en="Confirm it as the rules found it, or rule it met or not met; "
            "what the rules ask a person is answered met or not met.",
        ),
        finding=f"{finding.clause} {finding.code}",
        proposed=finding.outcome.value,
        decision=after.value,
    )


def _no_reason(finding: Finding, after: Outcome) -> Refused:
    return refusal(
        CLAUSE,
        "ruling_reason_missing",
        Text(
            ko="규칙과 다르게 정하거나 앞서 정한 것을 바꾸는데 사유가 없습니다.",
            en="A ruling against the rules, or against an earlier ruling, gives no reason.",
        ),
        Text(ko="무엇을 보고 정했는지 한 줄로 적으십시오.", en="Write one line on what you saw."),
        finding=f"{finding.clause} {finding.code}",
        proposed=finding.outcome.value,
        decision=after.value,
    )
