"""Goods are packed into a box, handed over as one, and counted where it is opened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.stock.actions.handing import held_lines
from zhegu.stock.actions.lending import LOANS
from zhegu.stock.actions.moving import Happened, Line, NewSlip, carry_back, carry_out, next_no
from zhegu.stock.actions.picking import MOST_LINES, Wanted
from zhegu.stock.models import Balance, Box, BoxHand, Slip, Store
from zhegu.stock.rules import BOX_LABEL, MoveKind, StoreKind

PARTS = ("arrived", "lacking", "over")
"""What an opening writes: what came, what was packed and is not there, what is there and was not packed."""


@dataclass(frozen=True)
class NewBox:
    """So much of each thing out of a store, for another store (`into`) or whoever is named (`to`); `holder` has it first."""

    out_of: UUID
    lines: tuple[Wanted, ...]
    holder: str
    into: UUID | None = None
    to: str = ""

    @property
    def body(self) -> dict:
        """As it is journalled."""
        lines = [{"item": str(one.item), "amount": one.amount} for one in self.lines]
        return {"out_of": str(self.out_of), "into": str(self.into or ""), "to": self.to, "holder": self.holder, "lines": lines}


def pack_box(*, by: Actor, community: Place, box: NewBox, at: datetime, ref: UUID) -> Answer:
    """Its goods, what expires first, lie in it and no longer in the store; facts: `box`, `label`.

    Refused: nothing in it or too many lines, nobody has it, it goes nowhere, to two places or where it comes from, a store or
    thing of another community, less than wanted is there.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if refused := _wrong(community, box):
            return [refused]
        packed: list[Line] = []
        for line in _summed(box.lines):
            lots = held_lines(community, box.out_of, line.item, line.amount)
            if isinstance(lots, Refused):
                return [lots]
            packed += lots
        no = next_no(Box, community)
        inside = Store.objects.create(id=uuid5(ref, "store"), community=community, name=BOX_LABEL.format(no), kind=StoreKind.BOX)
        gone = carry_out(by, community, NewSlip(MoveKind.TRANSFER, tuple(packed), at, uuid5(ref, "packed"), out_of=box.out_of, into=inside.pk))
        if isinstance(gone, Refused):
            return [gone]
        Box.objects.create(
            id=ref, community=community, no=no, store=inside, out_of_id=box.out_of, into_id=box.into, to=box.to.strip()[:120],
            slip_id=uuid5(ref, "packed"), at=at, by=by.key, holder=box.holder.strip()[:80],
        )  # fmt: skip
        return [Accepted({"box": str(ref), "label": inside.name})]

    return journal.once([_command(ref, Happened.BOX_PACKED, community, by, at, box.body)], do)[0]


def _command(ref: UUID, kind: Happened, community: Place, by: Actor, at: datetime, body: dict) -> Command:
    """Kept as long as who had equipment: it names who had the box."""
    return Command(ref, kind, community.code, by, at, body, LOANS)


def _wrong(community: Place, box: NewBox) -> Refused | None:
    if not 0 < len(box.lines) <= MOST_LINES:
        return Refused("stock.nothing_on_it" if not box.lines else "stock.too_many_lines")
    if any(one.amount <= 0 for one in box.lines):
        return Refused("stock.bad_amount")
    if not box.holder.strip():
        return Refused("stock.who_has_it")
    if bool(box.into) == bool(box.to.strip()) or box.into == box.out_of:
        return Refused("stock.where_to")
    ends = {box.out_of, *([box.into] if box.into else [])}
    there = Store.objects.filter(community=community, pk__in=ends, closed=None).exclude(kind=StoreKind.BOX)
    return Refused("stock.unknown_store") if there.count() < len(ends) else None


def _summed(lines: Sequence[Wanted]) -> list[Wanted]:
    """Each thing once: nothing is promised to two lines."""
    wanted: dict[UUID, int] = {}
    for one in lines:
        wanted[one.item] = wanted.get(one.item, 0) + one.amount
    return [Wanted(item, amount) for item, amount in wanted.items()]


def hand_box(*, by: Actor, community: Place, box: UUID, taker: str, at: datetime, ref: UUID) -> Answer:
    """The taker has it, with everything in it. Refused: no such box, opened or unpacked, nobody is named, they have it."""

    def hand(row: Box) -> Outcome:
        name = taker.strip()[:80]
        if not name or name == row.holder:
            return Refused("stock.who_has_it")
        BoxHand.objects.create(id=ref, box=row, n=row.links + 1, giver=row.holder, taker=name, at=at, by=by.key)
        row.holder, row.links = name, row.links + 1
        row.save(update_fields=["holder", "links"])
        return Accepted({"box": str(row.pk)})

    return _packed(by, community, box, at, ref, Happened.BOX_HANDED, {"taker": taker}, hand)


