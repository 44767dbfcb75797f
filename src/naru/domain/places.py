"""Places (빈 자리): can this set of waiting applicants all be put on free servers, and grow to a size?

One small flow: waiting applicant -> server group, with at most so many of the bounded sector. Those that
must be in stay in while the flow is enlarged, which makes the greedy walk down the ranks exact.
"""

from collections.abc import Sequence


class Places:
    """Free servers by group, and who could use which; `flags` marks the bounded sector."""

    __slots__ = ("_allowed", "_free", "flags")

    def __init__(self, allowed: Sequence[frozenset[int]], flags: Sequence[bool], free: Sequence[int]) -> None:
        self._allowed = [tuple(sorted(groups)) for groups in allowed]
        self._free = tuple(free)
        self.flags = tuple(flags)

    def has_server(self, index: int) -> bool:
        """Whether any group the applicant can use has a free server at all."""
        return any(self._free[group] > 0 for group in self._allowed[index])

    def reaches(self, kept: Sequence[int], size: int, most: int) -> bool:
        """Whether some set of `size` holding all of `kept` fits, with at most `most` bounded ones."""
        if sum(self.flags[index] for index in kept) > most or len(kept) > size:
            return False
        at: dict[int, int] = {}
        if not all(self._place(index, at) for index in kept):
            return False
        fixed = frozenset(kept)
        while len(at) < size:
            if not self._grow(at, fixed, most):
                return False
        return True

    def _place(self, index: int, at: dict[int, int]) -> bool:
        """Put one more on a server, moving those in `at` between servers; nobody leaves."""
        path = self._path([index], at)
        if path is None:
            return False
        self._apply(path, at)
        return True

    def _grow(self, at: dict[int, int], fixed: frozenset[int], most: int) -> bool:
        """One more in `at`: unbounded ones freely; at `most`, a bounded one only leaves for another."""
        outside = [index for index in range(len(self.flags)) if index not in at]
        bounded_in = [index for index in at if self.flags[index]]
        if len(bounded_in) < most:
            path = self._path(outside, at)
        else:
            path = self._path([index for index in outside if not self.flags[index]], at, fixed)
        if path is None:
            return False
        self._apply(path, at)
        return True

    def _path(
        self, starts: Sequence[int], at: dict[int, int], fixed: frozenset[int] | None = None
    ) -> list[tuple[int, int]] | None:
        """(applicant, group) steps from a start to a group with room; group -1 means leaves.

        With `fixed` given, a bounded one in `at` who is not fixed may leave for a bounded one outside.
        """
        holders: list[list[int]] = [[] for _ in self._free]
        for index, group in at.items():
            holders[group].append(index)
        parents: dict[int, tuple[int, int] | None] = dict.fromkeys(starts)
        queue = list(starts)
        for index in queue:
            for group in self._allowed[index]:
                if len(holders[group]) < self._free[group]:
                    return self._trace(index, group, parents)
                for other in holders[group]:
                    if other not in parents:
                        parents[other] = (index, group)
                        queue.append(other)
            if fixed is not None and index in at and self.flags[index] and index not in fixed:
                for other, flag in enumerate(self.flags):
                    if flag and other not in at and other not in parents:
                        parents[other] = (index, -1)
                        queue.append(other)
        return None

    @staticmethod
    def _trace(index: int, group: int, parents: dict[int, tuple[int, int] | None]) -> list[tuple[int, int]]:
        steps = [(index, group)]
        while (step := parents[steps[-1][0]]) is not None:
            steps.append(step)
        return steps

    @staticmethod
    def _apply(path: Sequence[tuple[int, int]], at: dict[int, int]) -> None:
        for index, group in path:
            if group < 0:
                del at[index]
            else:
                at[index] = group
