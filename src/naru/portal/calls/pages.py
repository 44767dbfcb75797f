"""What the call's pages show, made from its terms: products with seats, rules in plain words, differences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal

from naru.domain import call as domain
from naru.domain.periods import day_in
from naru.domain.quota import largest_remainder
from naru.domain.terms import Criterion, Due, Obligation, Text

State = Literal["coming", "open", "over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow:
    """A product with its seats in the round: those frozen, else those its share gives."""

    resource: domain.Resource
    seats: int
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A round (모집 차수) as the page shows it: "coming", "open" or "over", its products, its seed."""

    round: domain.Round
    state: State
    products: tuple[ProductRow, ...]
    frozen: bool
    seed: Any

    @property
    def closes_at(self) -> datetime | None:
        """The instant intake closes; None while it is continuous."""
        return self.round.last_closing


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the schedule: the days where they are known, else what is printed; where it stands today."""

    row: domain.ScheduleRow
    starts: date | None
    ends: date | None
    closes_at: datetime | None
    state: State | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What an awardee owes, when, and what follows when it is not done."""

    obligation: Obligation
    when: Text
    follows: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule in a sentence of the call, with its clause."""

    clause: domain.Clause
    detail: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Rules under one heading, with a line on what they settle."""

    title: Text
    says: Text
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One key of the call file that two versions say differently; empty where a version has none."""

    path: str
    before: str
    after: str


CHAPTERS = (
    (
        "E",
        Text(ko="누가 신청하나요", en="Who may apply"),
        Text(
            ko="신청할 수 있는 기업·대학과 자격 조건, 신청할 수 없는 곳, 바로 제외되는 사유",
            en="Companies and universities admitted, their conditions, who is not, grounds of exclusion",
        ),
    ),
    (
        "C",
        Text(ko="무엇을 빌려주나요", en="What is lent"),
        Text(
            ko="상품과 대수, 부문별 한도, 쓸 수 있는 용도와 기간",
            en="Products and seats, the bounds of each sector, what the servers may be used for and how long",
        ),
    ),
    (
        "A",
        Text(ko="어떻게 신청하나요", en="How to apply"),
        Text(
            ko="신청서와 사용계획서, 증빙서류, 접수 마감",
            en="The form, the usage plan, the evidence and the close",
        ),
    ),
    (
        "R",
        Text(ko="어떻게 뽑나요", en="How applicants are selected"),
        Text(
            ko="서류적격심사와 기술검토, 평가 배점, 선정과 배정의 순서, 이의신청",
            en="Screening, technical review, criteria and points, selection and matching, appeals",
        ),
    ),
    (
        "L",
        Text(ko="선정되면 무엇을 하나요", en="What awardees do"),
        Text(
            ko="협약과 서버 인수, 중도포기와 충원, 참여제한",
            en="Agreement and handover, withdrawal and refill, restrictions",
        ),
    ),
    (
        "P",
        Text(ko="진도와 결과를 어떻게 보나요", en="How progress and results are judged"),
        Text(
            ko="매달 하는 진도체크, 중간점검과 결과점검, 미흡할 때 생기는 일",
            en="Monthly progress, the midpoint and final checks, what follows when they fall short",
        ),
    ),
    (
        "M",
        Text(ko="어떤 모델이 되나요", en="Which models are supported"),
        Text(
            ko="지원 모델 표와 AI 반도체사의 확인",
            en="The table of supported models and the vendors' word",
        ),
    ),
)


def state_of(one: domain.Round, at: datetime) -> State:
    """Where a round's intake stands at an instant."""
    if at < one.opens_at:
        return "coming"
    return "open" if one.accepts(at) else "over"


def current(rounds: Sequence[Intake]) -> Intake:
    """The round a visitor cares about: one that is open, else the next to open, else the last."""
    for wanted in ("open", "coming"):
        for one in rounds:
            if one.state == wanted:
                return one
    return rounds[-1]


def schedule(terms: domain.Call, rounds: Sequence[Intake], at: datetime) -> tuple[Step, ...]:
    """The printed schedule with today's place in it; intake by the rounds' own instants (C-02)."""
    today = day_in(terms.zone, at)
    return tuple(_step(terms, row, rounds, today) for row in terms.schedule)


def _step(terms: domain.Call, row: domain.ScheduleRow, rounds: Sequence[Intake], today: date) -> Step:
    starts, ends, closes_at = row.starts, row.ends, None
    if row.step == "intake" and rounds:
        closes_at = rounds[0].closes_at
        starts = day_in(terms.zone, rounds[0].round.opens_at)
        ends = day_in(terms.zone, closes_at) if closes_at else None
    state: State | None = None
    if starts is not None:
        state = "coming" if today < starts else "over" if ends and ends < today else "open"
    if row.step == "intake" and rounds:
        state = rounds[0].state
    return Step(row=row, starts=starts, ends=ends, closes_at=closes_at, state=state)


def points(terms: domain.Call) -> tuple[Criterion, ...]:
    """The criteria, the heaviest first."""
    return tuple(sorted(terms.criteria, key=lambda one: -one.points))


_FOLLOWS = {
    "reminder": Text(ko="독촉", en="a reminder"),
    "restriction": Text(ko="다음 해 참여제한 가능", en="possibly a restriction next year"),
    "clawback": Text(ko="사용비 환수 가능", en="possibly a clawback of the cost"),
}


