"""P6: write a 100,000-row workbook. Goal: at least 5 times openpyxl write-only, measured in the same run.

    python benchmarks/p6_export.py [--rows N] [--json]

Seconds are CPU seconds of this process; the same values go through every writer.
"""

import argparse
import io
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from openpyxl import Workbook

from zhegu.lib.clock import LOCAL
from zhegu.lib.tables import Column, Kind, Plain, Sheet, Table, as_csv, as_xlsx, plain_xlsx

GOAL = 5.0
START = datetime(2022, 9, 13, 8, 0, tzinfo=LOCAL)
COLUMNS = (
    Column("tube", Plain("tube")),
    Column("place", Plain("place"), Kind.COUNT),
    Column("name", Plain("name")),
    Column("sex", Plain("sex")),
    Column("age", Plain("age"), Kind.COUNT),
    Column("id", Plain("id"), Kind.ID),
    Column("phone", Plain("phone"), Kind.PHONE),
    Column("address", Plain("address")),
    Column("grid", Plain("grid"), Kind.COUNT),
    Column("at", Plain("at"), Kind.TIME),
    Column("card", Plain("card")),
    Column("note", Plain("note")),
)


def register(count: int) -> list[dict]:
    """Rows as the tube register has them, made from the row's number."""
    return [
        {
            "tube": f"G{n // 10:06d}", "place": n % 10 + 1, "name": f"居民{n}", "sex": "女" if n % 2 else "男",
            "age": n % 90, "id": f"5405261990{n % 10**8:08d}", "phone": f"139{n % 10**8:08d}",
            "address": f"第{n % 15 + 1}网格{n % 480}号", "grid": n % 15 + 1, "at": START + timedelta(seconds=n),
            "card": f"12-{n % 15 + 1:03d}-{n:06d}", "note": "",
        }
        for n in range(count)
    ]  # fmt: skip


def openpyxl_write_only(rows: list[dict]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([column.field for column in COLUMNS])
    for row in rows:
        sheet.append([value.replace(tzinfo=None) if isinstance(value, datetime) else value for value in row.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cpu_seconds(act: Callable[[], bytes]) -> tuple[float, int]:
    began = time.process_time()
    made = act()
    return time.process_time() - began, len(made)


def measure(count: int) -> dict[str, float]:
    rows = register(count)
    table = Table(COLUMNS, rows, Plain("tube register"))
    return {
        "rows": count,
        "openpyxl": cpu_seconds(lambda: openpyxl_write_only(rows))[0],
        "plain": cpu_seconds(lambda: plain_xlsx(table))[0],
        "laid_out": cpu_seconds(lambda: as_xlsx((table, Sheet())))[0],
        "csv": cpu_seconds(lambda: as_csv(table))[0],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.rows)
    found["ratio"] = found["openpyxl"] / found["plain"]
    if asked.json:
        print(json.dumps({name: round(value, 3) for name, value in found.items()}))
    else:
        print(f"P6 {asked.rows:,} rows x {len(COLUMNS)}: openpyxl write-only {found['openpyxl']:.2f} CPU s")
        print(f"   plain {found['plain']:.2f} s, laid out {found['laid_out']:.2f} s, csv {found['csv']:.2f} s")
        print(f"   plain is {found['ratio']:.1f} x openpyxl (goal {GOAL:.0f})")
    return 0 if found["ratio"] >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
