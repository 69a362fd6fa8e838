"""Which column plays which part, by its word and by what stands in it. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from zhegu.lib.sheets.cells import Sheet, is_blank
from zhegu.registers.rules import births, grids, headers, ids, names, phones
from zhegu.registers.rules.characters import says_nothing
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.layout import Column, Table
from zhegu.registers.rules.members import lists_people

_ANOTHER_TIME = re.compile(r"[日时期年月]|date|time|since", re.IGNORECASE)
"""进场日期, 入寺时间: a word of time that is not one for birth says that the dates below are other dates."""

SAMPLE = 300
ENOUGH = 0.6
"""The share of a column's filled cells that must look the part before its content is believed."""

Looks = Callable[[Any], bool]
BY_CONTENT: tuple[tuple[Role, Looks], ...] = (
    (Role.ID, ids.looks_like_id),
    (Role.PHONE, phones.looks_like_phone),
    (Role.BIRTH, births.looks_like_birth),
    (Role.GRID, grids.looks_like_grid),
    (Role.SEX, lambda value: str(value).strip() in ("男", "女", "ཕོ", "མོ")),
)


@dataclass(frozen=True)
class Block:
    """The columns that describe one person of a row; most rows have one such block."""

    columns: dict[Role, tuple[Column, ...]]

    def first(self, role: Role) -> Column | None:
        """The column that plays this part, if any."""
        found = self.columns.get(role)
        return found[0] if found else None

    def all(self, role: Role) -> tuple[Column, ...]:
        return self.columns.get(role, ())


@dataclass(frozen=True)
class Plan:
    """How a table is read. `listing`: one row per household, its members together in one cell.

    `people` has one block per person side by side; `head` holds the household head's own columns.
    """

    people: tuple[Block, ...]
    head: Block
    listing: bool = False
    head_is_person: bool = False
    """The table names nobody but household heads: they are its people."""

    @property
    def heads_have_columns(self) -> bool:
        """The head's own number or phone stands beside the members' columns."""
        return any(self.head.all(role) for role in OF_A_MEMBER)


