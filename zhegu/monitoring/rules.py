"""When a measure may be laid on, and what a daily check says. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

DECIDES = ("office",)
"""Lays measures on, lets people go, answers who contests."""
APPROVES = ("office", "leader")
"""The second pair of eyes; never the one who laid it on."""
SEES = ("office", "leader", "grid_worker", "clinic")
"""Who is under what, each within their own places."""
CHECKS = ("office", "grid_worker", "clinic")
"""Asks people how they are and writes it down."""
CLINIC = ("office", "clinic")
"""Looks after what was not normal."""

LAPSES_AFTER = timedelta(days=30)
"""A measure nobody has looked at for so long restricts nobody any more (privacy P19)."""
LOOKS_WITHIN = timedelta(days=14)
"""Somebody looks at every measure at least this often (privacy P19)."""
MOST_PEOPLE = 500
"""At once, by a list."""
AHEAD = timedelta(days=30)
"""How far ahead the first day of a measure may lie."""


class Ground(StrEnum):
    """Why somebody is put under a measure."""

    EXPOSURE = "exposure"
    ARRIVAL = "arrival"
    CASE = "case"
    DIRECTIVE = "directive"
    OTHER = "other"


class Ended(StrEnum):
    """How a measure came to its end. Only `released` says that everything asked for was done."""

    RELEASED = "released"
    PHASE_OVER = "phase_over"
    TRANSFERRED = "transferred"
    MISTAKEN = "mistaken"
    CONTEST_UPHELD = "contest_upheld"
    DECLINED = "declined"
    LAPSED = "lapsed"
    DIED = "died"


BY_HAND = (Ended.TRANSFERRED, Ended.MISTAKEN, Ended.DIED)
"""Ends the office may give in its own words."""


class Did(StrEnum):
    """What happened to a measure, for its time-line."""

    LAID = "laid"
    APPROVED = "approved"
    STAGE = "stage"
    REVIEWED = "reviewed"
    CLINIC = "clinic"
    CONTESTED = "contested"
    ANSWERED = "answered"
    ENDED = "ended"
    FOLLOWED = "followed"
    """The register found that two rows are one person, or two."""


@dataclass(frozen=True)
class Basis:
    """What stands behind a measure. `exposed`: place and time of the exposure are named; `proposed`: the
    profile proposes this very measure for who arrived so; `positive`: a test of this outbreak says so."""

    ground: Ground
    counts_exposure: bool = False
    exposed: bool = False
    proposed: bool = False
    positive: bool = False


def follows_rule(basis: Basis) -> bool:
    """Whether the profile itself asks for the measure, from facts that were named; else it is set by hand."""
    match basis.ground:
        case Ground.EXPOSURE:
            return basis.exposed and basis.counts_exposure
        case Ground.ARRIVAL:
            return basis.proposed
        case Ground.CASE:
            return basis.positive
    return False


def needs_second(basis: Basis, people: int, area: bool) -> bool:
    """Set by hand, on several people or on a place: somebody else has to agree first (privacy P6)."""
    return area or people > 1 or not follows_rule(basis)


def is_bare_list(basis: Basis, people: int, together: bool) -> bool:
    """Several people who share no household and no named exposure: that is a list, and no reason."""
    return people > 1 and not together and not basis.exposed


# --- daily checks


class Slot(StrEnum):
    """When of the day."""

    MORNING = "morning"
    EVENING = "evening"


NOON = time(12)


def slot_at(local: datetime) -> Slot:
    """Before noon it is the morning's check."""
    return Slot.MORNING if local.time() < NOON else Slot.EVENING


class How(StrEnum):
    """How one got to know."""

    SELF = "self"
    PHONE = "phone"
    DOOR = "door"
    LINK = "link"


class Reached(StrEnum):
    """Whether there was anybody to ask."""

    YES = "yes"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"


TENTHS = range(340, 431)
"""What a thermometer may say, in tenths of a degree (form F6: 34 to 43)."""
OTHER = "other"


def is_abnormal(tenths: int | None, fever_from: int | None, symptoms: Collection[str]) -> bool:
    """A fever under this profile, or any symptom: the clinic hears of it at once."""
    return bool(symptoms) or (tenths is not None and fever_from is not None and tenths >= fever_from)


BEGINS = {Slot.MORNING: time(6), Slot.EVENING: NOON}
"""When each part of the day begins here; nobody is asked before."""


def wanted_slots(times_a_day: int, symptoms: bool) -> tuple[Slot, ...]:
    """Which checks a day has: both, or the morning's alone where once is enough or only symptoms are asked."""
    if times_a_day >= 2:
        return (Slot.MORNING, Slot.EVENING)
    return (Slot.MORNING,) if times_a_day or symptoms else ()


def look_again(planned: date, looked: date) -> date:
    """The day on which somebody must look: when the stage ends (at once where it is over), and in any case within a
    fortnight. The phone says the same before the server has answered; both run contracts/cases/measure-review.json."""
    return min(max(planned, looked), looked + LOOKS_WITHIN)
