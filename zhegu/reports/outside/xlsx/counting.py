"""Results of a filled workbook's formulas, so that a phone that only shows a file shows right numbers."""

from collections.abc import Iterable, Mapping, Sequence

from zhegu.reports.outside.xlsx.reading import Part
from zhegu.reports.rules.blanks.formulas import Book, Unknown, Value, moved
from zhegu.reports.rules.blanks.placing import Write
from zhegu.reports.rules.blanks.sheet import Spot


def results(parts: Sequence[Part], filled: Mapping[str, Iterable[Write]]) -> tuple[dict[str, list[Write]], bool]:
    """New results by the part of each filled sheet, and whether something must be counted by Excel itself.

    Formulas on sheets that were not filled keep their bytes; if there are any, Excel is asked to count.
    """
    formulas = {part.blank.name: _formulas(part) for part in parts}
    book = Book({part.blank.name: _values(part, filled.get(part.path, ())) for part in parts}, formulas)
    found: dict[str, list[Write]] = {}
    recount = False
    for part in parts:
        said = []
        for cell in (span for row in part.scanned.rows for span in row.cells if span.has_formula):
            if part.path not in filled:
                recount = True
                break
            try:
                value = book.value(part.blank.name, (cell.row, cell.column))
            except Unknown:
                value, recount = None, True
            said.append(Write(cell.row, cell.column, value))
        if part.path in filled:
            found[part.path] = said
    return found, recount


def _values(part: Part, writes: Iterable[Write]) -> dict[Spot, Value]:
    found = {spot: _value(cell.text, cell.number) for spot, cell in part.blank.cells.items()}
    return found | {(one.row, one.column): one.value for one in writes}


def _value(text: str, number: bool) -> Value:
    if not text:
        return None
    if number:
        try:
            return float(text) if "." in text or "e" in text.lower() else int(text)
        except ValueError:
            return text
    return text


def _formulas(part: Part) -> dict[Spot, str]:
    """Formulas by cell; those that share one are written out; array formulas are left unknown."""
    found: dict[Spot, str] = {}
    shared: dict[str, tuple[Spot, str]] = {}
    for cell in (span for row in part.scanned.rows for span in row.cells if span.has_formula):
        spot = (cell.row, cell.column)
        kind, name = cell.formula_attributes.get("t", ""), cell.formula_attributes.get("si", "")
        if kind == "shared" and cell.formula:
            shared[name] = (spot, cell.formula)
        if kind in ("array", "dataTable"):
            found[spot] = "{}"
        elif kind == "shared" and not cell.formula:
            if name in shared:
                (row, column), formula = shared[name]
                found[spot] = moved(formula, cell.row - row, cell.column - column)
            else:
                found[spot] = "{}"
        else:
            found[spot] = cell.formula or "{}"
    return found