def samples(sheet: Sheet, table: Table, column: int) -> list[Any]:
    """Filled cells of a column, at most SAMPLE of them, spread over the table."""
    rows = range(table.first, table.end)
    step = max(1, len(rows) // SAMPLE)
    found = (sheet.raw(row, column) for row in rows[::step])
    return [value for value in found if not is_blank(value) and not says_nothing(value)]


def share(values: Sequence[Any], looks: Looks) -> float:
    """How many of the values look the part, 0..1."""
    return sum(map(looks, values)) / len(values) if values else 0.0


def plan_of(sheet: Sheet, table: Table) -> Plan:
    """The parts of the table's columns: words first, content where words say nothing or are shared."""
    columns = [_by_content(sheet, table, column) for column in _all_columns(sheet, table)]
    columns = _one_of_each(sheet, table, _numbered_members(_missing_parts(columns)))
    columns, listing = _members_or_names(sheet, table, columns)
    own = [column for column in columns if not column.of_head]
    roles = {column.role for column in own}
    head_is_person = Role.HEAD in roles and not roles & {Role.NAME, Role.MEMBERS, Role.NAME_BO}
    if head_is_person or listing:
        own, heads = [replace(c, of_head=False) for c in columns], []
    else:
        heads = [column for column in columns if column.of_head or column.role is Role.HEAD]
    return Plan(tuple(_blocks(own)), _block(heads), listing, head_is_person)


def _all_columns(sheet: Sheet, table: Table) -> list[Column]:
    """The table's columns and, between and right of them, those whose header was left blank."""
    worded = {column.index: column for column in table.columns}
    return [worded.get(i) or Column(i, Role.UNKNOWN, "") for i in range(sheet.width)]


def _by_content(sheet: Sheet, table: Table, column: Column) -> Column:
    """A column whose word says nothing is what its cells look like."""
    if column.role is not Role.UNKNOWN:
        return column
    values = samples(sheet, table, column.index)
    for role, looks in BY_CONTENT:
        if role is Role.BIRTH and _ANOTHER_TIME.search(column.word):
            continue
        if len(values) >= 3 and share(values, looks) >= ENOUGH:
            return replace(column, role=role, sure=0.3)
    return column


def _missing_parts(columns: Sequence[Column]) -> list[Column]:
    """A guess by content stands only where no word names the part."""
    named = {column.role for column in columns if column.sure > 0.3}
    return [
        replace(c, role=Role.UNKNOWN) if c.sure <= 0.3 and c.role in named else c for c in columns
    ]


def _numbered_members(columns: Sequence[Column]) -> list[Column]:
    """成员1, 成员1关系, 成员1身份证: where members have columns of their own, the bare word is the name."""
    numbered = [c for c in columns if headers.member_number(c.word)]
    if not any(c.role in OF_A_MEMBER for c in numbered):
        return list(columns)
    return [replace(c, role=Role.NAME) if c in numbered and c.role is Role.MEMBERS else c for c in columns]


def _preference(column: Column) -> tuple[float, bool, int]:
    """Which of several columns of one part is meant: the surer word, not the registered address."""
    second_best = bool(re.search(r"户籍|户口|原|组|单位|是否", headers.bare(column.word)))
    return (-column.sure, second_best, column.index)


OF_A_MEMBER = frozenset({Role.ID, Role.PHONE, Role.RELATION, Role.BIRTH, Role.SEX})
SEVERAL = frozenset({Role.NAME, Role.PHONE, Role.ID, Role.NOTE, Role.SERIAL, Role.RELATION, Role.SEX, Role.BIRTH,
                     Role.AGE, Role.ID_KIND, Role.NICKNAME, Role.NAME_BO, Role.UNKNOWN, Role.OTHER, Role.MEMBERS})


def _one_of_each(sheet: Sheet, table: Table, columns: Sequence[Column]) -> list[Column]:
    """Household-level parts have one column; the others of the same part are left aside."""
    repeated = _side_by_side(columns)
    best: dict[Role, Column] = {}
    for column in columns:
        kept = best.get(column.role)
        if kept is None or _preference(column) < _preference(kept):
            best[column.role] = column
    return [
        c if repeated or c.role in SEVERAL or best[c.role] is c else replace(c, role=Role.OTHER) for c in columns
    ]


def _side_by_side(columns: Sequence[Column]) -> bool:
    """Two tables of the same columns next to each other: the name's word stands twice."""
    words = [headers.bare("".join(c.words)) for c in columns if c.role is Role.NAME and not c.of_head]
    plain = [headers.bare(c.word) for c in columns if c.role is Role.NAME and not c.of_head]
    return len(plain) > 1 and len(set(words)) == 1


def _members_or_names(sheet: Sheet, table: Table, columns: list[Column]) -> tuple[list[Column], bool]:
    """Whether a members column lists several people in a cell, is a name column, or only a number."""
    settled = []
    has_name = any(c.role is Role.NAME for c in columns)
    listing = sum(c.role is Role.MEMBERS for c in columns) > 1 and any(c.role is Role.HEAD for c in columns)
    if listing:
        return columns, True
    for column in columns:
        if column.role in (Role.MEMBERS, Role.NAME):
            values = samples(sheet, table, column.index)
            if _lists(column, values):
                column, listing = replace(column, role=Role.MEMBERS), True
            elif column.role is Role.MEMBERS and share(values, names.looks_like_name) >= ENOUGH:
                column = replace(column, role=Role.OTHER if has_name else Role.NAME)
            elif column.role is Role.MEMBERS:
                column = replace(column, role=Role.COUNT)
        settled.append(column)
    if listing:
        settled = [replace(c, role=Role.HEAD) if c.role is Role.NAME else c for c in settled]
    return settled, listing


def _lists(column: Column, values: Sequence[Any]) -> bool:
    """Whether the cells list several people: a members column soon does, a name column only for the most part."""
    if column.role is Role.MEMBERS:
        return share(values, lists_people) >= 0.05
    return share(values, lambda value: lists_people(value, by_spaces=False)) >= 0.4


def _block(columns: Sequence[Column]) -> Block:
    parts: dict[Role, list[Column]] = {}
    for column in columns:
        parts.setdefault(column.role, []).append(column)
    return Block({role: tuple(sorted(found, key=_preference)) for role, found in parts.items()})


def _blocks(columns: Sequence[Column]) -> list[Block]:
    """One block per name column; what stands before the first name, and in no later block, is shared."""
    at = [i for i, column in enumerate(columns) if column.role is Role.NAME]
    if len(at) < 2:
        return [_block(columns)]
    starts = [_start(columns, at, number) for number in range(len(at))]
    shared = [c for c in columns[: starts[0]]]
    groups = [columns[a:b] for a, b in zip(starts, [*starts[1:], len(columns)], strict=True)]
    if not _same_shape(groups):
        return [_block([c for i, c in enumerate(columns) if i not in at[1:]])]
    return [_block([*[c for c in shared if c.role not in {g.role for g in group}], *group]) for group in groups]


def _start(columns: Sequence[Column], at: Sequence[int], number: int) -> int:
    """Where a block begins: as far left of its name as the same columns stand left of every name."""
    gap = at[0]
    while gap > 0:
        lefts = [[c.role for c in columns[max(0, a - gap) : a]] for a in at]
        if all(left == lefts[0] for left in lefts) and all(b - a > gap for a, b in pairwise(at)):
            break
        gap -= 1
    return at[number] - gap


def _same_shape(groups: Sequence[Sequence[Column]]) -> bool:
    """Later blocks repeat the first one's parts (the last may carry extra columns)."""
    roles = [{c.role for c in group} - {Role.UNKNOWN, Role.OTHER} for group in groups]
    if len(groups) == 2 and len(roles[0]) < 2:
        return len({headers.bare(c.word) for g in groups for c in g if c.role is Role.NAME}) == 1
    return all(roles[-2] & later for later in roles[1:]) and len(roles[1]) >= 1
