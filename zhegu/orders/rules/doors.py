"""The door a line names, as building-room: 38-1501, 5-3-402, 168-10-606, 902, 38. Pure."""

import re
from dataclasses import dataclass

from zhegu.orders.rules.numbers import HAN_DIGIT, whole
from zhegu.orders.rules.quantities import BO_UNITS
from zhegu.orders.rules.slate import Slate

HAN = rf"[零{HAN_DIGIT}十百]{{1,8}}"
"""Without the digits of bills, of which two are surnames (伍, 陆)."""
_D = rf"(?:[\doOlI]*\d[\doOlI]*|{HAN})"
_ROOM = rf"(?:[\doOlI]*\d[\doOlI]*[A-Da-d]?(?![a-zA-Z])|{HAN})"
_HOUSE = r"(?:号楼|号院|号?宿舍楼?|号?公寓楼?|栋楼|栋|幢|座|排|号|#楼|#|楼|杠)"
_S = r"[\s-]{0,2}"
_LANE = rf"(?P<lane>{_D}){_S}(?:弄|巷|胡同){_S}"
_LANE_BEFORE = rf"(?:(?P<lane>{_D})\s?弄\s?)?"
_UNIT = rf"(?P<unit>{_D}){_S}(?:单元|门洞|单){_S}"
_UNIT_OR_DASH = rf"(?P<unit>{_D}){_S}(?:(?:单元|门洞|单){_S}|-(?=\d{{3,4}}(?!\d)))"
"""Behind a house: 5栋2单元301, 5栋2-301."""
_A_FLOOR = rf"(?:(?:{_D}){_S}(?:楼|层){_S})"
_FLOOR = rf"{_A_FLOOR}?"
_END = r"(?:\s?(?:室|房间|号房|号(?!楼|院|电池))|房|\s房(?=[\s,;、/|)]|$))?"
"""房 is a surname too: 3-102 房秀英."""
_GAP = rf"(?:[\s-]{{1,2}}(?=[\doOlI]{{3}}|[零{HAN_DIGIT}]{{3}}|{_D}\s?(?:室|房))|-?)"
"""Before a room: a short number further off may be a quantity."""
_AFTER = rf"(?!\d|\s*(?:单元|号楼|斤|公斤|kg|千克|瓶|罐|袋|盒|箱|板|提|桶|份|颗|棵|号电池|{BO_UNITS}|[年月天岁元])|[个只条包支块枚件片根卷把捆多来几楼层]|\s?[~到至]\s?\d)"

_WORDED = re.compile(
    rf"(?<![\da-zA-Z.])(?:{_LANE})?(?:(?<![\u3400-\u9fff])(?P<zone>[A-Za-z东西南北甲乙丙丁]区?(?={_S}\d)))?{_S}(?P<house>{_D}){_S}(?P<mark>{_HOUSE})(?:{_S}{_UNIT_OR_DASH})?(?:{_S}{_A_FLOOR})?{_GAP}(?P<room>{_ROOM}){_AFTER}{_END}"
)
_ONLY_LANE = re.compile(rf"(?<![\da-zA-Z.]){_LANE}(?P<house>{_D})(?:{_S}{_UNIT}|[ -])(?P<room>{_ROOM}){_AFTER}{_END}")
_LETTERED = re.compile(rf"(?<![\da-zA-Z])(?P<house>\d{{0,3}}[A-HJKMNP-Za-hjkmnp-z]\d{{0,3}})\s?(?:座|栋|幢|号楼|楼|-)\s?(?:{_UNIT})?(?P<room>(?=[oOlI]*\d)[\doOlI]{{2,4}}){_AFTER}{_END}")
_UNITED = re.compile(rf"(?<![\da-zA-Z.])(?:(?P<house>{_D})[\s-]+)?{_UNIT}{_FLOOR}(?P<room>{_ROOM}){_AFTER}{_END}")
_DASHED = re.compile(
    rf"(?<![\da-zA-Z.~-])(?P<parts>(?:[\doOlI]*\d[\doOlI]*|[lIoO]{{1,2}})(?:\s?[-_#~]\s?[\doOlI]*\d[\doOlI]*){{1,3}}[A-Da-d]?)(?![a-zA-Z]){_AFTER}{_END}"
)
_POINTED = re.compile(rf"(?<![\da-zA-Z.~/-])(?P<house>\d{{1,3}})\s?[./·](?:(?P<unit>\d{{1,2}})[./·])?(?P<room>\d{{3,4}})(?![\d./]){_AFTER}{_END}")
_ROOM_ONLY = re.compile(rf"(?<![\da-zA-Z.-]){_FLOOR}(?P<room>(?:[\doOlI]*\d[\doOlI]*)|{HAN})\s?(?:室|房间|房|号房)(?!子)")
_MISTYPED_ROOM = re.compile(r"(?<![\da-zA-Z.-])(?P<room>(?=[\doOlI]*\d)(?=[\doOlI]*[oOlI])[\doOlI]{2,4})(?![\da-zA-Z])")
_HOUSE_ONLY = re.compile(rf"(?<![\da-zA-Z.-]){_LANE_BEFORE}(?P<house>{_D})\s?(?:号楼|号院|号门|号?宿舍楼?|号?公寓楼?|栋|幢|#|号)(?!电池|码|下|前|那|早|晚|上|之)(?=[\s,;、/|()\x01:]|$|(?<=[栋幢楼])的|(?:\d{{1,2}}|{HAN})[楼层])")
_NO_ROOM = re.compile(rf"(?<![\da-zA-Z.-])(?P<house>{_D})\s?(?:号楼|栋|幢|座)\s?(?P<unit>{_D})\s?单元(?=[\s,;、/|()\x01:]|$)")
_FLOOR_ROOM = re.compile(rf"(?<![\da-zA-Z.-])(?:{_D}){_S}(?:楼|层){_S}(?P<room>\d{{3,4}})(?!\d){_END}")
_STREET = re.compile(r"(?:门牌号?码?|房号|地址|住址|住在|住|家住|སྒོ་?(?:ཨང|རྟགས)[^\d\s]*)\s*:?\s*(?=[\x01\s]*[\dA-Za-z]|\x01)")
FORMS = (_WORDED, _ONLY_LANE, _LETTERED, _UNITED, _DASHED, _POINTED, _FLOOR_ROOM, _ROOM_ONLY, _MISTYPED_ROOM, _NO_ROOM, _HOUSE_ONLY)

