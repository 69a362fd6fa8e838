"""Sign-ups made afresh from a seed, with what a careful clerk would write down: own names, own things, many hands."""

import random
from dataclasses import dataclass, field
from typing import Any

FAMILY = "郑孙钱罗梁宋唐韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
GIVEN = ["建国", "志强", "丽娟", "秀兰", "文静", "海涛", "玉珍", "小军", "婷婷", "永福", "春花", "伟", "敏", "静", "国庆", "美玲", "艳红", "德全", "晓东", "桂芳", "子轩", "雨桐", "佳怡"]
TIBETAN = ["扎西", "卓玛", "次仁", "拉姆", "多吉", "顿珠", "平措", "强巴", "罗布", "群培", "色珍", "仓决", "洛追", "伦珠", "云丹", "旺姆", "曲宗", "嘉措", "久美", "才让", "南杰", "央宗", "格列", "白珍"]
NICKNAMES = ["岁月静好", "阳光总在", "momo", "果果妈妈", "大海", "🌙", "浩浩爸", "A开锁小王", "彩虹🌈", "蓝天白云", "随缘", "心静如水", "🍀", "知足常乐", "乐乐", "蜗牛666"]
LOOSE = [("丝瓜", "斤"), ("苦瓜", "斤"), ("芹菜", "斤"), ("豆腐", "块"), ("香蕉", "斤"), ("猪肉", "斤"), ("茄子", "斤"), ("生菜", "斤"), ("大葱", "斤"), ("橙子", "斤"), ("土豆", "斤"), ("莴笋", "斤")]
PACKED = [("酱油", "瓶"), ("挂面", "把"), ("卫生纸", "提"), ("矿泉水", "箱"), ("洗衣粉", "袋"), ("狗粮", "袋"), ("牙膏", "支"), ("酸奶", "箱"), ("湿巾", "包"), ("大米", "袋"), ("面粉", "袋"), ("鸡蛋", "板")]
DRUGS = [("缬沙坦胶囊", "80mg"), ("阿托伐他汀钙片", "20mg"), ("格列美脲片", "2mg"), ("甘精胰岛素注射液", "3ml"), ("阿莫西林胶囊", "0.25g"), ("氯雷他定片", "10mg"), ("美托洛尔缓释片", "47.5mg"), ("蒲地蓝口服液", "10ml")]
HARMLESS = ["谢谢", "放门口", "🙏", "辛苦了", "家里有老人", "到了打电话", "麻烦了"]
CHATTER = ["收到", "辛苦各位了👍", "今天几点送?", "@所有人 请大家抓紧", "[玫瑰]", "昨天 18:20", "好的谢谢", "👍👍", "核酸几点开始做?", "已有56户报名"]
WISHES = ["我也要一份", "帮我家也报一个", "我家那个改成三瓶", "能不能给我也加一个"]
HAN = {1: "一", 2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 10: "十"}
FULL = str.maketrans("0123456789-", "０１２３４５６７８９－")
TIBETAN_DIGITS = str.maketrans("0123456789", "༠༡༢༣༤༥༦༧༨༩")


@dataclass
class Fresh:
    """A text and its truth. `must_surface` are wishes that name nobody."""

    text: str
    truth: list[dict[str, Any]] = field(default_factory=list)
    must_surface: list[str] = field(default_factory=list)


