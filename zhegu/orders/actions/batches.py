"""Orders are gathered into a batch, delivered, or go back into the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.orders.actions.kinds import Happened, purpose
from zhegu.orders.actions.placing import each, next_numbers, still_open
from zhegu.orders.actions.wanted import OneOrder
from zhegu.orders.models import Back, Batch, Order
from zhegu.orders.rules.states import BackReason, OrderKind, State
from zhegu.places.models import Place


@dataclass(frozen=True)
class NewBatch:
    """All open orders of a kind that were placed until the cut-off; only these, where `orders` names some."""

    name: str
    kind: OrderKind
    cut_off: datetime
    orders: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class BackOrder:
    """This order goes back into the list, for a reason."""

    order: UUID
    reason: BackReason
    ref: UUID
    note: str = ""


def gather_batch(*, by: Actor, community: Place, batch: NewBatch, at: datetime, ref: UUID) -> Answer:
    """Its orders go out together; facts: `batch`, `no`, `orders`. Refused: no name, nothing to gather."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not batch.name.strip():
            return [Refused("orders.name_needed")]
        open_ones = Order.objects.select_for_update().filter(
            community=community, kind=batch.kind, batch=None, cancelled=None, delivered=None, at__lte=batch.cut_off
        )
        if batch.orders:
            open_ones = open_ones.filter(pk__in=batch.orders)
        found = [row.pk for row in open_ones.order_by("pk").only("pk")]
        if not found:
            return [Refused("orders.nothing_to_gather")]
        made = Batch.objects.create(
            id=ref, community=community, no=next_numbers(community, "last_batch", 1), kind=batch.kind,
            name=batch.name.strip()[:80], cut_off=batch.cut_off, at=at, by=by.key,
        )  # fmt: skip
        Order.objects.filter(pk__in=found).update(batch=made)
        return [Accepted({"batch": str(made.pk), "no": made.no, "orders": len(found)})]

    body = {
        "name": batch.name, "kind": batch.kind, "cut_off": batch.cut_off.isoformat(),
        "orders": [str(one) for one in batch.orders],
    }  # fmt: skip
    return journal.once([Command(ref, Happened.GATHERED, community.code, by, at, body, purpose(batch.kind))], do)[0]


def mark_delivered(*, by: Actor, community: Place, items: Sequence[OneOrder], at: datetime) -> list[Answer]:
    """They are at their doors. Refused: unknown, cancelled, or delivered before."""

    def deliver(row: Order) -> Outcome:
        if (refused := still_open(row)) and refused.reason != "orders.on_its_way":
            return refused
        row.delivered = at
        row.save(update_fields=["delivered"])
        return Accepted({"order": str(row.pk)})

    return each(by, community, items, at, Happened.DELIVERED, deliver)


def put_back(*, by: Actor, community: Place, items: Sequence[BackOrder], at: datetime) -> list[Answer]:
    """They stand on the list again, with the reason; also what was delivered wrong or damaged.

    Refused: unknown, cancelled, or not gathered at all.
    """

    def back(row: Order, item: BackOrder) -> Outcome:
        return take_back(row, item, by, at)

    return each(
        by, community, items, at, Happened.PUT_BACK, back,
        lambda item: {"reason": item.reason, "note": item.note},
    )  # fmt: skip


def take_back(row: Order, item: BackOrder, by: Actor, at: datetime) -> Outcome:
    """The same within the transaction of another act."""
    if row.state == State.CANCELLED:
        return Refused("orders.cancelled_before")
    if row.batch is None:
        return Refused("orders.not_gathered")
    Back.objects.create(
        id=item.ref, order=row, batch=row.batch, at=at, by=by.key, reason=item.reason, note=item.note.strip()[:200]
    )
    row.batch, row.delivered = None, None
    row.save(update_fields=["batch", "delivered"])
    return Accepted({"order": str(row.pk)})


def at_their_doors(orders: Iterable[UUID], at: datetime) -> int:
    """Within the transaction of a hand-over at the door: these orders are delivered; answers how many newly."""
    return Order.objects.filter(pk__in=list(orders), cancelled=None, delivered=None).update(delivered=at)


def not_at_their_doors(orders: Iterable[UUID]) -> int:
    """The same taken back, where a hand-over was written by mistake."""
    return Order.objects.filter(pk__in=list(orders), cancelled=None).update(delivered=None)


def on_its_way(batch: Batch, at: datetime) -> None:
    """Within the transaction in which a run sets out: nothing in the batch changes any more."""
    Batch.objects.filter(pk=batch.pk, closed=None).update(closed=at)