def duties(terms: domain.Call) -> tuple[Duty, ...]:
    """What awardees owe, in the call's order."""
    return tuple(
        Duty(
            obligation=one,
            when=_due(one.due),
            follows=Text(
                ko=", ".join(_FOLLOWS[name].ko for name in one.consequences),
                en=", ".join(_FOLLOWS[name].en for name in one.consequences),
            ),
        )
        for one in terms.obligations
    )


def _due(due: Due) -> Text:
    match due.kind:
        case "monthly":
            return Text(
                ko=f"매달, 다음 달 {due.day}일까지", en=f"Monthly, by day {due.day} of the next month"
            )
        case "month":
            return Text(ko=f"{due.month}월", en=f"In month {due.month}")
        case "days_after_end":
            return Text(
                ko=f"지원이 끝나고 {due.days}일 안", en=f"Within {due.days} days of the end of support"
            )
        case _:
            return Text(ko=f"요청받고 {due.days}일 안", en=f"Within {due.days} days of being asked")


def products(terms: domain.Call, one: domain.Round, frozen: Mapping[str, int]) -> tuple[ProductRow, ...]:
    """The products in the call's order."""
    counts = largest_remainder(one.seats, [resource.share for resource in terms.resources])
    return tuple(
        ProductRow(
            resource=resource,
            seats=frozen.get(resource.id, count),
            percent=int(resource.share * 100),
        )
        for resource, count in zip(terms.resources, counts, strict=True)
    )


def chapters(terms: domain.Call) -> tuple[Chapter, ...]:
    """Every clause under its heading, in the call's order."""
    details = _details(terms)
    return tuple(
        Chapter(
            title=title,
            says=says,
            rules=tuple(
                Rule(clause=clause, detail=details.get(clause.code))
                for clause in terms.clauses
                if clause.code.startswith(f"{letter}-")
            ),
        )
        for letter, title, says in CHAPTERS
    )


def _details(terms: domain.Call) -> dict[str, Text]:
    """Figures of the call that belong beside a clause's sentence."""
    points = [(criterion.title, criterion.points) for criterion in terms.criteria]
    found = {
        "R-03": Text(
            ko=", ".join(f"{title.ko} {count}점" for title, count in points),
            en=", ".join(f"{title.en} {count}" for title, count in points),
        ),
        "P-01": Text(
            ko=" → ".join(stage.title.ko for stage in terms.stages),
            en=" → ".join(stage.title.en for stage in terms.stages),
        ),
        "R-06": Text(
            ko=f"결과에 이의가 있으면 {terms.appeal.object_days}일 안에 신청하고 "
            f"{terms.appeal.answer_days}일 안에 답을 받습니다.",
            en=f"Object within {terms.appeal.object_days} days; "
            f"the answer comes within {terms.appeal.answer_days}.",
        ),
        "E-03": Text(
            ko=", ".join(kind.title.ko for kind in terms.excluded_kinds),
            en=", ".join(kind.title.en for kind in terms.excluded_kinds),
        ),
    }
    if terms.corrections is not None:
        days = terms.corrections.answer_days
        found[terms.corrections.clause] = Text(
            ko=f"빠진 것이 있으면 보완을 요청하고 보통 {days}일을 드립니다.",
            en=f"Where something is missing you are asked for it and usually have {days} days.",
        )
    if terms.technical_review is not None:
        found[terms.technical_review.clause] = _asked_of_vendors(terms.technical_review)
    for constraint in terms.constraints:
        found[constraint.clause] = _bound(constraint)
    return found


def _asked_of_vendors(review: domain.TechnicalReview) -> Text:
    days = review.answer_days
    if review.applicant == "hidden":
        return Text(
            ko=f"반도체사는 모델과 상품만 보고 {days}일 안에 답합니다.",
            en=f"Vendors see models and product alone and answer within {days} days.",
        )
    return Text(
        ko=f"반도체사는 신청 기관의 이름도 보며 {days}일 안에 답합니다. 사용계획은 보지 않습니다.",
        en=f"Vendors see the organisation's name too, never the plan, and answer within {days} days.",
    )


def _bound(constraint: domain.Constraint) -> Text:
    share = Fraction(constraint.share * 100)
    less = {"<": ("미만", "below"), "<=": ("이하", "at most")}[constraint.op]
    base = {
        "selected": ("실제로 선정된 수", "those really selected"),
        "quota": ("상품별 대수", "the product's seats"),
    }[constraint.base]
    sector = {"public": ("공공부문", "public sector"), "private": ("민간부문", "private sector")}[
        constraint.group
    ]
    return Text(
        ko=f"{sector[0]}: {base[0]}의 {share}% {less[0]}",
        en=f"{sector[1].capitalize()}: {less[1]} {share} % of {base[1]}.",
    )


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """Where two snapshots differ, key by key; `version` and `amendment` are bound to."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            if path or key not in {"version", "amendment"}:
                yield from differences(before.get(key), after.get(key), f"{path}.{key}" if path else key)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from differences(old, new, f"{path}[{place}]")
    elif before != after:
        yield Difference(path=path, before=_shown(before), after=_shown(after))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
