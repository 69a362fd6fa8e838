"""Where the tables of a sheet are: header rows (one level or several, once or on every page). Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhegu.lib.sheets.cells import Sheet, is_blank
from zhegu.registers.rules.characters import even
from zhegu.registers.rules.headers import (
    SURE,
    TELLING,
    WHO,
    Meaning,
    Role,
    bare,
    header_words,
    is_about_head,
    meaning,
)
from zhegu.registers.rules.ids import looks_like_id
from zhegu.registers.rules.names import looks_like_name

DEEPEST = 5
"""Header levels; a merged cell that reaches deeper is no header."""

_LEAVES = frozenset(["男", "女", "类型", "种类", "名称", "号码", "编号", "年", "月", "日", "年月", "年月日", "县", "乡", "村", "组", "户", "人", "栋", "楼", "单元", "室", "号"])


@dataclass(frozen=True)
class Column:
    """One column of a table: what it holds and the word Excel shows above it."""

    index: int
    role: Role
    word: str
    words: tuple[str, ...] = ()
    sure: float = 0.0
    of_head: bool = False
    """The household head's own (户主电话), not that of the row's person."""


@dataclass(frozen=True)
class Table:
    """A header block and the rows that belong to it (0-based, `end` not included)."""

    top: int
    bottom: int
    end: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...] = ()
    repeats: frozenset[int] = frozenset()
    """Rows of the same header printed again on later pages."""

    @property
    def first(self) -> int:
        return self.bottom + 1


def _header_row(sheet: Sheet, row: int) -> bool:
    """At least two telling words, and half of what stands there is header words; no data."""
    filled = sheet.filled(row)
    if len(filled) < 2:
        return False
    telling, known, counts = set(), 0, False
    for column in filled:
        value = sheet.raw(row, column)
        if not isinstance(value, str) or looks_like_id(value):
            return False
        found = meaning(value)
        known += found.role is not Role.UNKNOWN
        counts |= found.role is Role.COUNT
        if found.role in TELLING and found.sure >= 0.5:
            telling.add(found.role)
    if telling and known == len(filled) and (counts or known > 2):
        return True  # nothing but header words, as in 网格, 户数, 人数 of a summary below the list
    return len(telling) >= 2 and known * 2 >= len(filled)


def _header_below(sheet: Sheet, row: int) -> bool:
    """Another level: a header by itself, or nothing but the words that part a group (男, 女; 类型, 号码)."""
    words = [bare(sheet.raw(row, column)) for column in sheet.filled(row)]
    return _header_row(sheet, row) or (len(words) > 1 and all(word in _LEAVES for word in words))


def _group_row(sheet: Sheet, row: int, below: int) -> bool:
    """A level above a header: tied to it by a merged cell, or short words spanning several columns."""
    if row < 0 or any(sheet.anchor(below, c)[0] == row for c in range(sheet.width) if sheet.anchor(below, c)[0] < below):
        return row >= 0
    filled = sheet.filled(row)
    words = [even(sheet.raw(row, column)) for column in filled]
    if len(filled) < 2 or any(re.search(r"[:：\d]", word) or len(word) > 14 for word in words):
        return False
    return any(sheet.span_width(row, column) > 1 for column in filled) or len(filled) > 2


def _merged_down(sheet: Sheet, top: int, bottom: int) -> int:
    """The last row that header cells starting between `top` and `bottom` reach."""
    reach = bottom
    for (first, _), (last, _) in sheet.merged:
        if top <= first <= bottom and last - first < DEEPEST:
            reach = max(reach, last)
    return reach


def header_blocks(sheet: Sheet) -> list[tuple[int, int]]:
    """(top, bottom) of every header block from the top down; repeated ones included."""
    blocks: list[tuple[int, int]] = []
    row = 0
    while row < len(sheet.cells):
        if not _header_row(sheet, row):
            row += 1
            continue
        floor = blocks[-1][1] + 1 if blocks else 0
        top = row
        while top - 1 >= floor and row - top < DEEPEST and _group_row(sheet, top - 1, top):
            top -= 1
        bottom = _merged_down(sheet, top, row)
        while bottom + 1 < len(sheet.cells) and bottom - top < DEEPEST and _header_below(sheet, bottom + 1):
            bottom = _merged_down(sheet, top, bottom + 1)
        blocks.append((top, bottom))
        row = bottom + 1
    return blocks


def tables_of(sheet: Sheet) -> list[Table]:
    """Every table of people in the sheet with its columns; none where no header names anyone.

    The same header printed again (page breaks, one part per grid) continues its table.
    """
    blocks = header_blocks(sheet)
    found: list[Table] = []
    for number, (top, bottom) in enumerate(blocks):
        end = blocks[number + 1][0] if number + 1 < len(blocks) else len(sheet.cells)
        columns = _columns(sheet, top, bottom)
        if found and _same_words(columns, found[-1].columns):
            repeats = found[-1].repeats | frozenset(range(top, bottom + 1))
            found[-1] = replace(found[-1], end=end, repeats=repeats)
            continue
        titles = _titles_above(sheet, top, _title_floor(sheet, found[-1], top) if found else max(0, top - 8))
        found.append(Table(top, bottom, end, columns, titles))
    named = [replace(table, columns=who_is_meant(sheet, table)) for table in found]
    return [table for table in named if any(c.role in WHO for c in table.columns)]


def who_is_meant(sheet: Sheet, table: Table) -> tuple[Column, ...]:
    """The columns, with the name's found where no word says it, and parents' told from a household's head.

    A monastery lists 法名 or 俗名 and no 姓名; others write a word nobody knows above the names.
    """
    columns = tuple(_of_a_pupil(table.columns))
    roles = {column.role for column in columns}
    if roles & WHO or not roles & {Role.ID, Role.BIRTH}:
        return columns
    called = [c for c in columns if c.role is Role.NICKNAME]
    secular = [c for c in called if "俗" in bare(c.word)]
    own = [c for c in columns if c.role is Role.OTHER and bare(c.word).endswith("姓名")]
    unknown = [c for c in columns if c.role is Role.UNKNOWN]
    held = (c for c in [*own, *unknown] if _holds_names(sheet, table, c))
    found = next(iter([*secular, *called, *held]), None)
    if found is None:
        return columns
    title = bare(found.word).removesuffix("姓名") if found in own else ""
    return tuple(replace(c, role=Role.NAME) if c is found else _of_the_named(c, title) for c in columns)


def _of_the_named(column: Column, title: str) -> Column:
    """司机电话 is the person's own phone where 司机姓名 is the list's only name."""
    word = bare(column.word)
    if not title or column.role is not Role.OTHER or not word.startswith(title):
        return column
    return replace(column, role=meaning(word.removeprefix(title)).role)


def _of_a_pupil(columns: Sequence[Column]) -> list[Column]:
    """In a school's list 家长 is a pupil's parent: another person, whose phone is the one to call."""
    words = [bare(column.word) for column in columns]
    if not any(re.search(r"学生|学籍|幼儿|班级|学号|入园", word) for word in words):
        return list(columns)
    parents = {c.index for c, word in zip(columns, words, strict=True) if re.search(r"家长|监护人|父亲|母亲", word)}
    own_phone = any(c.role is Role.PHONE and c.index not in parents for c in columns)
    return [_of_a_parent(c, own_phone) if c.index in parents else c for c in columns]


def _of_a_parent(column: Column, own_phone: bool) -> Column:
    to_call = not own_phone and re.search(r"电话|手机|联系方式|phone", bare(column.word))
    return replace(column, role=Role.PHONE if to_call else Role.OTHER, of_head=False)


def _holds_names(sheet: Sheet, table: Table, column: Column) -> bool:
    """Whether a column's cells are names, hardly any of them twice."""
    cells = [sheet.raw(row, column.index) for row in range(table.first, min(table.end, table.first + 300))]
    filled = [even(value) for value in cells if not is_blank(value)]
    likely = sum(map(looks_like_name, filled))
    return len(filled) >= 3 and likely >= 0.8 * len(filled) and len(set(filled)) * 2 > len(filled)


