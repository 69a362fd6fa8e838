"""Plain builders: a yard, a checkpoint, masks and disinfectant."""

from datetime import date
from uuid import UUID

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, Scope
from zhegu.places.tests.make import A, community
from zhegu.stock import actions
from zhegu.stock.actions import Line, NewItem, NewSlip
from zhegu.stock.models import Balance, Lot
from zhegu.stock.rules import ItemKind, MoveKind, StoreKind

BY = Actor("staff", "keeper")


class Shed:
    """A community with two stores and two things."""

    def __init__(self, code: str = A):
        self.community = community(code)
        self.yard = self._store("社区大院", StoreKind.YARD)
        self.gate = self._store("东路口卡点", StoreKind.CHECKPOINT)
        self.masks = self._item(NewItem("口罩", "只", ItemKind.PROTECTIVE, "N95"))
        self.bleach = self._item(NewItem("消毒液", "升", ItemKind.DISINFECTANT))
        self.scope = Scope(BY, frozenset({Grant("store_keeper", code)}))

    def _store(self, name: str, kind: StoreKind) -> UUID:
        answer = actions.add_store(
            by=BY, community=self.community, name=name, name_bo="", kind=kind, at=MORNING, ref=new_id()
        )
        return UUID(answer.facts["store"])

    def _item(self, item: NewItem) -> UUID:
        return UUID(actions.add_item(by=BY, community=self.community, item=item, at=MORNING, ref=new_id()).facts["item"])

    def slip(self, kind: MoveKind, *lines: Line, at=MORNING, ref=None, **more):
        one = NewSlip(kind, lines, at, ref or new_id(), **more)
        return actions.move_goods(by=BY, community=self.community, slips=[one])[0]

    def buy(self, item: UUID, amount: int, *, number: str = "", expiry: date | None = None, into: UUID | None = None):
        line = Line(item, amount, number=number, expiry=expiry, price=250)
        return self.slip(MoveKind.PURCHASE, line, into=into or self.yard)

    def lot(self, item: UUID, number: str = "") -> UUID:
        return Lot.objects.get(item=item, number=number).id

    def held(self, store: UUID, lot: UUID) -> int:
        row = Balance.objects.filter(store=store, lot=lot).first()
        return row.amount if row else 0


def keeper(shed: Shed, username: str = "keeper", role: Role = Role.STORE_KEEPER):
    return staff(username, role, shed.community)


