"""Verification (검증) of a record: repeat the run from the inputs it states and name the first difference.

Nothing but the record is needed: neither the portal nor its database. The comparison is exact down to the
type of every value and the presence of every key.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from naru.codec.applications import (
    ApplicationRow,
    CapacityRow,
    application_of,
    application_problems,
    group_of,
)
from naru.codec.call import CallFileError, load_snapshot
from naru.codec.reasons import key_path
from naru.codec.record import KIND, SCHEMA, Record, canonical, make_record
from naru.domain.application import Application
from naru.domain.call import Call
from naru.domain.matching import ServerGroup
from naru.domain.run import Settings

ABSENT = object()  # neither side of a JSON value
SHOWN = 200  # characters of a value shown in a difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The first place where a record is not what its own inputs give: key path, recorded, recomputed."""

    path: str
    recorded: str
    recomputed: str

    def __str__(self) -> str:
        return f"{self.path}: recorded {self.recorded}, recomputed {self.recomputed}"


class SettingsRow(BaseModel):
    """The settings of a record."""

    model_config = ConfigDict(extra="forbid", strict=True)
    round: str | None
    reading: Literal["ratio", "quota", "soft", "none"] | None
    min_score: str | None
    spill: bool
    reason: str
    share: str | None = None


class _Call(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    snapshot: dict[str, Any]


class _Lottery(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    seed: str


class Stated(BaseModel):
    """The inputs a record states; what is decided is compared later, so other keys pass here."""

    model_config = ConfigDict(extra="ignore", strict=True)
    call: _Call
    settings: SettingsRow
    lottery: _Lottery
    applications: list[ApplicationRow]
    capacities: list[CapacityRow] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInputs:
    """What a record says a run was made from; `capacities` None: matching was not part of it."""

    call: Call
    applications: tuple[Application, ...]
    seed: str
    capacities: tuple[ServerGroup, ...] | None
    settings: Settings


def verify(record: Any) -> Difference | None:
    """None when the record is exactly what its inputs give, else the first difference."""
    stated = record if isinstance(record, dict) else {}
    head = {"schema": SCHEMA, "kind": KIND}
    found = first_difference({key: stated.get(key) for key in head}, head)
    if found:
        return found
    try:
        return first_difference(record, _repeat(record))
    except ValidationError as error:
        first = error.errors()[0]
        return _unusable(key_path(first["loc"]), first["msg"].lower())
    except CallFileError as error:
        problem = error.problems[0]
        return _unusable(f"call.snapshot.{problem.path}", problem.reason)
    except (ValueError, RecursionError) as error:
        where, _, reason = str(error).partition(": ")
        return _unusable(where, reason)


def first_difference(recorded: Any, recomputed: Any) -> Difference | None:
    """The first difference of two JSON values, in the recomputed order of keys; None when they are equal."""
    return next(_differences(recorded, recomputed, ""), None)


def _differences(recorded: Any, recomputed: Any, path: str) -> Iterator[Difference]:
    if recorded is recomputed:
        return  # one and the same value need not be walked through
    if isinstance(recorded, dict) and isinstance(recomputed, dict):
        for key in [*recomputed, *(key for key in recorded if key not in recomputed)]:
            where = f"{path}.{key}" if path else str(key)
            yield from _differences(recorded.get(key, ABSENT), recomputed.get(key, ABSENT), where)
    elif isinstance(recorded, list) and isinstance(recomputed, list):
        for place, (left, right) in enumerate(zip_longest(recorded, recomputed, fillvalue=ABSENT)):
            yield from _differences(left, right, f"{path}[{place}]")
    elif type(recorded) is not type(recomputed) or recorded != recomputed:
        yield Difference(path=path, recorded=_shown(recorded), recomputed=_shown(recomputed))


def read_inputs(record: Any) -> RunInputs:
    """The inputs a record states, as the domain's values.

    Raises pydantic's ValidationError, CallFileError or ValueError for what cannot be used.
    """
    stated = Stated.model_validate_json(canonical(record))
    call = load_snapshot(stated.call.snapshot)
    for place, row in enumerate(stated.applications):
        for column, reason in application_problems(row, call):
            raise ValueError(f"applications[{place}].{column}: {reason}")
    mark, share = stated.settings.min_score, stated.settings.share
    return RunInputs(
        call=call,
        applications=tuple(application_of(row, call) for row in stated.applications),
        seed=stated.lottery.seed,
        capacities=None if stated.capacities is None else tuple(map(group_of, stated.capacities)),
        settings=Settings(
            round=stated.settings.round,
            reading=stated.settings.reading,
            min_score=None if mark is None else Fraction(mark),
            spill=stated.settings.spill,
            reason=stated.settings.reason,
            share=None if share is None else Fraction(share),
        ),
    )


def _repeat(record: Any) -> Record:
    """The record made anew from the inputs stated in `record`."""
    given = read_inputs(record)
    return make_record(given.call, given.applications, given.seed, given.capacities, given.settings)


def _unusable(path: str, reason: str) -> Difference:
    return Difference(
        path=path, recorded="an input that cannot be used", recomputed=f"nothing, because it {reason}"
    )


def _shown(value: Any) -> str:
    if value is ABSENT:
        return "nothing"
    text = canonical(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
