"""Invented sheets written as real workbooks: .xlsx, .xls, .ods."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import xlwt
from openpyxl import Workbook

from zhegu.lib.sheets.cells import Sheet


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        for r, row in enumerate(sheet.cells, 1):
            for c, value in enumerate(row, 1):
                if value != "":
                    made.cell(r, c, value)
        for (top, left), (bottom, right) in sheet.merged:
            made.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xls(sheets: Sequence[Sheet]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for sheet in sheets:
        made = book.add_sheet(sheet.name)
        for r, row in enumerate(sheet.cells):
            for c, value in enumerate(row):
                if value != "":
                    made.write(r, c, value, *([day] if isinstance(value, date | datetime) else []))
        for (top, left), (bottom, right) in sheet.merged:
            made.merge(top, bottom, left, right)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"'
)


def as_ods(sheets: Sequence[Sheet]) -> bytes:
    tables = "".join(
        f'<table:table table:name="{escape(s.name)}"><table:table-column table:number-columns-repeated="{s.width or 1}"/>'
        + "".join(_ods_row(s, r) for r in range(len(s.cells)))
        + "</table:table>"
        for s in sheets
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
            'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return out.getvalue()


def _ods_row(sheet: Sheet, row: int) -> str:
    cells = []
    for column in range(sheet.width):
        if sheet.anchor(row, column) != (row, column):
            cells.append("<table:covered-table-cell/>")
            continue
        last = sheet.spans.get((row, column))
        span = (
            f' table:number-rows-spanned="{last[0] - row + 1}" table:number-columns-spanned="{last[1] - column + 1}"'
            if last
            else ""
        )
        cells.append(_ods_cell(sheet.raw(row, column), span))
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _ods_cell(value: Any, span: str) -> str:
    if value == "":
        return f"<table:table-cell{span}/>"
    if isinstance(value, date):
        return f'<table:table-cell{span} office:value-type="date" office:date-value="{value.isoformat()}"><text:p>{value}</text:p></table:table-cell>'
    if isinstance(value, int | float):
        return f'<table:table-cell{span} office:value-type="float" office:value="{value!r}"><text:p>{value}</text:p></table:table-cell>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell{span} office:value-type="string">{lines}</table:table-cell>'
