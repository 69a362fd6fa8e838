"""What `forms inspect` and `forms fill` tell, as plain values for JSON."""

from collections.abc import Iterable
from typing import Any

from zhegu.reports.rules.blanks.layout import Orientation
from zhegu.reports.rules.blanks.naming import Meant
from zhegu.reports.rules.blanks.placing import Placed
from zhegu.reports.rules.blanks.proposals import Proposal, Reading


def told(readings: Iterable[Reading]) -> dict[str, Any]:
    """`{sheets: [{name, form, orientation, first_row, last_row, fields}]}`.

    Of several tables on one sheet the first gives the rows, all give fields, and `tables` tells each.
    """
    sheets: dict[str, list[Reading]] = {}
    for reading in readings:
        sheets.setdefault(reading.sheet, []).append(reading)
    return {"sheets": [_sheet(name, own) for name, own in sheets.items()]}


def _sheet(name: str, own: list[Reading]) -> dict[str, Any]:
    several = {"tables": [_table(one) for one in own]} if len(own) > 1 else {}
    fields = [_field(one) for reading in own for one in reading.fields]
    return {"name": name, **_table(own[0]), "fields": fields, **several}


def _table(reading: Reading) -> dict[str, Any]:
    table = reading.table
    rows = table is not None and reading.orientation is not Orientation.CELLS
    return {
        "form": reading.form,
        "orientation": str(reading.orientation),
        "first_row": table.first if rows and table else None,
        "last_row": table.last if rows and table else None,
    }


def _field(one: Proposal) -> dict[str, Any]:
    found: dict[str, Any] = {
        "cell": one.cell,
        "header": one.header,
        "field": one.field,
        "confidence": round(one.confidence, 2),
    }
    if one.computed:
        found["computed"] = True
    if one.hidden:
        found["hidden"] = True
    return found


def filled(placed: Iterable[tuple[Reading, Placed]]) -> dict[str, Any]:
    """What was written, what stays blank and why, and what did not fit."""
    written, unfilled, problems = 0, [], []
    for reading, one in placed:
        written += len(one.writes)
        unfilled += [
            {"sheet": reading.sheet, "cell": head.cell, "header": head.header, "field": head.field, "why": why}
            for head, why in one.unfilled
            if why != "computed"
        ]
        problems += [{"sheet": problem.sheet, "problem": problem.code, **problem.facts} for problem in one.problems]
    return {"cells": written, "unfilled": unfilled, "problems": problems}


def placeholders(names: Iterable[Meant]) -> dict[str, Any]:
    """`{placeholders: [{placeholder, form, field, confidence}]}` of a Word form."""
    return {
        "placeholders": [
            {"placeholder": one.words, "form": one.form, "field": one.field, "confidence": round(one.confidence, 2)}
            for one in names
        ]
    }
