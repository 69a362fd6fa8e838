"""Dealing doors into batches that one truck holds, and batches into rows that share their ways."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from zhegu.deliveries.rules.carrying import DEPOT, FIRST_STOP, STATION, Load
from zhegu.deliveries.rules.plan import Effort
from zhegu.deliveries.rules.problem import RunProblem, Vehicle
from zhegu.deliveries.rules.routing import Fleet, Problem, Task

Batch = tuple[Load, ...]
EXACT_UP_TO = 10
"""So many batches are ordered by trying everything (2¹⁰ × 10² steps); more by nearest neighbour and swaps."""


MOST_TRIED = 20_000
"""Orders looked at where there are many batches: under a second."""
A_METRE = 1

HOME_FROM, HOME_UNTIL = 0.6, 1.5
"""A batch is on its way home between these parts of a round after its turn began: about, for putting batches in order."""


@dataclass(frozen=True)
class Wishes:
    """By batch: how many doors are urgent, and the windows (seconds) of its doors; how long about a round takes."""

    urgent: Sequence[int]
    windows: Sequence[Sequence[tuple[float, float]]]
    round: float

    def missed(self, batch: int, turn: int) -> int:
        """How many of the batch's windows are over, or far off, when it comes home."""
        begin, end = (turn + HOME_FROM) * self.round, (turn + HOME_UNTIL) * self.round
        return sum(until < begin or since > end for since, until in self.windows[batch])


def deal(
    problem: RunProblem, carried: Sequence[Load], metres: np.ndarray, seconds: np.ndarray, effort: Effort
) -> list[Batch]:
    """Batches as the shortest routes from the station would make them: few, and each close together."""
    sizes = sorted({v.capacity for v in problem.vehicles}, reverse=True)
    fleets = tuple(Fleet(len(carried), size, STATION, STATION) for size in sizes)
    tasks = tuple(Task(n + FIRST_STOP, len(parcels)) for n, parcels in carried)
    asked = Problem(metres, np.zeros_like(seconds), 2, tasks, fleets)
    found = effort.engine(asked, seconds=effort.seconds, seed=effort.seed)
    return [part for route in found.routes for part in _in_parts([carried[t] for t in route.tasks], sizes[0])]


def _in_parts(row: Sequence[Load], most: int) -> list[Batch]:
    """The row cut where it holds too much, as a row may that was given hardly any time."""
    parts: list[list[Load]] = []
    held = most
    for load in row:
        if held + len(load[1]) > most:
            parts.append([])
            held = 0
        parts[-1].append(load)
        held += len(load[1])
    return [tuple(part) for part in parts]


def size_of(batch: Batch) -> int:
    """Parcels in it."""
    return sum(len(parcels) for _, parcels in batch)


def rows_of(
    problem: RunProblem, batches: Sequence[Batch], wishes: Wishes, most: Sequence[int], metres: np.ndarray
) -> list[tuple[Vehicle, int, tuple[Batch, ...]]]:
    """The batches in rows, each row one vehicle on one day, on as few days as shifts allow."""
    slots = _slots(problem, batches, most)
    order = _order(batches, wishes, slots, metres)
    rows, at = [], 0
    for vehicle, day, length in slots:
        row = tuple(batches[n] for n in order[at : at + length])
        at += length
        rows.append((vehicle, day, row))
    return rows


Slot = tuple[Vehicle, int, int]


def _slots(problem: RunProblem, batches: Sequence[Batch], most: Sequence[int]) -> list[Slot]:
    """(vehicle, day, how many batches), the work spread evenly over the vehicles of each day.

    Large batches need large vehicles: places for the largest are made first.
    """
    left = sorted(map(size_of, batches), reverse=True)
    lengths: dict[tuple[int, int], int] = {}
    room: dict[tuple[int, int], list[int]] = {}
    day = 0
    while left:
        day += 1
        still = []
        for size in left:
            free = [
                n for n, v in enumerate(problem.vehicles) if v.capacity >= size and lengths.get((n, day), 0) < most[n]
            ]
            if not free:
                still.append(size)
                continue
            fewest = min(free, key=lambda n: (lengths.get((n, day), 0), problem.vehicles[n].capacity, n))
            lengths[fewest, day] = lengths.get((fewest, day), 0) + 1
            room.setdefault((fewest, day), []).append(size)
        left = still
    return [(problem.vehicles[n], d, length) for (n, d), length in sorted(lengths.items(), key=lambda row: row[0][::-1])]


