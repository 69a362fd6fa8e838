"""`zhegu journal verify`: walks every chain and names each flaw."""

import argparse
import json


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    journal = subparsers.add_parser("journal", help="what happened, and whether it still stands")
    verbs = journal.add_subparsers(required=True)
    verify = verbs.add_parser("verify", help="find changed, removed or cut-off rows")
    verify.add_argument("--community", help="one community's code; all if left out")
    verify.set_defaults(handler=verify_chain)


def verify_chain(args: argparse.Namespace) -> int:
    """One JSON line per community; exit code 1 where a flaw was found."""
    from zhegu.journal import chain, queries
    from zhegu.lib.scope import Scope

    wanted = [args.community] if args.community else sorted(set(queries.communities(Scope.everything("verifies every chain"))) | chain.anchored())
    verdicts = [chain.verify(code) for code in wanted]
    for verdict in verdicts:
        print(json.dumps(verdict.as_dict()))
    return 1 if any(verdict.flaws for verdict in verdicts) else 0
