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

import numpy as np  # noqa: E402 - after the threads are set
import vrplib  # noqa: E402

from zhegu.deliveries.outside.routing import CpuSeconds, solve  # noqa: E402
from zhegu.deliveries.rules.routing import Fleet, Problem, Task  # noqa: E402


def solomon(path: Path) -> Problem:
    """A problem with time windows; travel takes as long as it is far, both ten times and cut."""
    read = vrplib.read_instance(path, instance_format="solomon")
    legs = np.floor(_straight(np.asarray(read["node_coord"], dtype=float)) * 10).astype(np.int64)
    demand, windows = np.asarray(read["demand"]), np.asarray(read["time_window"]) * 10
    service = np.asarray(read["service_time"]) * 10
    tasks = tuple(
        Task(n, deliver=int(demand[n]), service=int(service[n]), window=(int(windows[n][0]), int(windows[n][1])))
        for n in range(1, len(legs))
    )
    fleet = Fleet(int(read["vehicles"]), int(read["capacity"]), shift=int(windows[0][1]))
    return Problem(legs, legs, 1, tasks, (fleet,))


def cvrplib(path: Path) -> Problem:
    """A problem of capacity only (or with a limit on a route's length)."""
    read = vrplib.read_instance(path, instance_format="vrplib")
    if "node_coord" in read and "EUC" in str(read.get("edge_weight_type", "EUC_2D")):
        legs = np.floor(_straight(np.asarray(read["node_coord"], dtype=float)) + 0.5).astype(np.int64)
    else:
        legs = np.rint(np.asarray(read["edge_weight"], dtype=float)).astype(np.int64)
    depot = int(np.atleast_1d(read.get("depot", [0]))[0])
    order = [depot, *(n for n in range(len(legs)) if n != depot)]
    legs, demand = legs[np.ix_(order, order)], np.asarray(read["demand"])[order]
    tasks = tuple(Task(n, deliver=int(demand[n])) for n in range(1, len(legs)))
    return Problem(legs, np.zeros_like(legs), 1, tasks, (Fleet(len(tasks), int(read["capacity"])),))


def _straight(at: np.ndarray) -> np.ndarray:
    apart = at[:, None, :] - at[None, :, :]
    return np.sqrt((apart**2).sum(axis=2))


def is_solomon(path: Path) -> bool:
    head = path.read_text(errors="replace")[:4000].upper()
    return "DIMENSION" not in head and "CUST" in head


def planned(path: Path, seconds: float, seed: int) -> dict[str, Any]:
    """The JSON line of one file."""
    began = time.process_time()
    problem = solomon(path) if is_solomon(path) else cvrplib(path)
    solved = solve(problem, stop=CpuSeconds(seconds - (time.process_time() - began)), seed=seed)
    if not solved.feasible:
        raise SystemExit(f"{path}: no feasible routes in {seconds} s")
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
    for path in args.files:
        print(json.dumps(planned(path, args.seconds, args.seed)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
