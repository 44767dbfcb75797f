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

    def published(self, families: Iterable[str]) -> Claim | None:
        """The weakest claim published over some models; None while one outside the table decides it."""
        given = tuple(families)
        weakest = self.claim_all(family for family in given if family)
        return None if ("" in given and weakest != "unsupported") or not any(given) else weakest


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

    def asked(
        self, vendors: Iterable[str], families: Iterable[str], published_no: Literal["ask", "skip"]
    ) -> tuple[str, ...]:
        """Which vendors are asked about some models (R-02), in the order given.

        A vendor without a published claim always is. With "skip" one that publishes a no is not, unless
        that leaves nobody: a matrix ages, and it never excludes an application by itself.
        """
        every, wanted = tuple(vendors), tuple(families)
        if published_no == "ask":
            return every
        claims = {code: self.vendor(code) for code in every}
        may = tuple(
            code for code, made in claims.items() if made is None or made.published(wanted) != "unsupported"
        )
        return may or every
