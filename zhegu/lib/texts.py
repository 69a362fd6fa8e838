"""Every sentence a person reads, in three languages, from `texts/<area>.tsv`.

One catalogue serves the server and the phone. Columns: key, zh, bo, en, grade (confidence of the
Tibetan, A to D; C and D stand on the review list). See docs/decisions/0002-one-text-catalogue.md.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "texts"
LANGUAGES = ("zh", "bo", "en")


@dataclass(frozen=True)
class Text:
    """One sentence: its key, its three languages and the grade of its Tibetan."""

    key: str
    zh: str
    bo: str
    en: str
    grade: str


def language_code(code: str) -> str:
    """`zh-hans`, `bo-CN` … → the catalogue's `zh`, `bo`, `en`; unknown ones read Chinese."""
    head = (code or "zh").split("-")[0].lower()
    return head if head in LANGUAGES else "zh"


def read_catalogue(folder: Path = FOLDER) -> Iterator[Text]:
    """All rows of all areas; raises ValueError on a row with another number of columns."""
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
                if number == 1 or not row:
                    continue
                if len(row) != 5:
                    raise ValueError(f"{path.name}:{number}: {len(row)} columns, expected 5")
                yield Text(*row)


@cache
def catalogue() -> dict[str, Text]:
    """The catalogue by key; raises ValueError where a key stands twice."""
    found: dict[str, Text] = {}
    for row in read_catalogue():
        if row.key in found:
            raise ValueError(f"text key twice: {row.key}")
        found[row.key] = row
    return found


def text(key: str, lang: str = "zh", **values: object) -> str:
    """The sentence `key` in `lang`, its {placeholders} filled; raises KeyError for an unknown key."""
    sentence = getattr(catalogue()[key], language_code(lang))
    return sentence.format(**values) if values else sentence


def has_text(key: str) -> bool:
    """Whether the catalogue knows the key (reason codes are looked up this way)."""
    return key in catalogue()
