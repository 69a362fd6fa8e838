"""The migrations make what the models say: an empty database, and every other test, gets its tables at once instead."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
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


REPLAY = """
from zhegu.config import start; start.begin()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
"""


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose tables every migration had its turn at, one after another."""
    folder = tmp_path_factory.mktemp("replayed")
    environment = {**os.environ, "ZHEGU_DATA": str(folder), "ZHEGU_DATABASE": ""}
    subprocess.run([sys.executable, "-c", REPLAY], cwd=tables.ROOT, env=environment, stdin=subprocess.DEVNULL, check=True)
    return folder


def rows(folder: Path, ask: str) -> list[tuple]:
    with closing(sqlite3.connect(folder / tables.NAME)) as kept:
        return kept.execute(ask).fetchall()


def test_tables_made_at_once_are_those_of_every_migration(replayed: Path):
    at_once, one_by_one = (described(rows(folder, "SELECT name, sql FROM sqlite_master")) for folder in (tables.migrated(), replayed))
    assert len(at_once) > 200
    assert sorted(at_once) == sorted(one_by_one)
    assert {name: (at_once[name], one_by_one[name]) for name in at_once if at_once[name] != one_by_one[name]} == {}


@pytest.mark.parametrize(
    "ask",
    [
        "SELECT app, name FROM django_migrations ORDER BY app, name",
        "SELECT app_label, model FROM django_content_type ORDER BY app_label, model",
        "SELECT codename FROM auth_permission ORDER BY codename",
    ],
)
def test_whatever_came_with_the_migrations_is_there(replayed: Path, ask: str):
    assert rows(tables.migrated(), ask) == rows(replayed, ask) != []


IN_POSTGRESQL = """
SELECT 'column', table_name, column_name, data_type || coalesce('/' || character_maximum_length, '') || is_nullable || is_identity
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


# Django's own migrations number these rows with `integer`, its models with `bigint`; the product keeps nothing there.
NARROWER = {"auth_group_permissions"}


def test_on_postgresql_too(postgres: Any, tmp_path: Path):
    """Columns, constraints and indexes of both, as the database itself tells them."""
    told = []
    for code in (tables.MIGRATE, REPLAY):
        url = postgres.new_database()
        environment = {**os.environ, "ZHEGU_DATABASE": url, "ZHEGU_DATA": str(tmp_path)}
        subprocess.run([sys.executable, "-c", code], cwd=tables.ROOT, env=environment, stdin=subprocess.DEVNULL, check=True)
        with psycopg.connect(url) as there:
            told.append(set(there.execute(IN_POSTGRESQL).fetchall()))
    assert len(told[0]) > 1000
    differs = told[0] ^ told[1]
    assert {row for row in differs if row[1] not in NARROWER or row[2] != "id"} == set()


@pytest.mark.sqlite
@pytest.mark.django_db
def test_tests_start_from_the_same_tables(replayed: Path):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master")
        of_tests = described(cursor.fetchall())
    assert of_tests == described(rows(replayed, "SELECT name, sql FROM sqlite_master"))
