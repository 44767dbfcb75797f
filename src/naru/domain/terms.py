"""The terms of a call that later steps judge by: scoring, selection, matching, progress, consequences.

Each dataclass is a table of the call file (`../calls/*.toml`); the literals are the closed vocabulary of
kinds, the figures are data.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal


def require(condition: bool, message: str) -> None:  # noqa: FBT001 - reads as `require(x > 0, ...)`
    """Raise ValueError with `message` (key: what is wrong) unless the invariant holds."""
    if not condition:
        raise ValueError(message)


def unique(key: str, values: Iterable[str]) -> None:
    """Raise ValueError naming every value of `key` that stands twice."""
    twice = sorted(value for value, count in Counter(values).items() if count > 1)
    require(not twice, f"{key}: {', '.join(twice)} stands more than once")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in the two languages of the interface; neither may be empty."""

    ko: str
    en: str

    def __post_init__(self) -> None:
        require(bool(self.ko.strip()), "ko: is empty")
        require(bool(self.en.strip()), "en: is empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(Text):
    """What a reviewer weighs in a criterion; one with `points` is scored by itself, up to so many."""

    points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One figure of a score sheet: the whole criterion, or one element of it."""

    key: str
    title: Text
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion (평가항목) of the scorecard, its points and the elements a reviewer weighs (R-03)."""

    id: str
    title: Text
    points: int
    elements: tuple[Element, ...]
    clause: str

    def __post_init__(self) -> None:
        require(self.points > 0, f"points: {self.points} is not positive")
        given = [one.points for one in self.elements if one.points is not None]
        require(len(given) in {0, len(self.elements)}, "elements: all of them have points, or none")
        require(min(given, default=1) > 0, "elements: points are positive")
        require(not given or sum(given) == self.points, f"elements: points do not add up to {self.points}")

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is entered for it: a figure per element where they have points ("purpose-1"), else one."""
        if not any(one.points for one in self.elements):
            return (Part(key=self.id, title=self.title, most=self.points),)
        return tuple(
            Part(key=f"{self.id}-{place}", title=one, most=one.points or 0)
            for place, one in enumerate(self.elements, start=1)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """Extra points (가점) by kind of rule; "birth_date": a representative born on or after a date (E-07).

    `max_age` is the age the guide prints beside the date, in full years at the youth reference date; it
    decides nothing and lets the checker compare the two.
    """

    id: str
    title: Text
    points: Fraction
    kind: Literal["birth_date"]
    born_on_or_after: date
    max_age: int | None = None
    evidence: tuple[str, ...]
    parties: tuple[str, ...]
    clipped_at_total: bool
    counts_for_min_score: bool
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """How reviews become a score: mean of totals, one highest and one lowest dropped from `trim_from` up.

    Reviewers disagree, for the operator's eyes only, when their totals lie `apart_range` points apart or
    deviate by `apart_deviation` (population standard deviation).
    """

    method: Literal["mean_of_totals"]
    trim_from: int
    min_reviews: int
    rounding: Decimal
    apart_range: int | None = None
    apart_deviation: Decimal | None = None
    clause: str

    def __post_init__(self) -> None:
        require(self.min_reviews >= 1, "min_reviews: at least one review is needed")
        require(self.trim_from >= 3, "trim_from: dropping two needs at least three reviews")  # noqa: PLR2004
        require(self.rounding > 0, "rounding: is not a positive step")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Selection (선정): the order of merit by key (ending in the lottery) and what happens at its edges."""

    order: tuple[str, ...]
    min_score: Fraction | None = None
    spill: Literal["water_filling", "none"]
    duplicates: Literal["hold", "latest", "exclude_all"]
    lottery: Literal["sha256"]
    result: Literal["decide_now_publish_later"]
    clause: str

    def __post_init__(self) -> None:
        unique("order", self.order)
        require(
            bool(self.order) and self.order[-1] == "lottery",
            'order: the last key must be "lottery", the unique one',
        )
        require(self.order[0] == "score", 'order: the first key must be "score"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Matching (배정): serial by rank with look-ahead; which models a vendor must support."""

    mode: Literal["serial"]
    models_policy: Literal["all_models", "primary_only"]
    change_of_cloud: Literal["allowed"]
    change_of_product: Literal["with_consent", "never"]
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage (단계) of use; `stall_months` after which a reason statement is owed, None for never."""

    id: str
    title: Text
    stall_months: int | None = None
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When an obligation falls due: every month, in a month of the year, or days after support ends."""

    kind: Literal["monthly", "month", "days_after_end", "on_stall"]
    day: int | None = None
    month: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What an awardee owes (의무): a due rule and the consequences of failing it, in order of severity."""

    id: Literal["monthly_report", "reason_statement", "midpoint_check", "final_check", "survey"]
    title: Text
    due: Due
    consequences: tuple[Literal["reminder", "restriction", "clawback"], ...]
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refill:
    """Refill from the waiting list (충원): one batch a day; at least `min_months` of use must be left."""

    batch: Literal["daily"]
    min_months: int
    budget: Literal["stop_at_first_that_does_not_fit"]
    offer_days: int
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicalReview:
    """Asking the vendors (사전 기술검토): calendar days to answer, days before it that they are reminded.

    `applicant` "hidden": a vendor sees models and product under a reference of its own; "named": the
    receipt number and the organisation too, never the plan. `published_no` "skip": who publishes that the
    models are not supported is not asked, as long as somebody else is.
    """

    answer_days: int
    remind_days: int
    applicant: Literal["hidden", "named"]
    published_no: Literal["ask", "skip"]
    clause: str

    def __post_init__(self) -> None:
        require(self.answer_days > 0, f"answer_days: {self.answer_days} is not a positive number of days")
        require(
            0 <= self.remind_days < self.answer_days,
            f"remind_days: {self.remind_days} is not within 0..{self.answer_days - 1}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """Calendar days an applicant is given to answer a correction request (보완요청), and when it is extended.

    They are what an operator is proposed; holidays are the operator's to add.
    """

    answer_days: int
    extension_days: int
    clause: str

    def __post_init__(self) -> None:
        for name in ("answer_days", "extension_days"):
            days = getattr(self, name)
            require(days > 0, f"{name}: {days} is not a positive number of days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """Appeal (이의신청): days to object, to answer, and the one extension."""

    object_days: int
    answer_days: int
    extension_days: int
    extensions: int
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objections:
    """Objections to a reviewer (기피): how many days the names of the pool are shown; 0: never."""

    days: int = 3
    clause: str = "R-03"

    def __post_init__(self) -> None:
        require(self.days >= 0, f"days: {self.days} is negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionGround:
    """A ground on which next year's participation may be restricted, for how many years at most.

    `years` 0: the ground ends this year's support and bars no later one.
    """

    id: Literal["withdrawal", "use_outside_plan", "final_insufficient", "survey_missing"]
    title: Text
    years: int
    clawback: bool
    clause: str

    def __post_init__(self) -> None:
        require(self.years >= 0, f"years: {self.years} is negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """Due process (제재): prior notice, days to be heard, days to decide; the grounds by code."""

    hearing_days: int
    decision_days: int
    grounds: tuple[SanctionGround, ...]
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How many months after the support ends a record class is kept before it is destroyed."""

    record_class: str
    title: Text
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceDates:
    """Which date a rule looks at: the notice date or the closing date."""

    youth: Literal["notice_date", "closing_date"]
    certificates: Literal["notice_date", "closing_date"]
    startup_age: Literal["notice_date", "closing_date"]
    restrictions: Literal["notice_date", "closing_date"]
    startup_years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What may be spent in all, in units of `Resource.monthly_cost`; absent while unsaid (L-05)."""

    units: int
    clause: str

    def __post_init__(self) -> None:
        require(self.units > 0, f"units: {self.units} is not positive")
