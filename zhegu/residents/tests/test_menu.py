"""A resident orders by a shop's menu: no log-in, nothing shown of anybody, never more than there is."""

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.orders import actions
from zhegu.orders.models import Offer, Order, Shop
from zhegu.orders.rules.states import Source
from zhegu.orders.tests import make
from zhegu.orders.tests.make import BY, Desk
from zhegu.registers.tests.make import person


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


@pytest.fixture
def shop(desk: Desk) -> Shop:
    shop = make.shop(desk)
    item = actions.NewOffer(new_id(), "白菜", 350, "斤", stock=10, per_home=5)
    actions.put_offers(by=BY, shop=shop, day=clock.local_day(clock.now()), items=[item], at=clock.now())
    return shop


def address(shop: Shop) -> str:
    return reverse("residents:menu", args=[actions.menu_token(shop)])


def ask(shop: Shop, many: int, **more):
    one = Offer.objects.get()
    said = {f"n-{one.pk}": many, f"p-{one.pk}": one.price, "door": "1-1", "name": "次仁", "phone": "13900000001"}
    return Client().post(address(shop), said | more)


@pytest.mark.parametrize("language", ["zh", "bo", "en"])
def test_the_menu_opens_without_a_log_in_in_three_languages(shop, language):
    guest = Client()
    guest.post(reverse("office:language"), {"language": language})
    page = guest.get(address(shop)).content.decode()
    assert "白菜" in page and "3.50" in page and "10" in page


def test_what_is_asked_for_stands_on_the_list_of_the_household(desk, shop):
    person(desk.community, name="次仁", household=desk.homes[0])
    page = ask(shop, 2, grid="1")
    order = Order.objects.get()
    assert page.status_code == 200 and "7.00" in page.content.decode()
    assert (order.source, order.household, order.due, order.lines.get().item) == (Source.MENU, desk.homes[0], 700, "白菜")


def test_more_than_a_home_gets_is_refused_and_what_was_typed_stays(shop):
    page = ask(shop, 6)
    assert page.status_code == 409 and "每户最多 5" in page.content.decode() and 'value="6"' in page.content.decode()
    assert not Order.objects.exists()


def test_nothing_chosen_a_broken_phone_or_an_old_price_is_refused(shop):
    assert ask(shop, 0).status_code == 409
    assert ask(shop, 1, phone="139000").status_code == 409
    assert ask(shop, 1, **{f"p-{Offer.objects.get().pk}": 100}).status_code == 409
    assert not Order.objects.exists()


def test_an_address_that_is_none_leads_nowhere(shop):
    assert Client().get(reverse("residents:menu", args=["x" * 22])).status_code == 404
