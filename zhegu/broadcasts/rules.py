"""Announcements: through which channels, and which of them are heard. Pure."""

from enum import StrEnum

TELLS = ("office", "leader", "patrol")
"""Who writes down what was announced; office and leaders write announcements, leaders approve them."""
WRITES = ("office", "leader")
APPROVES = ("leader",)
LONGEST = 1_000
MOST_MINUTES, MOST_LEAFLETS = 600, 100_000


class Channel(StrEnum):
    """How people are reached."""

    LOUDSPEAKER = "loudspeaker"
    MOBILE = "mobile"
    CHAT = "chat"
    POSTER = "poster"
    LEAFLET = "leaflet"


HEARD = (Channel.LOUDSPEAKER, Channel.MOBILE)
"""What a daily report counts as broadcasts."""


class Spoken(StrEnum):
    """In which language."""

    ZH = "zh"
    BO = "bo"
    BOTH = "both"


def lacks(spoken: Spoken, zh: str, bo: str) -> bool:
    """Whether the announcement has no words in that language."""
    return (spoken != Spoken.BO and not zh) or (spoken != Spoken.ZH and not bo)
