"""`zhegu people import`: a community's own workbooks into the register, or a dry run that writes nothing."""

import argparse
import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhegu.registers.rules.reading import Reading

REFUSED = 2


def add_commands(subparsers: "argparse._SubParsersAction") -> None:
    people = subparsers.add_parser("people", help="the register")
    verbs = people.add_subparsers(required=True)
    load = verbs.add_parser("import", help="read workbooks into the register")
    load.add_argument("workbooks", nargs="+", type=Path, metavar="WORKBOOK")
    load.add_argument("--community", required=True, metavar="CODE", help="12-digit community code")
    load.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    load.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    load.set_defaults(handler=import_workbooks)


def import_workbooks(args: argparse.Namespace) -> int:
    """Prints the figures; 0 when done, 2 when nothing could be read or written (nothing is half done)."""
    from zhegu.lib.place_codes import is_community_code
    from zhegu.lib.sheets.workbook import UnreadableWorkbook
    from zhegu.lib.texts import text

    gc.disable()  # one command, one process: looking for cycles among a million cells costs a fifth of the time
    if not is_community_code(args.community):
        return _refuse(text("places.bad_code"), args)
    try:
        readings = [_read(path) for path in args.workbooks]
    except UnreadableWorkbook as no:
        return _refuse(f"{no.name}: {text(no.reason, **no.values)}", args)
    if not any(reading.rows for reading in readings):
        return _refuse(text("registers.import_no_people"), args)
    return _carry_out(args, readings)


def _carry_out(args: argparse.Namespace, readings: "list[Reading]") -> int:
    from zhegu.lib.scope import Scope
    from zhegu.lib.texts import has_text, text
    from zhegu.registers import queries
    from zhegu.registers.rules.figures import figures, plan_counts

    if args.dry_run:
        scope = Scope.everything("zhegu people import")
        plan = queries.import_plan(scope, args.community, readings)
        counts, made = plan_counts(plan), queries.unknown_grids(scope, args.community, plan)
    else:
        answer = _write(args, readings)
        if not answer.accepted:
            return _refuse(text(answer.reason) if has_text(answer.reason) else answer.reason, args)
        counts, made = answer.facts, [str(no) for no in answer.facts["grids_made"]]
    found = figures(readings, counts) | {"community": args.community, "dry_run": args.dry_run, "grids_made": made}
    print(json.dumps(found, ensure_ascii=False) if args.json else summary(found))
    return 0


def _read(path: Path) -> "Reading":
    from zhegu.lib.sheets.workbook import open_workbook
    from zhegu.registers.rules.book import read_book

    return read_book(open_workbook(path), path.name)


def _write(args: argparse.Namespace, readings: "list[Reading]") -> Any:
    from hashlib import sha256

    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Actor
    from zhegu.registers import actions

    sources = [actions.Source(path.name, sha256(path.read_bytes()).hexdigest()) for path in args.workbooks]
    return actions.import_people(
        by=Actor.system("zhegu people import"), code=args.community, readings=readings, sources=sources,
        at=clock.now(), ref=new_id(),
    )  # fmt: skip


def _refuse(why: str, args: argparse.Namespace) -> int:
    """The reason on stderr; with --json also as an object, so that a caller need not read sentences."""
    print(why, file=sys.stderr)
    if args.json:
        print(json.dumps({"error": why}, ensure_ascii=False))
    return REFUSED


def summary(found: dict[str, Any]) -> str:
    """The figures in words, with each place that needs a look."""
    from zhegu.lib.texts import text

    lines = [text("registers.import_dry_run" if found["dry_run"] else "registers.import_done")]
    counts = ("rows", "people", "households", "new", "changed", "unchanged", "missing", "without_grid")
    lines.append(text("registers.import_figures", **{name: found[name] for name in counts}))
    lines.append("  ".join(f"{_grid(key)} {n}" for key, n in found["by_grid"].items()))
    if found["grids_made"]:
        lines.append(text("registers.import_new_grids", grids="、".join(map(_grid, found["grids_made"]))))
    for spot in [*found["rejected"], *found["warnings"]]:
        lines.append(_place(spot))
    for spots in found["duplicates"]:
        where = "、".join(f"{spot['sheet']}!{spot['row']}" for spot in spots)
        lines.append(text("registers.import_duplicate", where=where))
    return "\n".join(filter(None, lines))


def _grid(key: str) -> str:
    from zhegu.lib.texts import text

    return text("places.grid_no", no=key) if key.isdigit() else key


def _place(spot: dict[str, Any]) -> str:
    from zhegu.lib.texts import text

    book = f"{spot['workbook']} " if "workbook" in spot else ""
    column = " ".join(str(spot["column"]).split())
    return text(
        "registers.import_place", where=f"{book}{spot['sheet']}", row=spot["row"], column=column,
        why=text(f"registers.{spot['reason']}"),
    )  # fmt: skip
