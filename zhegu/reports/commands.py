"""`zhegu reports form|text|history`, `zhegu forms inspect|fill`: the same files as the office pages give."""

import argparse
import json
import sys
from pathlib import Path


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    reports = subparsers.add_parser("reports", help="forms, chat text and time-line of a round")
    verbs = reports.add_subparsers(required=True)
    form = verbs.add_parser("form", help="a filled form as xlsx, pdf or csv, by the name of the file")
    form.add_argument("form", help="F1, F2, F3")
    form.add_argument("--reveal", metavar="REASON", default="", help="show sensitive columns in full, and why")
    form.add_argument("--approved", action="store_true", help="as it was approved, or nothing")
    form.set_defaults(handler=write_form)
    words = verbs.add_parser("text", help="the text for the chat group")
    words.set_defaults(handler=print_text)
    history = verbs.add_parser("history", help="the round's time-line as xlsx, pdf or html")
    history.set_defaults(handler=write_history)
    for verb in (form, words, history):
        verb.add_argument("--round", type=int, required=True, metavar="N", help="the round's number")
        verb.add_argument("--community", required=True, metavar="CODE")
        verb.add_argument("--lang", choices=("zh", "bo", "en"), default="zh")
    add_blanks(subparsers)
    for verb in (form, history):
        verb.add_argument("--out", type=Path, required=True, metavar="FILE")


def add_blanks(subparsers: argparse._SubParsersAction) -> None:
    forms = subparsers.add_parser("forms", help="blank forms of an upper office")
    verbs = forms.add_subparsers(required=True)
    inspect = verbs.add_parser("inspect", help="what a blank form asks for")
    inspect.set_defaults(handler=inspect_blank, bare=True)
    fill = verbs.add_parser("fill", help="a blank form with its blanks filled, everything else as it was")
    fill.add_argument("--community", required=True, metavar="CODE")
    fill.add_argument("--as-of", metavar="ISO", help="the moment all values belong to; now, if not given")
    fill.add_argument("--out", type=Path, required=True, metavar="OUT.xlsx")
    fill.set_defaults(handler=fill_blank)
    for verb in (inspect, fill):
        verb.add_argument("blank", type=Path, metavar="BLANK.xlsx")
        verb.add_argument("--json", action="store_true", help="print one JSON object on stdout")
        verb.add_argument("--lang", choices=("zh", "bo", "en"), default="zh")


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
    wanted = actions.Wanted(form(args.form), queries.About(round=one, approved=args.approved), kind, bool(args.reveal), args.reveal)
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


def _opened(args: argparse.Namespace):
    """The blank of the command, or a sentence and None."""
    from zhegu.lib.texts import text
    from zhegu.reports.outside.blanks import open_blank
    from zhegu.reports.outside.word import is_word, open_word
    from zhegu.reports.outside.xlsx import Broken

    try:
        with args.blank.open("rb") as file:
            content = file.read(MOST_BYTES)
            return open_word(content) if is_word(content) else open_blank(content)
    except OSError:
        reason, values = "reports.blank_missing", {}
    except Broken as broken:
        reason, values = broken.reason, broken.values
    words = f"{args.blank.name}: {text(reason, args.lang, **values)}"
    print(words, file=sys.stderr)
    if args.json:
        print(json.dumps({"error": words, "reason": reason}, ensure_ascii=False))
    return None


def moment(said: str):
    """An ISO moment; without an offset it is meant here, and a day alone is meant to its end. Raises ValueError."""
    from datetime import date, datetime, time

    from zhegu.lib.clock import LOCAL

    if len(said) == 10:
        return datetime.combine(date.fromisoformat(said), time(23, 59, 59), tzinfo=LOCAL)
    at = datetime.fromisoformat(said)
    return at if at.tzinfo else at.replace(tzinfo=LOCAL)


MOST_BYTES = 32 * 2**20


