"""Figures: each one name, one definition, one unit, and the one place it is read from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhegu.lib.tables import Kind

COUNTED = ("people", "households", "vehicles", "times", "requests", "cylinders", "slips", "days", "m2")
UNITS = dict.fromkeys(COUNTED, Kind.COUNT) | {"share": Kind.PERCENT, "yuan": Kind.MONEY, "litres": Kind.NUMBER}
DAY, OUTBREAK = "day", "outbreak"
SUM, LAST, PEAK = "sum", "last", "peak"
Number = int | float


class BadFigure(ValueError):
    """A line of the figures' list that cannot be used."""


@dataclass(frozen=True)
class FigureSpec:
    """Where a figure is read: the totals of a ledger, or a figure a room offers; several keys are added up.

    `over` says which days a ledger of some days is asked for: the day alone, or since the outbreak began.
    `outer` is its name on the upper office's daily report, empty where that has none. `gathers` says what it is of
    some days: the sum of theirs, the last of them, or the highest.
    """

    name: str
    unit: str
    source: str
    keys: tuple[str, ...]
    over: str
    gathers: str
    outer: str

    @property
    def kind(self) -> Kind:
        return UNITS[self.unit]

    @property
    def room(self) -> str:
        """The room that knows it."""
        return self.source.partition(".")[0]

    @property
    def label(self) -> str:
        return f"reports.figure_{self.name}"

    @property
    def means(self) -> str:
        return f"reports.means_{self.name}"


@dataclass(frozen=True)
class Told:
    """A figure with its value; None where nobody knows. `approved`: it is what was reported for its day or its days."""

    spec: FigureSpec
    value: Any
    approved: bool = False

    @property
    def room(self) -> str:
        return self.spec.room


def figures_from(rows: Iterable[Mapping[str, str]]) -> tuple[FigureSpec, ...]:
    """The list of figures; raises BadFigure naming the line that is wrong."""
    found = []
    for row in rows:
        keys = tuple(row["keys"].split("|"))
        spec = FigureSpec(row["figure"], row["unit"], row["source"], keys, row["over"], row["gathers"], row["outer"])
        if spec.unit not in UNITS or spec.over not in (DAY, OUTBREAK) or spec.gathers not in (SUM, LAST, PEAK) or not all(keys):
            raise BadFigure(spec.name)
        if any(spec.name == one.name for one in found):
            raise BadFigure(f"{spec.name} stands twice")
        found.append(spec)
    return tuple(found)


def added(values: Mapping[str, Any] | None, keys: Iterable[str]) -> Any:
    """The sum of what is known under these names; None where nothing is."""
    known = [values[key] for key in keys if values is not None and values.get(key) is not None]
    return sum(known[1:], known[0]) if known else None


def gathered(how: str, days: Sequence[Any]) -> Any:
    """What a figure is of some days, from what it was on each, in their order; None where nobody knows."""
    if how == LAST:
        return days[-1]
    known = [one for one in days if one is not None]
    if not known:
        return None
    return max(known) if how == PEAK else sum(known[1:], known[0])
