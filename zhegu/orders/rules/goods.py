"""What a list's head offers with its price or size: 羊排45/斤, 吐司12元/袋, 草料按捆. Pure."""

import re

from zhegu.orders.rules.catalogue import Catalogue
from zhegu.orders.rules.quantities import CONTAINERS, SACKS

_UNIT = rf"(?:{'|'.join(SACKS)}|公斤|[{CONTAINERS}斤个只条颗棵份根块支车把])"
_SIZE = r"(?:kg|公斤|斤|g|克|ml|毫升|l|升|枚|个|片|粒|支)"
_NUMBER = r"\d+(?:\.\d+)?"
_OFFERED = re.compile(
    rf"(?P<word>[A-Za-z][\u3400-\u9fff]{{1,10}}?|[\u3400-\u9fff]{{2,10}}?)\s?(?:\([^)]*\))?\s?:?\s?"
    rf"(?:{_NUMBER}\s?{_SIZE}?装?\s?(?:元|块)?\s?[/一每]\s?{_UNIT}|{_NUMBER}\s?{_SIZE}装\s?{_NUMBER}|一{_UNIT}\s?{_NUMBER}\s?(?:元|块)?|{_NUMBER}\s?(?:元|块)|按{_UNIT})",
    re.IGNORECASE,
)
_BARE_PRICE = re.compile(r"(?<![\u3400-\u9fffA-Za-z\d])(?P<word>[\u3400-\u9fff]{2,8})\s?\d{1,3}(?:\.\d)?(?=[\s,;、|。]|$)")
"""鸡腿饭20 素菜饭15: one alone may be anything."""
_LEADS = re.compile(r"^(?:本次|今[天日]|明[天日早]|现在|提供|供应|到货|有|新到|还有|和|及)+")
_NO_GOODS = re.compile(r"[每价限共满邮费金计起减]|[加送]\d|团购|接龙|登记|电话|换气|^[大中小]?[瓶罐桶袋箱盒份]$")


def offered(title: str, catalogue: Catalogue) -> list[str]:
    """The things the head names with what one costs or weighs, under their own words, each once."""
    found: dict[str, None] = {}
    bare = list(_BARE_PRICE.finditer(title))
    for hit in [*_OFFERED.finditer(title), *(bare if len(bare) > 1 else [])]:
        word = _LEADS.sub("", hit["word"])
        if tail := catalogue.tail(word) if not catalogue.named(word) else None:
            word = word if len(tail[0]) <= 1 else tail[1].name
        if len(word) > 1 and not _NO_GOODS.search(word):
            found[word] = None
    return list(found)
