"""A truck drives no further: what was done stays, its doors go to the end of the others' ways. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhegu.deliveries.rules.problem import RunKind, RunProblem


@dataclass(frozen=True)
class Carried:
    """A thing of the truck that stopped: its number, its door's, and how far it came."""

    no: int
    stop: int
    on_board: bool
    """Held by somebody of that truck, or at the station for it; else where it was when the run began."""
    ready: bool
    """It needs no station any more: filled, or known not to be."""


def still_to_fetch(problem: RunProblem, things: Iterable[Carried]) -> RunProblem:
    """The same run with only those doors and things of which nothing has happened yet."""
    left = {str(one.no) for one in things if not one.on_board}
    stops = (replace(stop, parcels=tuple(p for p in stop.parcels if p in left)) for stop in problem.stops)
    return replace(problem, stops=tuple(stop for stop in stops if stop.parcels))


def taken_over(kind: RunKind, things: Sequence[Carried]) -> list[dict[str, Any]]:
    """The visits of whoever takes over what is on board: to the station with what is not filled, then door by door;
    what was only fetched goes to the depot."""
    board = [one for one in things if one.on_board]
    if not board:
        return []
    if kind == RunKind.COLLECT:
        return [_visit("depot", back=[one.no for one in board])]
    empty = [one.no for one in board if not one.ready]
    visits = [_visit("station", take=empty, back=empty)] if kind == RunKind.REFILL and empty else []
    doors: dict[int, list[int]] = {}
    for one in sorted(board, key=lambda thing: (thing.stop, thing.no)):
        doors.setdefault(one.stop, []).append(one.no)
    return visits + [_visit(str(stop), back=numbers) for stop, numbers in doors.items()]


def _visit(at: str, take: Sequence[int] = (), back: Sequence[int] = ()) -> dict[str, Any]:
    return {"at": at, "collect": list(take), "return": list(back), "day": 1, "minute": 0}


def behind(end: Mapping[str, int], visits: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Visits moved behind the end of a way that is there already (`position`, `day`, `minute` of its last step)."""
    return [
        {
            **visit, "position": end["position"] + n, "day": end["day"] + visit["day"] - 1,
            "minute": round(visit["minute"]) + (end["minute"] if visit["day"] == 1 else 0),
        }
        for n, visit in enumerate(visits, 1)
    ]  # fmt: skip
