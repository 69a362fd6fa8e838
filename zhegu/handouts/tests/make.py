"""Plain builders: a yard with masks in it, and a distribution of them."""

from uuid import UUID

from zhegu.handouts import actions
from zhegu.handouts.actions import HandOut, NewHandout, UndoGiven
from zhegu.handouts.models import Handout, Share
from zhegu.handouts.rules import Per
from zhegu.journal.actions import Answer
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.stock import actions as stock
from zhegu.stock.models import Balance
from zhegu.stock.rules import MoveKind, StoreKind

BY = Actor("staff", "office")
EVERYTHING = Scope.everything("tests of distributions")
PLENTY = 1_000_000


def yard_in(of: Place, amount: int = PLENTY, at=MORNING) -> tuple[UUID, UUID]:
    """A store and masks in it: their ids."""
    who = {"by": BY, "community": of, "at": at}
    name = f"发放点{new_id().hex[-6:]}"
    store = UUID(stock.add_store(**who, name=name, name_bo="", kind=StoreKind.YARD, ref=new_id()).facts["store"])
    item = UUID(stock.add_item(**who, item=stock.NewItem(f"口罩{name}", "只"), ref=new_id()).facts["item"])
    if amount:
        slip = stock.NewSlip(MoveKind.PURCHASE, (stock.Line(item, amount),), at, new_id(), into=store)
        assert stock.move_goods(by=BY, community=of, slips=[slip])[0].accepted
    return store, item


def handout_in(of: Place, at=MORNING, amount: int = PLENTY, **more) -> Handout:
    """Five masks for everybody of a community as it stands."""
    store, item = yard_in(of, amount, at)
    wanted = NewHandout(**({"name": "九月口罩", "store": store, "item": item, "per": Per.PERSON, "amount": 5000} | more))
    answer = actions.open_handout(by=BY, community=of, handout=wanted, at=at, ref=new_id())
    assert answer.accepted, answer
    return Handout.objects.get(pk=answer.facts["handout"])


def give(share: Share, scope: Scope = EVERYTHING, at=MORNING, **more) -> Answer:
    item = HandOut(**{"ref": new_id(), "at": at, "share": share.pk} | more)
    return actions.hand_out(by=scope.actor, scope=scope, community=share.handout.community, items=[item])[0]


def undo(answer: Answer, of: Place, scope: Scope = EVERYTHING, at=MORNING) -> Answer:
    item = UndoGiven(ref=new_id(), at=at, given=UUID(answer.facts["given"]))
    return actions.undo_given(by=scope.actor, scope=scope, community=of, items=[item])[0]


def held(handout: Handout) -> int:
    """Thousandths left in its store."""
    return sum(Balance.objects.filter(store=handout.store, lot__item=handout.item).values_list("amount", flat=True))
