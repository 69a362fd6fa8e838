"""A run to be planned: places on a plane in metres, doors with parcels, vehicles, minutes and speeds."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np

FARTHEST = 41_000_000
"""Metres: a little more than once round the earth."""
MOST = 1_000_000
"""Of pieces, minutes and kilometres an hour: more than that is a slip of the pen, and the engine counts in whole numbers."""
MOST_DETOUR, LEAST_KMH = 100, 1


class BadProblem(ValueError):
    """What is wrong with a problem: `where` (`stops[3].at`) and a reason, a key of the text catalogue."""

    def __init__(self, where: str, reason: str):
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class RunKind(StrEnum):
    """What a run does at the doors."""

    DELIVER = "deliver"
    COLLECT = "collect"
    REFILL = "collect-process-return"


Point = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """A place of the run itself: where vehicles stand, or where things are processed."""

    id: str
    at: Point


@dataclass(frozen=True)
class Stop:
    """A door. `window`: minutes of the shift within which somebody can be met there."""

    id: str
    at: Point
    parcels: tuple[str, ...]
    window: tuple[float, float] | None = None
    urgent: bool = False


@dataclass(frozen=True)
class Vehicle:
    """How many parcels it holds, and how long it is at work in a day (minutes)."""

    id: str
    capacity: int
    shift_minutes: float


@dataclass(frozen=True)
class Minutes:
    """Minutes at a door, and at the station: so many a visit and so many for each parcel."""

    collect: float = 3
    hand_back: float = 3
    station_fixed: float = 8
    station_each: float = 1.2


@dataclass(frozen=True)
class Speeds:
    """Kilometres an hour on legs shorter than `far_from_m` metres, and on longer ones."""

    near: float = 15
    far: float = 40
    far_from_m: float = 3000


@dataclass(frozen=True)
class RunProblem:
    """Everything a plan needs. A leg is round(straight line × `detour`) metres."""

    kind: RunKind
    depot: Spot
    station: Spot | None
    detour: float
    stops: tuple[Stop, ...]
    vehicles: tuple[Vehicle, ...]
    minutes: Minutes
    speeds: Speeds

    def legs(self) -> tuple[np.ndarray, np.ndarray]:
        """Metres and seconds between depot (0), station (1, the depot where there is none) and stops (2…)."""
        return self._legs

    @cached_property
    def _legs(self) -> tuple[np.ndarray, np.ndarray]:
        at = np.array([self.depot.at, (self.station or self.depot).at, *(s.at for s in self.stops)], dtype=float)
        apart = at[:, None, :] - at[None, :, :]
        metres = np.floor(np.hypot(apart[..., 0], apart[..., 1]) * self.detour + 0.5).astype(np.int64)
        kmh = np.where(metres < self.speeds.far_from_m, self.speeds.near, self.speeds.far)
        return metres, np.ceil(metres * 3.6 / kmh).astype(np.int64)


def read_problem(plain: Any) -> RunProblem:
    """The problem of a JSON object; raises BadProblem naming the field."""
    whole = _object(plain, "problem")
    kind = whole.get("kind")
    if kind not in list(RunKind):
        raise BadProblem("kind", "deliveries.bad_kind")
    stops = tuple(_stop(row, f"stops[{n}]") for n, row in enumerate(_list(whole, "stops")))
    vehicles = tuple(_vehicle(row, f"vehicles[{n}]") for n, row in enumerate(_list(whole, "vehicles")))
    station = whole.get("station")
    if kind == RunKind.REFILL and station is None:
        raise BadProblem("station", "deliveries.station_needed")
    if not vehicles:
        raise BadProblem("vehicles", "deliveries.vehicle_needed")
    problem = RunProblem(
        RunKind(kind), _spot(whole.get("depot"), "depot"), None if station is None else _spot(station, "station"),
        _number(whole.get("detour", 1.3), "detour", above=0, most=MOST_DETOUR), stops, vehicles,
        _minutes(_object(whole.get("minutes", {}), "minutes")), _speeds(_object(whole.get("kmh", {}), "kmh")),
    )  # fmt: skip
    _names_are_clear(problem)
    return problem


def _names_are_clear(problem: RunProblem) -> None:
    spots = [problem.depot.id, *([problem.station.id] if problem.station else []), *(s.id for s in problem.stops)]
    for where, names in (
        ("stops", spots), ("vehicles", [v.id for v in problem.vehicles]),
        ("parcels", [p for s in problem.stops for p in s.parcels]),
    ):  # fmt: skip
        twice = [name for name, times in Counter(names).items() if times > 1]
        if twice:
            raise BadProblem(f"{where} {twice[0]}", "deliveries.name_twice")


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadProblem(where, "deliveries.not_an_object")
    return value


def _list(whole: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = whole.get(name)
    if not isinstance(value, list):
        raise BadProblem(name, "deliveries.not_a_list")
    return value


def _number(
    value: Any, where: str, *, above: float | None = None, least: float | None = None, most: float = MOST
) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadProblem(where, "deliveries.not_a_number")
    if (above is not None and value <= above) or (least is not None and value < least):
        raise BadProblem(where, "deliveries.too_small")
    if abs(value) > most:
        raise BadProblem(where, "deliveries.too_large")
    return value


def _yes(value: Any, where: str) -> bool:
    """`true` or `false`: a word like "no" is no answer, and must not count as one."""
    if not isinstance(value, bool):
        raise BadProblem(where, "deliveries.not_yes_or_no")
    return value


def _name(value: Any, where: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise BadProblem(where, "deliveries.name_missing")
    return str(value)


def _point(value: Any, where: str, most: float = FARTHEST) -> Point:
    if not isinstance(value, list) or len(value) != 2:
        raise BadProblem(where, "deliveries.not_a_place")
    return _number(value[0], where, most=most), _number(value[1], where, most=most)


def _spot(value: Any, where: str) -> Spot:
    row = _object(value, where)
    return Spot(_name(row.get("id"), f"{where}.id"), _point(row.get("at"), f"{where}.at"))


def _stop(value: Any, where: str) -> Stop:
    row = _object(value, where)
    window = row.get("window")
    if window is not None:
        window = _point(window, f"{where}.window", MOST)
        if window[0] > window[1]:
            raise BadProblem(f"{where}.window", "deliveries.window_ends_first")
    parcels = tuple(_name(p, f"{where}.parcels") for p in _list(row, "parcels"))
    return Stop(
        _name(row.get("id"), f"{where}.id"), _point(row.get("at"), f"{where}.at"), parcels, window,
        _yes(row.get("urgent", False), f"{where}.urgent"),
    )  # fmt: skip


def _vehicle(value: Any, where: str) -> Vehicle:
    row = _object(value, where)
    return Vehicle(
        _name(row.get("id"), f"{where}.id"), int(_number(row.get("capacity"), f"{where}.capacity", least=1)),
        _number(row.get("shift_minutes", 600), f"{where}.shift_minutes", above=0),
    )  # fmt: skip


def _minutes(row: Mapping[str, Any]) -> Minutes:
    usual = Minutes()
    names = {"collect": "collect", "return": "hand_back", "station_fixed": "station_fixed", "station_each": "station_each"}
    return Minutes(**{
        ours: _number(row.get(theirs, getattr(usual, ours)), f"minutes.{theirs}", least=0)
        for theirs, ours in names.items()
    })  # fmt: skip


def _speeds(row: Mapping[str, Any]) -> Speeds:
    usual = Speeds()
    near = _number(row.get("near", usual.near), "kmh.near", least=LEAST_KMH)
    far = _number(row.get("far", usual.far), "kmh.far", least=LEAST_KMH)
    return Speeds(near, far, _number(row.get("far_from_m", usual.far_from_m), "kmh.far_from_m", least=0))
