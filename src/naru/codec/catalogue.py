"""The model catalogue as text: `catalogue/families.toml` read into domain values, or explained when wrong."""

from pathlib import Path

from pydantic import TypeAdapter

from naru.codec.tables import read_table
from naru.domain.catalogue import Catalogue

_ADAPTER = TypeAdapter(Catalogue)


class CatalogueFileError(ValueError):
    """A catalogue file that cannot be used; one line "file: key path: reason" for each problem."""


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in the TOML file at `path`; CatalogueFileError when wrong, OSError when unreadable."""
    return read_table(path, _ADAPTER, CatalogueFileError)
