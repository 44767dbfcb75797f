"""The receipt (접수증) as values: what is signed, its canonical bytes, what changed since a page."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal
from zoneinfo import ZoneInfo

SCHEMA = "naru-receipt/1"
ZONE = ZoneInfo("Asia/Seoul")
MARK_DIGITS = 12
UNSHOWN = frozenset(
    {"number", "revision", "call", "version", "version_sha256"}
)  # set by the submission itself

Basis = Literal["intake", "late_exception"]


def canonical(value: object) -> str:
    """JSON with sorted keys, no spaces, Korean as it is; ValueError for a number that is not exact."""
    _exact(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON of what was handed in, as UTF-8."""
    return sha256(canonical(content).encode()).hexdigest()


def stamp(at: datetime) -> str:
    """An instant as the receipt prints it: Seoul time, cut (never rounded up) to milliseconds."""
    return at.astimezone(ZONE).isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a receipt states: this content was received under this number at this instant.

    `received_at` is the text of `stamp`; `basis` is `late_exception` for one taken after the close.
    """

    number: str
    revision: int
    call: str
    version_sha256: str
    received_at: str
    content_sha256: str
    key_id: str
    basis: Basis = "intake"
    schema: str = SCHEMA

    def payload(self) -> dict[str, str | int]:
        """The statement as JSON values."""
        return {
            "schema": self.schema,
            "number": self.number,
            "revision": self.revision,
            "call": self.call,
            "version_sha256": self.version_sha256,
            "received_at": self.received_at,
            "content_sha256": self.content_sha256,
            "key_id": self.key_id,
            "basis": self.basis,
        }

    def signed_bytes(self) -> bytes:
        """The bytes the signature is made of: the payload as canonical JSON, UTF-8."""
        return canonical(self.payload()).encode()


def marks(content: Mapping[str, Any]) -> str:
    """One short hash per item of a content, in one line: a page sends it back to say what it showed."""
    return " ".join(f"{path}={digest}" for path, digest in sorted(_marks(content).items()))


def changed(shown: str, content: Mapping[str, Any]) -> tuple[str, ...]:
    """The items (`title`, `plan.need`, ...) that differ from what a page showed, as `marks` told it."""
    before = dict(part.partition("=")[::2] for part in shown.split())
    after = _marks(content)
    return tuple(path for path in sorted(before.keys() | after.keys()) if before.get(path) != after.get(path))


def _marks(content: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for path, value in _items(content):
        found[path] = sha256(canonical(value).encode()).hexdigest()[:MARK_DIGITS]
    return found


def _items(content: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for key, value in content.items():
        if key in UNSHOWN:
            continue
        if isinstance(value, Mapping):
            yield from ((f"{key}.{inner}".replace(" ", "_"), held) for inner, held in value.items())
        else:
            yield key, value


def _exact(value: object) -> None:
    if isinstance(value, float):
        raise ValueError(f"{value!r} is not exact; write it as text")  # noqa: TRY004 - a wrong value of JSON
    if isinstance(value, Mapping):
        for inner in value.values():
            _exact(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _exact(inner)
