"""Bare numbers in a line (5、白玛、607、1): grid, room or quantity, by their place and the title's order. Pure."""

import re
from itertools import combinations, pairwise

from zhegu.orders.rules.lexemes import Kind, Lexeme
from zhegu.orders.rules.listed import Listed
from zhegu.orders.rules.names import LIKELY, likeness

ORDER = ("grid", "name", "door", "quantity")
_ROOM = re.compile(r"[1-9]\d?(?:0[1-9]|[12]\d)")
"""Floor and door on it: in front of a name it can be nothing else."""
LARGEST_GRID, LARGEST_QUANTITY = 99, 50


def _fits(part: str, text: str, told: bool = False) -> bool:
    """Whether the number can be this; where the head tells the order, a short number can be a house."""
    if not text.isdigit():
        return False
    if part == "door":
        return len(text) in (3, 4) or (told and int(text) > 0)
    return 0 < int(text) <= (LARGEST_GRID if part == "grid" else LARGEST_QUANTITY) and len(text) < 3


def meanings(pieces: list[Lexeme], listed: Listed, missing: set[str]) -> tuple[dict[str, Lexeme], bool]:
    """Which bare number is which missing part, and whether that could be meant otherwise.

    Only readings that keep the order of the title (or the usual one) count; a number before the name
    is what one writes before the name.
    """
    numbers = [one for one in pieces if one.kind is Kind.NUMBER]
    if not numbers:
        return {}, False
    order = tuple(part for part in (listed.order or ORDER) if part in ORDER)
    names = [one for one in pieces if one.kind is Kind.WORD and (one.labelled or likeness(one.text) >= LIKELY)]
    wanted = [part for part in order if part in missing]
    readings = []
    for parts in combinations(wanted, len(numbers)):
        ordered = _before_and_after(numbers, parts, order, names[-1] if names else None)
        if ordered and all(_fits(part, one.text, "door" in listed.order and "grid" in listed.order) for part, one in zip(parts, numbers, strict=True)):
            readings.append(dict(zip(parts, numbers, strict=True)))
    if len(readings) == 1:
        return readings[0], not listed.order and set(readings[0]) == {"grid"}
    sized = [one for one in readings if "door" in one or "quantity" in one]
    if readings:
        return (sized or readings)[0], True
    rooms = [one for one in numbers if _fits("door", one.text)]
    if "door" not in missing or len(rooms) != 1:
        return {}, True
    return {"door": rooms[0]}, len(numbers) > 1 or listed.only is not None or not _ROOM.fullmatch(rooms[0].text)


def rooms(pieces: list[Lexeme]) -> list[str]:
    """The bare numbers that can be rooms, each with a name behind: 101丹增1瓶 102李霞2瓶 are two households."""
    return [
        one.text for one, two in pairwise(pieces)
        if one.kind is Kind.NUMBER and _ROOM.fullmatch(one.text) and two.kind is Kind.WORD and likeness(two.text) >= LIKELY
    ]  # fmt: skip


def _before_and_after(numbers: list[Lexeme], parts: tuple[str, ...], order: tuple[str, ...], name: Lexeme | None) -> bool:
    """Whether what stands before the name would be written before it."""
    if name is None or "name" not in order:
        return True
    at = order.index("name")
    return all((one.start < name.start) == (order.index(part) < at) for part, one in zip(parts, numbers, strict=True))
