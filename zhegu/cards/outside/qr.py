"""QR codes of cards: level Q, alphanumeric, one fixed mask (five times faster to draw)."""

from collections.abc import Sequence

import segno

LEVEL = "Q"
MASK = 3
QUIET = 4  # modules of white around the code (ISO/IEC 18004)
Matrix = Sequence[Sequence[int]]


def qr_matrix(text: str) -> Matrix:
    """Rows of 0 and 1, without the quiet zone; raises ValueError for text that is not alphanumeric."""
    code = segno.make(text, error=LEVEL, mode="alphanumeric", mask=MASK, boost_error=False, micro=False)
    return [list(row) for row in code.matrix]


def svg_path(matrix: Matrix) -> str:
    """The dark modules as one SVG path of horizontal runs, one unit a module, quiet zone outside."""
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                runs.append(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z")
            x += length or 1
    return "".join(runs)


def qr_svg(text: str) -> str:
    """A whole SVG picture with its quiet zone, black on white, scaled by whoever places it."""
    matrix = qr_matrix(text)
    side = len(matrix) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{svg_path(matrix)}"/></svg>'
    )
