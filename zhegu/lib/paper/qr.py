"""QR codes drawn as one filled path: the mask is fixed, since choosing it costs five times the rest."""

import base64
from itertools import groupby

import segno

QUIET = 4
MASK = 3
OVERLAP = "1.02"


class CodeTooLarge(ValueError):
    """The text needs more modules than can be printed at this size and still be read."""


def drawn(words: str, most_modules: int = 0, level: str = "q") -> str:
    """An SVG of the code with its quiet zone of 4 modules, black on nothing.

    Upper-case codes are set alphanumeric, others (addresses) as bytes. `most_modules` bounds the
    side without quiet zone; beyond it CodeTooLarge is raised.
    """
    code = segno.make(words, error=level, boost_error=False, mask=MASK, micro=False)
    rows = [bytes(row) for row in code.matrix]
    if most_modules and len(rows) > most_modules:
        raise CodeTooLarge(f"{len(words)} characters need {len(rows)} modules, {most_modules} fit")
    side = len(rows) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" '
        f'height="{side}"><path d="{_path(rows)}"/></svg>'
    )


def as_picture(words: str) -> str:
    """A code as the address of a picture, for a page."""
    return "data:image/svg+xml;base64," + base64.b64encode(drawn(words, level="m").encode()).decode()


def _path(rows: list[bytes]) -> str:
    """Each run of dark modules as one box, a hair taller than a module so that no seam shows between."""
    boxes = []
    for y, row in enumerate(rows, QUIET):
        x = QUIET
        for dark, run in groupby(row):
            long = len(tuple(run))
            if dark:
                boxes.append(f"M{x} {y}h{long}v{OVERLAP}h-{long}z")
            x += long
    return "".join(boxes)
