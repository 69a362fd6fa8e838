"""How somebody came, what is proposed for them and why, who may write it down. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

OFFICE, LEADER, GRID_WORKER, GATE_KEEPER = "office", "leader", "grid_worker", "gate_keeper"
REGISTERS = (OFFICE, GRID_WORKER, GATE_KEEPER)
"""Roles that write an arrival down; a gate keeper for any grid of the community, since people go on from a gate."""
SEES = (OFFICE, LEADER, GRID_WORKER)
"""Roles that see who arrived, each within its own places."""
TRAVELLERS = 20
"""Most companions in one entry: a bus is written down seat row by seat row."""


class Kind(StrEnum):
    """Someone who belongs here and comes back, or someone from elsewhere."""

    RETURNEE = "returnee"
    INCOMER = "incomer"


class Way(StrEnum):
    """Who wrote the arrival down."""

    OFFICE = "office"
    GRID_WORKER = "grid_worker"
    GATE = "gate"
    SELF = "self"


class Transport(StrEnum):
    """What they came with (form F5)."""

    CAR = "car"
    COACH = "coach"
    TRAIN = "train"
    PLANE = "plane"
    LORRY = "lorry"
    FOOT = "foot"
    OTHER = "other"


class HealthCode(StrEnum):
    """The colour shown; NONE: nothing was shown."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


class Test(StrEnum):
    """A test on arrival."""

    NONE = "none"
    WAITING = "waiting"
    NEGATIVE = "negative"
    POSITIVE = "positive"


class Why(StrEnum):
    """Why a measure is proposed, or none; words as `why_<code>`."""

    FROM_AREA = "from_area"
    ANYONE = "anyone"
    TOO_LONG_AGO = "too_long_ago"
    NO_RULE = "no_rule"
    NO_RISK = "no_risk"
    NO_OUTBREAK = "no_outbreak"


@dataclass(frozen=True)
class Been:
    """A place, the level it had ('' where none is known), and the day it was left."""

    place: str
    risk: str
    left: date


def way_of(roles: Iterable[str]) -> Way:
    """Who writes it down, by the first of their roles that may."""
    held = set(roles)
    if OFFICE in held:
        return Way.OFFICE
    return Way.GRID_WORKER if GRID_WORKER in held else Way.GATE


def places_in(words: str) -> list[str]:
    """拉萨、林芝 → the two names, in order, each once."""
    parts = (part.strip() for part in re.split(r"[、,，;；/\n→]+", words))
    return list(dict.fromkeys(part for part in parts if part))


def by_risk(levels: Sequence[str], been: Iterable[Been]) -> list[Been]:
    """Those of a known level, the worst first; `levels` stand highest first."""
    return sorted((one for one in been if one.risk in levels), key=lambda one: levels.index(one.risk))


def companion_id(first: UUID, number: int) -> UUID:
    """The id of the n-th companion: the same whenever the same entry is told again."""
    return uuid5(first, str(number))


def days_wrong(left: date | None, arrived: date, told: date) -> str:
    """What does not fit about the days, as a reason code; '' where all is well.

    An arrival may be announced for the next day, since people call ahead.
    """
    if (arrived - told).days > 1:
        return "arrivals.in_future"
    return "arrivals.left_after_arrival" if left and left > arrived else ""
