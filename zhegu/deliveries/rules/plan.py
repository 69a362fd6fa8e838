"""What a plan is: visits from depot to depot, by vehicle and day; and the answer as it is told."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhegu.deliveries.rules.problem import RunKind, RunProblem
from zhegu.deliveries.rules.routing import Engine


@dataclass(frozen=True)
class Visit:
    """At a place, from a second of the day's shift on: what is taken on board, what is handed over."""

    at: str
    second: int
    collect: tuple[str, ...] = ()
    hand_back: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tour:
    """What one vehicle does on one day, from depot to depot."""

    vehicle: str
    day: int
    visits: tuple[Visit, ...]
    metres: int
    seconds: int


@dataclass(frozen=True)
class Unplanned:
    """A door that no vehicle can serve, and why (`shift`, `window`, `capacity`)."""

    stop: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """`late`: doors with a window that is not kept, told so that somebody can call them."""

    tours: tuple[Tour, ...]
    unplanned: tuple[Unplanned, ...] = ()
    late: tuple[str, ...] = ()

    @property
    def metres(self) -> int:
        return sum(tour.metres for tour in self.tours)

    @property
    def days(self) -> int:
        return max((tour.day for tour in self.tours), default=0)


@dataclass(frozen=True)
class Effort:
    """How long to think (seconds of CPU), with which seed and which engine; `goal` is `km` or `hours`."""

    engine: Engine
    seconds: float = 10
    seed: int = 1
    goal: str = "km"


def answer(problem: RunProblem, plan: Plan) -> dict[str, Any]:
    """The plan as JSON: kilometres, hours a vehicle, visits in order, what could not be planned and why."""
    vehicles = []
    for vehicle in problem.vehicles:
        tours = sorted((t for t in plan.tours if t.vehicle == vehicle.id), key=lambda t: t.day)
        visits = [_visit(visit, tour.day) for tour in tours for visit in tour.visits]
        vehicles.append({"id": vehicle.id, "visits": visits})
    return {
        "km": round(plan.metres / 1000, 3),
        "hours": {v.id: _hours(plan.tours, v.id) for v in problem.vehicles},
        "days": plan.days,
        "more_than_one_day": plan.days > 1,
        "trips": trips(problem, plan.tours),
        "vehicles": vehicles,
        "unplanned": [{"stop": one.stop, "reason": one.reason} for one in plan.unplanned],
        "late": list(plan.late),
    }


def _visit(visit: Visit, day: int) -> dict[str, Any]:
    return {
        "at": visit.at, "collect": list(visit.collect), "return": list(visit.hand_back), "day": day,
        "minute": round(visit.second / 60, 1),
    }  # fmt: skip


def _hours(tours: Sequence[Tour], vehicle: str) -> float:
    return round(sum(t.seconds for t in tours if t.vehicle == vehicle) / 3600, 2)


def trips(problem: RunProblem, tours: Sequence[Tour]) -> int:
    """How often the far end is driven to: the station, or the depot to load again."""
    end = (problem.station or problem.depot).id
    return sum(sum(v.at == end for v in tour.visits[1:]) for tour in tours)


A_TENTH = 0.1
"""Minutes are told to a tenth."""


def faults(problem: RunProblem, told: Mapping[str, Any]) -> list[str]:
    """What a plan, as it was told, does wrong: counted afresh, knowing nothing of how it was made.

    Every parcel of every planned door is carried exactly once and ends where it belongs (of a door left out, at most
    once: it may have more than fits); a cylinder comes
    back to its own door, after a station; no vehicle ever holds more than it can; windows are kept; tours run from depot to
    depot; the kilometres add up.
    """
    left_out = {one["stop"] for one in told["unplanned"]}
    owner = {parcel: stop.id for stop in problem.stops for parcel in stop.parcels}
    seen: dict[str, list[str]] = {parcel: [] for parcel in owner}
    wrong: list[str] = []
    metres = 0
    for entry in told["vehicles"]:
        vehicle = next(v for v in problem.vehicles if v.id == entry["id"])
        metres += _follow(problem, vehicle.capacity, entry["visits"], owner, seen, wrong)
    steps = {
        RunKind.REFILL: ["collected", "station", "handed back"], RunKind.COLLECT: ["collected", "brought"],
        RunKind.DELIVER: ["loaded", "handed back"],
    }[problem.kind]  # fmt: skip
    wrong += [
        f"{parcel}: {' > '.join(done)}" for parcel, done in seen.items()
        if done != steps and not (done == [] and owner.get(parcel) in left_out)
    ]  # fmt: skip
    if abs(metres / 1000 - told["km"]) > 0.01:
        wrong.append(f"km {told['km']}, driven {metres / 1000}")
    return wrong


def _follow(
    problem: RunProblem, capacity: int, visits: Sequence[Mapping[str, Any]], owner: Mapping[str, str],
    seen: dict[str, list[str]], wrong: list[str],
) -> int:  # fmt: skip
    if not visits:
        return 0
    metres, _ = problem.legs()
    station = problem.station.id if problem.station else None
    refill_at = station if problem.kind == RunKind.REFILL else None
    number = {problem.depot.id: 0, **({station: 1} if station else {})}
    number |= {stop.id: n for n, stop in enumerate(problem.stops, 2)}
    windows = {stop.id: stop.window for stop in problem.stops}
    board: set[str] = set()
    if visits[0]["at"] != problem.depot.id or visits[-1]["at"] != problem.depot.id:
        wrong.append("a tour does not run from depot to depot")
    for visit in visits:
        at = visit["at"]
        window = windows.get(at)
        handed = visit["collect"] if problem.kind == RunKind.COLLECT else visit["return"]
        if window and handed and not window[0] - A_TENTH <= visit["minute"] <= window[1] + A_TENTH:
            wrong.append(f"{at} outside its window, minute {visit['minute']}")
        for parcel in visit["return"]:
            if parcel not in board:
                wrong.append(f"{parcel} handed over at {at}, not on board")
            board.discard(parcel)
            seen.setdefault(parcel, []).append(_handed(at, owner.get(parcel), refill_at))
        for parcel in visit["collect"]:
            board.add(parcel)
            if at != station:
                seen.setdefault(parcel, []).append("collected" if at == owner.get(parcel) else "loaded")
        if at == station and problem.kind == RunKind.REFILL:
            for parcel in board - set(visit["collect"]):
                if seen.get(parcel) == ["collected"]:
                    seen[parcel].append("station")
        if len(board) > capacity:
            wrong.append(f"{len(board)} on board at {at}")
    if board:
        wrong.append(f"{len(board)} left on board")
    return sum(int(metres[number[a["at"]], number[b["at"]]]) for a, b in itertools.pairwise(visits))


def _handed(at: str, owner: str | None, station: str | None) -> str:
    if at == owner:
        return "handed back"
    return "station" if at == station else "brought"
