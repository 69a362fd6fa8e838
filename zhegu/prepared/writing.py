"""Rows written with every command: as `bulk_create` writes them, without making its statement anew each time.

For rows that nobody reads back: what the database itself adds (a running number) is not told to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    AutoField,
    BinaryField,
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    IntegerField,
    Model,
    TextField,
    UUIDField,
)

from zhegu.prepared.asking import put
from zhegu.prepared.reading import adapted

PLAIN = {
    CharField: str, TextField: str, IntegerField: int, BooleanField: bool, BinaryField: bytes, UUIDField: UUID,
    DateTimeField: datetime,
}  # fmt: skip
"""Values of these fields, where they are of exactly this type, need nothing but `adapted`."""


WAYS = ("pre_save", "get_prep_value", "get_db_prep_value", "get_db_prep_save")


@dataclass(frozen=True)
class Column:
    """How a field's value reaches the database; `plain` is the type that needs nothing of Django's."""

    field: Field
    attname: str
    plain: type | None

    def value(self, row: Model) -> Any:
        if self.plain:
            value = row.__dict__[self.attname]
            if value is None or type(value) is self.plain:
                return adapted(value)
        return self.field.get_db_prep_save(self.field.pre_save(row, True), connection)


@cache
def _columns(model: type[Model]) -> list[Column]:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    return [Column(field, field.attname, _plain(field)) for field in fields]


def _plain(field: Field) -> type | None:
    """A field with a way of its own, or whose value is the moment of writing, is not plain."""
    kind = type(field)
    family = next((one for one in PLAIN if issubclass(kind, one)), None)
    if family is None or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return None
    return PLAIN[family] if all(getattr(kind, way) is getattr(family, way) for way in WAYS) else None


@cache
def _statement(model: type[Model]) -> str:
    quoted = connection.ops.quote_name
    names = [quoted(column.field.column) for column in _columns(model)]
    places = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - our own tables


def insert(rows: Sequence[Model]) -> None:
    """The rows, all of one model, stand; raises IntegrityError where one of them may not."""
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model)
    put(_statement(model), [[column.value(row) for column in columns] for row in rows])
