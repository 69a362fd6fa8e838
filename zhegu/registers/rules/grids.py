"""Which grid a cell, a title or a sheet's name means. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from zhegu.registers.rules.characters import CHINESE_NUMBER, as_text, chinese_number, says_nothing

_NO = rf"(\d{{1,3}}|{CHINESE_NUMBER})"
_WORD = r"(?:网格|居民小组|村民小组|小组|片区|组|格|片|grid)"
_GRID_BO = r"(?:དྲ་?མིག|ཚོགས་?ཆུང)"
_BEFORE = re.compile(rf"第?\s*{_NO}\s*[号#]?\s*{_WORD}(?![员长])", re.IGNORECASE)
_AFTER = re.compile(rf"(?:网格|小组|组|片区|grid|group|zone)\s*(?:编号|号|no\.?|[:#\-_])?\s*{_NO}(?!\d)\s*号?", re.IGNORECASE)
_BO = re.compile(rf"{_GRID_BO}[་།\s]*(?:ཨང་?(?:རྟགས|གྲངས)?[་།\s]*|དང་པོ)?[:\s]*(\d{{1,3}})(?!\d)|(\d{{1,3}})[་།\s]*(?:པའི|པ)?[་\s]*{_GRID_BO}")
_BARE = re.compile(rf"[a-zA-Z]?[#\-_]?0*(\d{{1,3}})\s*[号#]?|第?{_NO}号?")
_CODE = re.compile(r"\d{12}(\d{3})|[A-Z]\w{11}(\d{3})")
_RANGE = re.compile(rf"{_NO}\s*(?:[-~至到、,/]|和)\s*第?\s*{_NO}\s*[号#]?\s*{_WORD}|{_WORD}\s*{_NO}\s*[-~至到、,]\s*{_NO}", re.IGNORECASE)


_SIGNS = {ord(sign): str(no) for signs in ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ") for no, sign in enumerate(signs, 1)}
_SIGNS |= {ord("組"): "组", ord("網"): "网"}
_SPACED = re.compile(r"(?<=[\u3400-\u9fff\d])\s+(?=[\u3400-\u9fff\d])")


@dataclass(frozen=True)
class GridName:
    """A grid as a workbook names it: by number, or by a name of its own (`no` 0)."""

    no: int = 0
    name: str = ""

    @property
    def key(self) -> str:
        """How it stands in `by_grid`."""
        return str(self.no) if self.no else self.name


def _number(text: str) -> int:
    return int(text) if text.isdigit() else (chinese_number(text) or 0)


def _spelled(text: str) -> int:
    """The number in 第3网格, 3组, 网格3, Grid 3, དྲ་མིག་3; 0 where none, or several, are named."""
    if _RANGE.search(text):
        return 0
    found = set()
    for form in (_BEFORE, _BO, _AFTER):
        found = {_number(next(g for g in hit.groups() if g)) for hit in form.finditer(text)} - {0}
        if found:
            break
    return found.pop() if len(found) == 1 else 0


def read_grid(value: object) -> GridName | None:
    """A cell of a grid column, read; None where it names none (blank, 待定, /)."""
    return None if says_nothing(value) else _read(_SPACED.sub("", as_text(value).translate(_SIGNS)))


@lru_cache(maxsize=1 << 12)
def _read(text: str) -> GridName | None:
    if code := _CODE.fullmatch(text):
        return GridName(int(code[1] or code[2]))
    if no := _spelled(text):
        return GridName(no)
    if bare := _BARE.fullmatch(text):
        no = _number(bare[1] or bare[2])
        return GridName(no) if no else None
    return GridName(0, re.sub(r"\s+", " ", text)[:40])


def grid_in_title(text: str) -> GridName | None:
    """The one grid that a title line or a sheet's name speaks of: 第3网格, 3组, Grid 3, དྲ་མིག་༣."""
    no = _spelled(as_text(text).translate(_SIGNS))
    return GridName(no) if no else None


def grid_of_sheet(name: str) -> GridName | None:
    """As `grid_in_title`; a sheet's whole name may also be just the number."""
    text = as_text(name).translate(_SIGNS)
    bare = re.fullmatch(rf"[gG]?0*(\d{{1,3}})|{_NO}号?", text)
    return grid_in_title(text) or (GridName(_number(bare[1] or bare[2])) if bare else None)


def looks_like_grid(value: object) -> bool:
    """Whether a cell could stand in a grid column by its words (a bare number proves nothing)."""
    return bool(_spelled(as_text(value))) and len(as_text(value)) <= 14
