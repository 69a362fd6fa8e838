"""How much is due to a home, and whether a card lets its holder have it. Pure."""

from dataclasses import dataclass
from enum import StrEnum

SETS = ("office",)
WORKERS = ("office", "store_keeper", "grid_worker")
"""Who hands out: at a counter, or from door to door in their own grids."""
SEES = (*WORKERS, "leader")


class Per(StrEnum):
    """Whether every home gets the same, or so much for each who belongs to it."""

    HOUSEHOLD = "household"
    PERSON = "person"


class How(StrEnum):
    """Where it was handed over."""

    COUNTER = "counter"
    DOOR = "door"


class Confirmed(StrEnum):
    """How its arrival is confirmed (form F9)."""

    SIGNED = "signed"
    CALLED = "called"


class Voucher(StrEnum):
    """Whether the card lets its holder have a share; words as `handouts.voucher_<code>`."""

    OK = "ok"
    NO_CARD = "no_card"
    NOT_GENUINE = "not_genuine"
    OTHER_ROUND = "other_round"
    USED = "used"


class Flag(StrEnum):
    """Why the office looks at something that was handed out; words as `handouts.flag_<code>`."""

    AGAIN = "again"
    CARD_TWICE = "card_twice"
    SHORT = "short"
    SLIP_UNDONE = "slip_undone"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card that was shown: `genuine` says it is one of ours and was not withdrawn; `used` that this very
    distribution was had on it before, as far as is known."""

    genuine: bool
    round: int = 0
    used: bool = False


def voucher(asked: int | None, card: CardSeen | None) -> Voucher:
    """What a card of round `asked` (None: none is asked for) is worth."""
    if asked is None:
        return Voucher.OK
    if card is None:
        return Voucher.NO_CARD
    if not card.genuine:
        return Voucher.NOT_GENUINE
    if card.round != asked:
        return Voucher.OTHER_ROUND
    return Voucher.USED if card.used else Voucher.OK


def due(per: Per | str, amount: int, people: int) -> int:
    """Thousandths of a unit for a home of so many."""
    return amount * people if per == Per.PERSON else amount
