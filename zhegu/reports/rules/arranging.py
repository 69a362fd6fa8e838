"""A community's own order and names of a form's columns, as its upper office wants to see them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhegu.lib.tables import Column, Plain, Table

LONGEST_NAME = 40


@dataclass(frozen=True)
class OwnColumn:
    """One column as a community has it: its field, its own name (empty: the catalogue's), and whether it is shown."""

    field: str
    name: str = ""
    shown: bool = True


def ordered(columns: Iterable[Column], own: Iterable[OwnColumn]) -> list[tuple[Column, OwnColumn]]:
    """Every column in the community's order, each with how it has it. What the form no longer has is left out; what it has
    only since stands at the end."""
    known = {column.field: column for column in columns}
    chosen = {one.field: one for one in own if one.field in known}
    later = {field: OwnColumn(field) for field in known if field not in chosen}
    return [(known[field], one) for field, one in (chosen | later).items()]


def arranged(columns: Iterable[Column], own: Iterable[OwnColumn]) -> tuple[Column, ...]:
    """The columns that are shown, in the community's order under its names."""
    return tuple(_named(column, one) for column, one in ordered(columns, own) if one.shown)


def _named(column: Column, own: OwnColumn) -> Column:
    return replace(column, label=Plain(own.name), group=None) if own.name else column


def as_own(table: Table, own: Iterable[OwnColumn]) -> Table:
    """A filled form with the community's own columns; the values are the same."""
    kept = tuple(own)
    return replace(table, columns=arranged(table.columns, kept)) if kept else table


def in_order(places: Iterable[tuple[int, OwnColumn]]) -> tuple[OwnColumn, ...]:
    """Columns by the numbers somebody gave them; of two with one number the one that stood first comes first."""
    return tuple(one for _, one in sorted(places, key=lambda pair: pair[0]))
