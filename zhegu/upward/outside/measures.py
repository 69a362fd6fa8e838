"""Reads how each figure goes up, `data/measures.tsv`."""

import csv
from functools import cache
from pathlib import Path

from zhegu.lib.scope import Scope
from zhegu.reports import queries as reports
from zhegu.upward.rules import Measure, measure

LIST = Path(__file__).resolve().parents[1] / "data" / "measures.tsv"
SCOPE = Scope.everything("which figures there are is no secret")


@cache
def measures(path: Path = LIST) -> dict[str, Measure]:
    """By name, in the order of the daily report; raises BadMeasure for a line that cannot be used."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {row["figure"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    read = (measure(one.name, one.unit, one.label, rows.get(one.name)) for one in reports.list_of_figures(SCOPE))
    return {one.name: one for one in read if one is not None}
