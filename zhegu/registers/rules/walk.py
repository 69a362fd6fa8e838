"""Walking a table's rows: what each tells, whose household it is, which grid holds. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhegu.lib.sheets.cells import Sheet, is_blank
from zhegu.registers.rules.characters import even, is_ditto, says_nothing
from zhegu.registers.rules.columns import Block, Plan, samples
from zhegu.registers.rules.grids import GridName, grid_in_title, read_grid
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.households import Door, DoorFinder, finder_for
from zhegu.registers.rules.layout import Column, Table
from zhegu.registers.rules.listing import HEAD, household_people
from zhegu.registers.rules.names import normal
from zhegu.registers.rules.people import Findings, RowReader, named, reader_for, split_name
from zhegu.registers.rules.reading import PersonRead, Reason, Spot
from zhegu.registers.rules.relations import is_head
from zhegu.registers.rules.rows import RowKind, is_second_line, kind_of_row, tells_person

if TYPE_CHECKING:
    from zhegu.registers.rules.book import SheetTables

ROWS_A_TICK = 2000
FEW = 0.25
"""A grid column filled in fewer rows than this is filled once per section and holds for the rows below."""


@dataclass
class TableRead:
    """One table, read."""

    sheet: str
    columns: tuple[Column, ...]
    rows: int = 0
    people: list[PersonRead] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)
    rejected: list[Spot] = field(default_factory=list)
    listing: bool = False
    heads_only: bool = False
    behind: dict[int, Door] = field(default_factory=dict)

    def people_and_doors(self) -> Iterator[tuple[PersonRead, Door | None]]:
        """Everyone with the door they live behind."""
        return ((person, self.behind.get(id(person))) for person in self.people)

    def door_grids(self) -> Iterator[tuple[Door, GridName | None]]:
        """Each door with the grid of its first person who has one."""
        grids: dict[int, GridName | None] = {}
        for person, door in self.people_and_doors():
            if door and grids.get(id(door)) is None:
                grids[id(door)] = person.grid
        return ((door, grids.get(id(door))) for door in self.doors)


def read_table(sheet: Sheet, table: Table, plan: Plan, findings: Findings, about: SheetTables) -> TableRead:
    """Everyone of one table, with warnings put into `findings`. `about`: what the sheet's titles say."""
    rows, sections = _rows(sheet, table, plan)
    read = TableRead(sheet.name, _shown(table, plan), len(rows), listing=plan.listing, heads_only=plan.head_is_person)
    walker = _Walker(sheet, plan, findings, read, rows, sections, _title_grid(table) or about.grid)
    walker.births = _samples(sheet, table, plan, Role.BIRTH)
    walker.walk()
    for person in read.people:
        person.residence = person.residence or about.residence
    return read


def _title_grid(table: Table) -> GridName | None:
    found = {grid for grid in map(grid_in_title, table.titles) if grid}
    return found.pop() if len(found) == 1 else None


def _shown(table: Table, plan: Plan) -> tuple[Column, ...]:
    """The columns with the parts they were given in the end."""
    settled = {c.index: c for block in (plan.head, *plan.people) for cs in block.columns.values() for c in cs}
    return tuple(settled.get(c.index, c) for c in table.columns)


def _samples(sheet: Sheet, table: Table, plan: Plan, role: Role) -> list[object]:
    return [v for block in plan.people for c in block.all(role) for v in samples(sheet, table, c.index)]


def _rows(sheet: Sheet, table: Table, plan: Plan) -> tuple[list[int], dict[int, GridName | None]]:
    """Rows that tell of people, and the grid that a title among them names for those below it."""
    rows, sections, grid = [], {}, None
    for row in range(table.first, table.end):
        kind = kind_of_row(sheet, row, table, plan)
        if kind is RowKind.SECTION:
            text = even(sheet.raw(row, sheet.filled(row)[0]))
            grid = grid_in_title(text) or grid
        elif kind is not RowKind.NOTHING:
            rows.append(row)
            sections[row] = grid
    return rows, sections


