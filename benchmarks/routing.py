"""Standard routing instances, planned by the engine the product plans with.

    python -m benchmarks.routing FILE… --seconds N --seed N

Reads CVRPLIB (.vrp) and Solomon files; prints one JSON line each: `{file, cost, routes, cpu_s}`, customers
numbered from 1 in the order of the file. Distances as the libraries count them: CVRPLIB rounded to whole
numbers, Solomon ten times and cut to whole numbers, distance only. Seconds are CPU seconds of this process.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

from benchmarks.instances import Unreadable, read  # noqa: E402 - after the threads are set
from zhegu.deliveries.outside.routing import CpuSeconds, solve  # noqa: E402

PATIENCE = 20
"""How often the CPU seconds may pass on the clock before a file ends all the same, on a crowded machine."""


class Within:
    """Stops on the CPU seconds of this process, or on a clock that has run far past them."""

    def __init__(self, seconds: float):
        self._used, self._end = CpuSeconds(seconds), time.monotonic() + PATIENCE * max(seconds, 1)

    def __call__(self, best: float) -> bool:
        return self._used(best) or time.monotonic() >= self._end


def planned(path: Path, seconds: float, seed: int) -> dict[str, Any]:
    """The JSON line of one file."""
    began = time.process_time()
    problem = read(path)
    solved = solve(problem, stop=Within(seconds - (time.process_time() - began)), seed=seed)
    if not solved.feasible:
        raise Unreadable(f"no feasible routes in {seconds} s")
    routes = [[task + 1 for task in trip] for route in solved.routes for trip in route.trips]
    return {
        "file": path.name, "cost": solved.metres, "routes": routes, "cpu_s": round(time.process_time() - began, 2)
    }


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.routing")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(words)
    failed = 0
    for path in args.files:
        try:
            print(json.dumps(planned(path, args.seconds, args.seed)), flush=True)
        except (OSError, ValueError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            failed = 1
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
