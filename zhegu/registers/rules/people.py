"""One row's cells, read into a person, with a warning for each cell that needs a look. Pure."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from zhegu.lib.sheets.cells import Sheet, is_blank
from zhegu.registers.rules import births, grids, headers
from zhegu.registers.rules.births import BirthReading
from zhegu.registers.rules.characters import even, says_nothing
from zhegu.registers.rules.columns import Block, Plan
from zhegu.registers.rules.grids import GridName
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.ids import IdReading, read_id
from zhegu.registers.rules.layout import Column
from zhegu.registers.rules.members import Member, read_members
from zhegu.registers.rules.names import tidy_name
from zhegu.registers.rules.notes import needs_in
from zhegu.registers.rules.phones import PhoneProblem, PhoneReading, read_phone
from zhegu.registers.rules.reading import INCOMER, RESIDENT, PersonRead, Reason, Spot
from zhegu.registers.rules.relations import is_relation, read_relation, tidy_relation

_INCOMING = re.compile(r"外来|流动|暂住|流入|来[藏访返此]|返[回乡]|租住|务工|非户籍|incomer|migrant|temporary|ཕྱི་ནས་ཡོང")
_STAYING = re.compile(r"常住|户籍|本[地村社]|在册|居民|resident|registered|སྡོད་དམངས|གཏན་སྡོད")
SEXES = {"男": "m", "女": "f", "m": "m", "f": "f", "male": "m", "female": "f", "男性": "m", "女性": "f", "ཕོ": "m", "མོ": "f"}


@dataclass
class Findings:
    """Warnings gathered while reading, one per cell and reason."""

    sheet: str
    workbook: str = ""
    tick: Callable[[int], None] | None = None
    warnings: list[Spot] = field(default_factory=list)
    told: set[tuple[int, str, str]] = field(default_factory=set)

    def rows_done(self, rows: int) -> None:
        """Tells whoever waits."""
        if self.tick:
            self.tick(rows)

    def warn(self, row: int, column: Column, reason: str, value: Any) -> None:
        """Lists the cell (0-based row) once for this reason."""
        key = (row, f"{column.index}", reason)
        if key not in self.told:
            self.told.add(key)
            self.warnings.append(self.spot(row, column.word, reason, value))

    def spot(self, row: int, column: str = "", reason: str = "", value: Any = "") -> Spot:
        """The place as Excel shows it."""
        return Spot(self.sheet, row + 1, column, str(reason), value, self.workbook)


def residence_in(text: object) -> str:
    """resident, incomer, or '' where the words say neither."""
    found = even(text).lower()
    if _INCOMING.search(found):
        return INCOMER
    return RESIDENT if _STAYING.search(found) else ""


def split_name(value: Any) -> tuple[str, str, str]:
    """A name cell's name, Tibetan name and nickname: 扎西 བཀྲ་ཤིས། and 卓玛（老村长） hold two."""
    return _split_name(even(value))


@lru_cache(maxsize=1 << 16)
def _split_name(text: str) -> tuple[str, str, str]:
    text = re.sub(r"^\d{1,4}[.、)]\s*", "", text)
    aside = re.findall(r"[(\[]([^()\[\]]*)[)\]]", text)
    text = re.sub(r"[(\[][^()\[\]]*[)\]]?", " ", text)
    tibetan = " ".join(re.findall(r"[\u0f00-\u0fff]+(?:\s+[\u0f40-\u0fbc][\u0f00-\u0fff]*)*", text))
    other = re.sub(r"[\u0f00-\u0fff]+", " ", text)
    bo = tidy_name(tibetan).strip("།་ ")
    bo = bo or next((a.strip("།་ ") for a in aside if re.search(r"[\u0f40-\u0fbc]", a)), "")
    nickname = "、".join(a.strip() for a in aside if a.strip() and not re.search(r"[\u0f40-\u0fbc\d]", a) and not is_relation(a))
    return tidy_name(other).strip("/|") or bo, bo, nickname


def with_numbers(name: str) -> Member | None:
    """扎西 139… and 扎西（5405…） in a name cell, as a members cell would be read; None where only a name stands."""
    if not re.search(r"\d{7}", name):
        return None
    told = read_members(name.replace("\n", " "))
    return told[0] if len(told) == 1 else None


