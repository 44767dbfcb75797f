"""The exchange behind matching (배정): who stands in which server group and who could move where (R-07).

Augmenting paths run over groups, not over awardees: a group points to those groups some awardee in it
could move to, kept as one bit mask per group with counts behind it. A search that ends nowhere has found a
saturated set nobody in it can leave; such a set never opens again, so every fruitless search is paid once.
"""

from collections.abc import Sequence

OUTSIDE = -1  # stands in no group


def members(mask: int) -> tuple[int, ...]:
    """The positions of the set bits, ascending."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return tuple(found)


class Exchange:
    """Mutable state of one run; `at[i]` is the group of awardee `i` or OUTSIDE, `free` groups with room."""

    __slots__ = (
        "_bits",
        "_closed",
        "_counts",
        "_domains",
        "_left",
        "_movers",
        "_reach",
        "_sealed",
        "at",
        "free",
    )

    def __init__(self, capacities: Sequence[int], awardees: int) -> None:
        size = len(capacities)
        everything = (1 << size) - 1
        self.at = [OUTSIDE] * awardees
        self.free = sum(1 << group for group, capacity in enumerate(capacities) if capacity > 0)
        self._left = list(capacities)
        self._domains = [0] * awardees
        self._reach = [0] * size  # groups some awardee of this group could move to
        self._counts = [[0] * size for _ in range(size)]  # how many could
        self._movers: list[list[list[int]]] = [[[] for _ in range(size)] for _ in range(size)]
        self._sealed = [everything] * size  # the smallest saturated set known to hold the group
        self._closed = 0  # groups of saturated sets found while newcomers enter
        self._bits: dict[int, tuple[int, ...]] = {}

    def enter(self, index: int, allowed: int, ladder: Sequence[int]) -> int | None:
        """Put a newcomer anywhere in `allowed`, moving others inside theirs; else a saturated set."""
        self._domains[index] = allowed
        for tier in ladder:
            if tier & self.free:
                self._stand(index, _lowest(tier & self.free))
                return None
        starts = allowed & ~self._closed
        if starts:
            found = self._search(starts, self.free)
            if isinstance(found, list):
                self._shift(index, found)
                return None
            self._seal_each(found)
        return self.proof(allowed)

    def settle(self, index: int, tier: int) -> bool:
        """Keep awardee `index` inside `tier` from now on if everyone stays served; whether it worked."""
        here = self.at[index]
        mine = 1 << here
        if tier & mine:
            self._narrow(index, tier)
            return True
        direct = tier & self.free
        if direct:
            self._leave(index)
            self._domains[index] = tier
            self._stand(index, _lowest(direct))
            return True
        starts = sum(1 << group for group in self._positions(tier) if self._sealed[group] & mine)
        if not starts:
            return False
        found = self._search(starts, self.free | mine)
        if isinstance(found, int):
            for group in self._positions(found):
                self._sealed[group] &= found
            return False
        self._leave(index)
        self._domains[index] = tier
        self._shift(index, found)
        return True

    def proof(self, mask: int) -> int:
        """The saturated set known to hold every group of `mask`; 0 for none."""
        union = 0
        for group in self._positions(mask):
            union |= self._sealed[group]
        return union

    def _search(self, starts: int, goals: int) -> list[int] | int:
        """A shortest path of groups from `starts` to `goals`, else every group reached."""
        parents: dict[int, int] = dict.fromkeys(self._positions(starts), OUTSIDE)
        queue = list(parents)
        seen = starts
        for group in queue:
            if goals >> group & 1:
                return self._trace(group, parents)
            fresh = self._reach[group] & ~seen
            if fresh & goals:
                goal = _lowest(fresh & goals)
                parents[goal] = group
                return self._trace(goal, parents)
            seen |= fresh
            for other in members(fresh):
                parents[other] = group
                queue.append(other)
        return seen

    @staticmethod
    def _trace(goal: int, parents: dict[int, int]) -> list[int]:
        path = [goal]
        while parents[path[-1]] != OUTSIDE:
            path.append(parents[path[-1]])
        path.reverse()
        return path

    def _seal_each(self, closed: int) -> None:
        """Remember for each group of a new saturated set the smallest one that holds it."""
        smallest = {}
        for group in self._positions(closed):
            reached = self._search(1 << group, 0)
            assert isinstance(reached, int)  # noqa: S101 - without goals a search only collects
            smallest[group] = reached
        for group, reached in smallest.items():
            self._sealed[group] = reached
        self._closed |= closed

    def _shift(self, index: int, path: Sequence[int]) -> None:
        """Move one awardee along each step of the path, from its end, then stand `index` at its start."""
        for here, there in zip(path[-2::-1], path[:0:-1], strict=True):
            mover = self._mover(here, there)
            self._leave(mover)
            self._stand(mover, there)
        self._stand(index, path[0])

    def _mover(self, here: int, there: int) -> int:
        """An awardee in `here` who could stand in `there`; stale entries are dropped on the way."""
        entries = self._movers[here][there]
        while True:
            index = entries.pop()
            if self.at[index] == here and self._domains[index] >> there & 1:
                return index

    def _stand(self, index: int, group: int) -> None:
        """Take a place in `group` and offer to move anywhere else in the domain."""
        self.at[index] = group
        self._left[group] -= 1
        if not self._left[group]:
            self.free &= ~(1 << group)
        domain = self._domains[index]
        counts, movers = self._counts[group], self._movers[group]
        self._reach[group] |= domain & ~(1 << group)
        for other in self._positions(domain):
            counts[other] += 1
            movers[other].append(index)

    def _leave(self, index: int) -> None:
        """Give the place up and withdraw the offers."""
        group = self.at[index]
        self._withdraw(group, self._domains[index])
        self.at[index] = OUTSIDE
        self._left[group] += 1
        self.free |= 1 << group

    def _narrow(self, index: int, tier: int) -> None:
        """Stay, but from now on move only inside `tier`."""
        dropped = self._domains[index] & ~tier
        if dropped:
            self._withdraw(self.at[index], dropped)
            self._domains[index] = tier

    def _withdraw(self, group: int, domain: int) -> None:
        counts = self._counts[group]
        for other in self._positions(domain):
            counts[other] -= 1
            if not counts[other]:
                self._reach[group] &= ~(1 << other)

    def _positions(self, mask: int) -> tuple[int, ...]:
        """`members` with a memory: few masks recur often."""
        found = self._bits.get(mask)
        if found is None:
            found = self._bits[mask] = members(mask)
        return found


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1
