"""Reads the header dictionary `data/headers.tsv` and what the forms speak of, `data/topics.tsv`."""

import csv
from functools import cache
from pathlib import Path

from zhegu.lib.tables import say
from zhegu.lib.texts import text
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.rules import Form
from zhegu.reports.rules.blanks.dictionary import Dictionary, Topic

LANGUAGES = ("zh", "bo", "en")
FOLDER = Path(__file__).resolve().parents[1] / "data"


@cache
def dictionary(folder: Path = FOLDER) -> Dictionary:
    """The words of upper offices' headers, as shipped, and our own for the forms nothing is shipped for."""
    topics = {
        row["form"]: Topic(tuple(row["title"].split("|")), tuple(row["topics"].split("|")))
        for row in _rows(folder / "topics.tsv")
    }
    rows = [(row["form"], row["field"], row["under"], row["words"]) for row in _rows(folder / "headers.tsv")]
    others = [form for form in catalogue().values() if form.id not in topics]
    rows += [row for form in others for row in _own_words(form)]
    topics |= {form.id: Topic(tuple(text(form.title, lang) for lang in LANGUAGES), ()) for form in others}
    return Dictionary(rows, topics, frozenset(form.id for form in others))


def _own_words(form: Form) -> list[tuple[str, str, str, str]]:
    """The headers of a form of ours that no upper office's words are known for: as we call them ourselves."""
    outer = {ours: theirs for theirs, ours in form.outer.items()}
    return [
        (form.id, outer.get(column.field, column.field), "", "|".join(say(column.label, lang) for lang in LANGUAGES))
        for column in form.columns
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
