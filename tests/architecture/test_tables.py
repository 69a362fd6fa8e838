"""The migrations make what the models say: every other test starts from tables made without them, or from a copy."""

import sqlite3
import subprocess
import sys

import pytest
from django.db import connection

from tests.support import tables

Described = dict[str, object]


def normal(sql: str | None) -> str:
    """A definition without what differs by how it came about: blanks, quotes, the order of columns."""
    head, _, rest = (sql or "").replace('"', "").partition("(")
    inside, _, tail = rest.rpartition(")")
    parts, depth = [""], 0
    for letter in inside:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return f"{head.strip()} ({', '.join(sorted(' '.join(part.split()) for part in parts))}) {tail.strip()}"


def described(rows: list[tuple[str, str | None]]) -> Described:
    return {name: normal(sql) for name, sql in rows if not name.startswith(("sqlite_", "django_migrations"))}


def test_no_migration_is_missing():
    """In a process of its own: this one may make its tables without migrations."""
    done = subprocess.run(
        [sys.executable, "-m", "zhegu", "makemigrations", "--check", "--dry-run"],
        cwd=tables.ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.sqlite
@pytest.mark.django_db
def test_migrating_makes_the_tables_of_the_models():
    ask = "SELECT name, sql FROM sqlite_master"
    with connection.cursor() as cursor:
        cursor.execute(ask)
        of_models = described(cursor.fetchall())
    made = sqlite3.connect(tables.migrated() / tables.NAME)
    of_migrations = described(made.execute(ask).fetchall())
    made.close()
    assert len(of_models) > 200
    assert sorted(of_models) == sorted(of_migrations)
    wrong = {name: (of_models[name], of_migrations[name]) for name in of_models if of_models[name] != of_migrations[name]}
    assert not wrong
