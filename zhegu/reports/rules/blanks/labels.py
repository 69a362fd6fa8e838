"""Labels with a blank beside them: the head and foot of a form, and forms that are nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhegu.reports.rules.blanks.layout import COLONS, LONGEST_HEADER, NOTE, Table, is_place, is_total
from zhegu.reports.rules.blanks.sheet import Blank, Spot
from zhegu.reports.rules.blanks.words import UNITS, plain

LABEL_IN_TEXT = re.compile(r"([^\s:\uff1a_,,;;。、]{1,14}(?:\s?[^\s:\uff1a_,,;;。、]{1,4}){0,3})\s*[:\uff1a]")
SECTION = re.compile(r"^[(（]?[一二三四五六七八九十]{1,3}[)）、.]")
MEASURED = re.compile(rf"^(?:计量|数量)?单位:(?:[、,/]?{UNITS.pattern.strip('^$')})+$")
AMONG = re.compile(r"^\s*(?:其中|其它?中|包括|of which)\s*[:\uff1a]\s*(?=\S)", re.I)
"""其中：婴幼儿 is a label that begins with a colon's word, not a label 其中 that is filled in already."""
INSTRUCTION = re.compile(r"^\s*[(\uff08]?\d{1,2}[)\uff09.\u3001\uff0e](?!\d).*[\u3002;\uff1b]\s*$", re.S)
"""2. 风险等级:高、中、低。 tells how to fill the form in, whatever colon it has."""
TRAIL = re.compile(r"[\s_]+$")


@dataclass(frozen=True)
class Label:
    """A label, the groups it stands under, and the blank cell that belongs to it (None where it has none)."""

    row: int
    column: int
    path: tuple[str, ...]
    spot: Spot | None
    marked: bool
    """It ends with a colon, so it is surely a label."""
    shared: bool = False
    """Several labels stand in one cell."""


def labels(blank: Blank, table: Table | None) -> Iterator[Label]:
    """Every label outside the table, in the order of reading."""
    title = _title(blank)
    for row, column, words in blank.words():
        if (row, column) == title or _inside(table, row, column) or not blank.is_anchor(row, column):
            continue
        if NOTE.match(plain(words)) and not TRAIL.sub("", words).endswith(COLONS) and len(words) > 6:
            continue
        if INSTRUCTION.match(words):
            continue
        if _heads_a_section(blank, row, column, words):
            continue
        yield from _of_cell(blank, row, column, words, table)


def _inside(table: Table | None, row: int, column: int) -> bool:
    if table is None:
        return False
    area = table.area
    return area.top <= row <= area.bottom and area.left <= column <= area.right


def _heads_a_section(blank: Blank, row: int, column: int, words: str) -> bool:
    """一、基本情况 alone over the width of the form."""
    if not SECTION.match(words.strip()) or TRAIL.sub("", words).endswith(COLONS):
        return False
    alone = sum(1 for c in blank.columns_by_row[row] if blank.cells[row, c].text.strip()) == 1
    return alone and blank.box(row, column).width >= max(2, 0.6 * blank.last_column)


def _title(blank: Blank) -> Spot | None:
    """The first text that stands alone in its row, at the top, without a colon."""
    for row, column, words in blank.words():
        alone = sum(1 for c in blank.columns_by_row[row] if blank.cells[row, c].text.strip()) == 1
        if alone and not TRAIL.sub("", words).endswith(COLONS) and row <= 4:
            return (row, column)
        if not alone:
            return None
    return None


def _of_cell(blank: Blank, row: int, column: int, words: str, table: Table | None) -> Iterator[Label]:
    words = AMONG.sub("", words)
    named = [found.group(1).strip() for found in LABEL_IN_TEXT.finditer(words)]
    bare = TRAIL.sub("", words)
    if len(named) > 1:
        last = bare.endswith(COLONS)
        for place, name in enumerate(named):
            spot = _blank_beside(blank, row, column, table) if last and place == len(named) - 1 else None
            yield Label(row, column, (name,), spot, True, shared=True)
        return
    if len(named) == 1 and not bare.endswith(COLONS):
        if words.strip().startswith(named[0]) and len(words) <= 60 and not _measures(words):
            yield Label(row, column, (named[0],), None, True)
        return
    sentence = "。" in bare and not bare.endswith(COLONS)
    if sentence or len(words) > LONGEST_HEADER or is_place(words) or is_total(words) or UNITS.match(plain(words)):
        return
    marked = bare.endswith(COLONS)
    spot = _blank_beside(blank, row, column, table)
    if spot is not None or marked or _computed_beside(blank, row, column):
        yield Label(row, column, (*_groups(blank, row, column), words), spot, marked)


def _measures(words: str) -> bool:
    """单位:人 says in what is counted, not who reports."""
    return bool(MEASURED.match(plain(words)))


def _blank_beside(blank: Blank, row: int, column: int, table: Table | None) -> Spot | None:
    """The blank to the right (past a unit), else the one below."""
    box = blank.box(row, column)
    right = box.right + 1
    if not blank.at(row, right).blank and UNITS.match(plain(blank.text(row, right))):
        after = blank.box(row, right).right + 1
        if blank.at(row, after).blank and blank.there(row, after):
            return _anchor(blank, row, after)
    if blank.at(row, right).blank and not _inside(table, row, right):
        spot = _anchor(blank, row, right)
        return spot if spot[0] >= row else None
    below = box.bottom + 1
    if blank.at(below, column).blank and blank.there(below, column) and not _inside(table, below, column):
        return _anchor(blank, below, column)
    return None


def _computed_beside(blank: Blank, row: int, column: int) -> bool:
    return bool(blank.at(row, blank.box(row, column).right + 1).formula)


def _anchor(blank: Blank, row: int, column: int) -> Spot:
    box = blank.box(row, column)
    return box.top, box.left


def _groups(blank: Blank, row: int, column: int) -> tuple[str, ...]:
    """The section above and the group at the left: texts whose right neighbour is a text."""
    found = []
    section = _section(blank, row)
    if section:
        found.append(section)
    for left in range(1, column):
        box = blank.box(row, left)
        words = blank.text(row, left)
        after = blank.text(row, box.right + 1)
        heads = words and box.left == left and after and not blank.at(row, left).number
        if heads and not UNITS.match(plain(after)) and len(words) <= LONGEST_HEADER:
            found.append(words)
    return tuple(found)


def _section(blank: Blank, row: int) -> str:
    """A line above that heads a section: the only text of its row, reaching over most of the form."""
    for above in range(row - 1, max(0, row - 30), -1):
        texts = [c for c in blank.columns_by_row.get(above, []) if blank.cells[above, c].text.strip()]
        if len(texts) != 1:
            continue
        box = blank.box(above, texts[0])
        words = blank.text(above, texts[0])
        marked = SECTION.match(words.strip())
        wide = box.width >= max(2, 0.6 * blank.last_column)
        if (wide or marked) and len(words) <= 24 and not words.endswith(COLONS) and (above, texts[0]) != _title(blank):
            return words
    return ""
