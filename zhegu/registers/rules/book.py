"""A whole workbook, from cells to people. Pure; see the README of the app for the words."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from zhegu.lib.sheets.cells import Sheet
from zhegu.registers.rules.characters import even
from zhegu.registers.rules.columns import plan_of
from zhegu.registers.rules.grids import GridName, grid_in_title, grid_of_sheet
from zhegu.registers.rules.headerless import headerless_table
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.households import join_doors
from zhegu.registers.rules.ids import looks_like_id
from zhegu.registers.rules.layout import Column, Table, tables_of
from zhegu.registers.rules.names import normal
from zhegu.registers.rules.people import Findings, residence_in
from zhegu.registers.rules.reading import RESIDENT, PersonRead, Reading, SheetRead
from zhegu.registers.rules.relations import is_head
from zhegu.registers.rules.walk import TableRead, read_table

PROVING = frozenset({Role.ID, Role.BIRTH, Role.RELATION, Role.MEMBERS, Role.HOUSEHOLD_NO, Role.SEX, Role.AGE, Role.HEAD})
_NOT_A_LIST = re.compile(
    r"统计|汇总|封面|目录|填表说明|填写说明|填报说明|样表|模板|示例|字典|选项|下拉|参数|通讯录|值班|排班|网格员|工作人员|志愿者|干部"
    r"|cover|summary|statistic|readme|instruction|template|lookup|roster of staff|བསྡོམས་རྩིས"
)


@dataclass(frozen=True)
class Correction:
    """What a person said about one sheet: leave it out, read it after all, other parts for columns, its
    residence or grid."""

    skip: bool = False
    use: bool = False
    roles: dict[int, Role] = field(default_factory=dict)
    residence: str = ""
    grid: GridName | None = None


@dataclass
class SheetTables:
    """The tables of one sheet with what its name and titles say."""

    sheet: Sheet
    tables: list[Table]
    residence: str = ""
    grid: GridName | None = None
    why: str = ""
    unread: Sequence[Table] = ()
    """Tables that were recognised and left aside."""
    wanted: bool = False


@dataclass(frozen=True)
class Said:
    """What a person decided about a workbook: sheets corrected (by name), rows that share a number and
    are two people all the same ((sheet, row) as Excel shows them)."""

    sheets: dict[str, Correction] = field(default_factory=dict)
    apart: frozenset[tuple[str, int]] = frozenset()


def read_book(
    sheets: Sequence[Sheet], name: str = "", said: Said | None = None, tick: Callable[[int], None] | None = None
) -> Reading:
    """Everything the workbook says. `name` is its file name; `tick` is told of rows as they are done."""
    said = said or Said()
    surveyed = [_survey(sheet, name, said.sheets.get(sheet.name, Correction())) for sheet in sheets]
    _number_named_sheets(surveyed)
    reading = Reading(name)
    reads: list[TableRead] = []
    for found in surveyed:
        findings = Findings(found.sheet.name, name, tick)
        own = [read_table(found.sheet, table, plan_of(found.sheet, table), findings, found) for table in found.tables]
        reads += own
        reading.warnings += findings.warnings
        reading.sheets.append(_sheet_read(found, own))
    _leave_out_summaries(reading, reads, {found.sheet.name for found in surveyed if found.wanted})
    _gather(reading, reads, said.apart)
    return reading


def _survey(sheet: Sheet, book: str, said: Correction) -> SheetTables:
    tables = [_corrected(table, said) for table in tables_of(sheet) or filter(None, [headerless_table(sheet)])]
    if said.skip:
        return SheetTables(sheet, [], why="left_out", unread=tables)
    if not tables:
        return SheetTables(sheet, [], why="no_people")
    words = [sheet.name, *(title for table in tables[:1] for title in table.titles)]
    if not (said.roles or said.use) and any(map(_says_no_list, words)) and not _proves_people(sheet, tables):
        return SheetTables(sheet, [], why="no_list", unread=tables)
    residence = said.residence or next(filter(None, map(residence_in, [*words, book])), "") or _by_columns(tables)
    grid = said.grid or next(filter(None, map(grid_in_title, [sheet.name, *words[1:]])), None)
    return SheetTables(sheet, tables, residence, grid, wanted=said.use)


def _says_no_list(text: str) -> bool:
    return bool(_NOT_A_LIST.search(even(text).lower()))


def _proves_people(sheet: Sheet, tables: Sequence[Table]) -> bool:
    """Columns that only a list of people has, or id numbers of several people (干部职工信息表)."""
    roles = {column.role for table in tables for column in table.columns}
    return len(roles & PROVING) >= 2 or any(_holds_ids(sheet, table) for table in tables)


def _holds_ids(sheet: Sheet, table: Table) -> bool:
    places = [c.index for c in table.columns if c.role is Role.ID]
    rows = range(table.first, min(table.end, table.first + 50))
    return sum(looks_like_id(sheet.raw(row, column)) for row in rows for column in places) >= 3


def _corrected(table: Table, said: Correction) -> Table:
    """The table with the parts a person chose for its columns."""
    if not said.roles:
        return table
    columns = [replace(c, role=said.roles[c.index], sure=1.0, of_head=False) if c.index in said.roles else c
               for c in table.columns]
    return replace(table, columns=tuple(columns))


def _by_columns(tables: Sequence[Table]) -> str:
    """A ledger with origin and arrival columns lists incomers."""
    roles = {column.role for table in tables for column in table.columns}
    return "incomer" if roles & {Role.ORIGIN, Role.ARRIVED} else RESIDENT


def _number_named_sheets(surveyed: Sequence[SheetTables]) -> None:
    """Sheets called 1, 2, 3 … are grids where each list of people has such a name and no grid column."""
    lists = [found for found in surveyed if found.tables]
    open_ones = [found for found in lists if found.grid is None and not _has_grid_column(found)]
    named = [grid_of_sheet(found.sheet.name) for found in open_ones]
    if open_ones and all(named) and len({grid.key for grid in named if grid}) == len(open_ones):
        for found, grid in zip(open_ones, named, strict=True):
            found.grid = grid


def _has_grid_column(found: SheetTables) -> bool:
    return any(column.role is Role.GRID for table in found.tables for column in table.columns)


def _sheet_read(found: SheetTables, reads: Sequence[TableRead]) -> SheetRead:
    first = next(iter([*found.tables, *found.unread]), None)
    columns: tuple[Column, ...] = reads[0].columns if reads else first.columns if first else ()
    return SheetRead(
        name=found.sheet.name,
        used=bool(reads) and any(read.rows for read in reads),
        why=found.why,
        header_row=first.bottom + 1 if first else 0,
        columns=columns,
        listing=any(read.listing for read in reads),
        residence=found.residence,
        grid=found.grid,
        people=sum(len(read.people) for read in reads),
    )


def _leave_out_summaries(reading: Reading, reads: list[TableRead], wanted: set[str]) -> None:
    """A list of household heads beside a list of everyone tells nothing new: its people are known."""
    full = [read for read in reads if not read.heads_only]
    known = {normal(person.name) for read in full for person in read.people}
    for read in [read for read in reads if read.heads_only and read.people and read.sheet not in wanted]:
        heads = [normal(person.name) for person in read.people]
        if full and sum(head in known for head in heads) >= 0.7 * len(heads):
            reads.remove(read)
            reading.warnings = [spot for spot in reading.warnings if spot.sheet != read.sheet]
            reading.sheets = [
                replace(sheet, used=False, why="summary") if sheet.name == read.sheet else sheet
                for sheet in reading.sheets
            ]


def _gather(reading: Reading, reads: Sequence[TableRead], apart: frozenset[tuple[str, int]]) -> None:
    """Joins the tables: households across pages, and rows that share a whole valid id number."""
    doors = [door for read in reads for door in read.doors]
    grid_of = {id(door): grid for read in reads for door, grid in read.door_grids()}
    reading.households = join_doors(doors, grid_of)
    reading.rows = sum(read.rows for read in reads)
    reading.rejected = [spot for read in reads for spot in read.rejected]
    met: dict[str, list[PersonRead]] = {}
    for read in reads:
        for person, door in read.people_and_doors():
            person.household = door.household if door else None
            if (person.spot.sheet, person.spot.row) in apart:
                person.id = replace(person.id, valid=False)
            if not person.id.valid:
                reading.people.append(person)
                continue
            together = met.setdefault(person.id.text, [])
            if not together:
                reading.people.append(person)
            together.append(person)
    _name_heads(reading)
    more = {number: together for number, together in met.items() if len(together) > 1}
    reading.shared = {number: [person.spot for person in together] for number, together in more.items()}
    reading.shared_names = {number: [person.name for person in together] for number, together in more.items()}


def _name_heads(reading: Reading) -> None:
    """A household without a head's cell is its 户主's."""
    for person in reading.people:
        if person.household and not person.household.head and is_head(person.relation):
            person.household.head = person.name


def warning_counts(reading: Reading) -> Counter[str]:
    """How many places per reason."""
    return Counter(spot.reason for spot in reading.warnings)


def needs_counts(reading: Reading) -> Counter[str]:
    """People per need read from remarks."""
    return Counter(str(need) for person in reading.people for need in person.needs)


