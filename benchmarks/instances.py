"""Files of standard routing instances, read as a problem of the engine.

Two kinds are told apart by what stands in them, not by their names: VRPLIB (`KEY : value` lines and
`…_SECTION`s; with time windows too) and Solomon's tables. Upper or lower case, tabs, blank lines, the line
ends of any system and facts in any order are all read; what would change the problem and is not understood
is refused by name.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from zhegu.deliveries.rules.routing import Fleet, Problem, Task

TENTHS = 10
"""Problems with time windows count distances, windows and service in tenths, cut to whole numbers."""

Rows = list[list[float]]


class Unreadable(ValueError):
    """A file that is no instance, or one of a kind that is not understood."""


def read(path: Path) -> Problem:
    """The first place is the depot; tasks are the customers in the order of the file."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    return _solomon(text) if _is_solomon(text) else _vrplib(text)


def _is_solomon(text: str) -> bool:
    upper = text.upper()
    return "DIMENSION" not in upper and "_SECTION" not in upper and "CUST" in upper


def _numbers(line: str) -> list[float]:
    """The numbers of a line that holds nothing else."""
    try:
        return [float(word) for word in line.split()]
    except ValueError:
        return []


@dataclass(frozen=True)
class _Limits:
    """What bounds the routes, in the file's own units; of the depot first."""

    capacity: float
    vehicles: int
    demand: np.ndarray
    service: np.ndarray
    windows: np.ndarray | None = None
    longest: float | None = None


def _problem(legs: np.ndarray, scale: int, limits: _Limits) -> Problem:
    """Travel takes as long as it is far. Time begins when the depot opens."""
    windows, shift = None, None
    if limits.windows is not None:
        windows = np.rint((limits.windows - limits.windows[0][0]) * scale).astype(np.int64).clip(min=0)
        shift = int(windows[0][1])
    elif limits.longest is not None:
        shift = int(limits.longest * scale)
    demand = np.ceil(limits.demand).astype(np.int64)
    service = np.rint(limits.service * scale).astype(np.int64)
    tasks = tuple(
        Task(
            n, deliver=int(demand[n]), service=int(service[n]) if shift is not None else 0,
            window=(int(windows[n][0]), int(windows[n][1])) if windows is not None else None,
        )
        for n in range(1, len(legs))
    )
    seconds = np.zeros_like(legs) if shift is None else legs
    return Problem(legs, seconds, 1, tasks, (Fleet(limits.vehicles, int(limits.capacity), shift=shift),))


def _solomon(text: str) -> Problem:
    rows = [row for line in text.splitlines() if (row := _numbers(line))]
    fleet = next((row for row in rows if len(row) == 2), None)
    table = [row[:7] for row in rows if len(row) >= 7]
    if fleet is None or len(table) < 2:
        raise Unreadable("no number of vehicles with their capacity, or no customers")
    at = np.array(table)
    limits = _Limits(
        capacity=fleet[1], vehicles=int(fleet[0]), demand=at[:, 3], service=at[:, 6], windows=at[:, 4:6]
    )
    return _problem(_cut(_straight(at[:, 1:3]) * TENTHS), TENTHS, limits)


def _straight(at: np.ndarray) -> np.ndarray:
    apart = at[:, None, :] - at[None, :, :]
    return np.sqrt((apart**2).sum(axis=2))


def _cut(legs: np.ndarray) -> np.ndarray:
    return np.floor(legs).astype(np.int64)


def _nearest(legs: np.ndarray) -> np.ndarray:
    return np.floor(legs + 0.5).astype(np.int64)


def _up(legs: np.ndarray) -> np.ndarray:
    return np.ceil(legs).astype(np.int64)


ROUNDED: dict[str, tuple[int, Callable[[np.ndarray], np.ndarray]]] = {
    "EUC_2D": (1, _nearest), "CEIL_2D": (1, _up), "FLOOR_2D": (1, _cut), "EXACT_2D": (1000, _nearest),
}
UNDERSTOOD = {"NODE_COORD", "DEMAND", "DEPOT", "EDGE_WEIGHT", "TIME_WINDOW", "SERVICE_TIME", "DISPLAY_DATA"}
SECTION = re.compile(r"(\w+?)_SECTION\b\s*:?(.*)")
FACT = re.compile(r"([A-Z_]+)\s*(?::\s*|\s)(.*)")


