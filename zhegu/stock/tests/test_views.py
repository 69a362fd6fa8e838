"""The store keeper's pages, through the real door; and the forms made from them."""

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.reports import queries as reports
from zhegu.reports.outside.catalogue import form
from zhegu.stock import queries
from zhegu.stock.models import Donation, Item, Slip, Store
from zhegu.stock.tests.make import Shed

pytestmark = pytest.mark.django_db


@pytest.fixture
def shed() -> Shed:
    return Shed()


@pytest.fixture
def keeper(shed: Shed) -> Client:
    return client(shed, Role.STORE_KEEPER)


def client(shed: Shed, role: Role) -> Client:
    made = Client()
    made.force_login(staff(f"some-{role}", role, shed.community))
    return made


def bring(keeper: Client, shed: Shed, **more: str):
    post = {"kind": "purchase", "into": shed.yard, "item": shed.masks, "amount": "200", "price": "2.50", **more}
    return keeper.post(reverse("stock:bring_in"), post, follow=True)


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_stands_in_every_language(shed: Shed, keeper: Client, lang: str):
    bring(keeper, shed)
    keeper.cookies["zhegu_language"] = lang
    pages = ["stock:stock", "stock:bring_in", "stock:give_out", "stock:slips", "stock:gifts"]
    for address in [*map(reverse, pages), reverse("stock:count", args=[shed.yard])]:
        assert keeper.get(address).status_code == 200, address


def test_goods_come_in_and_go_out_by_what_expires_first(shed: Shed, keeper: Client):
    bring(keeper, shed, number="late", expiry="2030-01-01")
    bring(keeper, shed, number="soon", expiry="2029-01-01")
    post = {"kind": "issue", "out_of": shed.yard, "item": shed.masks, "amount": "250", "receiver": "夜班"}
    assert "夜班" in keeper.post(reverse("stock:give_out"), post, follow=True).content.decode()
    assert shed.held(shed.yard, shed.lot(shed.masks, "soon")) == 0
    assert shed.held(shed.yard, shed.lot(shed.masks, "late")) == 150_000


def test_a_store_and_a_thing_are_added_on_the_page(keeper: Client):
    """Of the kind that was chosen; a box is no store that somebody builds."""
    for kind, kept in (("yard", "yard"), ("box", "warehouse"), ("?", "warehouse")):
        said = {"name": f"库 {kind}", "name_bo": "", "kind": kind, "ref": str(new_id())}
        assert keeper.post(reverse("stock:add_store"), said).status_code == 302
        assert Store.objects.get(name=said["name"]).kind == kept
    thing = {"name": "护目镜", "unit": "副", "kind": "equipment", "gear": "?", "ref": str(new_id())}
    assert keeper.post(reverse("stock:add_item"), thing).status_code == 302
    assert Item.objects.get(name="护目镜").kind == "equipment"


def test_more_than_there_is_is_refused_in_words_and_nothing_is_kept(shed: Shed, keeper: Client):
    bring(keeper, shed)
    answer = keeper.post(reverse("stock:give_out"), {"out_of": shed.yard, "item": shed.masks, "amount": "201"})
    assert answer.status_code == 409 and "库存不够" in answer.content.decode() and Slip.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"amount": "两箱"}, {"price": "2.555"}, {"expiry": "明年"}, {"item": "x"}, {"into": ""}])
def test_what_cannot_be_read_is_refused_in_words(shed: Shed, keeper: Client, wrong: dict):
    assert bring(keeper, shed, **wrong).status_code == 409 and not Slip.objects.exists()


def test_a_double_click_moves_once(shed: Shed, keeper: Client):
    ref = str(new_id())
    for _ in range(2):
        bring(keeper, shed, ref=ref)
    assert shed.held(shed.yard, shed.lot(shed.masks)) == 200_000


