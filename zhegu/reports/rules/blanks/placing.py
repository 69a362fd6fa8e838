"""Which value goes into which blank cell of a form; a ledger longer than the table is told, never squeezed in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from zhegu.lib.clock import local
from zhegu.lib.tables import Column, Kind, Phrase, shown
from zhegu.reports.rules.blanks.dictionary import HEAD, SURE
from zhegu.reports.rules.blanks.layout import Orientation, Table, is_total
from zhegu.reports.rules.blanks.lines import DAY_ZERO, Own, own_column, own_line, printed_places, same_place
from zhegu.reports.rules.blanks.proposals import Proposal, Reading
from zhegu.reports.rules.blanks.sheet import Blank, Spot
from zhegu.reports.rules.blanks.words import plain

PLACE_FIELD, PERSON_FIELD, NUMBER_FIELD = "grid", "name", "no"
NO_PLACE = Phrase.of("places.no_grid")


@dataclass(frozen=True)
class Write:
    """A value for one cell. `None` beside a formula takes an old result away."""

    row: int
    column: int
    value: int | float | str | bool | None


@dataclass(frozen=True)
class Data:
    """What may be filled in: for each field of a form its column; rows and totals by field."""

    columns: Mapping[str, Column]
    rows: Sequence[Mapping[str, Any]]
    totals: Mapping[str, Any] | None = None


NOTHING = Data({}, ())


@dataclass(frozen=True)
class Problem:
    """Why a table was not filled: `too_few_rows` with how many there are and are needed, `places_missing`,
    `line_unknown`.

    `soft` ones were filled, but something must be known: `place_unknown`, `without_place`.
    """

    sheet: str
    code: str
    facts: Mapping[str, Any]
    soft: bool = False


@dataclass(frozen=True)
class Source:
    """Where a filled cell's value came from: the field, and the row of the ledger (-1 for its totals)."""

    field: str
    row: int


