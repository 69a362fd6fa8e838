"""Which table a sheet holds: a header band over rows, labels down with places across, or none but label and blank."""

from zhegu.reports.rules.blanks.across import best_columns
from zhegu.reports.rules.blanks.layout import LONGEST_HEADER, Sure, Table, best_rows, is_place
from zhegu.reports.rules.blanks.sheet import Blank


def find_table(blank: Blank, sure: Sure) -> Table | None:
    """The table of the sheet, None where there is only label and blank."""
    rows, row_points = best_rows(blank, sure)
    columns, column_points = best_columns(blank, sure)
    if columns is not None and column_points > row_points and column_points >= 2.4:
        return columns
    if rows is not None and row_points >= _pairs(blank, sure, rows):
        return rows
    return None


def _pairs(blank: Blank, sure: Sure, table: Table) -> float:
    """What speaks for label and blank side by side: known words outside the table with a blank to their right."""
    points = 0.0
    for row, column, words in blank.words():
        inside = table.area.top <= row <= table.area.bottom and table.area.left <= column <= table.area.right
        if inside and row <= table.first - 1 and any((row, column) == (h.row, h.column) for h in table.heads):
            continue
        right = blank.box(row, column).right + 1
        if blank.at(row, right).blank and len(words) <= LONGEST_HEADER and not is_place(words):
            said = sure((words,))
            points += said if said >= 0.8 else 0
    return points - 2.0
