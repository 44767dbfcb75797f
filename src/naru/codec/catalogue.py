"""The model catalogue as text: `catalogue/families.toml` read into domain values, or explained when wrong."""

import json
import tomllib
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from naru.codec.reasons import explain
from naru.domain.catalogue import Catalogue

_ADAPTER = TypeAdapter(Catalogue)


class CatalogueFileError(ValueError):
    """A catalogue file that cannot be used; one line "file: key path: reason" for each problem."""


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in the TOML file at `path`; CatalogueFileError when wrong, OSError when unreadable."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueFileError(f"{path.name}: {error}; save it as TOML in UTF-8") from error
    try:
        return _ADAPTER.validate_json(json.dumps(data), strict=True, extra="forbid")
    except ValidationError as error:
        schema = _ADAPTER.json_schema(mode="validation")
        lines = [
            f"{path.name}: {where}: {reason}" if where else f"{path.name}: {reason}"
            for entry in error.errors()
            for where, reason in explain(entry, schema)
        ]
        raise CatalogueFileError("\n".join(lines)) from error
