"""An upper office's blank: understood, filled, and otherwise the very same file."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.reports import actions
from zhegu.reports.outside.blanks import open_blank
from zhegu.reports.outside.xlsx import Broken
from zhegu.sampling import queries as sampling
from zhegu.sampling.tests.make import Day

pytestmark = pytest.mark.django_db

HEADS = ("序号", "网格名称", "应检人数", "实检人数", "检测率", "未检", "联系领导签字")


def grid_form(rows: int = 6, title: str = "核酸采样情况统计表") -> bytes:
    """A blank by grid: title, head labels, one header row, blank rows with a formula, totals, text box and notes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("统计表")
    edge, share = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "0.0%"})
    sheet.merge_range(0, 0, 0, 6, title, edge)
    sheet.write(1, 0, "填报单位\uff1a")
    sheet.write_blank(1, 1, None, edge)
    sheet.write(1, 4, "填报日期\uff1a")
    sheet.write_blank(1, 5, None, edge)
    sheet.write_row(2, 0, HEADS, edge)
    for row in range(3, 3 + rows):
        for column in range(7):
            sheet.write_blank(row, column, None, edge)
        sheet.write_formula(row, 4, f"=IF(C{row + 1}=0,0,D{row + 1}/C{row + 1})", share, 0)
    sheet.write(3 + rows, 0, "合计", edge)
    sheet.write_blank(3 + rows, 1, None, edge)
    for column in (2, 3, 5):
        letter = "ABCDEF"[column]
        sheet.write_formula(3 + rows, column, f"=SUM({letter}4:{letter}{3 + rows})", edge, 0)
    sheet.write(4 + rows, 0, "注\uff1a本表每日17时前报送")
    sheet.insert_textbox(1, 8, "盖章处")
    book.close()
    return out.getvalue()


def fill(day: Day, content: bytes):
    now = clock.now()
    return actions.fill_blank(day.scope, day.community, open_blank(content), actions.Filling("t"), as_of=now, at=now, ref=new_id())


def cells(content: bytes, values: bool = True):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values).active


@pytest.fixture
def day() -> Day:
    return Day().open()


def test_a_form_by_grid_is_filled_with_the_boards_figures(day):
    day.take(day.people[0])
    sheet = cells(fill(day, grid_form()).content)
    board = sampling.coverage(day.scope, day.round)
    assert [sheet.cell(row, 3).value for row in range(4, 7)] == [grid.due for grid in board.grids if grid.grid]
    assert (sheet["C10"].value, sheet["D10"].value) == (board.whole.due, board.whole.done)
    assert sheet["E4"].value == pytest.approx(sheet["D4"].value / sheet["C4"].value)
    assert sheet["B2"].value and sheet["F2"].value == str(clock.local_day(clock.now()))


def test_only_the_sheet_changes_and_formulas_and_labels_stay(day):
    before = grid_form()
    after = fill(day, before).content
    old, new = zipfile.ZipFile(io.BytesIO(before)), zipfile.ZipFile(io.BytesIO(after))
    assert new.namelist() == old.namelist()
    assert [name for name in old.namelist() if old.read(name) != new.read(name)] == ["xl/worksheets/sheet1.xml"]
    was, now = cells(before, values=False), cells(after, values=False)
    kept = [cell for row in was.iter_rows() for cell in row if cell.value is not None]
    assert all(now[cell.coordinate].value == cell.value for cell in kept)
    assert all(now[cell.coordinate].style_id == cell.style_id for row in was.iter_rows() for cell in row)
    assert all(now.cell(row, 7).value is None for row in range(4, 10))


def test_a_table_with_too_few_rows_is_told_and_not_half_filled(day):
    done = fill(day, grid_form(rows=2))
    assert not done.fits
    assert [one.code for _, placed in done.placed for one in placed.problems] == ["too_few_rows"]
    assert cells(done.content)["B4"].value is None


def test_a_file_that_is_no_workbook_is_refused():
    for content in (b"", b"PK\x03\x04", b"hello", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600):
        with pytest.raises(Broken):
            open_blank(content)
