"""Mandarin readings of names: surnames are read as surnames, Tibetan names as they are said. Pure."""

import csv
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from pypinyin import Style, pinyin

SURNAMES = Path(__file__).resolve().parents[1] / "data" / "surname_readings.tsv"
MOST_WAYS = 4
IN_TIBETAN_NAMES = {"参": "can", "藏": "zang", "单": "dan", "卡": "ka", "曾": "zeng", "都": "du", "尕": "ga", "嘎": "ga"}
"""Characters that transliterate Tibetan syllables and are read so, whatever the dictionary says first."""


@cache
def surname_readings() -> dict[str, tuple[str, ...]]:
    """Surnames whose reading is not the usual one, or of which there are several."""
    with SURNAMES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["surname"]: tuple(row["readings"].split()) for row in rows}


@lru_cache(maxsize=20_000)
def syllable(character: str) -> str:
    """One character's usual reading without tone; other characters read as themselves."""
    if character in IN_TIBETAN_NAMES:
        return IN_TIBETAN_NAMES[character]
    return pinyin(character, style=Style.NORMAL, errors="default")[0][0].replace("ü", "v")


def letter_pinyin(text: str) -> str:
    """The syllables run together: 次仁 → ciren."""
    return "".join(map(syllable, text))


def full_pinyin(text: str, surname_first: bool = True, *, initials: bool = False) -> list[str]:
    """Every likely reading of a name, at most four, the likeliest first; or only its initials."""
    known = surname_readings() if surname_first else {}
    surname = next((text[:n] for n in (2, 1) if text[:n] in known and len(text) > n), "")
    firsts = known.get(surname, ("",))
    rest = [syllable(c) for c in text[len(surname) :]]
    if initials:
        heads = [_surname_initials(surname, first) for first in firsts]
        return list(dict.fromkeys(head + "".join(s[0] for s in rest if s) for head in heads))[:MOST_WAYS]
    return list(dict.fromkeys(first + "".join(way) for first, way in product(firsts, [rest])))[:MOST_WAYS]


def _surname_initials(surname: str, reading: str) -> str:
    """One initial per character: a compound surname such as 欧阳 has two."""
    if len(surname) < 2:
        return reading[:1]
    return reading[:1] + syllable(surname[1])[:1]
