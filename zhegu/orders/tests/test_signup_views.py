"""The order desk's pages through the real door: paste, settle, place, take back, answer; calls and cancelling."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.lib.texts import text
from zhegu.orders.models import Order
from zhegu.orders.rules.placing import kind_of, lacks, packed, said, typed, typed_door, unpacked, whole_amount
from zhegu.orders.rules.signup import Doubt, Entry, Wanted
from zhegu.orders.tests.make import Desk
from zhegu.registers.tests.make import person

LIST = "#接龙\n换液化气登记\n1. 王建国 1-101 2瓶 13900001234\n2. 李丽 1-102 2-3瓶\n3. 扎西 1瓶\n4. 卓玛 1-104 1瓶\n4号取消\n我也要一瓶"


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


def client(desk: Desk, role: Role = Role.ORDER_DESK) -> Client:
    made = Client()
    made.force_login(staff(f"some-{role}", role, desk.community))
    return made


@pytest.fixture
def clerk(desk: Desk) -> Client:
    return client(desk)


def paste(clerk: Client, text: str = LIST, **more):
    return clerk.post(reverse("orders:signups"), {"pasted": text, **more})


def token(page) -> str:
    return html.unescape(re.search(r'name="draft" value="([^"]+)"', page.content.decode())[1])


def refs(page) -> list[str]:
    return re.findall(r'name="([0-9a-f-]{36})-wants"', page.content.decode())


def settle(clerk: Client, page, **fields):
    return clerk.post(reverse("orders:signups"), {"draft": token(page), **fields})


def row(ref: str, **said: str) -> dict[str, str]:
    base = {"grid": "", "door": "", "name": "", "phone": "", "wants": ""}
    return {f"{ref}-{part}": value for part, value in {**base, **said}.items()}


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_stands_in_every_language(desk: Desk, clerk: Client, lang: str):
    desk.place()
    clerk.cookies["zhegu_language"] = lang
    assert clerk.get(reverse("orders:orders")).status_code == clerk.get(reverse("orders:signups")).status_code == 200
    assert paste(clerk).status_code == 200


def test_what_is_clear_is_placed_and_what_is_not_stays(desk: Desk, clerk: Client):
    person(desk.community, "王建国", desk.homes[0].grid, desk.homes[0])
    desk.homes[0].door = "1-101"
    desk.homes[0].save()
    page = paste(clerk)
    assert "2-3瓶" in page.content.decode() and "我也要一瓶" in page.content.decode()
    done = settle(clerk, page)
    (order,) = Order.objects.all()
    assert (order.household, order.asker, order.kind, order.source) == (desk.homes[0], "王建国", "gas", "chat")
    assert [(line.item, line.quantity, line.unit) for line in order.lines.all()] == [("液化气", 2, "瓶")]
    assert len(refs(done)) == 2, "the span and the one without a door are still to be looked at"


def test_a_double_click_places_once(desk: Desk, clerk: Client):
    page = paste(clerk, "#接龙\n换液化气\n1. 王建国 9-101 2瓶")
    (ref,) = refs(page)
    fields = row(ref, door="9-101", name="王建国", wants="液化气 2瓶") | {f"{ref}-fine": "1"}
    settle(clerk, page, **fields)
    settle(clerk, page, **fields)
    assert Order.objects.count() == 1


def test_the_desk_corrects_and_places_with_the_keyboard(desk: Desk, clerk: Client):
    page = paste(clerk, "#接龙\n送菜接龙\n1. 李丽 白菜一斤半")
    (ref,) = refs(page)
    still = settle(clerk, page, **row(ref, name="李丽", wants="白菜 1.5斤"), **{f"{ref}-fine": "1"})
    assert not Order.objects.exists() and refs(still) == [ref], "a door is still lacking"
    settle(clerk, still, **row(ref, name="李丽", door="7栋2单元301", wants="白菜 1.5斤、鸡蛋 1板"), **{f"{ref}-fine": "1"})
    (order,) = Order.objects.all()
    assert order.door == "7-2-301" and [(line.item, line.quantity, line.unit) for line in order.lines.all()] == [("白菜", 15, "两"), ("鸡蛋", 1, "板")]


def test_a_list_pasted_again_places_only_what_is_new(desk: Desk, clerk: Client):
    for home, name in zip(desk.homes, ("王建国", "李丽"), strict=False):
        person(desk.community, name, home.grid, home)
    text = "#接龙\n换液化气\n1. 王建国 1-1 2瓶\n2. 李丽 2-1 1瓶"
    settle(clerk, paste(clerk, text))
    assert Order.objects.count() == 2
    again = paste(clerk, f"{text}\n2号改成3瓶")
    assert refs(again), "李丽 wants another number than before: a person decides"
    assert 'name="draft"' not in paste(clerk, text).content.decode(), "nothing is left to place"
    settle(clerk, paste(clerk, f"{text}\n1号取消"))
    assert Order.objects.count() == 2
    assert [bool(order.cancelled) for order in Order.objects.order_by("no")] == [True, False]


def test_what_is_left_out_is_not_placed(desk: Desk, clerk: Client):
    page = paste(clerk, "#接龙\n换液化气\n1. 李丽 2-3瓶")
    (ref,) = refs(page)
    assert refs(settle(clerk, page, **row(ref, wants="?"), **{f"{ref}-out": "1"})) == []
    assert not Order.objects.exists()


def test_what_was_placed_is_taken_back(desk: Desk, clerk: Client):
    page = paste(clerk, "#接龙\n换液化气\n1. 王建国 9-101 2瓶")
    (ref,) = refs(page)
    done = settle(clerk, page, **row(ref, door="9-101", wants="液化气 2瓶"), **{f"{ref}-fine": "1"}).content.decode()
    undo = html.unescape(re.search(r'name="undo" value="([^"]+)"', done)[1])
    clerk.post(reverse("orders:undo_signup"), {"undo": undo})
    assert Order.objects.get().cancelled
    clerk.post(reverse("orders:undo_signup"), {"undo": "nonsense"})


def test_the_reply_names_nobody(desk: Desk, clerk: Client):
    words = re.search(r"<textarea[^>]*readonly>(.*?)</textarea>", paste(clerk).content.decode(), re.DOTALL)[1]
    assert "2. 数量不确定" in words and "3. 没写门牌" in words
    assert not any(secret in words for secret in ("王建国", "李丽", "扎西", "13900001234", "1-102"))


def test_what_cannot_be_read_is_said(desk: Desk, clerk: Client):
    for words in ("", "你好", "1. " + "长" * 5000):
        page = paste(clerk, words)
        assert page.status_code == 422 and 'role="alert"' in page.content.decode()
    assert clerk.post(reverse("orders:signups"), {"draft": "forged"}).status_code == 422


def test_a_list_of_another_community_is_not_taken(desk: Desk, clerk: Client):
    other = Desk("540502001002") if desk.community.code != "540502001002" else Desk()
    stranger = Client()
    stranger.force_login(staff("stranger", Role.ORDER_DESK, other.community))
    assert settle(stranger, paste(clerk)).status_code == 422 and not Order.objects.exists()


def test_medicine_is_its_teams(desk: Desk, clerk: Client):
    text = "#接龙\n代购药品登记\n1. 李丽 1-102 缬沙坦胶囊80mg 2盒"
    assert paste(clerk, text).status_code == 422
    team = client(desk, Role.MEDICINE)
    assert paste(team, text).status_code == 200
    desk.place(kind="medicine")
    assert "次仁" not in clerk.get(reverse("orders:orders")).content.decode() and not Look.objects.filter(screen="orders.orders").exists()
    assert "次仁" in team.get(reverse("orders:orders")).content.decode() and Look.objects.filter(screen="orders.orders").exists()


def test_a_call_is_written_down(desk: Desk, clerk: Client):
    clerk.post(reverse("orders:call"), {"door": "1-1", "wants": "白菜 2斤、鸡蛋 1板", "phone": "139 0000 1234", "kind": "goods", "urgent": "1"})
    (order,) = Order.objects.all()
    assert (order.household, order.phone, order.urgent, order.source, order.lines.count()) == (desk.homes[0], "13900001234", True, "call", 2)
    for wrong in ({"door": "1-1", "wants": "白菜"}, {"door": "1-1", "wants": "白菜 2斤", "phone": "139"}):
        assert clerk.post(reverse("orders:call"), wrong).status_code in (400, 409, 422)
    assert Order.objects.count() == 1


def test_an_order_is_cancelled_and_taken_up_again(desk: Desk, clerk: Client):
    order = desk.place()
    clerk.post(reverse("orders:cancel", args=[order.pk]))
    assert Order.objects.get().cancelled
    assert "液化气" in clerk.get(reverse("orders:orders"), {"state": "cancelled"}).content.decode()
    clerk.post(reverse("orders:restore", args=[order.pk]))
    assert not Order.objects.get().cancelled


@pytest.mark.parametrize(
    ("quantity", "unit", "whole"),
    [(2, "斤", (2, "斤")), (1.5, "斤", (15, "两")), (0.5, "公斤", (1, "斤")), (1.25, "公斤", (25, "两")), (0.5, "瓶", None), (None, "斤", None), (0, "斤", None)],
)
def test_a_fraction_becomes_a_whole_number_of_the_finer_unit(quantity, unit, whole):
    assert whole_amount(quantity, unit) == whole


def test_what_the_desk_types_is_read_back_as_it_is_shown():
    lines = [Wanted("大米", 2, "袋", "5kg"), Wanted("5号电池", 1, "板"), Wanted("白菜", 1.5, "斤")]
    assert typed(said(lines)) == lines
    assert typed("པད་ཚལ་ 2 རྒྱ་མ、སྒོ་ང་ 10") == [Wanted("白菜", 2, "斤"), Wanted("鸡蛋", 10, "个")]
    assert typed("白菜") is None and typed("") is None and typed("大白菜 2斤")[0].item == "白菜"
    assert [typed_door(words) for words in ("3栋2单元501", "902", "老街口", "")] == ["3-2-501", "902", "老街口", None]


def test_an_entry_survives_the_form():
    entry = Entry(no=1, name="李丽", lines=[Wanted("白菜", 2, "斤")], doubts=[Doubt.NO_DOOR], notes=["放门口"])
    assert unpacked(packed(entry)) == entry and lacks(entry) == [Doubt.NO_DOOR]
    assert [kind_of(title) for title in ("换煤气登记", "代购药品", "送菜接龙", None)] == ["gas", "medicine", "goods", "goods"]


def test_of_several_households_that_fit_one_is_chosen_by_a_digit(desk: Desk, clerk: Client):
    for home, year in zip(desk.homes[:2], (1948, 1987), strict=True):
        person(desk.community, "扎西", home.grid, home, birth_year=year)
    page = paste(clerk, "#接龙\n换液化气\n1. 扎西 1瓶")
    (ref,), shown = refs(page), page.content.decode()
    assert re.findall(rf'name="{ref}-home" value="([^"]*)" data-digit="(\d)"', shown) == [(str(desk.homes[0].pk), "1"), (str(desk.homes[1].pk), "2"), ("", "0")]
    assert "194*" in shown and "1948" not in shown and 'data-choose="only"' not in shown, "a door is lacking too: a digit alone does not settle it"
    done = settle(clerk, page, **row(ref, name="扎西", wants="液化气 1瓶"), **{f"{ref}-fine": "1", f"{ref}-home": str(desk.homes[1].pk)})
    assert refs(done) == [] and Order.objects.get().household == desk.homes[1]


def test_a_household_that_was_not_among_those_that_fit_is_not_chosen(desk: Desk, clerk: Client):
    for home in desk.homes[:2]:
        person(desk.community, "扎西", home.grid, home)
    page = paste(clerk, "#接龙\n换液化气\n1. 扎西 1瓶")
    (ref,) = refs(page)
    still = settle(clerk, page, **row(ref, name="扎西", wants="液化气 1瓶"), **{f"{ref}-fine": "1", f"{ref}-home": str(desk.homes[3].pk)})
    assert refs(still) == [ref] and not Order.objects.exists()


def test_a_corrected_door_outweighs_the_household_chosen_before_and_not_one_chosen_with_it(desk: Desk, clerk: Client):
    first, second = desk.homes[:2]
    for home in (first, second):
        person(desk.community, "扎西", home.grid, home)
    page = paste(clerk, "#接龙\n换液化气\n1. 扎西 1瓶")
    (ref,) = refs(page)
    said = {"name": "扎西", "wants": "液化气 1瓶"}
    chosen, fine = {f"{ref}-home": str(second.pk)}, {f"{ref}-fine": "1"}
    both = settle(clerk, page, **row(ref, **said, door=first.door), **chosen)
    assert f'value="{second.pk}" data-digit="2" checked' in both.content.decode(), "chosen together with the door"
    still = settle(clerk, page, **row(ref, **said), **chosen)
    assert f'value="{second.pk}" data-digit="2" checked' in still.content.decode()
    settle(clerk, still, **row(ref, **said, door=first.door), **chosen, **fine)
    assert Order.objects.get().household == first


@pytest.mark.parametrize(("typed", "fen"), [(None, 12_050), ("118", 11_800), ("", None)])
def test_a_list_for_gas_knows_what_a_bottle_costs_from_its_title_or_from_the_desk(desk: Desk, clerk: Client, typed, fen):
    page = paste(clerk, "#接龙\n换液化气登记，每瓶120.5元\n1. 卓玛 1-1 2瓶")
    assert 'name="price" value="120.50"' in page.content.decode()
    (ref,) = refs(page)
    looked_at = {**row(ref, door="1-1", wants="液化气 2瓶"), f"{ref}-fine": "1"}
    settle(clerk, page, price="120.50" if typed is None else typed, **looked_at)
    assert [line.price for order in Order.objects.all() for line in order.lines.all()] == [fen]


def test_a_price_that_is_none_places_nothing(desk: Desk, clerk: Client):
    page = paste(clerk, "#接龙\n换液化气登记\n1. 卓玛 1-1 2瓶")
    assert text("orders.bad_money", "zh") in settle(clerk, page, price="12.").content.decode()
    assert not Order.objects.exists()
