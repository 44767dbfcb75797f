"""The call file as text: read, explained when wrong, frozen as a snapshot, hashed, described as a schema.

TOML becomes JSON text first and is then validated strictly, so a file and a published snapshot pass the
same door: `"60"` is no number, `true` no count, and a float is refused because shares and points are exact.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from naru.codec.reasons import explain
from naru.domain.call import Call

_ADAPTER = TypeAdapter(Call)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error of a file: key path (empty for the file itself), reason, and the line of a syntax error."""

    path: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else self.path
        return f"{where}: {self.reason}" if where else self.reason


class CallFileError(ValueError):
    """A call file that cannot be used: `name` of the file and every `Problem` found in it."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{name}: {problem}" for problem in problems))
        self.name = name
        self.problems = problems


def read_call(path: Path) -> Call:
    """The call in the TOML file at `path`; CallFileError when it is wrong, OSError when it cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 text (byte {error.start}); save the file as UTF-8"
        raise CallFileError(str(path), (Problem(path="", reason=reason),)) from error
    return parse_call(text, str(path))


def parse_call(text: str, name: str) -> Call:
    """The call in TOML `text`; `name` is the file's name in the CallFileError raised when it is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CallFileError(name, (_syntax(str(error), text),)) from error
    return _validate(data, name)


def load_snapshot(snapshot: dict[str, Any]) -> Call:
    """The call frozen by `dump_call`; CallFileError when the snapshot is not a valid call."""
    return _validate(snapshot, "snapshot")


def dump_call(call: Call) -> dict[str, Any]:
    """The call as JSON-able data: fractions "3/5", decimals and instants as text, absent keys left out."""
    data: dict[str, Any] = _ADAPTER.dump_python(call, mode="json", exclude_none=True)
    return data


def call_hash(call: Call) -> str:
    """SHA-256 (hex) of the snapshot as canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(dump_call(call), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def call_schema() -> dict[str, Any]:
    """JSON schema (2020-12) of a call file; unknown keys are refused, as the reader does."""
    schema: dict[str, Any] = _ADAPTER.json_schema(mode="validation")
    for table in (schema, *schema["$defs"].values()):
        if table.get("type") == "object":
            table["additionalProperties"] = False
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _validate(data: dict[str, Any], name: str) -> Call:
    inexact = tuple(_floats(data, ""))
    if inexact:
        raise CallFileError(name, inexact)
    try:
        return _ADAPTER.validate_json(json.dumps(data, default=_iso), strict=True, extra="forbid")
    except ValidationError as error:
        schema = _ADAPTER.json_schema(mode="validation")
        found = [line for entry in error.errors() for line in explain(entry, schema)]
        problems = tuple(Problem(path=path, reason=reason) for path, reason in found)
        raise CallFileError(name, problems) from error


def _iso(value: object) -> str:
    """TOML's dates and times as JSON text."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    raise TypeError(f"no text for {type(value)}")


def _floats(value: object, path: str) -> Iterator[Problem]:
    if isinstance(value, float):
        yield Problem(path=path, reason=f'{value} is not exact; write it as text, such as "3/5" or "2.1"')
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _floats(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _floats(inner, f"{path}[{i}]")


def _syntax(message: str, text: str) -> Problem:
    """A TOML syntax error; its line stands in the message, or is the last line at the end of the file."""
    _, _, after = message.partition("(at line ")
    digits = after.split(",")[0]
    line = int(digits) if digits.isdigit() else text.count("\n") + 1
    what = message.partition(" (at ")[0]
    return Problem(path="", line=line, reason=f"is not valid TOML: {what[0].lower()}{what[1:]}")
