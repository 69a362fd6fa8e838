"""What a parcel holds, in words. Pure."""

from collections.abc import Iterable
from typing import Protocol

LONGEST = 120


class Line(Protocol):
    """So many of a thing."""

    item: str
    spec: str
    quantity: int
    unit: str


def contents(lines: Iterable[Line]) -> str:
    """`白菜 ×2斤、大米 5kg ×1袋`, as far as there is room."""
    return "、".join(f"{x.item} {x.spec} ×{x.quantity}{x.unit}".replace("  ", " ") for x in lines)[:LONGEST]
