"""The vendors' capability matrix as text: `catalogue/capability.toml`, read once per process."""

from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from naru.codec.tables import CATALOGUE, parse_table, read_table
from naru.domain.capability import Capability

_ADAPTER = TypeAdapter(Capability)
CAPABILITY = CATALOGUE / "capability.toml"


class CapabilityFileError(ValueError):
    """A capability file that cannot be used: one line "file: key path: reason" per problem."""


@cache
def capability(path: Path = CAPABILITY) -> Capability:
    """The matrix vendor x family in the file at `path`; CapabilityFileError when it is wrong."""
    return read_table(path, _ADAPTER, CapabilityFileError)


def parse_capability(text: str, name: str) -> Capability:
    """The matrix in TOML `text`; CapabilityFileError, naming the file `name`, when it is wrong."""
    return parse_table(text, name, _ADAPTER, CapabilityFileError)
