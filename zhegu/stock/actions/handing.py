"""Goods leave a store within the command of another room: one item, what expires first is taken first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.lib.answers import Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.stock.actions.moving import Line, NewSlip, carry_out
from zhegu.stock.models import Balance
from zhegu.stock.rules import Held, MoveKind, pick


@dataclass(frozen=True)
class Issue:
    """So many thousandths of an item out of a store, to whom; its slip's id is `ref`."""

    store: UUID
    item: UUID
    amount: int
    counterpart: str
    at: datetime
    ref: UUID


def held_lines(community: Place, store: UUID, item: UUID, amount: int) -> tuple[Line, ...] | Refused:
    """The lots that give so much, what expires first first; they are held until the command ends. Refused: less is there
    (`have`, `wanted`)."""
    rows = Balance.objects.select_for_update(of=("self",)).filter(store=store, lot__item=item, lot__item__community=community, amount__gt=0)
    held = [Held(row.lot_id, row.amount, row.lot.expiry, row.bin) for row in rows.select_related("lot").order_by("pk")]
    taken, short = pick(held, amount)
    if short:
        return Refused("stock.not_enough", {"have": amount - short, "wanted": amount})
    return tuple(Line(item, n, one.lot) for one, n in taken)


def issue_goods(by: Actor, community: Place, issue: Issue) -> Outcome:
    """They are given out; facts: `slip`, `no`. Refused: less is there (`have`, `wanted`), or as for moving; the lots are held until the command ends."""
    lines = held_lines(community, issue.store, issue.item, issue.amount)
    if isinstance(lines, Refused):
        return lines
    slip = NewSlip(MoveKind.ISSUE, lines, issue.at, issue.ref, out_of=issue.store, counterpart=issue.counterpart[:120])
    return carry_out(by, community, slip)
