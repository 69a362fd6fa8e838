"""Kinds of need, how often somebody asks, what is due and what runs out. Pure."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum


class Category(StrEnum):
    """Why somebody needs care (form F4); one person may have several."""

    PREGNANT = "pregnant"
    POSTPARTUM = "postpartum"
    ELDERLY_ALONE = "elderly_alone"
    GRAVELY_ILL = "gravely_ill"
    CHRONIC = "chronic"
    DIALYSIS = "dialysis"
    TUMOUR = "tumour"
    DISABLED = "disabled"
    MENTAL = "mental"
    HARDSHIP = "hardship"
    LEFT_BEHIND = "left_behind"
    OTHER = "other"


class Source(StrEnum):
    """How the office came to know."""

    OFFICE = "office"
    NOTE = "note"
    SURVEY = "survey"


class How(StrEnum):
    """How somebody was asked."""

    PHONE = "phone"
    DOOR = "door"
    MESSAGE = "message"


EVERY = (1, 3, 7, 14, 30)
"""Days between two contacts that a form offers; 0 is for those whom nobody needs to ask."""
SOON = 3
"""Medicine that lasts for so many days or fewer is marked."""
PREGNANCY_DAYS = 280

_WORDS = {
    Category.PREGNANT: r"孕妇|怀孕|待产|孕\d+|pregnan|སྦྲུམ་མ",
    Category.POSTPARTUM: r"产妇|坐月子|产后|postpartum",
    Category.ELDERLY_ALONE: r"孤寡|独居|空巢|孤老|lives? alone|ཁེར་རྐྱང",
    Category.GRAVELY_ILL: r"重症|重病|危重|卧床|gravely ill|bedridden",
    Category.CHRONIC: r"高血压|糖尿病|慢性病|慢病|冠心病|慢阻肺|chronic|hypertension|diabet|དལ་བའི་ནད",
    Category.DIALYSIS: r"透析|dialysis",
    Category.TUMOUR: r"肿瘤|癌|化疗|放疗|tumou?r|cancer",
    Category.DISABLED: r"残疾|disab|དབང་པོ་སྐྱོན་ཅན",
    Category.MENTAL: r"精神障碍|精神病|mental illness",
    Category.HARDSHIP: r"低保|困难户|特困|五保",
    Category.LEFT_BEHIND: r"留守儿童",
}
_FORMS = {category: re.compile(words, re.IGNORECASE) for category, words in _WORDS.items()}
_DENIED = re.compile(r"(?:无|没有|非|未|不是|not? )[^,、，;；。\s]*")
_MATERNAL = re.compile(r"孕产妇")


def categories_in(remark: str) -> tuple[Category, ...]:
    """The needs a remark speaks of, in the order of the form; what it denies is left out."""
    told = _MATERNAL.sub("孕妇", _DENIED.sub("", remark))
    return tuple(category for category in Category if category in _FORMS and _FORMS[category].search(told))


def known(categories: Iterable[str]) -> list[str]:
    """Those that are categories, each once, in the order of the form."""
    said = set(categories)
    return [category.value for category in Category if category in said]


def next_contact(since: date, last: date | None, every_days: int) -> date | None:
    """The day by which somebody should ask again; the first day where nobody has asked yet."""
    if not every_days:
        return None
    return since if last is None else last + timedelta(days=every_days)


def days_left(until: date | None, today: date) -> int | None:
    """For how many days the medicine lasts; nought where it is used up, None where nobody knows."""
    return None if until is None else max(0, (until - today).days)


def weeks_of(due: date | None, today: date) -> int | None:
    """Weeks of a pregnancy that is to end on `due`; None outside of one."""
    if due is None:
        return None
    weeks = (PREGNANCY_DAYS - (due - today).days) // 7
    return weeks if 0 <= weeks <= 43 else None
