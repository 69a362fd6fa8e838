"""One table, the same cells on every face, and no spreadsheet ever runs what a person typed."""

import csv
import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from zhegu.lib.clock import LOCAL
from zhegu.lib.tables import (
    Column,
    Kind,
    Mask,
    PaperSize,
    Phrase,
    Plain,
    Sheet,
    Table,
    as_csv,
    as_html,
    as_xlsx,
    day,
    masked,
    plain_xlsx,
    shown,
    sum_of,
)
from zhegu.lib.tables.csvfile import guarded
from zhegu.lib.tables.workbook import sheet_name

AT = datetime(2022, 9, 13, 8, 5, tzinfo=LOCAL)
FORMULA = '=HYPERLINK("http://x","y")'
COLUMNS = (
    Column("grid", Plain("网格")),
    Column("done", Plain("实采"), Kind.COUNT, group=Plain("其中")),
    Column("rate", Plain("采样率"), Kind.PERCENT, group=Plain("其中")),
    Column("at", Plain("送检时间"), Kind.TIME),
    Column("on", Plain("日期"), Kind.DATE),
    Column("id", Plain("证件号"), Kind.ID, Mask.ID),
    Column("paid", Plain("金额"), Kind.MONEY),
)
ROWS = [
    {"grid": FORMULA, "done": 3, "rate": 0.953, "at": AT, "on": date(2022, 9, 13), "id": "540526199001011234",
     "paid": Decimal("12.50")},
    {"grid": "第2网格", "done": 0},
]  # fmt: skip
TABLE = Table(COLUMNS, ROWS, Plain("核酸采样统计表"), Plain("第12轮"), {"done": 3})


def cells(workbook: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (Kind.TEXT, "央宗", "央宗"),
        (Kind.TEXT, None, ""),
        (Kind.COUNT, 0, "0"),
        (Kind.NUMBER, 2.50, "2.5"),
        (Kind.PERCENT, 0.953, "95.3%"),
        (Kind.PERCENT, 1, "100.0%"),
        (Kind.MONEY, Decimal("12.5"), "12.50"),
        (Kind.DATE, date(2022, 9, 13), "2022-09-13"),
        (Kind.DATE, datetime(2022, 9, 12, 18, 0, tzinfo=UTC), "2022-09-13"),
        (Kind.TIME, datetime(2022, 9, 13, 0, 5, tzinfo=UTC), "2022-09-13 08:05"),
        (Kind.CLOCK, time(8, 5), "08:05"),
        (Kind.YES, False, "否"),
        (Kind.CHOICE, "1", "周一"),
        (Kind.TICK, True, ""),
        (Kind.WRITE, "x", ""),
    ],
)
def test_each_kind_is_said_in_its_own_way(kind, value, said):
    assert shown(Column("x", Plain("x"), kind, words="tables.weekday_"), value, "zh") == said


@pytest.mark.parametrize(
    ("value", "mask", "hidden"),
    [
        ("540526199001011234", Mask.ID, "540***********1234"),
        ("13912345678", Mask.PHONE, "139****5678"),
        ("扎西顿珠", Mask.NAME, "扎*"),
        ("བཀྲ་ཤིས་དོན་གྲུབ", Mask.NAME, "བཀྲ*"),
        ("12345678", Mask.PHONE, "********"),
        ("第7网格3号", Mask.WHOLE, "***"),
        ("", Mask.NAME, ""),
        ("x", Mask.OPEN, "x"),
    ],
)
def test_masks_leave_what_people_know_a_number_by(value, mask, hidden):
    assert masked(value, mask) == hidden


def test_a_day_is_said_as_one_says_it():
    assert day(date(2022, 9, 13), "zh") == "9月13日 周二"
    assert day(datetime(2022, 9, 12, 17, 0, tzinfo=UTC), "zh") == "9月13日 周二"


@pytest.mark.parametrize("write", [lambda t: as_xlsx((t, Sheet())), plain_xlsx])
def test_numbers_and_dates_keep_their_kind_in_a_workbook(write):
    row = next(row for row in cells(write(TABLE)) if row[0] == FORMULA)
    assert row == [FORMULA, 3, 0.953, datetime(2022, 9, 13, 8, 5), date(2022, 9, 13), "540***********1234", 12.5]


