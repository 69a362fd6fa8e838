"""Reads the header dictionary `data/headers.tsv` and what the forms speak of, `data/topics.tsv`."""

import csv
from functools import cache
from pathlib import Path

from zhegu.reports.rules.blanks.dictionary import Dictionary, Topic

FOLDER = Path(__file__).resolve().parents[1] / "data"


@cache
def dictionary(folder: Path = FOLDER) -> Dictionary:
    """The words of upper offices' headers, as shipped."""
    topics = {
        row["form"]: Topic(tuple(row["title"].split("|")), tuple(row["topics"].split("|")))
        for row in _rows(folder / "topics.tsv")
    }
    rows = [(row["form"], row["field"], row["under"], row["words"]) for row in _rows(folder / "headers.tsv")]
    return Dictionary(rows, topics)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
