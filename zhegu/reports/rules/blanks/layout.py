"""How a sheet is laid out: a header band over rows, labels down with places across, or labels beside blanks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from zhegu.reports.rules.blanks.sheet import Blank, Box, Spot
from zhegu.reports.rules.blanks.words import UNITS, plain

LONGEST_HEADER = 40
MOST_HEAD_LINES = 4
"""Lines a page may begin with before its headers: a title, who reports, when, a total of the page before."""
COLONS = (":", "\uff1a")
TOTAL = re.compile(r"^(?:社区|全社区|全村|全[县区市镇乡]|全街道|本社区|[县市镇乡]|总|各网格|网格)?(?:合计|总计|小计|共计|总合计|汇总|累计合计|total|sum|བསྡོམས|བསྡོམས་འབོར|ཁྱོན་བསྡོམས)$")
SUBTOTAL = re.compile(r"^小计|subtotal$")
PLACE = re.compile(
    r"^(?:第?[一二三四五六七八九十百\d]+(?:号|#)?(?:网格|格|组|村民小组|小组|村|片区|居民小组|区)|(?:网格|grid|组)[一二三四五六七八九十\d]+|"
    r"[一二三四五六七八九十\d]+(?:组|队|网格)|དྲ་མིག.*\d|\d+)$"
)
NOTE = re.compile(r"^(?:注|备注|说明|填表说明|填报说明|注意|注意事项|要求|填报要求|note|notes|མཆན)(?:[:.、]|$)|^(?:注|说明)\d")
INDEX = re.compile(r"^(?:[甲乙丙丁戊己庚辛]|栏次|[a-z]|\d{1,2}|\(?\d{1,2}\)?(?:[=+\-*/]\(?\d{1,2}\)?)+%?)$")
SUM_OF_ROWS = re.compile(r"\bSUM\(\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)\)", re.I)
CORNER = re.compile(
    r"^(?:项目|指标|类别|内容|名称|(?:统计|填报|报送)(?:项目|指标|内容)|(?:项目|指标)(?:名称)?.{0,3}网格(?:名称)?|网格(?:名称)?.{0,3}(?:项目|指标)?|"
    r"(?:项目|指标)名称|རྣམ་གྲངས|items?|indicators?|grids?)$"
)
"""The cell where the labels' column meets the row of places."""
PERIODS = re.compile(r"^(?:今日|本日|当日|累计|昨日|本期|上期|数量|数值|数据|数|单位|备注|说明|本周|合计数|今日数|累计数|填报内容|内容|指标值|完成情况|计量单位)$")


class Orientation(StrEnum):
    ROWS = "rows"
    COLUMNS = "columns"
    CELLS = "cells"


@dataclass(frozen=True)
class Head:
    """One header: its cell, its words with the groups above them, and the column (or row) it stands for."""

    row: int
    column: int
    path: tuple[str, ...]
    slot: int


@dataclass(frozen=True)
class Table:
    """The table of a sheet: its headers and the rows to be filled (of `columns`: the columns to be filled)."""

    orientation: Orientation
    heads: tuple[Head, ...]
    first: int
    last: int
    area: Box
    skipped: frozenset[int] = frozenset()
    """Rows between first and last that are not data: totals, headers said again on the next page."""
    places: tuple[int, ...] = ()
    """Of `columns`: the columns in which a place's figures stand."""
    places_row: int = 0


Sure = Callable[[tuple[str, ...]], float]
"""How sure the dictionary is of a header, 0 where it does not know it."""


def is_total(words: str) -> bool:
    return bool(TOTAL.match(plain(words)))


def is_place(words: str) -> bool:
    return bool(PLACE.match(plain(words)))


def is_header(blank: Blank, row: int, column: int) -> bool:
    """A short text that is not a number, a formula or a label with a colon."""
    cell = blank.at(row, column)
    words = cell.text.strip()
    if not words or cell.formula or cell.number or len(words) > LONGEST_HEADER:
        return False
    return not words.rstrip("_ ").endswith(COLONS)


def open_below(blank: Blank, row: int, column: int) -> bool:
    """Whether something may be written (or is counted) under a header."""
    below = blank.at(row + 1, column)
    return below.blank or bool(below.formula) or below.number or bool(INDEX.match(plain(below.text)))


# --- a header band over rows ---------------------------------------------------------------------------


def best_rows(blank: Blank, sure: Sure) -> tuple[Table | None, float]:
    best: tuple[float, int] = (0.0, 0)
    for row in blank.columns_by_row:
        points = _header_points(blank, row, sure)
        if points > best[0]:
            best = (points, row)
    if best[0] < 1.5:
        return None, 0.0
    table = _rows_table(blank, _first_said(blank, best[1]), sure)
    if table is None or len(table.heads) < 2:
        return None, 0.0
    return table, sum(said for head in table.heads if (said := sure(head.path)) >= 0.8) + 0.05 * len(table.heads)


