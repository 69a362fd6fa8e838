"""Goods move by slips only; what is in a store is what its moves add up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Max, Q

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.stock.models import Balance, Item, Lot, Move, Slip, Store
from zhegu.stock.rules import IN, LENT, OUT, MoveKind, StoreKind

PURPOSE = "stock"


class Happened(StrEnum):
    """Journal kinds of this app."""

    STORE_ADDED = "stock.store_added"
    ITEM_ADDED = "stock.item_added"
    GEAR_SET = "stock.gear_set"
    MOVED = "stock.goods_moved"
    COUNTED = "stock.store_counted"
    UNDONE = "stock.slip_undone"
    GIVEN = "stock.gift_received"
    SPENT = "stock.gift_spent"
    LENT = "stock.equipment_lent"
    BACK = "stock.equipment_back"
    LOST = "stock.equipment_lost"
    PICK_WRITTEN = "stock.pick_written"
    PICKED = "stock.pick_moved"
    PICK_DROPPED = "stock.pick_dropped"
    BOX_PACKED = "stock.box_packed"
    BOX_HANDED = "stock.box_handed_over"
    BOX_OPENED = "stock.box_opened"
    BOX_REOPENED = "stock.box_opening_undone"
    BOX_UNPACKED = "stock.box_unpacked"
    LOAN_UNDONE = "stock.loan_undone"


def command(ref: UUID, kind: str, community: Place, by: Actor, at: datetime, body: dict) -> Command:
    """A command of this room."""
    return Command(ref, kind, community.code, by, at, body, purpose=PURPOSE)


@dataclass(frozen=True)
class Line:
    """So many thousandths of an item. Coming in, a lot is named by number and last day; going out, `lot`
    says which. `price` is fen a unit."""

    item: UUID
    amount: int
    lot: UUID | None = None
    number: str = ""
    expiry: date | None = None
    bin: str = ""
    price: int = 0


@dataclass(frozen=True)
class NewSlip:
    """One act: goods out of a store, into a store, or from one to another. Its id is `ref`."""

    kind: MoveKind
    lines: tuple[Line, ...]
    at: datetime
    ref: UUID
    out_of: UUID | None = None
    into: UUID | None = None
    counterpart: str = ""
    receiver: str = ""
    note: str = ""

    @property
    def body(self) -> dict:
        """As it is journalled."""
        return {
            "kind": self.kind, "out_of": str(self.out_of or ""), "into": str(self.into or ""),
            "counterpart": self.counterpart, "receiver": self.receiver, "note": self.note,
            "lines": [
                {
                    "item": str(x.item), "amount": x.amount, "lot": str(x.lot or ""), "number": x.number,
                    "expiry": x.expiry.isoformat() if x.expiry else "", "bin": x.bin, "price": x.price,
                }
                for x in self.lines
            ],
        }  # fmt: skip


def move_goods(*, by: Actor, community: Place, slips: Sequence[NewSlip]) -> list[Answer]:
    """Each slip's goods are moved, all its lines or none; facts: `slip`, `no`.

    Refused: nothing on it, a store or thing of another community, a way its kind does not go, or more
    than there is (`lot`, `have`, `wanted`).
    """
    by_ref = {slip.ref: slip for slip in slips}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_moved(by, community, by_ref[one.ref]) for one in fresh]

    return journal.once([command(s.ref, Happened.MOVED, community, by, s.at, s.body) for s in slips], do)


def _moved(by: Actor, community: Place, slip: NewSlip) -> Outcome:
    """What is lent goes and comes with its loan only, or nobody could be asked for it; what is found, with a count."""
    return Refused("stock.wrong_way") if slip.kind in {*LENT, MoveKind.COUNT} else carry_out(by, community, slip)


def carry_out(by: Actor, community: Place, slip: NewSlip) -> Outcome:
    """One slip within the transaction of a command."""
    if refused := _wrong_way(community, slip):
        return refused
    items = {item.id: item for item in Item.objects.filter(community=community, pk__in=[x.item for x in slip.lines])}
    if len(items) < len({x.item for x in slip.lines}):
        return Refused("stock.unknown_item")
    moves = []
    for line in slip.lines:
        lot = _lot(items[line.item], line, into_only=slip.out_of is None)
        if lot is None:
            return Refused("stock.unknown_lot")
        moves.append(Move(lot=lot, out_of_id=slip.out_of, into_id=slip.into, bin=line.bin, amount=line.amount, price=line.price))
    if refused := apply(moves):
        return refused
    return _kept(by, community, slip, moves)


def _wrong_way(community: Place, slip: NewSlip) -> Refused | None:
    if not slip.lines:
        return Refused("stock.nothing_on_it")
    ends = {end for end in (slip.out_of, slip.into) if end}
    if Store.objects.filter(community=community, pk__in=ends, closed=None).count() < len(ends) or not ends:
        return Refused("stock.unknown_store")
    ways = {MoveKind.TRANSFER: (True, True), MoveKind.LEND: (True, False), MoveKind.BACK: (False, True), MoveKind.COUNT: (False, True)} | dict.fromkeys(IN, (False, True)) | dict.fromkeys(OUT, (True, False))
    way = (slip.out_of is not None, slip.into is not None)
    if ways.get(slip.kind) != way or slip.out_of == slip.into:
        return Refused("stock.wrong_way")
    return None


def _lot(item: Item, line: Line, *, into_only: bool) -> Lot | None:
    if line.lot:
        return Lot.objects.filter(item=item, pk=line.lot).first()
    if not into_only:
        return None
    return Lot.objects.get_or_create(item=item, number=line.number.strip(), expiry=line.expiry)[0]


def apply(moves: Iterable[Move]) -> Refused | None:
    """The balances follow the moves; nothing is changed where one would fall below nought."""
    moves = list(moves)
    wanted: dict[tuple[UUID, UUID], int] = {}
    for move in moves:
        if move.out_of_id:
            wanted[move.out_of_id, move.lot_id] = wanted.get((move.out_of_id, move.lot_id), 0) + move.amount
    for (store, lot), amount in sorted(wanted.items()):
        row = Balance.objects.select_for_update().filter(store_id=store, lot_id=lot).first()
        have = row.amount if row else 0
        if have < amount:
            return Refused("stock.not_enough", {"lot": str(lot), "have": have, "wanted": amount})
    for (store, lot), amount in sorted(wanted.items()):
        Balance.objects.filter(store_id=store, lot_id=lot).update(amount=F("amount") - amount)
    for move in sorted((m for m in moves if m.into_id), key=lambda m: (m.into_id, m.lot_id)):
        row, new = Balance.objects.select_for_update().get_or_create(
            store_id=move.into_id, lot_id=move.lot_id, defaults={"amount": move.amount, "bin": move.bin}
        )
        if not new:
            changes = {"amount": F("amount") + move.amount} | ({"bin": move.bin} if move.bin else {})
            Balance.objects.filter(pk=row.pk).update(**changes)
    return None


def next_no(model: type, community: Place) -> int:
    """The next running number; two at once are told apart by the constraint and try again."""
    return (model.objects.filter(community=community).aggregate(last=Max("no"))["last"] or 0) + 1


def _kept(by: Actor, community: Place, slip: NewSlip, moves: Sequence[Move], undoes: Slip | None = None) -> Accepted:
    made = Slip.objects.create(
        id=slip.ref, community=community, no=next_no(Slip, community), kind=slip.kind, at=slip.at, by=by.key,
        counterpart=slip.counterpart.strip(), receiver=slip.receiver.strip(), note=slip.note.strip(), undoes=undoes,
    )  # fmt: skip
    for move in moves:
        move.slip = made
    Move.objects.bulk_create(moves)
    return Accepted({"slip": str(made.id), "no": made.no})


def undo_slip(*, by: Actor, community: Place, slip: UUID, at: datetime, ref: UUID) -> Answer:
    """Everything on the slip goes back where it was, by a slip of its own.

    Refused: there is no such slip, it was undone before, it is an undoing itself, the goods have gone on, somebody
    has them on loan, or they are in a box.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if Slip.objects.filter(community=community, pk=slip, kind__in=LENT).exists():
            return [Refused("stock.undo_with_loan")]
        boxed = Q(out_of__kind=StoreKind.BOX) | Q(into__kind=StoreKind.BOX)
        if Move.objects.filter(boxed, slip=slip, slip__community=community).exists():
            return [Refused("stock.undo_with_box")]
        return [carry_back(by, community, slip, at, ref)]

    return journal.once([command(ref, Happened.UNDONE, community, by, at, {"slip": str(slip)})], do)[0]


