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
    """What happened to a version: handed in, approved at a level, sent back."""

    HANDED = "handed"
    COMMUNITY = "community"
    TOWN = "town"
    COUNTY = "county"
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


def _last(every: str, first: date) -> date:
    if every == "month":
        return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first + timedelta(days=6 if every == "week" else 0)


def levels(led: Sequence[str]) -> tuple[Step, ...]:
    """Which levels approve: the community, and those above it where somebody leads (`led`: codes of such places)."""
    there = {len(code) for code in led}
    return tuple(level for level in LEVELS if level is Step.COMMUNITY or CODE_LENGTH[level] in there)


def waits_for(steps: Sequence[Step], through: Sequence[Step]) -> Step | None:
    """The level whose word a version waits for; None where it was sent back, or is locked."""
    if not steps or steps[-1] is Step.RETURNED:
        return None
    return next((level for level in through if level not in steps), None)


def locked(steps: Sequence[Step], through: Sequence[Step]) -> bool:
    """Whether a version was approved at every level."""
    return bool(steps) and Step.RETURNED not in steps and waits_for(steps, through) is None


def stand(period: Period, steps: Sequence[Step], through: Sequence[Step], today: date) -> Stand:
    """How a period stands by the steps of its newest version (none: nothing was handed in)."""
    if steps:
        if steps[-1] is Step.RETURNED:
            return Stand.RETURNED
        return Stand.WAITING if waits_for(steps, through) else Stand.LOCKED
    if today < period.last:
        return Stand.RUNNING
    return Stand.DUE if today == period.last else Stand.LATE