class Writer:
    """One hand that writes a list; `kind` is gas, goods or medicine."""

    def __init__(self, seed: int, kind: str):
        self.chance = random.Random(f"{kind} {seed}")
        self.kind = kind
        self.doors: set[str] = set()

    def one(self, *things: Any) -> Any:
        return self.chance.choice(things)

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def name(self) -> str:
        if self.often(0.5):
            return self.chance.choice(FAMILY) + self.chance.choice(GIVEN)
        return "".join(self.chance.sample(TIBETAN, self.one(1, 2, 2, 2)))

    def door(self) -> tuple[str, str]:
        """The door in truth, and as written."""
        while True:
            house, unit, room = self.chance.randint(1, 90), self.chance.randint(1, 5), self.chance.randint(1, 16) * 100 + self.chance.randint(1, 8)
            truth, said = self.one(
                (f"{house}-{room}", self.one(f"{house}-{room}", f"{house}栋{room}", f"{house}号楼{room}室", f"{house}幢{room}", f"{house}#{room}", f"{house}号{room}", f"{house} - {room}")),
                (f"{house}-{room}", self.one(f"{house}-{room}", f"{house}—{room}", f"{house}-{room}".translate(FULL), f"{house}座{room}室")),
                (f"{house}-{unit}-{room}", self.one(f"{house}-{unit}-{room}", f"{house}栋{unit}单元{room}", f"{house}号楼{unit}单元{room}室", f"{house}栋 {unit}单元 {room}")),
                (f"{168}-{house}-{room}", f"168弄{house}号{room}室"),
                (f"{room}", f"{room}室"),
            )  # fmt: skip
            if truth not in self.doors:
                self.doors.add(truth)
                return truth, said

    def phone(self) -> tuple[str, str]:
        tail = f"{self.chance.randrange(10_000):04d}"
        plain = f"1390000{tail}"
        return plain, self.one(plain, plain, f"139 0000 {tail}", f"139-0000-{tail}", f"电话{plain}", f"☎{plain}", f"手机:{plain}", plain.translate(FULL), plain.translate(TIBETAN_DIGITS))

    def grid(self) -> tuple[str, str]:
        no = self.chance.randint(1, 16)
        return str(no), self.one(f"{no}组", f"第{no}网格", f"网格{no}", f"{no}网格", f"{no}格", f"{HAN[no]}组" if no in HAN and no != 2 else f"{no}组", f"དྲ་མིག་{str(no).translate(TIBETAN_DIGITS)}")

    def amount(self, unit: str) -> tuple[float, str]:
        n = self.chance.randint(1, 6)
        if unit == "斤" and self.often(0.25):
            return self.one((0.5, "半斤"), (1.5, "一斤半"), (2.5, "两斤半"), (1.5, "1.5斤"), (10, "十斤"))
        return n, self.one(f"{n}{unit}", f"{n}{unit}", f"{HAN[n]}{unit}", f"x{n}{unit}", f"*{n}{unit}", f"{n} {unit}")

    def goods(self) -> tuple[list[dict[str, Any]], str]:
        things = self.chance.sample(LOOSE + PACKED, self.chance.randint(1, 4))
        if len(things) > 1 and self.often(0.15) and all(unit == "斤" for _, unit in things):
            n = self.chance.randint(1, 5)
            words = self.one("、", "和").join(item for item, _ in things)
            return [{"item": item, "quantity": n, "unit": "斤"} for item, _ in things], f"{words}各{n}斤"
        lines, said = [], []
        for item, unit in things:
            n, words = self.amount(unit)
            size = self.one("", "", "", self.one("5kg", "10斤装", "500g", "2.5L")) if unit in "袋瓶箱" else ""
            lines.append({"item": item, "quantity": n, "unit": unit})
            said.append(f"{words}{item}" if self.often(0.12) and words[0] not in "x*" and not size else f"{item}{self.one('', ' ') if not size else ''}{size}{words}")
        return lines, self.one(" ", ",", "、", ";").join(said)

    def gas(self) -> tuple[list[dict[str, Any]], str]:
        n = self.chance.randint(1, 3)
        words = self.one(f"{n}瓶", f"{n}罐", f"{HAN[n]}罐", f"换{n}瓶", f"x{n}", f"15kg{HAN[n]}罐", f"煤气{n}瓶", f"液化气{HAN[n]}瓶", f"{HAN[n]}大罐", f"{n} 瓶", f"气{n}个", f"15公斤的{n}瓶", f"要{n}瓶")
        return [{"item": "液化气", "quantity": n, "unit": "瓶"}], words

    def medicine(self) -> tuple[list[dict[str, Any]], str]:
        lines, said = [], []
        for item, strength in self.chance.sample(DRUGS, self.one(1, 1, 2)):
            n = self.chance.randint(1, 4)
            unit = "支" if "注射" in item else "盒"
            between = self.one(f"{strength} ", f" {strength} ", f"({strength})", f"{strength}*14片*" if item.endswith("片") else f"{strength} ")
            lines.append({"item": item, "quantity": n, "unit": unit, "strength": strength})
            said.append(f"{item}{between}{self.one(str(n), HAN[n])}{unit}")
        return lines, self.one(" ", "、", ",").join(said)

    def wanted(self) -> tuple[list[dict[str, Any]], str]:
        return {"gas": self.gas, "goods": self.goods, "medicine": self.medicine}[self.kind]()


