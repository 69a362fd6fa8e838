"""Tables as Excel workbooks: laid out for print where people sign them, plain where there is much.

XlsxWriter lays out; rustpy-xlsxwriter writes large plain tables about ten times faster
(benchmarks/p6_export.py). Neither ever writes a formula: text beginning with `=` stays text.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from functools import cache
from itertools import groupby
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from rustpy_xlsxwriter import FastExcel, Format

from zhegu.lib.clock import local
from zhegu.lib.tables.masks import Mask
from zhegu.lib.tables.table import NUMERIC, Column, Kind, Table, Words, say, shown

NUMBER_FORMATS = {
    Kind.COUNT: "0",
    Kind.NUMBER: "General",
    Kind.PERCENT: "0.0%",
    Kind.MONEY: "0.00",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "yyyy-mm-dd hh:mm",
}
COUNTED = NUMERIC - {Kind.MONEY}
WORDED = frozenset({Kind.TEXT, Kind.ID, Kind.PHONE})
NO_GUESSING = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
FONTS = {"zh": ("宋体", 11), "bo": ("Microsoft Himalaya", 16), "en": ("Calibri", 11)}
ROW_HEIGHTS = {"zh": (18, 30), "bo": (26, 52), "en": (18, 30)}
"""Of a row, and of a row of heads; Tibetan stacks need the room."""


class PaperSize(IntEnum):
    """Excel's own numbers for paper."""

    A3 = 8
    A4 = 9


@dataclass(frozen=True)
class Sheet:
    """How a table stands on paper: `before` are lines under the title, `after` lines below the table."""

    name: str = "Sheet1"
    paper: PaperSize = PaperSize.A4
    landscape: bool = True
    before: tuple[Words, ...] = ()
    after: tuple[Words, ...] = ()


