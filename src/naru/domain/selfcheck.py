"""The self-check (자가 진단): which questions a visitor is asked, and what screening says to the answers.

No rule stands here. The answers become an `Applicant`, `screen` judges it, and the findings of the clauses
that were asked about are handed on, so that a visitor and the screening never hear different things.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from naru.domain.applicant import Applicant, Declaration, Document, LegalForm, OtherSupport, Role
from naru.domain.call import Call, DocumentRule, Kind, Round
from naru.domain.decision import Finding, Outcome
from naru.domain.eligibility import may_apply, overall, screen
from naru.domain.periods import day_in
from naru.domain.sanction import Restriction
from naru.domain.terms import Bonus
from naru.domain.youth import CODES

UNIT = "self-check"
Youth = Literal["after", "on", "before", "no"]
TWO_STATES = ("applied", "selected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a visitor has said so far; None or empty where a question is not answered.

    `youth` is the youngest representative's birth against the call's date, so that no birth date is asked
    of anybody. `circumstances` holds ids of exclusion grounds and `<programme>:<state>`.
    """

    kind: str = ""
    legal_form: LegalForm | None = None
    role: Role | None = None
    variant: str = ""
    started_on: date | None = None
    valid_until: date | None = None
    fiscal_year_end: date | None = None
    youth: Youth = "no"
    inference_only: bool | None = None
    model_trained: bool | None = None
    circumstances: tuple[str, ...] = ()


def questions(call: Call, kind: str) -> tuple[str, ...]:
    """The questions for a kind of applicant, in order, six at most; a kind refused is asked nothing more."""
    party = call.party_of(kind)
    if party is None:
        return ("kind",)
    company = party.unit == "company"
    wanted = {
        "kind": True,
        "legal_form": company,
        "role": not company,
        "variant": bool(_kind(call, kind).variants),
        "started_on": kind == "startup",
        "certificate": dated_certificate(call, kind) is not None,
        "youth": any(party.id in bonus.parties for bonus in call.bonuses),
        "use": call.use.inference_only or call.use.trained_model_only,
        "circumstances": bool(circumstances(call)),
    }
    return tuple(name for name, asked in wanted.items() if asked)


def circumstances(call: Call) -> tuple[str, ...]:
    """What may stand in the way and the applicant knows: grounds of E-09, then other programmes (E-10)."""
    grounds = [
        ground.id for ground in call.exclusions if ground.source != "finding" and ground.clause == "E-09"
    ]
    support = [f"{programme.id}:{state}" for programme in call.other_programmes for state in TWO_STATES]
    return (*grounds, *support)


def dated_certificate(call: Call, kind: str) -> DocumentRule | None:
    """The certificate of a kind whose validity is computed from a fiscal year; None without one."""
    for rule in call.documents:
        if kind in rule.kinds and rule.validity.kind == "fiscal_year_certificate":
            return rule
    return None


def bonus_by_birth(call: Call) -> Bonus | None:
    """The bonus that looks at a representative's birth date; None where the call offers none."""
    return next(iter(call.bonuses), None)


def applicant(call: Call, answers: Answers) -> Applicant:
    """The answers as the rules take them."""
    party = call.party_of(answers.kind)
    company = party is not None and party.unit == "company"
    support = [one.split(":") for one in answers.circumstances if ":" in one]
    declared = {ground.id: False for ground in call.exclusions if ground.source == "declaration"}
    declared |= {one: True for one in answers.circumstances if one in declared}
    declared |= {ground.id: bool(support) for ground in call.exclusions if ground.clause == "E-10"}
    return Applicant(
        kind=answers.kind,
        unit=UNIT,
        role="company" if company else answers.role or "company",
        legal_form=answers.legal_form if company else None,
        variant=answers.variant,
        business_started_on=answers.started_on,
        representatives=_births(call, answers.youth),
        youth_claimed=company and answers.youth != "no",
        documents=_certificate(call, answers),
        inference_only=answers.inference_only,
        model_trained=answers.model_trained,
        declarations=tuple(Declaration(code=code, applies=said) for code, said in declared.items()),
        other_support=tuple(
            OtherSupport(programme=programme, state="selected" if state == "selected" else "applied")
            for programme, state in support
        ),
    )


def judge(
    call: Call, round_: Round, answers: Answers, answered: tuple[str, ...], at: datetime
) -> tuple[Finding, ...]:
    """What screening finds about the questions answered, in their order; E-03 alone when that refuses."""
    admitted = may_apply(call, answers.kind)
    if "kind" not in answered:
        return ()
    if admitted.outcome is not Outcome.PASSED:
        return (admitted,)
    facts = applicant(call, answers)
    found = screen(call, round_, facts, _register(call, round_, answers, at), at=at)
    return tuple(
        finding
        for name in answered
        for finding in found
        if finding.outcome is not Outcome.NOT_APPLICABLE and _belongs(call, name, finding)
    )


def refused(findings: tuple[Finding, ...]) -> bool:
    """Whether an answer already costs the place, so that nothing more need be asked."""
    return overall(findings) is Outcome.FAILED


def _belongs(call: Call, name: str, finding: Finding) -> bool:
    if name == "youth":
        return finding.code.startswith(CODES)
    if name == "certificate":
        return finding.code.startswith("certificate_")
    clauses = {
        "kind": ("E-03",),
        "legal_form": ("E-01",),
        "role": ("E-02",),
        "variant": ("E-08",),
        "started_on": ("E-06",),
        "use": (call.use.clause,),
        "circumstances": ("E-09", "E-10"),
    }
    return finding.clause in clauses[name] and not finding.code.startswith(CODES)


def _kind(call: Call, kind: str) -> Kind:
    return next(entry for party in call.parties for entry in party.kinds if entry.id == kind)


def _births(call: Call, youth: Youth) -> tuple[date, ...]:
    """One birth date that stands to the call's date as the answer says."""
    bonus = bonus_by_birth(call)
    days = {"after": 1, "on": 0, "before": -1}
    if bonus is None or youth not in days:
        return ()
    return (bonus.born_on_or_after + timedelta(days=days[youth]),)


def _certificate(call: Call, answers: Answers) -> tuple[Document, ...]:
    rule = dated_certificate(call, answers.kind)
    if rule is None or (answers.valid_until is None and answers.fiscal_year_end is None):
        return ()
    return (
        Document(code=rule.code, valid_until=answers.valid_until, fiscal_year_end=answers.fiscal_year_end),
    )


def _register(call: Call, round_: Round, answers: Answers, at: datetime) -> tuple[Restriction, ...]:
    """A restriction the visitor knows of, as the register would hold it on the closing day."""
    day = day_in(call.zone, round_.last_closing or at)
    registered = {ground.id for ground in call.exclusions if ground.source == "register"}
    return tuple(
        Restriction(unit=UNIT, ground=one, starts=min(day, day_in(call.zone, at)), ends=None, source=UNIT)
        for one in answers.circumstances
        if one in registered
    )
