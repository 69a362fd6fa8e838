"""When cards and keys live: how long a card holds, which month's key signs it, from when it is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhegu.cards.rules.verdict import Kind
from zhegu.lib.clock import LOCAL, local

ISSUER = "XG"  # user-assigned in ISO 3166: no country's own
LIFE = {Kind.SAMPLED: 14 * 86_400, Kind.PASS: 3 * 86_400, Kind.SUPPLY: 86_400}
LONGEST = 31 * 86_400
WINDOW = timedelta(days=35)  # a month and some days over, so that the next key is never needed at midnight
AFTERLIFE = timedelta(days=31)  # a certificate outlives its window by the longest card
NOTICE = timedelta(days=7)  # phones hear of a key this long before it signs
AHEAD = 6  # months of keys made at once, so that the root can stay in the safe


@dataclass(frozen=True)
class Month:
    """A calendar month as people here live it."""

    year: int
    number: int

    @classmethod
    def of(cls, at: datetime) -> "Month":
        here = local(at)
        return cls(here.year, here.month)

    @property
    def begins(self) -> datetime:
        return datetime(self.year, self.number, 1, tzinfo=LOCAL)

    def after(self, months: int) -> "Month":
        years, number = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, number + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


@dataclass(frozen=True)
class KeyFacts:
    """A signing key: its window, when phones could first hear of it, and whether it was stopped."""

    id: object
    opens: datetime
    closes: datetime
    listed: datetime | None
    stopped: datetime | None = None


def usable(keys: Iterable[KeyFacts], at: datetime) -> KeyFacts | None:
    """The key that signs at this moment: in its window, never stopped, listed seven days before.

    Where no key has had its seven days, the first listed one signs all the same.
    """
    open_now = [key for key in keys if not key.stopped and key.listed and key.opens <= at <= key.closes]
    known = [key for key in open_now if at - key.listed >= NOTICE]  # type: ignore[operator]
    if known:
        return max(known, key=lambda key: key.opens)
    return min(open_now, key=lambda key: (key.listed, key.opens), default=None)  # type: ignore[arg-type]


def whole_minute(at: datetime) -> int:
    """UTC seconds, rounded down to the minute: what a card says of a time."""
    return int(at.timestamp()) // 60 * 60


def issued_and_expires(kind: int, issued: datetime, time: datetime) -> tuple[int, int]:
    """iat and exp in UTC seconds: the life counts from the sampling where that is later than the issue,
    and never passes 31 days."""
    iat = int(issued.timestamp())
    return iat, min(max(iat, whole_minute(time)) + LIFE[Kind(kind)], iat + LONGEST)


def runs(serials: Sequence[int]) -> list[list[int]]:
    """Serials as [first, how many] runs, in their order: short enough for an answer that is kept."""
    found: list[list[int]] = []
    for serial in serials:
        if found and found[-1][0] + found[-1][1] == serial:
            found[-1][1] += 1
        else:
            found.append([serial, 1])
    return found


def unrolled(kept: Iterable[Sequence[int]]) -> list[int]:
    """The serials of runs."""
    return [serial for first, count in kept for serial in range(first, first + count)]
