"""How figures of communities become those of a town, a county, a prefecture; and what a parcel of them may hold. Pure."""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from zhegu.lib.clock import LOCAL

Number = int | float
Figures = Mapping[str, Number | None]
LEVELS = (4, 6, 9, 12)
"""Lengths of the codes of prefecture, county, town and community (GB/T 2260, GB/T 10114)."""
COMMUNITY = LEVELS[-1]
SMALL, STEP = 7, 5
"""Above the community counts of people from 1 to 7 are not shown and others are rounded to the nearest 5, each by
itself, so that no sum gives a small one away (disclosure control of Hospital Episode Statistics, NHS Digital, September
2018). Stricter than privacy P9, which asks for those below 5."""
HIDDEN = "small"
"""What stands where a count is too small to be shown."""


class How(StrEnum):
    """What figures of several places come to: their sum, the least, or one sum in another."""

    SUM = "sum"
    LEAST = "least"
    RATIO = "ratio"


class BadMeasure(ValueError):
    """A line of the list of measures that cannot be used."""


@dataclass(frozen=True)
class Measure:
    """A figure as it goes up: how several come together, and whether few people could be told by it."""

    name: str
    unit: str
    label: str
    how: How
    parts: tuple[str, ...] = ()
    small: bool = True


def measure(name: str, unit: str, label: str, row: Mapping[str, str] | None) -> Measure | None:
    """How it goes up. One without a line is summed and guarded where it counts, else it stays where it is (None)."""
    if row is None:
        if unit in ("days", "share"):
            return None
        return Measure(name, unit, label, How.SUM)
    try:
        how = How(row["how"])
    except ValueError as unknown:
        raise BadMeasure(name) from unknown
    parts = tuple(part for part in row["parts"].split("|") if part)
    if len(parts) != (2 if how == How.RATIO else 0) or row["guard"] not in ("open", HIDDEN):
        raise BadMeasure(name)
    return Measure(name, unit, label, how, parts, row["guard"] == HIDDEN)


def plain(value: Any) -> Number | None:
    """A figure's value as it is kept and sent."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return round(float(value), 6)


def together(one: Measure, places: Sequence[Figures]) -> Number | None:
    """The figure of all these places; None where none of them knows it. Of one place it is that place's own."""
    if len(places) == 1:
        return places[0].get(one.name)
    if one.how == How.RATIO:
        both = [[figures.get(part) for part in one.parts] for figures in places]
        known = [(done, due) for done, due in both if done is not None and due is not None]
        whole = sum(due for _, due in known)
        return round(sum(done for done, _ in known) / whole, 6) if whole else None
    known_values = [value for figures in places if (value := figures.get(one.name)) is not None]
    if not known_values:
        return None
    return min(known_values) if one.how == How.LEAST else sum(known_values)


def guarded(one: Measure, value: Number | None) -> Number | str | None:
    """What may be shown of it above the community."""
    if value is None or not one.small:
        return value
    if 0 < value <= SMALL:
        return HIDDEN
    return int(math.floor(value / STEP + 0.5) * STEP)


def level(code: str) -> int:
    """Which level a code is of, 0 for the prefecture; ValueError for none."""
    return LEVELS.index(len(code))


def below(code: str, community: str) -> str:
    """The place just below `code` in which a community lies."""
    return community[: LEVELS[min(level(code) + 1, len(LEVELS) - 1)]]


def above(code: str) -> tuple[str, ...]:
    """The codes a place lies in, widest first."""
    return tuple(code[:length] for length in LEVELS if length < len(code))


def end_of(day: date) -> datetime:
    """The last moment of a day, as people here live it."""
    return datetime.combine(day, time.max, LOCAL)


class Told(StrEnum):
    """What is known of a community for a day."""

    WHOLE = "whole"
    SO_FAR = "so_far"
    NOTHING = "nothing"


def told(as_of: datetime | None, ends: datetime) -> Told:
    """The whole day once it was stated after its end."""
    if as_of is None:
        return Told.NOTHING
    return Told.WHOLE if as_of >= ends else Told.SO_FAR


@dataclass(frozen=True)
class Item:
    """A statement on its way up: the figures of a community for a day, as known at a moment."""

    seq: int
    place: str
    day: date
    as_of: datetime
    figures: dict[str, Number | None]
    name: str = ""
    name_bo: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "seq": self.seq, "place": self.place, "day": self.day.isoformat(), "as_of": self.as_of.isoformat(),
            "figures": dict(self.figures), "name": self.name, "name_bo": self.name_bo,
        }  # fmt: skip


