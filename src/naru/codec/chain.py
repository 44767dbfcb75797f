"""A chain of the audit record as JSON Lines, and the list of published heads: written, and read strictly.

The first line says which chain it is, how long, and where it ends; then one line per event, in order.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from naru.domain.chain import Entry

FORMAT: Literal["naru-audit-chain-1"] = "naru-audit-chain-1"


class ChainFileError(ValueError):
    """A file that is no chain or no list of heads; the message says where and what is wrong."""


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    format: Literal["naru-audit-chain-1"]
    chain: str
    length: int
    head: str


class _Event(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int
    at: AwareDatetime
    actor: int | None
    action: str
    subject_type: str
    subject_id: str
    call_id: str
    facts: dict[str, Any]
    previous_hash: str
    hash: str


class _Published(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    chain: str
    number: int
    head: str


class _Heads(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    heads: list[_Published]


_EVENT, _HEADS = TypeAdapter(_Event), TypeAdapter(_Heads)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFile:
    """A downloaded chain: what its first line says, and its events, read one at a time."""

    chain: str
    length: int
    head: str
    entries: Iterator[tuple[Entry, str]]


def chain_lines(*, chain: str, length: int, head: str, entries: Iterable[tuple[Entry, str]]) -> Iterator[str]:
    """The lines of a chain's file."""
    yield _line({"format": FORMAT, "chain": chain, "length": length, "head": head})
    for entry, stored in entries:
        yield _line(
            {
                "number": entry.number,
                "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
                "actor": entry.actor,
                "action": entry.action,
                "subject_type": entry.subject_type,
                "subject_id": entry.subject_id,
                "call_id": entry.call_id,
                "facts": dict(entry.facts),
                "previous_hash": entry.previous_hash,
                "hash": stored,
            }
        )


def read_chain(lines: Iterable[str]) -> ChainFile:
    """The chain in a file; raises ChainFileError, for an event only when it is come to."""
    rest = iter(lines)
    try:
        first = _Head.model_validate_json(next(rest, ""))
    except ValidationError as wrong:
        raise ChainFileError(f"line 1: not a chain of the audit record ({_first(wrong)})") from wrong
    return ChainFile(
        chain=first.chain, length=first.length, head=first.head, entries=_entries(first.chain, rest)
    )


def heads_text(heads: Iterable[Mapping[str, Any]], *, at: datetime) -> str:
    """The file of published heads."""
    return json.dumps({"at": at.astimezone(UTC).isoformat(), "heads": list(heads)}, indent=1) + "\n"


def read_heads(text: str) -> dict[str, dict[int, str]]:
    """Hashes by number, by chain, of a file of published heads; raises ChainFileError."""
    try:
        rows = _HEADS.validate_json(text).heads
    except ValidationError as wrong:
        raise ChainFileError(f"not a list of published heads ({_first(wrong)})") from wrong
    found: dict[str, dict[int, str]] = {}
    for row in rows:
        found.setdefault(row.chain, {})[row.number] = row.head
    return found


def _entries(chain: str, lines: Iterator[str]) -> Iterator[tuple[Entry, str]]:
    for place, line in enumerate(lines, start=2):
        try:
            row = _EVENT.validate_json(line)
        except ValidationError as wrong:
            raise ChainFileError(f"line {place}: not an event ({_first(wrong)})") from wrong
        values = row.__dict__.copy()
        stored = values.pop("hash")
        yield Entry(chain=chain, **values), stored


def _line(content: Mapping[str, Any]) -> str:
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n"


def _first(wrong: ValidationError) -> str:
    one = wrong.errors()[0]
    place = ".".join(str(part) for part in one["loc"])
    return f"{place}: {one['msg']}" if place else one["msg"]
