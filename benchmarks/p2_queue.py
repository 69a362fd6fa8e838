"""P2: a phone's queue of 10,000 swabs in one request; the same again; against bare DRF with bulk_create.

    python -m benchmarks p2        (python -m benchmarks.p2_queue [--operations N] [--turns N] [--json])

Ours proves who signed each command, refuses what may not be, journals and chains it, activates its card
and keeps the tallies; the peer only checks and stores. Both answer through granian on SQLite with
synchronous=FULL, by turns, each turn on data of its own. CPU is the server's.
Goals: at least 2 x the peer; a repeated batch no dearer than the first.
"""

import argparse
import json
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.support import drf_peer
from benchmarks.support.load import Post, drive
from tests.support.field import Outbox, Swabbing, Wire, made
from tests.support.server import ROOT, Server

GOAL = 2.0
WARM = 20


def accepted(status: int, body: bytes) -> bool:
    return status == 200 and body.count(b'"accepted"') >= WARM


def ours(stack: ExitStack, folder: Path, count: int) -> tuple[int, int, list[dict]]:
    """Port, process and the items of one phone's queue (the first few only warm the server)."""
    server = Server(folder, {})
    here = made(server.environment, count + WARM, 1)
    swabbing = Swabbing(here, Outbox(here.phones[0]), here.people)
    items = [swabbing.next() for _ in range(count + WARM)]
    stack.callback(server.stop)
    server.start()
    assert server.process
    ours.head = Wire(0, here.phones[0].token).headers  # type: ignore[attr-defined]
    return server.port, server.process.pid, items


def push(items: list[dict]) -> Post:
    return Post("/api/push", ours.head, json.dumps({"items": items}).encode())  # type: ignore[attr-defined]


def turn(folder: Path, count: int, peer_wanted: bool) -> dict[str, float]:
    """CPU milliseconds an operation: ours, ours again, the peer, the peer again."""
    found: dict[str, float] = {}
    with ExitStack() as stack:
        port, pid, items = ours(stack, folder / "ours", count)
        drive(port, [push(items[:WARM])], 1, [pid], accepted)
        for name in ("first", "again"):
            load = drive(port, [push(items[WARM:])], 1, [pid], accepted)
            found |= {name: 1000 * load.cpu / count, f"{name}_failed": load.failed}
    if not peer_wanted:
        return found
    with ExitStack() as stack:
        data = folder / "peer"
        data.mkdir()
        peer = stack.enter_context(drf_peer.serving(ROOT / ".bench" / "drf", data))
        drive(peer.port, [drf_peer.post(items[:WARM])], 1, [peer.pid], accepted)
        for name in ("peer", "peer_again"):
            load = drive(peer.port, [drf_peer.post(items[WARM:])], 1, [peer.pid], accepted)
            found |= {name: 1000 * load.cpu / count, f"{name}_failed": load.failed}
    return found


def measure(count: int, turns: int) -> dict[str, float]:
    peer_wanted, rows = True, []
    for _ in range(turns):
        with tempfile.TemporaryDirectory(prefix="zhegu-p2-") as name:
            try:
                rows.append(turn(Path(name), count, peer_wanted))
            except drf_peer.Absent as why:
                print(f"P2 peer absent: {why}", file=sys.stderr)
                peer_wanted = False
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def show(count: int, found: dict[str, float]) -> None:
    print(f"P2 ours {found['first']:.3f} CPU ms an operation, the same {count:,} again {found['again']:.3f}", end="")
    print(f" ({found['again'] / found['first']:.2f} of the first, goal at most 1)")
    if "peer" in found:
        print(f"P2 bare DRF {found['peer']:.3f} CPU ms, again {found['peer_again']:.3f}: ", end="")
        print(f"ours is {found['peer'] / found['first']:.2f} x (goal {GOAL:.0f})")
    else:
        print("P2 bare DRF peer absent: no ratio")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--operations", type=int, default=9_900)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.operations, asked.turns)
    print(json.dumps(found)) if asked.json else show(asked.operations, found)
    return 1 if any(found.get(f"{name}_failed") for name in ("first", "again", "peer", "peer_again")) else 0


if __name__ == "__main__":
    sys.exit(main())
