"""The periods of a form that is asked for again and again, and how the report of each stands.

A report goes from the office through every level that has somebody who leads there; the last one's approval
locks it. What is corrected afterwards is a new version, which goes the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MOST = 60
"""Periods looked back at; older ones are found by their first day."""


class Step(StrEnum):
    """What happened to a version: handed in, approved at a level, closed where the levels above are led by nobody any
    more, sent back."""

    HANDED = "handed"
    COMMUNITY = "community"
    TOWN = "town"
    COUNTY = "county"
    CLOSED = "closed"
    RETURNED = "returned"


LEVELS = (Step.COMMUNITY, Step.TOWN, Step.COUNTY)
CODE_LENGTH = {Step.COMMUNITY: 12, Step.TOWN: 9, Step.COUNTY: 6}
"""How long the code of a place of that level is (GB/T 2260 and 10114)."""


class Stand(StrEnum):
    """How a period's report stands."""

    RUNNING = "running"
    DUE = "due"
    LATE = "late"
    WAITING = "waiting"
    RETURNED = "returned"
    LOCKED = "locked"


@dataclass(frozen=True)
class Period:
    """The days a report tells of, both ends included."""

    first: date
    last: date


def periods(every: str, since: date, until: date | None, today: date) -> list[Period]:
    """The periods of a rhythm (`once`, `day`, `week`, `month`) that have begun, the newest first."""
    end = min(today, until) if until else today
    if every not in FIRST_OF or end < since:
        return []
    if every == "once":
        return [Period(since, until or since)]
    found = []
    first = FIRST_OF[every](end)
    while first >= FIRST_OF[every](since) and len(found) < MOST:
        found.append(Period(first, _last(every, first)))
        first = FIRST_OF[every](first - timedelta(days=1))
    return found


FIRST_OF = {
    "once": lambda day: day,
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
}


def since_of(every: str, day: date) -> date | None:
    """The first of the days a form of that rhythm tells of on that day; None where it tells of the day alone."""
    return FIRST_OF[every](day) if every in ("week", "month") else None


def _last(every: str, first: date) -> date:
    if every == "month":
        return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first + timedelta(days=6 if every == "week" else 0)


def levels(led: Sequence[str]) -> tuple[Step, ...]:
    """Which levels approve: the community, and those above it where somebody leads (`led`: codes of such places)."""
    there = {len(code) for code in led}
    return tuple(level for level in LEVELS if level is Step.COMMUNITY or CODE_LENGTH[level] in there)


def waits_for(steps: Sequence[Step], through: Sequence[Step]) -> Step | None:
    """The level whose word a version that is not locked waits for; None where it was sent back.

    Where every level there is has spoken, because whoever was to speak next leads no more, the highest closes it.
    """
    if not steps or steps[-1] is Step.RETURNED:
        return None
    return next((level for level in through if level not in steps), through[-1])


def word_of(level: Step, steps: Sequence[Step]) -> Step:
    """The step an approval of that level is."""
    return Step.CLOSED if level in steps else level


def locks(steps: Sequence[Step], through: Sequence[Step]) -> bool:
    """Whether the last of these steps locks the version, by the levels there are at that moment."""
    return steps[-1] is Step.CLOSED or (steps[-1] in LEVELS and all(level in steps for level in through))


def stand(period: Period, steps: Sequence[Step], locked: bool, today: date) -> Stand:
    """How a period stands by its newest version: its steps (none: nothing was handed in), and whether it was locked."""
    if locked:
        return Stand.LOCKED
    if steps:
        return Stand.RETURNED if steps[-1] is Step.RETURNED else Stand.WAITING
    if today < period.last:
        return Stand.RUNNING
    return Stand.DUE if today == period.last else Stand.LATE