@dataclass
class _File:
    """A VRPLIB file taken apart: facts and sections by name in upper case."""

    facts: dict[str, str] = field(default_factory=dict)
    sections: dict[str, Rows] = field(default_factory=dict)

    def number(self, name: str, otherwise: float | None = None) -> float:
        found = _numbers(self.facts.get(name, ""))
        if found:
            return found[0]
        if otherwise is None:
            raise Unreadable(f"no {name}")
        return otherwise

    def stream(self, section: str) -> list[float]:
        return [number for row in self.sections.get(section, []) for number in row]

    def nodes(self) -> list[int]:
        """Numbers of the places in the order of the file."""
        for section in ("NODE_COORD", "DEMAND"):
            if rows := self.sections.get(section):
                found = [int(row[0]) for row in rows]
                break
        else:
            raise Unreadable("neither NODE_COORD_SECTION nor DEMAND_SECTION")
        if len(set(found)) < max(len(found), self.number("DIMENSION", 0)):
            raise Unreadable(f"{len(set(found))} different places where more are announced")
        return found

    def depot(self, nodes: list[int]) -> int:
        """Where the depot stands in `nodes`."""
        named = [int(number) for number in self.stream("DEPOT") if number >= 0] or nodes[:1]
        if len(named) != 1 or named[0] not in nodes:
            raise Unreadable("not one depot that is among the places")
        return nodes.index(named[0])

    def column(self, section: str, nodes: list[int], width: int = 1) -> np.ndarray | None:
        """What a section says of each of `nodes`, whatever the order of its lines; nothing said is 0."""
        if section not in self.sections:
            return None
        said = {int(row[0]): row[1 : width + 1] for row in self.sections[section]}
        if any(len(row) < width for row in said.values()):
            raise Unreadable(f"a line of {section}_SECTION is too short")
        return np.array([said.get(node, [0.0] * width) for node in nodes])


def _vrplib(text: str) -> Problem:
    file = _taken_apart(text)
    nodes = file.nodes()
    depot = file.depot(nodes)
    order = [depot, *(n for n in range(len(nodes)) if n != depot)]
    legs, scale = _legs(file, nodes)
    limits = _limits(file, [nodes[n] for n in order])
    return _problem(legs[np.ix_(order, order)], scale, limits)


def _taken_apart(text: str) -> _File:
    file, rows = _File(), None
    for line in (line.split("#")[0].strip().upper() for line in text.splitlines()):
        if line.rstrip(": ") == "EOF":
            break
        if section := SECTION.match(line):
            if section[1] not in UNDERSTOOD:
                raise Unreadable(f"{section[1]}_SECTION is not understood")
            rows = file.sections.setdefault(section[1], [])
            line = section[2].strip()
        if row := _numbers(line):
            if rows is None:
                raise Unreadable(f"numbers outside a section: {line[:40]}")
            rows.append(row)
        elif fact := FACT.match(line):
            file.facts[fact[1]] = fact[2].strip()
        elif line:
            raise Unreadable(f"not understood: {line[:40]}")
    return file


def _limits(file: _File, nodes: list[int]) -> _Limits:
    demand = file.column("DEMAND", nodes)
    if demand is None:
        raise Unreadable("no DEMAND_SECTION")
    service = file.column("SERVICE_TIME", nodes)
    if service is None:
        service = np.full((len(nodes), 1), file.number("SERVICE_TIME", 0))
    return _Limits(
        capacity=file.number("CAPACITY"), vehicles=int(file.number("VEHICLES", len(nodes) - 1)),
        demand=demand[:, 0], service=service[:, 0], windows=file.column("TIME_WINDOW", nodes, 2),
        longest=file.number("DISTANCE") if "DISTANCE" in file.facts else None,
    )


def _legs(file: _File, nodes: list[int]) -> tuple[np.ndarray, int]:
    """Whole distances, and by what they were multiplied."""
    kind, timed = file.facts.get("EDGE_WEIGHT_TYPE", "EUC_2D"), "TIME_WINDOW" in file.sections
    if kind == "EXPLICIT":
        legs = _explicit(file.stream("EDGE_WEIGHT"), file.facts.get("EDGE_WEIGHT_FORMAT", ""), len(nodes))
        whole = bool((legs == np.rint(legs)).all())
        return (_cut(legs * TENTHS), TENTHS) if timed and not whole else (_nearest(legs), 1)
    at = file.column("NODE_COORD", nodes, 2)
    if kind not in ROUNDED or at is None:
        raise Unreadable(f"EDGE_WEIGHT_TYPE {kind} is not understood, or its coordinates are missing")
    scale, rounded = (TENTHS, _cut) if timed else ROUNDED[kind]
    return rounded(_straight(at) * scale), scale


def _explicit(stream: list[float], layout: str, n: int) -> np.ndarray:
    """A matrix from its numbers in a row, however they were broken into lines."""
    shape = re.fullmatch(r"(UPPER|LOWER)_(?:DIAG_)?(ROW|COL)", layout)
    if layout == "FULL_MATRIX" and len(stream) == n * n:
        return np.array(stream).reshape(n, n)
    diagonal = {n * (n - 1) // 2: False, n * (n + 1) // 2: True}.get(len(stream))
    if shape is None or diagonal is None:
        raise Unreadable(f"EDGE_WEIGHT_FORMAT {layout} with {len(stream)} numbers for {n} places")
    below = (shape[1], shape[2]) in {("LOWER", "ROW"), ("UPPER", "COL")}
    places = np.tril_indices(n, 0 if diagonal else -1) if below else np.triu_indices(n, 0 if diagonal else 1)
    half = np.zeros((n, n))
    half[places] = stream
    return np.maximum(half, half.T)
