"""A sheet with several tables, below or beside each other, is read as several forms, each with its own table."""

from dataclasses import replace

from zhegu.reports.rules.blanks.finding import find_table
from zhegu.reports.rules.blanks.layout import Orientation, Sure, Table, is_total
from zhegu.reports.rules.blanks.sheet import Blank
from zhegu.reports.rules.blanks.words import plain

ENOUGH = 2.4
"""Known headers, by how sure they are: fewer do not make a second table."""


def pieces(blank: Blank, sure: Sure) -> list[Blank]:
    """The sheet cut above every table but the first; whole where there is at most one."""
    table = find_table(blank, sure)
    if table is None:
        return [blank]
    between = _between(blank, table)
    if between:
        left, right = _cut_beside(blank, table, between)
        return [*pieces(left, sure), *pieces(right, sure)]
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


def _between(blank: Blank, table: Table) -> int:
    """The empty column between two tables side by side, each of which begins with the same header; 0 where there is none."""
    if table.orientation is not Orientation.ROWS:
        return 0
    said = {head.slot: plain(head.path[-1]) for head in table.heads}
    rows = range(table.area.top, table.area.bottom + 1)
    for column in range(min(said) + 2, max(said)):
        before, after = ([said[slot] for slot in said if (slot < column) is left] for left in (True, False))
        empty = column not in said and not any(blank.there(row, column) and blank.text(row, column) for row in rows)
        if empty and len(before) >= 2 and len(after) >= 2 and before[0] == after[0] and before != after:
            return column
    return 0


def _cut_beside(blank: Blank, table: Table, column: int) -> tuple[Blank, Blank]:
    """The form without the table at the right of an empty column, and that table alone with the row of its total."""
    rows = range(table.area.top, table.area.bottom + 2)
    right = {spot: cell for spot, cell in blank.cells.items() if spot[0] in rows and spot[1] > column}
    left = {spot: cell for spot, cell in blank.cells.items() if spot not in right}
    beside = tuple(box for box in blank.merges if box.top in rows and box.left > column)
    others = tuple(box for box in blank.merges if box not in beside)
    return replace(blank, cells=left, merges=others), replace(blank, cells=right, merges=beside)


def _cut(blank: Blank, row: int) -> tuple[Blank, Blank]:
    """What stands above a row, and what stands from it on."""
    upper = {spot: cell for spot, cell in blank.cells.items() if spot[0] < row}
    lower = {spot: cell for spot, cell in blank.cells.items() if spot[0] >= row}
    over, under = ([box for box in blank.merges if (box.top < row) is first] for first in (True, False))
    ends = min(blank.ends_by, row - 1)
    return replace(blank, cells=upper, merges=tuple(over), ends_by=ends), replace(blank, cells=lower, merges=tuple(under))
