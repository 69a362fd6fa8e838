"""How someone is related to the head of the household. Pure."""

import re
from functools import lru_cache

from zhegu.registers.rules.characters import even

_WORDS = frozenset(
    ["户主", "本人", "户主本人", "妻", "妻子", "夫", "丈夫", "配偶", "老婆", "老公", "爱人", "子", "儿子", "长子", "次子", "三子", "四子", "五子", "独生子", "大儿子", "小儿子", "二儿子", "养子", "继子", "女", "女儿", "长女", "次女", "三女", "四女", "五女", "独生女", "大女儿", "小女儿", "二女儿", "养女", "继女", "父", "父亲", "母", "母亲", "爸爸", "妈妈", "爷爷", "奶奶", "祖父", "祖母", "外公", "外婆", "外祖父", "外祖母", "公公", "婆婆", "岳父", "岳母", "继父", "继母", "养父", "养母", "兄", "哥", "哥哥", "弟", "弟弟", "姐", "姐姐", "妹", "妹妹", "兄弟", "姐妹", "兄弟姐妹", "孙", "孙子", "孙女", "外孙", "外孙子", "外孙女", "曾孙", "曾孙子", "曾孙女", "儿媳", "儿媳妇", "媳妇", "女婿", "婿", "嫂", "嫂子", "弟媳", "弟妹", "姐夫", "妹夫", "侄", "侄子", "侄女", "外甥", "外甥女", "叔", "叔叔", "伯", "伯父", "姑", "姑姑", "舅", "舅舅", "姨", "姨妈", "亲属", "亲戚", "其他", "其他亲属", "其它", "非亲属", "保姆", "租户", "子女", "孙子女", "父母", "孩子", "head", "self", "wife", "husband", "spouse", "son", "daughter", "father", "mother", "brother", "sister", "grandson", "granddaughter", "grandfather", "grandmother", "relative", "other", "ཁྱིམ་བདག", "རང་ཉིད", "ཆུང་མ", "བཟའ་ཟླ", "ཁྱོ་ག", "བུ", "བུ་མོ", "ཨ་ཕ", "ཨ་མ", "ཕ", "མ", "སྤུན", "གཅུང་པོ", "གཅེན་པོ", "གཅུང་མོ", "གཅེན་མོ", "ཚ་བོ", "ཚ་མོ", "མནའ་མ", "མག་པ"]
)
_HEAD = frozenset(["户主", "本人", "户主本人", "head", "self", "ཁྱིམ་བདག", "རང་ཉིད", "户长", "householdhead"])


def tidy_relation(value: object) -> str:
    """The word as it is kept: without spaces and a leading 之 (之妻 → 妻)."""
    return _tidied(even(value))


@lru_cache(maxsize=1 << 12)
def _tidied(text: str) -> str:
    return re.sub(r"^之|[\s།]+|་$", "", text)[:40]


def is_relation(value: object) -> bool:
    """Whether the word is one of the known relations."""
    return tidy_relation(value).lower() in _WORDS


def is_head(value: object) -> bool:
    """Whether the word says: this is the head of the household."""
    return tidy_relation(value).lower() in _HEAD


_YES, _NO = frozenset(["是", "√", "✓", "✔", "y", "yes", "ཡིན"]), frozenset(["否", "×", "不是", "非", "n", "no", "མིན"])


def read_relation(cell: object) -> str:
    """A cell of a relation column; under 是否户主 stands 是 or 否."""
    text = tidy_relation(cell)
    if text.lower() in _YES:
        return "户主"
    return "" if text.lower() in _NO else text
