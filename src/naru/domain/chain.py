"""The hash chain of the audit record: what one entry's hash is taken of, so that anybody can recompute it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

GENESIS = "0" * 64  # the hash before the first entry


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
