"""The gas run: every cylinder is fetched, filled at the station and brought back to its own door.

One truck cannot hold them all, so the doors are dealt into batches. *Chain*: on the way back from the
station a truck brings one batch home and fetches the next; it waits while the station fills. *Swap*: it
leaves a batch there and takes the one that is already filled; no waiting, one more way to the station.
A tour (one truck, one day) is a row of batches; batch after batch shares the way. The structure saves
more than any engine can: the engine only deals doors into batches and orders the doors of a leg.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from zhegu.deliveries.rules.batches import Batch, Wishes, deal, rows_of
from zhegu.deliveries.rules.carrying import DEPOT, FIRST_STOP, STATION, Load, loads
from zhegu.deliveries.rules.improving import Path, Rows, improve
from zhegu.deliveries.rules.plan import Effort, Plan, Tour, Unplanned, Visit
from zhegu.deliveries.rules.problem import RunProblem, Vehicle
from zhegu.deliveries.rules.routing import Fleet, Problem, Task
from zhegu.deliveries.rules.way import Way

DEALS = 3
"""So many ways of dealing the doors are tried; the shortest whole plan is kept."""
TRIES = 4
"""About so often shorter rows are tried, on a rough plan, where a shift turns out too short."""


@dataclass(frozen=True)
class Slot:
    """One truck on one day, and the batches it carries, in order."""

    vehicle: Vehicle
    day: int
    batches: tuple[Batch, ...]


@dataclass(frozen=True)
class Leg:
    """From one end to another past some doors: filled cylinders handed back, empty ones fetched."""

    begin: int
    end: int
    back: Batch = ()
    fetch: Batch = ()


def plan_refill(problem: RunProblem, effort: Effort) -> Plan:
    """The plan with the fewest kilometres (`goal="hours"`: the fewest hours) that was found.

    Whole tours go on over several days where a shift is too short for all of them.
    """
    vehicles = {v.id: _bearable(problem, v) for v in problem.vehicles}
    usable = [v for v in problem.vehicles if vehicles[v.id]]
    if not usable:
        return Plan((), tuple(Unplanned(stop.id, "shift") for stop in problem.stops if stop.parcels))
    able = replace(problem, vehicles=tuple(replace(v, capacity=vehicles[v.id]) for v in usable))
    carried = loads(able, max(v.capacity for v in able.vehicles))
    if not carried:
        return Plan(())
    tried = [_one_deal(able, carried, replace(effort, seed=effort.seed + n, seconds=effort.seconds * 0.2)) for n in range(DEALS)]
    rough, slots = min(tried, key=lambda made: _measure(made[0], effort.goal))
    better = _improved(able, slots, replace(effort, seconds=effort.seconds * 0.1))
    made = [(_legs_planned(able, row, replace(effort, seconds=effort.seconds * 0.15)), row) for row in (slots, better)]
    best, row = min([(rough, slots), *made], key=lambda one: _measure(one[0], effort.goal))
    return _without_late(able, best, row, replace(effort, seconds=effort.seconds * 0.03))


def _without_late(problem: RunProblem, plan: Plan, slots: Sequence[Slot], effort: Effort) -> Plan:
    """The plan without the doors whose window it would miss: they are told, so that somebody can call them."""
    left_out: list[str] = []
    while plan.late:
        left_out += plan.late
        slots = [replace(slot, batches=_kept(problem, slot.batches, set(left_out))) for slot in slots]
        slots = [slot for slot in slots if slot.batches]
        plan = _legs_planned(problem, slots, effort)
    return replace(plan, unplanned=tuple(Unplanned(stop, "window") for stop in left_out))


def _kept(problem: RunProblem, batches: Sequence[Batch], left_out: set[str]) -> tuple[Batch, ...]:
    kept = (tuple(one for one in batch if problem.stops[one[0]].id not in left_out) for batch in batches)
    return tuple(batch for batch in kept if batch)


def _measure(plan: Plan, goal: str) -> tuple[float, ...]:
    seconds = sum(tour.seconds for tour in plan.tours)
    late = len(plan.late)
    return (late, seconds, plan.metres) if goal == "hours" else (late, plan.metres, seconds)


def _bearable(problem: RunProblem, vehicle: Vehicle) -> int:
    """How many cylinders this vehicle can fetch, have filled and bring back within one shift."""
    _metres, seconds = problem.legs()
    doors = seconds[FIRST_STOP:, :]
    if not len(doors):
        return 0
    way = int(seconds[DEPOT, FIRST_STOP:].min() + 2 * doors[:, STATION].min() + doors[:, DEPOT].min())
    each = 60 * (problem.minutes.collect + problem.minutes.hand_back + problem.minutes.station_each)
    rest = vehicle.shift_minutes * 60 - way - 60 * problem.minutes.station_fixed
    return max(0, min(vehicle.capacity, math.floor(rest / each) if each else vehicle.capacity)) if rest >= each else 0


def _one_deal(problem: RunProblem, carried: Sequence[Load], effort: Effort) -> tuple[Plan, list[Slot]]:
    """A dealing and a rough plan of it, with rows that end within their shifts where that can be."""
    metres, seconds = problem.legs()
    batches = deal(problem, carried, metres, seconds, replace(effort, seconds=effort.seconds * 0.6))
    a_round = _round(problem, batches, seconds, effort.goal)
    wishes = _wishes(problem, batches, a_round)
    most = [max(1, int(v.shift_minutes * 60 / a_round)) if a_round else len(batches) for v in problem.vehicles]
    rough = replace(effort, seconds=effort.seconds * 0.4 / TRIES)
    while True:
        slots = [Slot(*slot) for slot in rows_of(problem, batches, wishes, most, metres)]
        plan = _legs_planned(problem, slots, rough)
        over = _over(problem, plan)
        if not over or all(m <= 1 for m, v in zip(most, problem.vehicles, strict=True) if v.id in over):
            return plan, slots
        longest = max(len(slot.batches) for slot in slots if slot.vehicle.id in over)
        most = [min(m, max(longest - 1, 1)) if v.id in over else m for m, v in zip(most, problem.vehicles, strict=True)]


def _improved(problem: RunProblem, slots: Sequence[Slot], effort: Effort) -> list[Slot]:
    """The same rows with doors moved between batches; left alone where a door is split, hurried or has a window."""
    carried = [one for slot in slots for batch in slot.batches for one in batch]
    places = [door + FIRST_STOP for door, _ in carried]
    if len(set(places)) < len(places) or any(problem.stops[n].window or problem.stops[n].urgent for n, _ in carried):
        return list(slots)
    each = replace(effort, seconds=effort.seconds / sum(len(slot.batches) + 1 for slot in slots))
    rows = Rows([], {}, {door + FIRST_STOP: len(parcels) for door, parcels in carried}, [])
    for slot in slots:
        paths = [_path(problem, leg, slot.vehicle.capacity, each) for leg in _chain(slot.batches)]
        for n, batch in enumerate(slot.batches):
            rows.batch_of |= {door + FIRST_STOP: len(rows.legs) for door, _ in batch}
            rows.legs.append((paths[n], paths[n + 1]))
            rows.limit.append(slot.vehicle.capacity)
    improve(rows, problem.legs()[0])
    dealt: dict[int, list[Load]] = {}
    for one in carried:
        dealt.setdefault(rows.batch_of[one[0] + FIRST_STOP], []).append(one)
    count = iter(range(len(rows.legs)))
    return [
        replace(slot, batches=tuple(b for b in (tuple(dealt.get(next(count), ())) for _ in slot.batches) if b))
        for slot in slots
    ]


def _path(problem: RunProblem, leg: Leg, capacity: int, effort: Effort) -> Path:
    steps, _ = _ordered(problem, leg, capacity, 0, effort)
    doors = [door + FIRST_STOP for _, (door, _) in steps]
    return Path(leg.begin, leg.end, capacity, doors, [len(p) * (-1 if back else 1) for back, (_, p) in steps])


def _over(problem: RunProblem, plan: Plan) -> set[str]:
    """Vehicles that would still be out when their shift ends."""
    ends = {v.id: v.shift_minutes * 60 for v in problem.vehicles}
    return {tour.vehicle for tour in plan.tours if tour.seconds > ends[tour.vehicle]}


def _wishes(problem: RunProblem, batches: Sequence[Batch], a_round: float) -> Wishes:
    doors = [[problem.stops[n] for n, _ in batch] for batch in batches]
    windows = [[(60 * s.window[0], 60 * s.window[1]) for s in batch if s.window] for batch in doors]
    return Wishes([sum(stop.urgent for stop in batch) for batch in doors], windows, a_round)


def _round(problem: RunProblem, batches: Sequence[Batch], seconds: np.ndarray, goal: str) -> float:
    """About how many seconds one batch takes, fetched, filled and brought home."""
    minutes = problem.minutes
    size = sum(len(p) for batch in batches for _, p in batch) / len(batches)
    doors = sum(map(len, batches)) / len(batches)
    station = (minutes.station_fixed + minutes.station_each * size) * 60 if goal != "hours" else 0
    round_trip = 2 * float(np.median(seconds[FIRST_STOP:, STATION]))
    return doors * (minutes.collect + minutes.hand_back) * 60 + station + round_trip


def _legs_planned(problem: RunProblem, slots: Sequence[Slot], effort: Effort) -> Plan:
    legs = sum(len(slot.batches) + 1 for slot in slots)
    ways = 2 if effort.goal == "hours" else 1
    each = replace(effort, seconds=effort.seconds / max(legs * ways, 1))
    tours, late = [], []
    for slot in slots:
        tour, missed = _tour(problem, slot, each)
        tours.append(tour)
        late += missed
    return Plan(tuple(tours), (), tuple(dict.fromkeys(late)))


def _tour(problem: RunProblem, slot: Slot, effort: Effort) -> tuple[Tour, list[str]]:
    chain = _driven(problem, slot, _chain(slot.batches), effort, swap=False)
    if effort.goal != "hours" or len(slot.batches) < 2:
        return chain
    swap = _driven(problem, slot, _swap(slot.batches), effort, swap=True)
    return min((chain, swap), key=lambda made: (len(made[1]), made[0].seconds))


def _chain(batches: Sequence[Batch]) -> list[Leg]:
    middle = [Leg(STATION, STATION, back, fetch) for back, fetch in itertools.pairwise(batches)]
    return [Leg(DEPOT, STATION, (), batches[0]), *middle, Leg(STATION, DEPOT, batches[-1])]


def _swap(batches: Sequence[Batch]) -> list[Leg]:
    """The first two legs only fetch; from then on what was fetched two legs ago goes home."""
    backs: list[Batch] = [(), (), *batches]
    fetches: list[Batch] = [*batches, (), ()]
    legs = [Leg(STATION, STATION, back, fetch) for back, fetch in zip(backs, fetches, strict=True)]
    return [replace(legs[0], begin=DEPOT), *legs[1:-1], replace(legs[-1], end=DEPOT)]


def _driven(
    problem: RunProblem, slot: Slot, legs: Sequence[Leg], effort: Effort, *, swap: bool
) -> tuple[Tour, list[str]]:
    way = Way(problem, slot.vehicle, [Visit(problem.depot.id, 0)])
    there: dict[int, tuple[str, ...]] = {}
    ready: dict[int, float] = {}
    for n, leg in enumerate(legs):
        order, missed = _ordered(problem, leg, slot.vehicle.capacity, way.second, effort)
        way.late += missed
        for back, load in order:
            way.at_door(load, back)
        way.drive(leg.end)
        if leg.end == DEPOT:
            way.visits.append(Visit(problem.depot.id, way.second))
            continue
        fetched = tuple(p for _, parcels in leg.fetch for p in parcels)
        filling = 60 * (problem.minutes.station_fixed + problem.minutes.station_each * len(fetched))
        assert problem.station
        if swap:
            there[n], ready[n] = fetched, way.second + (filling if fetched else 0)
            takes = there.get(n - 1, ())
            way.visits.append(Visit(problem.station.id, way.second, takes, fetched))
            way.second = round(max(way.second, ready.get(n - 1, 0)))
        else:
            way.visits.append(Visit(problem.station.id, way.second))
            way.second += round(filling) if fetched else 0
    return Tour(slot.vehicle.id, slot.day, tuple(way.visits), way.driven, way.second), way.late


Step = tuple[bool, Load]
"""Whether it is handed back (or fetched), and the load."""


def _ordered(problem: RunProblem, leg: Leg, capacity: int, second: int, effort: Effort) -> tuple[list[Step], list[str]]:
    """The doors of a leg in a good order; where not every window can be kept, the doors that had to give way."""
    steps: list[Step] = [*((True, one) for one in leg.back), *((False, one) for one in leg.fetch)]
    if not steps:
        return [], []
    metres, seconds = problem.legs()
    missed: list[str] = []
    for strict in (True, False):
        tasks = tuple(_task(problem, step, second) for step in steps)
        if not strict:
            tasks = tuple(replace(t, prize=int(metres.max()) * 4 + 1000) if t.window else t for t in tasks)
        found = effort.engine(
            Problem(metres, seconds, 2, tasks, (Fleet(1, capacity, leg.begin, leg.end),)),
            seconds=effort.seconds, seed=effort.seed,
        )  # fmt: skip
        missed = [problem.stops[steps[t][1][0]].id for t in found.left]
        if found.feasible or not any(task.window for task in tasks):
            break
    route = found.routes[0].tasks if found.feasible and len(found.routes) == 1 else ()
    held = set(route)
    return [steps[t] for t in (*route, *(n for n in range(len(steps)) if n not in held))], missed


def _task(problem: RunProblem, step: Step, second: int) -> Task:
    back, (door, parcels) = step
    stop = problem.stops[door]
    window = None
    if back and stop.window:
        window = (max(round(stop.window[0] * 60) - second, 0), max(round(stop.window[1] * 60) - second, 0))
    work = problem.minutes.hand_back if back else problem.minutes.collect
    size = (len(parcels), 0) if back else (0, len(parcels))
    return Task(door + FIRST_STOP, *size, round(work * 60), window)
