"""Eight couriers at once, on both databases: every door is fetched once and no fen is spent twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tables import give_tables
from zhegu.deliveries.tests.together import COURIERS, HOMES

ROOT = Path(__file__).resolve().parents[3]


def run(folder: Path, **environment: str) -> dict:
    give_tables(folder)
    known = {**os.environ, "ZHEGU_DATA": str(folder), "ZHEGU_DATABASE": "", **environment}
    command = [sys.executable, "-m", "zhegu.deliveries.tests.together"]
    ran = subprocess.run(command, capture_output=True, text=True, env=known, cwd=ROOT, check=False, timeout=300)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout.splitlines()[-1])


def check(found: dict) -> None:
    assert found["answers"] == COURIERS * HOMES * 4
    assert found["fetched"] == 2 * HOMES  # a cylinder and a bag a door
    assert found["at_station"] == HOMES and found["broken"] == []
    assert found["cash"] == [12_000 * HOMES] * 2
    assert set(found["said"]) <= {
        "accepted", "refused deliveries.held_by_another", "refused deliveries.not_collected", "refused deliveries.not_so_much_there",
    }  # fmt: skip


def test_couriers_at_once_on_sqlite(tmp_path: Path) -> None:
    check(run(tmp_path))


@pytest.mark.postgres
def test_couriers_at_once_on_postgresql(tmp_path: Path, postgres) -> None:
    check(run(tmp_path, ZHEGU_DATABASE=postgres.new_database(tables=True)))
