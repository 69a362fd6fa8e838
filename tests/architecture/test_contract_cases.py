"""Every decision table in contracts/cases is run by the server and by the phone, and on both sides it decides."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CASES = sorted(path.stem for path in (ROOT / "contracts" / "cases").glob("*.json"))
SERVER = sorted(ROOT.glob("zhegu/*/tests/**/*.py"))
PHONE = sorted((ROOT / "phone" / "src").rglob("*.test.ts"))


def readers(table: str, files: list[Path]) -> list[str]:
    """Tests that open the table: its file by its whole name, or a helper `cases(…)`, `contract(…)` that is told the rest."""
    rest = table.partition("-")[2]
    opened = re.compile(rf"['\"/]{table}(\.json)?['\"]|\b(cases|contract)(<.*>)?\(['\"]{rest or table}['\"]\)")
    return [str(path.relative_to(ROOT)) for path in files if opened.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("table", CASES)
def test_a_decision_table_is_run_on_both_sides(table: str):
    assert readers(table, SERVER), f"no pytest reads contracts/cases/{table}.json"
    assert readers(table, PHONE), f"no vitest reads contracts/cases/{table}.json"


def test_a_table_nobody_reads_is_found():
    assert readers("sampling-nothing", [*SERVER, *PHONE]) == []
