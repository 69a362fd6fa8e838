"""`zhegu places above`: a town, county or prefecture, so that people can hold a role there."""

import argparse

from zhegu.lib import terminal


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
    from zhegu.places import actions

    return terminal.said(actions.found_above(code=args.code, name=args.name, name_bo=args.name_bo, **terminal.acts()))
