"""Names: one Tibetan name has many spellings, and they must meet. Pure.

A name is split into elements (domain facts 3.1) by the alias table `data/name_elements.tsv`: Hanzi
variants, Tibetan script, Chinese pinyin of the Hanzi, Tibetan pinyin, common English and Wylie all
point to the same element. Two names agree when they agree element by element.
"""

import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from zhegu.registers.rules.characters import even
from zhegu.registers.rules.pinyin import full_pinyin, letter_pinyin

FOLDER = Path(__file__).resolve().parents[1] / "data"
_TIBETAN = re.compile(r"[\u0f40-\u0fbc]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_DROPPED = re.compile(r"[\s·•・.'’`´\-_་༌།༎\u0f0b-\u0f14]+")
_SYLLABLES = re.compile(r"[\s་༌།]+")
LONGEST_KEY = 120

Element = frozenset[str]


@dataclass(frozen=True)
class NameKeyText:
    """One reading under which a name is found; `kind` is the NameKey kind."""

    kind: str
    key: str


def tidy_name(value: object) -> str:
    """A name as it is kept: half-width letters, single spaces, none between Chinese characters."""
    return _tidied(even(value))


def name_alone(text: str) -> str:
    """扎西 of 扎西 139…, 扎西（139…）, 扎西5405…: a name cell that holds a number too."""
    return tidy_name(re.split(r"[\s(,;:/、]*\d{7}", even(text), maxsplit=1)[0])


@lru_cache(maxsize=1 << 16)
def _tidied(text: str) -> str:
    name = re.sub(r"\s+", " ", text).strip(" ,;、")
    return re.sub(rf"(?<={_HAN.pattern}) (?={_HAN.pattern})", "", name)


@lru_cache(maxsize=200_000)
def normal(name: str) -> str:
    """How names are compared letter by letter: no spaces, dots, tsheg, shad, case or diacritics."""
    text = _DROPPED.sub("", even(name).lower())
    if text.isascii() or _HAN.search(text) or _TIBETAN.search(text):
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@cache
def _aliases() -> dict[str, Element]:
    """Every spelling of every element → the elements it may mean (their Wylie)."""
    found: dict[str, set[str]] = {}
    for wylie, row in _elements().items():
        spellings = {wylie, row["bo"], row["pinyin"], row["english"], *row["hanzi"].split()}
        spellings |= {letter_pinyin(variant) for variant in row["hanzi"].split()}
        for spelling in spellings:
            found.setdefault(normal(spelling), set()).add(wylie)
    return {spelling: frozenset(wylies) for spelling, wylies in found.items()}


@cache
def _elements() -> dict[str, dict[str, str]]:
    with (FOLDER / "name_elements.tsv").open(encoding="utf-8", newline="") as lines:
        return {row["wylie"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


@cache
def _longest() -> int:
    return max(map(len, _aliases()))


@lru_cache(maxsize=200_000)
def elements(name: str) -> tuple[Element, ...]:
    """The name's elements in order, each as the set of what it may mean.

    Split so that the least is left over, then into the fewest, longest pieces. What no alias covers
    stands for itself: a Chinese character each, a run of other letters as one.
    """
    text = normal(name)
    return _grouped([piece for piece, _ in _split(text)]) if text else ()


def _known(element: Element) -> bool:
    return not min(element).startswith("=")


def is_known(name: str) -> bool:
    """Whether every part of the name is an element of the alias table."""
    found = elements(name)
    return bool(found) and all(map(_known, found))


def pieces(name: str) -> list[str]:
    """The name's text, cut where its elements meet."""
    return [piece for piece, _ in _split(normal(name))]


def _split(text: str) -> list[tuple[str, bool]]:
    """Pieces from left to right with whether an alias covers them; cheapest by (left over, pieces)."""
    aliases, size = _aliases(), len(text)
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (size + 1)
    for start in range(size - 1, -1, -1):
        left, pieces, _ = best[start + 1]
        choice = (left + 1, pieces + 1, 1)
        for length in range(1, min(_longest(), size - start) + 1):
            if text[start : start + length] in aliases:
                left, pieces, _ = best[start + length]
                choice = min(choice, (left, pieces + 1, length), key=lambda c: (c[0], c[1], -c[2]))
        best[start] = choice
    found, at = [], 0
    while at < size:
        piece = text[at : at + best[at][2]]
        found.append((piece, piece in aliases))
        at += best[at][2]
    return found


def _grouped(pieces: list[str]) -> tuple[Element, ...]:
    """Elements of the pieces; neighbouring letters that no alias covers join into one."""
    found: list[Element] = []
    run = ""
    for piece in [*pieces, ""]:
        meaning = _aliases().get(piece)
        if piece and meaning is None and not _HAN.match(piece):
            run += piece
            continue
        if run:
            found.append(frozenset({"=" + run}))
            run = ""
        if piece:
            found.append(meaning or frozenset({"=" + piece}))
    return tuple(found)


def names_agree(one: str, other: str) -> bool:
    """Whether two spellings may be the same name: element by element, the meanings meet."""
    if normal(one) == normal(other):
        return bool(normal(one))
    left, right = elements(one), elements(other)
    if left and len(left) == len(right) and all(a & b for a, b in zip(left, right, strict=True)):
        return True
    return _sounds_the_same(one, other)


def _sounds_the_same(one: str, other: str) -> bool:
    """A Chinese name against its own pinyin; two Chinese names are never compared by sound."""
    a, b = normal(one), normal(other)
    if bool(_HAN.search(a)) == bool(_HAN.search(b)) or _TIBETAN.search(a + b):
        return False
    hanzi, latin = (a, b) if _HAN.search(a) else (b, a)
    return bool(latin) and latin in full_pinyin(hanzi)


def element_keys(name: str, most: int = 4) -> list[str]:
    """One key per way of reading the elements (at most `most`); equal keys mean agreeing names."""
    ways: list[list[str]] = [[]]
    for element in elements(name):
        ways = [[*way, meaning] for way in ways for meaning in sorted(element)][:most]
    return ["+".join(m.replace(" ", "") for m in way)[:LONGEST_KEY] for way in ways if way]


@lru_cache(maxsize=100_000)
def name_keys(name: str, name_bo: str = "", nickname: str = "") -> tuple[NameKeyText, ...]:
    """Every key under which someone is found: exact, elements, pinyin, initials, bo, wylie, latin, nickname."""
    found: dict[tuple[str, str], None] = {}

    def add(kind: str, key: str) -> None:
        if key:
            found[(kind, key[:LONGEST_KEY])] = None

    for spelling in filter(None, (name, name_bo)):
        add("exact", normal(spelling))
        if any(_known(element) for element in elements(spelling)):
            for key in element_keys(spelling):
                add("elements", key)
        _add_readings(spelling, add)
    for alias in re.split(r"[,，、;；/\s]+", nickname):
        add("nickname", normal(alias))
        for kind, key in _pinyin_keys(alias):
            add(kind, key)
    return tuple(NameKeyText(kind, key) for kind, key in found)


def _add_readings(name: str, add: Callable[[str, str], None]) -> None:
    for kind, key in _pinyin_keys(name):
        add(kind, key)
    text = normal(name)
    if _TIBETAN.search(text):
        add("bo", text)
    elif text and not _HAN.search(text):
        add("latin", text)
        add("initials", "".join(word[0] for word in even(name).lower().split() if word))
    known = [_elements()[min(e)] if _known(e) else None for e in elements(name)]
    if known and all(known):
        if not _HAN.search(text):
            add("pinyin", "".join(letter_pinyin(row["hanzi"].split()[0]) for row in known))
        add("bo", normal("".join(row["bo"] for row in known)))
        add("wylie", normal("".join(row["wylie"] for row in known)))
        add("latin", normal("".join(row["english"] for row in known)))
        add("latin", normal("".join(row["pinyin"] for row in known)))


def _pinyin_keys(name: str) -> list[tuple[str, str]]:
    text = normal(name)
    if not _HAN.search(text):
        return []
    surname_first = not any(_known(element) for element in elements(name)[:1])
    full = full_pinyin(text, surname_first)
    short = full_pinyin(text, surname_first, initials=True)
    return [("pinyin", key) for key in full] + [("initials", key) for key in short]


def looks_like_name(value: object) -> bool:
    """Whether a cell could hold one person's name: 2 to 40 letters of one script, no digits."""
    text = even(value)
    if not text or len(text) > 40 or re.search(r"\d|[:：/@#%()（）]", text):
        return False
    kept = normal(text)
    if _HAN.search(kept):
        return 1 < len(kept) <= 12 and not re.search(r"[省市县乡镇村区街路组网格号楼院店校]$", kept)
    return 1 < len(kept) <= 40 and bool(_TIBETAN.search(kept) or kept.isalpha())
