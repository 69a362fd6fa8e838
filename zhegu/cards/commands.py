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
