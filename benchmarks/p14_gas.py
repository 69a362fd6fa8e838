"""P14 The gas run: 190 doors, capacity 30, station 18 km off; kilometres against two separate plans.

    ./dev bench p14    or    python -m benchmarks.p14_gas --seconds 15 --seeds 1,2,3

The two plans to compare with are the engine's own: all doors fetched to the station, all brought from it.
Each plan is counted afresh by `faults`.
"""

import argparse
import sys
import time
from typing import Any

import numpy as np

from zhegu.deliveries.outside.routing import CpuSeconds, engine, solve
from zhegu.deliveries.rules.plan import Effort, answer, faults
from zhegu.deliveries.rules.planned import planned
from zhegu.deliveries.rules.problem import RunProblem, read_problem
from zhegu.deliveries.rules.routing import Fleet, Problem, Task

DOORS, CAPACITY, STATION, HALF, MIDDLES, AROUND = 190, 30, 18_000, 900, 8, 120
GOAL, SLOWEST = 0.55, 20


def community(seed: int, trucks: int) -> dict[str, Any]:
    """Doors around the middles of grids, metres."""
    dice = np.random.default_rng(seed)
    middles = dice.uniform(-HALF, HALF, (MIDDLES, 2))
    at = middles[dice.integers(MIDDLES, size=DOORS)] + dice.normal(0, AROUND, (DOORS, 2))
    return {
        "kind": "collect-process-return", "depot": {"id": "yard", "at": [0, 0]},
        "station": {"id": "gas", "at": [STATION, 0]},
        "stops": [{"id": f"d{n}", "at": [float(x), float(y)], "parcels": [f"c{n}"]} for n, (x, y) in enumerate(at)],
        "vehicles": [{"id": f"v{n}", "capacity": CAPACITY} for n in range(trucks)],
    }  # fmt: skip


def apart(problem: RunProblem, seconds: float) -> float:
    """Kilometres of fetching all and of bringing all, each planned alone."""
    metres, _ = problem.legs()
    tasks = tuple(Task(n + 2, 1) for n in range(len(problem.stops)))
    asked = Problem(metres, np.zeros_like(metres), 2, tasks, (Fleet(len(tasks), CAPACITY, 1, 1),))
    return 2 * solve(asked, stop=CpuSeconds(seconds), seed=1).metres / 1000


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.p14_gas")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--seeds", default="1,2,3")
    args = parser.parse_args(words)
    worst = slowest = 0.0
    for seed in map(int, args.seeds.split(",")):
        two = apart(read_problem(community(seed, 1)), args.seconds)
        for trucks in (1, 2, 3):
            problem = read_problem(community(seed, trucks))
            began = time.process_time()
            told = answer(problem, planned(problem, Effort(engine, args.seconds, seed)))
            used = time.process_time() - began
            wrong = faults(problem, told) + told["unplanned"]
            worst, slowest = max(worst, told["km"] / two), max(slowest, used)
            print(
                f"seed {seed}, {trucks} truck(s): {told['km']} km of {two:.0f} ({told['km'] / two:.3f}), "
                f"{told['days']} day(s), {told['trips']} trips, {used:.1f} CPU s, faults {len(wrong)}", flush=True,
            )  # fmt: skip
            if wrong:
                return 1
    print(f"worst ratio {worst:.3f} (goal {GOAL}), slowest {slowest:.1f} CPU s (goal {SLOWEST})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
