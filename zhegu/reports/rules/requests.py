"""Whether a form an upper office asks for is owed today, and whether it may be asked at all."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DAYS = {"day": 1, "week": 7, "month": 30}


class Owed(StrEnum):
    """How a request stands: nobody said on what ground, over, sent, due today, late."""

    QUESTIONED = "questioned"
    OVER = "over"
    SENT = "sent"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True)
class Request:
    """What is known of a request: its ground, how often (`once`, `day`, `week`, `month`), since and until when."""

    ground: str
    every: str
    since: date
    until: date | None


def owed(request: Request, last_sent: date | None, today: date) -> Owed:
    """A form without a ground or a frequency is questioned, not owed: forms are asked for by name, for a time."""
    if not request.ground.strip() or not request.every:
        return Owed.QUESTIONED
    if request.until is not None and today > request.until:
        return Owed.OVER
    if request.every == "once":
        return Owed.SENT if last_sent else Owed.DUE
    if last_sent is None:
        return Owed.DUE if today == request.since else Owed.LATE
    days = (today - last_sent).days
    if days < DAYS[request.every]:
        return Owed.SENT
    return Owed.DUE if days == DAYS[request.every] else Owed.LATE
