"""TOML data files read strictly into domain values: one door for every file of the catalogue."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from naru.codec.reasons import explain

Value = TypeVar("Value")
_HERE = Path(__file__).resolve()
_HOME = (
    _HERE.parents[1] if (_HERE.parents[1] / "catalogue").is_dir() else _HERE.parents[3]
)  # wheel, or repository
CATALOGUE = _HOME / "catalogue"


def parse_table(
    text: str, name: str, adapter: TypeAdapter[Value], wrong: type[ValueError] = ValueError
) -> Value:
    """The value in TOML `text`, nothing coerced and no key unknown.

    Raises:
        ValueError: as the class `wrong`, one line "name: key path: reason" per problem.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise wrong(f"{name}: is not valid TOML: {error}; save it as TOML in UTF-8") from error
    try:
        return adapter.validate_json(json.dumps(data, default=_iso), strict=True, extra="forbid")
    except ValidationError as error:
        schema = adapter.json_schema(mode="validation")
        lines = [
            f"{name}: {path}: {reason}" if path else f"{name}: {reason}"
            for entry in error.errors()
            for path, reason in explain(entry, schema)
        ]
        raise wrong("\n".join(lines)) from error


def read_table(path: Path, adapter: TypeAdapter[Value], wrong: type[ValueError] = ValueError) -> Value:
    """The value in the TOML file at `path`; as `parse_table`, OSError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise wrong(f"{path.name}: {error}; save it as TOML in UTF-8") from error
    return parse_table(text, path.name, adapter, wrong)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no text for {type(value)}")
