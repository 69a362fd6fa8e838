"""What residents' pages post, read into plain values; what cannot be read is refused in words."""

from datetime import date, datetime

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError


def refuse(reason: str, field: str) -> RefusedError:
    """A refusal of these pages, to be raised."""
    return RefusedError(Refused(f"residents.{reason}", {"field": field}))


def day_of(said: str, field: str) -> date | None:
    """A day as the browser sends it; None where none was given."""
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise refuse("bad_day", field) from None


def moment(said: str, otherwise: datetime) -> datetime:
    """A local date and time as the browser sends it."""
    try:
        return datetime.fromisoformat(said).replace(tzinfo=clock.LOCAL) if said else otherwise
    except ValueError:
        raise refuse("bad_day", "arrived") from None
