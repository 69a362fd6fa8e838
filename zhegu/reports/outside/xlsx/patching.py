"""Writes values into cells of a sheet's bytes; whatever is not asked for stays as it was, to the byte."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from zhegu.reports.outside.xlsx.reading import Part
from zhegu.reports.outside.xlsx.scanning import CellSpan, RowSpan, Scanned
from zhegu.reports.rules.blanks.placing import Write
from zhegu.reports.rules.blanks.sheet import Spot, box_of, ref

ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["']([\w.\-]+)["']""")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_767
_SPANS = re.compile(rb'\sspans="(\d+):(\d+)"')


def patched(part: Part, writes: Iterable[Write], results: Iterable[Write] = ()) -> bytes:
    """The sheet's bytes with `writes` in blank cells and `results` beside formulas; styles stay."""
    scanned = part.scanned
    encoding = ENCODING.match(scanned.content)
    coding = encoding.group(1).decode("ascii") if encoding else "utf-8"
    return _Patch(part, coding).apply(
        {(one.row, one.column): one for one in writes}, {(one.row, one.column): one for one in results}
    )


class _Patch:
    def __init__(self, part: Part, coding: str) -> None:
        self.part = part
        self.scanned: Scanned = part.scanned
        self.coding = coding
        self.prefix = self.scanned.prefix.decode("ascii")
        self.edits: list[tuple[int, int, bytes]] = []

    def apply(self, writes: Mapping[Spot, Write], results: Mapping[Spot, Write]) -> bytes:
        by_row: dict[int, list[Write]] = {}
        for (row, _), one in sorted(writes.items()):
            by_row.setdefault(row, []).append(one)
        rows = {row.no: row for row in self.scanned.rows}
        for row_no, wanted in by_row.items():
            if row_no in rows:
                self._in_row(rows[row_no], wanted)
        self._new_rows([(no, wanted) for no, wanted in by_row.items() if no not in rows])
        for row in self.scanned.rows:
            for cell in row.cells:
                if cell.has_formula and (cell.row, cell.column) in results:
                    self._result(cell, results[cell.row, cell.column].value)
        self._dimension(writes)
        return self._spliced()

    def _in_row(self, row: RowSpan, wanted: list[Write]) -> None:
        cells = {cell.column: cell for cell in row.cells}
        columns = sorted(cells)
        inserts: dict[int, list[str]] = {}
        for one in wanted:
            cell = cells.get(one.column)
            if cell is not None:
                kept = {k: v for k, v in cell.attributes.items() if k not in ("t", "vm")}
                self._edit(cell.start, cell.end, self._cell(kept, one))
                continue
            index = bisect_left(columns, one.column)
            at = cells[columns[index]].start if index < len(columns) else row.content_end
            inserts.setdefault(at, []).append(self._cell(self._fresh(row, one), one))
        if row.closed:
            self._open(row, wanted, "".join(inserts.get(row.content_end, [])))
            return
        for at, made in inserts.items():
            self._edit(at, at, "".join(made))
        if inserts:
            self._widen(row, wanted)

    def _open(self, row: RowSpan, wanted: list[Write], made: str) -> None:
        """A row that held nothing: `<row …/>` becomes `<row …>cells</row>`."""
        raw = self.scanned.content[row.start : row.end]
        opened = self._wider(raw[:-2].rstrip() + b">", wanted)
        self.edits.append((row.start, row.end, opened + self._bytes(f"{made}</{self.prefix}row>")))

    def _widen(self, row: RowSpan, wanted: list[Write]) -> None:
        raw = self.scanned.content[row.start : row.open_end]
        wider = self._wider(raw, wanted)
        if wider != raw:
            self.edits.append((row.start, row.open_end, wider))

    def _wider(self, raw: bytes, wanted: list[Write]) -> bytes:
        """`spans` says which columns a row uses; it must not be narrower than what is there."""
        said = _SPANS.search(raw)
        if not said:
            return raw
        low = min(int(said.group(1)), *(one.column for one in wanted))
        high = max(int(said.group(2)), *(one.column for one in wanted))
        return raw[: said.start()] + f' spans="{low}:{high}"'.encode() + raw[said.end() :]

    def _fresh(self, row: RowSpan | None, one: Write) -> dict[str, str]:
        """Attributes of a cell that the file did not have: the style of its row, else of its column."""
        made = {"r": ref(one.row, one.column)}
        style = self.part.column_styles.get(one.column, 0)
        if row is not None and row.attributes.get("s", "").isdigit():
            style = int(row.attributes["s"])
        return made | ({"s": str(style)} if style else {})

    def _new_rows(self, wanted: list[tuple[int, list[Write]]]) -> None:
        numbers = [row.no for row in self.scanned.rows]
        made: dict[int, list[str]] = {}
        for no, writes in wanted:
            cells = "".join(self._cell(self._fresh(None, one), one) for one in writes)
            index = bisect_left(numbers, no)
            at = self.scanned.rows[index].start if index < len(numbers) else self.scanned.data_end
            made.setdefault(at, []).append(f'<{self.prefix}row r="{no}">{cells}</{self.prefix}row>')
        if made and self.scanned.data_closed:
            rows = "".join(row for group in made.values() for row in group)
            name = f"{self.prefix}sheetData"
            self._edit(self.scanned.data_start, self.scanned.data_open_end, f"<{name}>{rows}</{name}>")
            return
        for at, rows in made.items():
            self._edit(at, at, "".join(rows))

    def _cell(self, attributes: Mapping[str, str], one: Write) -> str:
        said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if " " not in key)
        name, value = f"{self.prefix}c", one.value
        if value is None or value == "":
            return f"<{name}{said}/>"
        if isinstance(value, bool | int | float):
            return f"<{name}{said}><{self.prefix}v>{_number(value)}</{self.prefix}v></{name}>"
        words = escape(FORBIDDEN.sub("", value)[:LONGEST])
        space = ' xml:space="preserve"' if words != words.strip() or "\n" in words else ""
        p = self.prefix
        return f'<{name}{said} t="inlineStr"><{p}is><{p}t{space}>{words}</{p}t></{p}is></{name}>'

    def _result(self, cell: CellSpan, value: int | float | str | bool | None) -> None:
        """The formula's bytes stay; the result beside it is the new one."""
        p = self.prefix
        kept = {k: v for k, v in cell.attributes.items() if k != "t" and " " not in k}
        shown = ""
        if isinstance(value, bool):
            kept["t"], shown = "b", str(int(value))
        elif isinstance(value, int | float):
            shown = _number(value)
        elif isinstance(value, str):
            kept["t"] = "e" if value.startswith("#") else "str"
            shown = escape(FORBIDDEN.sub("", value))
        said = "".join(f" {key}={quoteattr(item)}" for key, item in kept.items())
        formula = self.scanned.content[cell.formula_start : cell.formula_end]
        result = f"<{p}v>{shown}</{p}v>" if value is not None else ""
        made = self._bytes(f"<{p}c{said}>") + formula + self._bytes(f"{result}</{p}c>")
        if made != self.scanned.content[cell.start : cell.end]:
            self.edits.append((cell.start, cell.end, made))

    def _dimension(self, writes: Mapping[Spot, Write]) -> None:
        """The used range grows where a written cell lies outside it."""
        if not writes or not self.scanned.dimension:
            return
        try:
            box = box_of(self.scanned.dimension_ref)
        except ValueError:
            return
        rows, columns = [row for row, _ in writes], [column for _, column in writes]
        first = ref(min(box.top, *rows), min(box.left, *columns))
        last = ref(max(box.bottom, *rows), max(box.right, *columns))
        old_first = ref(box.top, box.left)
        old_last = ref(box.bottom, box.right)
        if (first, last) != (old_first, old_last):
            start, end = self.scanned.dimension
            raw = self.scanned.content[start:end]
            old = f'"{self.scanned.dimension_ref}"'.encode()
            self.edits.append((start, end, raw.replace(old, f'"{first}:{last}"'.encode())))

    def _edit(self, start: int, end: int, made: str) -> None:
        self.edits.append((start, end, self._bytes(made)))

    def _bytes(self, words: str) -> bytes:
        return words.encode(self.coding, "xmlcharrefreplace")

    def _spliced(self) -> bytes:
        pieces, done = [], 0
        for start, end, made in sorted(self.edits, key=lambda edit: (edit[0], edit[1])):
            pieces += [self.scanned.content[done:start], made]
            done = end
        return b"".join([*pieces, self.scanned.content[done:]])


def _number(value: bool | int | float) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


CALC = re.compile(rb"<((?:[\w.\-]+:)?)calcPr\b([^>]*?)(/?)>")
AFTER_NAMES = re.compile(rb"</(?:[\w.\-]+:)?(?:definedNames|externalReferences|functionGroups|sheets)>")


def asking_to_count(workbook: bytes) -> bytes:
    """`workbook.xml` with Excel asked to count everything when it opens the file; unchanged where it already is."""
    found = CALC.search(workbook)
    if found:
        if re.search(rb"""fullCalcOnLoad=["'](1|true)["']""", found.group(2)):
            return workbook
        said = re.sub(rb"""\s*fullCalcOnLoad=["'][^"']*["']""", b"", found.group(2)).rstrip()
        made = b"<" + found.group(1) + b"calcPr" + said + b' fullCalcOnLoad="1"' + found.group(3) + b">"
        return workbook[: found.start()] + made + workbook[found.end() :]
    places = list(AFTER_NAMES.finditer(workbook))
    if not places:
        return workbook
    prefix = re.match(rb"</((?:[\w.\-]+:)?)", places[-1].group()).group(1)  # type: ignore[union-attr]
    at = places[-1].end()
    return workbook[:at] + b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>' + workbook[at:]
