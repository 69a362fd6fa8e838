"""What a person is shown before an import is confirmed: plain values, every number masked. Pure."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any

from zhegu.lib.sheets.cells import Sheet, is_blank
from zhegu.registers.rules.book import Correction, Said
from zhegu.registers.rules.characters import as_text, even
from zhegu.registers.rules.doubts import doubts
from zhegu.registers.rules.figures import figures, plan_counts
from zhegu.registers.rules.grids import read_grid
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.matching import Candidate, ImportPlan, Known
from zhegu.registers.rules.names import names_agree
from zhegu.registers.rules.reading import Reading, SheetRead, Spot

SAMPLES, MOST_LISTED, MOST_ASKED = 3, 300, 100
SECRET = (Role.ID, Role.PHONE, Role.MEMBERS)
_NUMBER = re.compile(r"[A-Za-z]?\d[\d\s\-]{3,}[\dXx]")
_LONG_NUMBER = re.compile(r"\d{8,}[\dXx]|\d{3,4}-\d{7}|\d{3}[\s-]\d{4}[\s-]\d{4}")


def shown(value: Any, secret: bool = False) -> str:
    """A cell's value on a screen: long numbers keep their first three and last four, dates stay.

    `secret`: the cell holds an id number or a phone, and shorter numbers are masked too.
    """
    form = _NUMBER if secret else _LONG_NUMBER
    return form.sub(lambda hit: _masked(hit[0]), even(as_text(value)[:80]))


def _masked(number: str) -> str:
    bare = re.sub(r"[\s\-]", "", number)
    return f"{bare[:3]}{'*' * (len(bare) - 7)}{bare[-4:]}" if len(bare) > 7 else "*" * len(bare)


def letter(column: int) -> str:
    """A column as Excel names it: 0 → A, 27 → AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def key_of(spot: Spot, name: str) -> str:
    """A short name for one person read, the same at every reading of the same files."""
    said = f"{spot.workbook}\0{spot.sheet}\0{spot.row}\0{name}"
    return sha256(said.encode()).hexdigest()[:16]


def findings(
    books: Sequence[Sequence[Sheet]], readings: Sequence[Reading], plan: ImportPlan, new_grids: Sequence[str]
) -> dict[str, Any]:
    """Everything the pages of one import show, fit to be kept as JSON."""
    found = figures(readings, plan_counts(plan))
    return {
        "figures": {name: value for name, value in found.items() if not isinstance(value, list)},
        "sheets": [
            _sheet(number, sheet, cells)
            for number, (reading, book) in enumerate(zip(readings, books, strict=True))
            for sheet, cells in ((s, _named(book, s.name)) for s in reading.sheets)
        ],
        "problems": [_problem(spot) for reading in readings for spot in (*reading.rejected, *reading.warnings)],
        "twice": [one | {"book": n} for n, reading in enumerate(readings) for one in _twice(reading)],
        "doubts": [_doubt(one.candidate, one.known) for one in islice(doubts(plan), MOST_ASKED)],
        "changed": [_change(c) for c in plan.changed[:MOST_LISTED]],
        "missing": [_known(k) for k in plan.missing[:MOST_LISTED]],
        "new_grids": list(new_grids),
    }


def _named(book: Sequence[Sheet], name: str) -> Sheet:
    return next(sheet for sheet in book if sheet.name == name)


def _sheet(book: int, sheet: SheetRead, cells: Sheet) -> dict[str, Any]:
    return {
        "book": book, "workbook": cells.workbook, "name": sheet.name, "used": sheet.used, "why": sheet.why,
        "header_row": sheet.header_row, "residence": sheet.residence, "listing": sheet.listing,
        "grid": sheet.grid.key if sheet.grid else "", "people": sheet.people,
        "columns": [
            {
                "index": c.index, "letter": letter(c.index), "word": " › ".join(c.words) or c.word, "role": str(c.role),
                "samples": _samples(cells, sheet.header_row, c.index, c.role in SECRET),
            }
            for c in sheet.columns
            if c.word or c.role is not Role.UNKNOWN
        ],
    }  # fmt: skip


def _samples(cells: Sheet, first: int, column: int, secret: bool) -> list[str]:
    values = (cells.raw(row, column) for row in range(first, min(first + 60, len(cells.cells))))
    return [shown(value, secret) for value in values if not is_blank(value)][:SAMPLES]


def _problem(spot: Spot) -> dict[str, Any]:
    return {
        "workbook": spot.workbook, "sheet": spot.sheet, "row": spot.row, "column": " ".join(spot.column.split()),
        "reason": spot.reason, "value": shown(spot.value, not spot.reason.startswith("birth")),
    }  # fmt: skip


def _twice(reading: Reading) -> list[dict[str, Any]]:
    """Rows that share a number: the first one counts, unless they are said to be two people."""
    found = []
    for number, spots in reading.shared.items():
        names = reading.shared_names[number]
        found.append({
            "number": _masked(number), "workbook": reading.workbook,
            "agree": all(names_agree(names[0], name) for name in names[1:]),
            "rows": [
                {"sheet": s.sheet, "row": s.row, "name": name, "key": f"{s.sheet}!{s.row}", "first": i == 0}
                for i, (s, name) in enumerate(zip(spots, names, strict=True))
            ],
        })  # fmt: skip
    return found


def _doubt(candidate: Candidate, known: Sequence[Known]) -> dict[str, Any]:
    read = candidate.read
    return {
        "key": key_of(read.spot, read.name), "name": read.name, "year": read.birth_year, "sheet": read.spot.sheet,
        "row": read.spot.row, "grid": candidate.grid, "known": [_known(k) for k in known],
    }  # fmt: skip


def _known(known: Known) -> dict[str, Any]:
    return {
        "id": str(known.id), "name": known.name, "year": known.birth.year if known.birth else None, "grid": known.grid,
    }  # fmt: skip


def _change(candidate: Candidate) -> dict[str, Any]:
    known = candidate.known
    was = known.name if known and "name" in candidate.changes else ""
    return {
        "id": str(known.id) if known else "", "name": candidate.read.name, "was": was, "grid": candidate.grid,
        "fields": sorted(candidate.changes), "row": candidate.read.spot.row, "sheet": candidate.read.spot.sheet,
    }  # fmt: skip


def said_of(said: Mapping[str, Any], book: int) -> Said:
    """What a person decided about the workbook of this number, from the draft's plain JSON."""
    sheets = {}
    for key, one in said.get("sheets", {}).items():
        number, _, name = key.partition("|")
        if number == str(book):
            sheets[name] = Correction(
                skip=bool(one.get("skip")), use=bool(one.get("use")), roles={int(i): Role(role) for i, role in one.get("roles", {}).items()},
                residence=one.get("residence", ""), grid=read_grid(one.get("grid", "")),
            )  # fmt: skip
    apart = set()
    for key in said.get("apart", ()):
        number, _, place = key.partition("|")
        sheet, _, row = place.rpartition("!")
        if number == str(book) and row.isdigit():
            apart.add((sheet, int(row)))
    return Said(sheets, frozenset(apart))


def told(said: Mapping[str, Any], readings: Sequence[Reading], ids: Mapping[str, Any]) -> dict[int, Any]:
    """id() of a person read → the known id (a value of `ids`) they were said to be."""
    same = said.get("same", {})
    found: dict[int, Any] = {}
    if not same:
        return found
    for person in (p for reading in readings for p in reading.people):
        key = key_of(person.spot, person.name)
        if key in same and same[key] in ids:
            found[id(person)] = ids[same[key]]
    return found