def inspect_blank(args: argparse.Namespace) -> int:
    """Prints what each header is taken for; 2 for a file that is no usable workbook."""
    from zhegu.lib.texts import text
    from zhegu.reports.outside.word import WordForm
    from zhegu.reports.rules.blanks.answers import told

    form = _opened(args)
    if form is None:
        return 2
    if isinstance(form, WordForm):
        return _inspect_word(args, form)
    said = told(form.readings)
    if args.json:
        print(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    for sheet in said["sheets"]:
        print(f"{sheet['name']}  {sheet['orientation']}  {sheet['form']}  {sheet['first_row']}–{sheet['last_row']}")
        for one in sheet["fields"]:
            meaning = one["field"] or text("reports.blank_nothing", args.lang)
            print(f"  {one['cell']:>5}  {one['header']}  →  {meaning}  {one['confidence']:.2f}")
    return 0


def _inspect_word(args: argparse.Namespace, form) -> int:
    """Prints what each placeholder of a Word form is taken for."""
    from zhegu.lib.texts import text
    from zhegu.reports.outside.word import placeholders_of
    from zhegu.reports.rules.blanks.answers import placeholders

    said = placeholders(one for _, one in placeholders_of(form))
    if args.json:
        print(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    for one in said["placeholders"]:
        print(f"  {one['placeholder']}  →  {one['field'] or text('reports.blank_nothing', args.lang)}  {one['confidence']:.2f}")
    return 0


@_failing_in_words
def fill_blank(args: argparse.Namespace) -> int:
    """Writes the filled form to --out and puts it on record; 1 where a ledger does not fit its table."""
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Scope
    from zhegu.lib.texts import text
    from zhegu.pages.doors import accepted
    from zhegu.places import queries as places
    from zhegu.reports import actions, queries
    from zhegu.reports.outside.blanks import understood
    from zhegu.reports.outside.word import WordForm
    from zhegu.reports.rules.blanks.answers import filled

    form = _opened(args)
    if form is None:
        return 2
    now = clock.now()
    try:
        as_of = moment(args.as_of) if args.as_of else now
    except ValueError:
        print(text("reports.bad_moment", args.lang, said=args.as_of), file=sys.stderr)
        return 2
    scope = Scope.everything("a blank filled on the command line")
    community = places.community(scope, args.community)
    if isinstance(form, WordForm):
        word = actions.fill_word(scope, community, form, actions.Filling(args.blank.name), as_of=as_of, at=now, ref=new_id())
        return _tell_word(args, word, as_of)
    form = understood(form, queries.meanings(scope, community))
    done = actions.fill_blank(
        scope, community, form, actions.Filling(args.blank.name), as_of=as_of, at=now, ref=new_id()
    )
    facts = accepted(done.answer)
    args.out.write_bytes(done.content)
    said = filled(done.placed) | {"out": str(args.out), "as_of": as_of.isoformat(), **facts}
    if args.json:
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        print(text("reports.blank_filled", args.lang, cells=said["cells"], blank=len(said["unfilled"])))
    for problem in said["problems"]:
        print(text(f"reports.problem_{problem['problem']}", args.lang, **problem), file=sys.stderr)
    return 0 if done.fits else 1


def _tell_word(args: argparse.Namespace, word, as_of) -> int:
    """Writes the filled Word form and says what stays empty."""
    from zhegu.lib.texts import text
    from zhegu.pages.doors import accepted
    from zhegu.reports.rules.blanks.answers import placeholders

    facts = accepted(word.answer)
    args.out.write_bytes(word.content)
    said = {"cells": len(word.made.filled), "unfilled": placeholders(word.made.unfilled)["placeholders"], "problems": []}
    if args.json:
        print(json.dumps(said | {"out": str(args.out), "as_of": as_of.isoformat(), **facts}, ensure_ascii=False, indent=1))
    else:
        print(text("reports.blank_filled", args.lang, cells=said["cells"], blank=len(said["unfilled"])))
    return 0