def _entry(hand: Writer, no: int, order: list[str]) -> tuple[dict[str, Any], str]:
    door, door_said = hand.door()
    name = hand.name()
    lines, wanted = hand.wanted()
    truth = {"no": no, "name": name, "grid": None, "door": door, "phone": None, "lines": lines, "cancelled": False, "needs_check": False}
    said = {"name": name, "door": door_said, "wanted": wanted}
    if hand.often(0.8):
        truth["grid"], said["grid"] = hand.grid()
    if hand.often(0.8):
        truth["phone"], said["phone"] = hand.phone()
    trick = hand.one(*["none"] * 14, *TRICKS)
    tail = TRICKS[trick](hand, truth, said) if trick != "none" else ""
    order = [*order, *(part for part in said if part not in order)]
    parts = [said[part] for part in order if part in said]
    text = hand.one(" ", " ", " ", ", ", "、", "/ ", ";").join(parts)
    if hand.kind == "goods" or hand.kind == "medicine":
        text = " ".join(parts)
    if hand.often(0.12):
        text = f"{hand.chance.choice(NICKNAMES)} {text}"
    if hand.often(0.1):
        text = f"{text} {hand.chance.choice(HARMLESS)}"
    return truth, text + tail


def _cancelled(hand: Writer, truth: dict[str, Any], said: dict[str, str]) -> str:
    truth["cancelled"] = True
    return hand.one(" 取消", "(取消)", " 不要了", ",已取消", " 退出")


def _letter(hand: Writer, truth: dict[str, Any], said: dict[str, str]) -> str:
    truth["door"], said["door"] = "8-1008", hand.one("8-1oo8", "8栋1o08", "8-l0o8")
    truth["needs_check"] = True
    return ""


def _no_quantity(hand: Writer, truth: dict[str, Any], said: dict[str, str]) -> str:
    item = {"gas": "", "goods": "白菜", "medicine": "缬沙坦胶囊80mg"}[hand.kind]
    said["wanted"] = item
    truth["lines"] = [{"item": {"gas": "液化气", "medicine": "缬沙坦胶囊"}.get(hand.kind, item), "quantity": None, "unit": "瓶" if hand.kind == "gas" else None}]
    truth["needs_check"] = True
    return ""


def _span(hand: Writer, truth: dict[str, Any], said: dict[str, str]) -> str:
    if hand.kind == "medicine":
        return ""
    item, unit = ("液化气", "瓶") if hand.kind == "gas" else ("芹菜", "斤")
    said["wanted"] = item + hand.one(f"2-3{unit}", f"两三{unit}", f"1{unit}或2{unit}", f"2到3{unit}")
    truth["lines"] = [{"item": item, "quantity": None, "unit": unit}]
    truth["needs_check"] = True
    return ""


def _no_door(hand: Writer, truth: dict[str, Any], said: dict[str, str]) -> str:
    del said["door"]
    truth["door"], truth["needs_check"] = None, True
    return ""


def _broken_phone(hand: Writer, truth: dict[str, Any], said: dict[str, str]) -> str:
    said["phone"] = hand.one("1390000123", "139000012345", "139****1234", "0891-6334455")
    truth["phone"], truth["needs_check"] = None, True
    return ""


