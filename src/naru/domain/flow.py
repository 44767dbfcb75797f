"""Min-cost flow for panels: rows (applications) take seats at columns (reviewers), the work kept even.

Successive shortest paths with potentials, whole numbers only. Seats are given one at a time: each new seat
takes the cheapest chain of moves "this row to column a, a row of a to column b, ...", found by Dijkstra over
the columns alone, since of all rows that could move from one column to another only the cheapest matters
(a heap per pair of columns, stale entries dropped when met). The n-th seat of a column costs `weight`
times 2n - 1, so that with a weight above every sum of costs the squares of the loads are smallest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from naru.domain.terms import require

Costs = Sequence[int | None]  # per column; None: this row may not sit there


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """For each row the columns it was newly given, ascending; and how many seats it still lacks."""

    seats: tuple[tuple[int, ...], ...]
    lacking: tuple[int, ...]


def flow(
    costs: Sequence[Costs],
    wanted: Sequence[int],
    *,
    loads: Sequence[int],
    ceilings: Sequence[int | None],
    weight: int,
) -> Flow:
    """Give each row its wanted seats, as many in all as can be given, at the least cost.

    `loads` is what each column has already, `ceilings` the most it may have. Every row gets its first seat
    before any gets a second. Of all answers that seat the same rows as often, none is cheaper. The same
    input gives the same answer. Raises ValueError where the lengths do not fit or a number is negative.
    """
    width = len(loads)
    require(len(costs) == len(wanted), "wanted: one number per row is needed")
    require(len(ceilings) == width, "ceilings: one per column is needed")
    require(all(len(row) == width for row in costs), "costs: one per column is needed")
    numbers = [weight, *wanted, *loads, *(top for top in ceilings if top is not None)]
    require(min(numbers, default=0) >= 0, "a number is negative")
    board = _Board(costs, list(loads), ceilings, weight)
    lacking = [0] * len(costs)
    for turn in range(max(wanted, default=0)):
        for row, seats in enumerate(wanted):
            if turn < seats and (lacking[row] or not board.seat(row)):
                lacking[row] += 1
    return Flow(seats=tuple(tuple(sorted(held)) for held in board.held), lacking=tuple(lacking))


class _Board:
    """Who sits where while seats are given; not kept afterwards."""

    def __init__(
        self, costs: Sequence[Costs], loads: list[int], ceilings: Sequence[int | None], weight: int
    ) -> None:
        self.costs, self.loads, self.ceilings, self.weight = costs, loads, ceilings, weight
        self.columns = range(len(loads))
        self.held: list[set[int]] = [set() for _row in costs]
        self.potential = [0] * len(loads)
        self.moves: list[list[list[tuple[int, int]]]] = [[[] for _to in loads] for _from in loads]

    def seat(self, row: int) -> bool:
        """Give `row` one more seat by the cheapest chain of moves; False when there is none."""
        distance, came, movers, last, length = self._search(row)
        if last < 0:
            return False
        for column in self.columns:
            far = distance[column]
            self.potential[column] += length if far is None or far > length else far
        touched = {row}
        self.loads[last] += 1
        column = last
        while came[column] >= 0:
            mover, before = movers[column], came[column]
            self.held[mover].remove(before)
            self.held[mover].add(column)
            touched.add(mover)
            column = before
        self.held[row].add(column)
        for one in sorted(touched):
            self._offer(one)
        return True

    def _search(self, row: int) -> tuple[list[int | None], list[int], list[int], int, int]:
        """Dijkstra from `row`: reduced distances, the chain back, and the column at its end (-1: none).

        The distance kept is reduced by the potentials; the potential of the end is that of a column with
        room, so lengths are compared after it is added back.
        """
        costs, held, potential = self.costs[row], self.held[row], self.potential
        shift = min((cost - potential[c] for c, cost in enumerate(costs) if cost is not None), default=0)
        distance: list[int | None] = [
            None if cost is None or column in held else cost - potential[column] - shift
            for column, cost in enumerate(costs)
        ]
        came, movers = [-1] * len(distance), [-1] * len(distance)
        heap = [(far, column) for column, far in enumerate(distance) if far is not None]
        heap.sort()
        done = [False] * len(distance)
        best: tuple[int, int] | None = None  # true length less `shift`, and the column at the end
        lowest = min((self._price(c) + potential[c] for c in self.columns if self._room(c)), default=None)
        while heap and lowest is not None:
            far, column = heappop(heap)
            if done[column]:
                continue
            if best is not None and far + lowest >= best[0]:
                break
            done[column] = True
            if self._room(column):
                whole = far + potential[column] + self._price(column)
                if best is None or whole < best[0]:
                    best = (whole, column)
            self._relax(column, far, distance, came, movers, heap, done)
        if best is None or lowest is None:
            return distance, came, movers, -1, 0
        return distance, came, movers, best[1], best[0] - lowest

    def _relax(
        self,
        column: int,
        far: int,
        distance: list[int | None],
        came: list[int],
        movers: list[int],
        heap: list[tuple[int, int]],
        done: list[bool],
    ) -> None:
        """Shorten the way to other columns by moving a row of `column` there."""
        potential = self.potential
        base = far + potential[column]
        for other in self.columns:
            if done[other]:
                continue
            move = self._cheapest(column, other)
            if move is None:
                continue
            there = base + move[0] - potential[other]
            known = distance[other]
            if known is None or there < known:
                distance[other], came[other], movers[other] = there, column, move[1]
                heappush(heap, (there, other))

    def _cheapest(self, column: int, other: int) -> tuple[int, int] | None:
        """The cheapest row to move from one column to another, with what the move costs."""
        heap = self.moves[column][other]
        while heap:
            held = self.held[heap[0][1]]
            if column in held and other not in held:
                return heap[0]
            heappop(heap)
        return None

    def _offer(self, row: int) -> None:
        """Say of a row whose seats changed where it could move."""
        costs, held = self.costs[row], self.held[row]
        for column in held:
            here = costs[column] or 0
            for other, cost in enumerate(costs):
                if cost is not None and other not in held:
                    heappush(self.moves[column][other], (cost - here, row))

    def _room(self, column: int) -> bool:
        ceiling = self.ceilings[column]
        return ceiling is None or self.loads[column] < ceiling

    def _price(self, column: int) -> int:
        return self.weight * (2 * self.loads[column] + 1)
