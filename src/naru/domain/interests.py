"""Conflicts of interest (제척·기피·회피) of a reviewer and an applicant, from what is on record (R-03).

Each ground is a finding with the facts both sides share, so that whoever is told of it can check it. The
grounds a person states (declared, objected) are stored as such and stand beside these.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text

CLAUSE = "R-03"
GROUNDS = {
    "declared": Text(ko="위원이 밝혔거나 운영기관이 등록한 이해충돌", en="Declared, or put on record"),
    "objection_upheld": Text(ko="신청자의 기피 신청을 받아들임", en="The applicant's objection was upheld"),
    "objection_open": Text(
        ko="신청자의 기피 신청을 심사하는 중", en="The applicant's objection is undecided"
    ),
    "applicant": Text(ko="위원이 신청자이거나 지도교수", en="The reviewer applies or supervises"),
    "teaching": Text(ko="사제 관계", en="Student and professor"),
    "same_organisation": Text(ko="같은 기관 소속", en="The same organisation"),
    "same_number": Text(ko="같은 사업자등록번호", en="The same registration number"),
    "same_person": Text(ko="두 회사 뒤의 같은 사람", en="The same person behind both companies"),
    "mail_domain": Text(ko="같은 메일 도메인", en="The same mail domain"),
    "relation": Text(ko="위원이 밝혀 둔 관계", en="A relation the reviewer declared"),
    "supplier": Text(ko="반도체사·클라우드사 소속", en="Acts for a vendor or cloud company"),
}
MEND = Text(ko="다른 위원에게 맡기십시오.", en="Ask another reviewer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation a reviewer declared once: its kind, and the organisation or person it is with."""

    kind: str
    organisation: str = ""
    number: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is known of one side: accounts, organisations, the people behind them, mail domains.

    `accounts` are those who apply, supervise or judge; `behind` the people behind one's companies, each
    with the name to show; `names` those a declared relation may mean. `domains` leaves public mailers out.
    `teachers` and `pupils` are accounts or professors' keys, known from applications.
    """

    accounts: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    behind: dict[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    teachers: frozenset[str] = frozenset()
    pupils: frozenset[str] = frozenset()
    relations: tuple[Relation, ...] = ()


def conflicts(applicant: Side, judge: Side) -> tuple[Finding, ...]:
    """Every ground on which the two may not meet, in a fixed order; empty when there is none."""
    return tuple(ground(code, **facts) for code, facts in _found(applicant, judge))


def ground(code: str, **facts: str) -> Finding:
    """A conflict's finding."""
    return Finding(
        clause=CLAUSE,
        code=code,
        outcome=Outcome.FAILED,
        reason=GROUNDS[code],
        facts=tuple(facts.items()),
        mend=MEND,
    )


def _found(applicant: Side, judge: Side) -> Iterator[tuple[str, dict[str, str]]]:
    if applicant.accounts & judge.accounts:
        yield "applicant", {}
    if applicant.accounts & judge.pupils or applicant.teachers & judge.teachers:
        yield "teaching", {}
    if applicant.organisations & judge.organisations:
        yield "same_organisation", {"organisation": _told(applicant.titles)}
    elif shared := applicant.titles & judge.titles:
        yield "same_organisation", {"organisation": _told(shared)}
    if shared := applicant.numbers & judge.numbers:
        yield "same_number", {"number": _told(shared)}
    elif both := applicant.behind.keys() & judge.behind.keys():
        yield "same_person", {"person": _told(frozenset(judge.behind[key] for key in both))}
    if shared := _domains(applicant.domains, judge.domains):
        yield "mail_domain", {"domain": _told(shared)}
    for one in judge.relations:
        if _meant(one, applicant):
            yield "relation", {"kind": one.kind, "with": one.organisation or one.person}


def _domains(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Domains that are the same, or one below the other (cs.campus.example of campus.example)."""
    return frozenset(a for a in one for b in other if a == b or a.endswith(f".{b}") or b.endswith(f".{a}"))


def _meant(relation: Relation, applicant: Side) -> bool:
    """Whether a declared relation is with this applicant."""
    return (
        (bool(relation.number) and relation.number in applicant.numbers)
        or (bool(relation.organisation) and relation.organisation in applicant.titles)
        or (bool(relation.person) and relation.person in applicant.names)
    )


def _told(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))
