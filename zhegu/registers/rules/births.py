"""Dates of birth in the many ways they are typed. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from zhegu.registers.rules.characters import chinese_number, even, says_nothing, whole_number

EARLIEST, LATEST = 1880, 2100
SERIAL_DAYS = (3654, 73050)
"""Day numbers of 1910-01-01 and 2099-12-31 as spreadsheets count them (day 60 is 1900-02-29)."""

_PARTS = re.compile(
    r"(?P<y>\d{4})\s*[-/.,、年\s]\s*(?P<m>\d{1,2})\s*[-/.,、月\s]\s*(?P<d>\d{1,2})\s*[日号生.]*"
    r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_SHORT_YEAR = re.compile(r"(?P<y>\d{2})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号生]*")
_DAY_FIRST = re.compile(r"(?P<a>\d{1,2})\s*[-/.]\s*(?P<b>\d{1,2})\s*[-/.]\s*(?P<y>\d{4})")
_TIBETAN = re.compile(r"(?P<y>\d{4})\s*ལོ[^\d]{0,12}ཟླ[^\d]{0,4}(?P<m>\d{1,2})[^\d]{0,10}ཚེས[^\d]{0,4}(?P<d>\d{1,2})\D{0,6}")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s\-./]*(?P<m>[a-z]{3,9})[.,]?[\s\-./]*(?P<y>\d{4}|\d{2})"
    r"|(?P<n>[a-z]{3,9})\.?\s*(?P<e>\d{1,2})(?:st|nd|rd|th)?,?\s*(?P<z>\d{4})",
    re.IGNORECASE,
)
_EIGHT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_MONTH = re.compile(r"(?P<y>\d{4})\s*(?:[-/.年]\s*)?(?P<m>\d{1,2})\s*月?")
_SHORT_MONTH = re.compile(r"(?P<y>\d{2})\s*[-/.年]\s*(?P<m>\d{1,2})\s*月?")
_CHINESE = re.compile(r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?")


class BirthProblem(StrEnum):
    """What is wrong with a date of birth; the person is kept."""

    UNREADABLE = "birth_unreadable"
    DIFFERS = "birth_differs_from_id"


@dataclass(frozen=True)
class BirthReading:
    """A day, or at least its month; `written` says whether the cell held anything."""

    day: date | None = None
    month: tuple[int, int] | None = None
    written: bool = False


def _made(year: int, month: int, day: int) -> date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(two: int, pivot: int = 30) -> int:
    """The year meant by two digits: up to `pivot` this century, else the last."""
    return 2000 + two if two <= pivot else 1900 + two


def read_birth(value: object, near: date | None = None) -> BirthReading:
    """A cell of a birth column, read. Blank cells are not written; 不详 is written and unreadable.

    `near` (the day an id number tells) settles what 56.8.17 and 3/4/1990 leave open.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return BirthReading(_made(value.year, value.month, value.day), None, True)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    text = even(value)
    if not text:
        return BirthReading()
    day = _settled(text, near) or _from_text(text)
    return BirthReading(day, None if day else _month_of(text), True)


def _from_number(value: float) -> BirthReading:
    number = whole_number(value)
    if number is None:
        return BirthReading(None, _month_of(f"{value:.2f}"), True)
    if SERIAL_DAYS[0] <= number <= SERIAL_DAYS[1]:
        return BirthReading(date(1899, 12, 30) + timedelta(days=number), None, True)
    day = _from_text(str(number))
    return BirthReading(day, None if day else _month_of(str(number)), True)


def _settled(text: str, near: date | None) -> date | None:
    """The day `near` itself, where an open spelling can mean it."""
    if near is None:
        return None
    if short := _SHORT_YEAR.fullmatch(text):
        told = tuple(int(short[part]) for part in "ymd")
        return near if told == (near.year % 100, near.month, near.day) else None
    if open_way := _DAY_FIRST.fullmatch(text):
        told = {int(open_way["a"]), int(open_way["b"])}
        return near if told == {near.month, near.day} and int(open_way["y"]) == near.year else None
    return None


def _from_text(text: str) -> date | None:
    for form in (_EIGHT, _PARTS, _TIBETAN):
        if found := form.fullmatch(text):
            return _made(int(found["y"]), int(found["m"]), int(found["d"]))
    if found := _SHORT_YEAR.fullmatch(text):
        return _made(full_year(int(found["y"])), int(found["m"]), int(found["d"]))
    if found := _DAY_FIRST.fullmatch(text):
        return _day_or_month_first(int(found["a"]), int(found["b"]), int(found["y"]))
    if found := _NAMED.fullmatch(text):
        return _by_month_name(found)
    if found := _CHINESE.fullmatch(re.sub(r"\s", "", text)):
        year, month, day = (chinese_number(part) or 0 for part in found.groups())
        return _made(year, month, day)
    return None


def _by_month_name(found: re.Match[str]) -> date | None:
    """12 May 1990, 12-May-90, May 12, 1990."""
    month = (found["m"] or found["n"]).lower()[:3]
    year = found["y"] or found["z"]
    if month not in _MONTHS:
        return None
    return _made(int(year) if len(year) == 4 else full_year(int(year)), _MONTHS.index(month) + 1, int(found["d"] or found["e"]))


def _day_or_month_first(a: int, b: int, year: int) -> date | None:
    """1/13/1990 and 13/1/1990 say which is the day; 2/3/1990 does not, and is not guessed."""
    ways = {day for day in (_made(year, a, b), _made(year, b, a)) if day}
    return ways.pop() if len(ways) == 1 else None


def _month_of(text: str) -> tuple[int, int] | None:
    found = _MONTH.fullmatch(text) or _SHORT_MONTH.fullmatch(text)
    if not found:
        return None
    year, month = int(found["y"]), int(found["m"])
    year = full_year(year) if year < 100 else year
    return (year, month) if EARLIEST <= year <= LATEST and 1 <= month <= 12 else None


def birth_problem(reading: BirthReading, from_id: date | None, months_will_do: bool = False) -> BirthProblem | None:
    """What to warn about. `months_will_do`: the column holds year and month by its nature (出生年月)."""
    if not reading.written:
        return None
    if reading.day is None:
        if not (months_will_do and reading.month):
            return BirthProblem.UNREADABLE
        differs = from_id is not None and (from_id.year, from_id.month) != reading.month
        return BirthProblem.DIFFERS if differs else None
    return BirthProblem.DIFFERS if from_id is not None and from_id != reading.day else None


def looks_like_birth(value: object) -> bool:
    """Whether a cell could stand in a birth column."""
    if says_nothing(value):
        return False
    reading = read_birth(value)
    return reading.day is not None and reading.day.year < LATEST
