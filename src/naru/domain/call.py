"""The call (사업공고) as values: what is lent, to whom, when, and under which rules.

Shape: a call has tracks, a track has rounds, a round has a window of explicit instants. Kinds of rule
are code (the literals below); their figures are data in `calls/*.toml`, read by `naru.codec.call`.
Invariants that no valid call can break are checked here; what merely deserves a look is a warning of
`naru.domain.callwarnings`. Who may apply is in `naru.domain.admission`, the terms of later steps in
`naru.domain.terms`; the names are importable from here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from naru.domain.admission import (
    DocumentRule,
    ExcludedKind,
    ExclusionGround,
    Form,
    Kind,
    OtherProgramme,
    Party,
    Validity,
    Variant,
)
from naru.domain.callcheck import problems
from naru.domain.consent import Consent
from naru.domain.terms import (
    Appeal,
    Bonus,
    Budget,
    Corrections,
    Criterion,
    Matching,
    Objections,
    Obligation,
    ReferenceDates,
    Refill,
    Retention,
    Sanction,
    Scoring,
    Selection,
    Stage,
    TechnicalReview,
    Text,
    require,
    unique,
)

__all__ = [
    "Ambiguity",
    "Amendment",
    "Briefing",
    "Call",
    "CallInvalidError",
    "Clause",
    "Consent",
    "Constraint",
    "Contact",
    "Corrections",
    "DocumentRule",
    "ExcludedKind",
    "ExclusionGround",
    "Form",
    "Instant",
    "Kind",
    "OtherProgramme",
    "Party",
    "PlanSection",
    "Request",
    "Resource",
    "Round",
    "ScheduleRow",
    "Support",
    "TechnicalReview",
    "Track",
    "Use",
    "Validity",
    "Variant",
]


class CallInvalidError(ValueError):
    """A call whose parts contradict each other; `problems` holds one line "key path: what is wrong" each."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("; ".join(lines))
        self.problems = lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """One explicit, exclusive deadline: an aware instant and the label as printed."""

    at: datetime
    printed: str

    def __post_init__(self) -> None:
        require(self.at.tzinfo is not None, "at: write the offset, e.g. 2025-03-17T15:00:00+09:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One intake (모집): opens, closes at the listed instants (none = continuous), and its seats."""

    id: str
    opens_at: datetime
    closes_at: tuple[Instant, ...]
    seats: int

    def __post_init__(self) -> None:
        require(self.opens_at.tzinfo is not None, "opens_at: write the offset, e.g. +09:00")
        require(self.seats > 0, f"seats: {self.seats} is not a positive number of servers")
        instants = [closing.at for closing in self.closes_at]
        require(
            instants == sorted(set(instants)), "closes_at: list the instants in ascending order, each once"
        )
        require(
            not instants or self.opens_at < instants[0],
            f"closes_at: {instants[0] if instants else ''} is not after opens_at {self.opens_at}",
        )

    @property
    def last_closing(self) -> datetime | None:
        """The instant after which nothing is accepted; None while intake is continuous."""
        return self.closes_at[-1].at if self.closes_at else None

    def accepts(self, at: datetime) -> bool:
        """Whether an application received at `at` is in time; the closing instant is too late (A-03)."""
        return self.opens_at <= at and (self.last_closing is None or at < self.last_closing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One way through the programme with its own rounds; the 2025 call has a single track."""

    id: str
    rounds: tuple[Round, ...]

    def __post_init__(self) -> None:
        require(bool(self.rounds), "rounds: a track needs at least one round")
        unique("rounds", (entry.id for entry in self.rounds))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """A line of the printed schedule: display text, and its last day where the checker can compare it."""

    label: Text
    printed: str
    starts: date | None = None
    ends: date | None = None
    step: Literal["intake", "briefing", "screening", "evaluation", "results", "matching", "use"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How much of a resource one application may ask for, in sets."""

    min: int
    max: int
    step: int

    def __post_init__(self) -> None:
        require(0 < self.min <= self.max and self.step > 0, "request: needs 0 < min <= max and step > 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A product (상품): minimum figures of the server lent, its share of the seats and its monthly cost.

    Units: TOPS at INT8, GHz, GB, TB, Gbps; `share` a fraction of the round's seats; `monthly_cost` in
    budget units per server and month.
    """

    id: str
    title: Text
    tops_int8: int
    cores: int
    clock_ghz: Decimal
    memory_gb: int
    ssd_tb: int
    link_gbps: int
    share: Fraction
    monthly_cost: int
    request: Request
    clause: str

    def __post_init__(self) -> None:
        require(0 < self.share <= 1, f"share: {self.share} is not within 0..1")
        require(self.monthly_cost >= 0, f"monthly_cost: {self.monthly_cost} is negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A bound on a sector's part of a product: `op` `share` of `base` (C-05).

    base "selected": of those really selected; "quota": of the product's seats. "soft": seats the other
    sector leaves empty open up.
    """

    id: str
    group: Literal["private", "public"]
    op: Literal["<", "<="]
    share: Fraction
    base: Literal["selected", "quota"]
    hardness: Literal["hard", "soft"]
    scope: Literal["resource"]
    clause: str

    def __post_init__(self) -> None:
        require(0 < self.share <= 1, f"share: {self.share} is not within 0..1")
        require(
            not (self.base == "selected" and self.hardness == "soft"),
            'hardness: a soft bound is only defined for base = "quota"',
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSection:
    """A section of the usage plan (사용계획서): it mirrors one scoring criterion (A-04)."""

    id: str
    criterion: str
    title: Text
    prompt: Text
    max_characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause by code, its place in the guide, and one sentence of our own in two languages."""

    code: str
    place: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """What the guide says twice, which reading was taken, and why.

    `key` is the key path of the call file that holds the reading taken. A warning of
    `naru.domain.callwarnings` is answered by the ambiguity whose `id` is the warning's code.
    """

    id: str
    key: str
    clause: str
    readings: tuple[str, ...]
    taken: str
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The award's term: from the allocation to `ends`, or until the budget is spent (L-05)."""

    starts: Literal["allocation"]
    ends: date
    stops_with_budget: bool
    price: Literal["free"]
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What the server may be used for (C-06)."""

    inference_only: bool
    trained_model_only: bool = False
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """The briefing session (사업설명회): when and where."""

    starts_at: datetime
    place: Text
    audience: Text
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where questions go."""

    organisation: Text
    phone: str
    email: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Why a version after the first exists: reason, actor, date."""

    reason: str
    actor: str
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One programme call, whole and checked: every figure a decision needs."""

    schema: Literal[1]
    id: str
    version: int
    zone: str
    notice_date: date
    title: Text
    agency: Text
    support: Support
    use: Use
    tracks: tuple[Track, ...]
    schedule: tuple[ScheduleRow, ...]
    briefing: Briefing | None = None
    contact: Contact
    parties: tuple[Party, ...]
    excluded_kinds: tuple[ExcludedKind, ...]
    resources: tuple[Resource, ...]
    constraints: tuple[Constraint, ...]
    documents: tuple[DocumentRule, ...]
    forms: tuple[Form, ...] = ()
    exclusions: tuple[ExclusionGround, ...]
    other_programmes: tuple[OtherProgramme, ...] = ()
    plan: tuple[PlanSection, ...]
    consents: tuple[Consent, ...] = ()
    criteria: tuple[Criterion, ...]
    bonuses: tuple[Bonus, ...]
    scoring: Scoring
    selection: Selection
    matching: Matching
    stages: tuple[Stage, ...]
    obligations: tuple[Obligation, ...]
    corrections: Corrections | None = None
    objections: Objections = Objections()  # noqa: RUF009 - frozen: one value may serve every call
    technical_review: TechnicalReview | None = None
    refill: Refill
    appeal: Appeal
    sanction: Sanction
    retention: tuple[Retention, ...]
    reference_dates: ReferenceDates
    clauses: tuple[Clause, ...]
    ambiguities: tuple[Ambiguity, ...]
    budget: Budget | None = None
    amendment: Amendment | None = None

    def __post_init__(self) -> None:
        found = problems(self)
        if found:
            raise CallInvalidError(found)

    def clause(self, code: str) -> Clause:
        """The clause by code; KeyError when the call has none."""
        for entry in self.clauses:
            if entry.code == code:
                return entry
        raise KeyError(code)

    def resource(self, resource_id: str) -> Resource:
        """The product by id; KeyError when the call has none."""
        for entry in self.resources:
            if entry.id == resource_id:
                return entry
        raise KeyError(resource_id)

    def party_of(self, kind_id: str) -> Party | None:
        """The sector that admits this kind of applicant, or None."""
        for party in self.parties:
            if any(kind.id == kind_id for kind in party.kinds):
                return party
        return None

    def round(self, round_id: str) -> Round:
        """The round by id over all tracks; KeyError when the call has none."""
        for track in self.tracks:
            for entry in track.rounds:
                if entry.id == round_id:
                    return entry
        raise KeyError(round_id)
