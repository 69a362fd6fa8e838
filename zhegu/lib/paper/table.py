"""Any table on paper: heads in both languages on every page, totals, seal and signature places."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from unicodedata import east_asian_width

from zhegu.lib.paper.fonts import Fonts
from zhegu.lib.paper.press import Imprint, press
from zhegu.lib.tables import Column, Kind, Table, Words, shown
from zhegu.lib.tables.table import NUMERIC, shown_totals

LEAST = {Kind.TICK: 4, Kind.WRITE: 14, Kind.COUNT: 5, Kind.PERCENT: 7, Kind.DATE: 11, Kind.TIME: 17}
LOOKED_AT = 200


@dataclass(frozen=True)
class Page:
    """How a table is laid on A4: `band` names the column whose value heads the rows that share it."""

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
    sent = {
        "landscape": page.landscape,
        "title": imprint.say(table.title),
        "period": imprint.say(table.period) if table.period else [],
        "heads": [imprint.say(column.label) for column in columns],
        "groups": _groups(columns, imprint) if any(column.group for column in columns) else [],
        "widths": [_weight(place, column, rows, imprint) for place, column in enumerate(columns)],
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
        yield [shown(column, row.get(column.field), lang, mask) for column in columns]


def _groups(columns: tuple[Column, ...], imprint: Imprint) -> list[dict[str, Any]]:
    return [
        {"span": len(tuple(together)), "words": imprint.say(group) if group else []}
        for group, together in groupby(columns, key=lambda column: column.group)
    ]


def _kind(column: Column) -> str:
    if column.kind is Kind.TICK:
        return "tick"
    return "number" if column.kind in NUMERIC else "words"


def _weight(place: int, column: Column, rows: list[list[str] | str], imprint: Imprint) -> float:
    """The column's share of the page: its own width, or what its head and first rows need."""
    if column.width:
        return column.width
    head = max(_wide(words) for words in imprint.say(column.label))
    cells = max((_wide(row[place]) for row in rows[:LOOKED_AT] if not isinstance(row, str)), default=0)
    return max(LEAST.get(column.kind, 4), min(head, 10), min(cells + 1, 40))


def _wide(words: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
