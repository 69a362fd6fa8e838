"""The figures of an import, as its dry run tells them. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zhegu.registers.rules.matching import ImportPlan
from zhegu.registers.rules.reading import PersonRead, Reading, Spot, everyone

COUNTS = ("new", "changed", "unchanged", "missing")


def plan_counts(plan: ImportPlan) -> dict[str, int]:
    """How many are new, changed, unchanged, missing."""
    return dict(zip(COUNTS, (len(plan.new), len(plan.changed), plan.unchanged, len(plan.missing)), strict=True))


def figures(readings: Sequence[Reading], counts: Mapping[str, int]) -> dict[str, Any]:
    """What the command prints: counts (those of `plan_counts`, given) and places.

    With several workbooks each place names its own.
    """
    several = len(readings) > 1
    people = everyone(readings)
    return {
        "rows": sum(reading.rows for reading in readings),
        "people": len(people),
        "households": sum(len(reading.households) for reading in readings),
        **{name: counts[name] for name in COUNTS},
        "without_grid": sum(person.grid is None for person in people),
        "by_grid": by_grid(people),
        "warnings": [place(spot, several) for reading in readings for spot in reading.warnings],
        "rejected": [place(spot, several) for reading in readings for spot in reading.rejected],
        "duplicates": duplicates(readings, several),
        "notes": dict(sorted(Counter(str(need) for person in people for need in person.needs).items())),
        "sheets": [sheet for reading in readings for sheet in sheet_facts(reading, several)],
    }


def by_grid(people: Iterable[PersonRead]) -> dict[str, int]:
    """People per grid, by number, then by name."""
    counts = Counter(person.grid.key for person in people if person.grid)
    return dict(sorted(counts.items(), key=lambda item: (not item[0].isdigit(), item[0].zfill(4))))


def place(spot: Spot, several: bool) -> dict[str, Any]:
    """Sheet, row, column and reason; never the value, which may be someone's number."""
    found: dict[str, Any] = {"sheet": spot.sheet, "row": spot.row}
    if spot.reason:
        found |= {"column": spot.column, "reason": spot.reason}
    return found | ({"workbook": spot.workbook} if several else {})


def duplicates(readings: Sequence[Reading], several: bool) -> list[list[dict[str, Any]]]:
    """For each valid number met twice or more, its rows; across workbooks too."""
    met: dict[str, list[Spot]] = {}
    for reading in readings:
        own = {person.id.text: [person.spot] for person in reading.people if person.id.valid}
        own |= reading.shared
        for number, spots in own.items():
            met.setdefault(number, []).extend(spots)
    return [[place(spot, several) for spot in map(_bare, spots)] for spots in met.values() if len(spots) > 1]


def _bare(spot: Spot) -> Spot:
    return Spot(spot.sheet, spot.row, workbook=spot.workbook)


def sheet_facts(reading: Reading, several: bool) -> list[dict[str, Any]]:
    """How each sheet of a workbook was understood."""
    return [
        {
            "sheet": sheet.name, "used": sheet.used, "why": sheet.why, "people": sheet.people,
            "residence": sheet.residence if sheet.used else "",
            "columns": {column.word: str(column.role) for column in sheet.columns},
            **({"workbook": reading.workbook} if several else {}),
        }
        for sheet in reading.sheets
    ]  # fmt: skip