def _inline_change(hand: Writer, truth: dict[str, Any], said: dict[str, str]) -> str:
    if hand.kind != "gas":
        return ""
    said["wanted"] = hand.one("1瓶 改成4瓶", "1瓶改4瓶", "1瓶,改为4瓶", "一罐→4罐")
    truth["lines"] = [{"item": "液化气", "quantity": 4, "unit": "瓶"}]
    return ""


def _two_grids(hand: Writer, truth: dict[str, Any], said: dict[str, str]) -> str:
    said["grid"], truth["grid"], truth["needs_check"] = "3组 7网格", None, True
    return ""


TRICKS = {
    "cancelled": _cancelled, "letter": _letter, "no_quantity": _no_quantity, "span": _span, "no_door": _no_door,
    "broken_phone": _broken_phone, "inline_change": _inline_change, "two_grids": _two_grids,
}  # fmt: skip
ORDERS = [
    ["grid", "name", "door", "wanted", "phone"], ["name", "door", "wanted", "phone", "grid"], ["door", "name", "phone", "wanted"],
    ["phone", "name", "grid", "door", "wanted"], ["grid", "door", "name", "wanted", "phone"], ["name", "phone", "door", "wanted", "grid"],
]  # fmt: skip
HEADS = {
    "gas": ["换煤气接龙,每瓶115元 请写:网格 姓名 门牌 瓶数 电话", "9月2日液化气换瓶登记(15公斤)", "明天换液化气,要的接龙"],
    "goods": ["今日蔬菜水果接龙 格式:姓名+门牌+要的东西+电话", "超市送货报名", "明天团购接龙,请写清楚数量"],
    "medicine": ["代购药品登记,写清药名规格盒数", "明天社区统一去药店买药,请写:姓名 门牌 药名 规格 盒数 电话"],
}
MARKS = ["{}. ", "{}、", "{}.", "{}: ", "({}) ", "{}) ", "{}，", "{}号:"]


def fresh_signup(seed: int, kind: str, size: int = 30) -> Fresh:
    """A list of so many entries with chatter between, corrections below and now and then two in one line."""
    hand = Writer(seed, kind)
    mark = hand.one(*MARKS)
    made = Fresh("")
    lines = [hand.one("#接龙", "#接龙", ""), hand.one(*HEADS[kind])]
    last = ""
    for no in range(1, size + 1):
        order = ORDERS[0] if hand.often(0.5) else hand.one(*ORDERS)
        truth, text = _entry(hand, no, order)
        made.truth.append(truth)
        said = mark.format(no) + text
        if last and lines[-1] == last and mark == "{}. " and hand.often(0.04) and "取消" not in last and made.truth[-2]["phone"] and truth["door"] and made.truth[-2]["door"]:
            lines[-1] = f"{lines[-1]}  {said}"
        elif hand.often(0.04) and truth["phone"] and not truth["needs_check"] and text.endswith(truth["phone"]):
            lines += [said[: -len(truth["phone"])], f"  {truth['phone']}"]
        else:
            lines.append(said)
        last = said
        if hand.often(0.08):
            lines.append(hand.chance.choice(CHATTER))
        if hand.often(0.02):
            made.must_surface.append(hand.chance.choice(WISHES))
            lines.append(made.must_surface[-1])
    _corrections(hand, made, lines, mark)
    made.text = "\n".join(lines)
    return made


def _corrections(hand: Writer, made: Fresh, lines: list[str], mark: str) -> None:
    plain = [truth for truth in made.truth if not truth["needs_check"] and not truth["cancelled"]]
    for truth in hand.chance.sample(plain, min(3, len(plain))):
        no = truth["no"]
        if hand.kind == "gas" and hand.often(0.5):
            lines.append(hand.one(f"{mark.format(no)}改成5瓶", f"{no}号改成5瓶", f"第{no}号改为五罐"))
            truth["lines"] = [{"item": "液化气", "quantity": 5, "unit": "瓶"}]
        else:
            lines.append(hand.one(f"{mark.format(no)}取消", f"{no}号取消", f"{no}号不要了", f"取消{no}号"))
            truth["cancelled"] = True
