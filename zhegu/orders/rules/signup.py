"""What a sign-up says once it is read: entries, their lines, and why a person must look. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Doubt(StrEnum):
    """Why a person must look at an entry: what a careful clerk could not know from what is written."""

    NO_QUANTITY = "no_quantity"
    RANGE = "range"
    MONEY = "money"
    NO_UNIT = "no_unit"
    NO_ITEM = "no_item"
    TWO_QUANTITIES = "two_quantities"
    SAME_AS = "same_as"
    NO_DOOR = "no_door"
    DOOR_UNSURE = "door_unsure"
    LETTERS = "letters"
    BROKEN_PHONE = "broken_phone"
    TWO_PHONES = "two_phones"
    NO_STRENGTH = "no_strength"
    WHICH_DRUG = "which_drug"
    TWO_GRIDS = "two_grids"
    TWO_HOUSEHOLDS = "two_households"
    NAME_UNSURE = "name_unsure"
    WANTED_AGAIN = "wanted_again"
    REMARK = "remark"
    LOOSE_NUMBER = "loose_number"
    COLUMNS = "columns"
    PARTLY_REFUNDED = "partly_refunded"
    ONLY_EARLIER = "only_earlier"
    CHANGE_UNCLEAR = "change_unclear"
    TWICE = "twice"
    LOOSE_LINE = "loose_line"
    NO_HOUSEHOLD = "no_household"
    SEVERAL_HOUSEHOLDS = "several_households"


OF_WHAT_IS_WANTED = frozenset(
    {Doubt.NO_QUANTITY, Doubt.NO_UNIT, Doubt.NO_ITEM, Doubt.NO_STRENGTH, Doubt.WHICH_DRUG, Doubt.NO_DOOR, Doubt.REMARK, Doubt.LOOSE_NUMBER, Doubt.NO_HOUSEHOLD, Doubt.SEVERAL_HOUSEHOLDS}
)
"""These do not matter any more once nothing is wanted."""


@dataclass
class Wanted:
    """One thing wanted; what could not be known is None."""

    item: str | None
    quantity: float | None = None
    unit: str | None = None
    spec: str = ""

    def shown(self) -> dict[str, Any]:
        """As the command prints it."""
        row: dict[str, Any] = {"item": self.item, "quantity": figure(self.quantity), "unit": self.unit}
        return row | {"spec": self.spec} if self.spec else row


@dataclass
class Entry:
    """One household's sign-up. `source` are the lines it was read from, `doubts` why a person must look."""

    no: int | None = None
    name: str | None = None
    grid: str | None = None
    door: str | None = None
    phone: str | None = None
    lines: list[Wanted] = field(default_factory=list)
    cancelled: bool = False
    doubts: list[Doubt] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    household: str | None = None
    match: str | None = None
    among: list[str] = field(default_factory=list)
    """Households that fit equally well: one is chosen by a person."""
    words: str = ""
    """The lines as they were written, for whoever must look."""

    def doubt(self, why: Doubt) -> None:
        """Says why a person must look; once each."""
        if why not in self.doubts:
            self.doubts.append(why)

    @property
    def why(self) -> list[Doubt]:
        """The doubts that still matter."""
        return [one for one in self.doubts if not (self.cancelled and one in OF_WHAT_IS_WANTED)]

    @property
    def needs_check(self) -> bool:
        return bool(self.why)

    @property
    def note(self) -> str:
        return " ".join(dict.fromkeys(self.notes))

    def shown(self) -> dict[str, Any]:
        """As the command prints it."""
        return {
            "no": self.no, "name": self.name, "grid": self.grid, "door": self.door, "phone": self.phone,
            "household": self.household, "match": self.match, "lines": [line.shown() for line in self.lines],
            "cancelled": self.cancelled, "needs_check": self.needs_check, "why": list(self.why), "note": self.note,
        }  # fmt: skip


@dataclass(frozen=True)
class Unread:
    """A line that wants something and could not be put anywhere."""

    line: int
    text: str


@dataclass
class SignUp:
    """A whole list, read."""

    title: str | None = None
    entries: list[Entry] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        """As the command prints it."""
        return {
            "title": self.title, "entries": [entry.shown() for entry in self.entries], "totals": totals(self.entries),
            "unread": [{"line": one.line, "text": one.text} for one in self.unread],
        }  # fmt: skip


def figure(number: float | None) -> float | int | None:
    """2.0 is 2."""
    if number is None:
        return None
    number = round(number, 4)
    return int(number) if number == int(number) else number


JIN_IN_KILO = 2


def totals(entries: list[Entry]) -> dict[str, float | int]:
    """How much of each thing is wanted: known quantities of what was not cancelled.

    公斤 count as 2 斤; a thing met in several units is split, 白菜(斤) and 白菜(颗).
    """
    sums: dict[str, dict[str | None, float]] = defaultdict(lambda: defaultdict(float))
    for entry in entries:
        for line in entry.lines if not entry.cancelled else ():
            if line.item and line.quantity is not None:
                unit, by = ("斤", JIN_IN_KILO) if line.unit == "公斤" else (line.unit, 1)
                sums[line.item][unit] += line.quantity * by
    found: dict[str, Any] = {}
    for item, by_unit in sums.items():
        for unit, quantity in by_unit.items():
            found[item if len(by_unit) == 1 else f"{item}({unit or '?'})"] = figure(quantity)
    return found
