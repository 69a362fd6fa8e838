"""Shops, their daily boards, and what may be taken from them: stock, limits per home, prices that were seen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.orders import actions, queries
from zhegu.orders.models import Offer, Shop
from zhegu.orders.rules.shelves import MOST_A_DAY, left, refuse
from zhegu.orders.tests import make
from zhegu.orders.tests.make import BY, Desk

DAY = clock.local_day(MORNING)


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


@pytest.fixture
def shop(desk: Desk) -> Shop:
    return make.shop(desk)


def offer(shop: Shop, day=DAY, **more) -> Offer:
    item = actions.NewOffer(**({"ref": new_id(), "item": "白菜", "price": 350, "unit": "斤"} | more))
    (answer,) = actions.put_offers(by=BY, shop=shop, day=day, items=[item], at=MORNING)
    return Offer.objects.get(pk=answer.facts["offer"])


def ask(desk: Desk, one: Offer, many: int, home: int = 0, price: int | None = None):
    line = actions.NewLine(one.item, many, one.unit, price=one.price if price is None else price, offer=one.pk)
    return actions.place_orders(by=BY, community=desk.community, items=[desk.new(home, lines=(line,))])[0]


@pytest.mark.parametrize(
    ("wanted", "stock", "asked", "per_home", "by_home", "reason"),
    [
        (2, None, 900, None, 90, None), (2, 5, 3, None, 0, None), (3, 5, 3, None, 0, "orders.not_that_many_left"),
        (2, None, 0, 3, 1, None), (3, None, 0, 3, 1, "orders.over_limit"), (1, 0, 0, None, 0, "orders.not_that_many_left"),
    ],
)  # fmt: skip
def test_no_more_than_is_there_and_than_a_home_gets(wanted, stock, asked, per_home, by_home, reason):
    refused = refuse(wanted, stock, asked, per_home, by_home)
    assert (refused and refused.reason) == reason
    assert left(None, 3) is None and left(2, 3) == 0


def test_a_shelf_is_not_sold_twice(desk, shop):
    one = offer(shop, stock=3)
    assert ask(desk, one, 2).accepted
    assert ask(desk, one, 2, home=1).reason == "orders.not_that_many_left"
    assert queries.board(desk.scope, shop, DAY).get().asked == 2


def test_within_one_sending_the_shelf_counts_too(desk, shop):
    one = offer(shop, stock=3)
    line = (actions.NewLine("白菜", 2, "斤", price=350, offer=one.pk),)
    answers = actions.place_orders(by=BY, community=desk.community, items=[desk.new(n, lines=line) for n in (0, 1)])
    assert [answer.accepted for answer in answers] == [True, False]


def test_a_home_gets_so_many_a_day_and_another_home_too(desk, shop):
    one = offer(shop, per_home=2)
    assert ask(desk, one, 2).accepted and ask(desk, one, 2, home=1).accepted
    assert ask(desk, one, 1).reason == "orders.over_limit"


def test_what_was_cancelled_is_there_again_but_only_once(desk, shop):
    one = offer(shop, stock=2)
    first = actions.OneOrder(ask(desk, one, 2).facts["order"], new_id())
    actions.cancel_orders(by=BY, community=desk.community, items=[first], at=MORNING)
    assert ask(desk, one, 1, home=1).accepted
    (back,) = actions.restore_orders(by=BY, community=desk.community, items=[actions.OneOrder(first.order, new_id())], at=MORNING)
    assert back.reason == "orders.not_that_many_left"


def test_a_price_that_changed_or_a_thing_taken_off_is_refused(desk, shop):
    one = offer(shop)
    offer(shop, price=400)
    assert ask(desk, one, 1).reason == "orders.price_changed"
    one.refresh_from_db()
    assert actions.set_offer_off(by=BY, offer=one, off=True, at=MORNING, ref=new_id()).accepted
    assert ask(desk, one, 1).reason == "orders.off_the_board"


def test_a_board_is_repeated_without_what_was_taken_off(desk, shop):
    offer(shop, stock=9)
    gone = offer(shop, item="土豆")
    actions.set_offer_off(by=BY, offer=gone, off=True, at=MORNING, ref=new_id())
    actions.repeat_board(by=BY, shop=shop, day=DAY + timedelta(days=1), at=MORNING, ref=new_id())
    assert [(one.item, one.stock) for one in queries.board(desk.scope, shop, DAY + timedelta(days=1))] == [("白菜", 9)]
    assert actions.repeat_board(by=BY, shop=shop, day=DAY - timedelta(days=1), at=MORNING, ref=new_id()) == []


def test_the_menu_takes_so_many_orders_of_one_home(desk, shop):
    one = offer(shop)

    def order(door: str):
        said = actions.FromMenu(door=door, lines=(actions.NewLine("白菜", 1, "斤", price=350, offer=one.pk),))
        return actions.order_from_menu(by=BY, shop=shop, said=said, at=MORNING, ref=new_id())

    assert all(order("9-901").accepted for _ in range(MOST_A_DAY))
    assert order("9-901").reason == "orders.menu_too_many" and order("9-902").accepted


def test_the_desk_writes_the_board_on_its_page(desk):
    clerk = Client()
    clerk.force_login(staff("desk", Role.ORDER_DESK, desk.community))
    page = clerk.post(reverse("orders:add_shop"), {"name": "扎西超市"}, follow=True)
    shop = Shop.objects.get()
    put = reverse("orders:put_offer", args=[shop.pk])
    page = clerk.post(put, {"item": "白菜", "unit": "斤", "yuan": "3.5", "per_home": "5", "stock": "100"}, follow=True)
    assert "3.50 / 斤" in page.content.decode() and actions.menu_token(shop) in page.content.decode()
    assert Offer.objects.get().price == 350
    assert "12.50" in clerk.post(put, {"item": "土豆", "yuan": "三块"}).content.decode()
    clerk.post(reverse("orders:offer_off", args=[Offer.objects.get().pk]))
    assert Offer.objects.get().off
