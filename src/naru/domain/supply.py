"""The supply (공급): what a vendor and a cloud company can lend together, and what one number moves (R-07).

Both sides state a number of their own; a server needs a chip and a place to stand, so the smaller counts.
"""

from dataclasses import dataclass
from typing import Literal

from naru.domain.assignment import Assigned
from naru.domain.run import Decision

Kind = Literal["gains", "loses", "better", "worse", "moves"]


def lendable(vendor: int | None, cloud: int | None) -> int:
    """The smaller of both numbers; a side that has said nothing yet does not limit. 0 where neither has."""
    return min((number for number in (vendor, cloud) if number is not None), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One awardee whose place differs between two matchings of the same selection."""

    id: str
    product: str
    rank: int
    before: Assigned
    after: Assigned

    @property
    def kind(self) -> Kind:
        """What it is for the awardee: a server won or lost, a cloud wished for more or less, or as much."""
        if self.before.vendor is None:
            return "gains"
        if self.after.vendor is None:
            return "loses"
        was, now = self.before.choice or 0, self.after.choice or 0
        return "moves" if was == now else "better" if now < was else "worse"


def moved(before: Decision, after: Decision) -> tuple[Move, ...]:
    """Everyone placed differently, by product in the call's order and rank; both decisions matched."""
    found = []
    for old, new in zip(before.products, after.products, strict=True):
        places = {} if new.assignment is None else {one.id: one for one in new.assignment.assigned}
        ranks = {key: place for place, key in enumerate(old.ranked, start=1)}
        for was in () if old.assignment is None else old.assignment.assigned:
            now = places[was.id]
            if (was.vendor, was.cloud) != (now.vendor, now.cloud):
                found.append(Move(id=was.id, product=old.product, rank=ranks[was.id], before=was, after=now))
    return tuple(found)
