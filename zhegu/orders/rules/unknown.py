"""Words in a line that no catalogue knows and that can only be things, by the quantity beside them. Pure."""

import itertools

from zhegu.orders.rules.catalogue import written
from zhegu.orders.rules.lexemes import Kind, Lexeme, glued
from zhegu.orders.rules.listed import Listed
from zhegu.orders.rules.names import LIKELY, SURE, likeness
from zhegu.orders.rules.quantities import Quantity

LARGEST_GAP = 2
"""Between a thing nobody knows and its quantity: a space, a colon, a comma; not a door."""


def with_unknown_things(pieces: list[Lexeme], listed: Listed) -> list[Lexeme]:
    """Words that can only be things: a quantity stands behind or glued before them, and they are not the name."""
    for before, one in itertools.pairwise(pieces):
        if one.kind is Kind.WORD and before.kind is Kind.THING and one.text.isascii() and one.start - before.end <= 1:
            one.kind, one.quantity = Kind.QUANTITY, Quantity(None, None, one.text, size_only=True)
    words = [one for one in pieces if one.kind is Kind.WORD]
    named = [one for one in words if one.labelled or likeness(one.text) >= LIKELY]
    for place, one in enumerate(pieces):
        if one.kind is not Kind.WORD or one.labelled or not _is_measured(pieces, place, listed.only is not None):
            continue
        others = [word for word in named if word is not one]
        is_name = likeness(one.text) >= (LIKELY if listed.only else SURE) and not others
        if not is_name and not (listed.only and likeness(one.text) >= SURE):
            _make_thing(one, listed)
    for place, one in enumerate(pieces):
        if one.kind is Kind.EACH:
            _listed_before(pieces, place, listed)
    return pieces


def _make_thing(one: Lexeme, listed: Listed) -> None:
    one.kind, one.thing = Kind.THING, written(one.text, listed.catalogue)


def _listed_before(pieces: list[Lexeme], place: int, listed: Listed) -> None:
    """苦瓜、丝瓜、白菜各2斤: what is enumerated right before "each" is things, up to what looks like a name."""
    following = pieces[place]
    for one in reversed(pieces[:place]):
        plain = one.kind is Kind.THING or (one.kind is Kind.WORD and likeness(one.text) < LIKELY)
        if not plain or following.start - one.end > 1:
            return
        if one.kind is Kind.WORD:
            _make_thing(one, listed)
        following = one


def _is_measured(pieces: list[Lexeme], place: int, must_touch: bool) -> bool:
    """Whether the quantity behind the word, or glued before it, is the word's own."""
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    before = pieces[place - 1] if place else None
    if after and after.kind is Kind.EACH:
        return True
    if after and after.kind is Kind.QUANTITY and after.quantity and not after.quantity.money:
        beyond = pieces[place + 2] if place + 2 < len(pieces) else None
        taken = beyond is not None and beyond.kind in (Kind.THING, Kind.WORD) and glued(after, beyond) and not glued(pieces[place], after)
        if not taken and after.start - pieces[place].end <= (0 if must_touch else LARGEST_GAP):
            return True
    if before and before.kind is Kind.QUANTITY and glued(before, pieces[place]):
        earlier = pieces[place - 2] if place > 1 else None
        return earlier is None or earlier.kind not in (Kind.THING, Kind.WORD) or not glued(earlier, before)
    return False
