"""Which line of a blank a figure goes into: never one that is somebody else's, another day's, or nobody knows whose."""

import io
from datetime import date

import openpyxl
import pytest

from zhegu.lib import clock
from zhegu.reports.outside.blanks import open_blank
from zhegu.reports.outside.headers import dictionary
from zhegu.reports.rules.blanks.dictionary import SURE
from zhegu.reports.rules.blanks.lines import same_day, same_unit
from zhegu.reports.rules.blanks.proposals import Reading
from zhegu.reports.rules.blanks.sheet import Cell
from zhegu.reports.tests.blanks.pictures import painted
from zhegu.reports.tests.test_blanks_filled import fill
from zhegu.sampling.tests.make import Day

TODAY = date(2026, 11, 29)


@pytest.fixture
def day() -> Day:
    return Day().open()


def filled(day: Day, *lines: str, orientation: str = "rows"):
    """The first sheet of a blank of these lines as it comes back, and the problems told."""
    form = {"name": "lines", "orientation": orientation, "picture": "\n".join(lines)}
    done = fill(day, painted(form).content)
    problems = [one.code for _, placed in done.placed for one in placed.problems]
    return openpyxl.load_workbook(io.BytesIO(done.content), data_only=True).worksheets[0], problems


def reading(*lines: str) -> Reading:
    return open_blank(painted({"name": "lines", "orientation": "rows", "picture": "\n".join(lines)}).content).readings[0]


def names(day: Day) -> list[str]:
    """The grids' names as a blank prints them, the last first."""
    return [f"第{no}网格" for no in range(len(day.community.inside.filter(kind="grid")), 0, -1)]


@pytest.mark.django_db
def test_printed_grids_get_their_own_figures_under_a_header_nobody_knows(day):
    day.take(day.people[0])
    known, _ = filled(day, "核酸采样统计 | < | < | <", "序号 | 网格 | 应采 | 实采", *[f"# | {name} | |" for name in names(day)])
    unknown, problems = filled(day, "核酸采样统计 | < | < | <", "序号 | 管片 | 应采 | 实采", *[f"# | {name} | |" for name in names(day)])
    rows = range(3, 3 + len(names(day)))
    assert [unknown[f"D{row}"].value for row in rows] == [known[f"D{row}"].value for row in rows]
    assert "line_unknown" not in problems and any(unknown[f"D{row}"].value for row in rows)


@pytest.mark.django_db
def test_lines_that_nothing_tells_apart_stay_blank_and_that_is_said(day):
    for header in ("管片", "采样点"):
        sheet, problems = filled(day, "核酸采样统计 | < | < | <", f"序号 | {header} | 应采 | 实采", "8x # | | |")
        assert problems == ["line_unknown"]
        assert {sheet.cell(row, column).value for row in range(3, 11) for column in (2, 3, 4)} == {None}


@pytest.mark.django_db
def test_a_form_of_communities_is_filled_in_the_own_line_only(day):
    own = day.community.name
    lines = ("全县各社区采样情况 | < | < | <", "序号 | 社区名称 | 应采 | 实采", "1 | 东边社区 | |", f"2 | {own} | |", "3 | 西边社区 | |")
    sheet, problems = filled(day, *lines, "合计 | < | =SUM(C3:C5) | =SUM(D3:D5)")
    assert problems == []
    assert [bool(sheet[f"C{row}"].value) for row in (3, 4, 5)] == [False, True, False]
    _, problems = filled(day, *[line.replace(own, "南边社区") for line in lines])
    assert problems == ["line_unknown"]


@pytest.mark.django_db
def test_a_form_with_a_column_for_each_community_is_filled_in_the_own_one_only(day):
    own = day.community.name
    lines = (f"项目 | 东边社区 | {own} | 西边社区", "常住人口 | | |", "外来人口 | | |", "今日新增返藏 | | |", "劝返 | | |")
    sheet, problems = filled(day, "各社区疫情防控工作日报 | < | < | <", *lines, orientation="columns")
    assert problems == [] and sheet["C3"].value is not None
    assert {sheet.cell(row, column).value for row in (3, 4, 5, 6) for column in (2, 4)} == {None}


