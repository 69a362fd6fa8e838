"""What a workbook says, as plain values: people, households, and every place that needs a look. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from zhegu.registers.rules.grids import GridName
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.ids import IdReading
from zhegu.registers.rules.layout import Column
from zhegu.registers.rules.notes import Need

RESIDENT, INCOMER = "resident", "incomer"


class Reason(StrEnum):
    """Why a place is listed."""

    ID_CHECK_DIGIT = "id_check_digit"
    ID_LOST_DIGITS = "id_lost_digits"
    ID_MISSING = "id_missing"
    PHONE_INVALID = "phone_invalid"
    PHONE_MISSING = "phone_missing"
    BIRTH_UNREADABLE = "birth_unreadable"
    BIRTH_DIFFERS = "birth_differs_from_id"
    NO_GRID = "no_grid"
    NAME_MISSING = "name_missing"


@dataclass(frozen=True)
class Spot:
    """A place in a workbook: `row` as Excel shows it (from 1), `column` the header word; `value` as typed."""

    sheet: str
    row: int
    column: str = ""
    reason: str = ""
    value: Any = ""
    workbook: str = ""


@dataclass
class HouseholdRead:
    """A household as the workbook names it."""

    no: str = ""
    head: str = ""
    grid: GridName | None = None
    address: str = ""
    order: int = 0


@dataclass
class PersonRead:
    """One person as the workbook tells it, after reading."""

    spot: Spot
    name: str
    name_bo: str = ""
    nickname: str = ""
    sex: str = ""
    birth: date | None = None
    birth_year: int | None = None
    id: IdReading = field(default_factory=IdReading)
    phone: str = ""
    more_phones: tuple[str, ...] = ()
    grid: GridName | None = None
    household: HouseholdRead | None = None
    relation: str = ""
    residence: str = RESIDENT
    note: str = ""
    needs: frozenset[Need] = frozenset()
    tells: frozenset[Role] = frozenset()
    """The parts the workbook has a column for; the others stay as the register has them."""


@dataclass(frozen=True)
class SheetRead:
    """How one sheet was understood, for a person to confirm or correct."""

    name: str
    used: bool
    why: str
    header_row: int = 0
    columns: tuple[Column, ...] = ()
    listing: bool = False
    residence: str = RESIDENT
    grid: GridName | None = None
    people: int = 0


@dataclass
class Reading:
    """A whole workbook, read."""

    workbook: str = ""
    rows: int = 0
    people: list[PersonRead] = field(default_factory=list)
    households: list[HouseholdRead] = field(default_factory=list)
    warnings: list[Spot] = field(default_factory=list)
    rejected: list[Spot] = field(default_factory=list)
    shared: dict[str, list[Spot]] = field(default_factory=dict)
    """Each valid number met twice or more → its rows, the first one first."""
    shared_names: dict[str, list[str]] = field(default_factory=dict)
    """The names that stand in those rows."""
    sheets: list[SheetRead] = field(default_factory=list)

    @property
    def duplicates(self) -> list[list[Spot]]:
        """The rows of each number met twice or more."""
        return list(self.shared.values())

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of residence this workbook lists."""
        return frozenset(sheet.residence for sheet in self.sheets if sheet.used) | {p.residence for p in self.people}

    def by_grid(self) -> dict[str, int]:
        """People per grid, by number, then by name."""
        counts: dict[str, int] = {}
        for person in self.people:
            if person.grid:
                counts[person.grid.key] = counts.get(person.grid.key, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (not item[0].isdigit(), item[0].zfill(4))))

    def without_grid(self) -> int:
        return sum(person.grid is None for person in self.people)


def everyone(readings: Sequence[Reading]) -> list[PersonRead]:
    """The people of all workbooks; who stands in two with the same valid number counts once, the first time."""
    met: set[str] = set()
    found = []
    for reading in readings:
        for person in reading.people:
            if person.id.valid and person.id.text in met:
                continue
            if person.id.valid:
                met.add(person.id.text)
            found.append(person)
    return found
