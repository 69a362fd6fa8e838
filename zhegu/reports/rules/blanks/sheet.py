"""A sheet of a blank form as plain cells: what stands where, what is merged, what is hidden."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

Spot = tuple[int, int]
"""Row and column, both from 1."""


@dataclass(frozen=True)
class Cell:
    """One cell as a reader sees it; blank where it has neither text nor formula."""

    text: str = ""
    formula: str = ""
    number: bool = False
    style: int = 0

    @property
    def blank(self) -> bool:
        return not self.text.strip() and not self.formula


@dataclass(frozen=True)
class Box:
    """A merged rectangle, both ends included; a cell alone is a box of its own."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def width(self) -> int:
        return self.right - self.left + 1

    @property
    def height(self) -> int:
        return self.bottom - self.top + 1


NOTHING = Cell()


@dataclass(frozen=True)
class Blank:
    """A sheet of the form somebody sent: cells by spot, merged boxes, hidden rows and columns."""

    name: str
    cells: Mapping[Spot, Cell]
    merges: tuple[Box, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    ends_by: int = 0
    """Last row that print area, validations or formats reach; 0 where they say nothing."""

    @cached_property
    def _boxes(self) -> dict[Spot, Box]:
        found: dict[Spot, Box] = {}
        for box in self.merges:
            for row in range(box.top, min(box.bottom, box.top + 2000) + 1):
                for column in range(box.left, min(box.right, box.left + 300) + 1):
                    found[row, column] = box
        return found

    def box(self, row: int, column: int) -> Box:
        """The merged box around a spot, or the spot itself."""
        return self._boxes.get((row, column)) or Box(row, column, row, column)

    def at(self, row: int, column: int) -> Cell:
        """The cell that shows at a spot: of a merged box its top left one."""
        box = self._boxes.get((row, column))
        return self.cells.get((box.top, box.left) if box else (row, column), NOTHING)

    def text(self, row: int, column: int) -> str:
        return self.at(row, column).text.strip()

    def there(self, row: int, column: int) -> bool:
        """Whether the file holds anything at the spot, if only a border."""
        return (row, column) in self.cells or (row, column) in self._boxes

    def is_anchor(self, row: int, column: int) -> bool:
        box = self.box(row, column)
        return (box.top, box.left) == (row, column)

    @cached_property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def last_column(self) -> int:
        return max((column for (_, column), cell in self.cells.items() if not cell.blank), default=0)

    @cached_property
    def columns_by_row(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            found.setdefault(row, []).append(column)
        return found

    def words(self) -> Iterator[tuple[int, int, str]]:
        """Every text in the order of reading: row, column, text; numbers and formulas left out."""
        for (row, column), cell in sorted(self.cells.items()):
            if cell.text.strip() and not cell.formula and not cell.number:
                yield row, column, cell.text.strip()


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def ref(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


def spot(name: str) -> Spot:
    """B6 or $B$6 → (6, 2); raises ValueError for anything else."""
    plain = name.replace("$", "")
    head = plain.rstrip("0123456789")
    if not head or not plain[len(head) :] or not head.isascii() or not head.isalpha() or len(head) > 3:
        raise ValueError(name)
    column = 0
    for letter in head.upper():
        column = column * 26 + ord(letter) - 64
    return int(plain[len(head) :]), column


def box_of(name: str) -> Box:
    """A1:C3 (or A1 alone) as a box."""
    first, _, last = name.partition(":")
    top, left = spot(first)
    bottom, right = spot(last or first)
    return Box(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
