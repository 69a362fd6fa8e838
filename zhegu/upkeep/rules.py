"""How long is kept what, and whether a hold stands in the way. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhegu.lib.clock import local, local_day

NIGHT_FROM = 3
"""The night's work begins at three, when the fewest people work; or as soon after as the server runs."""

HOLD_DAYS_MAX = 365
"""A hold is judged anew within a year at the latest (least necessary time, PIPL 19)."""

DAYS_MAX = 3650


def limit(at: datetime, days: int) -> datetime:
    """What had its time before this moment is expired at `at`: whole days are kept, ended by midnight here,
    so that a dry run in the afternoon says what the coming night will do with the day's end in mind."""
    midnight = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=days)


def night_of(at: datetime) -> date | None:
    """The day whose night's work may begin at that moment; None before three o'clock."""
    return local_day(at) if local(at).hour >= NIGHT_FROM else None


@dataclass(frozen=True)
class Holding:
    """A legal hold: `purpose` "" holds every purpose; `outbreak` "" every outbreak."""

    purpose: str
    outbreak: str


def held_whole(holds: list[Holding], purpose: str, has_outbreak: bool) -> bool:
    """Whether nothing of that purpose may go: a hold of the purpose, or of an outbreak that cannot be told apart."""
    return any(h.purpose in ("", purpose) and (not h.outbreak or not has_outbreak) for h in holds)


def held_outbreaks(holds: list[Holding], purpose: str) -> set[str]:
    """Outbreaks whose rows of that purpose may not go."""
    return {h.outbreak for h in holds if h.outbreak and h.purpose in ("", purpose)}


def hold_is_long(since: datetime, until: date) -> bool:
    """Whether a hold would outlive the year after which it must be judged anew."""
    return (until - local_day(since)).days > HOLD_DAYS_MAX
