"""`zhegu demo` and `zhegu init`: how a system gets its first community."""

import argparse
import json
import os
import sys
from typing import Any


def add_commands(subparsers: Any) -> None:
    """Adds `demo` and `init` to the command line."""
    demo = subparsers.add_parser("demo", help="an invented community to try everything on (empty data only)")
    demo.add_argument("--json", action="store_true", help="figures as one JSON object")
    demo.add_argument("--day", action="store_true", help="with a sampling day half done, to look at")
    demo.add_argument("--beside-other", action="store_true", help="say nothing where other data stands; leave it")
    demo.set_defaults(handler=make_demo)
    init = subparsers.add_parser("init", help="the first community and its office (empty data only)")
    init.add_argument("--community", metavar="CODE", help="12 digits, or X and 11 characters where there is none")
    init.add_argument("--name", help="the community's name in Chinese")
    init.add_argument("--name-bo", default="", help="and in Tibetan")
    init.add_argument("--grids", type=int, default=0, help="how many grids (a roster's import makes them too)")
    init.add_argument("--staff", metavar="NAME", help="who runs the office")
    init.add_argument("--username", default="office", help="their log-in name")
    init.add_argument("--lang", choices=["zh", "bo", "en"], default=os.environ.get("ZHEGU_LANG", "zh"))
    init.set_defaults(handler=make_first_community)


def make_demo(args: argparse.Namespace) -> int:
    """The demo community stands, made now or before; 1 where the data holds something else."""
    from django.db import transaction

    from demo import errands, goods, settle, under_way
    from zhegu.lib import clock
    from zhegu.lib.texts import text

    stands = settle.stands()
    if stands == "other" and args.beside_other:
        return 0
    if stands == "other":
        print(text("setup.demo_refused"), file=sys.stderr)
        return 1
    if stands == "nothing":
        at = clock.now()
        with transaction.atomic():
            settle.settle(at)
            under_way.begin(at)
            goods.begin(at)
            errands.begin(at)
    if args.day:
        from demo import day

        day.live(clock.now())
    if args.json:
        print(json.dumps(settle.figures(), ensure_ascii=False))
        return 0
    print(text("setup.demo_stands", **settle.figures()))
    print(text("setup.demo_log_ins", password=settle.PASSWORD))
    for username, role in settle.log_ins():
        print(f"  {username:<10}{text(f'accounts.role_{role}')}")
    return 0


def _asked(given: str | None, key: str, lang: str) -> str:
    """What was given on the command line, else what is typed; '' where nobody can be asked."""
    from zhegu.lib.texts import text

    if given or not sys.stdin.isatty():
        return given or ""
    return input(text(key, lang) + " ").strip()


def make_first_community(args: argparse.Namespace) -> int:
    """Community, grids and the office's first log-in stand; its password is shown this once."""
    from zhegu.lib import clock
    from zhegu.lib.answers import RefusedError
    from zhegu.lib.passwords import made_password
    from zhegu.lib.texts import has_text, text
    from zhegu.office import first_hour

    if first_hour.is_begun():
        print(text("setup.init_refused", args.lang), file=sys.stderr)
        return 1
    code = _asked(args.community, "setup.ask_code", args.lang)
    name = _asked(args.name, "setup.ask_name", args.lang)
    person = _asked(args.staff, "setup.ask_staff", args.lang)
    if not (code and name and person):
        print(text("setup.init_needs", args.lang), file=sys.stderr)
        return 2
    password = made_password()
    try:
        first_hour.begin(
            first_hour.Beginning(code, name, args.name_bo, args.grids, args.username, person), password, clock.now()
        )
    except RefusedError as refused:
        reason = refused.refused.reason
        print(text(reason, args.lang) if has_text(reason) else reason, file=sys.stderr)
        return 1
    print(text("setup.init_done", args.lang, name=name, username=args.username, password=password))
    print(text("setup.init_next", args.lang))
    return 0
