"""An entry as an order: whole numbers without rounding, its kind, and what the desk types about it. Pure."""

import re
from dataclasses import asdict
from typing import Any

from zhegu.orders.rules.catalogue import everyday
from zhegu.orders.rules.characters import even
from zhegu.orders.rules.doors import find_doors
from zhegu.orders.rules.listed import listed
from zhegu.orders.rules.numbers import ANY, number
from zhegu.orders.rules.quantities import COUNTED, WEIGHTS
from zhegu.orders.rules.signup import Doubt, Entry, Wanted, figure
from zhegu.orders.rules.slate import Slate
from zhegu.orders.rules.states import OrderKind

FINER = {"公斤": ("斤", 2), "斤": ("两", 10)}
"""A fraction of a weight is a whole number of the next finer one: 1.5公斤 is 3斤, 半斤 is 5两."""
UNITS_BO = COUNTED | {unit: name for unit, name in WEIGHTS.items() if "\u0f00" <= unit[0] <= "\u0fff"}
MOST = 100_000
_TYPED = re.compile(rf"^(?P<item>.+?)\s*(?:[(\[](?P<spec>[^)\]]*)[)\]])?\s*[x*]?\s*(?P<number>{ANY})\s*(?P<unit>[^\d\s()]{{0,6}})$")
_BETWEEN = re.compile(r"[,;、\n]+")
ASKABLE = (
    Doubt.NO_QUANTITY, Doubt.RANGE, Doubt.MONEY, Doubt.NO_UNIT, Doubt.NO_ITEM, Doubt.TWO_QUANTITIES, Doubt.SAME_AS, Doubt.NO_DOOR,
    Doubt.DOOR_UNSURE, Doubt.LETTERS, Doubt.BROKEN_PHONE, Doubt.NO_STRENGTH, Doubt.WHICH_DRUG, Doubt.TWO_GRIDS, Doubt.WANTED_AGAIN,
)  # fmt: skip
"""What can be asked in the group without naming anybody."""


def whole_amount(quantity: float | None, unit: str | None) -> tuple[int, str] | None:
    """So many, as a whole number; None where that cannot be."""
    unit = unit or ""
    while quantity is not None and 0 < quantity <= MOST:
        if abs(quantity - round(quantity)) < 1e-9:
            return round(quantity), unit
        if unit not in FINER:
            return None
        unit, times = FINER[unit]
        quantity *= times
    return None


def kind_of(title: str | None) -> OrderKind:
    """What a list is for, by its title."""
    about = listed(even(title or ""), everyday(), [])
    if about.medicine:
        return OrderKind.MEDICINE
    return OrderKind.GAS if about.only and about.only.is_gas else OrderKind.GOODS


def kind_of_thing(item: str) -> OrderKind:
    """On which run a thing goes out; medicine is said to its own team and never by this."""
    thing = everyday().named(item)
    return OrderKind.GAS if thing and thing.is_gas else OrderKind.GOODS


def said(lines: list[Wanted]) -> str:
    """The lines as the desk sees and types them: 大米(5kg) 2袋、鸡蛋 1板."""
    return "、".join(
        f"{line.item or '?'}{f'({line.spec})' if line.spec else ''} {'?' if line.quantity is None else figure(line.quantity)}{line.unit or ''}"
        for line in lines
    )


def typed(words: str) -> list[Wanted] | None:
    """What the desk typed, as lines; None where a part has no number."""
    found = []
    for part in filter(None, map(str.strip, _BETWEEN.split(even(words)))):
        hit = _TYPED.match(part)
        amount = number(hit["number"]) if hit else None
        if hit is None or amount is None:
            return None
        thing = everyday().named(hit["item"])
        unit = UNITS_BO.get(hit["unit"].strip("་"), hit["unit"]) or (thing and thing.unit) or None
        found.append(Wanted(thing.name if thing else hit["item"].strip("་ "), amount, unit, hit["spec"] or ""))
    return found or None


def typed_lines(words: str) -> list[tuple[str, int, str, str]] | None:
    """What was typed as (thing, number, unit, size) in whole numbers; None where a part cannot be."""
    lines = typed(words) or []
    amounts = [whole_amount(line.quantity, line.unit) for line in lines]
    if not lines or None in amounts:
        return None
    return [(line.item or "", *amount, line.spec) for line, amount in zip(lines, amounts, strict=True) if amount]


def typed_door(words: str) -> str | None:
    """A door as the desk typed it, in the usual form; as it stands where it has none."""
    words = even(words).strip()
    text = f"{words}室" if words.isdigit() and len(words) in (3, 4) else words
    found = find_doors(Slate(f" {text} "))
    return found[0].text if len(found) == 1 else words[:40] or None


def lacks(entry: Entry) -> list[Doubt]:
    """Why this entry cannot be an order yet, whoever has looked at it."""
    found = []
    if not entry.lines or any(line.quantity is None for line in entry.lines):
        found.append(Doubt.NO_QUANTITY)
    elif any(not line.item for line in entry.lines):
        found.append(Doubt.NO_ITEM)
    elif any(whole_amount(line.quantity, line.unit) is None for line in entry.lines):
        found.append(Doubt.RANGE)
    if not entry.door and not entry.household:
        found.append(Doubt.NO_DOOR)
    return found


def packed(entry: Entry) -> dict[str, Any]:
    """An entry as plain values that a form can carry."""
    return asdict(entry)


def unpacked(said: dict[str, Any]) -> Entry:
    """As it was."""
    return Entry(**said | {"lines": [Wanted(**line) for line in said["lines"]], "doubts": [Doubt(one) for one in said["doubts"]]})
