"""What protects the public pages from being flooded; how long a link lasts; what may be asked for. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

PER_ADDRESS = 20
PER_NOTICE = 300
WINDOW = timedelta(hours=1)
"""Twenty entries from one address within the hour: a bus shares one network, a program does not stop there."""


def may_send(from_address: int, by_notice: int) -> bool:
    """Whether another entry is taken now; both counts are of the last hour."""
    return from_address < PER_ADDRESS and by_notice < PER_NOTICE


def window_began(at: datetime) -> datetime:
    """Entries before this moment no longer count."""
    return at - WINDOW


LINK_LASTS = timedelta(days=14)
"""A link outlives an incubation, not an outbreak; the office makes another where it is needed."""
MOST_WISHES = 5
"""Waiting at once, of one person."""


class Asked(StrEnum):
    """What somebody may ask for (privacy P20)."""

    CORRECT = "correct"
    WITHDRAW = "withdraw"
