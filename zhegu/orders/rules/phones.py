"""The number to call in a line: eleven digits however they are spaced; anything near it is doubted. Pure."""

import re

from zhegu.orders.rules.signup import Doubt, Entry
from zhegu.orders.rules.slate import Slate

_LABEL = r"(?<![打通])(?:联系电话|手机号码|手机号|电话号码|联系方式|电话(?![卡费亭机])|手机(?![卡壳膜充])|联系|tel|phone|ཁ་པར(?:་?ཨང་?(?:གྲངས|རྟགས)?)?)"
_LABELLED = re.compile(rf"{_LABEL}\s*(?:号)?\s*[:.]?\s*", re.IGNORECASE)
_LETTERS = str.maketrans("oOlIi", "00111")
_NO_NUMBER = re.compile(r"[\doOlI]{19,}")
_WHOLE = re.compile(r"(?<![\d.])(?:\+?86[ -]?)?(1[3-9]\d{9})(?!\d)")
_SPACED = re.compile(r"(?<![\d.])(?:\+?86[ -]?)?(1[3-9]\d[ -.]{1,3}\d{4}[ -.]{1,3}\d{4}|1[3-9]\d\d[ -]\d{3}[ -]\d{4}|1[3-9]\d[ -]\d{3}[ -]\d{5}|1[3-9]\d{5}[ -]\d{4}|1[3-9]\d[ -]\d{8}|1[3-9]\d\d[ -]\d{4}[ -]\d{3})(?![\d组号栋幢])")
_MISTYPED = re.compile(r"(?<![\da-zA-Z])(1[3-9][\doOlI]{9})(?![\da-zA-Z])")
_BROKEN = re.compile(
    r"(?<![\d-])(?:1[3-9]\d[ -]\d{3,5}[ -]\d{2,5}|1[3-9]\d[ -]?\d{3,8}[*xX]{1,8}\d*|1[3-9]\d[ -]?[*xX]{2,8}[ -]?\d*|0\d{2,3}-\d{7,8}|\d{7,18})(?!\d)(?!-\d)"
)
_AFTER_LABEL = re.compile(rf"{_LABEL}\s*(?:号)?\s*[:.]?\s*(\d[\d -]{{3,14}}\d)", re.IGNORECASE)


_SPOKEN = re.compile(r"[幺一][三四五六七八九][幺零一二三四五六七八九]{9}(?![幺零一二三四五六七八九])")
_AS_SPOKEN = str.maketrans("幺零一二三四五六七八九", "10123456789")


def read_phone(slate: Slate, entry: Entry) -> None:
    """The first whole number; a second one or a broken one is doubted, never repaired."""
    for _ in slate.take(_NO_NUMBER):
        entry.doubt(Doubt.BROKEN_PHONE)
    found = [hit[0].translate(_AS_SPOKEN) for hit in slate.take(_SPOKEN)]
    for pattern in (_WHOLE, _SPACED):
        found += [re.sub(r"\D", "", hit[1]) for hit in slate.take(pattern)]
    for hit in slate.take(_MISTYPED):
        found.append(hit[1].translate(_LETTERS))
        entry.doubt(Doubt.LETTERS)
    different = list(dict.fromkeys(found))
    entry.phone = different[0] if different else None
    if len(different) > 1:
        entry.doubt(Doubt.TWO_PHONES)
        entry.notes += different[1:]
    for pattern in (_AFTER_LABEL, _BROKEN):
        for hit in slate.take(pattern):
            entry.doubt(Doubt.BROKEN_PHONE)
            entry.notes.append(hit[0].strip())
    for _ in slate.take(_LABELLED):
        pass