def as_xlsx(*pages: tuple[Table, Sheet], lang: str = "zh", mask: bool = True) -> bytes:
    """A workbook with one sheet per table: title, period, repeated heads, totals, set up for paper.

    Values are typed (numbers add up, dates sort); totals are written as values, so every viewer
    shows them. For tables past some thousand rows use `plain_xlsx`.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **NO_GUESSING}) as book:
        looks = _Looks(book, lang)
        for table, sheet in pages:
            _lay_out(book.add_worksheet(sheet_name(sheet.name)), table, sheet, looks, mask)
    return out.getvalue()


def plain_xlsx(table: Table, lang: str = "zh", mask: bool = True, name: str = "Sheet1") -> bytes:
    """One sheet, heads in row 1, typed cells, heads frozen; rows may be a generator of any length."""
    out = io.BytesIO()
    heads = _distinct([say(column.label, lang) for column in table.columns])
    widths = [_width(column, head) for column, head in zip(table.columns, heads, strict=True)]
    formats = {
        head: Format().set_num_format(NUMBER_FORMATS[column.kind])
        for column, head in zip(table.columns, heads, strict=True)
        if column.kind in (Kind.PERCENT, Kind.MONEY, Kind.DATE, Kind.TIME) and _is_open(column, mask)
    }
    rows = _records(table, heads, lang, mask)
    book = FastExcel(out).format(bold_headers=True).freeze(row=1)
    book.sheet(sheet_name(name), rows, column_widths=widths, column_formats=formats).save()
    return out.getvalue()


def sheet_name(words: str) -> str:
    """The words as Excel allows them for a sheet: no []:*?/\\ and at most 31 characters."""
    kept = "".join(letter for letter in words if letter not in "[]:*?/\\")
    return kept.strip("'")[:31] or "Sheet1"


def _records(table: Table, heads: list[str], lang: str, mask: bool) -> Iterator[dict[str, Any]]:
    """Rows keyed by head. Words and numbers go through untouched: this is where the speed is."""
    columns = dict(zip(heads, table.columns, strict=True))
    worded = [head for head, column in columns.items() if _is_open(column, mask) and column.kind in WORDED]
    turned = [
        (head, _turning(column, lang, mask))
        for head, column in columns.items()
        if head not in worded and not (_is_open(column, mask) and column.kind in COUNTED)
    ]
    pairs = [(head, column.field) for head, column in columns.items()]
    written = 0
    for row in table.rows:
        record = {head: row.get(name) for head, name in pairs}
        for head in worded:
            if record[head].__class__ is not str:
                record[head] = _cell(columns[head], record[head], lang, mask)
        for head, turn in turned:
            if record[head] is not None:
                record[head] = turn(record[head])
        written += 1
        yield record
    if not written:
        yield dict.fromkeys(heads)


def _turning(column: Column, lang: str, mask: bool) -> Callable[[Any], Any]:
    """`_cell` of one column: the words of a closed list are looked up once for each of its values."""

    def turn(value: Any) -> Any:
        return _cell(column, value, lang, mask)

    return cache(turn) if column.kind is Kind.CHOICE and _is_open(column, mask) else turn


def _is_open(column: Column, mask: bool) -> bool:
    return not mask or column.mask is Mask.OPEN


def _cell(column: Column, value: Any, lang: str, mask: bool) -> Any:
    """A value Excel keeps its kind of: a number, a naive local date or time, else words."""
    if value is None or value == "":
        return None
    if not _is_open(column, mask):
        return shown(column, value, lang)
    if column.kind in NUMERIC:
        return float(value) if not isinstance(value, int) else value
    if column.kind is Kind.TIME and isinstance(value, datetime):
        return local(value).replace(tzinfo=None)
    if column.kind is Kind.DATE and isinstance(value, date):
        return local(value).date() if isinstance(value, datetime) else value
    return shown(column, value, lang, mask=False)


def _distinct(heads: list[str]) -> list[str]:
    """Heads made different by a number, since the writer keys its cells by head."""
    seen: dict[str, int] = {}
    made = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        made.append(head if seen[head] == 1 else f"{head} {seen[head]}")
    return made


def _width(column: Column, head: str) -> float:
    wide = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in head)
    least = {Kind.TIME: 17, Kind.DATE: 12, Kind.ID: 21, Kind.PHONE: 14}.get(column.kind, 6)
    return column.width or max(least, min(wide + 2, 24))


class _Looks:
    """The few formats a laid-out workbook needs, made once."""

    def __init__(self, book: xlsxwriter.Workbook, lang: str):
        name, size = FONTS.get(lang, FONTS["zh"])
        self.lang = lang
        self._book = book
        self._face = {"font_name": name, "font_size": size, "valign": "vcenter"}
        self._figures = {**self._face, **dict(zip(("font_name", "font_size"), FONTS["zh"], strict=True))}
        self._made: dict[tuple[str, bool], Any] = {}
        self.title = self._add(bold=True, font_size=size + 5, align="center")
        self.line = self._add()
        self.head = self._add(bold=True, border=1, align="center", text_wrap=True, bg_color="#F2F0EB")

    def _add(self, figures: bool = False, **look: Any) -> Any:
        return self._book.add_format({**(self._figures if figures else self._face), **look})

    def cell(self, column: Column, bold: bool, words: bool) -> Any:
        kind = Kind.TEXT if words else column.kind
        if (kind, bold) not in self._made:
            look = {"border": 1, "text_wrap": True, "num_format": NUMBER_FORMATS.get(kind, "@"), "bold": bold}
            align = "right" if kind in NUMERIC else "left"
            self._made[kind, bold] = self._add(**look, figures=kind in NUMBER_FORMATS, align=align)
        return self._made[kind, bold]


def _lay_out(page: Any, table: Table, sheet: Sheet, looks: _Looks, mask: bool) -> None:
    last = len(table.columns) - 1
    height, head_height = ROW_HEIGHTS.get(looks.lang, ROW_HEIGHTS["zh"])
    page.set_default_row(height)
    row = _write_title(page, table, sheet, looks, last)
    top = row
    row = _write_heads(page, table, looks, row)
    for head in range(top, row):
        page.set_row(head, head_height)
    page.repeat_rows(top, row - 1)
    page.freeze_panes(row, 0)
    for values in table.rows:
        _write_row(page, row, table, values, looks, mask)
        row += 1
    if table.totals is not None:
        _write_row(page, row, table, table.totals, looks, mask, head=say("tables.total", looks.lang))
        row += 1
    for words in sheet.after:
        row += 1
        page.write_string(row, 0, say(words, looks.lang), looks.line)
    _set_up_paper(page, sheet, row, last)


def _write_title(page: Any, table: Table, sheet: Sheet, looks: _Looks, last: int) -> int:
    """Title and the lines below it; answers the next free row."""
    _across(page, 0, last, say(table.title, looks.lang), looks.title)
    page.set_row(0, 36)
    row = 1
    for words in (*([table.period] if table.period else []), *sheet.before):
        page.write_string(row, 0, say(words, looks.lang), looks.line)
        row += 1
    return row


def _across(page: Any, row: int, last: int, words: str, look: Any) -> None:
    if last > 0:
        page.merge_range(row, 0, row, last, words, look)
    else:
        page.write_string(row, 0, words, look)


def _write_heads(page: Any, table: Table, looks: _Looks, row: int) -> int:
    """One row of heads, or two where columns stand in groups; answers the next free row."""
    for place, column in enumerate(table.columns):
        page.set_column(place, place, _width(column, say(column.label, looks.lang)))
    if not table.has_groups:
        for place, column in enumerate(table.columns):
            page.write_string(row, place, say(column.label, looks.lang), looks.head)
        return row + 1
    place = 0
    for group, columns in groupby(table.columns, key=lambda column: column.group):
        place = _write_group(page, row, place, group, list(columns), looks)
    return row + 2


def _write_group(page: Any, row: int, place: int, group: Words | None, columns: list[Column], looks: _Looks) -> int:
    if group is not None:
        if len(columns) > 1:
            page.merge_range(row, place, row, place + len(columns) - 1, say(group, looks.lang), looks.head)
        else:
            page.write_string(row, place, say(group, looks.lang), looks.head)
    for column in columns:
        words = say(column.label, looks.lang)
        if group is None:
            page.merge_range(row, place, row + 1, place, words, looks.head)
        else:
            page.write_string(row + 1, place, words, looks.head)
        place += 1
    return place


def _write_row(
    page: Any, row: int, table: Table, values: Any, looks: _Looks, mask: bool, head: str = ""
) -> None:
    """One row of cells; a row with a `head` is bold and begins with it where its first cell is empty."""
    for place, column in enumerate(table.columns):
        value = _cell(column, values.get(column.field), looks.lang, mask)
        if head and place == 0 and value is None:
            value = head
        _write_cell(page, row, place, value, looks.cell(column, bool(head), words=isinstance(value, str)))


def _write_cell(page: Any, row: int, place: int, value: Any, look: Any) -> None:
    if value is None:
        page.write_blank(row, place, None, look)
    elif isinstance(value, date):
        page.write_datetime(row, place, value, look)
    elif isinstance(value, str):
        page.write_string(row, place, value, look)
    else:
        page.write_number(row, place, value, look)


def _set_up_paper(page: Any, sheet: Sheet, last_row: int, last_column: int) -> None:
    page.set_paper(int(sheet.paper))
    if sheet.landscape:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&R&P / &N")
    page.print_area(0, 0, last_row, last_column)
