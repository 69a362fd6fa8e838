"""A members cell's many spellings, evened out before its people are told apart. Pure."""

import re
from typing import Any

from zhegu.registers.rules.characters import even
from zhegu.registers.rules.names import looks_like_name
from zhegu.registers.rules.relations import is_relation

_LETTER = r"[\u3400-\u9fff\u0f40-\u0fbc]"
_GLUED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?:居民)?(?:身份证件?|证件|公民身份)(?:号码|号)?\s*:?\s*(?=[\dA-Z无])"
            r"|(?:联系)?(?:电话|手机|方式)(?:号码|号)?\s*:?\s*(?=[\d无])"
            r"|(?:出生(?:日期|年月日|年月)?|生日)\s*:?\s*(?=\d)|性别\s*:?\s*(?=[男女])"
        ),
        " ",
    ),
    (re.compile(rf"(?<={_LETTER})(?=\d{{7,}})|(?<=\d{{10}}[\dXx])(?={_LETTER})"), " "),
    (re.compile(rf"(?<={_LETTER})\s*[-=]+\s*(?=[\d\u3400-\u9fff\u0f40-\u0fbc])|(?<=\d[\dXx])-+(?={_LETTER})"), " "),
    (re.compile(rf"(?<=[\u3400-\u9fff)\]])\s*\+\s*(?={_LETTER})"), "、"),
    (re.compile(rf"(?<=\S)\s*(?=[①-⑳])|(?<=\S)\s+(?=\(?\d{{1,2}}[.、)]\s*{_LETTER})"), "\n"),
)
"""妻卓玛5422… and 卓玛-妻-5422… hold several facts without a space, ① 央宗 妻 ② 格桑 子 several people; the words
身份证号, 电话, 出生 before a fact say nothing that the fact does not."""
_COUNTED = (re.compile(r"^共?\s*\d{1,2}\s*[人口][:,、\s]*(?=\S)"), re.compile(r"[、,\s]*等?\s*共?\s*\d{1,2}\s*[人口名][.]?$"))
"""共3人：扎西… and …达瓦等3人."""
_OF_THE_HEAD = re.compile(r"[系是为]?户主[之的]?([\u3400-\u9fff]{1,3})(?![\u3400-\u9fff])")
_RELATION_AND_BRACKET = re.compile(rf"(?<!{_LETTER})({_LETTER}{{1,4}})\s*[(\[<]([^()\[\]<>\d]{{2,}})[)\]>]")
_NAME_AND_RELATION = re.compile(rf"(?<!{_LETTER})({_LETTER}{{2,12}})\s*:\s*({_LETTER}{{1,4}})(?!{_LETTER}|:)")


def evened(value: Any) -> str:
    """The cell evened out; a name right after a closing bracket begins a new person: 扎西(户主)卓玛(妻)."""
    text = even(value).replace("〈", "<").replace("〉", ">")
    for glued, apart in _GLUED:
        text = glued.sub(apart, text)
    for counted in _COUNTED:
        text = counted.sub("", text)
    text = _OF_THE_HEAD.sub(_without_the_head, text)
    first = _RELATION_AND_BRACKET.match(text)
    if first and _relation_first(first) != first[0]:  # not 卓玛 妻（孕妇）
        text = _RELATION_AND_BRACKET.sub(_relation_first, text)
    text = _NAME_AND_RELATION.sub(_name_first, text)
    return re.sub(rf"(?<=[)\]>}}])(?={_LETTER})", "、", text)


def _without_the_head(found: re.Match[str]) -> str:
    """系户主之妻, 户主妻子 → 妻, 妻子."""
    return f" {found[1]}" if is_relation(found[1]) else found[0]


def _relation_first(found: re.Match[str]) -> str:
    """妻（卓玛） → 妻:卓玛."""
    relation, name = found[1], found[2]
    means_it = is_relation(relation) and looks_like_name(name) and not is_relation(name)
    return f"{relation}:{name}、" if means_it else found[0]


def _name_first(found: re.Match[str]) -> str:
    """卓玛：妻 → 卓玛 妻."""
    name, relation = found[1], found[2]
    return f"{name} {relation}" if is_relation(relation) and not is_relation(name) else found[0]
