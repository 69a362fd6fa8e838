"""On the first day of the demo every room of the outbreak shows something."""

from datetime import datetime

import pytest

from demo import errands, goods, settle, under_way
from demo.community import CODE
from zhegu.arrivals.models import Arrival
from zhegu.checkpoints.models import Crossing, Finding
from zhegu.deliveries import queries as runs
from zhegu.deliveries.models import ErrandRun
from zhegu.handouts import queries as handed
from zhegu.handouts.models import Handout
from zhegu.lib import clock
from zhegu.monitoring.models import Check, Measure
from zhegu.orders import queries as asked
from zhegu.orders.models import Medicine, Order, Substitute
from zhegu.orders.rules.states import OrderKind, State
from zhegu.outbreaks.models import DirectiveFor
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.rosters import ledgers
from zhegu.rosters import queries as rosters
from zhegu.stock import queries as stock
from zhegu.stock.models import Slip
from zhegu.stock.rules import Freshness, MoveKind
from zhegu.visits.models import Door


@pytest.mark.django_db
def test_every_room_shows_something():
    at = clock.now()
    settle.settle(at)
    under_way.begin(at)
    goods.begin(at)
    errands.begin(at)
    assert places.community(settle.EVERYTHING, CODE)
    held = list(Measure.objects.values_list("code", "second", "ended"))
    assert len(held) == 6 and sum(second for _, second, _ in held) == 1
    assert sorted(Check.objects.values_list("abnormal", flat=True)) == [False, True]
    assert Arrival.objects.filter(decided=None).count() == 2 and Arrival.objects.exclude(laid=None).count() == 1
    assert Crossing.objects.count() == Finding.objects.count() == 3
    assert Door.objects.filter(standing="done").count() == 10 and Door.objects.filter(standing="missing").count() > 400
    told = ledgers.on_duty(settle.EVERYTHING, as_of=at, community=places.community(settle.EVERYTHING, CODE))
    assert [one.value for one in told] == [5, 2, 3]
    assert DirectiveFor.objects.filter(done=None).count() > 20
    place = places.community(settle.EVERYTHING, CODE)
    _the_stores(place, at)
    _what_was_handed_out(place)
    _the_order_desk(place, at)
    _the_runs(place)


def _the_stores(place: Place, at: datetime) -> None:
    """Balances are what the moves add up to, and each page has something to say."""
    assert stock.recount(settle.EVERYTHING, place) == []
    held = {one.item.name: one for one in stock.in_stock(settle.EVERYTHING, place, at)}
    assert held["84消毒液"].days == 6 and held["N95口罩"].fresh == Freshness.SOON and held["红马甲"].days is None
    assert {MoveKind.FROM_ABOVE, MoveKind.LOSS, MoveKind.TRANSFER, MoveKind.PACK} <= set(Slip.objects.values_list("kind", flat=True))
    assert stock.gifts(settle.EVERYTHING, place).count() == 3
    loans = stock.lent(settle.EVERYTHING, place, clock.local_day(at))
    assert sorted((one.said, one.late) for one in loans) == [("2", False), ("3", True), ("6", False)]
    (pick,) = stock.picks(settle.EVERYTHING, place)
    assert [one.short for one in stock.to_take(settle.EVERYTHING, pick)] == [0] * 5
    meals = rosters.meals(settle.EVERYTHING, place, clock.local_day(at))
    assert [bool(meal.people and meal.cook) for meal in meals] == [True, True]


def _what_was_handed_out(place: Place) -> None:
    """As many packets left the yard as homes had one."""
    found = Handout.objects.get(community=place)
    given = handed.given(settle.EVERYTHING, found).count()
    assert given == goods.HANDED_OUT and not list(handed.flagged(settle.EVERYTHING, found))
    left = stock.held_of(settle.EVERYTHING, found.store, found.item_id)
    assert left == (goods.PACKETS - given) * 1000


def _the_order_desk(place: Place, at: datetime) -> None:
    """Orders in every state but cancelled ones; medicine as exact as it was said; who came back has a reason."""
    stands = {state: asked.in_state(settle.EVERYTHING, place, state).count() for state in State}
    assert stands == {State.OPEN: 23, State.GATHERED: 41, State.DELIVERED: 7, State.CANCELLED: 0}
    assert Medicine.objects.filter(only_this_brand=True).count() == 2 and Medicine.objects.filter(bought=None).count() == 2
    assert sorted(Substitute.objects.values_list("agreed", flat=True), key=str) == [None, True]
    assert not [row for row in Order.objects.filter(kind=OrderKind.GAS) if row.due is None]
    (shop,) = asked.shops(settle.EVERYTHING, place)
    assert all(offer.left >= 0 for offer in asked.board(settle.EVERYTHING, shop, clock.local_day(at)))


def _the_runs(place: Place) -> None:
    """One is planned, one on its way, one closed; every thing has one holder and every fen of the closed one is explained."""
    planned, under_way, closed = (ErrandRun.objects.get(name=name) for name in ("今天换气", "上午换气", "昨天换气"))
    assert planned.planned and not planned.begun and planned.trucks.count() == 2 and planned.plan["km"] > 36
    assert under_way.begun and not under_way.closed and under_way.stops.exclude(skipped=None).count() == 1
    assert closed.closed and runs.faults(settle.EVERYTHING, closed) == []
    came, went = runs.cash_total(settle.EVERYTHING, closed)
    assert came == went == 8 * 12_000
    for run in (planned, under_way, closed):
        assert runs.recount(settle.EVERYTHING, run) == []
