"""The grid a line names: 8组, 第八网格, 网格8, དྲ་མིག་༨. Pure."""

import re

from zhegu.orders.rules.numbers import HAN, whole
from zhegu.orders.rules.signup import Doubt, Entry
from zhegu.orders.rules.slate import Slate

_NO = rf"(?:\d{{1,3}}|{HAN})"
_WORD = r"(?:网格|居民小组|村民小组|小组|片区|组|格|队)"
_BEFORE = re.compile(
    rf"(?<![\dxX*-])(?:(?:网格|所在网格|组别)\s*[:]\s*)?第?\s*({_NO})(?:(?:\s*(?:或者?|[~]|和)\s*|[-/])第?(\d{{1,2}}|{HAN}))?[号#]?(?:\s(?!格|(?:网格|小组|组别?)\s?:?\s?\d){_WORD}|(?!格){_WORD}|格)(?![员长里群合织列桑勒林美外子力日松])(?:\s*[:])?"
)
_AFTER = re.compile(rf"(?:网格|小组|组别|片区|(?<![各小])组|grid|zone)\s*(?:编号|号|no\.?)?\s*[:#_-]?\s*第?({_NO})(?![\d斤公瓶罐袋盒箱单]|\s*[-#]\s*\d|/\d{{3}}|号\s*(?:楼|院)|[栋幢弄])\s*号?", re.IGNORECASE)
_BO = re.compile(r"(?:དྲ་?མིག|ཚོགས་?ཆུང|རུ་?ཁག)[་།\s]*(?:ཨང་?(?:རྟགས|གྲངས)?[་།\s]*|དང་པོ)?[:\s]*(\d{1,3})(?!\d)(?:་?པ)?|(\d{1,3})[་།]*(?:པའི|པ)?[་]*(?:དྲ་?མིག|ཚོགས་?ཆུང)")
_ONE_OF_TWO = re.compile(r"^\s*(\d{1,2})\s*(?:或者?|~)\s*(\d{1,2})(?=\s*[,、;/|])")
"""Bare, at the head of the line, where one writes the grid."""
_LABEL = re.compile(r"(?:所在网格|网格号?|组别)\s*:?\s*(?=[\x01\s,;、/|]|$)")


def read_grid(slate: Slate, entry: Entry) -> None:
    """The one grid that is named; two different ones are doubted and left open."""
    found: list[int] = []
    for pattern in (_BEFORE, _BO, _AFTER, _ONE_OF_TWO):
        for hit in slate.take(pattern):
            found += [no for group in hit.groups() if group and (no := whole(group))]
    different = list(dict.fromkeys(found))
    if len(different) > 1:
        entry.doubt(Doubt.TWO_GRIDS)
        entry.notes.append("/".join(map(str, different)))
    elif different:
        entry.grid = str(different[0])
    for _ in slate.take(_LABEL):
        pass
