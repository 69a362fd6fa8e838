"""What words for a chat group or a loudspeaker must not hold: they leave the house and cannot be called back. Pure."""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum

MOST_CHARACTERS = 600
LONGEST_NUMBER = 6
"""Counts of a county fit in six digits; land lines, mobile phones and id numbers do not."""

_TIBETAN_DIGITS = {0x0F20 + digit: str(digit) for digit in range(10)}
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_TOO_MANY_DIGITS = re.compile(rf"\d{{{LONGEST_NUMBER + 1},}}")


class Fault(StrEnum):
    """Why a text may not go out."""

    TOO_LONG = "too_long"
    NUMBER = "number"
    NAME = "name"


def chat_faults(words: str, names: Collection[str] = (), known: Collection[str] = ()) -> frozenset[Fault]:
    """Every reason why this text may not go to the chat group; empty means it may.

    Refused: more than 600 characters (forms.md F20); any run of seven or more digits, in any script
    and whatever signs stand between them, which covers phones and id numbers; any of `names`. `known` are words of
    the house (the community's and grids' own names) in which a name may lie without meaning a person.
    """
    faults = set()
    if len(words) > MOST_CHARACTERS:
        faults.add(Fault.TOO_LONG)
    if _TOO_MANY_DIGITS.search(_BETWEEN_DIGITS.sub("", _plain(words))):
        faults.add(Fault.NUMBER)
    if _names_someone(words, names, known):
        faults.add(Fault.NAME)
    return frozenset(faults)


def _plain(words: str) -> str:
    """Without invisible characters, and with every script's digits as 0-9."""
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", words)).translate(_TIBETAN_DIGITS)
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in folded)


def _names_someone(words: str, names: Collection[str], known: Collection[str]) -> bool:
    """Whether a name stands in the words outside those of the house. Single characters are no names."""
    left = _folded(words)
    for house in sorted(map(_folded, known), key=len, reverse=True):
        if house:
            left = left.replace(house, "\n")
    return any(len(name) > 1 and name in left for name in map(_folded, names))


def _folded(words: str) -> str:
    """Compared without spaces, dots between syllables and case, as a name may be broken in many ways."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", words)).casefold()
    return re.sub(r"[ \t·•་]", "", plain)