@pytest.mark.django_db
def test_a_row_a_day_is_filled_in_todays_or_begins_with_it(day):
    today = clock.local_day(clock.now())
    head = ("疫情防控工作逐日情况 | < | < | <", "日期 | 今日新增返藏 | 隔离新增 | 劝返")
    printed, problems = filled(day, *head, *[f"{no}日 | | |" for no in range(1, 32)])
    written = [row for row in range(3, 34) if printed[f"B{row}"].value is not None]
    assert (problems, written) == ([], [2 + today.day])
    blank, problems = filled(day, *head, "9x | | |")
    assert (problems, blank["A3"].value, blank["B4"].value) == ([], str(today), None)


@pytest.mark.parametrize(
    ("on_form", "same"),
    [("哲古社区", True), ("哲古", True), ("哲古居委会", True), ("哲古社区居委会", True), ("古堆社区", False), ("社区", False), ("", False)],
)
def test_an_office_is_known_by_its_name_however_its_kind_is_said(on_form, same):
    assert same_unit(on_form, "哲古社区") is same


@pytest.mark.parametrize(
    ("text", "number", "same"),
    [
        ("11月29日", False, True), ("2026-11-29", False, True), ("2026年11月29日", False, True), ("11.29", False, True),
        ("29日", False, True), ("29", True, True), ("46355", True, True), ("46354", True, False), ("10月29日", False, False),
        ("2025-11-29", False, False), ("上午", False, False), ("28", True, False),
    ],
)  # fmt: skip
def test_a_day_is_known_however_it_is_printed(text, number, same):
    assert same_day(Cell(text, number=number), TODAY) is same


@pytest.mark.parametrize(
    ("form", "path"),
    [
        ("F1", "未采户数"), ("F1", "户籍户数"), ("F1", "上门采样户数"), ("F1", "流动人口户数"), ("F1", "采样管（支）>单管"),
        ("F1", "采样人员数"), ("F7", "居家隔离户数"), ("F7", "新增户数"), ("F7", "集中隔离>今日新增"), ("F20", "集中隔离>新增"),
        ("F20", "走访人数"), ("F20", "排查人数"), ("F20", "累计消杀面积"), ("F20", "卡点数量"), ("F5", "离开风险区时间"),
    ],
)  # fmt: skip
def test_what_counts_something_else_is_not_taken_for_a_figure(form, path):
    guess = dictionary().best(tuple(path.split(">")), form)
    assert guess is None or guess.field == "-" or guess.confidence < SURE


@pytest.mark.parametrize(
    ("form", "path", "field"),
    [
        ("F1", "村（居）网格", "grid"), ("F1", "责任片区网格", "grid"), ("F7", "小区（网格）", "grid"), ("F7", "所辖网格", "grid"),
        ("F5", "微网格", "grid"), ("F5", "被管控人姓名", "name"), ("F1", "未采原因>住院患病", "reason_illness"),
        ("F1", "未采人数>其中>0-3岁婴幼儿", "reason_infant"), ("F7", "居家隔离>今日新增", "new"), ("F5", "集中隔离>开始时间", "start"),
        ("F20", "居家隔离>现有在管", "isolation_current"), ("F1", "གཏན་སྡོད་མི་འབོར།", "residents"), ("F20", "走访户数", "households_visited"),
    ],
)  # fmt: skip
def test_other_offices_words_for_the_same(form, path, field):
    guess = dictionary().best(tuple(path.split(">")), form)
    assert (guess.field, guess.confidence >= SURE) == (field, True)


def test_an_instruction_with_a_colon_is_no_label():
    found = reading("填表说明 | < | <", "2. 风险等级：高、中、低。", "序号 | 姓名 | 风险等级", "3x # | |")
    assert [one.cell for one in found.fields if one.field == "risk"] == ["C3"]


def test_a_total_of_the_rows_below_is_no_row_to_be_filled():
    found = reading("采样统计 | < | < | <", "网格 | 应采 | 实采 | 管数", "全县小结 | =SUM(B4:B8) | =SUM(C4:C8) | =SUM(D4:D8)", "5x | | |")
    assert (found.table.first, found.table.last) == (4, 8)
    assert not any(one.computed for one in found.fields)