@dataclass
class Placed:
    """What is to be written on one sheet, where each value comes from, and what stays blank and why."""

    writes: list[Write] = field(default_factory=list)
    sources: dict[Spot, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unfilled: list[tuple[Proposal, str]] = field(default_factory=list)


def place(
    blank: Blank, reading: Reading, data: Data, head: Mapping[str, Any], shows: Callable[[int], str], lang: str = "zh"
) -> Placed:
    """The values of `data` and `head` for the blank cells of a form as it was understood."""
    return _Placing(blank, reading, data, head, shows, lang).all()


class _Placing:
    def __init__(
        self, blank: Blank, reading: Reading, data: Data, head: Mapping[str, Any], shows: Callable[[int], str], lang: str
    ) -> None:
        self.blank, self.reading, self.data, self.head, self.shows, self.lang = blank, reading, data, head, shows, lang
        self.placed = Placed()

    def all(self) -> Placed:
        heads: list[Proposal] = []
        for one in self.reading.fields:
            why = self._why_not(one)
            if why:
                if one.field:
                    self.placed.unfilled.append((one, why))
            elif one.slot:
                heads.append(one)
            else:
                self._label(one)
        table = self.reading.table
        if table is not None and any(one.field in self.data.columns for one in heads):
            if table.orientation is Orientation.ROWS:
                self._rows(table, heads)
            else:
                self._columns(table, heads)
        return self.placed

    def _why_not(self, one: Proposal) -> str:
        """Why a header's cells stay as they are; empty where they can be filled."""
        if one.computed:
            return "computed"
        if not one.field or one.confidence < SURE:
            return "unsure"
        if one.form == HEAD:
            known = self.head.get(one.field) is not None
        else:
            known = one.field in self.data.columns or (one.field == NUMBER_FIELD and bool(self.data.columns))
        if not known:
            return "not_offered"
        if one.hidden and one.field in self.data.columns and self.data.columns[one.field].mask != "open":
            return "hidden"
        return "" if one.slot or one.spot else "no_blank"

    def _label(self, one: Proposal) -> None:
        assert one.field is not None and one.spot is not None
        if one.form == HEAD:
            column = Column(one.field, "", _head_kind(self.head[one.field]))
            self._write(one.spot, column, self.head[one.field], one, -1)
        elif self.data.totals is not None and self.data.totals.get(one.field) is not None:
            self._write(one.spot, self.data.columns[one.field], self.data.totals[one.field], one, -1)
        else:
            self.placed.unfilled.append((one, "not_offered"))

    def _write(self, spot: Spot, column: Column, value: Any, head: Proposal, row: int) -> None:
        cell = self.blank.at(*spot)
        if not cell.blank or not self.blank.is_anchor(*spot):
            return
        made = cell_value(column, value, self.shows(cell.style), "%" in plain("".join(head.path)), self.lang)
        if made is None or made == "":
            return
        self.placed.writes.append(Write(*spot, made))
        self.placed.sources[spot] = Source(head.field or "", row)

    # --- a row for each place or person

    def _rows(self, table: Table, heads: list[Proposal]) -> None:
        free = [
            row
            for row in range(table.first, table.last + 1)
            if row not in table.skipped and row not in self.blank.hidden_rows
        ]
        people = PERSON_FIELD in self.data.columns
        key = self._key(heads, free, PERSON_FIELD if people else PLACE_FIELD)
        if not key:
            self._own_row(heads, free)
            return
        known = {row: self.blank.text(row, key) for row in free} if not people else {}
        chosen = self._matched("rows", free, {row: words for row, words in known.items() if words})
        if chosen is None:
            return
        for no, row in enumerate(free, 1):
            if row in chosen:
                self._row(row, heads, self.data.rows[chosen[row]], chosen[row], no)
        self._total_row(table, heads)

    def _key(self, heads: Iterable[Proposal], free: Sequence[int], field: str) -> int:
        """The column that says whose each line is; without one no line may be given to anybody."""
        if field not in self.data.columns:
            return 0
        key = next((one.slot for one in heads if one.field == field), 0)
        if key or field == PERSON_FIELD:
            return key
        slots = [one.slot for one in self.reading.fields if one.slot]
        return printed_places(self.blank, slots, free, lambda words: any(same_place(words, self._said(row)) for row in self.data.rows))

    def _own(self) -> Own:
        return Own(str(self.head.get("unit") or ""), self.head.get("date"))

    def _own_row(self, heads: Iterable[Proposal], free: Sequence[int]) -> None:
        """The community's own figures in its line of a form of communities or of days, or in the only line there is."""
        named = {one.field for one in self.reading.fields}
        line = own_line(self.blank, self.reading.fields, free, self._own()) if not named & {PLACE_FIELD, PERSON_FIELD} else None
        if line is None or self.data.totals is None:
            self.placed.problems.append(Problem(self.reading.sheet, "line_unknown", {}))
            return
        self._row(line, heads, self.data.totals, -1)

    def _own_column(self, column: int | None, heads: Iterable[Proposal]) -> None:
        if column is None or self.data.totals is None:
            self.placed.problems.append(Problem(self.reading.sheet, "line_unknown", {}))
            return
        self._column(column, heads, self.data.totals, -1)

    def _column(self, column: int, heads: Iterable[Proposal], row: Mapping[str, Any], index: int) -> None:
        for one in heads:
            if one.field in self.data.columns:
                self._write((one.slot, column), self.data.columns[one.field], row.get(one.field), one, index)

    def _matched(self, what: str, free: Sequence[int], known: Mapping[int, str]) -> dict[int, int] | None:
        """Which row of the ledger belongs to which line; None (and a problem) where they do not fit."""
        rows = self.data.rows
        chosen: dict[int, int] = {}
        left = list(range(len(rows)))
        for line, words in known.items():
            found = next((index for index in left if same_place(words, self._said(rows[index]))), None)
            if found is None:
                if not is_total(words):
                    facts = {"place": words}
                    self.placed.problems.append(Problem(self.reading.sheet, "place_unknown", facts, soft=True))
                continue
            chosen[line] = found
            left.remove(found)
        blank_lines = [line for line in free if line not in known]
        left = self._with_a_place(left, len(blank_lines))
        if len(left) > len(blank_lines):
            code = "places_missing" if known and not blank_lines else f"too_few_{what}"
            facts = {"there": len(free), "needed": len(rows)}
            self.placed.problems.append(Problem(self.reading.sheet, code, facts))
            return None
        return chosen | dict(zip(blank_lines, left, strict=False))

    def _with_a_place(self, left: list[int], room: int) -> list[int]:
        """People who belong to no grid have no line on a form of grids: told, unless a line is free for them."""
        rows = self.data.rows
        loose = [index for index in left if rows[index].get(PLACE_FIELD) == NO_PLACE]
        if not loose or (len(left) <= room and any(_counts(rows[index]) for index in loose)):
            return left
        people = sum(int(rows[index].get("residents") or 0) + int(rows[index].get("incomers") or 0) for index in loose)
        if people:
            self.placed.problems.append(Problem(self.reading.sheet, "without_place", {"people": people}, soft=True))
        return [index for index in left if index not in loose]

    def _said(self, row: Mapping[str, Any]) -> str:
        column = self.data.columns.get(PLACE_FIELD)
        return shown(column, row.get(PLACE_FIELD), self.lang, mask=False) if column else ""

    def _row(self, line: int, heads: Iterable[Proposal], row: Mapping[str, Any], index: int, no: int = 1) -> None:
        for one in heads:
            if one.field in self.data.columns:
                self._write((line, one.slot), self.data.columns[one.field], row.get(one.field), one, index)
            elif one.form == HEAD:
                value = self.head[one.field or ""]
                self._write((line, one.slot), Column(one.field or "", "", _head_kind(value)), value, one, -1)
            elif one.field == NUMBER_FIELD:
                self._write((line, one.slot), Column(NUMBER_FIELD, "", Kind.COUNT), no, one, index)

    def _total_row(self, table: Table, heads: Iterable[Proposal]) -> None:
        """Totals where the form has a row for them and does not count them itself."""
        row = table.last + 1
        columns = range(1, table.area.right + 1)
        if self.data.totals is None or not any(is_total(self.blank.text(row, column)) for column in columns):
            return
        counted = [
            one for one in heads if one.form != HEAD and one.field not in (PLACE_FIELD, PERSON_FIELD, NUMBER_FIELD)
        ]
        self._row(row, counted, self.data.totals, -1)

    # --- a column for each place

    def _columns(self, table: Table, heads: list[Proposal]) -> None:
        known = {column: self.blank.text(table.places_row, column) for column in table.places} if table.places_row else {}
        free = [column for column in table.places if column not in self.blank.hidden_columns]
        own = own_column(self.blank, table.places_row, free, self._own())
        if own is not None or PLACE_FIELD not in self.data.columns:
            self._own_column(own, heads)
            return
        chosen = self._matched("columns", free, {column: words for column, words in known.items() if words})
        if chosen is None:
            return
        for column, index in chosen.items():
            row = self.data.rows[index]
            if table.places_row and not known.get(column):
                spot = (table.places_row, column)
                if self.blank.there(*spot):
                    self.placed.writes.append(Write(*spot, self._said(row)))
                    self.placed.sources[spot] = Source(PLACE_FIELD, index)
            self._column(column, heads, row, index)
        self._total_column(table, heads)

    def _total_column(self, table: Table, heads: Iterable[Proposal]) -> None:
        if self.data.totals is None or not table.places_row:
            return
        for column in range(table.places[0], self.blank.last_column + 1):
            if is_total(self.blank.text(table.places_row, column)):
                self._column(column, heads, self.data.totals, -1)


def _counts(row: Mapping[str, Any]) -> bool:
    """Whether a row says anything but noughts."""
    return any(value for value in row.values() if isinstance(value, int | float))


def _head_kind(value: Any) -> Kind:
    if isinstance(value, datetime):
        return Kind.TIME
    return Kind.DATE if isinstance(value, date) else Kind.TEXT


def cell_value(column: Column, value: Any, shows: str, percent_said: bool, lang: str) -> int | float | str | None:
    """A ledger's value as a cell of that number format holds it.

    Fractions stay fractions under a percent format and become hundredths where the header says % and the
    format does not; days become serial days under a date format, else words.
    """
    if value is None:
        return None
    if column.kind is Kind.PERCENT:
        return round(float(value), 6) if shows == "percent" or not percent_said else round(float(value) * 100, 2)
    if _is_decimal(value) or (column.kind in (Kind.COUNT, Kind.NUMBER, Kind.MONEY) and isinstance(value, int | float)):
        return value if isinstance(value, int) else round(float(value), 6)
    if shows == "date" and isinstance(value, date | datetime):
        return serial(value)
    return shown(column, value, lang, mask=False)


def _is_decimal(value: Any) -> bool:
    return type(value).__name__ == "Decimal"


def serial(value: date | datetime) -> int | float:
    """Days since the spreadsheet's day zero, with the time as a fraction."""
    if not isinstance(value, datetime):
        return (value - DAY_ZERO).days
    here = local(value)
    seconds = timedelta(hours=here.hour, minutes=here.minute, seconds=here.second).total_seconds()
    return (here.date() - DAY_ZERO).days + round(seconds / 86400, 8)