def _same_words(columns: Sequence[Column], before: Sequence[Column]) -> bool:
    return [(c.index, bare(c.word)) for c in columns] == [(c.index, bare(c.word)) for c in before]


def _title_floor(sheet: Sheet, before: Table, top: int) -> int:
    """Title lines of a later table stand directly above it: single cells, from the last fuller row on."""
    row = top
    while row - 1 > before.bottom and len(sheet.filled(row - 1)) <= 1:
        row -= 1
    return row


def _titles_above(sheet: Sheet, top: int, floor: int) -> tuple[str, ...]:
    words = [even(sheet.raw(row, c)) for row in range(floor, top) for c in sheet.filled(row)]
    return tuple(word for word in words if word)


def _levels(sheet: Sheet, top: int, bottom: int, column: int) -> list[tuple[str, int]]:
    """The column's header words from the top down, each with how many columns it spans."""
    found: list[tuple[str, int, int]] = []
    seen: set[tuple[int, int]] = set()
    for row in range(top, bottom + 1):
        place = sheet.anchor(row, column)
        value = sheet.raw(*place)
        if place in seen or is_blank(value):
            continue
        seen.add(place)
        found.append((str(value), sheet.span_width(*place), place[1]))
    if found and found[-1][2] != column:
        return []  # covered by the word of the column to its left
    return [(word, width) for word, width, _ in found]


