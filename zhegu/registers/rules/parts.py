"""The later parts of a name, and its short form, under which people are asked for too. Pure."""

import re
from functools import lru_cache

from zhegu.registers.rules.names import LONGEST_KEY, NameKeyText, element_keys, name_keys, normal, pieces
from zhegu.registers.rules.pinyin import letter_pinyin

KIND = "part"
_HAN = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=50_000)
def search_keys(name: str, name_bo: str = "", nickname: str = "") -> tuple[NameKeyText, ...]:
    """Every key under which someone is found: those of the whole name, and those of its later parts."""
    found = dict.fromkeys(name_keys(name, name_bo, nickname))
    for spelling in filter(None, (name, name_bo)):
        for key in part_keys(spelling):
            found[NameKeyText(KIND, key[:LONGEST_KEY])] = None
    return tuple(found)


def part_keys(name: str) -> list[str]:
    """次仁卓玛 is asked for as 卓玛, zhuoma, Dolma too, 王小明 as 小明, and 扎西多吉 as 扎多 (domain 3.1)."""
    found: dict[str, None] = {}
    split = pieces(name)
    for start in range(1, len(split)):
        tail = "".join(split[start:])
        if len(tail) < 2:
            continue
        found[tail] = None
        if _HAN.search(tail):
            found[letter_pinyin(tail)] = None
        for key in element_keys(tail):
            if "=" not in key:
                found[key] = None
    if short := short_form(name):
        found[short] = found[letter_pinyin(short)] = None
    return list(found)


def short_form(name: str) -> str:
    """First and third syllable of a name of two two-syllable elements: 扎西多吉 → 扎多; else ''."""
    split = pieces(name)
    whole = normal(name)
    if len(whole) == 4 and [len(piece) for piece in split] == [2, 2] and _HAN.match(whole):
        return whole[0] + whole[2]
    return ""
