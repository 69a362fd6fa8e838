"""Money, numbers and phones as the desk types them."""

import re

from zhegu.lib.answers import Refused, RefusedError
from zhegu.orders.rules.states import FEN_IN_A_YUAN


def fen(said: str) -> int:
    """12.50 as whole fen; raises RefusedError."""
    found = re.fullmatch(r"(\d{1,6})(?:\.(\d{1,2}))?", said.strip())
    if not found:
        raise RefusedError(Refused("orders.bad_money"))
    return int(found[1]) * FEN_IN_A_YUAN + int((found[2] or "").ljust(2, "0") or 0)


def written(fen: int) -> str:
    """1250 fen as one types them: 12.50; whole yuan without their noughts."""
    whole, rest = divmod(fen, FEN_IN_A_YUAN)
    return f"{whole}.{rest:02}" if rest else f"{whole}"


def count(said: str) -> int | None:
    """A whole number, None where nothing stands; raises RefusedError."""
    said = said.strip()
    if said and not re.fullmatch(r"\d{1,6}", said):
        raise RefusedError(Refused("orders.bad_count"))
    return int(said) if said else None


def phone_of(said: str) -> str:
    """The eleven digits of a phone, nothing where none stand; raises RefusedError."""
    digits = "".join(filter(str.isdigit, said[:20]))
    if digits and len(digits) != 11:
        raise RefusedError(Refused("orders.doubt_broken_phone"))
    return digits
