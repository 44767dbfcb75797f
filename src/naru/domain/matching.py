"""Matching (배정) with look-ahead: which server group each awardee of one product gets (R-07).

The most awardees are served, in score order; then each, best first, gets the best cloud tier that keeps
everyone served and every better-placed tier as it is. Servers are grouped by (vendor, cloud); sets of
groups are bit masks. For whoever is unserved or moved to another cloud the result names one saturated set
of groups, and `naru.domain.certificates` checks the whole without solving anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from naru.domain.exchange import Exchange, members


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ServerGroup:
    """Interchangeable servers of one product: same vendor, same cloud; `capacity` of them."""

    product: str
    vendor: str
    cloud: str
    capacity: int

    def __post_init__(self) -> None:
        if self.capacity < 0:
            raise ValueError(f"capacity: {self.capacity} of {self.vendor} at {self.cloud} is negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one awardee can use: groups (positions) in tiers, best first; equal servers share a tier."""

    id: str
    tiers: tuple[frozenset[int], ...]

    @property
    def allowed(self) -> frozenset[int]:
        """Every group that can serve the awardee."""
        return frozenset().union(*self.tiers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Who got what, aligned with the wishes: group position or None, tier or None, certificate or None.

    A certificate is a set of groups: full of awardees who could not leave it, and holding every group the
    unserved (or the better tiers of the moved) awardee could have had.
    """

    groups: tuple[int | None, ...]
    tiers: tuple[int | None, ...]
    certificates: tuple[frozenset[int] | None, ...]

    @property
    def served(self) -> int:
        """How many have a server."""
        return sum(group is not None for group in self.groups)


def wish_of(
    application_id: str, vendors: Sequence[str], clouds: Sequence[str], groups: Sequence[ServerGroup]
) -> Wish:
    """The wish of an awardee: vendors that support the model, clouds in the order preferred.

    Clouds not named form one last tier, since the cloud may change and the product may not (R-07).
    """
    usable = [i for i, group in enumerate(groups) if group.vendor in vendors]
    tiers = [frozenset(i for i in usable if groups[i].cloud == cloud) for cloud in clouds]
    tiers.append(frozenset(i for i in usable if groups[i].cloud not in clouds))
    return Wish(id=application_id, tiers=tuple(tiers))


def match(wishes: Sequence[Wish], capacities: Sequence[int]) -> Matched:
    """Serve the wishes, listed best rank first, from groups of the given capacities."""
    masks: dict[tuple[frozenset[int], ...], tuple[int, ...]] = {}
    tiers = []
    for wish in wishes:
        known = masks.get(wish.tiers)
        if known is None:
            known = masks[wish.tiers] = tuple(sum(1 << group for group in tier) for tier in wish.tiers)
        tiers.append(known)
    exchange = Exchange(capacities, len(wishes))
    proofs: list[int | None] = [None] * len(wishes)
    for index, ladder in enumerate(tiers):
        proofs[index] = _serve(exchange, index, ladder)
    places: list[int | None] = [None] * len(wishes)
    for index, ladder in enumerate(tiers):
        if exchange.at[index] >= 0:
            places[index], proofs[index] = _improve(exchange, index, ladder)
    sets: dict[int, frozenset[int]] = {}
    return Matched(
        groups=tuple(group if group >= 0 else None for group in exchange.at),
        tiers=tuple(places),
        certificates=tuple(None if proof is None else _as_set(proof, sets) for proof in proofs),
    )


def _serve(exchange: Exchange, index: int, ladder: Sequence[int]) -> int | None:
    """First pass: a server if everyone served before keeps one; else the saturated set that proves it."""
    allowed = 0
    for tier in ladder:
        allowed |= tier
    return exchange.enter(index, allowed, ladder)


def _improve(exchange: Exchange, index: int, ladder: Sequence[int]) -> tuple[int, int | None]:
    """Second pass: the best tier that keeps everyone served; the proof when it is not the first."""
    better = 0
    for place, tier in enumerate(ladder):
        if exchange.settle(index, tier):
            return place, exchange.proof(better) if place else None
        better |= tier
    raise AssertionError("an awardee who has a server stays in one of the tiers")


def _as_set(mask: int, known: dict[int, frozenset[int]]) -> frozenset[int]:
    """A mask as a set, each distinct one built once."""
    found = known.get(mask)
    if found is None:
        found = known[mask] = frozenset(members(mask))
    return found
