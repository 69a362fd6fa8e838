"""A read that is made with every request: put into SQL once, asked with other values ever after.

    @prepared
    def _with_token(token: str) -> QuerySet[Device]:
        return Device.objects.filter(token_hash=token).select_related("community")

    _with_token(hashed(shown))  → [Device, …]

Making SQL of a queryset costs several times what the database takes to answer it. What is kept is the question,
never an answer. The function sees its arguments only to hand them to `filter` (on a column of the value's own type;
`something__pk__in`, not `something__in`) and gives rows of a model, with `select_related` or `only`, or `values_list`.
An argument is one value, not None, or a collection for an `__in`; a question with a long collection is asked afresh.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache, update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Expression, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

from zhegu.prepared.asking import rows_of

MOST = 4
"""A longer collection costs the database more than the making of the question."""

P = ParamSpec("P")
Row = TypeVar("Row")


class Slot(Expression):
    """Where a value will stand: the argument's place, and the place within it where it is a collection."""

    def __init__(self, argument: int, part: int | None = None):
        super().__init__()
        self.argument, self.part = argument, part

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def value(self, arguments: list[Any]) -> Any:
        given = arguments[self.argument]
        return adapted(given if self.part is None else given[self.part])


def adapted(value: Any) -> Any:
    """As the database takes it."""
    if isinstance(value, UUID):
        return value if _keeps_uuids() else value.hex
    return _moments()(value) if isinstance(value, datetime) else value


@cache
def _keeps_uuids() -> bool:
    return connection.features.has_native_uuid_field


@cache
def _moments() -> Callable[[datetime], Any]:
    return connection.ops.adapt_datetimefield_value


@dataclass(frozen=True)
class Question:
    """A queryset as SQL: what stands in its places, and how its rows are read."""

    sql: str
    places: list[Any]
    converters: list[tuple[int, list[Any], Any]]
    read: Callable[[list[Any]], Any]

    def asked(self, arguments: list[Any]) -> list[Any]:
        values = [one.value(arguments) if isinstance(one, Slot) else one for one in self.places]
        rows = [list(row) for row in rows_of(self.sql, values)]
        base = connections[DEFAULT_DB_ALIAS]
        for row in rows:
            for place, steps, expression in self.converters:
                for step in steps:
                    row[place] = step(row[place], expression, base)
        return [self.read(row) for row in rows]


def _question(rows: QuerySet) -> Question:
    compiler = rows.query.get_compiler(rows.db)
    sql, places = compiler.as_sql()
    converters = compiler.get_converters([column[0] for column in compiler.select])
    steps = [(place, steps, expression) for place, (steps, expression) in converters.items()]
    return Question(sql, list(places), steps, _models(rows.db, compiler) if rows._iterable_class is ModelIterable else tuple)


def _models(using: str, compiler: Any) -> Callable[[list[Any]], Any]:
    """How a row becomes an instance with its relations; as Django's own ModelIterable does."""
    model, columns = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, end = columns[0], columns[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:end]]
    relations = get_related_populators(compiler.klass_info, compiler.select, using)

    def read(row: list[Any]) -> Any:
        found = model.from_db(using, names, row[first:end])
        for relation in relations:
            relation.populate(row, found)
        return found

    return read


class prepared(Generic[P, Row]):
    """Makes a function that gives a queryset into one that gives its rows, as a list."""

    def __init__(self, make: Callable[P, QuerySet]):
        self.make = make
        self.questions: dict[Any, Question] = {}
        update_wrapper(self, make)

    def __call__(self, *arguments: Any) -> list[Any]:
        given = [list(one) if isinstance(one, Collection) and not isinstance(one, str | bytes) else one for one in arguments]
        sizes = tuple(len(one) if isinstance(one, list) else None for one in given)
        if any(size is not None and not 0 < size <= MOST for size in sizes):
            return list(self.make(*arguments))
        known = (connection.vendor, sizes)
        if known not in self.questions:
            slots = [
                Slot(n) if size is None else [Slot(n, part) for part in range(size)] for n, size in enumerate(sizes)
            ]
            self.questions[known] = _question(self.make(*slots))
        return self.questions[known].asked(given)
