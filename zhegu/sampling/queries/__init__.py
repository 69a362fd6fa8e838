"""Reading a round: how far it is, who is behind each number, what is still to be looked at."""

from zhegu.sampling.queries.closing import (
    Reconciliation,
    phones_to_report,
    reconciliation,
    samples,
    to_recheck,
    tubes,
)
from zhegu.sampling.queries.coverage import Coverage, GridCoverage, coverage
from zhegu.sampling.queries.history import known_later, missing_then, samples_then
from zhegu.sampling.queries.lines import (
    added,
    by_grid,
    conflict,
    conflicts,
    line,
    line_of,
    lines,
    missing,
    people_named,
    swabs_of,
)
from zhegu.sampling.queries.preview import Preview, preview
from zhegu.sampling.queries.rounds import (
    current_round,
    due_slots,
    open_rounds,
    round_for,
    rounds,
    slots,
    tables,
)

__all__ = [
    "Coverage",
    "GridCoverage",
    "Preview",
    "Reconciliation",
    "added",
    "by_grid",
    "conflict",
    "conflicts",
    "coverage",
    "current_round",
    "due_slots",
    "known_later",
    "line",
    "line_of",
    "lines",
    "missing",
    "missing_then",
    "open_rounds",
    "people_named",
    "phones_to_report",
    "preview",
    "reconciliation",
    "round_for",
    "rounds",
    "samples",
    "samples_then",
    "slots",
    "swabs_of",
    "tables",
    "to_recheck",
    "tubes",
]
