"""How typed text is evened out before it is read. Pure."""

import re
import unicodedata
from functools import lru_cache

_SAME = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME |= {0x0F20 + digit: 0x30 + digit for digit in range(10)}
_SAME |= dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F), 0x20)
_SAME |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), 0x2D)
_SAME |= dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_SAME |= {ord("【"): "[", ord("】"): "]", ord("〔"): "(", ord("〕"): ")", ord("。"): "."}

_CHINESE_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
CHINESE_NUMBER = "[零〇○一二两三四五六七八九十百]+"

_NOTHING = frozenset(
    ["无", "暂无", "没有", "没", "空", "缺", "不详", "未知", "不明", "不清楚", "未办", "未办理", "未办证", "无证", "无证件", "无身份证", "无号码", "无电话", "无手机", "待补", "待办", "待定", "待查", "待分配", "待确认", "未定", "未分", "未分配", "未划分", "未填", "未报", "none", "n/a", "na", "null", "nil", "unknown", "tbd", "tba", "མེད", "་མེད"]
)
LONGEST_NOTHING = 8
_MARKS = re.compile(r"[\s/\\\-_.,、;:*?()\[\]~—་།]+")


def even(value: object) -> str:
    """Half width, Western digits, plain dashes and spaces, no zero-width characters, stripped.

    Full-width forms and Tibetan digits (U+0F20..0F29) read as their Western selves; NFC throughout.
    """
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    return text.strip().lstrip("'") if text.isascii() else _evened(text)


@lru_cache(maxsize=1 << 16)
def _evened(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_SAME).strip().lstrip("'")


def says_nothing(value: object) -> bool:
    """Whether a cell is empty or holds only a word or mark for "nothing" (无, 待定, /, -, མེད)."""
    if not isinstance(value, str):
        return value is None
    if len(value) > LONGEST_NOTHING and value[0].isalnum():
        return False
    return _is_nothing(value)


@lru_cache(maxsize=1 << 14)
def _is_nothing(value: str) -> bool:
    text = _MARKS.sub("", even(value)).lower()
    return not text or text in _NOTHING


_DITTO = frozenset(["同上", "同上行", "同前", "〃", '"', "''", "″", "ditto", "གོང་མཚུངས"])


def is_ditto(value: object) -> bool:
    """Whether a cell says: as above."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NOTHING and even(value).lower().strip(" .་།“”") in _DITTO


def whole_number(value: object) -> int | None:
    """A number cell's whole value, or None where it is no whole number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if float(value).is_integer() else None


def as_text(value: object) -> str:
    """A cell as one would type it: whole numbers without a decimal point."""
    number = whole_number(value)
    return str(number) if number is not None else even(value)


def chinese_number(text: str) -> int | None:
    """一 … 九百九十九, or digits one by one (一九九〇); None for anything else."""
    if not text or not re.fullmatch(CHINESE_NUMBER, text):
        return None
    if not set(text) & {"十", "百"}:
        return int("".join(str(_CHINESE_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[c]
        else:
            total += (digit or 1) * (100 if c == "百" else 10)
            digit = 0
    return total + digit
