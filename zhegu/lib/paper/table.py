"""Any table on paper: heads in both languages on every page, totals, seal and signature places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from unicodedata import east_asian_width

from zhegu.lib.paper.fonts import Fonts
from zhegu.lib.paper.press import Imprint, press
from zhegu.lib.tables import Column, Kind, Table, Words, shown
from zhegu.lib.tables.table import NUMERIC, shown_totals

LEAST = {Kind.TICK: 4, Kind.WRITE: 14, Kind.TEXT: 6, Kind.DATE: 10, Kind.TIME: 10}
WIDEST = 24
LOOKED_AT = 300
MARGIN = 12.0
PAPERS = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
BEST, SMALLEST = 9.0, 7.0
"""Points: what is read with ease, and the least that is printed."""

_CHARACTER = 0.56 * 0.3528
"""Millimetres of a Latin letter or digit of one point."""

_RUN = re.compile(r"[^\s\u0f0b\u0f0d\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
_TOO_LONG = re.compile(rf"[!-~]{{{WIDEST}}}")


@dataclass(frozen=True)
class Page:
    """How a table is laid on paper: `band` names the column whose value heads the rows that share it.

    It is A4; a table that would need letters smaller than 7 points there goes on A3.
    """

    landscape: bool = True
    band: str = ""
    signatures: tuple[Words, ...] = ()
    seal: bool = False
    notes: tuple[Words, ...] = ()


def print_table(
    table: Table, imprint: Imprint, page: Page | None = None, mask: bool = True, fonts: Fonts | None = None
) -> bytes:
    """The table as PDF. Sensitive columns are masked unless `mask` is False.

    TICK columns print a box and WRITE columns an empty line, which makes walk lists and call lists.
    """
    page = page or Page()
    columns = tuple(column for column in table.columns if column.field != page.band)
    rows = list(_rows(table, columns, page.band, imprint.lang, mask))
    totals = shown_totals(Table(columns, (), table.title, None, table.totals), imprint.lang)
    weights = [_weight(place, column, rows, imprint) for place, column in enumerate(columns)]
    paper, size = _fitting(sum(weights), page.landscape)
    sent = {
        "landscape": page.landscape,
        "paper": paper,
        "size": size,
        "title": imprint.say(table.title),
        "period": imprint.say(table.period) if table.period else [],
        "heads": [imprint.say(column.label) for column in columns],
        "groups": _groups(columns, imprint) if any(column.group for column in columns) else [],
        "widths": weights,
        "kinds": [_kind(column) for column in columns],
        "rows": rows,
        "totals": totals or [],
        "signatures": [imprint.say(words) for words in page.signatures],
        "seal": imprint.words("paper.seal_here") if page.seal else [],
        "notes": [imprint.say(words) for words in page.notes],
        "empty": imprint.words("paper.nothing_to_list"),
    }
    return press("table", sent, imprint, fonts)


def _rows(
    table: Table, columns: tuple[Column, ...], band: str, lang: str, mask: bool
) -> Iterator[list[str] | str]:
    """Rows as lists of cells; a bare string is a band across the page."""
    banded = next((column for column in table.columns if column.field == band), None)
    last = None
    for row in table.rows:
        if banded is not None:
            words = shown(banded, row.get(band), lang, mask)
            if words != last:
                yield words
                last = words
        yield [_breakable(shown(column, row.get(column.field), lang, mask)) for column in columns]


def _breakable(words: str) -> str:
    """Words without a gap longer than any column get places to break; ids and phones stay whole."""
    return _TOO_LONG.sub(lambda run: run.group() + "\u200b", words)


def _groups(columns: tuple[Column, ...], imprint: Imprint) -> list[dict[str, Any]]:
    return [
        {"span": len(tuple(together)), "words": imprint.say(group) if group else []}
        for group, together in groupby(columns, key=lambda column: column.group)
    ]


def _kind(column: Column) -> str:
    if column.kind is Kind.TICK:
        return "tick"
    return "number" if column.kind in NUMERIC else "words"


def _fitting(characters: float, landscape: bool) -> tuple[str, float]:
    """The paper, and the size in points at which so many characters stand side by side on it."""
    sizes = {
        paper: min(BEST, ((long if landscape else short) - 2 * MARGIN) / (characters * _CHARACTER))
        for paper, (short, long) in PAPERS.items()
    }
    paper = next((paper for paper, size in sizes.items() if size >= SMALLEST), "a3")
    return paper, round(max(sizes[paper], SMALLEST), 2)


def _weight(place: int, column: Column, rows: list[list[str] | str], imprint: Imprint) -> float:
    """The column's share in characters: room for what cannot be broken, and for short cells whole."""
    cells = [row[place] for row in rows[:LOOKED_AT] if not isinstance(row, str)]
    heads = imprint.say(column.label)
    unbroken = max((_longest_run(words) for words in (*cells, *heads)), default=0)
    whole = max((_wide(words) for words in cells), default=0)
    return max(unbroken, min(whole, WIDEST), LEAST.get(column.kind, 4)) + 1.5


def _longest_run(words: str) -> float:
    return max((_wide(run) for run in _RUN.findall(words)), default=0)


def _wide(words: str) -> float:
    """In Latin characters: Chinese counts twice; Tibetan vowels and stacked letters take no room."""
    return sum(_letter(letter) for letter in words)


def _letter(letter: str) -> float:
    if "\u0f71" <= letter <= "\u0fbc":
        return 0
    if "\u0f00" <= letter <= "\u0fff":
        return 1.3
    return 2 if east_asian_width(letter) in "WF" else 1
