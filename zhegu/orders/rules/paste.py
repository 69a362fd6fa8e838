"""A pasted chat cut into copies of a list: title, numbered entries, changes to them, and the lines between. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from zhegu.orders.rules.catalogue import everyday
from zhegu.orders.rules.characters import PICTURE, even
from zhegu.orders.rules.entry import left_over
from zhegu.orders.rules.inline import spoken
from zhegu.orders.rules.names import SURE, likeness
from zhegu.orders.rules.numbers import HAN_DIGIT
from zhegu.orders.rules.quoted import quotes
from zhegu.orders.rules.remarks import CANCEL


class Part(StrEnum):
    """What a piece of a paste is."""

    ENTRY = "entry"
    CHANGE = "change"
    OTHER = "other"


@dataclass
class Block:
    """A piece: an entry or a change of the entries `nos`, or a line that carries no number. A reply to a quotation is not sure."""

    part: Part
    text: str
    line: int
    nos: tuple[int, ...] = ()
    indented: bool = False
    after_blank: bool = False
    raw: str = ""
    sure: bool = True
    sender: str = ""


@dataclass
class Copy:
    """One list as it was pasted: what stands above it and its pieces in order."""

    header: list[str] = field(default_factory=list)
    below_the_head: list[tuple[int, str]] = field(default_factory=list)
    """Further lines taken for the head, and where they stand."""
    samples: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    entries: list[Block] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    sender: str = ""

    def add(self, block: Block) -> None:
        """The next piece, of whoever is speaking."""
        block.sender = self.sender
        self.blocks.append(block)
        if block.part is Part.ENTRY:
            self.entries.append(block)
            self.numbers.add(block.nos[0])

    @property
    def last_no(self) -> int:
        """The number of the last entry; 0 before the first."""
        return self.entries[-1].nos[0] if self.entries else 0


_CHAIN = re.compile(r"^\s*(?:#\s*接龙|#?\s*群?接龙\s*$|【?接龙】?\s*[:：]\s*$)\s*[:]?\s*(.*)$")
_SAMPLE = re.compile(r"^\s*\(?(?:例如|例子|例|格式|示例|样例|模板|范例|དཔེར་ན)\)?\s*[:、 ]?")
_NUMBERED = re.compile(r"^\s*(?:no\.?|№)?\s*[(\[第]?\s*(\d{1,4})\s*(?:[)\]]\s*[.、:,]?|[.。、:,)]+|号\s*[:、.,]|\s*-(?=\s*[^\d\s]))\s*(.*)$", re.IGNORECASE)
_HASHED = re.compile(r"^\s*(?:#|no\.?|№|序号|第(?=\s*\d+\s*[户家位]))\s*(\d{1,4})\s*(?:[户家位])?(?:[\s.:、)|]+)(.*)$", re.IGNORECASE)
_SPACED = re.compile(r"^\s*(\d{1,4})(\s+|\s*[|>→=]+\s*|\s*/\s*(?=\D)|(?=[\u3400-\u9fff\u0f40-\u0fbc]))(.*)$")
_NOT_A_NO = re.compile(r"^(?:组|号|栋|幢|座|弄|单元|网格(?![\d一二三四五六七八九十]{1,3}(?![-\d#]))|格|队|楼|室|层|瓶|罐|斤|公斤|袋|盒|箱|板|提|桶|块|份|个|月|日|年|点|户|人|元|位)")
_FORWARDED = re.compile(r"^\s*(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s*)?[^\d\s:#][^:#\n]{0,15}:\s*(?=[(\[]?\d{1,4}\s*[.、)\]])")
_CLOCK = r"(?:(?:\d{4}[年/.-])?\d{1,2}[月/.-]\d{1,2}日?\s*)?(?:(?:星期|周)[一二三四五六日天]\s*)?(?:昨天|今天|前天)?\s*(?:上午|下午|晚上|早上|中午|凌晨)?\s*\d{1,2}:\d{2}(?::\d{2})?"
_TIME_LINE = re.compile(rf"^\s*([^\d\n]{{0,20}})\s*[\[(]?(?:{_CLOCK}|\d{{4}}[年/-]\d{{1,2}}[月/-]\d{{1,2}}日?)[\])]?\s*[:]?\s*$")
_SENT = re.compile(r"^\s*\[?\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?\s*\d{1,2}:\d{2}(?::\d{2})?\]?\s+(\S[^:]{0,29})$")
"""Time and sender, as a chat is exported: the message stands below."""
_CHANGE_BODY = re.compile(
    rf"^\s*(?:请|麻烦|帮我|帮忙|那个|这个|的|家|我|数量|瓶数|份数|电话|手机|门牌|房号|名字|姓名)*\s*(?:改|更正|修改|换成|变成|变更|还是要|又要|恢复|再加|多要|少要|减|加\s*[\d{HAN_DIGIT}]|[就只]要\s*[\d{HAN_DIGIT}半]|(?:{CANCEL}|撤|退|删))"
)
_CHANGE_WORDS = rf"(?:\+\s*[\d{HAN_DIGIT}]|取消\s*[\d{HAN_DIGIT}半]|更?改|更正|修改|换成|变成|还是要|又要|恢复|再加|多要|少要|加\s*[\d{HAN_DIGIT}]|[就只]?要\s*[\d{HAN_DIGIT}半]|(?:应该?|其实)?是\s*[\d{HAN_DIGIT}]+\s*[瓶罐斤袋盒箱份个提桶件]|{CANCEL})"
_CHANGES_NO = re.compile(rf"^\s*(?:更正|修改|补充|纠正|通知|@)?\s*[:]?\s*(?:请|麻烦|帮我|帮忙|把|将)*\s*第?\s*(\d{{1,4}})\s*[号条位单]?(?!楼|元)\s*(?::|\+(?!\s*[\d{HAN_DIGIT}半]))?\s*[\u3400-\u9fff]{{0,8}}?\s*({_CHANGE_WORDS}.*)$")
_CHANGES_MANY = re.compile(rf"^\s*(?:请|麻烦)?((?:第?\d{{1,4}}\s*号?\s*[、,和跟及与]\s*)+第?\d{{1,4}})\s*号?\s*(?:都|全部?|均|也)?\s*({_CHANGE_WORDS}.*)$")
_CANCELS_NO = re.compile(r"^\s*(?:请|麻烦|帮我|帮忙)*\s*(取消|删除|删掉|退掉)\s*(?:掉|了)?\s*第?\s*(\d{1,4})\s*号?(?!楼)\s*(?:的|那个|了|吧|谢谢|接龙)*\s*$")
_TELLS_NO = re.compile(r"^\s*第?(\d{1,4})\s*号\s*的?\s*((?:电话|手机|门牌|房号).*)$")
_TOTALS = re.compile(
    r"^\s*(?:(?:以上|目前|现在|今[天日])?\s*(?:合计|总计|共计|小计|汇总)(?![\u3400-\u9fff]{2,4}\s+\d+[-栋号])|"
    r"(?:(?:以上|目前|现在|今[天日])?\s*一?共\s?(?=\d)|(?:目前|到现在|截[止至]|已经?登记)(?=.*\d))(?!.*(?:\d\s*[-#栋幢组]\s*\d|1[3-9]\d{9})))"
)
_NEXT_NO = re.compile(r"(?:(?<=[\s;。,])|^)(\d{1,4})\s*[.、)](?:\s+(?=\S)|(?=[^\d\s]))")
_LABELLED = re.compile(r"^\s*(?:姓名|收货人|户主|名字|网格|门牌号?|房号|电话|手机|地址)\s*:")
_HOUSEHOLD = re.compile(rf"\d{{3}}|[\d{HAN_DIGIT}十]\s*(?:[-#栋幢号组]|网格|单元)")
"""What only who signs up writes: a door, a grid, a phone."""
_SPEAKS = re.compile(rf"改成|改为|改要|换成|改\s*[\d{HAN_DIGIT}]|{CANCEL}|བསྒྱུར|བཅོས|^\s*(?:我的?|我家)?(?:名字|姓名|电话|门牌|房号)")
_OF_A_FIELD = re.compile(r"^\s*(?:我的?|我家)?(?:名字|姓名|电话|手机号?|门牌|房号)(?:写错|错|改|是|应|更正|\s*:?\s*[\d-]+\s*$)")
_SYSTEM = re.compile(
    r"撤回了一条消息|[\"“”].{1,20}[\"“”]\s*邀请.*加入|加入了?群聊|拍了拍|^\W*以[上下]是(?:新消息|打招呼的内容)|现在可以开始聊天|^\s*微信红包|"
    r"^\s*\[(?:链接|文件|转账|位置|聊天记录|小程序|语音|视频|图片|表情|动画表情|红包)\]"
)
_A_WORD = re.compile(r"[\u3400-\u9fff\u0f40-\u0fbc]{2,}")


_ROOM_FIRST = re.compile(r"^\s*[1-9]\d?(?:0[1-9]|[1-3]\d)[\s,、/|:]*[\u3400-\u9fff\u0f40-\u0fbc]{2}(?<![年元户人份斤块位])")
_TELLS_ALL = re.compile(r"通知|登记|接龙|团购|预订|统计|报名|每[瓶罐袋箱份户]|各位|大家|截止|联系|负责|价|元|电话:?\s*$")
_TAKEN_BACK = (
    re.compile(r"(?P<before>)不要(?P<things>[\u3400-\u9fff]{1,6}?)了(?=[\s,;。!]|$)"),
    re.compile(r"^(?P<before>\s*第?\d{1,4}\s*[号.、)]\s*)不要(?P<things>[\u3400-\u9fff]{1,6})\s*$"),
)
_BEFORE_A_CHANGE = re.compile(rf"^[号条位单: ]*(?:\+(?!\s*[\d{HAN_DIGIT}半]))?")
MOST_MISSING = 3
"""Numbers left out between two entries."""


def copies(lines: list[str]) -> list[Copy]:
    """The lists in a paste, in order. A list begins where its head stands again or its first entry does."""
    found = [Copy()]
    blank = False
    quoted = quotes(lines)
    messages = spoken([even(line) for line in lines])
    for at, raw in enumerate(lines, 1):
        if at in quoted.lines:
            continue
        text = even(raw)
        if at - 1 in messages:
            blank = True
            found[-1].sender, text = messages[at - 1]
        for form in _TAKEN_BACK:
            text = form.sub(_things_in_front, text)
        if sent := _SENT.match(text) or _TIME_LINE.match(text):
            blank, found[-1].sender = True, sent[1].strip()
            continue
        if at in quoted.replies and _is_change(text):
            found[-1].add(Block(Part.CHANGE, text, at, (quoted.replies[at],), raw=raw, sure=False))
            continue
        if not text.strip(f" {PICTURE}"):
            blank = blank or not raw.strip()
            continue
        found[-1] = _placed(found, text, at, raw, blank)
        blank = False
    return [copy for copy in found if copy.blocks or copy.header]


def _things_in_front(hit: re.Match[str]) -> str:
    """不要西红柿了 is 西红柿不要了, where 西红柿 is a thing; 不要换牌子了 is not."""
    return f"{hit['before']}{hit['things']}不要了" if everyday().split(hit["things"]) else hit[0]


def _placed(found: list[Copy], text: str, at: int, raw: str, blank: bool) -> Copy:
    """The copy now being read, with the line in its place."""
    copy = found[-1]
    if chain := _CHAIN.match(text):
        if copy.blocks:
            copy = Copy()
            found.append(copy)
        copy.header += [chain[1].strip()] if chain[1].strip() else []
        return copy
    if _SAMPLE.match(text):
        copy.samples.append(text)
        return copy
    if _SYSTEM.search(text) or (copy.entries and _TOTALS.match(text)):
        return copy
    text = _FORWARDED.sub("", text)
    for block in _blocks(text, at, raw, copy):
        block.after_blank = blank
        if block.part is Part.OTHER and not copy.entries and _heads(block, copy):
            copy.below_the_head += [(at, raw.strip())] if copy.header else []
            copy.header.append(block.text.strip())
            continue
        if _begins_anew(block, copy):
            copy = Copy(header=list(copy.header))
            found.append(copy)
        copy.add(block)
    return copy


def _heads(block: Block, copy: Copy) -> bool:
    """Whether an unnumbered line above all entries is part of the head: the first one, or one without a door or phone."""
    if copy.header and _signs_up(block.text):
        return False
    return not copy.blocks and not _LABELLED.match(block.text) and not re.search(r"\d{2,4}[-#]\d|\d[-#]\d{3}|1[3-9]\d{9}|\d\s*(?:栋|幢|单元|室)", block.text)


def _signs_up(text: str) -> bool:
    """8301 王海涛 1份, 急诊 白玛 盖饭1份: below a head, a line that a room or a name begins and that tells a number."""
    if _TELLS_ALL.search(text):
        return False
    if _ROOM_FIRST.match(text):
        return True
    return any(likeness(word[0]) >= SURE and re.search(rf"[\d{HAN_DIGIT}半]\s?\S", text[word.end() :]) for word in islice(_A_WORD.finditer(text), 2))


def _begins_anew(block: Block, copy: Copy) -> bool:
    """Whether the first entry stands here again: the list was pasted twice."""
    first = copy.entries[0] if copy.entries else None
    if first is None or block.part is not Part.ENTRY or not block.nos or block.nos != first.nos or len(copy.entries) < 2:
        return False
    words = set(_A_WORD.findall(first.text))
    return left_over(first.text) == left_over(block.text) or bool(words & set(_A_WORD.findall(block.text)))


def _blocks(text: str, at: int, raw: str, copy: Copy) -> Iterator[Block]:
    if many := _CHANGES_MANY.match(text):
        yield Block(Part.CHANGE, many[2], at, tuple(map(int, re.findall(r"\d+", many[1]))), raw=raw)
        return
    if cancels := _CANCELS_NO.match(text):
        yield Block(Part.CHANGE, cancels[1], at, (int(cancels[2]),), raw=raw)
        return
    if (tells := _TELLS_NO.match(text)) and int(tells[1]) in copy.numbers:
        yield Block(Part.CHANGE, tells[2], at, (int(tells[1]),), raw=raw)
        return
    numbered = _number(text, copy)
    if numbered is None:
        if (spaced := _SPACED.match(text)) and spaced[2].isspace() and int(spaced[1]) in copy.numbers and _is_of_before(text, spaced[3]):
            yield Block(Part.CHANGE, spaced[3], at, (int(spaced[1]),), raw=raw, sure=bool(_is_change(spaced[3])))
            return
        if changes := _CHANGES_NO.match(text):
            yield Block(Part.CHANGE, _BEFORE_A_CHANGE.sub("", text[changes.end(1) :]), at, (int(changes[1]),), raw=raw, sure=changes[2][0] != "要")
        else:
            yield Block(Part.OTHER, text, at, indented=raw[:1] in " \t\u3000", raw=raw)
        return
    no, rest = numbered
    known = no in copy.numbers
    speaks = _OF_A_FIELD.match(rest) or (_SPEAKS.search(rest) and not _HOUSEHOLD.search(rest))
    if (known and speaks) or (_is_change(rest) and (known or not re.search(r"\d{3}", rest))):
        yield Block(Part.CHANGE, rest, at, (no,), raw=raw)
        return
    for each_no, part in _in_one_line(no, rest):
        yield Block(Part.ENTRY, part, at, (each_no,), raw=raw)


def _number(text: str, copy: Copy) -> tuple[int, str] | None:
    """The number a line begins with and the rest; a number without a mark must follow the last one."""
    hit = _NUMBERED.match(text)
    if hit and not _is_decimal(text, hit, copy):
        return int(hit[1]), hit[2]
    if (hit := _HASHED.match(text)) and not _A_QUANTITY.match(text):
        return int(hit[1]), hit[2]
    hit = _SPACED.match(text)
    if hit and _follows(int(hit[1]), hit[3], copy) and not _NOT_A_NO.match(hit[3]) and not _A_QUANTITY.match(text):
        return int(hit[1]), hit[3]
    return None


def _follows(no: int, rest: str, copy: Copy) -> bool:
    """A number without a mark is the next one; one further on, where one is missing, if a household stands behind it."""
    return no == copy.last_no + 1 or (copy.last_no + 1 < no <= copy.last_no + MOST_MISSING and bool(_HOUSEHOLD.search(rest)) and rest[:1].isalpha())


_A_QUANTITY = re.compile(r"^\s*\d+(?:\.\d+)?\s*(?:斤|公斤|kg|瓶|罐|袋|盒|箱|板|提|桶|份|个)", re.IGNORECASE)


def _is_decimal(text: str, hit: re.Match[str], copy: Copy) -> bool:
    """1.5斤 and 10:15 begin with no number of an entry, 16.8组 does."""
    if not re.match(r"\s*\d+[.:,]\d", text):
        return False
    return bool(_A_QUANTITY.match(text)) or (int(hit[1]) != copy.last_no + 1 and not re.search(r"\d{2}-\d{3}|1[3-9]\d{9}|[组栋幢号室]", hit[2]))


def _is_of_before(text: str, rest: str) -> bool:
    """Whether a line that begins with the number of an entry, without a mark, tells something new of it: 8 定了,3袋."""
    return not (_HOUSEHOLD.search(rest) or _NOT_A_NO.match(rest) or _A_QUANTITY.match(text)) and (_is_change(rest) or bool(re.search(r"\d", rest)))


def _is_change(rest: str) -> bool:
    if _CHANGE_BODY.match(rest):
        return True
    short = re.sub(r"\s", "", rest)
    return len(short) <= 12 and bool(re.search(rf"(?:{CANCEL})[了吧哈谢。!]*$", short)) and not re.search(r"\d{3}|\d-\d|[组栋号]", short)


def _in_one_line(no: int, rest: str) -> Iterator[tuple[int, str]]:
    """Several entries in one line: each further number follows the one before and has a door or phone behind it."""
    start = 0
    for hit in _NEXT_NO.finditer(rest):
        before, after = rest[start : hit.start()], rest[hit.end() :]
        if int(hit[1]) == no + 1 and re.search(r"\d{3}", before) and (re.search(r"\d{3}|\d\s*[-#栋幢]\s*\d", after) or _CHANGE_BODY.match(after)):
            yield no, before
            no, start = no + 1, hit.end()
    yield no, rest[start:]
