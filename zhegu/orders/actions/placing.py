"""Orders are placed, changed, cancelled, and taken up again after a cancellation by mistake."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.orders.actions.kinds import Happened, purpose
from zhegu.orders.actions.shelves import Shelves, Taken, home_key
from zhegu.orders.actions.wanted import ChangeOrder, NewMedicine, NewOrder, OneOrder
from zhegu.orders.models import Desk, Medicine, Order, OrderLine
from zhegu.orders.rules.states import OrderKind, State
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers

SCOPE = Scope.everything("an order names a door of its own community and belongs to the open outbreak")


def place_orders(*, by: Actor, community: Place, items: Sequence[NewOrder], whole: bool = False) -> list[Answer]:
    """Each stands on the list; facts: `order`, `no`. `whole`: they are one thing, all of them or none.

    Refused: nothing asked for, a number or price that cannot be, a household or grid of another community,
    neither household nor door.
    """
    by_ref = {item.ref: item for item in items}
    outbreak = outbreaks.open_outbreak(SCOPE, community)

    def do(fresh: list[Command]) -> list[Outcome]:
        return placed(by, community, outbreak, [by_ref[one.ref] for one in fresh], whole)

    commands = [
        Command(i.ref, Happened.PLACED, community.code, by, i.at, i.body, purpose(i.kind), outbreak and outbreak.pk)
        for i in items
    ]
    return journal.once(commands, do)


def placed(
    by: Actor, community: Place, outbreak: Outbreak | None, wanted: Sequence[NewOrder], whole: bool = False
) -> list[Outcome]:
    """Orders placed within the transaction of a command, one outcome each; `whole`: where one is refused, none is."""
    known = _Known(community, wanted)
    wrong = {item.ref: known.wrong(item) for item in wanted}
    if whole and (refused := next(filter(None, wrong.values()), None)):
        return [refused] * len(wanted)
    good = [item for item in wanted if wrong[item.ref] is None]
    first = next_numbers(community, "last_order", len(good)) if good else 0
    rows = [
        _set(Order(id=item.ref, community=community, outbreak=outbreak, no=no, by=by.key, at=item.at,
                   kind=item.kind, source=item.source), item, known)
        for no, item in enumerate(good, first)
    ]  # fmt: skip
    Order.objects.bulk_create(rows, batch_size=200)
    OrderLine.objects.bulk_create([line for item in good for line in _lines(item)], batch_size=500)
    for item in good:
        if item.medicine:
            _medicine(item.ref, item.medicine).save(force_insert=True)
    made = {row.pk: Accepted({"order": str(row.pk), "no": row.no}) for row in rows}
    return [wrong[item.ref] or made[item.ref] for item in wanted]


def next_numbers(community: Place, counter: str, how_many: int) -> int:
    """The first of so many running numbers that nobody else gets."""
    Desk.objects.get_or_create(community=community)
    Desk.objects.filter(community=community).update(**{counter: F(counter) + how_many})
    return getattr(Desk.objects.get(community=community), counter) - how_many + 1


class _Known:
    """Households and grids named in a batch of orders, read once."""

    def __init__(self, community: Place, items: Sequence[NewOrder]):
        asked = {item.household for item in items if item.household}
        found = registers.households(SCOPE, community).filter(pk__in=asked) if asked else ()
        self.households = {one.pk: one for one in found}
        self.grids = {one.code: one for one in places.grids(SCOPE, community)}
        self.shelves = Shelves(community, [line.offer for item in items for line in item.lines if line.offer])

    def wrong(self, item: NewOrder) -> Refused | None:
        """Why this order cannot stand; None where it can."""
        if not item.lines or any(not line.item.strip() for line in item.lines):
            return Refused("orders.nothing_asked")
        if any(line.quantity < 1 or (line.price is not None and line.price < 0) for line in item.lines):
            return Refused("orders.bad_number")
        if item.medicine and item.kind != OrderKind.MEDICINE:
            return Refused("orders.say_which_medicine")
        if item.medicine and (reason := self._wrong_medicine(item, item.medicine)):
            return Refused(reason)
        if item.household and item.household not in self.households:
            return Refused("orders.unknown_household")
        if item.grid and item.grid not in self.grids:
            return Refused("orders.unknown_grid")
        if not item.household and not item.door.strip():
            return Refused("orders.door_needed")
        taken = [Taken(line.offer, line.quantity, line.price) for line in item.lines if line.offer]
        return self.shelves.take(taken, home_key(item.household, item.grid, item.door))

    def _wrong_medicine(self, item: NewOrder, said: NewMedicine) -> str:
        if not said.drug.strip() or not said.strength.strip() or said.boxes < 1:
            return "orders.say_which_medicine"
        home = self.households.get(item.household) if item.household else None
        if said.person and (home is None or not home.members.filter(pk=said.person).exists()):
            return "orders.unknown_patient"
        return ""


def _medicine(order: UUID, said: NewMedicine) -> Medicine:
    return Medicine(
        order_id=order, person_id=said.person, drug=said.drug.strip(), strength=said.strength.strip()[:40],
        maker=said.maker.strip()[:80], boxes=said.boxes, only_this_brand=said.only_this_brand,
        prescription=said.prescription, lasts_until=said.lasts_until,
    )  # fmt: skip


def _set(row: Order, item: NewOrder, known: _Known) -> Order:
    home = known.households.get(item.household) if item.household else None
    row.household, row.grid = home, home.grid if home else known.grids.get(item.grid)
    row.door = ((home and (home.door or home.address)) or item.door.strip())[:40]
    row.asker, row.phone, row.note, row.urgent = item.asker.strip(), item.phone.strip(), item.note.strip(), item.urgent
    row.on_behalf = item.on_behalf.strip() or row.on_behalf
    return row


def _lines(item: NewOrder, order: UUID | None = None) -> list[OrderLine]:
    return [
        OrderLine(order_id=order or item.ref, position=n, item=x.item.strip(), quantity=x.quantity, unit=x.unit.strip(),
             spec=x.spec.strip(), price=x.price, offer_id=x.offer)
        for n, x in enumerate(item.lines, 1)
    ]  # fmt: skip


def change_orders(*, by: Actor, community: Place, items: Sequence[ChangeOrder]) -> list[Answer]:
    """Each is as described; what was asked about its lines is moot. Refused: as for a new one; unknown, cancelled, delivered, or on its way."""
    by_ref = {item.to.ref: item for item in items}
    kinds = _kinds(community, [item.order for item in items])

    def do(fresh: list[Command]) -> list[Outcome]:
        known = _Known(community, [by_ref[one.ref].to for one in fresh])
        return [_change(community, by_ref[one.ref], known) for one in fresh]

    commands = [
        Command(i.to.ref, Happened.CHANGED, community.code, by, i.to.at, {"order": str(i.order), **i.to.body}, *_kept(kinds, i.order))
        for i in items
    ]
    return journal.once(commands, do)


def _change(community: Place, item: ChangeOrder, known: _Known) -> Outcome:
    row = locked(community, item.order)
    if isinstance(row, Refused):
        return row
    if refused := still_open(row) or known.wrong(item.to):
        return refused
    _set(row, item.to, known).save()
    if item.to.medicine:
        Medicine.objects.filter(order=row, card_taken=None, bought=None).delete()
        if Medicine.objects.filter(order=row).exists():
            return Refused("orders.bought_before")
        _medicine(row.pk, item.to.medicine).save(force_insert=True)
    row.substitutes.filter(answered=None).delete()
    row.lines.all().delete()
    OrderLine.objects.bulk_create(_lines(item.to, row.pk))
    return Accepted({"order": str(row.pk)})


def cancel_orders(*, by: Actor, community: Place, items: Sequence[OneOrder], at: datetime) -> list[Answer]:
    """Nobody brings them. Refused: unknown, cancelled before, delivered, or on its way already."""

    def cancel(row: Order) -> Outcome:
        if refused := still_open(row):
            return refused
        row.cancelled, row.batch = at, None
        row.save(update_fields=["cancelled", "batch"])
        return Accepted({"order": str(row.pk)})

    return each(by, community, items, at, Happened.CANCELLED, cancel)


def restore_orders(*, by: Actor, community: Place, items: Sequence[OneOrder], at: datetime) -> list[Answer]:
    """They stand on the list again. Refused: unknown, not cancelled, or no longer there."""

    def restore(row: Order) -> Outcome:
        if not row.cancelled:
            return Refused("orders.not_cancelled")
        taken = [Taken(line.offer_id, line.quantity, line.price) for line in row.lines.all() if line.offer_id]
        shelves = Shelves(community, [one.offer for one in taken])
        if refused := shelves.take(taken, home_key(row.household_id, row.grid.code if row.grid else "", row.door)):
            return refused
        row.cancelled = None
        row.save(update_fields=["cancelled"])
        return Accepted({"order": str(row.pk)})

    return each(by, community, items, at, Happened.RESTORED, restore)


def locked(community: Place, order: UUID) -> Order | Refused:
    """The row, held until the transaction ends."""
    row = Order.objects.select_for_update(of=("self",)).filter(community=community, pk=order).select_related("batch").first()
    return row or Refused("orders.unknown_order")


def still_open(row: Order) -> Refused | None:
    """Why nothing of this order may change any more."""
    if row.state == State.CANCELLED:
        return Refused("orders.cancelled_before")
    if row.state == State.DELIVERED:
        return Refused("orders.delivered_before")
    return Refused("orders.on_its_way") if row.batch and row.batch.closed else None


def _kinds(community: Place, orders: Sequence[UUID]) -> dict[UUID, tuple[str, UUID | None]]:
    found = Order.objects.filter(community=community, pk__in=orders).values_list("pk", "kind", "outbreak_id")
    return {pk: (purpose(kind), outbreak) for pk, kind, outbreak in found}


def _kept(kinds: dict[UUID, tuple[str, UUID | None]], order: UUID) -> tuple[str, UUID | None]:
    return kinds.get(order, (purpose(""), None))


def each(by: Actor, community: Place, items: Sequence[Any], at: datetime, kind: Happened, act: Any, more: Any = None) -> list[Answer]:
    """The same act for each of these orders, one answer each; `more(item)` adds to what is journalled."""
    by_ref = {item.ref: item for item in items}
    kinds = _kinds(community, [item.order for item in items])

    def do(fresh: list[Command]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for one in fresh:
            row = locked(community, by_ref[one.ref].order)
            outcomes.append(row if isinstance(row, Refused) else act(row) if more is None else act(row, by_ref[one.ref]))
        return outcomes

    commands = [
        Command(i.ref, kind, community.code, by, at, {"order": str(i.order), **(more(i) if more else {})}, *_kept(kinds, i.order))
        for i in items
    ]
    return journal.once(commands, do)
