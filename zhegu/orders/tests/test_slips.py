"""Paper slips: printed from the board, and what came back stands on the list as it was written, for whom and when."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.orders.models import Order, Shop
from zhegu.orders.tests import make
from zhegu.orders.tests.make import Desk
from zhegu.orders.tests.test_shops import offer

pytestmark = pytest.mark.django_db
WRITTEN = datetime(2022, 9, 1, 8, 30, tzinfo=clock.LOCAL)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def shop(desk: Desk) -> Shop:
    return make.shop(desk)


def clerk(desk: Desk, role: Role = Role.ORDER_DESK) -> Client:
    made = Client()
    made.force_login(staff(f"slips-{role}", role, desk.community))
    return made


def page(shop: Shop, day=None) -> str:
    address = reverse("orders:slips", args=[shop.pk])
    return f"{address}?day={day.isoformat()}" if day else address


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_board_is_printed_and_the_slip_leads_back_to_it(desk: Desk, shop: Shop, lang: str):
    day, office = WRITTEN.date(), clerk(desk)
    office.cookies["zhegu_language"] = lang
    one = offer(shop, day, per_home=3)
    paper = office.get(reverse("orders:slips_pdf", args=[shop.pk]), {"day": day.isoformat()})
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF") and paper["Cache-Control"] == "no-store"
    shown = office.get(page(shop, day)).content.decode()
    assert f"n-{one.pk}" in shown and reverse("orders:slips_pdf", args=[shop.pk]) in shown
    assert office.get(reverse("orders:slips_pdf", args=[shop.pk])).status_code == 409, "nothing stands on today's board"
    assert office.get(page(shop)).status_code == 200 and office.get(f"{page(shop)}?day=x").status_code == 409


def test_a_slip_is_typed_in_as_it_was_written(desk: Desk, shop: Shop):
    day, office = WRITTEN.date(), clerk(desk)
    cabbage, rice, oil = (offer(shop, day, item=item, price=price) for item, price in (("白菜", 350), ("大米", 3_000), ("油", 900)))
    said = {
        "door": "1-1", "name": "次仁", "phone": "139 0000 0001", "grid": "1", "on_behalf": "拉姆", "written": "2022-09-01T08:30",
        "take": [cabbage.pk, oil.pk], f"n-{cabbage.pk}": "4", f"n-{rice.pk}": "2",
        **{f"p-{one.pk}": one.price for one in (cabbage, rice, oil)}, "ref": new_id(),
    }  # fmt: skip
    for _ in range(2):
        went = office.post(page(shop, day), said)
        assert went.status_code == 302 and "written=2022-09-01T08%3A30" in went["Location"], "the next slip of the same pile"
    row = Order.objects.get()
    assert (row.source, row.at, row.on_behalf, row.asker, row.phone) == ("slip", WRITTEN, "拉姆", "次仁", "13900000001")
    assert (row.grid.no, row.door) == (1, "1-1")
    assert {(x.item, x.quantity, x.price, x.offer_id) for x in row.lines.all()} == {
        ("白菜", 4, 350, cabbage.pk), ("大米", 2, 3_000, rice.pk), ("油", 1, 900, oil.pk),
    }  # fmt: skip
    shown = office.get(went["Location"]).content.decode()
    assert "拉姆" in shown and "拉姆" in office.get(reverse("orders:orders")).content.decode()


def test_what_cannot_stand_on_a_slip_is_refused_by_name(desk: Desk, shop: Shop):
    day, office = WRITTEN.date(), clerk(desk)
    one = offer(shop, day, per_home=3)
    said = {"door": "1-1", f"n-{one.pk}": "1", f"p-{one.pk}": one.price}
    for wrong in ({f"n-{one.pk}": "4"}, {f"n-{one.pk}": ""}, {"written": "2999-01-01T08:00"}, {"written": "x"}, {"phone": "123"}, {f"p-{one.pk}": "1"}):
        assert office.post(page(shop, day), {**said, **wrong, "ref": new_id()}).status_code == 409, wrong
    assert not Order.objects.exists()
    assert office.post(page(shop, day), {**said, "ref": new_id()}).status_code == 302


def test_slips_are_the_desks(desk: Desk, shop: Shop):
    offer(shop, WRITTEN.date())
    assert clerk(desk, Role.MEDICINE).get(page(shop, WRITTEN.date())).status_code == 404
