"""Start-up refuses data it could lose or bend (reliability 8), and says so plainly."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.support.tables import NAME, ROOT, give_tables
from zhegu import __main__ as command_line
from zhegu.config import start, statistics
from zhegu.places.tests.make import community
from zhegu.registers.tests.make import person

SOUND = {"synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize(
    ("version", "pragmas", "code"),
    [
        ((3, 40, 1), SOUND, "sqlite_too_old"),
        ((3, 51, 2), SOUND, "sqlite_too_old"),
        ((3, 51, 3), {**SOUND, "synchronous": 1}, "sqlite_synchronous"),
        ((3, 51, 3), {**SOUND, "synchronous": 0}, "sqlite_synchronous"),
        ((3, 51, 3), {**SOUND, "foreign_keys": 0}, "sqlite_foreign_keys"),
    ],
)
def test_an_unsafe_engine_is_refused(version, pragmas, code):
    with pytest.raises(start.UnsafeStart) as refused:
        start.check_sqlite(version, pragmas)
    assert refused.value.code == code


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (4, 0, 0)])
def test_a_sound_engine_is_taken(version):
    start.check_sqlite(version, SOUND)


@pytest.mark.parametrize(
    ("commits", "collation", "code"),
    [
        ("off", "C.UTF-8", "postgresql_synchronous_commit"),
        ("on", "en_US.UTF-8", "postgresql_collation"),
        ("on", "zh_CN.utf8", "postgresql_collation"),
    ],
)
def test_an_unsafe_postgresql_is_refused(commits, collation, code):
    with pytest.raises(start.UnsafeStart) as refused:
        start.check_postgresql(commits, collation)
    assert refused.value.code == code


@pytest.mark.parametrize("collation", ["C", "POSIX", "C.UTF-8", "C.utf8"])
def test_a_sound_postgresql_is_taken(collation):
    start.check_postgresql("on", collation)


def stands(capsys, code: str) -> str:
    """What the command line says, and that it says it in words; its exit code must be 78."""
    assert command_line.main(["journal", "verify"]) == start.REFUSED
    said = capsys.readouterr()
    assert said.out == "" and "Traceback" not in said.err
    assert "没有启动" in said.err and "Not started" in said.err
    return said.err


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_an_old_engine_stops_every_command(capsys, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    assert "3.40.1" in stands(capsys, "sqlite_too_old")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("pragma", "back"), [("synchronous=1", "synchronous=2"), ("foreign_keys=0", "foreign_keys=1")])
def test_a_lax_connection_stops_every_command(capsys, pragma, back):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        try:
            assert pragma in stands(capsys, pragma)
        finally:
            cursor.execute(f"PRAGMA {back}")


def test_data_of_a_newer_program_stops_every_command(tmp_path):
    give_tables(tmp_path)
    made = sqlite3.connect(tmp_path / NAME)
    with made:
        made.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '9999_later', '2022-09-13')")
    made.close()
    said = subprocess.run(
        [sys.executable, "-m", "zhegu", "journal", "verify"],
        cwd=ROOT, env={**os.environ, "ZHEGU_DATA": str(tmp_path), "ZHEGU_DATABASE": ""}, capture_output=True, text=True,
    )  # fmt: skip
    assert said.returncode == start.REFUSED and said.stdout == ""
    assert "journal.9999_later" in said.stderr and "没有启动" in said.stderr and "Traceback" not in said.stderr


@pytest.mark.django_db(transaction=True)
def test_sound_data_starts():
    start.check_database()
    start.check_migrations()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_postgresql_that_may_lose_commits_is_refused(monkeypatch):
    if connection.vendor != "postgresql":
        return
    monkeypatch.delenv("ZHEGU_TESTING", raising=False)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        with pytest.raises(start.UnsafeStart):
            start.check_database()
        cursor.execute("SET synchronous_commit = on")
        start.check_database()


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_engine_knows_a_person_from_a_community():
    here = community()
    for n in range(12):
        person(here, str(n))
    statistics.refresh()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'sqlite_autoindex_registers_person_1'")
        assert cursor.fetchall() == [("12 1",)]


def test_what_the_engine_knows_is_looked_at_once_an_hour(monkeypatch):
    now, looked = [100.0], []
    monkeypatch.setattr(statistics.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(statistics, "refresh", lambda: looked.append(now[0]))
    hour = statistics.Hourly()
    assert not hour()
    now[0] += statistics.EVERY
    assert hour() and not hour() and looked == now


STARTS = "from zhegu.config import start; start.begin(); start.ready()"
BREAKS = """
from zhegu.config import start; start.begin()
from django.db.migrations.recorder import MigrationRecorder
def breaks(self): raise KeyboardInterrupt
MigrationRecorder.migration_qs = property(breaks)
start.ready()
"""


def starting(code: str, folder: Path, database: str) -> subprocess.Popen:
    environment = {**os.environ, "ZHEGU_DATA": str(folder), "ZHEGU_DATABASE": database}
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_two_that_start_at_once_on_empty_data_both_start(tmp_path, postgres, engine):
    database = postgres.new_database() if engine == "postgresql" else ""
    both = [starting(STARTS, tmp_path, database) for _ in range(2)]
    said = [one.communicate()[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_first_start_that_was_cut_off_left_nothing_and_the_next_one_starts(tmp_path, postgres, engine):
    database = postgres.new_database() if engine == "postgresql" else ""
    cut = starting(BREAKS, tmp_path, database)
    assert "KeyboardInterrupt" in cut.communicate()[1] and cut.returncode
    again = starting(STARTS, tmp_path, database)
    assert (again.communicate()[1], again.returncode) == ("", 0)
