"""Tables that run across: labels down one column, a column for each place."""

import re

from zhegu.reports.rules.blanks.layout import (
    CORNER,
    LONGEST_HEADER,
    NOTE,
    PERIODS,
    Head,
    Orientation,
    Sure,
    Table,
    is_header,
    is_place,
    is_total,
)
from zhegu.reports.rules.blanks.sheet import Blank, Box
from zhegu.reports.rules.blanks.words import UNITS, core, plain, spoken

CODE = re.compile(r"^[a-z]{0,2}\d{0,3}(?:[.-]\d{1,2})?$")
"""What offices number their lines with: 01, A1, 3-2."""


def best_columns(blank: Blank, sure: Sure) -> tuple[Table | None, float]:
    best, most = None, 0.0
    for column in range(1, min(blank.last_column, 6) + 1):
        table = _columns_table(blank, column, sure)
        if table is None:
            continue
        points = sum(said for head in table.heads if (said := sure(head.path)) >= 0.8) + 0.05 * len(table.heads)
        if points > most:
            best, most = table, points
    return best, most


def _columns_table(blank: Blank, column: int, sure: Sure) -> Table | None:
    runs = _stacks(blank, column)
    best = max(runs, key=len, default=[])
    corner = best[:1] if best and CORNER.match(plain(blank.text(best[0], column))) else []
    best = best[len(corner) :]
    if len(best) < 3:
        return None
    header = corner[0] if corner else _places_row(blank, best[0], column)
    right = max(blank.box(row, column).right for row in best)
    values = [v for v in range(right + 1, _rightmost(blank, best) + 1) if _is_value(blank, best, v)]
    places = [v for v in values if not _said_otherwise(blank, header, v, sure) and _to_be_written(blank, best, v)]
    if len(places) < 2:
        return None
    named = [row for row in corner if sure((blank.text(row, column),)) >= 0.8]
    heads = [_label_head(blank, row, column) for row in (*named, *best)]
    first, last = best[0], best[-1]
    area = Box(header or first, 1, last, max(values))
    return Table(Orientation.COLUMNS, tuple(heads), first, last, area, frozenset(), tuple(places), header)


def _label_head(blank: Blank, row: int, column: int) -> Head:
    left = blank.box(row, column).left
    return Head(row, left, (*_groups_left(blank, row, left), blank.text(row, left)), row)


def _stacks(blank: Blank, column: int) -> list[list[int]]:
    """Runs of rows in which a label ends at the column, with blanks to its right."""
    runs: list[list[int]] = [[]]
    for row in range(1, blank.last_row + 1):
        box = blank.box(row, column)
        label = box.right == column and is_header(blank, row, column) and not _is_note(blank, row, column)
        if label and box.top == row and box.height == 1 and _blanks_right(blank, row, box.right) >= 2:
            runs[-1].append(row)
        elif runs[-1]:
            runs.append([])
    return runs


def _is_note(blank: Blank, row: int, column: int) -> bool:
    """A line of instructions below the table; a mere “notes” is a figure's label like others."""
    words = plain(blank.text(row, column))
    return len(words) > 6 and bool(NOTE.match(words))


def _blanks_right(blank: Blank, row: int, right: int) -> int:
    blanks = 0
    for column in range(right + 1, blank.last_column + 60):
        cell = blank.at(row, column)
        if not blank.there(row, column) and column > blank.last_column:
            break
        if cell.blank or cell.formula or cell.number:
            blanks += 1
        elif not UNITS.match(said := plain(cell.text)) and not CODE.match(said):
            return 0 if column == right + 1 else blanks
    return blanks


def _to_be_written(blank: Blank, rows: list[int], column: int) -> bool:
    """A column that is counted from end to end is a total, whatever it is called."""
    return any(blank.at(row, column).blank for row in rows)


def _rightmost(blank: Blank, rows: list[int]) -> int:
    there = [column for row in rows for column in blank.columns_by_row.get(row, [])]
    return max([blank.last_column, *there])


def _is_value(blank: Blank, rows: list[int], column: int) -> bool:
    open_cells = sum(
        blank.at(row, column).blank or bool(blank.at(row, column).formula) or blank.at(row, column).number for row in rows
    )
    return open_cells >= 0.6 * len(rows)


def _places_row(blank: Blank, first: int, column: int) -> int:
    """The row above the labels that names the places; 0 where none does."""
    for row in range(first - 1, max(0, first - 4), -1):
        texts = [c for c in range(column + 1, blank.last_column + 1) if blank.text(row, c) and blank.box(row, c).left == c]
        if len(texts) >= 2:
            return row
    return first - 1 if first > 1 and blank.there(first - 1, column + 1) else 0


def _said_otherwise(blank: Blank, header: int, column: int, sure: Sure) -> bool:
    """A column that is no place: a total, a unit, a note, “today” and “so far”."""
    words = plain(blank.text(header, column)) if header else ""
    if not words:
        return False
    if is_place(words):
        return False
    return bool(PERIODS.match(words)) or is_total(words) or sure((words,)) >= 0.8


def _groups_left(blank: Blank, row: int, column: int) -> tuple[str, ...]:
    """Groups at the left of a label, the widest first."""
    found = []
    for left in range(1, column):
        box = blank.box(row, left)
        words = blank.text(row, left)
        if not words:
            words = next((blank.text(above, left) for above in range(row - 1, max(0, row - 12), -1) if blank.text(above, left)), "")
        if words and box.left == left and not is_place(words) and len(words) <= LONGEST_HEADER and core(spoken(words)[0]):
            found.append(words)
    return tuple(found)
