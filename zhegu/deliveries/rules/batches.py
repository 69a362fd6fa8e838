"""Dealing doors into batches that one truck holds, and batches into rows that share their ways."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from zhegu.deliveries.rules.carrying import DEPOT, FIRST_STOP, STATION, Load
from zhegu.deliveries.rules.plan import Effort
from zhegu.deliveries.rules.problem import RunProblem, Vehicle
from zhegu.deliveries.rules.routing import Fleet, Problem, Task

Batch = tuple[Load, ...]
EXACT_UP_TO = 10
"""So many batches are ordered by trying everything (2¹⁰ × 10² steps); more by nearest neighbour and swaps."""


def deal(
    problem: RunProblem, carried: Sequence[Load], metres: np.ndarray, seconds: np.ndarray, effort: Effort
) -> list[Batch]:
    """Batches as the shortest routes from the station would make them: few, and each close together."""
    sizes = sorted({v.capacity for v in problem.vehicles}, reverse=True)
    fleets = tuple(Fleet(len(carried), size, STATION, STATION) for size in sizes)
    tasks = tuple(Task(n + FIRST_STOP, len(parcels)) for n, parcels in carried)
    asked = Problem(metres, np.zeros_like(seconds), 2, tasks, fleets)
    found = effort.engine(asked, seconds=effort.seconds, seed=effort.seed)
    return [tuple(carried[t] for t in route.tasks) for route in found.routes]


def size_of(batch: Batch) -> int:
    """Parcels in it."""
    return sum(len(parcels) for _, parcels in batch)


def rows_of(
    problem: RunProblem, batches: Sequence[Batch], urgent: Sequence[int], most: Sequence[int], metres: np.ndarray
) -> list[tuple[Vehicle, int, tuple[Batch, ...]]]:
    """The batches in rows, each row one vehicle on one day, on as few days as shifts allow."""
    slots = _slots(problem, batches, most)
    order = _order(batches, urgent, slots, metres)
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


def _order(batches: Sequence[Batch], urgent: Sequence[int], slots: Sequence[Slot], metres: np.ndarray) -> list[int]:
    """Which batch comes at which place: neighbours beside one another, urgent ones early."""
    places = [(vehicle.capacity, n == 0, n == length - 1) for vehicle, _, length in slots for n in range(length)]
    apart = _apart(batches, metres)
    cost = _Cost(places, [size_of(b) for b in batches], urgent, apart, _ends(batches, metres))
    order = _exact(cost) if len(batches) <= EXACT_UP_TO else None
    return order if order is not None else _improved(cost)


class _Cost:
    """What it costs to put batches at places, in metres; too large a batch for a place costs more than all."""

    def __init__(self, places, sizes, urgent, apart, ends):  # type: ignore[no-untyped-def]
        self.places, self.sizes, self.urgent, self.apart, self.ends = places, sizes, urgent, apart, ends
        self.much = float(apart.sum() + ends.sum() + 1) * 10

    def at(self, place: int, batch: int) -> float:
        capacity, first, last = self.places[place]
        cost = float(self.ends[batch]) * (first + last) + self.urgent[batch] * place * self.much / 1000
        return cost + (self.much * 1000 if self.sizes[batch] > capacity else 0)

    def step(self, place: int, before: int, batch: int) -> float:
        """Of putting `batch` at `place` after `before`."""
        return self.at(place, batch) + (0 if self.places[place][1] else float(self.apart[before, batch]))

    def of(self, order: Sequence[int]) -> float:
        return self.at(0, order[0]) + sum(self.step(n, a, b) for n, (a, b) in enumerate(pairwise(order), 1))


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
    best, improved = cost.of(order), True
    while improved:
        improved = False
        for i in range(count):
            for j in range(i + 1, count):
                for other in (_swapped(order, i, j), [*order[:i], *order[i : j + 1][::-1], *order[j + 1 :]]):
                    found = cost.of(other)
                    if found < best - 1e-9:
                        order, best, improved = other, found, True
    return order


def _swapped(order: list[int], i: int, j: int) -> list[int]:
    other = list(order)
    other[i], other[j] = other[j], other[i]
    return other


