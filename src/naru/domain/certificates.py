"""Certificates of a matching (배정 증명): why nobody unserved or moved could have fared better (R-07).

The checker solves nothing: it counts who stands in a named set of server groups and looks whether any of
them could leave it. `tools/check_record.py` repeats the same counting on a published record.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from naru.domain.matching import Matched, Wish


def check_matching(wishes: Sequence[Wish], capacities: Sequence[int], matched: Matched) -> str | None:
    """The first thing wrong with a matching, in words, or None when it is proven.

    Proven means: every place allowed and within capacity; whoever is unserved could only be served by
    taking the server of someone placed higher; whoever is moved could only be placed better by someone
    placed higher moving down a tier or anyone losing their server.
    """
    count = len(wishes)
    if not len(matched.groups) == len(matched.tiers) == len(matched.certificates) == count:
        return f"{count} awardees need one group, tier and certificate each"
    inside: list[list[int]] = [[] for _ in capacities]
    for index, wish in enumerate(wishes):
        line = _place_problem(wish, matched.groups[index], matched.tiers[index], len(capacities))
        if line:
            return line
        group = matched.groups[index]
        if group is not None:
            inside[group].append(index)
    for group, holders in enumerate(inside):
        if len(holders) > capacities[group]:
            return f"group {group}: {len(holders)} awardees, {capacities[group]} servers"
    known: dict[frozenset[int], _Occupancy] = {}
    for index, wish in enumerate(wishes):
        proof = matched.certificates[index]
        if proof is not None and proof not in known:
            known[proof] = _occupancy(proof, wishes, capacities, matched, inside)
        line = _proof_problem(index, wish, matched, None if proof is None else known[proof])
        if line:
            return line
    return None


def hall_violator(wishes: Sequence[Wish], certificate: frozenset[int]) -> tuple[str, ...]:
    """Everyone who can use only the groups of the certificate: more awardees than it has servers."""
    return tuple(wish.id for wish in wishes if wish.allowed <= certificate)


def _place_problem(wish: Wish, group: int | None, tier: int | None, groups: int) -> str | None:
    """Whether the stated place is one the awardee can have."""
    if group is None:
        return None if tier is None else f"{wish.id}: has a tier and no server"
    if not 0 <= group < groups:
        return f"{wish.id}: stands in group {group}, which does not exist"
    if tier is None or not 0 <= tier < len(wish.tiers) or group not in wish.tiers[tier]:
        return f"{wish.id}: group {group} is not in tier {tier} of the awardee's wish"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Occupancy:
    """What a set of groups holds: its first flaw as a certificate, and how deep it reaches in rank.

    `last` is the lowest-placed holder; `loosest` the lowest-placed one who could use a group outside the
    set (so must be bound by the tier they have, hence be placed above whom the set speaks against).
    """

    flaw: str | None
    last: int
    loosest: int
    holders: frozenset[int]


def _occupancy(
    proof: frozenset[int],
    wishes: Sequence[Wish],
    capacities: Sequence[int],
    matched: Matched,
    inside: Sequence[Sequence[int]],
) -> _Occupancy:
    flaw, last, loosest = None, -1, -1
    holders: set[int] = set()
    for group in sorted(proof):
        if not 0 <= group < len(capacities):
            flaw = flaw or f"the certificate names group {group}, which does not exist"
            continue
        if len(inside[group]) != capacities[group]:
            flaw = flaw or f"group {group} of the certificate has free servers"
        holders.update(inside[group])
    for other in sorted(holders):
        wish, tier = wishes[other], matched.tiers[other]
        last = other
        if not wish.allowed <= proof:
            loosest = other
        if tier is not None and not wish.tiers[tier] <= proof:
            flaw = flaw or f"{wish.id} could make room by moving inside tier {tier}"
    return _Occupancy(flaw=flaw, last=last, loosest=loosest, holders=frozenset(holders))


def _proof_problem(index: int, wish: Wish, matched: Matched, occupancy: _Occupancy | None) -> str | None:
    """Whether the certificate of one awardee proves what it must; None is right for a first choice."""
    tier, proof = matched.tiers[index], matched.certificates[index]
    if tier == 0:
        return None if proof is None else f"{wish.id}: has the first choice and needs no certificate"
    if proof is None or occupancy is None:
        return f"{wish.id}: no certificate"
    denied = wish.allowed if tier is None else frozenset[int]().union(*wish.tiers[:tier])
    if not denied <= proof:
        return f"{wish.id}: the certificate leaves out group {min(denied - proof)}"
    lines = (
        (occupancy.flaw is not None, occupancy.flaw),
        (index in occupancy.holders, "stands in the set said to be closed to it"),
        (
            occupancy.loosest > index or (tier is None and occupancy.loosest >= 0),
            "someone in the set could make room by moving out of it",
        ),
        (tier is None and occupancy.last > index, "someone placed below holds a server it could use"),
    )
    return next((f"{wish.id}: {line}" for wrong, line in lines if wrong), None)
