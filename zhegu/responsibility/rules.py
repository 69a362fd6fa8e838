"""Who answers: the nearest person who holds the place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from zhegu.lib.clock import LOCAL


class As(StrEnum):
    """In which capacity somebody answers; the nearest first."""

    KEEPER = "keeper"
    UNIT_HEAD = "unit_head"
    GRID_WORKER = "grid_worker"


@dataclass(frozen=True)
class Held:
    """Somebody held this at that place for a time; `row` is what can be taken back."""

    name: str
    capacity: As
    place: str
    since: datetime
    until: datetime | None = None
    row: str = ""

    def on(self, start: datetime, end: datetime) -> bool:
        """Whether it was held at any moment from `start` until `end`: at a handover both answer."""
        return self.since < end and (self.until is None or self.until > start)


@dataclass(frozen=True)
class When:
    """The time that is asked about: from `start` until just before `end`."""

    start: datetime
    end: datetime

    @classmethod
    def all_day(cls, day: date) -> "When":
        """A whole day: at a handover both answer for it."""
        start = datetime.combine(day, time.min, LOCAL)
        return cls(start, start + timedelta(days=1))

    @classmethod
    def just(cls, at: datetime) -> "When":
        """That moment alone."""
        return cls(at, at + timedelta(microseconds=1))


@dataclass(frozen=True)
class Answers:
    """Those who answer in one capacity."""

    capacity: As
    held: tuple[Held, ...]


def nearest(place: str, capacity: As, held: Iterable[Held]) -> tuple[Held, ...]:
    """Those who hold it at the narrowest place that covers this one."""
    covering = [one for one in held if one.capacity == capacity and place.startswith(one.place)]
    narrowest = max((len(one.place) for one in covering), default=0)
    return tuple(one for one in covering if len(one.place) == narrowest)


def answering(grid: str, unit: str, keepers: Iterable[Held], held: Iterable[Held]) -> list[Answers]:
    """Who answers for a household that stands there, the nearest first; empty: nobody does."""
    known = list(held)
    found = [
        Answers(As.KEEPER, tuple(keepers)),
        Answers(As.UNIT_HEAD, nearest(unit, As.UNIT_HEAD, known) if unit else ()),
        Answers(As.GRID_WORKER, nearest(grid, As.GRID_WORKER, known) if grid else ()),
    ]
    return [one for one in found if one.held]