_AS_DIGITS = str.maketrans("oOlI", "0011")


@dataclass(frozen=True)
class Door:
    """A door read. `mistyped`: a letter stood for a digit. `unsure`: it could be meant otherwise."""

    text: str
    start: int
    mistyped: bool = False
    unsure: bool = False


def _digits(text: str) -> tuple[str, bool]:
    """A part of a door as digits, and whether letters had to be read as digits."""
    tail = text[-1] if text[-1] in "ABCDabcd" else ""
    body = text[: -1] if tail else text
    if re.fullmatch(HAN, body):
        return str(whole(body)), False
    return body.translate(_AS_DIGITS) + tail.upper(), bool(set(body) & set("oOlI"))


def _is_floor(house: str, room: str) -> bool:
    """15楼1501: the room's own floor is no building."""
    return room.startswith(house) and len(room) == len(house) + 2


def _made(hit: re.Match[str]) -> Door:
    named = hit.groupdict()
    if named.get("parts"):
        written = re.split(r"\s?[-_#~]\s?", named["parts"])
    else:
        written = [named[part] for part in ("lane", "house", "unit", "room") if named.get(part)]
    if named.get("mark") == "楼" and _is_floor(named["house"], named["room"]):
        written = written[1:]
    lettered = bool(re.search(r"[A-Za-z]", named.get("house") or "")) and hit.re is _LETTERED
    read = [(part.upper(), False) if lettered and part == named["house"] else _digits(part) for part in written]
    text = "-".join(part for part, _ in read)
    if zone := named.get("zone"):
        text = f"{zone.upper()}-{text}"
    words = any(re.fullmatch(HAN, part) for part in written[:-1]) and re.fullmatch(HAN, written[-1])
    lone_unit = hit.re is _NO_ROOM or (hit.re is _UNITED and not named.get("house"))
    return Door(text, hit.start(), any(odd for _, odd in read), bool(lettered or zone or lone_unit or words))


def find_doors(slate: Slate) -> list[Door]:
    """Every door named, in the order of the text, wiped from the slate. A lone house counts only without another door."""
    found: list[Door] = []
    for form in FORMS:
        if form in (_POINTED, _ROOM_ONLY, _MISTYPED_ROOM, _NO_ROOM, _HOUSE_ONLY, _FLOOR_ROOM) and found:
            break
        found += [_made(hit) for hit in slate.take(form)]
    for _ in slate.take(_STREET):
        pass
    return sorted(found, key=lambda door: door.start)


def tells_a_floor(text: str) -> bool:
    """Whether a floor stands in what is left: behind a house without a room it is half a door."""
    return bool(re.search(rf"(?<![\da-zA-Z-]){_A_FLOOR}", text))


def same_door(one: str, other: str) -> bool:
    """Whether two doors may be one: equal, or one says less from the left (606, 10-606, 168-10-606)."""
    return one == other or one.endswith(f"-{other}") or other.endswith(f"-{one}")
