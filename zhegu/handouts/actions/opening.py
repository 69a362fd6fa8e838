"""Distributions: what is due to whom is frozen when one opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.handouts.actions.kinds import PURPOSE, Happened
from zhegu.handouts.models import Handout, Share
from zhegu.handouts.rules import Per, due
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.stock import actions as moving
from zhegu.stock import queries as stock
from zhegu.stock.models import Item, Store

SCOPE = Scope.everything("a distribution is for every home of its grids")


@dataclass(frozen=True)
class NewHandout:
    """A distribution as the office describes it; no `grids`: the whole community. Its id is the command's ref."""

    name: str
    store: UUID
    item: UUID
    per: Per
    amount: int
    card_round: int | None = None
    grids: tuple[str, ...] = ()
    name_bo: str = ""

    @property
    def body(self) -> dict:
        """As it is journalled."""
        return {
            "name": self.name, "name_bo": self.name_bo, "store": str(self.store), "item": str(self.item), "per": self.per,
            "amount": self.amount, "card_round": self.card_round, "grids": list(self.grids),
        }  # fmt: skip


def open_handout(*, by: Actor, community: Place, handout: NewHandout, at: datetime, ref: UUID) -> Answer:
    """Every household that somebody belongs to, and everybody without one, has a share. Facts: `handout`, `no`,
    `shares`, `due`. Refused: no name, nothing to give, a store or thing that is not there, nobody in these grids."""
    outbreak = outbreaks.open_outbreak(SCOPE, community)

    def do(fresh: list[Command]) -> list[Outcome]:
        if not handout.name.strip():
            return [Refused("handouts.name_needed")]
        if handout.amount <= 0:
            return [Refused("stock.bad_amount")]
        found = _goods(community, handout)
        if isinstance(found, Refused):
            return [found]
        made = Handout(
            id=ref, community=community, outbreak=outbreak, no=moving.next_no(Handout, community), name=handout.name.strip(),
            name_bo=handout.name_bo.strip(), store=found[0], item=found[1], per=handout.per, amount=handout.amount,
            card_round=handout.card_round, opened_at=at, opened_by=by.key,
        )  # fmt: skip
        shares = list(_shares(made, handout.grids))
        if not shares:
            return [Refused("handouts.nobody")]
        made.save(force_insert=True)
        Share.objects.bulk_create(shares, batch_size=500)
        total = sum(share.amount for share in shares)
        return [Accepted({"handout": str(ref), "no": made.no, "shares": len(shares), "due": total})]

    command = Command(ref, Happened.OPENED, community.code, by, at, handout.body, PURPOSE, outbreak and outbreak.pk)
    return journal.once([command], do)[0]


def _goods(community: Place, handout: NewHandout) -> tuple[Store, Item] | Refused:
    item = stock.items(SCOPE, community).filter(pk=handout.item).first()
    try:
        store = stock.store(SCOPE, handout.store)
    except NotFound:
        return Refused("stock.unknown_store")
    if store.community != community or store.closed:
        return Refused("stock.unknown_store")
    return (store, item) if item else Refused("stock.unknown_item")


def _shares(handout: Handout, grids: tuple[str, ...]) -> Iterator[Share]:
    houses = registers.households(SCOPE, handout.community).filter(size__gt=0)
    alone = registers.people(SCOPE, handout.community).filter(household=None)
    if grids:
        houses, alone = houses.filter(grid__code__in=grids), alone.filter(grid__code__in=grids)
    for one in houses:
        amount = due(handout.per, handout.amount, one.size)
        yield Share(handout=handout, household=one, grid=one.grid, order=one.order, people=one.size, amount=amount)
    for one in alone:
        yield Share(handout=handout, person=one, grid=one.grid, people=1, amount=handout.amount)


def close_handout(*, by: Actor, handout: Handout, at: datetime, ref: UUID) -> Answer:
    """Nothing more is handed out; what phones still hold of before is taken. Refused: it is closed."""

    def do(fresh: list[Command]) -> list[Outcome]:
        done = Handout.objects.filter(pk=handout.pk, closed_at=None).update(closed_at=at)
        return [Accepted({"handout": str(handout.pk)}) if done else Refused("handouts.closed")]

    return _once(Happened.CLOSED, handout, by, at, ref, do)


def reopen_handout(*, by: Actor, handout: Handout, at: datetime, ref: UUID) -> Answer:
    """Closing was a mistake. Refused: it is open."""

    def do(fresh: list[Command]) -> list[Outcome]:
        done = Handout.objects.filter(pk=handout.pk).exclude(closed_at=None).update(closed_at=None)
        return [Accepted({"handout": str(handout.pk)}) if done else Refused("handouts.open_already")]

    return _once(Happened.REOPENED, handout, by, at, ref, do)


def _once(kind: Happened, handout: Handout, by: Actor, at: datetime, ref: UUID, do: journal.Do) -> Answer:
    body = {"handout": str(handout.pk)}
    command = Command(ref, kind, handout.community.code, by, at, body, PURPOSE, handout.outbreak_id)
    return journal.once([command], do)[0]