def test_a_slip_is_undone_from_its_list(shed: Shed, keeper: Client):
    bring(keeper, shed)
    slip = Slip.objects.get()
    assert "已冲销" in keeper.post(reverse("stock:undo", args=[slip.id]), follow=True).content.decode()
    assert shed.held(shed.yard, shed.lot(shed.masks)) == 0


def test_a_count_is_typed_and_differences_are_said(shed: Shed, keeper: Client):
    bring(keeper, shed)
    lot = shed.lot(shed.masks)
    page = keeper.post(reverse("stock:count", args=[shed.yard]), {f"lot-{lot}": "0"}, follow=True)
    assert "1 处差额" in page.content.decode() and shed.held(shed.yard, lot) == 0


def test_a_gift_of_goods_lies_in_the_store_and_stands_on_f10(shed: Shed, keeper: Client):
    post = {
        "donor_kind": "person", "donor": "次仁某", "contact": "13900000001", "goods": "口罩 100 只", "value": "20000",
        "item": shed.masks, "amount": "100", "into": shed.yard, "public": "1",
    }  # fmt: skip
    keeper.post(reverse("stock:gifts"), post)
    gift = Donation.objects.get()
    assert shed.held(shed.yard, shed.lot(shed.masks)) == 100_000 and gift.slip.kind == "donation"
    keeper.post(reverse("stock:spend", args=[gift.id]), {"used_for": "发到东路口卡点"})
    row = next(iter(ledger(shed, "F10").rows))
    assert (row["receipt_no"], row["donor"], row["value"], row["used_for"]) == (1, "次仁某", 20_000, "发到东路口卡点")


def test_nothing_is_kept_of_an_anonymous_donor(shed: Shed, keeper: Client):
    post = {"donor_kind": "anonymous", "donor": "某人", "contact": "13900000001", "cash": "500", "public": "1"}
    keeper.post(reverse("stock:gifts"), post)
    gift = Donation.objects.get()
    assert (gift.donor, gift.contact, gift.cash, gift.public) == ("", "", 50_000, False)


def ledger(shed: Shed, form_id: str):
    today = clock.local_day(clock.now())
    about = {"community": shed.community, "since": today, "until": today}
    return reports.form_table(shed.scope, form(form_id), as_of=clock.now(), about=about)


def test_f8_says_in_out_and_balance_of_each_move(shed: Shed, keeper: Client):
    bring(keeper, shed)
    keeper.post(reverse("stock:give_out"), {"kind": "issue", "out_of": shed.yard, "item": shed.masks, "amount": "50.5"})
    rows = list(ledger(shed, "F8").rows)
    assert [(r["qty_in"], r["qty_out"], r["balance"]) for r in rows] == [(200, None, 200), (None, 50.5, 149.5)]
    assert rows[0]["amount"] == 500 and rows[0]["warehouse"] == "社区大院"


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv"])
@pytest.mark.parametrize("form_id", ["F8", "F10"])
def test_the_forms_are_handed_on_as_files(shed: Shed, keeper: Client, form_id: str, kind: str):
    bring(keeper, shed)
    page = keeper.get(reverse("reports:period_form") + f"?form={form_id}")
    file = keeper.post(reverse("reports:period_form_file"), {"form": form_id, "format": kind, "since": "2022-01-01"})
    assert page.status_code == 200 and file.status_code == 200 and len(file.content) > 100


def test_who_keeps_no_stores_sees_none(shed: Shed):
    bo = client(shed, Role.SAMPLER)
    for address in [reverse("stock:stock"), reverse("stock:gifts"), reverse("reports:period_form") + "?form=F8"]:
        assert bo.get(address).status_code == 404


def test_a_leader_looks_but_does_not_move(shed: Shed):
    dawa = client(shed, Role.LEADER)
    assert dawa.get(reverse("stock:stock")).status_code == 200
    assert dawa.get(reverse("stock:bring_in")).status_code == 404
    dawa.post(reverse("stock:gifts"), {"donor_kind": "anonymous", "cash": "5"})
    assert not Donation.objects.exists() and queries.recount(shed.scope, shed.community) == []
