"""The label of a box: glued on it, read by a scanner where it is opened."""

from dataclasses import dataclass

from zhegu.lib.paper.fonts import Fonts
from zhegu.lib.paper.press import Imprint, press
from zhegu.lib.paper.qr import drawn


@dataclass(frozen=True)
class BoxLabel:
    """Its number, where it comes from and goes, and what is in it: thing and amount a line."""

    number: str
    out_of: str
    to: str
    lines: tuple[tuple[str, str], ...]


def print_box_label(label: BoxLabel, imprint: Imprint, fonts: Fonts | None = None) -> bytes:
    """The upper part of a page of A4: the number large beside its code, where it goes, and the packing list."""
    sent = {
        "number": label.number, "qr": drawn(label.number), "out_of": label.out_of, "to": label.to, "lines": [list(one) for one in label.lines],
        "words": {word: imprint.words(f"paper.box_{word}") for word in ("from", "to", "inside", "closed")},
    }  # fmt: skip
    return press("label", sent, imprint, fonts)
