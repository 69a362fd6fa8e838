"""The command line: `zhegu <room> <verb>`. Each app's `commands.py` offers its own."""

import argparse
import sys
from importlib import import_module
from importlib.util import find_spec

ROOMS = [
    "journal", "places", "accounts", "registers", "care", "outbreaks", "cards", "rosters", "stock", "visits", "monitoring",
    "checkpoints", "sampling", "arrivals", "orders", "deliveries", "reports", "upward", "upkeep", "residents", "sync", "office", "config",
]


def parser() -> argparse.ArgumentParser:
    """The whole command line, gathered from the apps."""
    top = argparse.ArgumentParser(prog="zhegu")
    rooms = top.add_subparsers(required=True, metavar="ROOM")
    for room in ROOMS:
        if find_spec(f"zhegu.{room}") and find_spec(f"zhegu.{room}.commands"):
            import_module(f"zhegu.{room}.commands").add_commands(rooms)
    return top


def main(argv: list[str] | None = None) -> int:
    """Runs one command; 2 for a command that does not exist or bad arguments, 78 for unsafe data.

    Commands marked `bare` work without a database and start fast.
    """
    from zhegu.config import start

    args = parser().parse_args(argv)
    try:
        if not getattr(args, "bare", False):
            start.begin()
            start.ready()
        return int(args.handler(args) or 0)
    except start.UnsafeStart as refused:
        print(refused.words(), file=sys.stderr)
        return start.REFUSED


if __name__ == "__main__":
    sys.exit(main())
