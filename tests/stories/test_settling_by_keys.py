"""A sign-up settled by keys alone: a digit says whose an entry is, the next one follows, Enter places both."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.orders.models import Order
from zhegu.orders.tests.make import Desk
from zhegu.registers.tests.make import person

KEYS = (Path(__file__).resolve().parents[2] / "look" / "office.js").read_text(encoding="utf-8")
LIST = "#接龙\n换液化气\n1. 扎西 101 1瓶\n2. 卓玛 101 2瓶"


@pytest.mark.browser
@pytest.mark.django_db
def test_a_digit_says_whose_an_entry_is_and_the_next_one_follows(chromium) -> None:
    desk = Desk()
    for home, building in zip(desk.homes[:2], "56", strict=True):
        home.door = f"{building}-101"
        home.save()
        for name in ("扎西", "卓玛"):
            person(desk.community, name, home.grid, home)
    clerk = Client()
    clerk.force_login(staff("clerk", Role.ORDER_DESK, desk.community))
    shown = clerk.post(reverse("orders:signups"), {"pasted": LIST}).content.decode()
    page = chromium.open("http://office.invalid").page
    sent: list[str] = []
    page.route("**/*", lambda route: (sent.append(route.request.post_data or ""), route.fulfill(body="done"))[1])
    page.goto("http://office.invalid/")
    page.set_content(re.sub(r"<(script|link)\b[^>]*>(</script>)?", "", shown))
    page.evaluate(KEYS)
    page.locator("[data-digit]:checked").first.focus()
    for key in ("2", "1", "Enter"):
        page.keyboard.press(key)
    page.wait_for_function("document.body.textContent === 'done'")
    fields = dict(parse_qsl(sent[-1], keep_blank_values=True))
    clerk.post(reverse("orders:signups"), fields)
    assert [order.household for order in Order.objects.order_by("no")] == [desk.homes[1], desk.homes[0]]
    page.close()
