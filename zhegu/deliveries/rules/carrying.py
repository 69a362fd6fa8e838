"""Runs that only bring or only fetch: several trips a vehicle, windows, urgent doors first, day by day."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from zhegu.deliveries.rules.plan import Effort, Plan, Tour, Unplanned, Visit
from zhegu.deliveries.rules.problem import RunKind, RunProblem, Stop
from zhegu.deliveries.rules.routing import Fleet, Problem, Route, Task

DEPOT, STATION, FIRST_STOP = 0, 1, 2
URGENT_WITHIN = 20 * 60
"""An urgent door without a window is reached within this many seconds of the straight way there, doubled
as often as it takes to find a plan."""
MOST_DAYS = 60

Load = tuple[int, tuple[str, ...]]
"""A door (its number) and those of its parcels that travel together."""


def loads(problem: RunProblem, most: int) -> list[Load]:
    """Each door with its parcels, in parts where it has more than a vehicle holds."""
    return [
        (n, stop.parcels[i : i + most])
        for n, stop in enumerate(problem.stops)
        for i in range(0, len(stop.parcels), most)
    ]


def plan_carrying(problem: RunProblem, effort: Effort) -> Plan:
    """The fewest kilometres that keep windows and shifts; what one day cannot hold goes on the next."""
    most = max(v.capacity for v in problem.vehicles)
    left = loads(problem, most)
    tours: list[Tour] = []
    day = 0
    while left and day < MOST_DAYS:
        day += 1
        seconds = effort.seconds if day == 1 else effort.seconds / 4
        done, still = _one_day(problem, replace(effort, seconds=seconds), left, day)
        tours += done
        if len(still) == len(left):
            break
        left = still
    stuck = {n for n, _ in left}
    return Plan(tuple(tours), tuple(Unplanned(problem.stops[n].id, _why(problem, n)) for n in sorted(stuck)))


def _why(problem: RunProblem, n: int) -> str:
    return "window" if problem.stops[n].window is not None else "shift"


def _one_day(problem: RunProblem, effort: Effort, left: Sequence[Load], day: int) -> tuple[list[Tour], list[Load]]:
    metres, seconds = problem.legs()
    end = STATION if problem.kind == RunKind.COLLECT and problem.station else DEPOT
    slack = URGENT_WITHIN
    while True:
        asked = _asked(problem, metres, seconds, left, end, slack)
        found = effort.engine(asked, seconds=effort.seconds, seed=effort.seed)
        hurried = any(problem.stops[n].urgent and problem.stops[n].window is None for n, _ in left)
        late = [t for t in found.left if problem.stops[left[t][0]].urgent]
        if not (hurried and (late or not found.feasible)) or slack > 24 * 3600:
            break
        slack *= 2
    if not found.feasible:
        return [], list(left)
    tours = _tours(problem, seconds, left, found.routes, day, end)
    return tours, [left[t] for t in found.left]


def _asked(
    problem: RunProblem, metres: np.ndarray, seconds: np.ndarray, left: Sequence[Load], end: int, slack: int
) -> Problem:
    minutes = problem.minutes.collect if problem.kind == RunKind.COLLECT else problem.minutes.hand_back
    whole = int(metres.max()) * 4 + 1000
    tasks = tuple(
        _task(problem.stops[n], n, parcels, problem.kind, round(minutes * 60), whole, seconds, slack)
        for n, parcels in left
    )
    # The way from the station to the depot at the end of the shift belongs to the shift too.
    home = int(seconds[end, DEPOT]) if end else 0
    fleets = tuple(
        Fleet(1, v.capacity, DEPOT, end, max(round(v.shift_minutes * 60) - home, 0), reload=end)
        for v in problem.vehicles
    )
    return Problem(metres, seconds, 2, tasks, fleets)


def _task(
    stop: Stop, n: int, parcels: Sequence[str], kind: RunKind, service: int, whole: int, seconds: np.ndarray, slack: int
) -> Task:
    window = stop.window and (round(stop.window[0] * 60), round(stop.window[1] * 60))
    if window is None and stop.urgent:
        window = (0, int(seconds[DEPOT, n + FIRST_STOP]) + slack)
    sizes = (0, len(parcels)) if kind == RunKind.COLLECT else (len(parcels), 0)
    return Task(n + FIRST_STOP, *sizes, service, window, whole * (20 if stop.urgent else 1))


def _tours(
    problem: RunProblem, seconds: np.ndarray, left: Sequence[Load], routes: Sequence[Route], day: int, end: int
) -> list[Tour]:
    tours = []
    for route in routes:
        visits = _visits(problem, seconds, left, route, end)
        more = int(problem.legs()[0][end, DEPOT]) if end else 0
        vehicle = problem.vehicles[route.fleet]
        tours.append(Tour(vehicle.id, day, tuple(visits), route.metres + more, visits[-1].second - visits[0].second))
    return tours


def _visits(problem: RunProblem, seconds: np.ndarray, left: Sequence[Load], route: Route, end: int) -> list[Visit]:
    collecting = problem.kind == RunKind.COLLECT
    service = round((problem.minutes.collect if collecting else problem.minutes.hand_back) * 60)
    far = problem.station if end and problem.station else problem.depot
    visits: list[Visit] = []
    place, second = DEPOT, 0
    for n, trip in enumerate(route.trips):
        parcels = tuple(p for t in trip for p in left[t][1])
        if n == 0:
            first = route.begins[0][0] - int(seconds[DEPOT, left[trip[0]][0] + FIRST_STOP]) if trip else 0
            visits.append(Visit(problem.depot.id, max(first, 0), () if collecting else parcels))
        for task, begins in zip(trip, route.begins[n], strict=True):
            door, own = left[task]
            visits.append(
                Visit(problem.stops[door].id, begins, own if collecting else (), () if collecting else own)
            )
            place, second = door + FIRST_STOP, begins + service
        second += int(seconds[place, end])
        place = end
        after = route.trips[n + 1] if n + 1 < len(route.trips) else ()
        loads_next = () if collecting else tuple(p for t in after for p in left[t][1])
        visits.append(Visit(far.id, second, loads_next, parcels if collecting else ()))
    if end:
        visits.append(Visit(problem.depot.id, second + int(seconds[end, DEPOT])))
    return visits
