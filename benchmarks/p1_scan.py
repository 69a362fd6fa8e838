"""P1: record a scan (idempotent, journalled, card activated), 8 clients on persistent connections.

    python -m benchmarks p1        (python -m benchmarks.p1_scan [--scans N] [--peer-scans N] [--no-peer] [--json])

Our own `zhegu serve` and pretix's check-in run on one durable PostgreSQL and are driven by turns, as
are bare INSERT commits through psycopg; then ours again on SQLite. A scan is a signed command pushed by
itself to /api/push, with a card. CPU is that of the server's processes and of the database's.
Goals: at least 10 x pretix, at most 5 CPU ms a scan, at least 0.10 of the raw commit rate.
"""

import argparse
import json
import os
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg

from benchmarks.support import pretix
from benchmarks.support.load import Load, Post, drive
from tests.support.field import Outbox, Swabbing, Wire, made
from tests.support.postgres import Postgres, running
from tests.support.server import ROOT, Server

CLIENTS, TURNS = 8, 4
WARM = 40
GOALS = {"ratio": 10.0, "cpu_ms": 5.0, "of_raw": 0.10}


@dataclass
class Side:
    """One side of the race: where it listens, which processes work for it, what is still to be posted."""

    port: int
    pids: list[int]
    posts: list[Post]
    ok: Callable[[int, bytes], bool]
    loads: list[Load] = field(default_factory=list)

    def run(self, count: int) -> None:
        posts, self.posts = self.posts[:count], self.posts[count:]
        self.loads.append(drive(self.port, posts, CLIENTS, self.pids, self.ok))

    def warm(self) -> None:
        """The first requests load code; they are not counted."""
        self.run(WARM)
        self.loads.clear()

    @property
    def rate(self) -> float:
        return sum(one.answers for one in self.loads) / sum(one.seconds for one in self.loads)

    @property
    def cpu_ms(self) -> float:
        return 1000 * sum(one.cpu for one in self.loads) / sum(one.answers for one in self.loads)

    @property
    def failed(self) -> int:
        return sum(one.failed for one in self.loads)


def accepted(status: int, body: bytes) -> bool:
    return status == 200 and b'"status":"accepted"' in body and b'"card":"active"' in body


def redeemed(status: int, body: bytes) -> bool:
    return status < 300 and b'"status":"ok"' in body.replace(b": ", b":")


def our_posts(environment: dict[str, str], count: int) -> list[Post]:
    """One scan each, signed and with a card; client n has the n-th phone to itself."""
    here = made(environment, count, CLIENTS)
    tables = [
        Swabbing(here, Outbox(phone), here.people[n::CLIENTS], n + 1) for n, phone in enumerate(here.phones)
    ]
    heads = [Wire(0, phone.token).headers for phone in here.phones]
    return [
        Post("/api/push", heads[n % CLIENTS], json.dumps({"items": [tables[n % CLIENTS].next()]}).encode())
        for n in range(count)
    ]


def ours(stack: ExitStack, folder: Path, url: str, count: int, beside: Sequence[int] = ()) -> Side:
    server = Server(folder, {"ZHEGU_DATABASE": url})
    posts = our_posts(server.environment, count)
    stack.callback(server.stop)
    server.start()
    assert server.process
    return Side(server.port, [server.process.pid, *beside], posts, accepted)


def raw_postgres(url: str, seconds: float) -> float:
    """Commits a second of bare INSERTs by as many connections."""

    def connect() -> Callable[[], object]:
        link = psycopg.connect(url, autocommit=True)
        return lambda: link.execute("INSERT INTO raw VALUES (%s, %s)", (uuid4(), b"x" * 200))

    with psycopg.connect(url, autocommit=True) as link:
        link.execute("CREATE TABLE IF NOT EXISTS raw (ref uuid PRIMARY KEY, body bytea)")
    return _commits(connect, CLIENTS, seconds)


def raw_sqlite(path: Path, seconds: float) -> float:
    def connect() -> Callable[[], object]:
        link = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=20)
        link.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
        link.execute("CREATE TABLE IF NOT EXISTS raw (ref BLOB PRIMARY KEY, body BLOB)")
        return lambda: link.execute("INSERT INTO raw VALUES (?, ?)", (uuid4().bytes, b"x" * 200))

    return _commits(connect, 1, seconds)


