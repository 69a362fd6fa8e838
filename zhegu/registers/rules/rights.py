"""Who may see and do what with people (privacy P4, P7). Pure.

Roles are those of `accounts`; each right holds within the places where the role is held.
"""

OFFICE, LEADER, GRID_WORKER, SAMPLER = "office", "leader", "grid_worker", "sampler"

SEES = (OFFICE, LEADER, GRID_WORKER, SAMPLER)
"""Names, birth years, grids and houses; numbers masked."""

READS = (OFFICE, LEADER, GRID_WORKER)
"""The register as a list, on paper and as a workbook; numbers masked."""

CHANGES = (OFFICE, GRID_WORKER)
"""Adds, corrects, moves and marks as away those of their own places."""

KEEPS = (OFFICE,)
"""Merges, gives grids and units, prints codes, takes lists out with numbers on them."""

REVEALS = {
    "phone": (OFFICE, LEADER, GRID_WORKER),
    "note": (OFFICE, GRID_WORKER),
    "id_number": (OFFICE,),
}
"""Whole values, one click and one reason at a time: whoever must call sees phones, papers stay in the office."""