class BadParcel(ValueError):
    """A parcel that cannot be read; says what is wrong with it."""


MOST_ITEMS, MOST_FIGURES, MOST = 200, 200, 10**12
EARLY = timedelta(days=1)
"""A box whose clock runs ahead by more is not believed."""
PLACE = re.compile(r"^(\d{12}|X[0-9A-Z]{11})$")
NAME = re.compile(r"^[a-z][a-z0-9_]{0,39}$")


@dataclass(frozen=True)
class Parcel:
    """What one push brings: who says it, and statements one after the other."""

    sender: str
    items: tuple[Item, ...]


def write_parcel(parcel: Parcel) -> bytes:
    said = {"sender": parcel.sender, "items": [one.as_json() for one in parcel.items]}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sender_of(body: bytes) -> str:
    """Who claims to have written it; raises BadParcel."""
    said = _mapping(_json(body), "parcel")
    if not isinstance(said.get("sender"), str):
        raise BadParcel("sender")
    return said["sender"]


def read_parcel(body: bytes, now: datetime) -> Parcel:
    """The parcel; raises BadParcel naming what is wrong. Statements follow each other without a gap."""
    said = _mapping(_json(body), "parcel")
    rows = said.get("items")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_ITEMS:
        raise BadParcel("items")
    items = tuple(_item(_mapping(row, "item"), now) for row in rows)
    if any(later.seq != one.seq + 1 for one, later in pairwise(items)):
        raise BadParcel("seq")
    return Parcel(sender_of(body), items)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise BadParcel("json") from wrong


def _mapping(said: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise BadParcel(what)
    return said


def _item(row: Mapping[str, Any], now: datetime) -> Item:
    seq, place = row.get("seq"), row.get("place")
    if type(seq) is not int or not 0 < seq < 2**53:
        raise BadParcel("seq")
    if not isinstance(place, str) or not PLACE.match(place):
        raise BadParcel("place")
    try:
        day, as_of = date.fromisoformat(row["day"]), datetime.fromisoformat(row["as_of"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadParcel("day") from wrong
    if as_of.tzinfo is None or as_of > now + EARLY or day > (now + EARLY).date():
        raise BadParcel("as_of")
    names = [row.get("name", ""), row.get("name_bo", "")]
    if any(not isinstance(name, str) or len(name) > most for name, most in zip(names, (80, 120), strict=True)):
        raise BadParcel("name")
    return Item(seq, place, day, as_of, _figures(row.get("figures")), *names)


def _figures(said: Any) -> dict[str, Number | None]:
    """Numbers under names of measures and nothing else: no words travel here, so no person can."""
    figures = _mapping(said, "figures")
    if len(figures) > MOST_FIGURES:
        raise BadParcel("figures")
    for name, value in figures.items():
        number = value is None or (type(value) in (int, float) and math.isfinite(value) and abs(value) <= MOST)
        if not NAME.match(name) or not number:
            raise BadParcel(f"figures.{name[:40]}")
    return dict(figures)


def days_until(day: date, count: int) -> list[date]:
    """So many days up to this one, oldest first."""
    return [day - timedelta(days=n) for n in range(count - 1, -1, -1)]


def path_of(values: Sequence[Number | str | None], width: int, height: int) -> list[list[tuple[float, float]]]:
    """Points of a line through what is known, broken where nothing is or may be shown; nought at the foot."""
    known = [value for value in values if isinstance(value, (int, float))]
    top = max([*known, 0]) or 1
    step = width / max(len(values) - 1, 1)
    lines: list[list[tuple[float, float]]] = [[]]
    for n, value in enumerate(values):
        if isinstance(value, (int, float)):
            lines[-1].append((round(n * step, 1), round(height - height * value / top, 1)))
        elif lines[-1]:
            lines.append([])
    return [line for line in lines if line]


def ends_of(rows: Iterable[tuple[str, datetime]]) -> dict[str, datetime]:
    """The latest moment each place was heard of."""
    found: dict[str, datetime] = {}
    for place, at in rows:
        found[place] = max(at, found.get(place, at))
    return found
