"""What someone typed into the search field, understood. Pure.

Letters are a name in any script, spelling or shortening; digits are a birth year, a household, a door,
a grid, or the last four of a phone or id number (exactly four characters: settled 14).
"""

import re
from dataclasses import dataclass, field
from enum import IntEnum

from zhegu.lib.codes import BadCode, canonical_resident_code
from zhegu.registers.rules.characters import even
from zhegu.registers.rules.ids import read_id, tidy_id
from zhegu.registers.rules.names import element_keys, elements, normal
from zhegu.registers.rules.phones import is_phone, tidy_phone
from zhegu.registers.rules.pinyin import full_pinyin

LAST = "\U0010ffff"
"""Sorts after every letter: a key begins with `x` when x <= key < x + LAST."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_TIBETAN = re.compile(r"[\u0f40-\u0fbc]")
_ID = re.compile(r"[A-Z]{0,3}\d{7,17}[\dX]")
_CODE = re.compile(r"(?:R1:)?[0-9A-Z]{17}")
_TAIL = re.compile(r"\d{3}[\dX]")
_YEAR = re.compile(r"(?:18[89]|19\d|20\d)\d")


class Rank(IntEnum):
    """How good a hit is, best first (domain 3.1)."""

    WHOLE = 0
    EXACT = 1
    EXACT_BEGINS = 2
    ELEMENT = 3
    ELEMENT_BEGINS = 4
    PART = 5
    PINYIN = 6
    PINYIN_BEGINS = 7
    PART_BEGINS = 8
    INITIALS = 9
    INITIALS_BEGINS = 10
    HOUSE = 11
    BIRTH_YEAR = 12
    GRID = 13
    ADDRESS = 14
    PHONE_TAIL = 15
    ID_TAIL = 16


@dataclass(frozen=True)
class Number:
    """Digits that were typed beside or instead of a name, and everything they may be."""

    text: str
    tail: str = ""
    birth_year: int | None = None
    grid: int | None = None


@dataclass(frozen=True)
class Sought:
    """Words understood. `keys` are beginnings of name keys per kind; `whole` values are looked up as such."""

    name: str = ""
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: tuple[Number, ...] = ()
    id_numbers: tuple[str, ...] = ()
    phone: str = ""
    code: str = ""

    @property
    def nothing(self) -> bool:
        return not (self.keys or self.numbers or self.id_numbers or self.phone or self.code)


def sought(words: str) -> Sought:
    """What the words may mean; `nothing` where they can mean nothing."""
    text = even(words)
    whole = _whole(text)
    if whole:
        return whole
    numbers, letters = [], []
    for token in re.split(r"[\s,，、;；]+", text):
        (numbers if re.search(r"\d", token) else letters).append(token)
    name = " ".join(filter(None, letters))
    return Sought(name, name_beginnings(name), tuple(map(number, filter(None, numbers))))


def _whole(text: str) -> Sought | None:
    """A whole id number, phone or personal code; spaces and dashes inside do not matter."""
    tidied = tidy_id(text)
    if _CODE.fullmatch(tidied):
        try:
            return Sought(code=canonical_resident_code(tidied))
        except BadCode:
            pass
    phone = tidy_phone(text)
    phone = phone if is_phone(phone) else ""
    ids = dict.fromkeys((tidied, read_id(tidied).text)) if _ID.fullmatch(tidied) else {}
    return Sought(id_numbers=tuple(filter(None, ids)), phone=phone) if phone or ids else None


def number(token: str) -> Number:
    """A token with digits in it: what it may be besides a household number or a door."""
    text = token.upper().strip("#号户年")
    return Number(
        text=text,
        tail=text if _TAIL.fullmatch(text) else "",
        birth_year=int(text) if _YEAR.fullmatch(text) else None,
        grid=int(text) if re.fullmatch(r"\d{1,3}", text) else None,
    )


def name_beginnings(name: str) -> dict[str, tuple[str, ...]]:
    """Kinds of name keys in which to look, with the beginnings to look for."""
    key = normal(name)
    if not key:
        return {}
    known = tuple(element_keys(name)) if _all_known(name) else ()
    found: dict[str, tuple[str, ...]] = {"exact": (key,), "nickname": (key,), "elements": known}
    sounds: tuple[str, ...] = ()
    if _HAN.search(key):
        sounds = tuple(full_pinyin(key))
        found["pinyin"] = sounds
    elif _TIBETAN.search(key):
        found["bo"] = (key,)
    else:
        found |= {"pinyin": (key,), "latin": (key,), "wylie": (key,)}
        if len(key) <= 6:
            found["initials"] = (key,)
    found["part"] = tuple(dict.fromkeys((key, *known, *sounds)))
    return {kind: keys for kind, keys in found.items() if keys}


def _all_known(name: str) -> bool:
    """Every element stands in the alias table; one that is half typed does not."""
    return all(not min(element).startswith("=") for element in elements(name))


_EQUAL = {"exact": Rank.EXACT, "nickname": Rank.EXACT, "bo": Rank.EXACT, "elements": Rank.ELEMENT, "part": Rank.PART,
          "initials": Rank.INITIALS, "pinyin": Rank.PINYIN, "latin": Rank.PINYIN, "wylie": Rank.PINYIN}


def rank(looked: Sought, kind: str, key: str) -> Rank:
    """How good a hit on this key is."""
    if kind not in _EQUAL:
        return Rank[kind.upper()]
    equal = _EQUAL[kind]
    if key in looked.keys.get(kind, ()):
        return equal
    return Rank.PART_BEGINS if kind == "part" else Rank(equal + 1)
