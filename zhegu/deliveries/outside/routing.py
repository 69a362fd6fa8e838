"""The one file that knows the routing engine (PyVRP).

The engine stops on the CPU time of this process, or after a number of rounds: the same seed and rounds
give the same routes on any machine.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyvrp
from pyvrp.search import NeighbourhoodParams

from zhegu.deliveries.rules.routing import Fleet, Problem, Route, Solved, Task

AT_LEAST = 0.02
"""Seconds of CPU that the engine always gets, so that there is an answer."""
PATIENCE = 6_000
"""Rounds without anything better after which a small problem (a leg of a run) counts as solved."""

NEIGHBOURS = 20
PENALTY_FROM, PENALTY_TO = 1_000, 100_000
"""Found by trying on generated problems of 100–303 doors at 10 CPU seconds: fewer neighbours, and a ceiling of
penalties that fits the lengths of the ways, gave shorter routes than the engine's own on most and lost on none."""

TIMED_NEIGHBOURS = 40
"""Where doors have windows the nearest are often the wrong ones."""

Stop = Callable[[float], bool]


class CpuSeconds:
    """Stops when this process has used so many seconds of CPU."""

    def __init__(self, seconds: float):
        self._end = time.process_time() + max(seconds, AT_LEAST)

    def __call__(self, best: float) -> bool:
        return time.process_time() >= self._end


@dataclass
class Balanced(pyvrp.PenaltyParams):
    """What a breach of windows or capacity costs while routes are sought: from the beginning about as much as
    the ways that it saves, and soon more or less. From the middle of all that is possible, as the engine has it,
    seconds go by in which no breach is ever tried, and the search stays where it began."""

    solutions_between_updates: int = 100
    load: float = 1.0
    late: float = 1.0

    def midpoint_penalties(self, data: pyvrp.ProblemData) -> tuple[list[float], float, float]:
        return [self.load] * data.num_load_dimensions, self.late, self.late


class Rounds:
    """Stops after so many rounds: the same answer everywhere."""

    def __init__(self, rounds: int):
        self._left = rounds

    def __call__(self, best: float) -> bool:
        self._left -= 1
        return self._left < 0


@dataclass
class Patient:
    """Stops earlier where nothing got better for so many rounds."""

    inner: Stop
    rounds: int = PATIENCE
    best: float = float("inf")
    waited: int = 0

    def __call__(self, best: float) -> bool:
        self.waited = 0 if best < self.best else self.waited + 1
        self.best = min(self.best, best)
        return self.waited > self.rounds or self.inner(best)


def engine(problem: Problem, *, seconds: float, seed: int, begin: Sequence[Sequence[int]] = ()) -> Solved:
    """As `rules.routing.Engine`; ends before its time where nothing gets better any more."""
    return solve(problem, stop=Patient(CpuSeconds(seconds)), seed=seed, begin=begin)


def counting(rounds: int) -> Callable[..., Solved]:
    """An engine that counts rounds instead of seconds: for tests."""

    def run(problem: Problem, *, seconds: float, seed: int, begin: Sequence[Sequence[int]] = ()) -> Solved:
        return solve(problem, stop=Rounds(rounds), seed=seed, begin=begin)

    return run


def solve(problem: Problem, *, stop: Stop, seed: int, begin: Sequence[Sequence[int]] = ()) -> Solved:
    """Routes with the fewest metres that the engine found; what it starts from is never lost."""
    if not problem.tasks:
        return Solved((), 0, (), True)
    data = _data(problem)
    first = pyvrp.Solution(data, [list(route) for route in begin if route]) if begin else None
    result = pyvrp.solve(data, stop, seed=seed, collect_stats=False, display=False, params=_params(problem), initial_solution=first)
    return _read(problem, result.best)


def _params(problem: Problem) -> pyvrp.SolveParams:
    timed = any(task.window for task in problem.tasks)
    penalty = pyvrp.PenaltyParams()
    if timed:
        penalty = _balanced(problem)
    elif not any(fleet.shift for fleet in problem.fleets):
        ceiling = min(max(2 * int(problem.metres.max()), PENALTY_FROM), PENALTY_TO)
        penalty = pyvrp.PenaltyParams(max_penalty=ceiling)
    neighbours = TIMED_NEIGHBOURS if timed else NEIGHBOURS
    return pyvrp.SolveParams(neighbourhood=NeighbourhoodParams(num_neighbours=neighbours), penalty=penalty)


def _balanced(problem: Problem) -> Balanced:
    """Five ways for a whole vehicle's load too much, two for as long as a way takes; found by trying on
    instances of 100 doors with windows."""
    way, seconds = max(float(problem.metres.mean()), 1.0), max(float(problem.seconds.mean()), 1.0)
    room = max(min(fleet.capacity for fleet in problem.fleets), 1)
    return Balanced(load=max(5 * way / room, 1.0), late=max(2 * way / seconds, 1.0))


def _data(problem: Problem) -> pyvrp.ProblemData:
    return pyvrp.ProblemData(
        [pyvrp.Location(0, 0)] * len(problem.metres),
        [_client(task) for task in problem.tasks],
        [pyvrp.Depot(place) for place in range(problem.depots)],
        [_vehicle(fleet) for fleet in problem.fleets],
        [problem.metres.astype(np.int64)],
        [problem.seconds.astype(np.int64)],
    )


def _vehicle(fleet: Fleet) -> pyvrp.VehicleType:
    more: dict[str, Any] = {}
    if fleet.shift is not None:
        more["tw_late"] = fleet.shift
    if fleet.reload is not None:
        more["reload_depots"] = [fleet.reload]
    return pyvrp.VehicleType(
        num_available=fleet.number, capacity=[fleet.capacity], start_depot=fleet.start, end_depot=fleet.end, **more
    )


def _client(task: Task) -> pyvrp.Client:
    more: dict[str, Any] = {}
    if task.window is not None:
        more = {"tw_early": task.window[0], "tw_late": task.window[1]}
    if task.prize is not None:
        more |= {"prize": task.prize, "required": False}
    return pyvrp.Client(
        task.place, delivery=[task.deliver], pickup=[task.pick_up], service_duration=task.service, **more
    )


def _read(problem: Problem, best: pyvrp.Solution) -> Solved:
    routes = tuple(_route(route) for route in best.routes())
    held = {task for route in routes for task in route.tasks}
    left = tuple(n for n in range(len(problem.tasks)) if n not in held)
    return Solved(routes, best.distance(), left, best.is_feasible())


def _route(route: pyvrp.Route) -> Route:
    trips: list[list[int]] = [[]]
    begins: list[list[int]] = [[]]
    schedule = route.schedule()
    for n, step in enumerate(schedule):
        if step.is_client():
            trips[-1].append(step.idx)
            begins[-1].append(step.start_time)
        elif 0 < n < len(schedule) - 1:
            trips.append([])
            begins.append([])
    return Route(
        route.vehicle_type(), tuple(map(tuple, trips)), tuple(map(tuple, begins)), route.distance(), route.duration()
    )
