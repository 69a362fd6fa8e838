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


def issue_goods(by: Actor, community: Place, issue: Issue) -> Outcome:
    """They are given out; facts: `slip`, `no`. Refused: less is there (`have`, `wanted`), or as for moving; the lots are held until the command ends."""
    rows = Balance.objects.select_for_update(of=("self",)).filter(
        store=issue.store, lot__item=issue.item, lot__item__community=community, amount__gt=0
    )
    held = [Held(row.lot_id, row.amount, row.lot.expiry, row.bin) for row in rows.select_related("lot").order_by("pk")]
    taken, short = pick(held, issue.amount)
    if short:
        return Refused("stock.not_enough", {"have": issue.amount - short, "wanted": issue.amount})
    lines = tuple(Line(issue.item, amount, one.lot) for one, amount in taken)
    slip = NewSlip(MoveKind.ISSUE, lines, issue.at, issue.ref, out_of=issue.store, counterpart=issue.counterpart[:120])
    return carry_out(by, community, slip)
