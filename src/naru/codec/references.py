"""The catalogue's references as text: one TOML file per family under `catalogue/references/`."""

from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from naru.codec.tables import CATALOGUE, read_table
from naru.domain.reference import Reference

_ADAPTER = TypeAdapter(Reference)
REFERENCES = CATALOGUE / "references"


class ReferenceFileError(ValueError):
    """A reference file that cannot be used: one line "file: key path: reason" per problem."""


@cache
def references(folder: Path = REFERENCES) -> dict[str, Reference]:
    """Every reference in the folder by its family's key; read once per process.

    Raises:
        ReferenceFileError: a file is wrong, or is not named after its family.
    """
    found = {}
    for path in sorted(folder.glob("*.toml")):
        reference = read_table(path, _ADAPTER, ReferenceFileError)
        if reference.family != path.stem:
            raise ReferenceFileError(f"{path.name}: family: is {reference.family}; name the file after it")
        found[reference.family] = reference
    return found
