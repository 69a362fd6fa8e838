"""`zhegu cards …`: what this app offers on the command line.

`verify` needs no database and imports no Django, so it starts fast and runs anywhere.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from typing import IO, Any

from zhegu.cards.rules.trust import TrustList
from zhegu.cards.rules.verify import Verdict, verify

# A text of 4,296 characters, each escaped as two \uXXXX, needs 52 kB; longer lines cannot hold a card.
LONGEST_LINE = 1 << 18


def add_commands(subparsers: Any) -> None:
    """Adds `cards` and its verbs to the command line."""
    verbs = subparsers.add_parser("cards", help="cards: verify, keys, root").add_subparsers(required=True)
    add_verify(verbs)
    add_trust_list(verbs)
    add_keys(verbs)
    add_root(verbs)


def add_verify(verbs: Any) -> None:
    parser = verbs.add_parser(
        "verify", help='genuine or not: JSON lines {"text": …} in, one JSON line out for each'
    )
    parser.add_argument("--trust-list", required=True, metavar="FILE", help="plain trust list (JSON)")
    parser.set_defaults(handler=run_verify, bare=True)


def run_verify(args: argparse.Namespace) -> int:
    """Answers every line of standard input with exactly one line; 2 if the trust list is unreadable."""
    try:
        trust = read_trust_list(args.trust_list)
    except (OSError, ValueError, RecursionError) as problem:
        print(f"zhegu cards verify: {args.trust_list}: {problem}", file=sys.stderr)
        return 2
    try:
        for text in texts(sys.stdin.buffer):
            answer(verify(text, trust), sys.stdout)
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away; nothing is left to tell
    return 0


def read_trust_list(path: str) -> TrustList:
    """The plain form from a file; without `now`, the present."""
    with open(path, "rb") as file:
        plain = json.loads(file.read())
    if isinstance(plain, dict) and plain.get("now") is None:
        plain["now"] = int(time.time())
    return TrustList.from_plain(plain)


def texts(lines: IO[bytes]) -> Iterator[Any]:
    """The `text` of each line, whatever the line is: None where there is none to be had."""
    while line := lines.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield text_of(line)
            continue
        while line and not line.endswith(b"\n"):
            line = lines.readline(LONGEST_LINE)
        yield None


def text_of(line: bytes) -> Any:
    try:
        read = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return read.get("text") if isinstance(read, dict) else None


def answer(verdict: Verdict, out: IO[str]) -> None:
    out.write(json.dumps(verdict.plain()) + "\n")
    out.flush()


def add_trust_list(verbs: Any) -> None:
    parser = verbs.add_parser("trust-list", help="the plain trust list of this house, for audits")
    parser.set_defaults(handler=print_trust_list)


def print_trust_list(args: argparse.Namespace) -> int:
    """Keys and hashes of withdrawn cards as JSON on standard output."""
    from zhegu.cards import queries
    from zhegu.lib import clock
    from zhegu.lib.scope import Scope

    print(json.dumps(queries.audit_list(Scope.everything("prints the trust list"), clock.now()), indent=1))
    return 0


def add_keys(verbs: Any) -> None:
    parser = verbs.add_parser("keys", help="prepare the signing keys of a community for the months ahead")
    parser.add_argument("--community", required=True, metavar="CODE")
    parser.add_argument("--kinds", type=int, nargs="+", choices=(1, 2, 3), default=[1])
    parser.set_defaults(handler=make_keys)


def make_keys(args: argparse.Namespace) -> int:
    """One line with the kids that were made; 1 where the root is in the safe."""
    from zhegu.cards import actions
    from zhegu.lib.scope import NotFound, Scope
    from zhegu.places import queries as places

    try:
        community = places.community(Scope.everything("prepares keys for a community"), args.community)
    except NotFound:
        print(f"zhegu cards keys: no community {args.community}", file=sys.stderr)
        return 1
    return told(actions.make_keys(community=community, kinds=args.kinds, **by_command()))


def add_root(verbs: Any) -> None:
    what = verbs.add_parser("root", help="the root key: set-up, sheet, put-away, restore")
    steps = what.add_subparsers(required=True)
    steps.add_parser("set-up", help="make the root key").set_defaults(handler=set_up_root)
    sheet = steps.add_parser("sheet", help="its recovery sheet as PDF")
    sheet.add_argument(
        "--out", required=True, metavar="FILE", help="with --shares: FILE-1.pdf, FILE-2.pdf, FILE-3.pdf"
    )
    sheet.add_argument("--shares", action="store_true", help="three shares, any two of which restore it")
    sheet.set_defaults(handler=print_sheet)
    steps.add_parser("put-away", help="delete it here; only the sheet has it").set_defaults(
        handler=put_root_away
    )
    restore = steps.add_parser(
        "restore", help="read a sheet, or two shares with an empty line between, from standard input"
    )
    restore.set_defaults(handler=restore_root)


def by_command() -> dict[str, Any]:
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Actor

    return {"by": Actor.system("command line"), "at": clock.now(), "ref": new_id()}


def told(answer: Any) -> int:
    """The answer in words or as JSON; 1 for a refusal."""
    from zhegu.lib.texts import has_text, text

    if answer.accepted:
        print(json.dumps(answer.facts))
        return 0
    words = text(answer.reason, "en") if has_text(answer.reason) else answer.reason
    line = f" (line {answer.facts['line']})" if answer.facts.get("line") else ""
    print(words + line, file=sys.stderr)
    return 1


def set_up_root(args: argparse.Namespace) -> int:
    from zhegu.cards import actions

    return told(actions.set_up_root(**by_command()))


def put_root_away(args: argparse.Namespace) -> int:
    from zhegu.cards import actions

    return told(actions.put_root_away(**by_command()))


def restore_root(args: argparse.Namespace) -> int:
    """Sheets are divided by empty lines; a mistyped line is named."""
    from zhegu.cards import actions

    sheets = [part for part in sys.stdin.read().split("\n\n") if part.strip()]
    return told(actions.restore_root(sheets=sheets or [""], **by_command()))


def print_sheet(args: argparse.Namespace) -> int:
    """Writes the sheet (0600); 1 where the root is not here."""
    import secrets

    from zhegu.cards import actions, queries
    from zhegu.cards.outside.sheets import share_pdfs
    from zhegu.lib.paper import Imprint
    from zhegu.lib.scope import NotFound, Scope

    scope, act = Scope.everything("prints the root's recovery sheet"), by_command()
    try:
        written = queries.recovery_sheets(scope, secrets.token_bytes(32) if args.shares else b"")
    except NotFound:
        return told(actions.note_root_printed(**act))
    root = queries.root(scope)
    pages = share_pdfs(written, root.fingerprint if root else "", Imprint("Zhegu", "zhegu", act["at"]))
    for number, page in enumerate(pages, 1):
        name = f"{args.out}-{number}.pdf" if args.shares else args.out
        with open(name, "wb", opener=closed_to_others) as file:
            file.write(page)
    return told(actions.note_root_printed(**act))


def closed_to_others(path: str, flags: int) -> int:
    import os

    return os.open(path, flags, 0o600)