@pytest.mark.parametrize("write", [lambda t: as_xlsx((t, Sheet())), plain_xlsx])
def test_what_a_person_typed_is_never_a_formula(write):
    sheet = load_workbook(io.BytesIO(write(TABLE))).active
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert [cell.data_type for cell in found] == ["s"]


@pytest.mark.parametrize("write", [lambda t: as_xlsx((t, Sheet()), mask=False), lambda t: plain_xlsx(t, mask=False)])
def test_a_long_number_stays_text_to_its_last_digit(write):
    assert "540526199001011234" in [cell for row in cells(write(TABLE)) for cell in row]


def test_a_laid_out_workbook_repeats_its_two_rows_of_heads_and_fits_the_paper():
    made = as_xlsx((TABLE, Sheet("统计", PaperSize.A3, after=(Plain("制表人"),))))
    sheet = load_workbook(io.BytesIO(made))["统计"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert {str(merged) for merged in sheet.merged_cells.ranges} >= {"A1:G1", "B3:C3", "A3:A4"}
    assert sheet["A1"].value == "核酸采样统计表"
    assert sheet["A7"].value == "合计"
    assert sheet["B7"].value == 3
    assert sheet.cell(sheet.max_row, 1).value == "制表人"


def test_every_table_has_its_own_sheet():
    made = as_xlsx((TABLE, Sheet("甲")), (TABLE, Sheet("乙")))
    assert load_workbook(io.BytesIO(made)).sheetnames == ["甲", "乙"]


def test_a_plain_workbook_reads_a_stream_of_any_length_and_keeps_heads_that_are_the_same():
    columns = (Column("a", Plain("备注"), Kind.COUNT), Column("b", Plain("备注")))
    rows = ({"a": n, "b": f"{n}"} for n in range(3000))
    read = cells(plain_xlsx(Table(columns, rows, Plain("x"))))
    assert read[0] == ["备注", "备注 2"]
    assert len(read) == 3001
    assert read[-1] == [2999, "2999"]


def test_an_empty_plain_workbook_still_has_its_heads():
    empty = Table(COLUMNS, (row for row in ()), Plain("x"))
    assert cells(plain_xlsx(empty))[0][:2] == ["网格", "实采"]


@pytest.mark.parametrize(("words", "name"), [("第12轮/统计[1]", "第12轮统计1"), ("", "Sheet1"), ("长" * 40, "长" * 31)])
def test_a_sheet_gets_a_name_excel_allows(words, name):
    assert sheet_name(words) == name


def test_csv_opens_as_utf_8_and_carries_the_same_cells():
    made = as_csv(TABLE)
    assert made.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert read[1] == ["'" + FORMULA, "3", "95.3%", "2022-09-13 08:05", "2022-09-13", "540***********1234", "12.50"]
    assert read[-1][:2] == ["合计", "3"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1", "'=1"), ("+8613912345678", "'+8613912345678"), ("-1+2", "'-1+2"), ("@x", "'@x"), ("\t=1", "'\t=1"),
     ("-12.5", "-12.5"), ("扎西", "扎西"), ("", "")],
)  # fmt: skip
def test_csv_cells_cannot_begin_a_formula(cell, written):
    assert guarded(cell) == written


def test_html_escapes_and_heads_groups():
    rows = [{"grid": "<script>alert(1)</script>", "done": 1}]
    made = as_html(Table(COLUMNS[:3], rows, Plain("a & b"), totals={"done": 1}))
    assert "<script>" not in made
    assert "&lt;script&gt;" in made
    assert '<th scope="colgroup" colspan="2">其中</th>' in made
    assert "<tfoot><tr><th>合计</th>" in made


def test_labels_are_said_in_the_language_asked_for():
    table = Table((Column("n", "paper.serial"),), [], Phrase.of("paper.grid", grid=7))
    assert "ཨང་རྟགས" in as_html(table, "bo")
    assert "Grid 7" in as_html(table, "en")


def test_an_unknown_label_is_an_error_and_not_a_heading():
    with pytest.raises(KeyError):
        as_html(Table((Column("n", "no.such_key"),), [], Plain("x")))


def test_only_some_columns_can_be_taken_in_another_order():
    assert [column.field for column in TABLE.only("id", "grid").columns] == ["id", "grid"]


def test_sums_take_unknown_as_nothing():
    assert sum_of([{"a": 2}, {"a": None}, {}], ["a"]) == {"a": 2}
