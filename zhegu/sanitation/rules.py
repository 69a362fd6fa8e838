"""Disinfection: what is written down of it, what cannot be right, and whether a day's plan was kept. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

DISINFECTS = ("office", "leader", "patrol")
"""Who writes disinfection down; the office alone says what is to be disinfected."""
LOOKED_BACK = 30
"""For how many days at most an unbroken plan is looked back."""


class SpotKind(StrEnum):
    """What is disinfected."""

    STREET = "street"
    ENTRANCE = "entrance"
    HALL = "hall"
    TOILET = "toilet"
    WASTE = "waste"
    SAMPLING = "sampling"
    VEHICLE = "vehicle"
    OTHER = "other"


class Agent(StrEnum):
    """With what."""

    CHLORINE = "chlorine"
    PERACETIC = "peracetic"
    PEROXIDE = "peroxide"
    ALCOHOL = "alcohol"
    OTHER = "other"


class Method(StrEnum):
    """How."""

    SPRAY = "spray"
    WIPE = "wipe"
    FOG = "fog"


@dataclass(frozen=True, kw_only=True)
class Said:
    """One disinfection as it is written down: litres of the ready solution, mg of the agent in a litre of it."""

    agent: Agent
    method: Method
    mg_per_litre: int | None = None
    minutes: int
    litres: Decimal
    area: int


MOST = {"mg_per_litre": 20_000, "minutes": 240, "litres": 5_000, "area": 1_000_000}
"""What is more than this is a slip of the pen: chlorine goes up to 10,000 mg/L on what is heavily soiled, for 30 minutes or
more (WS/T 367-2012, table C.1)."""


def wrong(said: Said) -> str:
    """Which number cannot be right; empty where all can."""
    for name, most in MOST.items():
        value = getattr(said, name)
        if value is not None and not 0 < value <= most:
            return name
    return "mg_per_litre" if said.agent == Agent.CHLORINE and said.mg_per_litre is None else ""


@dataclass(frozen=True)
class Planned:
    """A spot and how often a day it is to be disinfected, from its first day until before its last."""

    spot: UUID
    per_day: int
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        return self.per_day > 0 and self.since <= day and (self.until is None or day < self.until)


def kept(plan: Iterable[Planned], done: Mapping[tuple[UUID, date], int], day: date) -> bool | None:
    """Whether everything planned for the day was done as often as planned; None where nothing was planned."""
    asked = [one for one in plan if one.on(day)]
    return all(done.get((one.spot, day), 0) >= one.per_day for one in asked) if asked else None


def days_kept(plan: Iterable[Planned], done: Mapping[tuple[UUID, date], int], last: date) -> int | None:
    """On how many days in a row, the last of them `last`, the plan was kept; None where nothing was planned that day."""
    planned = list(plan)
    if kept(planned, done, last) is None:
        return None
    days = 0
    while days < LOOKED_BACK and kept(planned, done, last - timedelta(days=days)):
        days += 1
    return days


def first_of(days: int, at: date) -> date:
    """The first of so many days, the last of them `at`."""
    return at - timedelta(days=days - 1)


def to_come(at: datetime, now: datetime) -> bool:
    """Whether it is said to happen later than now, but for a clock that is a little off."""
    return at > now + timedelta(minutes=10)
