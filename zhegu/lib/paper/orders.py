"""Order slips for residents without a phone: what may be ordered, boxes to fill, and a code that leads back to the list."""

from dataclasses import dataclass
from typing import Any

from zhegu.lib.paper.fonts import Fonts
from zhegu.lib.paper.press import Imprint, press
from zhegu.lib.paper.qr import drawn

FIT = ((6, 2, 2), (19, 2, 1))
"""Up to so many things, so many slips side by side and one below the other on a page."""


@dataclass(frozen=True)
class OrderLine:
    """A thing that may be ordered: what one costs as it is written, and how many a home gets (None: any)."""

    item: str
    price: str
    most: int | None = None


@dataclass(frozen=True)
class OrderSlip:
    """The list of one day: its title, its things, and the address the code opens in the office."""

    title: str
    day: str
    lines: tuple[OrderLine, ...]
    address: str


def print_order_slips(slip: OrderSlip, imprint: Imprint, fonts: Fonts | None = None) -> bytes:
    """A page of A4 full of the same slip, to be copied and cut; long lists run on over pages. Every label in each language."""
    side, below = next(((side, below) for most, side, below in FIT if len(slip.lines) <= most), (1, 1))
    labels = ("name", "door", "phone", "signed", "how")
    sent: dict[str, Any] = {
        "side": side, "below": below, "title": slip.title, "day": slip.day, "qr": drawn(slip.address, level="m"),
        "many": imprint.words("paper.order_many"), **{label: imprint.words(f"paper.order_{label}") for label in labels},
        "lines": [
            {"item": one.item, "price": one.price, "most": [] if one.most is None else imprint.words("paper.order_most", n=one.most)}
            for one in slip.lines
        ],
    }  # fmt: skip
    return press("orders", sent, imprint, fonts)

