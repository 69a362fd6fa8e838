"""Shifts: how a day is cut, which day a shift belongs to, whether it is on. Pure.

The phone decides by the same rules (phone/src/rosters/rules.ts); both run contracts/cases/roster-shift.json.
Clocks are never put forward or back here (Asia/Shanghai, one time all year), so a day has 24 hours.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from zhegu.lib.clock import LOCAL, local

PLANNERS = ("office", "leader")
"""Roles that plan shifts and say who stands in them."""
LONGEST_PLAN = 31
"""Days planned at once."""


class PostKind(StrEnum):
    """What is done at a post (form F11)."""

    GATE = "gate"
    SAMPLING = "sampling"
    SUPPLIES = "supplies"
    DISINFECTION = "disinfection"
    PATROL = "patrol"
    ERRANDS = "errands"
    MEDICINE = "medicine"
    BROADCAST = "broadcast"
    STANDBY = "standby"
    OTHER = "other"


class Pattern(StrEnum):
    """How a day is cut into shifts: how many, of how many hours."""

    FULL = "1x24"
    HALVES = "2x12"
    THIRDS = "3x8"
    QUARTERS = "4x6"

    @property
    def hours(self) -> int:
        return int(self.value.partition("x")[2])


class Counted(StrEnum):
    """What a hand-over may count."""

    PEOPLE_IN = "people_in"
    PEOPLE_OUT = "people_out"
    TURNED_BACK = "turned_back"
    REFERRED = "referred"


class Standing(StrEnum):
    """Where a shift stands at a moment."""

    BEFORE = "before"
    ON = "on"
    OVER = "over"


Span = tuple[datetime, datetime]


def spans(day: date, begins: time, pattern: Pattern) -> list[Span]:
    """The shifts that belong to a day: the first begins on it, the last may end on the next."""
    step = timedelta(hours=pattern.hours)
    first = datetime.combine(day, begins, LOCAL)
    return [(first + n * step, first + (n + 1) * step) for n in range(24 // pattern.hours)]


def plan(since: date, until: date, begins: time, pattern: Pattern) -> list[Span]:
    """The shifts of some days, one after the other without a gap."""
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return [span for day in days for span in spans(day, begins, pattern)]


def turns(count: int, crews: Sequence[tuple]) -> list[tuple]:
    """Who stands in the 1st, 2nd, … shift where crews take turns; nobody where there are none."""
    return [crews[n % len(crews)] if crews else () for n in range(count)]


def belongs_to(starts: datetime) -> date:
    """The day of a shift: that on which it begins, also where it passes midnight."""
    return local(starts).date()


def standing(starts: datetime, ends: datetime, at: datetime) -> Standing:
    """The first moment is within, the last one belongs to the next shift."""
    return Standing.BEFORE if at < starts else Standing.ON if at < ends else Standing.OVER


def word(starts: datetime, ends: datetime) -> str:
    """What people call it: full (24 hours), else by the hour it begins: morning, day, evening, night."""
    if ends - starts >= timedelta(hours=24):
        return "full"
    hour = local(starts).hour
    return "morning" if 4 <= hour < 11 else "day" if 11 <= hour < 16 else "evening" if 16 <= hour < 20 else "night"


WORDS = ("full", "morning", "day", "evening", "night")
"""In the order of a day."""


def overlap(one: Span, others: Iterable[Span]) -> bool:
    """Whether a shift is on while another one is."""
    return any(one[0] < ends and starts < one[1] for starts, ends in others)
