"""The door to the database for statements that are kept: without what Django does anew with each text.

Django's cursor looks through every text for its places (SQLite) or writes the values into it (PostgreSQL) each time. A kept
text is turned once, and PostgreSQL keeps its plan. Where somebody listens (counted or wrapped queries), Django's cursor is
used as ever.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX

Values = Sequence[Any]


def rows_of(sql: str, values: Values) -> list[tuple]:
    """What the database answers; raises as Django's cursor does."""
    base = _base()
    if _listened(base):
        with base.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()
    with base.wrap_database_errors:
        if base.vendor == "sqlite":
            return base.connection.execute(_question_marks(sql), values).fetchall()
        with _cursor(base) as cursor:
            return cursor.execute(sql, values, prepare=True).fetchall()


def put(sql: str, rows: Sequence[Values]) -> int:
    """Writes each of the rows by the same statement; how many rows of the table that changed. Raises as Django's cursor does."""
    base = _base()
    if _listened(base):
        with base.cursor() as cursor:
            cursor.executemany(sql, rows)
            return cursor.rowcount
    with base.wrap_database_errors:
        if base.vendor == "sqlite":
            return base.connection.executemany(_question_marks(sql), rows).rowcount
        with _cursor(base) as cursor:
            if len(rows) == 1:
                cursor.execute(sql, rows[0], prepare=True)
            else:
                cursor.executemany(sql, rows)
            return cursor.rowcount


def _base() -> Any:
    """The thread's connection, open, in no broken transaction."""
    base = connections[DEFAULT_DB_ALIAS]
    base.close_if_health_check_failed()
    base.ensure_connection()
    base.validate_no_broken_transaction()
    return base


def _listened(base: Any) -> bool:
    return bool(base.queries_logged or base.execute_wrappers)


def _cursor(base: Any) -> Any:
    """One that sends values beside the text, so that the plan is kept; Django's own puts them into it."""
    from psycopg import Cursor

    return Cursor(base.connection)


@cache
def _question_marks(sql: str) -> str:
    return FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")
