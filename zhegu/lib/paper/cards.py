"""Sampling cards: signed code, printed serial, seal box; ten to a page, 90 x 54 mm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhegu.lib.clock import local
from zhegu.lib.paper.fonts import Fonts
from zhegu.lib.paper.press import Imprint, press
from zhegu.lib.paper.qr import CodeTooLarge, drawn

MOST_MODULES = 61
"""Version 11 at level Q: with its quiet zone 69 modules on 32 mm, 0.464 mm each."""


@dataclass(frozen=True)
class Card:
    """A card to print: the HC1 text, the serial as printed, its round and grid, and who issues it.

    `name`, `house` and `sampled_at` are set on a card made for a named person; without them the
    time line stays open for a pen and the card says that it counts once handed out.
    """

    qr: str
    serial: str
    round_no: int
    grid: str
    name: str = ""
    house: str = ""
    sampled_at: datetime | None = None


def print_cards(cards: Iterable[Card], imprint: Imprint, fonts: Fonts | None = None) -> bytes:
    """Ten cards to an A4 page with cut marks, in Tibetan and Chinese, the imprint in the margin.

    Raises CodeTooLarge, naming the serial, for a code that 32 mm cannot carry at 0.45 mm a module.
    """
    sent = {
        "title": imprint.words("paper.sampled"),
        "time": imprint.words("paper.sampled_at"),
        "seal": imprint.words("paper.seal_here"),
        "open_time": imprint.words("paper.open_time")[0],
        "unless": imprint.words("paper.counts_once_handed_out"),
        "serial": imprint.words("paper.serial"),
        "cards": [_card(card, imprint) for card in cards],
    }
    return press("cards", sent, imprint, fonts)


def _card(card: Card, imprint: Imprint) -> dict[str, Any]:
    try:
        qr = drawn(card.qr, MOST_MODULES)
    except CodeTooLarge as fault:
        raise CodeTooLarge(f"card {card.serial}: {fault}") from fault
    return {
        "qr": qr,
        "serial": card.serial,
        "where": imprint.words("paper.round_and_grid", round=card.round_no, grid=card.grid),
        "name": card.name,
        "house": card.house,
        "at": f"{local(card.sampled_at):%Y-%m-%d %H:%M}" if card.sampled_at else "",
    }
