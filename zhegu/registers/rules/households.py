"""Which rows share a household: by number, by the head's (merged) cell, or by each 户主 row. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field

from zhegu.lib.sheets.cells import Sheet, is_blank
from zhegu.registers.rules.characters import as_text, is_ditto, says_nothing
from zhegu.registers.rules.columns import Plan
from zhegu.registers.rules.grids import GridName
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.layout import Column
from zhegu.registers.rules.names import name_alone, normal
from zhegu.registers.rules.reading import HouseholdRead
from zhegu.registers.rules.relations import is_head, read_relation


@dataclass
class Door:
    """A run of rows behind one door, before runs of the same household are joined."""

    no: str = ""
    shown: str = ""
    head: str = ""
    address: str = ""
    area: str = ""
    rows: list[int] = field(default_factory=list)
    head_rows: int = 0
    merged: bool = False
    household: HouseholdRead | None = None


@dataclass
class DoorFinder:
    """Walks a table's rows in order and says behind which door each belongs."""

    sheet: Sheet
    no: Column | None
    head: Column | None
    relation: Column | None
    address: Column | None
    each_row_numbered: bool = False
    relation_names_heads: bool = False
    heads_merged: bool = False
    doors: list[Door] = field(default_factory=list)

    def door(self, row: int) -> Door | None:
        """The door of this row; None in a table that names no households."""
        if not (self.no or self.head or self.relation):
            return None
        here = self.here(row)
        last = self.doors[-1] if self.doors else None
        says_head = self.relation is not None and is_head(read_relation(self.sheet.seen(row, self.relation.index)))
        if last is None or self._another(row, here, last, says_head):
            if not (here.no or here.head or says_head):
                return last if last and not self.each_row_numbered else None
            self.doors.append(here)
            last = here
        last.rows.append(row)
        last.head_rows += says_head
        last.address = last.address or here.address
        return last

    def here(self, row: int) -> Door:
        return Door(
            household_number(self._text(row, self.no)),
            self._text(row, self.no)[:40],
            name_alone(self._text(row, self.head)),
            self._text(row, self.address)[:200],
            merged=self.heads_merged,
        )

    def _text(self, row: int, column: Column | None) -> str:
        value = self.sheet.seen(row, column.index) if column else ""
        return "" if says_nothing(value) or is_ditto(value) else as_text(value)

    def _another(self, row: int, here: Door, last: Door, says_head: bool) -> bool:
        if here.no:
            return here.no != last.no or bool(here.head and last.head and normal(here.head) != normal(last.head))
        if self.no and self.each_row_numbered and not here.head:
            return True
        if here.head:
            if normal(here.head) != normal(last.head):
                return True
            own = not is_blank(self.sheet.raw(row, self.head.index)) if self.head else False
            return own and ((says_head and last.head_rows > 0) or (not self.relation_names_heads and self.heads_merged))
        return says_head and (last.head_rows > 0 or (bool(last.no or last.head) and bool(self.no or self.head)))


def household_number(text: str) -> str:
    """A household's number as it is compared: 001户 and 1 are the same, A-12 stays."""
    bare = text.replace(" ", "").removeprefix("第").removesuffix("户").removesuffix("号")
    return (bare.lstrip("0") or "0") if bare.isdigit() else bare[:40]


def finder_for(sheet: Sheet, plan: Plan, rows: list[int]) -> DoorFinder:
    """A finder over these rows of the table."""
    block = plan.people[0]
    no = block.first(Role.HOUSEHOLD_NO) or plan.head.first(Role.HOUSEHOLD_NO)
    head = plan.head.first(Role.HEAD) or block.first(Role.HEAD)
    numbered = sum(not is_blank(sheet.seen(row, no.index)) for row in rows) if no else 0
    relation = block.first(Role.RELATION)
    names_heads = relation is not None and any(is_head(read_relation(sheet.seen(row, relation.index))) for row in rows)
    if not (no or head or names_heads):
        relation = None
    each_row = bool(rows) and numbered >= 0.9 * len(rows)
    merged = head is not None and any((row, head.index) in sheet.spans for row in rows)
    return DoorFinder(sheet, no, head, relation, block.first(Role.ADDRESS), each_row, names_heads, merged)


def _continues(door: Door, before: Door) -> bool:
    """The same household over a page break: same head named again, who was already listed."""
    same = bool(door.head) and normal(door.head) == normal(before.head) and before.household is not None
    return same and door.head_rows == 0 and before.head_rows > 0


def join_doors(doors: list[Door], grid_of: dict[int, GridName | None]) -> list[HouseholdRead]:
    """One household per door, runs of the same one joined. `grid_of`: id(door) → its grid.

    Where the same number names different heads, numbers begin anew in each grid.
    """
    heads = defaultdict(set)
    for door in doors:
        if door.no:
            heads[door.no].add((normal(door.head), "" if door.head else door.area))
    anew = any(len(found) > 1 for found in heads.values())
    found: dict[tuple[object, ...], HouseholdRead] = {}
    headed: dict[tuple[object, ...], int] = defaultdict(int)
    for number, door in enumerate(doors):
        grid = grid_of.get(id(door))
        place = door.area or (grid.key if grid else "")
        key = (door.no, normal(door.head), place if anew else "") if door.no else (normal(door.head), place)
        before = doors[number - 1] if number else None
        if not door.no and before and _continues(door, before):
            door.household = before.household
            continue
        if not door.no and (door.merged or not door.head or headed[key] + door.head_rows > 1):
            key = (number,)
        headed[key] += door.head_rows
        if key not in found:
            found[key] = HouseholdRead(door.shown, door.head, grid, door.address, len(found))
        door.household = found[key]
        door.household.address = door.household.address or door.address
    return list(found.values())
