"""What the office typed, as values."""

import re
from typing import Any
from uuid import UUID

from zhegu.handouts.actions import NewHandout
from zhegu.handouts.rules import Confirmed, How, Per
from zhegu.lib.answers import Refused, RefusedError
from zhegu.pages.doors import id_of
from zhegu.stock.actions import BadNumber, read_amount

MOST_GRIDS = 255


def handout_of(post: Any) -> NewHandout:
    """A distribution; raises RefusedError for a number or a thing that cannot be read."""
    card = post.get("card_round", "").strip()
    if card and not re.fullmatch(r"[1-9]\d{0,4}", card):
        raise RefusedError(Refused("handouts.bad_round"))
    try:
        amount = read_amount(post.get("amount", ""))
    except BadNumber as bad:
        raise RefusedError(Refused(bad.reason)) from bad
    return NewHandout(
        post.get("name", "")[:80], id_of(post.get("store", ""), "stock.unknown_store"),
        id_of(post.get("item", ""), "stock.unknown_item"), Per.PERSON if post.get("per") == Per.PERSON else Per.HOUSEHOLD,
        amount, int(card) if card else None, tuple(code[:20] for code in post.getlist("grids")[:MOST_GRIDS]),
        post.get("name_bo", "")[:120],
    )  # fmt: skip


def whose(post: Any) -> dict[str, UUID]:
    """The household, or the person without one, that a button names; raises RefusedError."""
    kind = "household" if post.get("household") else "person"
    return {kind: id_of(post.get(kind), "handouts.unknown_home")}


def way_of(post: Any) -> tuple[How, Confirmed]:
    """Where it was handed over, and how its arrival is confirmed."""
    how = How.DOOR if post.get("how") == How.DOOR else How.COUNTER
    return how, Confirmed.CALLED if post.get("confirmed") == Confirmed.CALLED else Confirmed.SIGNED
