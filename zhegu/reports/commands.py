"""`zhegu reports form|text|history`: the same files and words as the office pages give."""

import argparse
import sys
from pathlib import Path


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    reports = subparsers.add_parser("reports", help="forms, chat text and time-line of a round")
    verbs = reports.add_subparsers(required=True)
    form = verbs.add_parser("form", help="a filled form as xlsx, pdf or csv, by the name of the file")
    form.add_argument("form", help="F1, F2, F3")
    form.add_argument("--reveal", metavar="REASON", default="", help="show sensitive columns in full, and why")
    form.set_defaults(handler=write_form)
    words = verbs.add_parser("text", help="the text for the chat group")
    words.set_defaults(handler=print_text)
    history = verbs.add_parser("history", help="the round's time-line as xlsx, pdf or html")
    history.set_defaults(handler=write_history)
    for verb in (form, words, history):
        verb.add_argument("--round", type=int, required=True, metavar="N", help="the round's number")
        verb.add_argument("--community", required=True, metavar="CODE")
        verb.add_argument("--lang", choices=("zh", "bo", "en"), default="zh")
    for verb in (form, history):
        verb.add_argument("--out", type=Path, required=True, metavar="FILE")


def _asked(args: argparse.Namespace):
    """Scope, community, round and imprint of a command; the clock is read here, at the door."""
    from zhegu.lib import clock
    from zhegu.lib.paper import Imprint
    from zhegu.lib.scope import Scope
    from zhegu.lib.tables import say
    from zhegu.places import queries as places
    from zhegu.reports import queries
    from zhegu.reports.rules.telling import place_words

    scope = Scope.everything("a report asked for on the command line")
    now = clock.now()
    community = places.community(scope, args.community)
    one = queries.round_no(scope, community, args.round)
    both = {"zh": ("zh", "bo"), "bo": ("bo", "zh"), "en": ("en",)}[args.lang]
    office = say(place_words(community, args.lang), args.lang)
    return scope, community, one, Imprint(office, "zhegu", now, both)


def _failing_in_words(act):
    """Runs a command and turns what is not there or refused into a sentence; exit code 1."""
    from functools import wraps

    @wraps(act)
    def told(args: argparse.Namespace) -> int:
        from zhegu.lib.answers import RefusedError
        from zhegu.lib.paper import FontMissing
        from zhegu.lib.scope import NotFound
        from zhegu.lib.texts import has_text, text

        try:
            return act(args)
        except NotFound as missing:
            print(text("reports.not_found", args.lang, what=str(missing)), file=sys.stderr)
        except RefusedError as refused:
            reason = refused.refused.reason
            print(text(reason, args.lang) if has_text(reason) else reason, file=sys.stderr)
        except FontMissing as font:
            print(
                text("paper.font_missing", args.lang, family=font.family, package=font.package), file=sys.stderr
            )
        return 1

    return told


def _keep(out: Path, made) -> int:
    from zhegu.pages.doors import accepted

    accepted(made.answer)
    out.write_bytes(made.content)
    return 0


@_failing_in_words
def write_form(args: argparse.Namespace) -> int:
    """Writes the form to --out in the format its name ends with, and puts it on record."""
    from zhegu.lib.ids import new_id
    from zhegu.reports import actions, queries
    from zhegu.reports.outside.catalogue import form

    scope, community, one, imprint = _asked(args)
    kind = args.out.suffix.lstrip(".").lower()
    wanted = actions.Wanted(form(args.form), queries.About(round=one), kind, bool(args.reveal), args.reveal)
    made = actions.make_form(scope, community, wanted, imprint=imprint, as_of=imprint.at, ref=new_id())
    return _keep(args.out, made)


@_failing_in_words
def print_text(args: argparse.Namespace) -> int:
    """Prints the text for the chat group, or why it may not go out."""
    from zhegu.reports import queries

    scope, community, one, imprint = _asked(args)
    print(queries.chat_text(scope, community, one, as_of=imprint.at, lang=args.lang))
    return 0


@_failing_in_words
def write_history(args: argparse.Namespace) -> int:
    """Writes the time-line to --out in the format its name ends with, and puts it on record."""
    from zhegu.lib.ids import new_id
    from zhegu.reports import actions

    scope, community, one, imprint = _asked(args)
    kind = args.out.suffix.lstrip(".").lower()
    made = actions.make_history(scope, community, one, kind, imprint=imprint, ref=new_id())
    return _keep(args.out, made)
