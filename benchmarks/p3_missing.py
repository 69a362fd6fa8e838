"""P3: who is missing in one grid, and the figures of all grids, among 2,000, 350,000 and 10,000,000 people.

    python -m benchmarks p3        (python -m benchmarks.p3_missing [--sizes 2000,350000,10000000] [--json])

One community of 2,000 people in 15 grids is asked about, by the office's own queries on SQLite, while the
tables around it fill with other communities' people and rosters of the same make. The naive way to the
figures of all grids counts every line; ours adds up the tallies that each act keeps. CPU of this process.
Goals: a grid's list at 10 million at most 2 x that at 2,000; the figures at least 50 x the naive query.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE, GRIDS, EACH_GRID = 2_000, 15, 133
GOALS = {"list": 2.0, "naive": 50.0}
STEP = 2_500_000
FILLED = ("registers_person", "sampling_line")


def cpu_ms(do: Callable[[], object], turns: int) -> float:
    """CPU milliseconds of one call: the median of so many, after one that warms."""
    do()
    found = []
    for _ in range(turns):
        began = time.process_time()
        do()
        found.append(1000 * (time.process_time() - began))
    return statistics.median(found)


def build() -> Any:
    """The community that is asked about: its round is open, a tenth of it is still missing."""
    from tests.support.field import _settle
    from zhegu.sampling.models import Line, Tally
    from zhegu.sampling.tests.make import Day

    day = Day("540526101001", grids=GRIDS, each=0)
    list(_settle(day, HERE))
    day.open()
    done = [pk for n, pk in enumerate(day.round.lines.order_by("pk").values_list("pk", flat=True)) if n % 10]
    Line.objects.filter(pk__in=done).update(standing="done")
    for tally in Tally.objects.filter(round=day.round):
        of_grid = day.round.lines.filter(grid=tally.grid)
        tally.missing, tally.done = of_grid.filter(standing="missing").count(), of_grid.filter(standing="done").count()
        tally.save()
    return day


def columns(cursor: Any, table: str) -> list[str]:
    return [row[1] for row in cursor.execute(f"PRAGMA table_info({table})").fetchall()]


def copied(cursor: Any, table: str, source: str, changed: dict[str, str], order: str) -> None:
    """Rows like a given one (`source` names it), one for each row of `filler`, some columns changed."""
    names = columns(cursor, table)
    values = ", ".join(changed.get(name, f't."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor.execute(
        f'INSERT INTO {table} ({quoted}) SELECT {values} FROM filler f, (SELECT * FROM {table} WHERE {source} LIMIT 1) t {order}'
    )


def fill(cursor: Any, round_id: str, since: int, until: int) -> None:
    """People number `since` to `until` of other communities: in the register, on a roster, in the tallies.

    Keys are spread by a multiplier as random ones would be; a grid has 133 people, a round 2,000.
    """
    cursor.execute("DROP TABLE IF EXISTS temp.filler")
    cursor.execute(
        "CREATE TEMP TABLE filler AS WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?) "
        "SELECT i, printf('%08x%08x%016x', (i * 2654435761) & 4294967295, i, i) AS pk, "
        f"printf('f%031x', i / {HERE}) AS round, printf('e%031x', i / {EACH_GRID}) AS grid FROM n",
        [since, until],
    )
    person = {
        "id": "f.pk", "code": "f.pk", "grid_id": "f.grid", "community_id": "f.round", "household_id": "NULL",
        "id_index": "f.pk", "id_tail_index": "f.pk", "phone_index": "f.pk", "phone_tail_index": "f.pk",
    }  # fmt: skip
    copied(cursor, "registers_person", "1", {**person, "code": "substr(f.pk, 1, 20)"}, "ORDER BY f.pk")
    line = {"id": "f.pk", "person_id": "f.pk", "round_id": "f.round", "grid_id": "f.grid", "household_id": "NULL"}
    line["standing"] = "CASE f.i % 10 WHEN 0 THEN 'missing' ELSE 'done' END"
    copied(cursor, "sampling_line", f"round_id = '{round_id}'", line, "ORDER BY f.pk")
    names = columns(cursor, "sampling_tally")
    values = {"id": "min(pk)", "round_id": "round", "grid_id": "grid", "residents": "count(*)"}
    values |= {"missing": "sum(i % 10 = 0)", "done": "sum(i % 10 <> 0)"}
    cursor.execute(
        f"INSERT OR IGNORE INTO sampling_tally ({', '.join(names)}) "
        f"SELECT {', '.join(values.get(name, '0') for name in names)} FROM filler GROUP BY round, grid"
    )


def grow(cursor: Any, round_id: str, have: int, size: int) -> None:
    """More people around; indexes are made anew afterwards, sorted, which is many times faster than row by row."""
    usual = cursor.execute("PRAGMA cache_size").fetchone()[0]
    for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-4000000"):
        cursor.execute(f"PRAGMA {pragma}")
    marks = ", ".join("?" * len(FILLED))
    known = cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' AND tbl_name IN ({marks})", FILLED)
    indexes = known.fetchall() if have < size else []
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    for start in range(have, size, STEP):
        fill(cursor, round_id, start, min(size, start + STEP))
        print(f"P3 filled {min(size, start + STEP):,}", file=sys.stderr)
    for name, sql in indexes:
        cursor.execute(sql)
        print(f"P3 indexed {name}", file=sys.stderr)
    cursor.execute("ANALYZE")
    cursor.execute(f"PRAGMA cache_size={usual}")


NAIVE = "SELECT round_id, grid_id, standing, count(*) FROM sampling_line GROUP BY 1, 2, 3"
TALLIES = "SELECT round_id, sum(done), sum(excused), sum(missing), sum(moved), sum(not_found) FROM sampling_tally GROUP BY 1"


def asked_here(day: Any) -> dict[str, float]:
    from zhegu.sampling import queries

    code = day.grid(7).code
    return {
        "list": cpu_ms(lambda: list(queries.missing(day.scope, day.round, grid=code)), 101),
        "board": cpu_ms(lambda: queries.coverage(day.scope, day.round), 101),
    }


def rolled_up(cursor: Any) -> dict[str, float]:
    """The figures of all rounds there are, the naive way and from the tallies; both must say the same."""

    def ask(query: str) -> Callable[[], list]:
        return lambda: cursor.execute(query).fetchall()

    counted: dict[str, int] = {}
    for round_id, _, standing, count in ask(NAIVE)():
        if standing == "missing":
            counted[round_id] = counted.get(round_id, 0) + count
    assert counted == {row[0]: row[3] for row in ask(TALLIES)() if row[3]}, "the tallies differ from the lines"
    return {"naive": cpu_ms(ask(NAIVE), 3), "tallies": cpu_ms(ask(TALLIES), 11)}


def measure(sizes: list[int]) -> list[dict[str, float]]:
    from django.db import connection

    day = build()
    found, have = [], HERE
    with connection.cursor() as cursor:
        for size in sizes:
            grow(cursor, day.round.pk.hex, have, size)
            have = max(have, size)
            found.append({"people": size, **asked_here(day), **rolled_up(cursor)})
    return found


def show(found: list[dict[str, float]]) -> None:
    first = found[0]
    for one in found:
        print(
            f"P3 {one['people']:>10,} people: missing in a grid {one['list']:.2f} CPU ms ({one['list'] / first['list']:.2f} x "
            f"of the first, goal at most {GOALS['list']:.0f}), board of a round {one['board']:.2f}; figures of all grids: "
            f"tallies {one['tallies']:.1f}, naive {one['naive']:.0f} ({one['naive'] / one['tallies']:.0f} x, goal {GOALS['naive']:.0f})"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="2000,350000,10000000", help="numbers of people, rising")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.pop("ZHEGU_DATABASE", None)
    with tempfile.TemporaryDirectory(prefix="zhegu-p3-") as name:
        os.environ["ZHEGU_DATA"] = str(Path(name) / "data")
        from zhegu.config import start

        start.begin()
        start.ready()
        found = measure([int(one) for one in asked.sizes.split(",")])
    print(json.dumps(found)) if asked.json else show(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
