"""The vendors' capability matrix as text: `catalogue/capability.toml`, read once per process."""

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from naru.codec.reasons import explain
from naru.domain.capability import Capability

_ADAPTER = TypeAdapter(Capability)
_HERE = Path(__file__).resolve()
_HOME = (
    _HERE.parents[1] if (_HERE.parents[1] / "catalogue").is_dir() else _HERE.parents[3]
)  # wheel, or repository
CAPABILITY = _HOME / "catalogue" / "capability.toml"


class CapabilityFileError(ValueError):
    """A capability file that cannot be used: one line "file: key path: reason" per problem."""


@cache
def capability(path: Path = CAPABILITY) -> Capability:
    """The matrix vendor x family in the file at `path`; CapabilityFileError when it is wrong."""
    return parse_capability(path.read_text(encoding="utf-8"), path.name)


def parse_capability(text: str, name: str) -> Capability:
    """The matrix in TOML `text`; CapabilityFileError, naming the file `name`, when it is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CapabilityFileError(f"{name}: is not valid TOML: {error}") from error
    try:
        return _ADAPTER.validate_json(json.dumps(data, default=_iso), strict=True, extra="forbid")
    except ValidationError as error:
        schema = _ADAPTER.json_schema(mode="validation")
        lines = [
            f"{name}: {path}: {reason}" for entry in error.errors() for path, reason in explain(entry, schema)
        ]
        raise CapabilityFileError("\n".join(lines)) from error


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no text for {type(value)}")
