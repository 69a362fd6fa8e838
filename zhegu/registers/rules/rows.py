"""Which rows of a table tell of people, and which are totals, footers, titles. Pure."""

import re
from enum import StrEnum
from itertools import pairwise
from typing import Any

from zhegu.lib.sheets.cells import Sheet
from zhegu.registers.rules.characters import even, says_nothing, whole_number
from zhegu.registers.rules.columns import Block, Plan
from zhegu.registers.rules.grids import grid_in_title
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.ids import read_id
from zhegu.registers.rules.layout import Table


class RowKind(StrEnum):
    """What a row is."""

    PERSON = "person"
    HOUSEHOLD = "household"
    SECTION = "section"
    NOTHING = "nothing"


_TOTAL = re.compile(
    r"(?:本[页组户]|本网格|全[村社]区?|第?[\d零一二三四五六七八九十]+(?:网格|组|户|页)?|[^\d\s]{0,8})"
    r"(?:小计|[户组页村]计|合计|总计|共计|累计|总人数|总户数|总数)[:(]?.{0,24}"
    r"|共\s*\d+\s*[户人名].{0,16}|(?:sub|grand)?\s*total\b.{0,24}|(?:ཁྱོན་)?བསྡོམས.{0,16}",
    re.IGNORECASE | re.DOTALL,
)
_FOOTER = re.compile(
    r"(?:填表|填报|制表|审核|审批|负责人|经办|校对|复核|统计人|统计员|登记人|录入|打印|盖章|主管|签字|签名|报送|上报"
    r"|单位负责|联系人|单位[:(]|日期[:]|时间[:]|注[:\d]|备注[:]|说明[:]|填写说明|以上|第\d+页|第.页|示例|样例|例[:如]"
    r"|prepared|checked|reviewed|filled|compiled|signature|note:|notes:|page\s*\d"
    r"|འབྲི་མཁན|ཞིབ་བཤེར|བཀོད་མཁན)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r".{0,8}(?:填表|填报|制表|审核|负责人|签字|签名|盖章|经办|校对)[^:]{0,8}:")
_COUNTING = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
PERSONAL = (Role.NAME, Role.ID, Role.PHONE, Role.BIRTH, Role.RELATION, Role.SEX, Role.MEMBERS)


def _squeezed(value: Any) -> str:
    return re.sub(r"\s+", "", even(value))


def is_total(sheet: Sheet, row: int, filled: list[int]) -> bool:
    """小计, 合计, 总计, 共计 among the first cells, and no whole id number in the row."""
    first = [sheet.raw(row, column) for column in filled[:3]]
    said = any(isinstance(value, str) and _TOTAL.fullmatch(_squeezed(value)) for value in first)
    return said and not any(_valid_id(sheet.raw(row, column)) for column in filled)


def is_footer(sheet: Sheet, row: int, filled: list[int]) -> bool:
    """填表人, 审核人, 制表 … in the row's first cell, and no whole id number in the row."""
    first = sheet.raw(row, filled[0])
    if not isinstance(first, str):
        return False
    text = _squeezed(first)
    if not (_FOOTER.match(text) or _SIGNED.match(text)):
        return False
    return not any(_valid_id(sheet.raw(row, column)) for column in filled)


def _valid_id(value: Any) -> bool:
    return isinstance(value, str) and len(value) > 14 and read_id(value).valid


def is_column_count(sheet: Sheet, row: int, filled: list[int]) -> bool:
    """The row (1) (2) (3) … or 甲 乙 1 2 3 … that some forms print under the header."""
    numbers = [whole_number(v) if not isinstance(v, str) else _digits(v) for v in (sheet.raw(row, c) for c in filled)]
    steps = [b - a == 1 or b == 1 for a, b in pairwise(numbers) if a is not None and b is not None]
    return len(numbers) >= 4 and None not in numbers and all(steps)


def _digits(value: str) -> int | None:
    text = _squeezed(value)
    for signs in _COUNTING:
        if len(text) == 1 and text in signs:
            return signs.index(text) + 1
    found = re.fullmatch(r"\(?(\d{1,2})\)?", text)
    return int(found[1]) if found else None


def kind_of_row(sheet: Sheet, row: int, table: Table, plan: Plan) -> RowKind:
    """What a row below the header is."""
    filled = sheet.filled(row)
    if not filled or row in table.repeats or is_total(sheet, row, filled) or is_footer(sheet, row, filled):
        return RowKind.NOTHING
    if row == table.first and is_column_count(sheet, row, filled):
        return RowKind.NOTHING
    if _one_wide_cell(sheet, row, filled, plan):
        return RowKind.SECTION
    if plan.listing or plan.head_is_person:
        return RowKind.HOUSEHOLD if _tells_household(sheet, row, plan) else RowKind.NOTHING
    if _label(sheet, row, filled, plan):
        return RowKind.NOTHING
    head = plan.head.first(Role.HEAD) if plan.heads_have_columns else None
    told = tells_person(sheet, row, plan) or (head is not None and not says_nothing(sheet.raw(row, head.index)))
    return RowKind.PERSON if told else RowKind.NOTHING


def _label(sheet: Sheet, row: int, filled: list[int], plan: Plan) -> bool:
    """班主任：德吉 … 联系电话：139…: a line of labels, in which nobody's name stands where names stand."""
    if not re.match(r"[^\d\s:]{2,10}:", _squeezed(sheet.raw(row, filled[0]))):
        return False
    names = [c for block in plan.people for role in (Role.NAME, Role.NAME_BO) for c in block.all(role)]
    named = any(not says_nothing(sheet.raw(row, c.index)) for c in names if c.index != filled[0])
    return not named and not any(_valid_id(sheet.raw(row, column)) for column in filled)


def _one_wide_cell(sheet: Sheet, row: int, filled: list[int], plan: Plan) -> bool:
    """A title in the middle of a table: one cell across several columns, or one that is no name."""
    if len(filled) > 2:
        return False
    if sheet.span_width(row, filled[0]) >= 3:
        return True
    names = {c.index for block in plan.people for role in (Role.NAME, Role.MEMBERS) for c in block.all(role)}
    names |= {c.index for c in plan.people[0].all(Role.HEAD)} if plan.listing or plan.head_is_person else set()
    text = sheet.raw(row, filled[0])
    if filled[0] in names:
        return len(filled) == 1 and (_is_sentence(text) or grid_in_title(text) is not None)
    return len(filled) == 1


def _is_sentence(value: Any) -> bool:
    """1.外出人员请注明去向；… stands alone where names stand, and is a remark on the list."""
    text = str(value).strip()
    return bool(re.search(r"[:：。；;！!]", text)) or len(re.findall(r"[\u3400-\u9fff]", text)) > 12


def is_second_line(sheet: Sheet, row: int, block: Block) -> bool:
    """The name again in the other script, below a row whose own number or sex reaches down to here."""
    name, own = block.first(Role.NAME), block.first(Role.ID) or block.first(Role.SEX)
    if not name or not own or sheet.anchor(row, own.index)[0] >= row:
        return False
    return _is_tibetan(sheet.raw(row, name.index)) != _is_tibetan(sheet.raw(row - 1, name.index))


def _is_tibetan(value: Any) -> bool:
    return bool(re.search(r"[\u0f40-\u0fbc]", even(value)))


def tells_person(sheet: Sheet, row: int, plan: Plan) -> bool:
    """Something personal stands in the row itself, not only carried over from a merged cell above."""
    for block in plan.people:
        name = block.first(Role.NAME) or block.first(Role.NAME_BO)
        if name and sheet.anchor(row, name.index)[0] < row:
            continue  # the second line of someone above
        if is_second_line(sheet, row, block):
            continue
        for role in PERSONAL:
            for column in block.all(role):
                if not says_nothing(sheet.raw(row, column.index)):
                    return True
    return False


def _tells_household(sheet: Sheet, row: int, plan: Plan) -> bool:
    block = plan.people[0]
    roles = (Role.HEAD, Role.MEMBERS, Role.NAME, Role.ID, Role.PHONE, Role.HOUSEHOLD_NO)
    told = [role for role in roles for c in block.all(role) if not says_nothing(sheet.raw(row, c.index))]
    return bool(told) and told != [Role.HOUSEHOLD_NO]
