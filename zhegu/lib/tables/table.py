"""Columns, rows and the words of a table; how each kind of value is said to a reader."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhegu.lib.clock import local
from zhegu.lib.tables.masks import Mask, masked
from zhegu.lib.texts import text


class Kind(StrEnum):
    """What a column holds. PERCENT is a fraction (0.953), TIME an aware datetime, CLOCK a time of day.

    CHOICE is a code whose words are found under the column's `words` prefix; TICK and WRITE are
    empty places for a pen, on paper only.
    """

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    CLOCK = "clock"
    YES = "yesno"
    CHOICE = "choice"
    ID = "id"
    PHONE = "phone"
    TICK = "tick"
    WRITE = "write"


NUMERIC = frozenset({Kind.COUNT, Kind.NUMBER, Kind.PERCENT, Kind.MONEY})
FOR_A_PEN = frozenset({Kind.TICK, Kind.WRITE})


@dataclass(frozen=True)
class Phrase:
    """A sentence of the catalogue with what fills its places, not yet said in any language."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, key: str, **values: Any) -> "Phrase":
        return cls(key, tuple(values.items()))


@dataclass(frozen=True)
class Plain:
    """Words that are the same in every language: a place's own name, a serial."""

    words: str


@dataclass(frozen=True)
class Named:
    """A name that is another one in each language; `by` gives it in one."""

    by: Callable[[str], str]


Words = str | Phrase | Plain | Named


def say(words: Words, lang: str) -> str:
    """The words in that language; a bare string is a text key and raises KeyError when unknown."""
    if isinstance(words, Plain):
        return words.words
    if isinstance(words, Named):
        return words.by(lang)
    if isinstance(words, Phrase):
        return text(words.key, lang, **{name: _said(value, lang) for name, value in words.values})
    return text(words, lang)


def _said(value: Any, lang: str) -> Any:
    return say(value, lang) if isinstance(value, Phrase | Plain | Named) else value


@dataclass(frozen=True)
class Column:
    """One column: where its value stands in a row, its heading (text key) and its kind.

    `group` heads several neighbouring columns; `width` is in characters of a spreadsheet column,
    0 for by itself; `words` is the text-key prefix of a CHOICE.
    """

    field: str
    label: Words
    kind: Kind = Kind.TEXT
    mask: Mask = Mask.OPEN
    width: float = 0
    group: Words | None = None
    words: str = ""


@dataclass(frozen=True)
class Table:
    """What is listed, how it is headed, which time it covers, and the row below it all.

    `rows` may be any iterable of mappings; a generator can be read once only.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, Any]]
    title: Words
    period: Words | None = None
    totals: Mapping[str, Any] | None = None

    def only(self, *fields: str) -> "Table":
        """The same rows with these columns, in this order."""
        by_field = {column.field: column for column in self.columns}
        return replace(self, columns=tuple(by_field[name] for name in fields))

    @property
    def has_groups(self) -> bool:
        return any(column.group for column in self.columns)


def sum_of(rows: Iterable[Mapping[str, Any]], fields: Sequence[str]) -> dict[str, Any]:
    """Adds up the named columns; unknown values count as nothing."""
    sums: dict[str, Any] = dict.fromkeys(fields, 0)
    for row in rows:
        for name in fields:
            sums[name] += row.get(name) or 0
    return sums


def shown(column: Column, value: Any, lang: str, mask: bool = True) -> str:
    """One cell as a person reads it; sensitive columns are masked unless `mask` is False."""
    if value is None or column.kind in FOR_A_PEN:
        return ""
    if mask and column.mask is not Mask.OPEN:
        return masked(value, column.mask)
    return _SHOWN.get(column.kind, _plainly)(column, value, lang)


def shown_rows(table: Table, lang: str, mask: bool = True) -> Iterator[list[str]]:
    """All rows as a person reads them, in the table's order."""
    for row in table.rows:
        yield [shown(column, row.get(column.field), lang, mask) for column in table.columns]


def shown_totals(table: Table, lang: str) -> list[str] | None:
    """The row below the rows, headed by the word for it; None where the table has none."""
    if table.totals is None:
        return None
    cells = [shown(column, table.totals.get(column.field), lang) for column in table.columns]
    if cells and not cells[0]:
        cells[0] = text("tables.total", lang)
    return cells


def day(at: date | datetime, lang: str) -> str:
    """A day as one says it: 9月13日 周二."""
    on = local(at).date() if isinstance(at, datetime) else at
    weekday = text(f"tables.weekday_{on.isoweekday()}", lang)
    return text("tables.day", lang, month=on.month, day=on.day, weekday=weekday)


def _plainly(column: Column, value: Any, lang: str) -> str:
    if isinstance(value, Phrase | Plain | Named):
        return say(value, lang)
    return _number(value) if isinstance(value, float | Decimal) else str(value)


def _number(value: float | Decimal) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _when(column: Column, value: Any, lang: str) -> str:
    return local(value).strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else str(value)


def _on(column: Column, value: Any, lang: str) -> str:
    on = local(value).date() if isinstance(value, datetime) else value
    return on.isoformat() if isinstance(on, date) else str(value)


def _clock(column: Column, value: Any, lang: str) -> str:
    at = local(value).time() if isinstance(value, datetime) else value
    return at.strftime("%H:%M") if isinstance(at, time) else str(value)


_SHOWN = {
    Kind.PERCENT: lambda column, value, lang: f"{value * 100:.1f}%",
    Kind.MONEY: lambda column, value, lang: f"{value:.2f}",
    Kind.DATE: _on,
    Kind.TIME: _when,
    Kind.CLOCK: _clock,
    Kind.YES: lambda column, value, lang: text("tables.yes" if value else "tables.no", lang),
    Kind.CHOICE: lambda column, value, lang: text(f"{column.words}{value}", lang) if value else "",
}