def _first_said(blank: Blank, row: int) -> int:
    """The first row with these headers: further pages of the table say them again."""
    whole, ends = Box(row, 1, row, blank.last_column), leaves(blank, row)
    before = (above for above in sorted(blank.columns_by_row) if above < row and leaves(blank, above) == ends)
    return next((above for above in before if _same_words(blank, above, row, whole)), row)


def leaves(blank: Blank, row: int) -> list[int]:
    """Columns at which a header ends in this row."""
    found = []
    for column in range(1, blank.last_column + 1):
        box = blank.box(row, column)
        if box.left == column and box.bottom == row and is_header(blank, row, column):
            found.append(column)
    return found


def _header_points(blank: Blank, row: int, sure: Sure) -> float:
    columns = leaves(blank, row)
    if len(columns) < 2:
        return 0.0
    followed = sum(
        not blank.at(row, blank.box(row, column).right + 1).blank or column == columns[-1] for column in columns
    )
    if followed < 0.5 * len(columns):
        return 0.0
    points = 0.0
    for column in columns:
        if open_below(blank, row, column) and not is_total(blank.text(row, column)):
            said = sure((blank.text(row, column),))
            points += 0.15 + (said if not is_place(blank.text(row, column)) else 0)
    return points


def _rows_table(blank: Blank, row: int, sure: Sure) -> Table | None:
    bottom = _band_bottom(blank, row, sure)
    top = _band_top(blank, row, bottom, sure)
    heads = _heads(blank, top, bottom)
    if not heads:
        return None
    columns = [head.slot for head in heads]
    first = bottom + 1
    while _is_index(blank, first, columns) or _is_units(blank, first, columns):
        first += 1
    first, last, skipped = _body(blank, first, columns, Box(top, min(columns), bottom, max(columns)))
    area = Box(top, min(columns), last, max(blank.box(head.row, head.column).right for head in heads))
    return Table(Orientation.ROWS, tuple(heads), first, last, area, skipped)


def _band_bottom(blank: Blank, row: int, sure: Sure) -> int:
    """Headers that are not merged may go on below the row that holds most of them."""
    bottom = row
    for below in range(row + 1, row + 4):
        found = [c for c in leaves(blank, below) if blank.box(below, c).top == below]
        said = [c for c in found if sure((blank.text(below, c),)) >= 0.8 and not is_place(blank.text(below, c))]
        totals = any(is_total(blank.text(below, c)) for c in found[:1]) and not blank.text(row, found[0])
        if not found or totals or len(said) < max(1, 0.5 * len(found)):
            break
        if any(is_header(blank, row, c) and blank.box(row, c).width == 1 and _own(blank, row, c) for c in said[1:2]):
            break
        bottom = below
    return bottom


def _own(blank: Blank, row: int, column: int) -> bool:
    """A header over one column only: the cell to its right has words of its own."""
    return not blank.at(row, column + 1).blank


def _band_top(blank: Blank, row: int, bottom: int, sure: Sure) -> int:
    columns = sorted({*leaves(blank, row), *leaves(blank, bottom)})
    left, right = columns[0], max(blank.box(row, c).right for c in columns)
    top = min(blank.box(line, c).top for line in (row, bottom) for c in leaves(blank, line) or [columns[0]])
    top = min(top, row)
    for above in range(top - 1, max(0, top - 5), -1):
        if not _is_group_row(blank, above, left, right, sure):
            break
        top = above
    return top


def _is_group_row(blank: Blank, row: int, left: int, right: int, sure: Sure) -> bool:
    texts = [c for c in range(left, right + 1) if blank.box(row, c).left == c and blank.text(row, c)]
    if not texts or not all(is_header(blank, row, c) for c in texts):
        return False
    width = right - left + 1
    if any(blank.box(row, c).width >= 0.8 * width for c in texts) and width > 2:
        return False
    if any(sure(("head", blank.text(row, c))) >= 0.9 for c in texts):
        return False
    wide = any(blank.box(row, c).width > 1 for c in texts)
    return wide or len(texts) >= 2 or (left < texts[0] and width > 3)


def _heads(blank: Blank, top: int, bottom: int) -> list[Head]:
    found = []
    for column in range(1, blank.last_column + 1):
        spots = _column_spots(blank, column, top, bottom)
        if not spots or spots[-1][1] != column:
            continue
        *_, (row, anchor) = spots
        path = tuple(blank.text(*spot) for spot in spots)
        if is_total(path[0]) and len(path) == 1 and not found:
            continue
        found.append(Head(row, anchor, path, column))
    return found


def _column_spots(blank: Blank, column: int, top: int, bottom: int) -> list[Spot]:
    """Cells of the band that speak for a column, from the highest group to the header itself."""
    own = [row for row in range(top, bottom + 1) if blank.text(row, column)]
    spots: list[Spot] = []
    for row in range(top, bottom + 1):
        box = blank.box(row, column)
        spot = (box.top, box.left)
        if not blank.text(row, column):
            group = _group_left(blank, row, column, top, bottom) if own and row < own[-1] else 0
            if not group:
                continue
            spot = (row, group)
        if spot not in spots and is_header(blank, *spot):
            spots.append(spot)
    return spots