def carry_back(by: Actor, community: Place, slip: UUID, at: datetime, ref: UUID) -> Outcome:
    """One slip undone within the transaction of a command."""
    found = Slip.objects.select_for_update(of=("self",)).filter(community=community, pk=slip).first()
    if found is None:
        return Refused("stock.unknown_slip")
    if found.kind == MoveKind.UNDO or found.is_undone:
        return Refused("stock.undone_before")
    moves = [
        Move(lot_id=m.lot_id, out_of_id=m.into_id, into_id=m.out_of_id, bin=m.bin, amount=m.amount, price=m.price)
        for m in found.moves.all()
    ]
    if refused := apply(moves):
        return refused
    back = NewSlip(MoveKind.UNDO, (), at, ref, counterpart=found.counterpart)
    return _kept(by, community, back, moves, found)


def count_store(
    *, by: Actor, community: Place, store: UUID, counted: dict[UUID, int], note: str, at: datetime, ref: UUID
) -> Answer:
    """What was counted is what is there: differences become moves of a slip; facts: `differences`.

    `counted`: lot → thousandths found. Lots that were not counted stay as they are.
    Refused: a store or lot that is not of this community, an amount below nought.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        found = Store.objects.filter(community=community, pk=store).first()
        lots = Lot.objects.filter(item__community=community, pk__in=counted)
        if found is None or lots.count() < len(counted) or any(n < 0 for n in counted.values()):
            return [Refused("stock.unknown_lot" if found else "stock.unknown_store")]
        held = dict(Balance.objects.select_for_update().filter(store=found).values_list("lot_id", "amount"))
        moves = [
            Move(lot_id=lot, into=found if more > 0 else None, out_of=found if more < 0 else None, amount=abs(more))
            for lot, now in counted.items()
            if (more := now - held.get(lot, 0))
        ]
        if not moves:
            return [Accepted({"differences": 0})]
        if refused := apply(moves):
            return [refused]
        kept = _kept(by, community, NewSlip(MoveKind.COUNT, (), at, ref, note=note), moves)
        return [Accepted({**kept.facts, "differences": len(moves)})]

    body = {"store": str(store), "counted": {str(lot): n for lot, n in counted.items()}, "note": note}
    return journal.once([command(ref, Happened.COUNTED, community, by, at, body)], do)[0]


def pack_kits(
    *, by: Actor, community: Place, store: UUID, kit: Line, parts: Sequence[Line], note: str, at: datetime, ref: UUID
) -> Answer:
    """Parts leave the store, kits lie in it instead; facts: `slip`, `no`.

    Refused: as for moving; a part without its lot; a kit packed into itself.
    """
    slip = NewSlip(MoveKind.PACK, (kit, *parts), at, ref, out_of=store, note=note)

    def do(fresh: list[Command]) -> list[Outcome]:
        found = Store.objects.filter(community=community, pk=store, closed=None).first()
        items = {i.id: i for i in Item.objects.filter(community=community, pk__in=[x.item for x in slip.lines])}
        if found is None or not parts:
            return [Refused("stock.nothing_on_it" if found else "stock.unknown_store")]
        if len(items) < len({x.item for x in slip.lines}) or kit.item in {x.item for x in parts}:
            return [Refused("stock.unknown_item")]
        lots = [_lot(items[part.item], part, into_only=False) for part in parts]
        if None in lots:
            return [Refused("stock.unknown_lot")]
        outs = [Move(lot=lot, out_of=found, amount=part.amount) for lot, part in zip(lots, parts, strict=True)]
        made = Move(lot=_lot(items[kit.item], kit, into_only=True), into=found, bin=kit.bin, amount=kit.amount)
        if refused := apply([*outs, made]):
            return [refused]
        return [_kept(by, community, slip, [*outs, made])]

    return journal.once([command(ref, Happened.MOVED, community, by, at, slip.body)], do)[0]


