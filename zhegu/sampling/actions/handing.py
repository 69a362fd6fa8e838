"""Cards at the table: which of those handed over become active, told to `cards` downward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.cards import actions as cards
from zhegu.sampling.models import CARD_ACTIVE, Round, Sample
from zhegu.sampling.rules import Why

GRID_UNIT, ROUND_UNIT = 10**6, 10**9
"""How a serial names its round and grid (cards: serial = round·10⁹ + grid·10⁶ + n)."""


@dataclass(frozen=True)
class Handed:
    """A card that came with a swab: `grid_no` is the person's grid, None where they have none."""

    sample: UUID
    serial: int
    kid: bytes
    round: Round
    grid_no: int | None
    at: datetime


def activate(handed: Sequence[Handed]) -> dict[UUID, str]:
    """By sample: `active`, or why the card is not. One card is one person's; of two, the first has it."""
    found: dict[UUID, str] = {}
    by_community: dict[UUID, list[Handed]] = {}
    for card in handed:
        found[card.sample] = _why_not(card)
        if not found[card.sample]:
            by_community.setdefault(card.round.community_id, []).append(card)
    for some in by_community.values():
        outs = [cards.HandOut(card.kid, card.serial, card.at) for card in some]
        outcomes = cards.activate(community=some[0].round.community, cards=outs)
        for card, outcome in zip(some, outcomes, strict=True):
            found[card.sample] = outcome.reason.removeprefix("cards.") or CARD_ACTIVE
    return found


def _why_not(card: Handed) -> str:
    round_no, rest = divmod(card.serial, ROUND_UNIT)
    if round_no != card.round.no:
        return Why.CARD_OTHER_ROUND
    if card.grid_no is not None and rest // GRID_UNIT != card.grid_no:
        return Why.CARD_OTHER_GRID
    return ""


def take_back(round_: Round, sample: Sample, at: datetime) -> None:
    """The swab's card is nobody's again."""
    if sample.card == CARD_ACTIVE and sample.serial is not None:
        card = cards.CardRef(bytes(sample.kid), sample.serial)
        cards.take_back(community=round_.community, cards=[card], at=at)


def withdraw_unused(round_: Round, at: datetime) -> int:
    """Cards printed for this round that nobody holds lapse; how many. A late activation lifts it."""
    return cards.close_round(community=round_.community, round_no=round_.no, at=at)
