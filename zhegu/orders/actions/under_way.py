"""Something turns out to be missing when its order is on its way: the household is called, and its answer stands at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.lib.answers import Refused
from zhegu.lib.scope import Actor
from zhegu.orders.actions.placing import locked
from zhegu.orders.actions.substitutes import AnswerTo, answered, question, restored, wrong
from zhegu.orders.actions.wanted import NewLine
from zhegu.orders.models import Batch, Order
from zhegu.orders.rules.states import Consent, State


@dataclass(frozen=True)
class Instead:
    """Instead of the line at this position, this; nothing, where the household wants nothing else or nobody was reached."""

    order: UUID
    position: int
    instead: NewLine | None
    ref: UUID
    who: str = ""
    how: Consent | None = None


def replaced(batch: Batch, item: Instead, by: Actor, at: datetime) -> Order | Refused:
    """Within the transaction of a run: the line is as the household said, and the order, with no line left, cancelled.

    Refused: as for a question asked before; a yes of nobody or in no way; an order of another batch, or over.
    """
    row = _of_batch(batch, item.order)
    if isinstance(row, Refused):
        return row
    line = row.lines.filter(position=item.position).first()
    if line is None:
        return Refused("orders.unknown_line")
    if item.instead and (refused := wrong(row, line, item.instead)):
        return refused
    if item.instead and not (item.who.strip() and item.how):
        return Refused("orders.who_agreed")
    asked = question(row, line, item.instead or NewLine("", line.quantity), item.ref, by, at)
    answered(row, asked, AnswerTo(row.pk, asked.pk, item.instead is not None, item.ref, item.who, item.how), by, at)
    return row


def unreplaced(batch: Batch, order: UUID, substitute: UUID) -> Order | Refused:
    """The same taken back: the line is as it was asked for, and the order in its batch again. Refused: no such answer, or
    changed since."""
    row = locked(batch.community, order)
    if isinstance(row, Refused):
        return row
    asked = row.substitutes.exclude(answered=None).filter(pk=substitute).first()
    if asked is None:
        return Refused("orders.unknown_substitute")
    if refused := restored(batch.community, row, asked, _over):
        return refused
    asked.delete()
    row.batch = batch
    row.save(update_fields=["batch"])
    return row


def _of_batch(batch: Batch, order: UUID) -> Order | Refused:
    row = locked(batch.community, order)
    if isinstance(row, Refused):
        return row
    if row.batch_id != batch.pk:
        return Refused("orders.not_gathered")
    return _over(row) or row


def _over(row: Order) -> Refused | None:
    if row.state == State.CANCELLED:
        return Refused("orders.cancelled_before")
    return Refused("orders.delivered_before") if row.state == State.DELIVERED else None
