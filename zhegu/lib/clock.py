"""Time as the house keeps it: aware datetimes, stored in UTC, shown in Asia/Shanghai.

Only doors (views, commands, the phone's door) call `now`; rules, actions and queries get `at`.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware. For doors only."""
    return datetime.now(tz=LOCAL)


def local(at: datetime) -> datetime:
    """The same moment in local time."""
    return at.astimezone(LOCAL)


def local_day(at: datetime) -> date:
    """The calendar day on which people here lived that moment."""
    return local(at).date()


def begins(day: date) -> datetime:
    """The first moment of a day, as people here live it."""
    return datetime.combine(day, time.min, LOCAL)


def ends(day: date, as_of: datetime) -> datetime:
    """The last moment of a day, or `as_of` where that came first."""
    return min(as_of, datetime.combine(day, time.max, LOCAL))


def parse(text: str) -> datetime:
    """Reads ISO 8601 with an offset; raises ValueError where the offset is missing."""
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if at.tzinfo is None:
        raise ValueError("time without offset")
    return at


def age(born: date, on: date) -> int:
    """Full years lived."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