@dataclass
class RowReader:
    """Reads the cells of one block in one table."""

    sheet: Sheet
    block: Block
    findings: Findings
    months_will_do: bool = False

    def value(self, row: int, column: Column | None) -> Any:
        """What is seen in the row's cell; blank where there is no such column."""
        return self.sheet.seen(row, column.index) if column else ""

    def first_told(self, row: int, role: Role) -> tuple[Column | None, Any]:
        """The first of the part's columns that tells something, else the first one."""
        columns = self.block.all(role)
        for column in columns:
            value = self.value(row, column)
            if not says_nothing(value):
                return column, value
        return (columns[0], self.value(row, columns[0])) if columns else (None, "")

    def text(self, row: int, role: Role) -> str:
        """The cell's text, '' for nothing."""
        _, value = self.first_told(row, role)
        return "" if says_nothing(value) else even(value)

    def at(self, row: int, column: Column) -> int:
        """The row that holds the cell (a merged one stands in its first row)."""
        return self.sheet.anchor(row, column.index)[0]

    def id(self, row: int) -> IdReading:
        column, value = self.first_told(row, Role.ID)
        if column is None:
            return IdReading()
        reading = read_id(value)
        if reading.problem:
            self.findings.warn(self.at(row, column), column, reading.problem, value)
        return reading

    def phone(self, row: int) -> tuple[str, ...]:
        """Every number of the row; warns of a cell with none, and of a row without any."""
        read = [(c, self.value(row, c), read_phone(self.value(row, c))) for c in self.block.all(Role.PHONE)]
        if not read:
            return ()
        self._warn_phones(row, read)
        return tuple(dict.fromkeys(number for _, _, reading in read for number in reading.numbers))

    def _warn_phones(self, row: int, read: list[tuple[Column, Any, PhoneReading]]) -> None:
        for column, value, reading in read:
            if reading.problem is PhoneProblem.INVALID:
                self.findings.warn(self.at(row, column), column, reading.problem, value)
        if all(reading.problem is PhoneProblem.MISSING for _, _, reading in read):
            column, value, _ = read[0]
            self.findings.warn(self.at(row, column), column, PhoneProblem.MISSING, value)

    def birth(self, row: int, id: IdReading) -> BirthReading:
        column, value = self.first_told(row, Role.BIRTH)
        if column is None or is_blank(value):
            return BirthReading()
        reading = births.read_birth(value, id.birth)
        problem = births.birth_problem(reading, id.birth, self.months_will_do)
        if problem:
            self.findings.warn(self.at(row, column), column, problem, value)
        return reading

    def person(self, row: int, spot_row: int, name: str) -> PersonRead:
        """The row's person; `name` was found. Warns of every cell of theirs that needs a look."""
        beside = with_numbers(name)
        own, bo, nickname = split_name(beside.name if beside else name)
        id, phones = self.id(row), self.phone(row)
        if beside and beside.phone and not phones:
            phones = read_phone(beside.phone).numbers
        if beside and beside.id and not id.text:
            id = read_id(beside.id)
        birth = self.birth(row, id)
        note = " ".join(filter(None, (self._note(row, column) for column in self.block.all(Role.NOTE))))
        return PersonRead(
            spot=self.findings.spot(spot_row),
            name=own,
            name_bo=split_name(self.text(row, Role.NAME_BO))[1] or bo,
            nickname=self.text(row, Role.NICKNAME)[:80] or nickname[:80],
            sex=SEXES.get(self.text(row, Role.SEX).lower().strip("་།"), "") or id.sex or _sex_aside(name),
            birth=birth.day or id.birth,
            birth_year=_year(birth, id),
            id=id,
            phone=phones[0] if phones else "",
            more_phones=phones[1:],
            relation=read_relation(self.text(row, Role.RELATION)) or _relation_aside(name),
            residence=residence_in(self.text(row, Role.RESIDENCE)),
            note=note,
            needs=needs_in(note),
            tells=frozenset(self.block.columns),
        )

    def _note(self, row: int, column: Column) -> str:
        value = self.value(row, column)
        return "" if says_nothing(value) else even(value)

    def grid(self, row: int, column: Column, fallback: GridName | None) -> GridName | None:
        """The grid the cell names; a blank cell under a title that names one means that one."""
        value = self.value(row, column)
        found = grids.read_grid(value)
        if found is None and is_blank(value) and fallback:
            return fallback
        if found is None:
            self.findings.warn(self.at(row, column), column, Reason.NO_GRID, value)
        return found


def _year(birth: BirthReading, id: IdReading) -> int | None:
    day: date | None = birth.day or id.birth
    if day:
        return day.year
    return birth.month[0] if birth.month else None


def _relation_aside(name: Any) -> str:
    """扎西(户主) in a name cell says the relation."""
    aside = re.findall(r"[(\[]([^()\[\]]*)[)\]]", even(name)) if len(name) > 3 else ()
    return next((tidy_relation(word) for word in aside if is_relation(word) and word not in SEXES), "")


def _sex_aside(name: str) -> str:
    """格桑（女） in a name cell says the sex."""
    aside = re.findall(r"[(\[]\s*([男女])\s*[)\]]", even(name)) if len(name) > 3 else ()
    return SEXES[aside[0]] if aside else ""


def months_only(values: Iterable[Any], words: Iterable[str]) -> bool:
    """Whether a birth column holds year and month by its nature: its word says so, or most cells do."""
    if any(headers.speaks_of_months(word) for word in words):
        return True
    read = [births.read_birth(value) for value in values]
    return bool(read) and sum(bool(reading.month) for reading in read) * 2 > len(read)


def reader_for(sheet: Sheet, block: Block, findings: Findings, samples: Iterable[Any]) -> RowReader:
    """A reader of one block, knowing the nature of its birth column."""
    column = block.first(Role.BIRTH)
    return RowReader(sheet, block, findings, bool(column) and months_only(samples, column.words))


def named(plan: Plan) -> list[tuple[Block, Column]]:
    """Each block with the column of its people's names."""
    found = []
    for block in plan.people:
        column = block.first(Role.NAME) or block.first(Role.NAME_BO)
        if column:
            found.append((block, column))
    return found
