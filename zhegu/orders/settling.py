"""A sign-up on the desk between reading and placing: it lives in the form, and each entry is placed once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core import signing

from zhegu.lib.ids import new_id
from zhegu.orders.actions import NewLine, NewOrder
from zhegu.orders.homes import match_entries
from zhegu.orders.models import Order
from zhegu.orders.rules.listed import price_said
from zhegu.orders.rules.placing import kind_of, lacks, packed, said, typed, typed_door, unpacked, whole_amount
from zhegu.orders.rules.signup import Doubt, Entry, SignUp
from zhegu.orders.rules.states import OrderKind, Source
from zhegu.places.models import Place

SALT = "orders.signup"
ROWS = 100
"""Entries to look at on one page; the others follow."""
SAYS_WHY = {Doubt.RANGE, Doubt.MONEY, Doubt.SAME_AS, Doubt.TWO_QUANTITIES}
"""These say already why there is no number."""
MAX_AGE = 24 * 3600
CHOSEN = "chosen"
"""How an entry was matched of which a person said whose it is."""


@dataclass
class Draft:
    """A list that was read. Each entry has the ref its order will be placed under."""

    community: str
    title: str
    kind: OrderKind
    source: Source
    entries: dict[UUID, Entry]
    unread: list[tuple[int, str]] = field(default_factory=list)
    already: int = 0
    """Entries that stand on the list of orders as they are."""
    taken_back: list[str] = field(default_factory=list)
    """Orders whose entries were cancelled in the chat since."""
    price: int | None = None
    """Fen for one, in a list that is for one thing."""

    @property
    def flagged(self) -> list[tuple[UUID, Entry]]:
        return [(ref, entry) for ref, entry in self.entries.items() if entry.needs_check]

    @property
    def clear(self) -> list[tuple[UUID, Entry]]:
        return [(ref, entry) for ref, entry in self.entries.items() if not entry.needs_check and not entry.cancelled]

    @property
    def has_price(self) -> bool:
        """Whether it is for one thing, so that one price holds for every line: gas."""
        return self.kind == OrderKind.GAS

    @property
    def cancelled(self) -> int:
        return sum(entry.cancelled and not entry.needs_check for entry in self.entries.values())

    def sealed(self) -> str:
        """As the form carries it: nobody can alter it on the way."""
        entries = [[str(ref), packed(entry)] for ref, entry in self.entries.items()]
        said = [self.community, self.title, self.kind, self.source, entries, self.unread, self.taken_back, self.price]
        return signing.dumps(said, salt=SALT, compress=True)


def begun(community: Place, found: SignUp, source: Source, lines: list[str]) -> Draft:
    """The list matched with the register; what cannot be an order as it stands is flagged."""
    match_entries(community, found.entries)
    for entry in found.entries:
        entry.words = " / ".join(lines[at - 1].strip() for at in entry.source if at <= len(lines))
        for why in () if entry.cancelled else lacks(entry):
            if why is not Doubt.NO_QUANTITY or not SAYS_WHY & set(entry.doubts):
                entry.doubt(why)
    unread = [(one.line, one.text) for one in found.unread]
    kind, entries = kind_of(found.title), {new_id(): entry for entry in found.entries}
    return Draft(community.code, found.title or "", kind, source, entries, unread, price=price_said(found.title or ""))


def opened(community: Place, token: str) -> Draft | None:
    """The list a form carried; None where it is not of this community, or too old."""
    try:
        code, title, kind, source, entries, unread, taken_back, price = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError):  # ValueError: sealed before an update of the system
        return None
    if code != community.code:
        return None
    rows = {UUID(ref): unpacked(entry) for ref, entry in entries}
    unread = [tuple(one) for one in unread]
    return Draft(code, title, OrderKind(kind), Source(source), rows, unread, taken_back=taken_back, price=price)


def compare(draft: Draft, placed: Iterable[Order]) -> None:
    """A list pasted again: who stands on the list of orders with the same things is not placed again, with other things
    is doubted, and whoever cancelled since has the order cancelled."""
    known: dict[tuple, Order] = {}
    for order in placed:
        known[_home(str(order.household_id or ""), order.door, order.asker)] = order
    for ref, entry in list(draft.entries.items()):
        order = known.get(_home(entry.household or "", entry.door or "", entry.name or ""))
        if order is None or not (entry.household or entry.door):
            continue
        if entry.cancelled and not entry.needs_check:
            draft.taken_back.append(str(order.pk))
        elif _things(entry) == sorted((line.item, line.quantity, line.unit) for line in order.lines.all()):
            del draft.entries[ref]
            draft.already += 1
        else:
            entry.doubt(Doubt.TWICE)


def _home(household: str, door: str, asker: str) -> tuple:
    return ("household", household) if household else (door, asker)


def _things(entry: Entry) -> list[tuple]:
    amounts = [(line.item or "", whole_amount(line.quantity, line.unit)) for line in entry.lines]
    return sorted((item, *amount) for item, amount in amounts if amount)


def settle(community: Place, draft: Draft, post: Any) -> list[UUID]:
    """Takes over what was typed; gives the entries that are to be left out. Ticked ones that lack nothing are clear."""
    out, looked_at = [], []
    for ref, entry in draft.flagged:
        if f"{ref}-wants" not in post:
            continue
        _take_over(entry, ref, post)
        if post.get(f"{ref}-out"):
            out.append(ref)
        elif post.get(f"{ref}-fine"):
            looked_at.append(entry)
    _look_again(community, looked_at)
    return out


def _take_over(entry: Entry, ref: UUID, post: Any) -> None:
    entry.name = post.get(f"{ref}-name", "").strip()[:60] or None
    entry.grid = "".join(filter(str.isdigit, post.get(f"{ref}-grid", "")))[:3] or None
    phone = "".join(filter(str.isdigit, post.get(f"{ref}-phone", "")))
    entry.phone = phone if len(phone) == 11 else None
    before = entry.household or ""
    door, home = typed_door(post.get(f"{ref}-door", "")), post.get(f"{ref}-home", before)
    if door != entry.door:
        entry.door, entry.household = door, None
    if home != before:  # a choice of the round before does not outlive the door it was made for
        _choose(entry, home)
    wants = post.get(f"{ref}-wants", "")
    if wants.strip() != said(entry.lines):
        entry.lines = typed(wants) or [line for line in entry.lines if line.item and not wants.strip()]
        if not entry.lines:
            entry.doubt(Doubt.NO_QUANTITY)
    if phone and not entry.phone:
        entry.doubt(Doubt.BROKEN_PHONE)


def _choose(entry: Entry, home: str) -> None:
    """The household somebody pointed at, of those that fit; or none of them."""
    entry.household, entry.match = (home, CHOSEN) if home in entry.among else (None, entry.match)


def _look_again(community: Place, entries: list[Entry]) -> None:
    """Somebody looked: the doubts are gone, unless something is still lacking. A household is found where it can be."""
    match_entries(community, [entry for entry in entries if entry.household is None])
    for entry in entries:
        entry.doubts = [] if entry.cancelled else lacks(entry)


def as_order(draft: Draft, ref: UUID, entry: Entry, grids: dict[str, str], at: Any) -> NewOrder:
    """The entry as it is placed; the number in the list goes into the note, so that it can be found again."""
    lines = []
    for line in entry.lines:
        amount = whole_amount(line.quantity, line.unit)
        if amount:
            lines.append(NewLine.cut(line.item or "", *amount, line.spec, draft.price if draft.has_price else None))
    return NewOrder(
        ref=ref, at=at, lines=tuple(lines), kind=draft.kind, source=draft.source,
        household=UUID(entry.household) if entry.household else None, grid="" if entry.household else grids.get(entry.grid or "", ""),
        door=entry.door or "", asker=entry.name or "", phone=entry.phone or "",
        note=" ".join(filter(None, (f"#{entry.no}" if entry.no else "", entry.note)))[:300],
    )  # fmt: skip
