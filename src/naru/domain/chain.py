"""The hash chain of the audit record: what an entry's hash is taken of, and where a chain fails to hold.

Anybody can recompute both, from the database or from a downloaded file, one entry at a time.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

GENESIS = "0" * 64  # the hash before the first entry
Kind = Literal["missing", "order", "content", "replaced", "end", "rewritten", "cut"]
REASONS: Mapping[Kind, str] = {
    "missing": "missing: the event was removed",
    "order": "does not follow the event before it: reordered or put in",
    "content": "content was changed",
    "replaced": "content and hash were changed: the next event follows another one",
    "end": "the chain's end does not agree with its last event",
    "rewritten": "differs from the head published for it: history was written anew",
    "cut": "missing at the end: a published head knows this event",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place where a chain does not hold: the event's number and what is wrong there."""

    number: int
    code: Kind

    @property
    def reason(self) -> str:
        """What is wrong, in plain English for the terminal."""
        return REASONS[self.code]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event: `number` counts from 1 in its chain, `at` is aware, `actor` the user's id or None."""

    chain: str
    number: int
    at: datetime
    actor: int | None
    action: str
    subject_type: str
    subject_id: str
    call_id: str
    facts: Mapping[str, Any]
    previous_hash: str

    def hash(self) -> str:
        """SHA-256 (hex) of the entry as JSON: keys sorted, no spaces, the instant in UTC to microseconds."""
        content = {
            "chain": self.chain,
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor,
            "action": self.action,
            "subject_type": self.subject_type,
            "subject_id": self.subject_id,
            "call_id": self.call_id,
            "facts": dict(self.facts),
            "previous_hash": self.previous_hash,
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()


def first_break(
    entries: Iterable[tuple[Entry, str]],
    *,
    length: int,
    head: str,
    anchors: Mapping[int, str] | None = None,
    seen: Callable[[int], object] | None = None,
) -> Break | None:
    """None when each entry (with its stored hash) follows from the one before up to `length` and `head`.

    `anchors`: hashes published earlier, by number; they find a history that was rewritten whole, and a tail
    that was cut off together with the chain's own count. `seen` is told the number read, every thousand.
    """
    known = anchors or {}
    previous, number = GENESIS, 0
    for entry, stored in entries:
        number += 1
        found = _wrong(entry, stored, number, previous)
        if found is None and known.get(number, stored) != stored:
            found = Break(number=number, code="rewritten")
        if found:
            return found
        previous = stored
        if seen and number % 1000 == 0:
            seen(number)
    if any(anchor > number for anchor in known):
        return Break(number=number + 1, code="cut")
    return None if (number, previous) == (length, head) else Break(number=number + 1, code="end")


def _wrong(entry: Entry, stored: str, number: int, previous: str) -> Break | None:
    """What is wrong with the entry that stands at `number`, after one whose hash is `previous`."""
    if entry.number > number:
        return Break(number=number, code="missing")
    whole = entry.hash() == stored
    if entry.number == number and entry.previous_hash == previous:
        return None if whole else Break(number=number, code="content")
    if entry.number == number and number > 1 and whole:
        return Break(number=number - 1, code="replaced")  # it was written after another one than stands there
    return Break(number=number, code="order")


def merkle_root(leaves: Sequence[str]) -> str:
    """SHA-256 (hex) over texts, pair by pair; an odd one goes up alone. Leaves and knots are told apart."""
    level = [sha256(b"\0" + leaf.encode()).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [level[place : place + 2] for place in range(0, len(level), 2)]
        level = [sha256(b"\1" + b"".join(pair)).digest() if len(pair) > 1 else pair[0] for pair in pairs]
    return level[0].hex() if level else GENESIS
