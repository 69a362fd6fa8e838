"""What a remark says about someone's needs. Pure."""

import re
from enum import StrEnum
from functools import lru_cache

from zhegu.registers.rules.characters import even


class Need(StrEnum):
    """Kinds of need that remarks speak of."""

    PREGNANT = "pregnant"
    ELDERLY_ALONE = "elderly_alone"
    CHRONIC = "chronic"
    DISABLED = "disabled"
    AWAY = "away"


_WORDS = {
    Need.PREGNANT: r"孕妇|怀孕|待产|孕\d+|孕产妇|pregnan|སྦྲུམ་མ",
    Need.ELDERLY_ALONE: r"孤寡|独居|空巢|孤老|lives? alone|ཁེར་རྐྱང",
    Need.CHRONIC: r"高血压|糖尿病|慢性病|慢病|冠心病|慢阻肺|chronic|hypertension|diabet|དལ་བའི་ནད",
    Need.DISABLED: r"残疾|disab|དབང་པོ་སྐྱོན་ཅན",
    Need.AWAY: r"外出|在外|不在家|away|ཕྱིར་སོང",
}
_FORMS = {need: re.compile(words, re.IGNORECASE) for need, words in _WORDS.items()}
_DENIED = re.compile(r"(?:无|没有|非|未|不是)(?=高血压|糖尿病|慢性病|残疾|怀孕|外出|在外|孤寡|独居|空巢)[^,、;，；\s]*")


def needs_in(remark: object) -> frozenset[Need]:
    """The needs a remark names: 孕妇 pregnant, 独居 elderly_alone, 高血压 chronic, 残疾 disabled, 外出 away."""
    return _needs(even(remark))


@lru_cache(maxsize=1 << 12)
def _needs(text: str) -> frozenset[Need]:
    text = _DENIED.sub("", text)
    return frozenset(need for need, form in _FORMS.items() if form.search(text)) if text else frozenset()
