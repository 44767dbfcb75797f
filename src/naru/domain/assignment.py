"""The assignment (배정 결과) of one product: who gets which vendor and cloud, told in words (R-07).

Around the solver of `naru.domain.matching`: wishes from applications, findings with clauses, certificates
shared by number, and offers of another product, which need the awardee's consent and never happen silently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from naru.domain import grounds
from naru.domain.application import Application
from naru.domain.decision import Finding
from naru.domain.matching import Matched, ServerGroup, Wish, match, wish_of
from naru.domain.terms import Matching


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """One awardee's place: vendor and cloud or None; `choice` counts cloud tiers from 1.

    `certificate` is a position in the product's certificates. `offers` are (product, vendor) with a free
    server for the model elsewhere, only to be offered with consent.
    """

    id: str
    vendor: str | None
    cloud: str | None
    choice: int | None
    finding: Finding
    certificate: int | None = None
    offers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A product matched: its groups in order, everyone selected in rank order, certificates as group sets."""

    product: str
    groups: tuple[ServerGroup, ...]
    wishes: tuple[Wish, ...]
    matched: Matched
    assigned: tuple[Assigned, ...]
    certificates: tuple[frozenset[int], ...]

    @property
    def free(self) -> tuple[int, ...]:
        """Servers left in each group."""
        used = [0] * len(self.groups)
        for group in self.matched.groups:
            if group is not None:
                used[group] += 1
        return tuple(group.capacity - taken for group, taken in zip(self.groups, used, strict=True))


def vendors_for(
    models: Sequence[str],
    support: Mapping[str, Sequence[str]],
    policy: Literal["all_models", "primary_only"],
) -> tuple[str, ...]:
    """Vendors that support what the policy asks: all of the models, or the first, primary one (M-03).

    `support` maps a vendor to the models it supports. Ascending by vendor.
    """
    needed = set(models if policy == "all_models" else models[:1])
    return tuple(sorted(vendor for vendor, known in support.items() if needed and needed <= set(known)))


def assign(
    product: str, awardees: Sequence[Application], capacities: Sequence[ServerGroup], rule: Matching
) -> Assignment:
    """Match the selected of one product, best rank first, with its server groups."""
    groups = tuple(sorted(group for group in capacities if group.product == product))
    wishes = _wishes(awardees, groups)
    matched = match(wishes, [group.capacity for group in groups])
    certificates = tuple(sorted({proof for proof in matched.certificates if proof is not None}, key=sorted))
    numbers = {proof: number for number, proof in enumerate(certificates)}
    assigned = []
    for index, entry in enumerate(awardees):
        proof = matched.certificates[index]
        group = matched.groups[index]
        tier = matched.tiers[index]
        server = None if group is None else groups[group]
        assigned.append(
            Assigned(
                id=entry.id,
                vendor=None if server is None else server.vendor,
                cloud=None if server is None else server.cloud,
                choice=None if tier is None else tier + 1,
                finding=_finding(entry, tier, proof, wishes[index].allowed, rule.clause),
                certificate=None if proof is None else numbers[proof],
            )
        )
    return Assignment(
        product=product,
        groups=groups,
        wishes=wishes,
        matched=matched,
        assigned=tuple(assigned),
        certificates=certificates,
    )


def offers_elsewhere(
    application: Application, assignments: Sequence[Assignment], rule: Matching
) -> tuple[tuple[str, str], ...]:
    """(product, vendor) pairs with a free server for the model in other products, where consent allows it."""
    if rule.change_of_product != "with_consent":
        return ()
    found = {
        (other.product, group.vendor)
        for other in assignments
        if other.product != application.product
        for group, left in zip(other.groups, other.free, strict=True)
        if left > 0 and group.vendor in application.vendors
    }
    return tuple(sorted(found))


def _wishes(awardees: Sequence[Application], groups: Sequence[ServerGroup]) -> tuple[Wish, ...]:
    """One wish each; the same vendors and clouds in the same order share their tiers."""
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], Wish] = {}
    wishes = []
    for entry in awardees:
        key = (entry.vendors, entry.clouds)
        if key not in known:
            known[key] = wish_of(entry.id, entry.vendors, entry.clouds, groups)
        wishes.append(Wish(id=entry.id, tiers=known[key].tiers))
    return tuple(wishes)


def _finding(
    entry: Application,
    tier: int | None,
    proof: frozenset[int] | None,
    allowed: frozenset[int],
    clause: str,
) -> Finding:
    """What the awardee is told about the place."""
    facts = (("vendors", ", ".join(sorted(entry.vendors))), ("clouds", ", ".join(entry.clouds)))
    if tier == 0:
        return grounds.first_choice(clause, facts)
    if tier is not None:
        return grounds.moved(clause, facts) if proof else grounds.not_offered(clause, facts)
    if not entry.vendors:
        return grounds.no_vendor(facts)
    if not allowed:
        return grounds.no_compatible(clause, facts)
    return grounds.sold_out(clause, facts)
