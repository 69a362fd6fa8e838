"""A sheet as plain values. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Range = tuple[tuple[int, int], tuple[int, int]]


def is_blank(value: Any) -> bool:
    """Empty, or only spaces."""
    return value == "" or value is None or (isinstance(value, str) and value.isspace())


@dataclass
class Sheet:
    """Cells of one sheet from A1 (rows and columns count from 0) with its merged ranges."""

    name: str
    cells: list[list[Any]]
    merged: list[Range] = field(default_factory=list)
    workbook: str = ""

    @cached_property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.cells), default=0)

    @cached_property
    def anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Each covered cell of a merged range → the range's first cell, which holds the value."""
        found = {}
        height, width = len(self.cells), self.width
        for (top, left), (bottom, right) in self.merged:
            for row in range(top, min(bottom, height - 1) + 1):
                for column in range(left, min(right, width - 1) + 1):
                    found[row, column] = (top, left)
            found.pop((top, left), None)
        return found

    @cached_property
    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """First cell of each merged range → its last cell."""
        return {first: last for first, last in self.merged}

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds what is seen at this place."""
        return self.anchors.get((row, column), (row, column))

    def raw(self, row: int, column: int) -> Any:
        """The cell's own value; blank outside the sheet."""
        cells = self.cells[row] if 0 <= row < len(self.cells) else ()
        return cells[column] if 0 <= column < len(cells) else ""

    def seen(self, row: int, column: int) -> Any:
        """The value as a reader sees it: a merged cell shows its range's value everywhere."""
        return self.raw(*self.anchor(row, column))

    def filled(self, row: int) -> list[int]:
        """Columns of the cells in this row that hold something themselves."""
        return [column for column, value in enumerate(self.cells[row]) if value != "" and not is_blank(value)]

    def span_width(self, row: int, column: int) -> int:
        """How many columns the cell covers."""
        last = self.spans.get((row, column))
        return last[1] - column + 1 if last else 1


def without_blank_edges(cells: Iterable[list[Any]]) -> list[list[Any]]:
    """The rows up to the last one that holds anything."""
    rows = list(cells)
    while rows and all(is_blank(value) for value in rows[-1]):
        rows.pop()
    return rows
