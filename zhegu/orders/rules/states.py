"""What an order is for, how it came, and where it stands: computed from facts, never typed."""

from datetime import datetime
from enum import StrEnum

FEN_IN_A_YUAN = 100
ASKS = ("grid_worker", "office")
"""Who asks at the doors what is needed."""


MEDICINE_TEAM = ("medicine",)
"""Who sees and buys medicine."""


class OrderKind(StrEnum):
    """What is brought; medicine is seen by its own team only."""

    GOODS = "goods"
    GAS = "gas"
    MEDICINE = "medicine"


class Source(StrEnum):
    """The way an order came in."""

    CHAT = "chat"
    WORKBOOK = "workbook"
    CALL = "call"
    MENU = "menu"
    SLIP = "slip"
    ROUND = "round"


class State(StrEnum):
    """Where an order stands."""

    OPEN = "open"
    GATHERED = "gathered"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class BackReason(StrEnum):
    """Why something went back into the list."""

    NOT_HOME = "not_home"
    REFUSED = "refused"
    WRONG = "wrong"
    DAMAGED = "damaged"
    SOLD_OUT = "sold_out"
    CANNOT_BE_FILLED = "cannot_be_filled"
    NO_TIME = "no_time"
    OTHER = "other"


class Consent(StrEnum):
    """How somebody of the household said whether another thing will do."""

    PHONE = "phone"
    LINK = "link"
    DOOR = "door"


def state(cancelled: datetime | None, delivered: datetime | None, gathered: bool) -> State:
    """Where an order with these facts stands."""
    if cancelled:
        return State.CANCELLED
    if delivered:
        return State.DELIVERED
    return State.GATHERED if gathered else State.OPEN
