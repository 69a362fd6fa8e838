"""A chat copied with who speaks before each message: 小雪: 3-302 索朗德吉 1罐. Pure."""

import re

from zhegu.orders.rules.names import SURE, likeness

FIELD = r"(?:姓名|收货人|户主|名字|网格|组别|小组|门牌号?|房号|楼号|地址|住址|电话|手机号?|联系方式|数量|瓶数|罐数|份数|盒数|品名|物品|药名|规格|需要|备注)"
"""How a field is labelled, on a line of its own."""
_SPOKEN = re.compile(rf"^\s*(?!{FIELD}\s*:)([^\d\s:#(\[][^:#\n]{{0,19}}?)\s*:\s*(\S.*)$")
_A_WORD = re.compile(r"[\u3400-\u9fff]{2,}")
FEWEST = 3
"""Messages with a name of their own behind the nickname: less may be names with a colon (王建国: 3-201 1瓶)."""


def spoken(lines: list[str]) -> dict[int, tuple[str, str]]:
    """By place, the sender and the message of each line, where most such lines name somebody behind the colon."""
    found = {place: (hit[1], hit[2]) for place, line in enumerate(lines) if (hit := _SPOKEN.match(line))}
    naming = [message for _, message in found.values() if any(likeness(word) >= SURE for word in _A_WORD.findall(message)) and re.search(r"\d", message)]
    return found if len(naming) >= FEWEST and len(naming) * 2 > len(found) else {}
