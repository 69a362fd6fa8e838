"""Phone numbers by the rule in domain facts 2.6, not by a library's list of assigned segments. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from zhegu.registers.rules.characters import even, says_nothing, whole_number

MOBILE = re.compile(r"1[3-9]\d{9}")
LAND_LINE = re.compile(r"(?:010|02\d)\d{7,8}|0[3-9]\d{2}\d{7}")
"""Area codes have three digits in 010 and 02x (whose numbers grew to eight digits), four elsewhere."""

_BETWEEN = re.compile(r"[/\\、,;|\n或和及]+")
_LABEL = re.compile(r"^(?:电话|手机|联系电话|tel|phone|mobile|ཁ་པར)[:\s]*", re.IGNORECASE)
_ASIDE = re.compile(r"[(\[][^()\[\]\d]*[)\]]")


class PhoneProblem(StrEnum):
    """Why nobody can be called; the person is kept."""

    MISSING = "phone_missing"
    INVALID = "phone_invalid"


@dataclass(frozen=True)
class PhoneReading:
    """The numbers of one cell, the first one first."""

    numbers: tuple[str, ...] = ()
    problem: PhoneProblem | None = None

    @property
    def text(self) -> str:
        """The number to call first, or ''."""
        return self.numbers[0] if self.numbers else ""


def is_phone(number: str) -> bool:
    """1[3-9] + 9 digits, or area code + 7 digits."""
    return bool(MOBILE.fullmatch(number) or LAND_LINE.fullmatch(number))


def tidy_phone(value: object) -> str:
    """Digits only: without spaces, dashes, brackets, a +86 in front."""
    number = whole_number(value)
    text = str(number) if number is not None else re.sub(r"\.0$", "", even(value))
    text = re.sub(r"[\s\-().·]", "", _LABEL.sub("", _ASIDE.sub("", text)))
    return re.sub(r"^(?:\+|00)?86(?=1[3-9]\d{9}$)|^(?:\+|00)86(?=0)", "", text)


def read_phone(value: object) -> PhoneReading:
    """A cell of a phone column, read; several numbers in one cell are several numbers."""
    if says_nothing(value):
        return PhoneReading(problem=PhoneProblem.MISSING)
    whole = tidy_phone(value)
    if is_phone(whole):
        return PhoneReading((whole,))
    text = _ASIDE.sub("", even(value))
    pieces = [tidy_phone(piece) for piece in _BETWEEN.split(text) if piece.strip()]
    if len(pieces) == 1:
        pieces = [tidy_phone(piece) for piece in text.split()]
    good = tuple(dict.fromkeys(piece for piece in pieces if is_phone(piece)))
    return PhoneReading(good, None if len(pieces) > 1 and good else PhoneProblem.INVALID)


def mask_phone(number: str) -> str:
    """How a number stands on a screen: 139****5678."""
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def looks_like_phone(value: object) -> bool:
    """Whether a cell could stand in a phone column."""
    return bool(read_phone(value).numbers)