def _commits(connect: Callable[[], Callable[[], object]], clients: int, seconds: float) -> float:
    done = [0] * clients
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        commit = connect()
        while time.perf_counter() < until:
            commit()
            done[number] += 1

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - began)


def on_postgresql(stack: ExitStack, folder: Path, postgres: Postgres, asked: argparse.Namespace) -> dict:
    assert postgres.process
    beside = [postgres.process.pid]
    mine = ours(stack, folder / "ours", postgres.new_database(), asked.scans + WARM, beside)
    peer = None if asked.no_peer else _peer(stack, postgres, asked.peer_scans + WARM)
    sides = [mine, *([peer] if peer else [])]
    for side in sides:
        side.warm()
    raw_url, raw = postgres.new_database(), []
    for _ in range(TURNS):
        mine.run(asked.scans // TURNS)
        if peer:
            peer.run(asked.peer_scans // TURNS)
        raw.append(raw_postgres(raw_url, asked.raw_seconds))
    found = _figures(mine, sum(raw) / TURNS)
    if peer:
        found |= {"peer_rate": peer.rate, "peer_cpu_ms": peer.cpu_ms, "peer_failed": peer.failed}
        found |= {"ratio": mine.rate / peer.rate, "cpu_ratio": peer.cpu_ms / mine.cpu_ms}
    return found


def _peer(stack: ExitStack, postgres: Postgres, count: int) -> Side | None:
    assert postgres.process
    try:
        serving = pretix.serving(ROOT / ".bench" / "pretix", postgres.new_database(), count)
        peer = stack.enter_context(serving)
    except pretix.Absent as why:
        print(f"P1 peer absent: {why}", file=sys.stderr)
        return None
    return Side(peer.port, [peer.pid, postgres.process.pid], peer.posts, redeemed)


def on_sqlite(stack: ExitStack, folder: Path, asked: argparse.Namespace) -> dict:
    mine = ours(stack, folder / "sqlite", "", asked.scans + WARM)
    mine.warm()
    raw = []
    for _ in range(TURNS):
        mine.run(asked.scans // TURNS)
        raw.append(raw_sqlite(folder / "raw.sqlite3", asked.raw_seconds))
    return _figures(mine, sum(raw) / TURNS)


def _figures(mine: Side, raw: float) -> dict:
    return {
        "rate": mine.rate, "cpu_ms": mine.cpu_ms, "failed": mine.failed, "raw": raw, "of_raw": mine.rate / raw
    }


def measure(asked: argparse.Namespace) -> dict[str, dict]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zhegu-p1-")))
        postgres = stack.enter_context(running(durable=True))
        with ExitStack() as served:
            found = {"postgresql": on_postgresql(served, folder, postgres, asked)}
        with ExitStack() as served:
            found["sqlite"] = on_sqlite(served, folder, asked)
    return found


def show(found: dict[str, dict]) -> None:
    for where, one in found.items():
        line = f"P1 {where:<10} {one['rate']:6.0f} scans/s, {one['cpu_ms']:5.1f} server CPU ms a scan (goal {GOALS['cpu_ms']:.0f}), "
        print(line + f"{one['of_raw']:.3f} of {one['raw']:.0f} raw commits/s (goal {GOALS['of_raw']:.2f}), {one['failed']} failed")
        if "ratio" in one:
            peer = f"P1 pretix     {one['peer_rate']:6.1f} scans/s, {one['peer_cpu_ms']:5.1f} server CPU ms a scan, {one['peer_failed']} failed"
            print(f"{peer}: ours is {one['ratio']:.1f} x (goal {GOALS['ratio']:.0f}), at 1/{one['cpu_ratio']:.1f} of its CPU")
        elif where == "postgresql":
            print("P1 pretix     peer absent: no ratio")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scans", type=int, default=4000)
    parser.add_argument("--peer-scans", type=int, default=400)
    parser.add_argument("--raw-seconds", type=float, default=3.0)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.pop("ZHEGU_DATABASE", None)
    found = measure(asked)
    if asked.json:
        print(json.dumps(found))
    else:
        show(found)
    return 1 if any(one["failed"] for one in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
