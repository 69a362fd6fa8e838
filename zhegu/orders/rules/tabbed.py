"""Columns of an export pasted as text, with tabs between them. Pure."""

from zhegu.lib.sheets.cells import Sheet
from zhegu.orders.rules.catalogue import Catalogue
from zhegu.orders.rules.export import read_export
from zhegu.orders.rules.signup import SignUp, Unread

FEWEST_TABS = 3
"""In a line of a table: less stands between any two words someone typed."""


def read_tabbed(lines: list[str], catalogue: Catalogue) -> SignUp | None:
    """The sign-up of the table that most of the text is; what stands below its head outside it was not read. None for no table."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    rows = [at for at in filled if lines[at].count("\t") >= FEWEST_TABS]
    if len(rows) < 2 or len(rows) * 2 < len(filled):
        return None
    found = read_export([Sheet("", [lines[at].split("\t") if at in set(rows) else [] for at in range(len(lines))])], catalogue)
    if found is None:
        return None
    above = [lines[at].strip() for at in filled if at < rows[0]]
    found.title = above[0] if above else None
    found.unread += [Unread(at + 1, lines[at].strip()) for at in filled if at > rows[0] and at not in rows]
    return found
