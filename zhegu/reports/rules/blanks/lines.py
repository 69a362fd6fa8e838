"""Which line of a table is whose: the grids' by their printed names, or the one of this community and this day."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhegu.reports.rules.blanks.dictionary import HEAD, SURE
from zhegu.reports.rules.blanks.layout import is_place, is_total
from zhegu.reports.rules.blanks.proposals import Proposal
from zhegu.reports.rules.blanks.sheet import Blank, Cell
from zhegu.reports.rules.blanks.words import kind, plain

DAY_ZERO = date(1899, 12, 30)
FIRST_SERIAL = 20_000
"""Smaller numbers in a column of days are days of the month."""
DAY = re.compile(r"^(?:(\d{4})[年./-])?(?:(\d{1,2})[月./-])?(\d{1,2})(?:日|号)?$")
CHINESE = "〇一二三四五六七八九"
OFFICE = re.compile(r"(?:社区|村|居|村民|居民)?(?:居委会|村委会|委员会)$|社区$|村$")


@dataclass(frozen=True)
class Own:
    """Who fills the form, and the day it is filled for."""

    unit: str
    day: date | None


def printed_places(blank: Blank, slots: Iterable[int], free: Sequence[int], known: Callable[[str], bool]) -> int:
    """The column in which the grids' names are printed, whatever its header says; 0 where none is."""
    for column in slots:
        said = [words for row in free if (words := blank.text(row, column)) and not blank.at(row, column).number]
        if len(said) > 1 and all(is_total(words) or (_named(words) and known(words)) for words in said):
            return column
    return 0


def _named(words: str) -> bool:
    """第3网格 names a place; a mere 3 may as well count the lines."""
    return is_place(words) and not words.isdigit()


def own_column(blank: Blank, row: int, free: Sequence[int], own: Own) -> int | None:
    """The one column of a form of communities or days that is this community's or this day's."""
    cells = {column: blank.at(row, column) for column in free} if row else {}
    found = [column for column, cell in cells.items() if same_unit(cell.text, own.unit) or same_day(cell, own.day)]
    return found[0] if len(found) == 1 else None


def own_line(blank: Blank, fields: Iterable[Proposal], free: Sequence[int], own: Own) -> int | None:
    """The one line that is this community's on this day; None where nothing tells it from the others."""
    tells: list[tuple[int, Callable[[Cell], bool]]] = []
    for one in fields:
        if not one.slot:
            continue
        if _of_units(blank, one, free, own):
            tells.append((one.slot, lambda cell: same_unit(cell.text, own.unit)))
        elif _of_days(one):
            tells.append((one.slot, lambda cell: same_day(cell, own.day)))
    lines = list(free)
    for column, ours in tells:
        printed = {row: cell for row in lines if not (cell := blank.at(row, column)).blank}
        matching = [row for row, cell in printed.items() if ours(cell)]
        lines = matching or [row for row in lines if row not in printed]
    return lines[0] if lines and (tells or len(free) == 1) else None


def _of_units(blank: Blank, one: Proposal, free: Sequence[int], own: Own) -> bool:
    said = one.form == HEAD and one.field == "unit" and one.confidence >= SURE
    return said or any(same_unit(blank.text(row, one.slot), own.unit) for row in free)


def _of_days(one: Proposal) -> bool:
    return one.form == HEAD and one.field == "date" and one.confidence >= SURE and kind(plain(one.header)) in ("time", "")


def same_unit(on_form: str, unit: str) -> bool:
    """哲古社区, 哲古居委会 and 哲古 are one office."""
    a, b = plain(on_form), plain(unit)
    return bool(a and b) and (a == b or (len(short := OFFICE.sub("", a)) > 1 and short == OFFICE.sub("", b)))


def same_day(cell: Cell, day: date | None) -> bool:
    """Whether a printed day (11月29日, 11.29, 29日, a serial day) is this one."""
    if day is None:
        return False
    words = plain(cell.text)
    if cell.number and float(words) >= FIRST_SERIAL:
        return DAY_ZERO + timedelta(days=int(float(words))) == day
    found = DAY.match(words.removesuffix(".0"))
    if not found:
        return False
    said = [int(part) if part else None for part in found.groups()]
    return all(part is None or part == ours for part, ours in zip(said, (day.year, day.month, day.day), strict=True))


def same_place(on_form: str, known: str) -> bool:
    """第3网格, 三网格, 网格3 and 3 are one place; other names are compared as they are said."""
    a, b = plain(on_form), plain(known)
    if a == b:
        return True
    if is_place(a) and is_place(b):
        return list(_numbers(a)) == list(_numbers(b))
    return len(a) > 1 and (a.removesuffix("网格") == b.removesuffix("网格"))


def _numbers(words: str) -> Iterator[int]:
    for found in re.findall(r"\d+|[〇一二三四五六七八九十]+", words):
        yield int(found) if found.isdigit() and found.isascii() else _chinese(found)


def _chinese(words: str) -> int:
    """十二 → 12, 二十 → 20, 三 → 3."""
    tens, found, ones = words.rpartition("十")
    if not found:
        return int("".join(str(CHINESE.index(one)) for one in words))
    return (CHINESE.index(tens) if tens in CHINESE and tens else 1) * 10 + (CHINESE.index(ones) if ones else 0)
