"""Who holds a thing, which steps it must take and in which order, and how money must come out even."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Thing(StrEnum):
    """What is carried."""

    PARCEL = "parcel"
    CYLINDER = "cylinder"
    BAG = "bag"


DOOR, STATION, DEPOT = "door", "station", "depot"
PLACES = (DOOR, STATION, DEPOT)
"""Holders that are places; a thing's door is always its own. Whoever works is a holder by their key `staff:…`."""


class Step(StrEnum):
    """What must have happened to a cylinder, in this order."""

    COLLECTED = "collected"
    FILLED = "filled"
    DISINFECTED = "disinfected"
    RETURNED = "returned"


class Unfit(StrEnum):
    """Why a cylinder cannot be filled."""

    LEAKING = "leaking"
    EXPIRED = "expired"
    DAMAGED = "damaged"
    NO_GAS = "no_gas"


class Witness(StrEnum):
    """How a hand-over is proved: both sides said so, knocked at a door where nobody must be met, or on paper."""

    BOTH = "both"
    DOOR = "door"
    PAPER = "paper"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Steps:
    """The steps a thing has taken."""

    thing: Thing
    collected: datetime | None = None
    filled: datetime | None = None
    disinfected: datetime | None = None
    returned: datetime | None = None
    unfit: str = ""


def may_take(steps: Steps, step: Step) -> str:
    """'' where the step may be taken now, else the reason why not."""
    if getattr(steps, step) is not None:
        return "step_taken_before"
    if step == Step.COLLECTED:
        return ""
    if steps.collected is None:
        return "not_collected"
    if steps.thing != Thing.CYLINDER:
        return "" if step == Step.RETURNED else "no_such_step"
    if step == Step.FILLED:
        return "cannot_be_filled" if steps.unfit else ""
    if not steps.filled and not steps.unfit:
        return "not_filled"
    if step == Step.RETURNED and not steps.disinfected:
        return "not_disinfected"
    return ""


def may_hand_over(holder: str, giver: str, taker: str) -> str:
    """'' where it may change hands that way, else the reason why not."""
    if giver == taker:
        return "to_oneself"
    return "" if holder == giver else "held_by_another"


class CashKind(StrEnum):
    """Money of a household beside what lay in its bag; `lent`: laid out by the community, and why."""

    TOP_UP = "top_up"
    LENT = "lent"
    SPENT = "spent"
    CHANGE = "change"


INTO = (CashKind.TOP_UP, CashKind.LENT)


@dataclass(frozen=True)
class Purse:
    """A household's money in one run, in fen. `counts`: who found how much in the bag, in order."""

    due: int
    counts: tuple[tuple[str, int], ...]
    moved: Mapping[CashKind, int]
    has_bag: bool = True

    @property
    def counted(self) -> int | None:
        """What is in the bag, once two people found the same; None until then."""
        last: dict[str, int] = {}
        for who, fen in self.counts:
            last.pop(who, None)
            last[who] = fen
        both = list(last.values())[-2:]
        return both[0] if len(both) == 2 and both[0] == both[1] else None

    @property
    def came_in(self) -> int:
        return (self.counted or 0) + sum(self.moved.get(kind, 0) for kind in INTO)

    @property
    def went_out(self) -> int:
        return self.moved.get(CashKind.SPENT, 0) + self.moved.get(CashKind.CHANGE, 0)

    @property
    def open(self) -> int:
        """Fen that are neither spent nor given back; below nought: more went out than came in."""
        return self.came_in - self.went_out

    @property
    def fault(self) -> str:
        """Why this money is not in order; '' where it is."""
        if self.has_bag and self.counted is None:
            return "counts_differ" if len({who for who, _ in self.counts}) > 1 else "not_counted_twice"
        return "cash_differs" if self.open else ""


def settle(purse: Purse, price: int) -> dict[CashKind, int]:
    """What is still to be written so that this household paid `price`: spent, and its change.

    Empty where the bag is not counted or holds too little: a person decides.
    """
    spent = price - purse.moved.get(CashKind.SPENT, 0)
    change = purse.open - spent
    if purse.fault in ("counts_differ", "not_counted_twice") or spent < 0 or change < 0:
        return {}
    return {kind: fen for kind, fen in ((CashKind.SPENT, spent), (CashKind.CHANGE, change)) if fen}


def total(purses: Sequence[Purse]) -> tuple[int, int]:
    """What came in and what went out, of all."""
    return sum(p.came_in for p in purses), sum(p.went_out for p in purses)
