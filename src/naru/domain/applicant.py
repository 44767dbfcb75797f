"""An applicant as the rules see it: answers, evidence held, declarations; no name and no address.

Everything a person may still leave blank is None or empty, so that a draft can be screened as well.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from naru.domain.terms import require

LegalForm = Literal["corporation", "sole_proprietor"]
Role = Literal["company", "staff", "student"]
FiscalYearChange = Literal["founded", "merged", "split"]
CatalogueMatch = Literal["listed", "near", "none"]
SupportState = Literal["applied", "selected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An evidence document held, with the dates printed on it.

    `fiscal_year_end` is the last day of the fiscal year it was issued on; `fiscal_year_change` says that
    the company was founded, merged or split in that year or since, so that no validity can be computed.
    """

    code: str
    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    fiscal_year_end: date | None = None
    fiscal_year_change: FiscalYearChange | None = None

    def __post_init__(self) -> None:
        require(
            self.valid_from is None or self.valid_until is None or self.valid_from <= self.valid_until,
            f"valid_until: {self.valid_until} is before valid_from {self.valid_from}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """The answer to one exclusion ground or condition of the call: does it apply to the applicant?"""

    code: str
    applies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSupport:
    """Another programme the applicant is in: its id in the call, how far, and who says so."""

    programme: str
    state: SupportState
    source: Literal["declaration", "register"] = "declaration"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """A model the applicant will run and how the catalogue answers: listed, near a listed one, or not."""

    name: str
    match: CatalogueMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """One applicant's facts.

    `unit` is the company or professor that may hold one server. `representatives` are birth dates, all
    of them where several represent the company; None where one is not given. `inference_only` and
    `model_trained` are the declarations of clause C-06. `raised` are exclusion grounds a person raised,
    `same_person` live applications of other companies that share a representative or corporate number,
    `same_unit` the other live applications of the unit, `sets_held` the servers it already holds.
    """

    kind: str
    unit: str
    role: Role = "company"
    legal_form: LegalForm | None = None
    variant: str = ""
    business_started_on: date | None = None
    representatives: tuple[date | None, ...] = ()
    youth_claimed: bool = False
    professor_confirmed: bool = False
    documents: tuple[Document, ...] = ()
    models: tuple[ModelChoice, ...] = ()
    inference_only: bool | None = None
    model_trained: bool | None = None
    declarations: tuple[Declaration, ...] = ()
    other_support: tuple[OtherSupport, ...] = ()
    raised: tuple[str, ...] = ()
    same_unit: tuple[str, ...] = ()
    same_person: tuple[str, ...] = ()
    sets_held: int = 0

    def document(self, code: str) -> Document | None:
        """The document held under a code, the latest valid one where several are held; None without."""
        held = [document for document in self.documents if document.code == code]
        return max(held, key=_recency) if held else None

    def declared(self, code: str) -> bool | None:
        """The declaration made on a ground; None while it is unanswered."""
        return next((entry.applies for entry in self.declarations if entry.code == code), None)


def _recency(document: Document) -> tuple[date, date, date, date, str]:
    """Every field, so that which document counts never depends on the order they came in."""
    floor = date.min
    return (
        document.valid_until or floor,
        document.fiscal_year_end or floor,
        document.issued_on or floor,
        document.valid_from or floor,
        document.fiscal_year_change or "",
    )