def _order(batches: Sequence[Batch], wishes: Wishes, slots: Sequence[Slot], metres: np.ndarray) -> list[int]:
    """Which batch comes at which place: neighbours beside one another, urgent ones early, windows kept if it can be."""
    places = [
        Place(vehicle.capacity, n, n == length - 1, day + n / MOST_IN_A_ROW)
        for vehicle, day, length in slots for n in range(length)
    ]  # fmt: skip
    apart = _apart(batches, metres)
    cost = _Cost(places, [size_of(b) for b in batches], wishes, apart, _ends(batches, metres))
    order = _exact(cost) if len(batches) <= EXACT_UP_TO else None
    return order if order is not None else _improved(cost)


MOST_IN_A_ROW = 1000


@dataclass(frozen=True)
class Place:
    """Where a batch may stand: the `turn`th of its row, and `when`, which counts over all days and turns."""

    capacity: int
    turn: int
    last: bool
    when: float


class _Cost:
    """What it costs to put batches at places, in metres; too large a batch for a place costs more than all."""

    def __init__(self, places, sizes, wishes, apart, ends):  # type: ignore[no-untyped-def]
        self.places, self.sizes, self.wishes, self.apart, self.ends = places, sizes, wishes, apart, ends
        self.much = float(apart.sum() + ends.sum() + 1) * 10

    def at(self, place: int, batch: int) -> float:
        here = self.places[place]
        cost = float(self.ends[batch]) * ((here.turn == 0) + here.last)
        cost += self.wishes.urgent[batch] * here.when * self.much
        cost += self.wishes.missed(batch, here.turn) * self.much / 10
        return cost + (self.much * 1_000_000 if self.sizes[batch] > here.capacity else 0)

    def step(self, place: int, before: int, batch: int) -> float:
        """Of putting `batch` at `place` after `before`."""
        return self.at(place, batch) + (0 if self.places[place].turn == 0 else float(self.apart[before, batch]))

    def table(self) -> Callable[[Sequence[int]], float]:
        """What a whole order costs, looked up: the same as its steps added, and quick for many batches."""
        count = len(self.sizes)
        at = np.array([[self.at(place, batch) for batch in range(count)] for place in range(count)])
        goes_on = np.array([place.turn > 0 for place in self.places[1:]])
        places = np.arange(count)

        def cost(order: Sequence[int]) -> float:
            row = np.asarray(order)
            return float(at[places, row].sum() + (self.apart[row[:-1], row[1:]] * goes_on).sum())

        return cost


def _apart(batches: Sequence[Batch], metres: np.ndarray) -> np.ndarray:
    """About how much longer a leg is for holding both batches: from each door to the nearest of the other."""
    doors = [np.array([n + FIRST_STOP for n, _ in batch]) for batch in batches]
    return np.array([[metres[np.ix_(a, b)].min(axis=1).mean() for b in doors] for a in doors])


def _ends(batches: Sequence[Batch], metres: np.ndarray) -> np.ndarray:
    """How far the depot is from a batch, more than the station would be."""
    doors = [np.array([n + FIRST_STOP for n, _ in batch]) for batch in batches]
    return np.array([float(metres[DEPOT, d].min() - metres[STATION, d].min()) for d in doors]) - min(
        0.0, *(float(metres[DEPOT, d].min() - metres[STATION, d].min()) for d in doors), 0.0
    )


def _exact(cost: _Cost) -> list[int]:
    count = len(cost.sizes)
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {
        (1 << n, n): (cost.at(0, n), (n,)) for n in range(count)
    }
    for place in range(1, count):
        after: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        for (held, last), (so_far, order) in best.items():
            for n in range(count):
                if held >> n & 1:
                    continue
                found = (so_far + cost.step(place, last, n), (*order, n))
                key = (held | 1 << n, n)
                if key not in after or found < after[key]:
                    after[key] = found
        best = after
    return list(min(best.values())[1])


def _improved(cost: _Cost) -> list[int]:
    count = len(cost.sizes)
    order: list[int] = []
    for place in range(count):
        left = [n for n in range(count) if n not in order]
        order.append(min(left, key=lambda n: cost.step(place, order[-1], n) if place else cost.at(0, n)))
    of = cost.table()
    best = of(order)
    left = MOST_TRIED
    improved = True
    while improved and left > 0:
        improved = False
        for i, j in combinations(range(count), 2):
            for other in (_swapped(order, i, j), [*order[:i], *order[i : j + 1][::-1], *order[j + 1 :]]):
                left -= 1
                found = of(other)
                if found < best - A_METRE:
                    order, best, improved = other, found, True
            if left <= 0:
                break
    return order


def _swapped(order: list[int], i: int, j: int) -> list[int]:
    other = list(order)
    other[i], other[j] = other[j], other[i]
    return other


