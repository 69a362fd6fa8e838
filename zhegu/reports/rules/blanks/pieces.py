"""A sheet with several tables, one below the other, is read as several forms, each with its own table."""

from dataclasses import replace

from zhegu.reports.rules.blanks.layout import Sure, find_table, is_total
from zhegu.reports.rules.blanks.sheet import Blank

ENOUGH = 2.4
"""Known headers, by how sure they are: fewer do not make a second table."""


def pieces(blank: Blank, sure: Sure) -> list[Blank]:
    """The sheet cut above every table but the first; whole where there is at most one."""
    table = find_table(blank, sure)
    if table is None:
        return [blank]
    top = _with_its_title(blank, table.area.top)
    above, rest = _cut(blank, top) if _holds_a_table(_cut(blank, top)[0], sure) else (None, blank)
    below = _cut(rest, table.area.bottom + 1)[1]
    cut = _second(below, sure)
    if cut:
        own, below = _cut(rest, cut)
        return [*(pieces(above, sure) if above else []), own, *pieces(below, sure)]
    return [*(pieces(above, sure) if above else []), rest]


def _holds_a_table(blank: Blank, sure: Sure) -> bool:
    table = find_table(blank, sure)
    return table is not None and sum(said for head in table.heads if (said := sure(head.path)) >= 0.8) >= ENOUGH


def _second(blank: Blank, sure: Sure) -> int:
    """The row at which the first table of what is left begins, its title with it; 0 where none is left."""
    table = find_table(blank, sure) if _holds_a_table(blank, sure) else None
    return _with_its_title(blank, table.area.top) if table else 0


def _with_its_title(blank: Blank, top: int) -> int:
    """A table's first row, or the line above it that stands alone and names it."""
    texts = [blank.text(top - 1, column) for column in blank.columns_by_row.get(top - 1, []) if blank.text(top - 1, column)]
    titled = len(set(texts)) == 1 and not is_total(texts[0])
    return top - 1 if titled else top


def _cut(blank: Blank, row: int) -> tuple[Blank, Blank]:
    """What stands above a row, and what stands from it on."""
    upper = {spot: cell for spot, cell in blank.cells.items() if spot[0] < row}
    lower = {spot: cell for spot, cell in blank.cells.items() if spot[0] >= row}
    over, under = ([box for box in blank.merges if (box.top < row) is first] for first in (True, False))
    ends = min(blank.ends_by, row - 1)
    return replace(blank, cells=upper, merges=tuple(over), ends_by=ends), replace(blank, cells=lower, merges=tuple(under))
