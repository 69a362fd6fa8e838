"""Amounts, money, what is taken first, and for how many days it lasts. Pure.

Amounts are whole thousandths of an item's unit (2.5 litres is 2500), money is whole fen: sums stay exact.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

THOUSANDTHS = 1000
MOST = 10**12
"""A billion units: more is a slip of the finger."""
SOON = 30
"""Goods that expire within so many days are marked."""
USE_DAYS = 7
"""How many days are left is reckoned from what went out in the last seven days."""


class BadNumber(ValueError):
    """Not an amount or a sum of money; `reason` is a key of the text catalogue."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def _read(words: str, places: int, reason: str) -> int:
    tidy = unicodedata.normalize("NFKC", words).strip().replace(",", "")
    if not re.fullmatch(rf"\d{{1,12}}(\.\d{{1,{places}}})?", tidy):
        raise BadNumber(reason)
    return int(Decimal(tidy) * 10**places)


def read_amount(words: str) -> int:
    """`2.5` → 2500; at most three decimals, more than nought. Raises BadNumber."""
    amount = _read(words, 3, "stock.bad_amount")
    if not 0 < amount <= MOST:
        raise BadNumber("stock.bad_amount")
    return amount


def read_money(words: str) -> int:
    """`12.50` → 1250 fen; empty is nought. Raises BadNumber."""
    return _read(words, 2, "stock.bad_money") if words.strip() else 0


def said_amount(amount: int) -> str:
    """2500 → `2.5`, without noughts at the end."""
    whole, rest = divmod(abs(amount), THOUSANDTHS)
    return f"{'-' if amount < 0 else ''}{whole}" + (f".{rest:03}".rstrip("0") if rest else "")


def said_money(fen: int) -> str:
    """1250 → `12.50`."""
    return f"{fen // 100}.{fen % 100:02}"


class MoveKind(StrEnum):
    """Why goods move (the kinds of form F8)."""

    PURCHASE = "purchase"
    DONATION = "donation"
    FROM_ABOVE = "from_above"
    TO_OTHERS = "to_others"
    TRANSFER = "transfer"
    ISSUE = "issue"
    LOSS = "loss"
    COUNT = "count"
    PACK = "pack"
    LEND = "lend"
    BACK = "back"
    UNDO = "undo"


IN = frozenset({MoveKind.PURCHASE, MoveKind.DONATION, MoveKind.FROM_ABOVE})
OUT = frozenset({MoveKind.TO_OTHERS, MoveKind.ISSUE, MoveKind.LOSS})
LENT = frozenset({MoveKind.LEND, MoveKind.BACK})
"""Things that come back: neither used up nor from outside; undone where one sees who has them."""
USED = frozenset({MoveKind.ISSUE, MoveKind.LOSS})
"""What counts as used up, for the days left."""


class ItemKind(StrEnum):
    """What sort of thing; boards show protective things and disinfectant first."""

    PROTECTIVE = "protective"
    DISINFECTANT = "disinfectant"
    FOOD = "food"
    DAILY = "daily"
    MEDICAL = "medical"
    EQUIPMENT = "equipment"
    KIT = "kit"
    OTHER = "other"


class Gear(StrEnum):
    """What a thing counts as where upper offices ask how long it lasts, whatever its own name is."""

    MASK = "mask"
    SUIT = "suit"
    NEITHER = ""


NAMES = {Gear.MASK: ("口罩", "mask", "ཁ་རས"), Gear.SUIT: ("防护服", "隔离衣", "protective suit", "coverall", "འགོག་སྲུང་གྱོན་ཆས")}


def gear_named(*names: str) -> Gear:
    """What its names say it is: a guess, until somebody says otherwise."""
    said = " ".join(names).lower()
    return next((gear for gear, words in NAMES.items() if any(word in said for word in words)), Gear.NEITHER)


class StoreKind(StrEnum):
    """Where goods lie."""

    YARD = "yard"
    WAREHOUSE = "warehouse"
    GARAGE = "garage"
    CHECKPOINT = "checkpoint"
    SHOP = "shop"
    BOX = "box"


BUILT = tuple(kind for kind in StoreKind if kind != StoreKind.BOX)
"""Kinds that somebody sets up; a box is one from its packing to its opening."""
BOX_LABEL = "BOX-{:05}"


class DonorKind(StrEnum):
    """Who gave; of an anonymous donor nothing is kept."""

    PERSON = "person"
    FIRM = "firm"
    UNIT = "unit"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Held:
    """So much of a lot in a store."""

    lot: UUID
    amount: int
    expiry: date | None = None
    bin: str = ""


def _soonest(one: Held) -> tuple:
    return one.expiry is None, one.expiry or date.max, one.bin, str(one.lot)


def pick(held: Iterable[Held], wanted: int) -> tuple[list[tuple[Held, int]], int]:
    """What to take, nearest expiry first (without expiry last), and how much is short."""
    taken: list[tuple[Held, int]] = []
    for one in sorted(held, key=_soonest):
        if wanted <= 0:
            break
        amount = min(one.amount, wanted)
        if amount > 0:
            taken.append((one, amount))
            wanted -= amount
    return taken, max(wanted, 0)


def pick_all(held: Iterable[Held], wanted: Sequence[int]) -> list[tuple[list[tuple[Held, int]], int]]:
    """For several who want some of one thing, in their order: what each takes, nearest expiry first, and how much is
    short. Nothing is promised twice."""
    left = {one: one.amount for one in held}
    found = []
    for amount in wanted:
        taken, short = pick([replace(one, amount=n) for one, n in left.items()], amount)
        by_lot = {one.lot: n for one, n in taken}
        found.append(([(one, by_lot[one.lot]) for one in sorted(left, key=_soonest) if one.lot in by_lot], short))
        left = {one: n - by_lot.get(one.lot, 0) for one, n in left.items()}
    return found


def comes_back(lent: Iterable[tuple[UUID, int]], back: Iterable[tuple[UUID, int]], amount: int) -> list[tuple[UUID, int]]:
    """Of which lots so much comes back: those that went out first, as far as they are not back already."""
    left = dict(lent)
    for lot, n in back:
        left[lot] -= n
    found = []
    for lot, n in left.items():
        if amount > 0 and n > 0:
            found.append((lot, min(n, amount)))
            amount -= min(n, amount)
    return found


def days_left(amount: int, used: int, days: int = USE_DAYS) -> int | None:
    """Whole days that the amount lasts if it goes on as in the last `days`; None where nothing was used."""
    return amount * days // used if used > 0 else None


class Freshness(StrEnum):
    """Whether a lot may still be given out."""

    GOOD = "good"
    SOON = "soon"
    EXPIRED = "expired"


def freshness(expiry: date | None, on: date) -> Freshness:
    """A lot is good up to and on its last day."""
    if expiry is None:
        return Freshness.GOOD
    left = (expiry - on).days
    return Freshness.EXPIRED if left < 0 else Freshness.SOON if left <= SOON else Freshness.GOOD


def totals(moves: Sequence[tuple[UUID | None, UUID | None, UUID, int]]) -> dict[tuple[UUID, UUID], int]:
    """What moves add up to: (store, lot) → amount, from (from store, to store, lot, amount)."""
    found: dict[tuple[UUID, UUID], int] = {}
    for out_of, into, lot, amount in moves:
        if into:
            found[into, lot] = found.get((into, lot), 0) + amount
        if out_of:
            found[out_of, lot] = found.get((out_of, lot), 0) - amount
    return {key: amount for key, amount in found.items() if amount}
