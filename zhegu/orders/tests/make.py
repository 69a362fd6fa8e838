"""Plain builders: a community with homes in two grids, and what they ask for."""

from typing import Any

from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, Scope
from zhegu.orders import actions
from zhegu.orders.models import Batch, Order, Shop
from zhegu.orders.rules.states import OrderKind
from zhegu.places.tests.make import A, community, grid
from zhegu.registers.tests.make import household

BY = Actor("system", "desk")


def scope(code: str, *roles: str) -> Scope:
    return Scope(BY, frozenset(Grant(role, code) for role in roles))


class Desk:
    """Homes behind doors `1-1`, `1-2`, … of grid 1 and `2-1`, … of grid 2."""

    def __init__(self, code: str = A, homes: int = 4):
        self.community = community(code)
        self.homes = [
            household(self.community, grid(self.community, n % 2 + 1), door=f"{n % 2 + 1}-{n // 2 + 1}", order=n // 2 + 1)
            for n in range(homes)
        ]
        self.scope = scope(code, "office", "order_desk")
        self.team = scope(code, "medicine")

    def new(self, home: int = 0, **more: Any) -> actions.NewOrder:
        said: dict[str, Any] = {
            "ref": new_id(), "at": MORNING, "lines": (actions.NewLine("液化气", 1, "罐", "15kg", 12_000),),
            "kind": OrderKind.GAS, "household": self.homes[home].pk, "asker": "次仁", "phone": "13900000001",
        }  # fmt: skip
        return actions.NewOrder(**said | more)

    def place(self, home: int = 0, **more: Any) -> Order:
        answer = self.said(home, **more)
        return Order.objects.get(pk=answer.facts["order"])

    def said(self, home: int = 0, **more: Any) -> Any:
        return actions.place_orders(by=BY, community=self.community, items=[self.new(home, **more)])[0]

    def gather(self, kind: OrderKind = OrderKind.GAS, **more: Any) -> Batch:
        answer = self.gathering(kind, **more)
        return Batch.objects.get(pk=answer.facts["batch"])

    def gathering(self, kind: OrderKind = OrderKind.GAS, **more: Any) -> Any:
        wanted = actions.NewBatch(**{"name": "换气", "kind": kind, "cut_off": MORNING} | more)
        return actions.gather_batch(by=BY, community=self.community, batch=wanted, at=MORNING, ref=new_id())

    def does(self, act: Any, order: Order, **more: Any) -> Any:
        return act(by=BY, community=self.community, items=[actions.OneOrder(order.pk, new_id())], at=MORNING, **more)[0]

    def back(self, order: Order, reason: str = "not_home") -> Any:
        item = actions.BackOrder(order.pk, reason, new_id())
        return actions.put_back(by=BY, community=self.community, items=[item], at=MORNING)[0]


def shop(desk: Desk, name: str = "扎西超市") -> Shop:
    made = actions.add_shop(by=BY, community=desk.community, name=name, phone="", at=MORNING, ref=new_id())
    return Shop.objects.get(pk=made.facts["shop"])
