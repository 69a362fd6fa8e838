"""The box beside the request: kept sealed for the medicine team alone, each look written down, the journal without it."""

import base64

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.models import Body
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.pictures import MOST_OF_A_THING, clean
from zhegu.lib.tests.make import a_picture, jpeg
from zhegu.orders import actions
from zhegu.orders.actions import DropBoxPhoto, KeepBoxPhoto, NewLine, NewMedicine
from zhegu.orders.models import BoxPhoto, Order, OrderKind
from zhegu.orders.phone import medicine_rows
from zhegu.orders.tests.make import BY, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def asked(desk: Desk) -> Order:
    return desk.place(kind=OrderKind.MEDICINE, lines=(NewLine("药品", 2, "盒"),), medicine=NewMedicine("氨氯地平", "5mg", 2, "某药厂", True))


def keep(desk: Desk, order: Order, picture: str | None = None, ref=None, scope=None):
    item = KeepBoxPhoto(ref=ref or new_id(), at=MORNING, order=order.pk, picture=picture or a_picture())
    return actions.keep_box_photos(by=BY, scope=scope or desk.team, community=desk.community, items=[item])[0]


def drop(desk: Desk, photo: object):
    item = DropBoxPhoto(ref=new_id(), at=MORNING, photo=photo)
    return actions.drop_box_photos(by=BY, scope=desk.team, community=desk.community, items=[item])[0]


def test_it_is_kept_sealed_and_once(desk: Desk):
    order, taken = asked(desk), jpeg(comment=b"Canary")
    said, ref = base64.b64encode(taken).decode(), new_id()
    assert keep(desk, order, said, ref).facts == keep(desk, order, said, ref).facts == {"photo": str(ref)}
    row = BoxPhoto.objects.get()
    assert base64.b64decode(row.content) == clean(taken), "what the camera wrote beside it is gone"
    with connection.cursor() as cursor:
        cursor.execute("select content from orders_boxphoto")
        assert cursor.fetchone()[0].startswith("v1.")
    (row,) = medicine_rows(desk.team, desk.community)
    assert (row["drug"], row["brand"], row["photos"]) == ("氨氯地平", True, 1)
    words = Body.objects.get(ref=ref).content
    assert "sha256" in words and said[100:160] not in words, "the journal says that there is one, and no more"


def test_only_the_team_keeps_pictures_and_only_pictures(desk: Desk):
    order = asked(desk)
    assert keep(desk, order, scope=desk.scope).reason == "orders.unknown_order"
    assert keep(desk, desk.place()).reason == "orders.unknown_order"
    assert keep(desk, order, "R0lGODlh" * 40).reason == "pictures.not_a_picture"
    assert keep(desk, order, "A" * 300_000).reason == "pictures.too_large"
    first = keep(desk, order)
    for _ in range(MOST_OF_A_THING - 1):
        assert keep(desk, order).accepted
    assert keep(desk, order).reason == "pictures.enough"
    assert drop(desk, first.facts["photo"]).accepted and drop(desk, first.facts["photo"]).reason == "pictures.unknown"
    assert list(medicine_rows(desk.scope, desk.community)) == []


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_each_look_is_written_down_and_nobody_else_looks(desk: Desk, lang: str):
    photo = keep(desk, asked(desk)).facts["photo"]
    team, desk_clerk = Client(), Client()
    team.force_login(staff("photo-team", Role.MEDICINE, desk.community))
    desk_clerk.force_login(staff("photo-desk", Role.ORDER_DESK, desk.community))
    team.cookies["zhegu_language"] = lang
    page, gone = reverse("orders:box_photo", args=[photo]), reverse("orders:drop_box_photo", args=[photo])
    assert page in team.get(reverse("orders:medicine")).content.decode()
    seen = team.get(page)
    assert (seen.status_code, seen["Content-Type"], seen["X-Content-Type-Options"], seen["Cache-Control"]) == (200, "image/jpeg", "nosniff", "no-store")
    assert seen.content.startswith(b"\xff\xd8") and Look.objects.filter(screen="orders.box_photo").count() == 1
    assert desk_clerk.get(page).status_code == desk_clerk.post(gone).status_code == 404
    said = {"ref": new_id()}
    assert [team.post(gone, said).status_code for _ in range(2)] == [302, 302] and not BoxPhoto.objects.exists()
    assert team.get(page).status_code == 404
