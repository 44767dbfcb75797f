"""The capability matrix: what each vendor claims to support, per family of the model catalogue (M-03).

A claim is where a technical review starts from, never its answer: the vendor's person answers (R-02).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from naru.domain.terms import Text, unique

Claim = Literal["supported", "conditional", "unsupported"]


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
    """The matrix vendor x family; families are keys of the model catalogue."""

    schema: Literal[1]
    vendors: tuple[VendorClaims, ...]

    def __post_init__(self) -> None:
        unique("vendors", (vendor.code for vendor in self.vendors))

    def vendor(self, code: str) -> VendorClaims | None:
        """The claims of a vendor by code, None when it made none."""
        return next((vendor for vendor in self.vendors if vendor.code == code), None)

    def families(self) -> frozenset[str]:
        """Every family somebody claims."""
        return frozenset(key for vendor in self.vendors for key in (*vendor.supported, *vendor.conditional))
