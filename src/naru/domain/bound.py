"""The bound on a sector (부문 비율): how many of a product's seats it may have, in exact integers (C-05).

One vocabulary for selection and refill: a bound names the sector it limits, `op` and `share`; a reading
says of what the share is taken, and whether empty seats open up.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from naru.domain.call import Constraint

Reading = Literal["ratio", "quota", "soft", "none"]
READINGS: tuple[Reading, ...] = ("ratio", "quota", "soft", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """`group`'s part stays `op` `share`; "ratio" of those selected, "quota" and "soft" of the seats.

    "soft" opens the seats the other sector leaves empty; "none" never binds.
    """

    reading: Reading = "ratio"
    group: str = "public"
    op: Literal["<", "<="] = "<"
    share: Fraction = Fraction(1, 2)
    clause: str = "C-05"

    def cap(self, total: int) -> int:
        """The most of the bounded sector among `total`: ceil(share x total) - 1 under "<", else the floor."""
        part = self.share * total
        if self.op == "<=":
            return part.numerator // part.denominator
        return max(0, -(-part.numerator // part.denominator) - 1)

    def holds(self, bounded: int, total: int) -> bool:
        """Whether `bounded` of `total` keeps the bound; nobody of nobody does."""
        return bounded <= self.cap(total)

    def admissible(self, free: int, bounded: int) -> int:
        """The largest total that `free` unbounded and `bounded` bounded applicants can fill."""
        return self.fill(free + bounded, free, bounded)

    def fill(self, seats: int, free: int, bounded: int) -> int:
        """T = max{t <= seats : t - min(cap(t), bounded) <= free}; the need only grows with t."""
        low, high = 0, min(seats, free + bounded)
        while low < high:
            middle = (low + high + 1) // 2
            if middle - min(self.cap(middle), bounded) <= free:
                low = middle
            else:
                high = middle - 1
        return low


def bound_of(constraint: Constraint | None) -> Bound:
    """The bound a call's constraint states; "none" where the call has none."""
    if constraint is None:
        return Bound(reading="none")
    reading: Reading = "ratio"
    if constraint.base == "quota":
        reading = "quota" if constraint.hardness == "hard" else "soft"
    return Bound(
        reading=reading,
        group=constraint.group,
        op=constraint.op,
        share=constraint.share,
        clause=constraint.clause,
    )
