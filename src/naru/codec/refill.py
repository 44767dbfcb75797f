"""The record of a day's refill (충원 기록): what it looked at and decided, for anyone to repeat.

Applications are named by their receipt numbers; server groups by vendor and cloud. One hash covers it all.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from naru.codec.reasons import key_path
from naru.codec.record import Record, canonical
from naru.codec.verification import Difference, first_difference
from naru.domain.batch import Batch, Candidate, Facts, Line, decide_batch
from naru.domain.bound import Bound

SCHEMA = 1
KIND = "naru-refill"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class CandidateRow(_Row):
    """One who waits."""

    id: str
    sector: str
    tiers: list[list[int]]


class LineRow(_Row):
    """One product; `servers` are (vendor, cloud, free)."""

    product: str
    monthly_cost: int
    seats: int
    holders: tuple[int, int]
    servers: list[tuple[str, str, int]]
    waiting: list[CandidateRow]
    head_of_list: list[str]
    extra: list[str]


class BoundRow(_Row):
    """The sector rule."""

    reading: Literal["ratio", "quota", "soft", "none"]
    group: str
    op: Literal["<", "<="]
    share: str
    clause: str


class InputsRow(_Row):
    """Everything a batch looks at."""

    months: int
    min_months: int
    charged: int
    budget_left: int | None
    bound: BoundRow
    products: list[LineRow]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    call: str
    version: int
    day: str
    inputs: InputsRow


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which batch a record is of: call, version in force, calendar day."""

    call: str
    version: int
    day: date


Groups = Mapping[str, Sequence[tuple[str, str]]]  # by product: (vendor, cloud) of its server groups


def refill_record(about: About, facts: Facts, batch: Batch, groups: Groups) -> Record:
    """The record of a batch decided from exactly these facts."""
    inputs = {
        "months": facts.months,
        "min_months": facts.min_months,
        "charged": facts.charged,
        "budget_left": facts.budget_left,
        "bound": {
            "reading": facts.bound.reading,
            "group": facts.bound.group,
            "op": facts.bound.op,
            "share": str(facts.bound.share),
            "clause": facts.bound.clause,
        },
        "products": [_line(line, groups[line.product]) for line in facts.lines],
    }
    return _whole(
        {"call": about.call, "version": about.version, "day": about.day.isoformat(), "inputs": inputs}, batch
    )


def facts_of(record: Any) -> Facts:
    """The facts a record states. Raises pydantic's ValidationError, or ValueError for what cannot be used."""
    return _facts(_Stated.model_validate_json(canonical(record)).inputs)


def verify_refill(record: Any) -> Difference | None:
    """None when the record is exactly what its inputs give, else the first difference."""
    stated = record if isinstance(record, dict) else {}
    head = {"schema": SCHEMA, "kind": KIND}
    if found := first_difference({key: stated.get(key) for key in head}, head):
        return found
    try:
        facts = facts_of(record)
        about = {key: stated[key] for key in ("call", "version", "day", "inputs")}
        return first_difference(record, _whole(about, decide_batch(facts)))
    except ValidationError as error:
        first = error.errors()[0]
        return _unusable(key_path(first["loc"]), first["msg"].lower())
    except (ValueError, IndexError, RecursionError) as error:
        where, _, reason = str(error).partition(": ")
        return _unusable(f"inputs.{where}", reason or "is out of range")


def _unusable(path: str, reason: str) -> Difference:
    return Difference(
        path=path, recorded="an input that cannot be used", recomputed=f"nothing, because it {reason}"
    )


def _whole(about: Record, batch: Batch) -> Record:
    decided = {
        "offers": list(batch.offers),
        "budget_left": batch.budget_left,
        "products": [
            {
                "product": line.product,
                "offered": [[key, group] for key, group in line.offered],
                "skipped": [[key, why] for key, why in line.skipped],
                "beyond": line.beyond,
            }
            for line in batch.lines
        ],
    }
    sections: Record = {"schema": SCHEMA, "kind": KIND, **about, "decided": decided}
    return {**sections, "root": hashlib.sha256(canonical(sections).encode()).hexdigest()}


def _line(line: Line, groups: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "product": line.product,
        "monthly_cost": line.monthly_cost,
        "seats": line.seats,
        "holders": list(line.holders),
        "servers": [[vendor, cloud, free] for (vendor, cloud), free in zip(groups, line.free, strict=True)],
        "waiting": [
            {"id": one.id, "sector": one.sector, "tiers": [sorted(tier) for tier in one.tiers]}
            for one in line.waiting
        ],
        "head_of_list": list(line.head_of_list),
        "extra": sorted(line.extra),
    }


def _facts(given: InputsRow) -> Facts:
    return Facts(
        lines=tuple(_read(row) for row in given.products),
        bound=Bound(
            reading=given.bound.reading,
            group=given.bound.group,
            op=given.bound.op,
            share=Fraction(given.bound.share),
            clause=given.bound.clause,
        ),
        months=given.months,
        min_months=given.min_months,
        charged=given.charged,
        budget_left=given.budget_left,
    )


def _read(row: LineRow) -> Line:
    return Line(
        product=row.product,
        monthly_cost=row.monthly_cost,
        seats=row.seats,
        holders=row.holders,
        free=tuple(free for _vendor, _cloud, free in row.servers),
        waiting=tuple(
            Candidate(id=one.id, sector=one.sector, tiers=tuple(frozenset(tier) for tier in one.tiers))
            for one in row.waiting
        ),
        head_of_list=tuple(row.head_of_list),
        extra=frozenset(row.extra),
    )
