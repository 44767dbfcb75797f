"""Who may apply and with what evidence: parties, their kinds, documents, grounds for exclusion.

Each dataclass is a table of the call file; `naru.domain.call` puts them together and checks them.
"""

from dataclasses import dataclass
from typing import Literal

from naru.domain.terms import Text, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A recorded type within a kind, all of them accepted (venture types, E-08)."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of applicant (중소기업, 대학교, ...) within a sector, with the clause that admits it."""

    id: str
    title: Text
    clause: str
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A sector (부문): its kinds and the unit (company or professor) that may hold one server."""

    id: Literal["private", "public"]
    title: Text
    kinds: tuple[Kind, ...]
    unit: Literal["company", "professor"]
    sets_per_unit: int = 1
    clause: str
    legal_forms: tuple[Literal["corporation", "sole_proprietor"], ...] = ()

    def __post_init__(self) -> None:
        require(bool(self.kinds), "kinds: name at least one kind of applicant")
        require(self.sets_per_unit > 0, f"sets_per_unit: {self.sets_per_unit} is not positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedKind:
    """A kind of applicant the call refuses before any form is filled in (E-03)."""

    id: str
    title: Text
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """How long a document is good: for ever, months after issue, or an SME certificate's year (E-05)."""

    kind: Literal["unlimited", "months_after_issue", "fiscal_year_certificate"]
    months: int | None = None
    starts_months_after_fiscal_year_end: int | None = None

    def __post_init__(self) -> None:
        require(
            (self.months is None) == (self.kind == "unlimited"),
            f'months: give it for every kind but "unlimited" (kind is "{self.kind}")',
        )
        require(
            (self.starts_months_after_fiscal_year_end is None) == (self.kind != "fiscal_year_certificate"),
            'starts_months_after_fiscal_year_end: belongs to kind "fiscal_year_certificate" and only there',
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRule:
    """An evidence document (증빙서류): who owes it and when.

    `alternatives` names a group of which one document is enough; empty means the document itself is owed.
    """

    code: str
    title: Text
    parties: tuple[str, ...]
    kinds: tuple[str, ...]
    when: Literal["always", "youth_corporation", "youth_sole_proprietor", "staff", "student"]
    alternatives: str = ""
    validity: Validity
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionGround:
    """A coded ground for excluding an applicant (E-09, E-10): who decides, judged as of which date."""

    id: str
    title: Text
    decided_by: Literal["rule", "person"]
    as_of: Literal["notice_date", "closing_date", "any_time"]
    source: Literal["register", "declaration", "finding"]
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form (붙임) the announcement offers, by its printed code and sector (A-01)."""

    code: str
    party: str
    title: Text
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherProgramme:
    """Another programme an applicant may be in, and whether that may cost the place here (E-10)."""

    id: str
    title: Text
    duplicate_support: Literal["may_exclude", "never_excludes"]
    clause: str
