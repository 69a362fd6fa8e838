"""Reads a workbook's sheets as plain cells: strings, merged boxes, hidden columns, number formats."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zhegu.reports.outside.xlsx.package import Broken, Package, local_name, tree
from zhegu.reports.outside.xlsx.scanning import CellSpan, Scanned, scan
from zhegu.reports.rules.blanks.sheet import Blank, Box, Cell, Spot, box_of

RELATION_ID = re.compile(r"\}id$")
BUILT_IN_DATES = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
BUILT_IN_PERCENTS = {9, 10}
MERGES = 20_000


@dataclass(frozen=True)
class Part:
    """One sheet: its cells as people see them, its bytes' places, and the part's name in the zip."""

    blank: Blank
    path: str
    scanned: Scanned
    formats: tuple[str, ...]
    column_styles: dict[int, int]

    def shows(self, style: int) -> str:
        """What a cell of this style shows: `percent`, `date`, `text` or `` for plain."""
        return self.formats[style] if 0 <= style < len(self.formats) else ""


def workbook_part(package: Package) -> str:
    """The name of the part that lists the sheets."""
    for kind, path in package.related("").values():
        if kind.endswith("/officeDocument") and path in package.names:
            return path
    raise Broken("reports.blank_broken", {})


def read_sheets(package: Package) -> list[Part]:
    """All sheets of tables in their order, hidden ones too; raises Broken."""
    book = workbook_part(package)
    related = package.related(book)
    strings = _strings(package, related)
    formats = _formats(package, related)
    root = tree(package.read(book))
    prints = _print_ends(root)
    found = []
    sheets = [one for one in root.iter() if local_name(one) == "sheet"]
    for index, sheet in enumerate(sheets):
        relation = next((value for key, value in sheet.attrib.items() if RELATION_ID.search(key)), "")
        kind, path = related.get(relation, ("", ""))
        if not kind.endswith("/worksheet"):
            continue
        scanned = scan(package.read(path))
        hidden = sheet.get("state", "visible") != "visible"
        blank = _blank(sheet.get("name", ""), scanned, strings, hidden, prints.get(index, 0))
        found.append(Part(blank, path, scanned, formats, _column_styles(scanned)))
    return found


def _strings(package: Package, related: dict[str, tuple[str, str]]) -> list[str]:
    path = next((path for kind, path in related.values() if kind.endswith("/sharedStrings")), "")
    if path not in package.names:
        return []
    return [_said(item) for item in tree(package.read(path)) if local_name(item) == "si"]


def _said(item: object) -> str:
    """The text of a shared string: all its runs, without the reading aids above them."""
    words = []
    for part in item.iter():  # type: ignore[attr-defined]
        if local_name(part) == "t" and local_name(part.getparent()) != "rPh":
            words.append(part.text or "")
    return "".join(words)


def _formats(package: Package, related: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """What each cell style shows."""
    path = next((path for kind, path in related.values() if kind.endswith("/styles")), "")
    if path not in package.names:
        return ()
    root = tree(package.read(path))
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter() if local_name(one) == "numFmt"}
    styles = next((one for one in root if local_name(one) == "cellXfs"), ())
    return tuple(_shows(style.get("numFmtId", "0"), own) for style in styles if local_name(style) == "xf")


def _shows(number: str, own: dict[str | None, str]) -> str:
    code = own.get(number)
    if code is None:
        known = int(number) if number.isdigit() else 0
        if known in BUILT_IN_DATES:
            return "date"
        return "percent" if known in BUILT_IN_PERCENTS else "text" if known == 49 else ""
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).lower()
    if "%" in plain:
        return "percent"
    if re.search(r"[ymdhs]", plain) and "general" not in plain:
        return "date"
    return "text" if plain.strip() == "@" else ""


def _print_ends(root: object) -> dict[int, int]:
    """The last row of each sheet's print area, by the sheet's place."""
    found = {}
    for name in root.iter():  # type: ignore[attr-defined]
        if local_name(name) == "definedName" and name.get("name") == "_xlnm.Print_Area":
            rows = re.findall(r"\$(\d+)", (name.text or "").rpartition(":")[2])
            if rows and name.get("localSheetId", "").isdigit():
                found[int(name.get("localSheetId"))] = int(rows[-1])
    return found


def _blank(name: str, scanned: Scanned, strings: list[str], hidden: bool, prints_to: int) -> Blank:
    cells: dict[Spot, Cell] = {}
    hidden_rows = set()
    for row in scanned.rows:
        if row.attributes.get("hidden") in ("1", "true"):
            hidden_rows.add(row.no)
        for span in row.cells:
            cells[span.row, span.column] = _cell(span, strings)
    merges = _merges(scanned.around)
    columns = frozenset(
        column
        for kind, said in scanned.around
        if kind == "col" and said.get("hidden") in ("1", "true")
        for column in _columns(said)
    )
    ends = max([prints_to if prints_to < 2000 else 0, *_reaches(scanned.around)], default=0)
    return Blank(name, cells, merges, columns, frozenset(hidden_rows), hidden, ends)


def _merges(around: Iterable[tuple[str, dict[str, str]]]) -> tuple[Box, ...]:
    found = []
    for kind, said in around:
        if kind != "mergeCell":
            continue
        try:
            found.append(box_of(said.get("ref", "")))
        except ValueError as bad:
            raise Broken("reports.blank_broken", {}) from bad
        if len(found) > MERGES:
            raise Broken("reports.blank_broken", {})
    return tuple(found)


def _columns(said: dict[str, str]) -> range:
    first, last = said.get("min", "0"), said.get("max", "0")
    if not (first.isdigit() and last.isdigit()):
        return range(0)
    return range(int(first), min(int(last), int(first) + 500) + 1)


def _column_styles(scanned: Scanned) -> dict[int, int]:
    found = {}
    for kind, said in scanned.around:
        if kind == "col" and said.get("style", "").isdigit():
            found |= {column: int(said["style"]) for column in _columns(said)}
    return found


def _reaches(around: Iterable[tuple[str, dict[str, str]]]) -> list[int]:
    """Last rows of validations and conditional formats that stop within a page or some."""
    found = []
    for kind, said in around:
        if kind in ("dataValidation", "conditionalFormatting", "autoFilter"):
            for name in (said.get("sqref") or said.get("ref") or "").split():
                try:
                    box = box_of(name)
                except ValueError:
                    continue
                if box.bottom < 2000:
                    found.append(box.bottom)
    return found


def _cell(span: CellSpan, strings: list[str]) -> Cell:
    kind = span.attributes.get("t", "n")
    style = int(span.attributes["s"]) if span.attributes.get("s", "").isdigit() else 0
    text = span.value
    if kind == "s":
        text = strings[int(span.value)] if span.value.isdigit() and int(span.value) < len(strings) else ""
    elif kind == "inlineStr":
        text = span.inline
    formula = (span.formula or "=") if span.has_formula else ""
    return Cell(text, formula, kind == "n" and bool(text.strip()), style)
