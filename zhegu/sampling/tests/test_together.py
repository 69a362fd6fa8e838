"""Several phones at the same people at once, on both databases: one valid swab each, nothing lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tables import give_tables
from zhegu.sampling.tests.together import PEOPLE, PHONES

ROOT = Path(__file__).resolve().parents[3]


def run(folder: Path, **environment: str) -> dict:
    give_tables(folder)
    known = {**os.environ, "ZHEGU_DATA": str(folder), "ZHEGU_DATABASE": "", **environment}
    command = [sys.executable, "-m", "zhegu.sampling.tests.together"]
    ran = subprocess.run(command, capture_output=True, text=True, env=known, cwd=ROOT, check=False, timeout=300)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout.splitlines()[-1])


def check(found: dict) -> None:
    assert found["answers"] == found["swabs"] == PEOPLE * PHONES
    assert set(found["said"]) <= {"accepted", "refusedsampling.already_sampled"}
    assert found["roster"] == PEOPLE and found["done"] == found["valid"]
    assert 0 < found["cards"] == found["handed_out"]
    assert found["in_tubes"] == found["swabs"] - found["undone"]
    assert found["tallies"] is True


def test_phones_at_once_on_sqlite(tmp_path: Path) -> None:
    check(run(tmp_path))


@pytest.mark.postgres
def test_phones_at_once_on_postgresql(tmp_path: Path, postgres) -> None:
    check(run(tmp_path, ZHEGU_DATABASE=postgres.new_database(tables=True)))
