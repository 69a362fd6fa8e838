"""Reading the register. Scope first: what lies outside it is not found."""

from zhegu.registers.queries.alike import alike, possible_duplicates
from zhegu.registers.queries.history import Happening, history, merge, merges_of
from zhegu.registers.queries.households import (
    GridCount,
    codes_by_household,
    grid_counts,
    household,
    households,
    members,
)
from zhegu.registers.queries.importing import import_plan, unknown_grids
from zhegu.registers.queries.people import (
    ANY,
    LACKS,
    NO_GRID,
    Counts,
    Page,
    Wanted,
    grid_codes,
    names,
    page_of,
    people,
    person,
    person_by_code,
    picked,
    seen_of,
    shown_as,
    shown_instead,
    within_reach,
    without_grid,
)
from zhegu.registers.queries.search import Hit, search
from zhegu.registers.queries.stood import stood

__all__ = [
    "ANY",
    "LACKS",
    "NO_GRID",
    "Counts",
    "GridCount",
    "Happening",
    "Hit",
    "Page",
    "Wanted",
    "alike",
    "codes_by_household",
    "grid_codes",
    "grid_counts",
    "history",
    "household",
    "households",
    "import_plan",
    "members",
    "merge",
    "merges_of",
    "names",
    "page_of",
    "people",
    "person",
    "person_by_code",
    "picked",
    "possible_duplicates",
    "search",
    "seen_of",
    "shown_as",
    "shown_instead",
    "stood",
    "unknown_grids",
    "within_reach",
    "without_grid",
]
