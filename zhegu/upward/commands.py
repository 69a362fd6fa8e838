"""`zhegu upward key|to|push|status|state|admit|revoke`: figures to the level above, and from those below."""

import argparse
import json
from typing import Any

from zhegu.lib import terminal


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    upward = subparsers.add_parser("upward", help="figures to the level above, and from those below")
    verbs = upward.add_subparsers(required=True)
    verbs.add_parser("key", help="this installation's public key, for the level above").set_defaults(handler=show_key)
    to = verbs.add_parser("to", help="where figures go: an https address, or - for nowhere")
    to.add_argument("address")
    to.set_defaults(handler=set_way)
    verbs.add_parser("status", help="what was stated, taken, what waits").set_defaults(handler=show_status)
    verbs.add_parser("push", help="send what waits, now").set_defaults(handler=push_now)
    state = verbs.add_parser("state", help="every community here states a day")
    state.add_argument("--day", metavar="YYYY-MM-DD", help="today, if not given")
    state.set_defaults(handler=state_day)
    admit = verbs.add_parser("admit", help="let the holder of a key state figures of a place")
    admit.add_argument("place", help="code of a community, town or county")
    admit.add_argument("key", help="what `zhegu upward key` says there")
    admit.add_argument("--name", required=True)
    admit.set_defaults(handler=admit_sender)
    revoke = verbs.add_parser("revoke", help="take nothing more from a sender")
    revoke.add_argument("sender", help="its 16 characters")
    revoke.set_defaults(handler=revoke_sender)


def show_key(args: argparse.Namespace) -> int:
    """The key and the name it gives, one JSON line."""
    from zhegu.upward.outside.keys import name_of, public_key

    key = public_key()
    print(json.dumps({"key": key, "sender": name_of(key)}))
    return 0


def set_way(args: argparse.Namespace) -> int:
    """Figures go there from now on."""
    from zhegu.places import queries as places
    from zhegu.upward import actions

    first = places.communities(terminal.scope()).first()
    address = "" if args.address == "-" else args.address
    return terminal.said(actions.set_way(place=first.code if first else "", address=address, **terminal.acts()))


def _told(way: Any) -> dict[str, Any]:
    return {
        "address": way.address, "stated": way.given, "taken": way.taken, "problem": way.problem,
        "tried": way.tried and way.tried.isoformat(), "reached": way.reached and way.reached.isoformat(),
    }  # fmt: skip


def show_status(args: argparse.Namespace) -> int:
    """One JSON object: the way up, and the senders with the last number taken from each."""
    from zhegu.upward import queries

    senders = [
        {"sender": one.pk, "place": one.place, "name": one.name, "last": one.last, "revoked": bool(one.revoked)}
        for one in queries.senders(terminal.scope())
    ]
    print(json.dumps({**_told(queries.way(terminal.scope())), "senders": senders}, ensure_ascii=False))
    return 0


def push_now(args: argparse.Namespace) -> int:
    """What waits is sent; 1 where something still waits."""
    from zhegu.lib import clock
    from zhegu.upward.sending import push

    way = push(clock.now())
    print(json.dumps(_told(way)))
    return 1 if way.problem else 0


def state_day(args: argparse.Namespace) -> int:
    """How many statements are new, one JSON line; 2 for what is no day."""
    from datetime import date

    from zhegu.lib import clock
    from zhegu.upward.sending import state_all

    now = clock.now()
    try:
        day = date.fromisoformat(args.day) if args.day else clock.local_day(now)
    except ValueError:
        print(json.dumps({"status": "refused", "reason": "upward.bad_day"}))
        return 2
    print(json.dumps({"day": day.isoformat(), "stated": state_all(now, day)}))
    return 0


def admit_sender(args: argparse.Namespace) -> int:
    """Its parcels are taken from now on."""
    from zhegu.upward import actions

    return terminal.said(actions.admit(place=args.place, name=args.name, key=args.key, **terminal.acts()))


def revoke_sender(args: argparse.Namespace) -> int:
    """Its parcels are refused from now on."""
    from zhegu.lib.scope import NotFound
    from zhegu.upward import actions, queries

    try:
        sender = queries.sender(terminal.scope(), args.sender)
    except NotFound:
        print(json.dumps({"status": "refused", "reason": "upward.sender_unknown"}))
        return 1
    return terminal.said(actions.revoke(sender=sender, **terminal.acts()))
