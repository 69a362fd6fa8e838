"""Identity papers: which kind a number is, whether it checks, and what it says. Pure.

Kinds and forms: domain facts 2.5. 18-character numbers follow GB 11643 (ISO 7064 MOD 11-2).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhegu.registers.rules.characters import even, says_nothing, whole_number

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
EXACT_DIGITS = 15
"""A spreadsheet number keeps 15 digits; those of longer numbers are gone."""


class IdKind(StrEnum):
    """What sort of paper the number is from."""

    RESIDENT = "resident"
    HMT_RESIDENCE = "hmt_residence"
    FOREIGN_CARD = "foreign_card"
    FOREIGN_CARD_2017 = "foreign_card_2017"
    HM_TRAVEL = "hm_travel"
    TAIWAN_TRAVEL = "taiwan_travel"
    PASSPORT = "passport"
    BIRTH_PAPER = "birth_paper"
    OTHER = "other"
    NONE = ""


class IdProblem(StrEnum):
    """Why a number cannot be relied on; the person is kept."""

    CHECK_DIGIT = "id_check_digit"
    LOST_DIGITS = "id_lost_digits"
    MISSING = "id_missing"


@dataclass(frozen=True)
class IdReading:
    """A number as read. `valid`: of a known form, whole, and its check digit (if it has one) holds."""

    text: str = ""
    kind: IdKind = IdKind.NONE
    valid: bool = False
    problem: IdProblem | None = None
    birth: date | None = None
    sex: str = ""


_EIGHTEEN = re.compile(r"\d{17}[\dX]")
_ASIDE = re.compile(r"(?<=[\dXx])\s*[(\[][^()\[\]]*[^\x00-\x7f()\[\]][^()\[\]]*[)\]]$")
"""A remark after the number: 1101…02X（补办）."""
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}")
_OTHER_FORMS = (
    (IdKind.HM_TRAVEL, re.compile(r"[HM]\d{8}(?:\d{2})?")),
    (IdKind.TAIWAN_TRAVEL, re.compile(r"\d{8}|\d{10}[A-Z]|\d{10}\([A-Z]\)")),
    (IdKind.FOREIGN_CARD_2017, re.compile(r"[A-Z]{3}\d{12}")),
    (IdKind.BIRTH_PAPER, re.compile(r"[A-Z]\d{9}")),
    (IdKind.PASSPORT, re.compile(r"(?=.*[A-Z])(?=.*\d)[A-Z0-9]{5,15}|\d{7,9}")),
)
MISSING = IdReading(problem=IdProblem.MISSING)


def check_character(first_17: str) -> str:
    """The last character that belongs to the first 17 digits."""
    return CHECKS[sum(int(d) * w for d, w in zip(first_17, WEIGHTS, strict=True)) % 11]


def checks(number: str) -> bool:
    """Whether an 18-character number's last character is right."""
    return bool(_EIGHTEEN.fullmatch(number)) and check_character(number[:17]) == number[17]


def tidy_id(value: object) -> str:
    """A number without spaces and dashes, half width, Western digits, upper case."""
    return re.sub(r"[\s\-._·]", "", even(value)).upper()


def read_id(value: object) -> IdReading:
    """A cell of an id column, read. Number cells past 15 digits and 5.4E+17 have lost their digits."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = whole_number(value)
        if number is None or number >= 10**EXACT_DIGITS:
            return IdReading(kind=IdKind.OTHER, problem=IdProblem.LOST_DIGITS)
        value = str(number)
    if says_nothing(value):
        return MISSING
    if _SCIENTIFIC.fullmatch(re.sub(r"\s", "", even(value)).upper()):
        return IdReading(kind=IdKind.OTHER, problem=IdProblem.LOST_DIGITS)
    return _classified(tidy_id(_ASIDE.sub("", even(value))))


def _classified(text: str) -> IdReading:
    if _EIGHTEEN.fullmatch(text):
        return _eighteen(text)
    if re.fullmatch(r"\d{15}", text):
        return _fifteen(text)
    for kind, form in _OTHER_FORMS:
        if form.fullmatch(text) and len(set(text)) > 1:
            return IdReading(text, kind, valid=True)
    if re.fullmatch(r"\d{10,17}", text):
        return IdReading(text, IdKind.OTHER, problem=IdProblem.LOST_DIGITS)
    if re.fullmatch(r"\d{16,17}X|\d{18,20}[\dX]|[\dX]{18}", text):
        return IdReading(text, IdKind.OTHER, problem=IdProblem.CHECK_DIGIT)
    return IdReading(text, IdKind.OTHER)


def _eighteen(text: str) -> IdReading:
    if not checks(text):
        return IdReading(text, _kind_of_18(text), problem=IdProblem.CHECK_DIGIT)
    return IdReading(text, _kind_of_18(text), True, None, _day(text[6:14]), "m" if int(text[16]) % 2 else "f")


def _kind_of_18(text: str) -> IdKind:
    if text[0] == "9":
        return IdKind.FOREIGN_CARD
    return IdKind.HMT_RESIDENCE if text[:2] in ("81", "82", "83") else IdKind.RESIDENT


def _fifteen(text: str) -> IdReading:
    """The first generation's 15 digits, as the 18 they became; a cut number shows by its month."""
    grown = f"{text[:6]}19{text[6:]}"
    if _day(grown[6:14]) is None:
        return IdReading(text, IdKind.OTHER, problem=IdProblem.LOST_DIGITS)
    return _eighteen(grown + check_character(grown))


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def mask_id(text: str) -> str:
    """How a number stands on a screen: the first three, stars, the last four (fewer where it is short)."""
    if len(text) < 8:
        return "*" * len(text)
    return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"


def looks_like_id(value: object) -> bool:
    """Whether a cell could stand in an id column: 15 to 18 digits, or such a number cell."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return 1e14 <= float(value) < 1e18
    return bool(re.fullmatch(r"\d{15}|\d{17}[\dX]|[HM]\d{8}", tidy_id(value)))
