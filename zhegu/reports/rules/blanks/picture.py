"""A sheet as a picture in lines and boxes, to show a person what is asked where."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhegu.reports.rules.blanks.proposals import Reading
from zhegu.reports.rules.blanks.sheet import Blank, Spot, ref

MOST_COLUMNS = 60
BLANK_ROWS = 3
ROWS_AROUND = 24


@dataclass(frozen=True)
class Square:
    """One cell of the picture: where it stands, what it says, how far it reaches, and how it is marked."""

    cell: str
    text: str
    width: int
    height: int
    mark: str


@dataclass(frozen=True)
class Line:
    """A row of the picture; `skipped` rows above it are alike and left out."""

    no: int
    squares: tuple[Square, ...]
    skipped: int = 0


def picture(blank: Blank, reading: Reading, marks: Mapping[Spot, str]) -> list[Line]:
    """The sheet's rows with its headers marked; of a long table only the first blank rows."""
    lines, skipped = [], 0
    table = reading.table
    last = min(max(blank.last_row, 1), (table.last if table else 0) + ROWS_AROUND)
    columns = min(max(blank.last_column, table.area.right if table else 1), MOST_COLUMNS)
    for row in range(1, last + 1):
        if row in blank.hidden_rows or (table and _one_of_many(reading, row)):
            skipped += 1
            continue
        lines.append(Line(row, tuple(_squares(blank, row, columns, marks)), skipped))
        skipped = 0
    return lines


def _one_of_many(reading: Reading, row: int) -> bool:
    table = reading.table
    return bool(table and table.places_row == 0 and table.first + BLANK_ROWS <= row < table.last and not table.places)


def _squares(blank: Blank, row: int, columns: int, marks: Mapping[Spot, str]):
    for column in range(1, columns + 1):
        box = blank.box(row, column)
        if (box.top, box.left) != (row, column) or column in blank.hidden_columns:
            continue
        cell = blank.at(row, column)
        shown = [one for one in range(box.left, min(box.right, columns) + 1) if one not in blank.hidden_columns]
        mark = marks.get((row, column), "counted" if cell.formula else "")
        yield Square(ref(row, column), "" if cell.formula else cell.text, len(shown), box.height, mark)
