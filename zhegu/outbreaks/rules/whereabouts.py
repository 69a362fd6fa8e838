"""Which risk somebody comes from: places as people say them against the areas of a bulletin. Pure.

What is found is a proposal; a person decides (an arrival is asked again where only a part is meant).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

_ENDINGS = "特别行政区|自治区|自治州|自治县|社区|街道|地区|林区|小区|省|市|区|县|州|盟|旗|乡|镇|村"
_PART = re.compile(rf"(.{{2,}}?)(?:{_ENDINGS}|$)")
_COMING = re.compile(r"^(?:来自|从|自|由|经过|经|在)")
_CODE_LEAST = 4


class Fits(StrEnum):
    """Whether a place that was said lies in an area."""

    YES = "yes"
    PART = "part"
    """Only a part of what was said is in it: ask where exactly."""
    NO = "no"


@dataclass(frozen=True)
class Area:
    """What was said of an area from a day on; `level` "" lifts it. `rank` 0 is the highest risk."""

    id: str
    name: str
    level: str
    rank: int
    since: date
    noted: datetime
    name_bo: str = ""
    code: str = ""
    until: date | None = None

    @property
    def key(self) -> str:
        """The same for every word about the same area."""
        return "".join(parts(self.name)) or plain(self.name)


def plain(words: str) -> str:
    """Letters, digits and vowel signs alone, in one form."""
    tidy = unicodedata.normalize("NFKC", words).casefold()
    return "".join(c for c in tidy if unicodedata.category(c)[0] in "LNM")


def parts(words: str) -> list[str]:
    """拉萨市城关区 → 拉萨, 城关: names of places from the widest in, without what sort of place they are."""
    return [found.group(1) for found in _PART.finditer(plain(words))]


def _agrees(before: str, wider: list[str]) -> bool:
    """Whether what is said before a place's own name leads there: 西藏拉萨 does to 拉萨/城关, 兰州 does not."""
    if not before or not wider:
        return True
    led = [any(core in one for core in wider) for one in parts(before) or [before]]
    return True in led and all(led[led.index(True) :])


def _fits_name(said: str, name: str) -> Fits:
    """Whether `said` (plain) names the place or something in it."""
    cores = parts(name)
    if not cores or not said:
        return Fits.NO
    before, found, _ = said.rpartition(cores[-1])
    if found:
        return Fits.YES if _agrees(_COMING.sub("", before), cores[:-1]) else Fits.NO
    last = (parts(_COMING.sub("", said)) or [said])[-1]
    return Fits.PART if last in cores[:-1] else Fits.NO


def fits(said: str, area: Area) -> Fits:
    """Whether the place somebody names lies in the area; codes by their digits, names as people say them."""
    words = plain(said)
    if words.isascii() and words.isdigit() and len(words) >= _CODE_LEAST:
        if not area.code:
            return Fits.NO
        return Fits.YES if words.startswith(area.code) else Fits.PART if area.code.startswith(words) else Fits.NO
    tibetan = plain(area.name_bo)
    if tibetan and tibetan in words:
        return Fits.YES
    if tibetan and words and words in tibetan:
        return Fits.PART
    return _fits_name(words, area.name)


@dataclass(frozen=True)
class RiskBook:
    """Everything that was said of areas; of two words about one area the later holds."""

    areas: tuple[Area, ...]

    def on(self, day: date) -> list[Area]:
        """The areas that have a level on that day, highest risk first."""
        last: dict[str, Area] = {}
        for one in sorted(self.areas, key=lambda a: (a.since, a.noted)):
            if one.since <= day:
                last[one.key] = one
        standing = [one for one in last.values() if one.level and (one.until is None or day <= one.until)]
        return sorted(standing, key=lambda a: (a.rank, a.name))

    def found(self, said: str, day: date) -> Area | None:
        """The area of the highest risk in which that place lay on that day."""
        return next((one for one in self.on(day) if fits(said, one) == Fits.YES), None)

    def parts_of(self, said: str, day: date) -> list[Area]:
        """Areas that are a part of that place: ask whether it was there."""
        return [one for one in self.on(day) if fits(said, one) == Fits.PART]


def book(areas: Iterable[Area]) -> RiskBook:
    """All that was said, in any order."""
    return RiskBook(tuple(areas))
