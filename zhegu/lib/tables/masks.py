"""Hiding what a reader has no need of, in the forms people know: 540***********1234, 139****5678, 扎*."""

from enum import StrEnum

TSHEG = "་"


class Mask(StrEnum):
    """How a sensitive column is hidden; OPEN columns are always shown."""

    OPEN = "open"
    NAME = "name"
    ID = "id"
    PHONE = "phone"
    WHOLE = "whole"


def masked(value: object, mask: Mask) -> str:
    """The value with what identifies taken out; an empty value stays empty."""
    words = str(value or "").strip()
    if not words or mask is Mask.OPEN:
        return words
    if mask is Mask.NAME:
        return _first_of_name(words) + "*"
    if mask is Mask.WHOLE:
        return "***"
    return _middle_hidden(words, head=3, tail=4)


def _first_of_name(name: str) -> str:
    return name.split(TSHEG)[0] if TSHEG in name else name[0]


def _middle_hidden(words: str, head: int, tail: int) -> str:
    hidden = len(words) - head - tail
    if hidden < 2:
        return "*" * len(words)
    return words[:head] + "*" * hidden + words[-tail:]
