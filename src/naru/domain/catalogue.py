"""The catalogue as values: model families the programme names, and what each vendor claims to support.

A claim is where a technical review starts from, never its answer: the vendor's person answers (R-02).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from naru.domain.terms import Text, require, unique

Field = Literal["vision", "language", "generation", "analysis", "other"]
Claim = Literal["supported", "conditional", "unsupported"]

FIELDS: dict[str, Text] = {
    "vision": Text(ko="시각 지능", en="Vision"),
    "language": Text(ko="언어·음성 지능", en="Language and speech"),
    "generation": Text(ko="생성 지능", en="Generation"),
    "analysis": Text(ko="분석 지능", en="Analysis"),
    "other": Text(ko="기타", en="Other"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family of the support table: `title` as printed, `fields` where it stands (M-01)."""

    id: str
    title: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        require(bool(self.fields), "fields: name at least one field")
        unique("fields", self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorClaims:
    """What one vendor claims for one SDK version (M-03); a family in neither list is claimed unsupported.

    `code` is the supplier's code in the portal, `source` who says so, `simulated` true for vendors that
    do not exist.
    """

    code: str
    name: Text
    sdk: str
    claimed_on: date
    source: Text
    simulated: bool
    supported: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unique("supported, conditional", (*self.supported, *self.conditional))

    def claim(self, family: str) -> Claim:
        """The claim for one family."""
        if family in self.supported:
            return "supported"
        return "conditional" if family in self.conditional else "unsupported"

    def claim_all(self, families: Iterable[str]) -> Claim:
        """The weakest claim over all families; a model outside the table ("") is claimed unsupported."""
        claims = {self.claim(family) for family in families} or {"unsupported"}
        for weakest in ("unsupported", "conditional"):
            if weakest in claims:
                return weakest
        return "supported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """The matrix vendor x family."""

    schema: Literal[1]
    families: tuple[Family, ...]
    vendors: tuple[VendorClaims, ...]

    def __post_init__(self) -> None:
        unique("families", (family.id for family in self.families))
        unique("vendors", (vendor.code for vendor in self.vendors))
        known = {family.id for family in self.families}
        for vendor in self.vendors:
            strange = sorted({*vendor.supported, *vendor.conditional} - known)
            require(not strange, f"vendors: {vendor.code} claims {', '.join(strange)}, which is no family")

    def family(self, family_id: str) -> Family | None:
        """The family by id, None when the table has none."""
        return next((family for family in self.families if family.id == family_id), None)

    def vendor(self, code: str) -> VendorClaims | None:
        """The claims of a vendor by code, None when it made none."""
        return next((vendor for vendor in self.vendors if vendor.code == code), None)
