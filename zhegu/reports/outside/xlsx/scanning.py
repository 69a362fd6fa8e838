"""Where each row and cell of a sheet stands in its bytes, so that one can be changed and the rest stay.

Expat tells the byte at which every tag begins; nothing is written out again that was not asked for.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from zhegu.reports.outside.xlsx.package import Broken
from zhegu.reports.rules.blanks.sheet import spot

MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main ", "http://purl.oclc.org/ooxml/spreadsheetml/main ")
CELLS = 400_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_PREFIX = re.compile(rb"<([A-Za-z_][\w.\-]*:)?")


@dataclass
class CellSpan:
    """One `<c>`: its bytes, attributes, value, text in place, and the bytes of its formula."""

    row: int
    column: int
    start: int
    open_end: int
    end: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    value: str = ""
    inline: str = ""
    formula: str = ""
    formula_attributes: dict[str, str] = field(default_factory=dict)
    formula_start: int = 0
    formula_end: int = 0

    @property
    def has_formula(self) -> bool:
        return self.formula_end > 0


@dataclass
class RowSpan:
    """One `<row>`: where it opens, where its content ends, and its cells."""

    no: int
    start: int
    open_end: int
    closed: bool
    content_end: int = 0
    end: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    cells: list[CellSpan] = field(default_factory=list)


@dataclass
class Scanned:
    """The rows of a sheet, the bytes of its sheetData, and what stands around it."""

    content: bytes
    prefix: bytes = b""
    data_start: int = 0
    data_open_end: int = 0
    data_end: int = 0
    data_closed: bool = False
    dimension: tuple[int, int] | None = None
    dimension_ref: str = ""
    rows: list[RowSpan] = field(default_factory=list)
    around: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def tag_end(content: bytes, start: int) -> int:
    """The byte after the `>` of the tag that begins at `start`; a `>` in quotes does not end it."""
    quote = 0
    for at in range(start, len(content)):
        byte = content[at]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in (34, 39):
            quote = byte
        elif byte == 62:
            return at + 1
    raise Broken("reports.blank_broken", {})


def _ends(content: bytes, open_end: int, at: int) -> int:
    """The byte after an element whose opening tag ends at `open_end` and whose closing tag begins at `at`."""
    return open_end if content[open_end - 2 : open_end] == b"/>" else tag_end(content, at)


class _Scan:
    def __init__(self, content: bytes) -> None:
        self.found = Scanned(content)
        self.path: list[str] = []
        self.row: RowSpan | None = None
        self.cell: CellSpan | None = None
        self.words: list[str] | None = None
        self.cells = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype

    def doctype(self, *_: object) -> None:
        raise Broken("reports.blank_broken", {})

    def start(self, name: str, attributes: dict[str, str]) -> None:
        short = next((name[len(ns) :] for ns in MAIN if name.startswith(ns)), "?")
        at = self.parser.CurrentByteIndex
        self.path.append(short)
        if short == "sheetData":
            self._data(at)
        elif short == "row" and self.path[-2:-1] == ["sheetData"]:
            self._row(at, attributes)
        elif short == "c" and self.row is not None and self.cell is None:
            self._cell(at, attributes)
        elif self.cell is not None:
            if short == "f":
                self.cell.formula_attributes = dict(attributes)
                self.cell.formula_start = at
            if short in ("f", "v", "t"):
                self.words = []
        elif self.row is None:
            self.found.around.append((short, dict(attributes)))
            if short == "dimension":
                self.found.dimension = (at, tag_end(self.found.content, at))
                self.found.dimension_ref = attributes.get("ref", "")

    def _data(self, at: int) -> None:
        found = self.found
        found.data_start, found.data_open_end = at, tag_end(found.content, at)
        found.data_closed = found.content[found.data_open_end - 2 : found.data_open_end] == b"/>"
        prefix = _PREFIX.match(found.content, at)
        found.prefix = (prefix.group(1) or b"") if prefix else b""

    def _row(self, at: int, attributes: dict[str, str]) -> None:
        before = self.found.rows[-1].no if self.found.rows else 0
        no = int(attributes["r"]) if attributes.get("r", "").isdigit() else before + 1
        if no <= before or no > LAST_ROW:
            raise Broken("reports.blank_broken", {})
        end = tag_end(self.found.content, at)
        closed = self.found.content[end - 2 : end] == b"/>"
        self.row = RowSpan(no, at, end, closed, end, end, dict(attributes))
        self.found.rows.append(self.row)

    def _cell(self, at: int, attributes: dict[str, str]) -> None:
        assert self.row is not None
        self.cells += 1
        if self.cells > CELLS:
            raise Broken("reports.blank_too_large", {"megabytes": 16})
        column = self.row.cells[-1].column + 1 if self.row.cells else 1
        if "r" in attributes:
            try:
                row, named = spot(attributes["r"])
            except ValueError as bad:
                raise Broken("reports.blank_broken", {}) from bad
            if row != self.row.no or named < column or named > LAST_COLUMN:
                raise Broken("reports.blank_broken", {})
            column = named
        self.cell = CellSpan(self.row.no, column, at, tag_end(self.found.content, at), attributes=dict(attributes))
        self.row.cells.append(self.cell)

    def characters(self, words: str) -> None:
        if self.words is not None:
            self.words.append(words)

    def end(self, name: str) -> None:
        short = self.path.pop()
        at = self.parser.CurrentByteIndex
        content = self.found.content
        if short == "sheetData":
            self.found.data_end = at if not self.found.data_closed else self.found.data_open_end
        elif short == "row" and self.row is not None and self.path[-1:] == ["sheetData"]:
            if not self.row.closed:
                self.row.content_end, self.row.end = at, tag_end(content, at)
            self.row = None
        elif self.cell is not None:
            self._in_cell(short, at, content)

    def _in_cell(self, short: str, at: int, content: bytes) -> None:
        cell = self.cell
        assert cell is not None
        said = "".join(self.words or [])
        if short == "c":
            cell.end = _ends(content, cell.open_end, at)
            self.cell = None
        elif short == "f":
            opened = tag_end(content, cell.formula_start)
            cell.formula, cell.formula_end = said, _ends(content, opened, at)
        elif short == "v":
            cell.value = said
        elif short == "t" and "rPh" not in self.path:
            cell.inline += said
        if short in ("f", "v", "t"):
            self.words = None


def scan(content: bytes) -> Scanned:
    """The sheet's rows and cells with the bytes they stand at; raises Broken for what is no sheet."""
    one = _Scan(content)
    try:
        one.parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as bad:
        raise Broken("reports.blank_broken", {}) from bad
    if not one.found.data_start:
        raise Broken("reports.blank_broken", {})
    return one.found
