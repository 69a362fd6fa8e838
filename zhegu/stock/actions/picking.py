"""A pick list: out of one store, for several destinations, what expires first goes first; then all of it moves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.stock import queries
from zhegu.stock.actions.moving import Happened, Line, NewSlip, carry_out, command, next_no
from zhegu.stock.models import Item, PickLine, PickList, Store
from zhegu.stock.rules import MoveKind

MOST_LINES = 60
SCOPE = Scope.everything("what a pick list of this community takes")


@dataclass(frozen=True)
class Wanted:
    """So many thousandths of a thing, into a store or to whoever is named."""

    item: UUID
    amount: int
    into: UUID | None = None
    to: str = ""


def write_pick(*, by: Actor, community: Place, store: UUID, lines: Sequence[Wanted], at: datetime, ref: UUID) -> Answer:
    """It stands and nothing has moved; facts: `pick`, `no`.

    Refused: nothing on it or too much, a store or thing of another community, a line that goes nowhere, to two places, or
    where it comes from.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if refused := _wrong(community, store, lines):
            return [refused]
        made = PickList.objects.create(id=ref, community=community, no=next_no(PickList, community), store_id=store, at=at, by=by.key)
        PickLine.objects.bulk_create(
            PickLine(pick=made, position=n, into_id=one.into, to=one.to.strip()[:120], item_id=one.item, amount=one.amount)
            for n, one in enumerate(lines, 1)
        )
        return [Accepted({"pick": str(ref), "no": made.no})]

    said = [{"item": str(x.item), "amount": x.amount, "into": str(x.into or ""), "to": x.to} for x in lines]
    return journal.once([command(ref, Happened.PICK_WRITTEN, community, by, at, {"store": str(store), "lines": said})], do)[0]


def _wrong(community: Place, store: UUID, lines: Sequence[Wanted]) -> Refused | None:
    if not 0 < len(lines) <= MOST_LINES:
        return Refused("stock.nothing_on_it" if not lines else "stock.too_many_lines")
    ends = {store, *(one.into for one in lines if one.into)}
    if Store.objects.filter(community=community, pk__in=ends, closed=None).count() < len(ends):
        return Refused("stock.unknown_store")
    things = {one.item for one in lines}
    if Item.objects.filter(community=community, pk__in=things).count() < len(things):
        return Refused("stock.unknown_item")
    if any(bool(one.into) == bool(one.to.strip()) or one.into == store for one in lines):
        return Refused("stock.where_to")
    return Refused("stock.bad_amount") if any(one.amount <= 0 for one in lines) else None


def move_pick(*, by: Actor, community: Place, pick: UUID, at: datetime, ref: UUID) -> Answer:
    """All of it has left the store, by a slip a destination; facts: `slips`.

    Refused: no such list, done or dropped before, less than wanted is there, a destination that was closed since.
    """

    def move(row: PickList) -> Outcome:
        rows = queries.to_take(SCOPE, row, hold=True)
        if short := next((one.line for one in rows if one.short), None):
            return Refused("stock.not_enough", {"item": str(short.item)})
        if any(one.line.into and one.line.into.closed for one in rows):
            return Refused("stock.unknown_store")
        ends = dict.fromkeys((one.line.into_id, one.line.to) for one in rows)
        for n, (into, to) in enumerate(ends):
            mine = [one for one in rows if (one.line.into_id, one.line.to) == (into, to)]
            lines = tuple(Line(one.line.item_id, amount, lot.pk) for one in mine for lot, amount, _ in one.lots)
            kind = MoveKind.TRANSFER if into else MoveKind.ISSUE
            slip = NewSlip(kind, lines, at, uuid5(ref, str(n)), out_of=row.store_id, into=into, counterpart=to)
            gone = carry_out(by, community, slip)
            if isinstance(gone, Refused):
                return gone
            row.lines.filter(pk__in=[one.line.pk for one in mine]).update(slip=slip.ref)
        row.done = at
        row.save(update_fields=["done"])
        return Accepted({"slips": len(ends)})

    return _open(by, community, pick, at, ref, Happened.PICKED, move)


def drop_pick(*, by: Actor, community: Place, pick: UUID, at: datetime, ref: UUID) -> Answer:
    """Nobody picks it. Refused: no such list, done or dropped before."""

    def drop(row: PickList) -> Outcome:
        row.dropped = at
        row.save(update_fields=["dropped"])
        return Accepted({"pick": str(row.pk)})

    return _open(by, community, pick, at, ref, Happened.PICK_DROPPED, drop)


def _open(
    by: Actor, community: Place, pick: UUID, at: datetime, ref: UUID, kind: Happened, act: Callable[[PickList], Outcome]
) -> Answer:  # fmt: skip
    def do(fresh: list[Command]) -> list[Outcome]:
        row = PickList.objects.select_for_update().filter(community=community, pk=pick).first()
        if row is None:
            return [Refused("stock.unknown_pick")]
        return [act(row) if row.is_open else Refused("stock.picked_before")]

    return journal.once([command(ref, kind, community, by, at, {"pick": str(pick)})], do)[0]
