"""The printed support table of models (M-01), and how a model's name is looked up in it (A-05).

A name is *listed* only when it is a printed entry or a recorded member of that family. A name that merely
begins like a family, or a recorded neighbour of one, is *near*: a vendor must say. Everything else is not
listed. Nothing is aliased silently: the answer says by which rule and to which family it came.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from naru.domain.applicant import CatalogueMatch
from naru.domain.terms import Text, require, unique

SEPARATORS = re.compile(r"[\s_\-./,:()+]+")
SERIES = re.compile(r"series$")
PREFIX = 3  # a shorter beginning of a name says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field (분야) of the support table, as printed."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One printed entry: the field it stands under and its exact words."""

    field: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """An algorithm family: its key, its printed entries (one or more) and members under other names."""

    key: str
    entries: tuple[Entry, ...]
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require(bool(self.entries), "entries: a family stands in the table at least once")

    @property
    def title(self) -> str:
        """The words printed first."""
        return self.entries[0].printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A well-known model that is *not* in the table, the listed families near it, and why it is apart."""

    name: str
    aliases: tuple[str, ...] = ()
    near: tuple[str, ...]
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The answer for a name: the verdict, the families meant, and the rule that led there."""

    verdict: CatalogueMatch
    families: tuple[Family, ...] = ()
    by: Literal["printed", "member", "beginning", "neighbour", "nothing"]
    neighbour: Neighbour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The support table: fields in printed order, families in the order of their first entry."""

    schema: Literal[1]
    source: str
    fields: tuple[Field, ...]
    families: tuple[Family, ...]
    neighbours: tuple[Neighbour, ...] = ()

    def __post_init__(self) -> None:
        unique("families.key", (family.key for family in self.families))
        unique("fields.id", (field.id for field in self.fields))
        known = {field.id for field in self.fields}
        keys = {family.key for family in self.families}
        for family in self.families:
            for entry in family.entries:
                require(entry.field in known, f"families.{family.key}: {entry.field} is no field")
        names = [name for family in self.families for name in _names(family)]
        names += [
            name for one in self.neighbours for name in {normalised(n) for n in (one.name, *one.aliases)}
        ]
        unique("aliases", names)
        for one in self.neighbours:
            strange = sorted(set(one.near) - keys)
            require(not strange, f"neighbours.{one.name}: {', '.join(strange)} is no family")

    def entries(self) -> tuple[tuple[Entry, Family], ...]:
        """Every printed entry with its family, field by field in printed order."""
        order = {field.id: place for place, field in enumerate(self.fields)}
        rows = [(entry, family) for family in self.families for entry in family.entries]
        return tuple(sorted(rows, key=lambda row: order[row[0].field]))

    def family(self, key: str) -> Family:
        """The family by key; KeyError when there is none."""
        return self.by_key()[key]

    def by_key(self) -> Mapping[str, Family]:
        """Families by key."""
        return {family.key: family for family in self.families}

    def find(self, name: str) -> Match:
        """Look a model's name up; blanks, case, hyphens and the word "series" do not count."""
        wanted = normalised(name)
        if not wanted:
            return Match(verdict="none", by="nothing")
        for family in self.families:
            if wanted in {normalised(entry.printed) for entry in family.entries}:
                return Match(verdict="listed", families=(family,), by="printed")
        for family in self.families:
            if wanted in _names(family):
                return Match(verdict="listed", families=(family,), by="member")
        return self._neighbour(wanted) or self._beginning(wanted) or Match(verdict="none", by="nothing")

    def _neighbour(self, wanted: str) -> Match | None:
        keyed = self.by_key()
        for one in self.neighbours:
            if wanted in {normalised(name) for name in (one.name, *one.aliases)}:
                near = tuple(keyed[key] for key in one.near)
                verdict: CatalogueMatch = "near" if near else "none"
                return Match(verdict=verdict, families=near, by="neighbour", neighbour=one)
        return None

    def _beginning(self, wanted: str) -> Match | None:
        """Families of which some name begins the wanted one, the longest beginning alone."""
        fits = [
            (len(name), family)
            for family in self.families
            for name in _names(family)
            if len(name) >= PREFIX and wanted.startswith(name)
        ]
        if not fits:
            return None
        longest = max(length for length, _family in fits)
        near = tuple(dict.fromkeys(family for length, family in fits if length == longest))
        return Match(verdict="near", families=near, by="beginning")


def normalised(name: str) -> str:
    """A name for comparing: lower case, without separators and without a closing "series"."""
    return SERIES.sub("", SEPARATORS.sub("", name.lower()))


def _names(family: Family) -> frozenset[str]:
    printed = {normalised(entry.printed) for entry in family.entries}
    return frozenset(printed | {normalised(alias) for alias in family.aliases})
