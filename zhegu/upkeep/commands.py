"""`zhegu nightly`: what the server does by itself once a day, and what it would do."""

import argparse
import json


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    nightly = subparsers.add_parser("nightly", help="the night's work: what lapses, and destroying what has had its time")
    nightly.add_argument("--dry-run", action="store_true", help="say what would be destroyed; nothing is")
    nightly.add_argument("--if-due", action="store_true", help="only where today's was not done yet")
    nightly.set_defaults(handler=nightly_work)


def nightly_work(args: argparse.Namespace) -> int:
    """JSON lines; 1 where a part failed."""
    from zhegu.lib import clock
    from zhegu.upkeep import nights

    if args.dry_run:
        for line in would_go():
            print(json.dumps(line, ensure_ascii=False))
        return 0
    done = nights.tonight(clock.now(), again=not args.if_due)
    print(json.dumps(done or {"destroyed": {}, "did": {}, "trouble": []}, ensure_ascii=False))
    return 1 if done and done["trouble"] else 0


def would_go() -> list[dict]:
    """Every thing of every community with the rows that have had their time, and those that are held."""
    from zhegu.lib import clock
    from zhegu.lib.scope import Scope
    from zhegu.upkeep import queries
    from zhegu.upkeep.actions import EVERYWHERE

    scope = Scope.everything("a dry run looks at every community")
    found = []
    for community in [*queries.communities(scope), None]:
        for one in queries.expired(scope, community, clock.now()):
            rows = one.rows.count()
            found.append(
                {
                    "community": community.code if community else EVERYWHERE, "kept": one.kept.name,
                    "days": one.days, "before": one.before.isoformat(), "rows": rows,
                    "held": one.all_rows.count() - rows,
                }
            )
    return found
