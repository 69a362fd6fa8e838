"""Opening workbooks (.xlsx, .xls, .ods, .xlsb) into plain cells, within limits.

A hostile file must be refused within five seconds and 300 MB: .xlsx is measured by inflating it once
without keeping anything; other formats, which cannot be measured beforehand, are opened in a process
of their own with limited memory and time.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine as calamine

from zhegu.lib.sheets import limits
from zhegu.lib.sheets.cells import Sheet, without_blank_edges
from zhegu.lib.sheets.opendocument import merged_ranges

NOT_A_WORKBOOK = "tables.not_a_workbook"
PROTECTED = "tables.workbook_protected"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass
class UnreadableWorkbook(Exception):
    """The file cannot be read; `reason` is a text key, `values` fill its placeholders."""

    reason: str
    values: dict[str, Any]
    name: str = ""

    def __str__(self) -> str:
        return self.reason


def open_workbook(path: Path) -> list[Sheet]:
    """The visible sheets of the workbook with their cells from A1 and their merged ranges.

    Hidden sheets are left out: what nobody sees is not what they mean to hand in. Raises
    UnreadableWorkbook for anything that is no workbook, is protected, or is too large.
    """
    try:
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise UnreadableWorkbook(limits.TOO_LARGE, limits.shown())
        content = path.read_bytes()
    except OSError as missing:
        raise UnreadableWorkbook("tables.file_missing", {}, path.name) from missing
    except UnreadableWorkbook as no:
        no.name = path.name
        raise
    return read_workbook(content, path.name)


def read_workbook(content: bytes, name: str) -> list[Sheet]:
    """As `open_workbook`, from the file's bytes."""
    try:
        return _opened(content, name)
    except UnreadableWorkbook as no:
        no.name = name
        raise


def _opened(content: bytes, name: str) -> list[Sheet]:
    if content[:4] == b"PK\x03\x04":
        return _sheets(content, name) if _measured(content) else _in_a_process(content, name)
    if content[:8] == OLE:
        return _in_a_process(content, name)
    raise UnreadableWorkbook(NOT_A_WORKBOOK, {})


def _measured(content: bytes) -> bool:
    try:
        return limits.check_zip(content)
    except limits.TooLarge as large:
        raise UnreadableWorkbook(limits.TOO_LARGE, limits.shown()) from large
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as broken:
        raise UnreadableWorkbook(NOT_A_WORKBOOK, {}) from broken


def _in_a_process(content: bytes, name: str) -> list[Sheet]:
    try:
        found = limits.in_a_process(content)
    except limits.TooLarge as large:
        raise UnreadableWorkbook(limits.TOO_LARGE, limits.shown()) from large
    except limits.Broken as broken:
        raise UnreadableWorkbook(PROTECTED if broken.protected else NOT_A_WORKBOOK, {}) from broken
    return [Sheet(title, cells, merged, name) for title, cells, merged in found]


def _sheets(content: bytes, name: str) -> list[Sheet]:
    try:
        return [Sheet(title, cells, merged, name) for title, cells, merged in read_cells(content)]
    except calamine.PasswordError as locked:
        raise UnreadableWorkbook(PROTECTED, {}) from locked
    except calamine.CalamineError as broken:
        raise UnreadableWorkbook(NOT_A_WORKBOOK, {}) from broken


def read_cells(content: bytes) -> list[tuple[str, list[list[Any]], list[Any]]]:
    """(name, rows of cells, merged ranges) of each visible sheet; raises calamine's errors."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    open_document = merged_ranges(content) if content[:4] == b"PK\x03\x04" else {}
    found = []
    for title in shown:
        sheet = book.get_sheet_by_name(title)
        cells = without_blank_edges(sheet.to_python(skip_empty_area=False)) if sheet.end else []
        found.append((title, cells, list(sheet.merged_cell_ranges or open_document.get(title, []))))
    return found
