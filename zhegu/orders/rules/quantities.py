"""Quantities as people write them: 2斤, 一斤半, x3盒, 一大罐, 两三斤, 5kg一袋, 20元. Pure."""

import re
from dataclasses import dataclass

from zhegu.orders.rules.numbers import ANY, HAN_DIGIT, number, two_digits

WEIGHTS = {"斤": "斤", "公斤": "公斤", "千克": "公斤", "kg": "公斤", "㎏": "公斤", "市斤": "斤", "རྒྱ་མ": "斤", "སྤྱི་རྒྱ": "公斤", "克": "克", "g": "克", "两": "两", "吨": "吨"}
STRENGTHS = ("mg", "ml", "毫克", "毫升", "ug", "μg", "µg", "微克", "iu", "万单位", "单位", "升", "l", "cm", "寸", "w", "抽")
COUNTED = {"ཤེལ་དམ": "瓶", "དམ་བེ": "瓶", "སྒམ": "箱", "ཁུག་མ": "袋", "སྒྲོ་བ": "袋"}
BO_UNITS = "|".join(unit for unit in (*COUNTED, *WEIGHTS) if "\u0f00" <= unit[0] <= "\u0fff")
CONTAINERS = "瓶罐袋盒箱板提桶份包壶筐坛件套捆打杯篮听磅"
SACKS = ("麻袋", "编织袋", "蛇皮袋")
_LOOSE = "个颗棵条只把根支片粒块串卷听盘头朵枚张台盆辆双瓣副贴节丸车筒碗本册顶枝剂针"
_UNITS = sorted([*WEIGHTS, *STRENGTHS, *COUNTED, *SACKS, *CONTAINERS, *_LOOSE], key=len, reverse=True)
_UNIT = "|".join(re.escape(one) for one in _UNITS)
MONEY = re.compile(rf"[¥￥]\s*\d+(?:\.\d+)?|{ANY}\s*(?:元钱?|圆|块钱|块半|rmb)(?:\s?[/一每]\s?(?:{_UNIT}))?", re.IGNORECASE)
_VAGUE = re.compile(r"(?:一些|一点儿?|一点点|若干|适量|随便|随意|少许|多一点|多点|少点|几(?:斤|个|瓶|袋|盒|公斤|罐|箱)(?:都行|都可以|也行|也可以|均可)?|有多少要多少|看着[给办买])")
_QUANTITY = re.compile(
    rf"(?P<times>[x*X]\s*)?"
    rf"(?:(?P<low>{ANY})\s*(?:-|~|到|至|或者?|、(?={ANY}\s*(?:{_UNIT})))\s*)?"
    rf"(?P<number>{ANY})(?P<about>来|多|几)?་?\s?"
    rf"(?P<size>大|小|整|满|特大|中)?"
    rf"(?P<unit>(?![张车][\u3400-\u9fff]|两\s?[{CONTAINERS}])(?i:{_UNIT}))(?:(?<=[^\x00-\x7f])|(?![a-wyzA-WYZ]|[xX][a-zA-Z]))"
    rf"(?P<half>半(?!斤|公斤|[{CONTAINERS}个]))?(?P<liang>(?<=斤)[{HAN_DIGIT}\d]两(?![{CONTAINERS}]))?"
    rf"(?P<holds>(?<=[箱件提])(?:装|内含)?(?:[6-9]|[1-9]\d)[盒袋瓶包罐支枚听](?:装)?)?"
    rf"(?P<nearly>左右|上下|以内|以上|多)?"
    rf"(?P<per>装的?|[大小中][罐瓶袋桶]|/\s?(?:{_UNIT})|每\s?(?:{_UNIT})|规格|\s?的(?=\s?(?:[{HAN_DIGIT}半]|\d|[x*])))?"
)
_UNIT_HALF = re.compile(r"(?P<unit>斤|公斤)半")
_TIMES = re.compile(rf"[x*X]\s*(?P<number>{ANY})(?![\da-zA-Z])")
_GRADE = re.compile(r"(?:[1-4一二三四]|[①-④])\s?段(?![路落位时子])|(?:NB|X{0,4}[SML])\s?[码号]|(?:NB|X{1,4}L)(?![A-Za-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """A number of something: exact, or open where the writer left it open."""

    number: float | None
    unit: str | None
    written: str
    size_only: bool = False
    vague: bool = False
    money: bool = False

    @property
    def measures(self) -> bool:
        """Whether it could be the size of one piece: a weight, a volume, a strength."""
        return self.unit in WEIGHTS.values() or self.strength

    @property
    def strength(self) -> bool:
        """Whether it can only be the size or strength of one piece."""
        return (self.unit or "").lower() in STRENGTHS or self.unit == "克"

    @property
    def counts(self) -> bool:
        """Whether its unit is something one carries: 瓶, 袋, 盒."""
        return bool(self.unit) and self.unit[-1:] in CONTAINERS


def quantity_at(text: str, at: int) -> tuple[Quantity, int] | None:
    """The quantity that begins here and where it ends."""
    if hit := MONEY.match(text, at):
        return Quantity(None, None, hit[0], money=True), hit.end()
    if hit := _VAGUE.match(text, at):
        return Quantity(None, None, hit[0], vague=True), hit.end()
    if hit := _GRADE.match(text, at):
        return Quantity(None, None, hit[0], size_only=True), hit.end()
    if hit := _QUANTITY.match(text, at):
        return _read(hit), hit.end()
    if hit := _UNIT_HALF.match(text, at):
        return Quantity(1.5, hit["unit"], hit[0]), hit.end()
    if hit := _TIMES.match(text, at):
        return Quantity(number(hit["number"]), None, hit[0]), hit.end()
    return None


def _read(hit: re.Match[str]) -> Quantity:
    unit, said = hit["unit"], hit["number"]
    kept = WEIGHTS.get(unit) or WEIGHTS.get(unit.lower()) or COUNTED.get(unit) or (unit.lower() if unit.isascii() else unit)
    if hit["low"] or hit["about"] or hit["nearly"] or (two_digits(said) and not hit["size"]):
        return Quantity(None, kept, hit[0], vague=True)
    amount = number(said)
    if amount is not None and hit["half"]:
        amount += 0.5
    if amount is not None and hit["liang"]:
        amount += (number(hit["liang"][0]) or 0) / 10
    return Quantity(amount, kept, hit[0].strip(), size_only=bool(hit["per"]))