def _group_left(blank: Blank, row: int, column: int, top: int, bottom: int) -> int:
    """A group that is written over its first column only, without merging; 0 where there is none."""
    for left in range(column - 1, 0, -1):
        if blank.text(row, left):
            deeper = any(
                blank.text(below, left) and blank.box(below, left) != blank.box(row, left)
                for below in range(row + 1, bottom + 1)
            )
            return blank.box(row, left).left if deeper and blank.box(row, left).width == 1 else 0
    return 0


def _is_index(blank: Blank, row: int, columns: list[int]) -> bool:
    """A row of column numbers under the headers: 甲 乙 1 2 3."""
    said = [plain(blank.text(row, column)) for column in columns]
    texts = [one for one in said if one]
    return len(texts) >= max(3, 0.6 * len(columns)) and all(INDEX.match(one) for one in texts)


def _is_units(blank: Blank, row: int, columns: list[int]) -> bool:
    """A row under the headers that says in what each is counted: 人 人 支 %."""
    texts = [one for one in (plain(blank.text(row, column)) for column in columns) if one]
    return len(texts) >= max(3, 0.6 * len(columns)) and all(UNITS.match(one) for one in texts)


def _body(blank: Blank, first: int, columns: list[int], band: Box) -> tuple[int, int, frozenset[int]]:
    """First and last row to be filled, and the rows among them that are totals or the headers of the next page."""
    while _total_row(blank, first, columns) and first < blank.last_row:
        first += 1
    last, skipped = first, set()
    drawn = _drawn(blank, first, columns)
    row = first
    limit = max(blank.last_row, blank.ends_by, first)
    while row <= limit:
        total = _total_row(blank, row, columns)
        if total and _goes_on(blank, row, columns):
            skipped.add(row)
        elif total or (row > first and not _belongs(blank, row, columns, drawn)):
            page = _next_page(blank, row, band)
            if not page:
                break
            skipped |= set(range(row, page))
            row = page - 1
        else:
            last = row
        row += 1
    return first, last, frozenset(one for one in skipped if one <= last)


def _next_page(blank: Blank, row: int, band: Box) -> int:
    """The first row below where the same headers stand again (with the lines of a head above them): the table goes on
    there on its next page. 0 where they do not."""
    height = band.bottom - band.top + 1
    for top in range(row, row + MOST_HEAD_LINES + 1):
        if all(_same_words(blank, band.top + line, top + line, band) for line in range(height)):
            return top + height
    return 0


def _same_words(blank: Blank, one: int, other: int, band: Box) -> bool:
    columns = range(band.left, band.right + 1)
    said, again = ([plain(blank.text(row, column)) for column in columns] for row in (one, other))
    return said == again and sum(map(bool, said)) >= 2


def _drawn(blank: Blank, row: int, columns: list[int]) -> float:
    return sum(blank.there(row, column) for column in columns) / len(columns)


def _belongs(blank: Blank, row: int, columns: list[int], drawn: float) -> bool:
    if drawn >= 0.5 and _drawn(blank, row, columns) < 0.5 * drawn:
        return False
    if any(NOTE.match(plain(blank.text(row, column))) for column in columns[:3]):
        return False
    boxes = {blank.box(row, column) for column in columns}
    if len(columns) > 3 and any(box.width >= 0.5 * len(columns) and blank.text(box.top, box.left) for box in boxes):
        return False
    words = [c for c in columns if blank.text(row, c) and not blank.at(row, c).number and not blank.at(row, c).formula]
    labels = [c for c in words if blank.text(row, c).rstrip("_ ").endswith(COLONS)]
    if labels:
        return False
    if drawn < 0.5 and words:
        return all(c in columns[:3] for c in words)
    return len(words) <= max(3, 0.4 * len(columns))


def _total_row(blank: Blank, row: int, columns: list[int]) -> bool:
    heads = sorted({*columns[:3], *range(max(1, columns[0] - 1), columns[0] + 1)})
    if any(is_total(blank.text(row, column)) for column in heads):
        return True
    sums = 0
    for column in columns:
        found = SUM_OF_ROWS.search(blank.at(row, column).formula)
        above, below = (int(found.group(at)) for at in (1, 2)) if found else (row, row)
        sums += (below == row - 1 and above < below) or (above == row + 1 and above < below)
    return sums >= max(2, 0.4 * len(columns))


def _goes_on(blank: Blank, row: int, columns: list[int]) -> bool:
    """After a subtotal the table may go on: the next row is drawn and blank or already has its place."""
    if not any(SUBTOTAL.match(plain(blank.text(row, column))) for column in columns[:3]):
        return False
    return _drawn(blank, row + 1, columns) >= 0.5 and _belongs(blank, row + 1, columns, 1.0)