def _columns(sheet: Sheet, top: int, bottom: int) -> tuple[Column, ...]:
    groups = _unmerged_groups(sheet, top, bottom)
    levels = {index: _levels(sheet, top, bottom, index) for index in range(sheet.width)}
    bilingual = _second_line_translates(list(levels.values()))
    for index, own in levels.items():
        if groups.get(index) and len(own) == 1 and bottom > top and is_blank(sheet.seen(top, index)):
            own.insert(0, (groups[index], 2))
    return tuple(_column(index, own, bilingual) for index, own in levels.items() if own)


def _second_line_translates(levels: Sequence[Sequence[tuple[str, int]]]) -> bool:
    """Whether the last header line only says the line above it in another script."""
    double = [own for own in levels if len(own) > 1]
    same = sum(own[-2][1] == 1 and _translates(own[-2][0], own[-1][0]) for own in double)
    return len(double) > 2 and same * 2 > len(double)


def _unmerged_groups(sheet: Sheet, top: int, bottom: int) -> dict[int, str]:
    """Group words typed only over the first of their columns: column → the word to its left."""
    if bottom == top:
        return {}
    found, word = {}, ""
    for column in range(sheet.width):
        value = sheet.raw(top, column)
        if not is_blank(value):
            below = sheet.raw(top + 1, column)
            word = str(value) if not is_blank(below) and meaning(str(value)).sure < SURE else ""
        elif is_blank(sheet.seen(top, column)):
            found[column] = word
    return found


def _column(index: int, levels: Sequence[tuple[str, int]], bilingual: bool) -> Column:
    words = tuple(word for word, _ in levels)
    shown = words[-2] if bilingual and len(words) > 1 else words[-1]
    found = meaning(words[-1])
    if len(words) > 1:
        found = _with_group(words, found, levels[-2][1])
    of_head = is_about_head(words)
    role = found.role
    if of_head and role is Role.NAME:
        role = Role.HEAD
    return Column(index, role, shown, words, found.sure, of_head and role is not Role.HEAD)


def _translates(above: str, below: str) -> bool:
    """Whether two words mean the same in two scripts."""
    same = meaning(above).role is meaning(below).role is not Role.UNKNOWN
    return same and bool(re.search(r"[\u3400-\u9fff]", above)) != bool(re.search(r"[\u3400-\u9fff]", below))


def _with_group(words: tuple[str, ...], leaf: Meaning, group_width: int) -> Meaning:
    """身份证 › 号码 and 户主 › 姓名 mean what the words together mean; a lone group word means itself."""
    joined = bare(words[-2]) + bare(words[-1])
    if joined in header_words():
        return Meaning(header_words()[joined], SURE)
    if leaf.role is Role.UNKNOWN and meaning(joined).role is not Role.UNKNOWN:
        return meaning(joined)
    if leaf.role is Role.UNKNOWN and group_width == 1:
        return meaning(words[-2])
    return leaf
