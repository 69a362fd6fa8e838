"""P4: import a 100,000-row workbook, whole, with validation. Goal: at least 5 times django-import-export,
and a second import of the same file changes no row.

    python -m benchmarks.p4_import [--rows N] [--peer-rows N] [--json]

The peer reads a smaller register of the same kind with tablib (openpyxl) and writes people and their
households as plain tables on SQLite, checking id number, phone and birth and skipping unchanged rows.
Its CPU time a row is compared with ours, where everyone also gets sealed numbers, blind indexes, search
keys, traces and a journal entry. Three ways: as its documentation has it (a dry run that validates, then
the import), the import alone, and bulk inserts without validated instances.
Seconds are CPU seconds; ours include the start of the process.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

from benchmarks.support import import_peer
from zhegu.lib.sheets.workbook import read_workbook
from zhegu.registers.rules.ids import check_character

GOAL, SEED = 5.0, 4
CODE = "540526101001"
HEADER = ["序号", "网格", "户号", "户主", "姓名", "与户主关系", "性别", "身份证号", "出生日期", "联系电话", "住址", "备注"]
ELEMENTS = ["扎西", "次仁", "卓玛", "平措", "丹增", "尼玛", "达瓦", "拉巴", "多吉", "罗布", "白玛", "洛桑", "格桑", "索朗"]
GRIDS = 200
WAYS = (
    (("plain_dry", "plain"), "dry run and import, as documented"),
    (("plain",), "import alone"),
    (("bulk",), "bulk inserts, instances not validated"),
)


def write_register(path: Path, rows: int) -> None:
    """People in households of four, every tenth number or phone amiss, births typed in three ways."""
    chance = random.Random(SEED)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet("花名册"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        head = ""
        for n in range(rows):
            born = date(1935, 1, 1) + timedelta(days=chance.randrange(31000))
            first = f"540526{born:%Y%m%d}{n % 1000:03d}"
            number = first + check_character(first) if n % 10 else chance.choice(["", "无", first + "?"])
            phone = f"13{chance.randrange(10**9):09d}" if n % 9 else chance.choice(["", "/", "12345"])
            name = "".join(chance.sample(ELEMENTS, 2))
            head = name if n % 4 == 0 else head
            household = n // 4 + 1
            grid = f"第{household * GRIDS // (rows // 4 + 1) + 1}网格"
            typed = [born, f"{born:%Y%m%d}", f"{born.year}年{born.month}月{born.day}日"][n % 3]
            row = [n + 1, grid, household, head, name, "户主" if n % 4 == 0 else "子", "男", number, typed, phone, "", ""]
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(n + 1, column, datetime(value.year, value.month, value.day), day)
                else:
                    sheet.write(n + 1, column, value)


def cpu_of(command: list[str], data: Path) -> tuple[float, float, str]:
    """CPU seconds, wall seconds and output of one process."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    env = {**os.environ, "ZHEGU_DATA": str(data), "ZHEGU_DATABASE": ""}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - began, done.stdout


def ours(book: Path, folder: Path) -> dict[str, float]:
    """A dry run, the import, and the import again."""
    data = folder / "data"
    words = [sys.executable, "-m", "zhegu", "people", "import", str(book), "--community", CODE, "--json"]
    subprocess.run([sys.executable, "-m", "zhegu", "journal", "verify"], env={**os.environ, "ZHEGU_DATA": str(data)},
                   capture_output=True, check=True)  # fmt: skip
    found: dict[str, float] = {}
    began = time.process_time()
    read_workbook(book.read_bytes(), book.name)
    found["open"] = time.process_time() - began
    for turn, more in (("dry", ["--dry-run"]), ("first", []), ("second", [])):
        cpu, wall, out = cpu_of([*words, *more], data)
        figures = json.loads(out)
        found |= {turn: cpu, f"{turn}_wall": wall, f"{turn}_new": figures["new"], f"{turn}_changed": figures["changed"]}
    return found


def measure(rows: int, peer_rows: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, part = folder / "register.xlsx", folder / "part.xlsx"
        write_register(whole, rows)
        write_register(part, peer_rows)
        found: dict[str, object] = {"rows": rows, "peer_rows": peer_rows, **ours(whole, folder)}
        try:
            found |= import_peer.measure(part)
        except import_peer.Absent as why:
            found["peer"] = f"absent: {why}"
    return found


def told(found: dict) -> str:
    mine = 1000 * found["first"] / found["rows"]
    lines = [
        f"{found['rows']:,} rows: open {found['open']:.1f} CPU s; dry run {found['dry']:.1f}; import {found['first']:.1f} "
        f"({found['first_wall']:.0f} s by the clock), {mine:.2f} ms a row",
        f"second import of the same file: {found['second']:.1f} CPU s, new {found['second_new']}, changed {found['second_changed']}",
    ]
    if "peer" in found:
        return "\n".join([*lines, f"django-import-export: peer {found['peer']}, no ratio"])
    for parts, word in WAYS:
        peer = 1000 * sum(found[f"peer_{part}"] for part in parts) / found["peer_rows"]
        lines.append(f"django-import-export, {word}: {peer:.2f} ms a row on {found['peer_rows']:,} rows; ratio {peer / mine:.1f}")
    return "\n".join([*lines, f"goal: at least {GOAL:.0f} times, whole and validated"])


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=100_000)
    words.add_argument("--peer-rows", type=int, default=5_000)
    words.add_argument("--json", action="store_true")
    args = words.parse_args()
    found = measure(args.rows, args.peer_rows)
    print(json.dumps(found) if args.json else told(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
