"""What a routing engine is asked and what it answers: metres, seconds, pieces; whole numbers only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True)
class Task:
    """One visit at a place (a number into the matrices). `deliver` is on board from the start of the
    trip, `pick_up` until its end.

    `window` bounds the second at which the work begins; `prize` is what leaving it out costs in metres
    (None: it must be done).
    """

    place: int
    deliver: int = 0
    pick_up: int = 0
    service: int = 0
    window: tuple[int, int] | None = None
    prize: int | None = None


@dataclass(frozen=True)
class Fleet:
    """`number` equal vehicles from depot `start` to depot `end`, each at work until second `shift`;
    at depot `reload` each may load and unload again."""

    number: int
    capacity: int
    start: int = 0
    end: int = 0
    shift: int | None = None
    reload: int | None = None


@dataclass(frozen=True)
class Problem:
    """Matrices of metres and seconds over all places, of which the first `depots` are depots."""

    metres: np.ndarray
    seconds: np.ndarray
    depots: int
    tasks: tuple[Task, ...]
    fleets: tuple[Fleet, ...]


@dataclass(frozen=True)
class Route:
    """The trips of one vehicle of `fleet`: indices of tasks in order, and when each begins."""

    fleet: int
    trips: tuple[tuple[int, ...], ...]
    begins: tuple[tuple[int, ...], ...]
    metres: int
    seconds: int

    @property
    def tasks(self) -> tuple[int, ...]:
        return tuple(task for trip in self.trips for task in trip)


@dataclass(frozen=True)
class Solved:
    """`left` are tasks that no route holds; `feasible` says that every limit is kept."""

    routes: tuple[Route, ...]
    metres: int
    left: tuple[int, ...]
    feasible: bool


class Engine(Protocol):
    """Finds routes with few metres within so many seconds of CPU. `begin` may hold routes to start from."""

    def __call__(
        self, problem: Problem, *, seconds: float, seed: int, begin: Sequence[Sequence[int]] = ()
    ) -> Solved: ...