def open_box(*, by: Actor, community: Place, box: UUID, counted: Mapping[UUID, int], at: datetime, ref: UUID) -> Answer:
    """What was found of each lot lies at its destination, or is given out there; what is lacking is a loss, what is over a
    count. Facts: `differences`. A lot that was not counted came as it was packed.

    Refused: no such box, opened or unpacked before, a lot that is not in it, an amount below nought, its store is closed.
    """

    def open_it(row: Box) -> Outcome:
        inside = {one.lot_id: one for one in Balance.objects.select_for_update(of=("self",)).filter(store=row.store, amount__gt=0).select_related("lot")}
        if counted.keys() - inside.keys() or any(n < 0 for n in counted.values()):
            return Refused("stock.unknown_lot")
        found = {pk: (one, counted.get(pk, one.amount)) for pk, one in inside.items()}
        lines = {
            "arrived": [Line(x.lot.item_id, min(n, x.amount), pk) for pk, (x, n) in found.items() if n],
            "lacking": [Line(x.lot.item_id, x.amount - n, pk) for pk, (x, n) in found.items() if n < x.amount],
            "over": [Line(x.lot.item_id, n - x.amount, pk) for pk, (x, n) in found.items() if n > x.amount],
        }
        for slip in _slips(row, lines, at, ref):
            gone = carry_out(by, community, slip)
            if isinstance(gone, Refused):
                return gone
        row.opened, row.opened_by, row.opening = at, by.key, ref
        row.differences = len(lines["lacking"]) + len(lines["over"])
        row.save(update_fields=["opened", "opened_by", "opening", "differences"])
        Store.objects.filter(pk=row.store_id).update(closed=at)
        return Accepted({"differences": row.differences})

    said = {"counted": {str(lot): n for lot, n in counted.items()}}
    return _packed(by, community, box, at, ref, Happened.BOX_OPENED, said, open_it)


def _slips(row: Box, lines: Mapping[str, list[Line]], at: datetime, ref: UUID) -> list[NewSlip]:
    """What is over was there when it was packed: it comes into the box by a slip of its own, and out of it with the rest."""
    label, ids = row.store.name, {part: uuid5(ref, part) for part in PARTS}
    arrived = [Line(x.item, x.amount + next((y.amount for y in lines["over"] if y.lot == x.lot), 0), x.lot) for x in lines["arrived"]]
    over = NewSlip(MoveKind.COUNT, tuple(lines["over"]), at, ids["over"], into=row.store_id, note=label)
    kind = MoveKind.TRANSFER if row.into_id else MoveKind.ISSUE
    came = NewSlip(kind, tuple(arrived), at, ids["arrived"], out_of=row.store_id, into=row.into_id, counterpart=row.to, note=label)
    lacking = NewSlip(MoveKind.LOSS, tuple(lines["lacking"]), at, ids["lacking"], out_of=row.store_id, note=label)
    return [slip for slip in (over, came, lacking) if slip.lines]


def undo_opening(*, by: Actor, community: Place, box: UUID, at: datetime, ref: UUID) -> Answer:
    """It is packed as it was. Refused: no such box, not opened, or its goods have gone on."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = _row(community, box)
        if row is None or row.opening is None:
            return [Refused("stock.unknown_box" if row is None else "stock.not_opened")]
        for part in PARTS:
            slip = uuid5(row.opening, part)
            if Slip.objects.filter(pk=slip).exists():
                back = carry_back(by, community, slip, at, uuid5(ref, part))
                if isinstance(back, Refused):
                    return [back]
        row.opened, row.opened_by, row.opening, row.differences = None, "", None, 0
        row.save(update_fields=["opened", "opened_by", "opening", "differences"])
        Store.objects.filter(pk=row.store_id).update(closed=None)
        return [Accepted({"box": str(row.pk)})]

    return journal.once([_command(ref, Happened.BOX_REOPENED, community, by, at, {"box": str(box)})], do)[0]


def unpack_box(*, by: Actor, community: Place, box: UUID, at: datetime, ref: UUID) -> Answer:
    """Everything lies again where it was packed. Refused: no such box, opened or unpacked before."""

    def unpack(row: Box) -> Outcome:
        back = carry_back(by, community, row.slip_id, at, uuid5(ref, "back"))
        if isinstance(back, Refused):
            return back
        row.dropped = at
        row.save(update_fields=["dropped"])
        Store.objects.filter(pk=row.store_id).update(closed=at)
        return Accepted({"box": str(row.pk)})

    return _packed(by, community, box, at, ref, Happened.BOX_UNPACKED, {}, unpack)


def _row(community: Place, box: UUID) -> Box | None:
    return Box.objects.select_for_update(of=("self",)).select_related("store").filter(community=community, pk=box).first()


def _packed(
    by: Actor, community: Place, box: UUID, at: datetime, ref: UUID, kind: Happened, said: dict, act: Callable[[Box], Outcome]
) -> Answer:  # fmt: skip
    def do(fresh: list[Command]) -> list[Outcome]:
        row = _row(community, box)
        if row is None:
            return [Refused("stock.unknown_box")]
        return [act(row) if row.is_packed else Refused("stock.opened_before")]

    return journal.once([_command(ref, kind, community, by, at, {"box": str(box), **said})], do)[0]
