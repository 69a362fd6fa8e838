"""The columns of a group-buy export, by the words at their head. Pure."""

import re
from dataclasses import dataclass, field
from typing import Any

from zhegu.lib.sheets.cells import Sheet, is_blank
from zhegu.orders.rules.characters import even

PARTS = {
    "no": r"跟团号|接龙号|参团号|团号|接龙序号|序号|编号|no\.?",
    "order": r"订单编?号",
    "nick": r"下单人|微信名|微信昵称|群昵称|昵称|买家|团员",
    "name": r"收货人姓名|收货人|收件人|姓名|联系人|客户姓名|户主|取货人",
    "phone": r"联系电话|收货电话|收货人电话|手机号码?|电话号码?|电话|手机|联系方式",
    "grid": r"网格号?|所属网格|组别",
    "item": r"商品名称|商品|品名|货品名称|货品|物品|药品名称|药名|药品|品种|菜品|商品信息|购买商品|接龙内容|内容",
    "spec": r"商品规格|规格型号|规格",
    "unit": r"单位",
    "quantity": r"商品数量|购买数量|数量|件数|份数|个数",
    "paid": r"订单金额|实付金额|实付|支付金额|付款金额|订单总额|应付金额",
    "refund": r"退款金额|已退金额|退款",
    "status": r"订单状态|状态|退款状态|售后状态",
    "member_note": r"团员备注|买家备注|买家留言|备注|留言|用户备注",
    "leader_note": r"团长备注|商家备注|卖家备注|客服备注",
    "address": r"详细地址|收货地址|地址|家庭住址|住址|门牌号?码?|楼栋房号|门牌地址",
    "lane": r"弄号?|弄",
    "house": r"楼号|楼栋号?|栋号|幢号|几栋|楼栋|栋|幢|座",
    "unit_no": r"单元号?|单元",
    "room": r"房号|房间号?|室号|房间|室|门户号",
}
_WHOLE = {part: re.compile(rf"(?:{words})", re.IGNORECASE) for part, words in PARTS.items()}
_ASIDE = re.compile(r"[(\[].*?[)\]]|[:*\s]")
_NO_THING = re.compile(r"金额|合计|小计|总计|总数|运费|优惠|单价|价格|时间|日期|物流|小区|团长|自提|积分|支付|配送|编号|状态|佣金|身份证|年龄")
LOOKED_THROUGH = 30
"""Rows at the top among which the heads are sought."""


@dataclass
class Heads:
    """Where each part stands; `things` are columns that each hold the number of one thing. `row` is the row of heads."""

    row: int
    at: dict[str, int] = field(default_factory=dict)
    things: dict[int, str] = field(default_factory=dict)
    title: str | None = None

    @property
    def of_orders(self) -> bool:
        """Whether each row says who wants what, and not only how much of each in all."""
        who = {"name", "phone", "address", "room"} & set(self.at)
        return bool(who) and ("item" in self.at or bool(self.things))


def cell(value: Any) -> str:
    """A cell as one would type it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else even(str(value)).strip()


def find_heads(sheet: Sheet) -> Heads | None:
    """The row of heads: the one with most known words, at least two."""
    best: Heads | None = None
    for row in range(min(LOOKED_THROUGH, len(sheet.cells))):
        heads = Heads(row)
        for column in range(sheet.width):
            if part := _part(cell(sheet.raw(row, column)), heads.at):
                heads.at[part] = column
        if len(heads.at) >= 2 and (best is None or len(heads.at) > len(best.at)):
            best = heads
    if best is None:
        return None
    best.title = next((text for row in range(best.row) if (text := _only(sheet, row))), None)
    if "item" not in best.at:
        best.things = _things(sheet, best)
    return best


def _part(words: str, taken: dict[str, int]) -> str | None:
    plain = _ASIDE.sub("", words)
    return next((part for part, form in _WHOLE.items() if part not in taken and plain and form.fullmatch(plain)), None)


def _only(sheet: Sheet, row: int) -> str | None:
    """The words of a row that holds one text only."""
    said = {text for column in range(sheet.width) if (text := cell(sheet.raw(row, column)))}
    return said.pop() if len(said) == 1 else None


def _things(sheet: Sheet, heads: Heads) -> dict[int, str]:
    """Columns with a head of their own that hold numbers only: one thing each, as in a table with a column a thing."""
    found = {}
    for column in range(sheet.width):
        words = cell(sheet.raw(heads.row, column))
        if not words or column in heads.at.values() or _NO_THING.search(words):
            continue
        values = [sheet.raw(row, column) for row in range(heads.row + 1, len(sheet.cells))]
        filled = [value for value in values if not is_blank(value)]
        if filled and all(re.fullmatch(r"\d+(?:\.\d+)?\s?\S{0,2}", cell(value)) for value in filled):
            found[column] = words
    return found
