"""What this app journals, and the small values its actions take."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PURPOSE = "sampling_card"
HOUSE = "house"  # the chain of what belongs to no single community: root, list key


class Happened(StrEnum):
    """Journal kinds of this app."""

    ROOT_MADE = "cards.root_made"
    ROOT_PRINTED = "cards.root_printed"
    ROOT_PUT_AWAY = "cards.root_put_away"
    ROOT_RESTORED = "cards.root_restored"
    KEYS_MADE = "cards.keys_made"
    KEY_REVOKED = "cards.key_revoked"
    CARDS_ISSUED = "cards.cards_issued"
    CARDS_REVOKED = "cards.cards_revoked"


@dataclass(frozen=True)
class NewCard:
    """A card to be made: pre-printed (`time` = start of the round), or for the person whose code holds
    these 80 bits (`time` = when they were sampled)."""

    round_no: int
    grid_no: int
    time: datetime
    kind: int = 1
    resident: bytes | None = None


@dataclass(frozen=True)
class CardRef:
    """A card as a scan names it."""

    kid: bytes
    serial: int


@dataclass(frozen=True)
class HandOut(CardRef):
    """A card was handed to someone at this moment."""

    at: datetime
