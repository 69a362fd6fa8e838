"""Draws the blank forms of `pictures.yaml` and `county.yaml`, which show cell by cell how offices of other counties arrange them."""

import io
import re
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml
from xlsxwriter.utility import xl_rowcol_to_cell

from zhegu.reports.tests.blanks.drawing import MADE, PICTURE, Drawn, Expected

MEANT = re.compile(r"\{([^{}]*)\}$")
TIMES = re.compile(r"^(\d+)x ")
ROW = re.compile(r"(?<=[A-Z])\d+")


def pictures() -> list[dict[str, Any]]:
    """The forms of `pictures.yaml`, then those of `county.yaml`."""
    here = Path(__file__).parent
    return [form for name in ("pictures", "county") for form in yaml.safe_load((here / f"{name}.yaml").read_text(encoding="utf-8"))]


def painted(form: dict[str, Any]) -> Drawn:
    """The form as a workbook, with what its headers mean."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True} | ({"constant_memory": True} if form.get("inline") else {}))
    book.set_properties({"created": MADE})
    sheet, edge = book.add_worksheet("报表"), book.add_format({"border": 1, "text_wrap": True})
    expected = Expected(orientation=form["orientation"])
    expected.first, expected.last = form.get("rows", (0, 0))
    grid = _grid(form["picture"])
    for row, line in enumerate(grid):
        for column, said in enumerate(line):
            if said not in (".", "<", "^"):
                _cell(sheet, edge, grid, row, column, expected)
    _decorate(book, sheet, form, len(grid), max(len(line) for line in grid))
    book.close()
    return Drawn(form["name"], out.getvalue(), expected)


def _grid(picture: str) -> list[list[str]]:
    lines: list[list[str]] = []
    for said in picture.strip("\n").splitlines():
        times = TIMES.match(said)
        cells = [cell.strip() for cell in TIMES.sub("", said).split("|")]
        for no in range(int(times.group(1)) if times else 1):
            lines.append([_shifted(str(no + 1) if cell == "#" else cell, no) for cell in cells])
    return lines


def _shifted(cell: str, by: int) -> str:
    """A formula of a repeated line speaks of its own line."""
    return ROW.sub(lambda row: str(int(row.group()) + by), cell) if cell.startswith("=") else cell


def _cell(sheet: Any, edge: Any, grid: list[list[str]], row: int, column: int, expected: Expected) -> None:
    said = grid[row][column]
    meant = MEANT.search(said)
    words = MEANT.sub("", said)
    if meant:
        name = xl_rowcol_to_cell(row, column)
        if meant.group(1):
            expected.fields[name] = meant.group(1)
        else:
            expected.nothing.add(name)
    bottom, right = row, column
    while right + 1 < len(grid[row]) and grid[row][right + 1] == "<":
        right += 1
    while bottom + 1 < len(grid) and column < len(grid[bottom + 1]) and grid[bottom + 1][column] == "^":
        bottom += 1
    if (bottom, right) != (row, column):
        sheet.merge_range(row, column, bottom, right, words, edge)
    elif words.startswith("="):
        sheet.write_formula(row, column, words, edge, 0)
    elif words.isdigit():
        sheet.write_number(row, column, int(words), edge)
    elif words:
        sheet.write_string(row, column, words, edge)
    else:
        sheet.write_blank(row, column, None, edge)


def _decorate(book: Any, sheet: Any, form: dict[str, Any], height: int, width: int) -> None:
    for column in form.get("hidden", ()):
        sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
    if form.get("protected"):
        sheet.protect("", {"select_locked_cells": True})
    sheet.insert_textbox(0, width + 2, "内部资料", {"width": 90, "height": 30})
    sheet.insert_image(3, width + 2, "mark.png", {"image_data": io.BytesIO(PICTURE)})
    sheet.data_validation(height + 1, 0, height + 3, 0, {"validate": "list", "source": ["是", "否"]})
    sheet.conditional_format(2, 0, height, width - 1, {"type": "blanks", "format": book.add_format({"bg_color": "yellow"})})
    sheet.print_area(0, 0, height - 1, width - 1)
    book.define_name("填报区", f"='{sheet.name}'!$A$1:${chr(64 + min(width, 26))}${height}")
    more = book.add_worksheet("汇总")
    more.write_formula(0, 0, f"='{sheet.name}'!A1", None, "")
