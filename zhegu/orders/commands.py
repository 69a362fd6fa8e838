"""`zhegu orders parse`: a pasted sign-up or a group-buy export as entries, with everything unclear flagged."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhegu.orders.rules.signup import SignUp, Wanted

REFUSED = 2


def add_commands(subparsers: "argparse._SubParsersAction") -> None:
    orders = subparsers.add_parser("orders", help="orders")
    verbs = orders.add_subparsers(required=True)
    parse = verbs.add_parser("parse", help="read a chat sign-up (.txt) or a group-buy export (.xlsx)")
    parse.add_argument("file", type=Path, metavar="FILE")
    parse.add_argument("--community", metavar="CODE", action=_WithRegister, help="match with the households of this community")
    parse.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    parse.set_defaults(handler=parse_file, bare=True)


class _WithRegister(argparse.Action):
    """Matching needs the database; plain reading does not and starts fast."""

    def __call__(self, parser, namespace, values, option_string=None):
        namespace.community, namespace.bare = values, False


def parse_file(args: argparse.Namespace) -> int:
    """Prints what was read and writes nothing; 0 when read, 2 when the file cannot be read."""
    from zhegu.lib.texts import text
    from zhegu.orders.outside.files import read_file
    from zhegu.orders.outside.pasted import Unreadable

    try:
        found = read_file(args.file)
    except Unreadable as no:
        return _refuse(f"{args.file.name}: {text(no.reason, **no.values)}", args)
    if args.community and not _matched(found, args.community):
        return _refuse(text("places.bad_code"), args)
    print(json.dumps(found.shown(), ensure_ascii=False) if args.json else summary(found))
    return 0


def _matched(found: "SignUp", code: str) -> bool:
    """Matches the entries with the register; False where there is no such community."""
    from zhegu.lib.scope import NotFound, Scope
    from zhegu.orders.homes import match_entries
    from zhegu.places import queries as places

    try:
        community = places.community(Scope.everything("zhegu orders parse"), code)
    except NotFound:
        return False
    match_entries(community, found.entries)
    return True


def _refuse(why: str, args: argparse.Namespace) -> int:
    print(why, file=sys.stderr)
    if args.json:
        print(json.dumps({"error": why}, ensure_ascii=False))
    return REFUSED


def summary(found: "SignUp") -> str:
    """The entries in words, those to look at with the reason."""
    from zhegu.lib.texts import text

    lines = [found.title] if found.title else []
    for entry in found.entries:
        wanted = "、".join(f"{line.item or '?'} {figure_words(line)}" for line in entry.lines)
        facts = " ".join(filter(None, (str(entry.no or "-"), entry.grid and text("places.grid_no", no=entry.grid), entry.name, entry.door)))
        why = "、".join(text(f"orders.doubt_{one}") for one in entry.why)
        lines.append(f"{facts}: {text('orders.signup_cancelled') if entry.cancelled else wanted}" + (f"  ※ {why}" if why else ""))
    lines += [text("orders.signup_unread", line=one.line, words=one.text) for one in found.unread]
    flagged = sum(entry.needs_check for entry in found.entries)
    lines.append(text("orders.signup_counts", entries=len(found.entries), flagged=flagged, unread=len(found.unread)))
    return "\n".join(lines)


def figure_words(line: "Wanted") -> str:
    from zhegu.orders.rules.signup import figure

    return f"{'?' if line.quantity is None else figure(line.quantity)}{line.unit or ''}"
