"""Lists without a header: the columns are known by what stands in them. Pure."""

from typing import Any

from zhegu.lib.sheets.cells import Sheet, is_blank
from zhegu.registers.rules import births, grids, ids, names, phones
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.layout import Column, Table
from zhegu.registers.rules.relations import is_relation

LEAST_ROWS = 3
MOST_LOOKED_AT = 400
LOOKS = (
    (Role.ID, ids.looks_like_id, 0.5),
    (Role.PHONE, phones.looks_like_phone, 0.5),
    (Role.BIRTH, births.looks_like_birth, 0.6),
    (Role.SEX, lambda value: str(value).strip() in ("男", "女", "ཕོ", "མོ"), 0.8),
    (Role.RELATION, is_relation, 0.6),
    (Role.GRID, grids.looks_like_grid, 0.6),
    (Role.NAME, names.looks_like_name, 0.8),
)


def headerless_table(sheet: Sheet) -> Table | None:
    """The table of a sheet without any header: names with id numbers; else None. Names with phones alone
    may as well be the contacts on a cover."""
    columns: list[Column] = []
    taken: set[Role] = set()
    for index in range(min(sheet.width, 40)):
        values = [row[index] for row in sheet.cells[:MOST_LOOKED_AT] if index < len(row) and not is_blank(row[index])]
        role = _role(values, taken)
        if role:
            taken.add(role)
            columns.append(Column(index, role, "", sure=0.3))
    if not taken >= {Role.NAME, Role.ID}:
        return None
    return Table(-1, -1, len(sheet.cells), tuple(columns))


def _role(values: list[Any], taken: set[Role]) -> Role | None:
    if len(values) < LEAST_ROWS:
        return None
    for role, looks, enough in LOOKS:
        if role not in taken and sum(map(bool, map(looks, values))) >= enough * len(values):
            return role if role is not Role.NAME or len(set(values)) * 2 > len(values) else None
    return None
