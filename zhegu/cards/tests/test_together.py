"""Several desks at once, on both databases: no number twice, no card handed out twice, one root."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tables import give_tables
from zhegu.cards.tests.together import DESKS, EACH, REQUESTS

ROOT = Path(__file__).resolve().parents[3]


def run(folder: Path, **environment: str) -> dict:
    give_tables(folder)
    known = {**os.environ, "ZHEGU_DATA": str(folder), "ZHEGU_DATABASE": "", **environment}
    command = [sys.executable, "-m", "zhegu.cards.tests.together"]
    ran = subprocess.run(
        command, capture_output=True, text=True, env=known, cwd=ROOT, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout.splitlines()[-1])


def check(found: dict) -> None:
    made = DESKS * REQUESTS * EACH
    assert sorted(found["serials"]) == [12_007_000_000 + n for n in range(1, made + 1)]
    assert found["handed"] == [1] * made
    assert found["roots"] == found["kids"] == 1


def test_desks_at_once_on_sqlite(tmp_path: Path) -> None:
    check(run(tmp_path))


@pytest.mark.postgres
def test_desks_at_once_on_postgresql(tmp_path: Path, postgres) -> None:
    check(run(tmp_path, ZHEGU_DATABASE=postgres.new_database(tables=True)))