@dataclass
class _Walker:
    sheet: Sheet
    plan: Plan
    findings: Findings
    read: TableRead
    rows: list[int]
    sections: dict[int, GridName | None]
    title_grid: GridName | None
    births: list[object] = field(default_factory=list)
    grid_above: GridName | None = None
    head_or_member: Column | None = None
    """The column of heads, where a head's own row leaves the column of members blank."""

    def walk(self) -> None:
        """Reads every row in order."""
        finder = finder_for(self.sheet, self.plan, self.rows)
        doors = self._doors(finder)
        self.read.doors = _distinct(doors)
        column = self.plan.people[0].first(Role.GRID)
        carried = column is not None and self._is_carried(column, doors)
        blocks = self._readers()
        self.head_or_member = self._heads_between_members(blocks)
        for number, (row, door) in enumerate(zip(self.rows, doors, strict=True), 1):
            if number % ROWS_A_TICK == 0:
                self.findings.rows_done(ROWS_A_TICK)
            for reader, name in blocks:
                self._keep(self._people(reader, name, row), row, door, reader.block.first(Role.GRID), carried)
        self._add_unlisted_heads(column)

    def _heads_between_members(self, blocks: list[tuple[RowReader, Column | None]]) -> Column | None:
        """Each row names a head in one column or a member in the other, never both."""
        head, name = self.plan.head.first(Role.HEAD), blocks[0][1] if len(blocks) == 1 else None
        if not head or not name or self.plan.heads_have_columns:
            return None
        told = [[not says_nothing(self.sheet.raw(row, c.index)) for c in (head, name)] for row in self.rows]
        heads, members = (sum(filled) for filled in zip(*told, strict=True)) if told else (0, 0)
        return head if heads > 1 and members and not any(map(all, told)) else None

    def _keep(
        self, people: list[PersonRead], row: int, door: Door | None, column: Column | None, carried: bool
    ) -> None:
        grid = self._grid(row, column, carried, bool(people))
        for person in people:
            person.grid = grid
            person.tells |= frozenset({Role.GRID}) if column or grid else frozenset()
            self.read.people.append(person)
            if door:
                self.read.behind[id(person)] = door

    def _doors(self, finder: DoorFinder) -> list[Door | None]:
        """The door of each row; a household row is a door of its own."""
        if not (self.plan.listing or self.plan.head_is_person):
            doors = [finder.door(row) for row in self.rows]
        else:
            doors = [finder.here(row) for row in self.rows]
            for door, row in zip(doors, self.rows, strict=True):
                door.rows, door.merged = [row], not door.no
        for door, row in zip(doors, self.rows, strict=True):
            if door:
                section = self.sections[row] or self.title_grid
                door.area = door.area or (section.key if section else "")
        return doors

    def _readers(self) -> list[tuple[RowReader, Column | None]]:
        if self.plan.listing or self.plan.head_is_person:
            block = self.plan.people[0]
            return [(reader_for(self.sheet, block, self.findings, self.births), block.first(Role.HEAD))]
        return [(reader_for(self.sheet, block, self.findings, self.births), name) for block, name in named(self.plan)]

    def _people(self, reader: RowReader, name: Column | None, row: int) -> list[PersonRead]:
        if self.plan.listing:
            people = household_people(reader, row)
            if not people:
                self._reject(row, name or reader.block.first(Role.MEMBERS))
            return people
        if name is None:
            return []
        value = reader.value(row, name)
        if says_nothing(value) and self.head_or_member:
            value = self.sheet.raw(row, self.head_or_member.index)
        if says_nothing(value):
            if self._tells_more(reader, row) and tells_person(self.sheet, row, self.plan):
                self._reject(row, name)
            return []
        if self.sheet.anchor(row, name.index)[0] < row:
            return []
        person = reader.person(row, row, even(value))
        if row + 1 < len(self.sheet.cells) and is_second_line(self.sheet, row + 1, reader.block):
            self._take_second_line(person, self.sheet.raw(row + 1, name.index))
        if self.plan.head_is_person and not person.relation:
            person.relation = HEAD
        return [person]

    def _take_second_line(self, person: PersonRead, below: object) -> None:
        """The name in the other script; the one in Chinese or Latin letters is shown first."""
        own, bo, _ = split_name(below)
        person.name, person.name_bo = (person.name, person.name_bo or bo) if bo else (own, person.name_bo or person.name)

    def _tells_more(self, reader: RowReader, row: int) -> bool:
        """A block without a name still tells of someone (in a wide row an empty block tells of nobody)."""
        if len(self.plan.people) == 1:
            return True
        roles = (Role.ID, Role.PHONE, Role.BIRTH)
        return any(not says_nothing(self.sheet.raw(row, c.index)) for role in roles for c in reader.block.all(role))

    def _reject(self, row: int, column: Column | None) -> None:
        word = column.word if column else ""
        self.read.rejected.append(self.findings.spot(row, word, Reason.NAME_MISSING))

    def _grid(self, row: int, column: Column | None, carried: bool, kept: bool) -> GridName | None:
        fallback = self.sections[row] or self.title_grid
        if column is None:
            return fallback
        value = self.sheet.seen(row, column.index)
        if (carried and is_blank(value)) or (self.grid_above and is_ditto(value)):
            return self.grid_above
        if not kept:
            self.grid_above = read_grid(self.sheet.seen(row, column.index)) or self.grid_above
            return None
        reader = RowReader(self.sheet, self.plan.people[0], self.findings)
        self.grid_above = reader.grid(row, column, fallback)
        return self.grid_above

    def _is_carried(self, column: Column, doors: list[Door | None]) -> bool:
        """Whether blank grid cells mean "as above": filled once per section, or once per household."""
        blank = [is_blank(self.sheet.seen(row, column.index)) for row in self.rows]
        if not self.rows or all(blank) or not any(blank):
            return False
        if blank.count(False) < FEW * len(blank) and not blank[0]:
            return True
        first = [door is None or door.rows[0] == row for row, door in zip(self.rows, doors, strict=True)]
        later_blank = [b for b, f in zip(blank, first, strict=True) if not f]
        return bool(later_blank) and sum(later_blank) >= 0.9 * len(later_blank)

    def _add_unlisted_heads(self, grid_column: Column | None) -> None:
        """Heads named only in the household's own cells are people too, where no row is ever theirs."""
        plan, doors = self.plan, [door for door in self.read.doors if door.head]
        if plan.listing or plan.head_is_person or not doors or not self._heads_stand_apart(doors):
            return
        columns = {**plan.head.columns, Role.NAME: plan.head.all(Role.HEAD)}
        reader = reader_for(self.sheet, Block(columns), self.findings, [])
        for door in doors:
            row = door.rows[0]
            person = reader.person(row, row, door.head)
            person.relation = HEAD
            person.grid = self._grid(row, grid_column, False, True)
            person.tells |= {Role.RELATION, Role.GRID}
            self.read.people.append(person)
            self.read.behind[id(person)] = door
        self.read.people.sort(key=lambda person: (person.spot.row, not is_head(person.relation)))

    def _heads_stand_apart(self, doors: list[Door]) -> bool:
        """No row is called 户主, and heads' names hardly ever stand among the members'."""
        if any(is_head(person.relation) for person in self.read.people):
            return False
        members: dict[int, set[str]] = {}
        for person, door in self.read.people_and_doors():
            if door:
                members.setdefault(id(door), set()).add(normal(person.name))
        own = sum(normal(door.head) in members.get(id(door), set()) for door in doors)
        return (len(doors) >= 2 or self.plan.heads_have_columns) and own <= 0.1 * len(doors)


def _distinct(doors: list[Door | None]) -> list[Door]:
    return list({id(door): door for door in doors if door}.values())
