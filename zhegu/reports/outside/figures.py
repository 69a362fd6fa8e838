"""Reads the list of figures, `data/figures.tsv`."""

import csv
from functools import cache
from pathlib import Path

from zhegu.lib.texts import has_text
from zhegu.reports.rules.figures import BadFigure, FigureSpec, figures_from

LIST = Path(__file__).resolve().parents[1] / "data" / "figures.tsv"


@cache
def specs(path: Path = LIST) -> tuple[FigureSpec, ...]:
    """All figures in the order of the daily report; raises BadFigure for one without words."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = figures_from(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for spec in found:
        if not all(map(has_text, (spec.label, spec.means, f"reports.room_{spec.room}"))):
            raise BadFigure(f"{spec.name} has no words")
    return found
