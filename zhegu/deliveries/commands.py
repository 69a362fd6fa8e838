"""`zhegu deliveries …`: plans a run from a file. Needs no database."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from zhegu.deliveries.rules.plan import Effort, answer
from zhegu.deliveries.rules.planned import planned
from zhegu.deliveries.rules.problem import BadProblem, read_problem


def add_commands(subparsers: Any) -> None:
    """Adds `deliveries` and its verbs to the command line."""
    verbs = subparsers.add_parser("deliveries", help="deliveries: plan a run").add_subparsers(required=True)
    parser = verbs.add_parser("plan", help="which doors in which order: a problem (JSON) in, a plan out")
    parser.add_argument("problem", metavar="PROBLEM.json")
    parser.add_argument("--seconds", type=float, default=10, help="how long to think, seconds of CPU")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--goal", choices=["km", "hours"], default="km", help="fewest kilometres, or fewest hours")
    parser.add_argument("--json", action="store_true", help="the plan as one JSON object")
    parser.set_defaults(handler=run_plan, bare=True)


def run_plan(args: argparse.Namespace) -> int:
    """Prints the plan; 2 with the field and the reason where the problem cannot be read."""
    from zhegu.deliveries.outside.routing import engine
    from zhegu.lib.texts import text

    try:
        problem = read_problem(json.loads(Path(args.problem).read_text(encoding="utf-8")))
    except BadProblem as bad:
        print(f"{args.problem}: {bad.where}: {text(bad.reason, 'zh')} / {text(bad.reason, 'en')}", file=sys.stderr)
        return 2
    except (OSError, ValueError, RecursionError) as bad:
        print(f"{args.problem}: {bad}", file=sys.stderr)
        return 2
    told = answer(problem, planned(problem, Effort(engine, args.seconds, args.seed, args.goal)))
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
        return 0
    print(f"{told['km']} km, {told['trips']} trips, {told['days']} day(s)")
    for vehicle in told["vehicles"]:
        print(f"{vehicle['id']}: {told['hours'][vehicle['id']]} h, " + " > ".join(v["at"] for v in vehicle["visits"]))
    return 0
