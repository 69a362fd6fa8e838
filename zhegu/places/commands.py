"""`zhegu places above`: a town, county or prefecture, so that people can hold a role there."""

import argparse
import json


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    places = subparsers.add_parser("places", help="where things are")
    verbs = places.add_subparsers(required=True)
    above = verbs.add_parser("above", help="a town, county or prefecture stands, by its code")
    above.add_argument("code", help="4, 6 or 9 digits (GB/T 2260, GB/T 10114)")
    above.add_argument("--name", required=True)
    above.add_argument("--name-bo", default="")
    above.set_defaults(handler=found_above)


def found_above(args: argparse.Namespace) -> int:
    """One JSON line; 1 for a refusal."""
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Actor
    from zhegu.places import actions

    answer = actions.found_above(
        by=Actor.system("command line"), code=args.code, name=args.name, name_bo=args.name_bo, at=clock.now(), ref=new_id()
    )
    print(json.dumps({"status": answer.status, "reason": answer.reason, **answer.facts}))
    return 0 if answer.accepted else 1
