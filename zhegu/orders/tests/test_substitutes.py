"""What a shop lacks is replaced only when the household said yes; without it the line is not filled."""

from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.orders import actions
from zhegu.orders.actions import AnswerTo, NewLine, NewMedicine, Propose, UndoSubstitute
from zhegu.orders.models import Medicine, Offer, Order, OrderLine, Substitute
from zhegu.orders.rules.states import Consent, OrderKind
from zhegu.orders.tests.make import BY, Desk, shop

pytestmark = pytest.mark.django_db
SPINACH = NewLine("菠菜", 3, "斤", price=300)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def order(desk: Desk, **more) -> Order:
    lines = (NewLine("白菜", 2, "斤", price=350), NewLine("鸡蛋", 1, "板", price=2_000))
    return desk.place(kind=OrderKind.GOODS, **{"lines": lines} | more)


def asks(desk: Desk, row: Order, instead: NewLine = SPINACH, position: int = 1):
    item = Propose(row.pk, position, instead, new_id())
    return actions.propose_substitutes(by=BY, community=desk.community, items=[item], at=MORNING)[0]


def asked(desk: Desk, row: Order, **more) -> Substitute:
    return Substitute.objects.get(pk=asks(desk, row, **more).facts["substitute"])


def says(desk: Desk, one: Substitute, agreed: bool, who: str = "次仁", how: Consent | None = Consent.PHONE):
    item = AnswerTo(one.order_id, one.pk, agreed, new_id(), who, how)
    return actions.answer_substitutes(by=BY, community=desk.community, items=[item], at=MORNING)[0]


def undo(desk: Desk, one: Substitute):
    item = UndoSubstitute(one.order_id, one.pk, new_id())
    return actions.undo_substitutes(by=BY, community=desk.community, items=[item], at=MORNING)[0]


def lines(row: Order) -> list[tuple]:
    return list(OrderLine.objects.filter(order=row).values_list("item", "quantity", "price"))


def again(one):
    return type(one).objects.get(pk=one.pk)


def test_nothing_changes_before_the_household_said_yes(desk: Desk):
    row = order(desk)
    one = asked(desk, row)
    assert lines(row) == [("白菜", 2, 350), ("鸡蛋", 1, 2_000)]
    assert says(desk, one, True, who="").reason == says(desk, one, True, how=None).reason == "orders.who_agreed"
    assert says(desk, one, True).accepted
    assert lines(row) == [("菠菜", 3, 300), ("鸡蛋", 1, 2_000)] and again(row).due == 2_900
    kept = again(one)
    assert (kept.agreed, kept.who, kept.how, kept.answered, kept.answered_by, kept.returns) == (True, "次仁", "phone", MORNING, BY.key, 0)
    assert says(desk, one, False).reason == "orders.answered_before"


def test_without_consent_the_line_is_not_filled_and_its_money_goes_back(desk: Desk):
    row = order(desk)
    one = asked(desk, row)
    assert says(desk, one, False, who="", how=None).accepted
    assert lines(row) == [("鸡蛋", 1, 2_000)] and again(row).due == 2_000 and again(one).returns == 700
    last = asked(desk, row, position=2)
    assert says(desk, last, False).accepted and again(row).cancelled, "nothing is left to bring"
    assert undo(desk, last).accepted and not again(row).cancelled
    assert undo(desk, one).accepted and lines(row) == [("白菜", 2, 350), ("鸡蛋", 1, 2_000)] and again(one).agreed is None


def test_a_yes_written_by_mistake_is_taken_back(desk: Desk):
    row = order(desk)
    one = asked(desk, row)
    says(desk, one, True)
    assert undo(desk, one).accepted and lines(row)[0] == ("白菜", 2, 350)
    assert undo(desk, one).accepted and not Substitute.objects.exists(), "the question itself is withdrawn"
    assert undo(desk, one).reason == "orders.unknown_substitute"


def test_what_changed_since_is_not_put_back(desk: Desk):
    row = order(desk)
    one = asked(desk, row)
    says(desk, one, True)
    to = desk.new(kind=OrderKind.GOODS, lines=(NewLine("土豆", 1, "斤"),))
    assert actions.change_orders(by=BY, community=desk.community, items=[actions.ChangeOrder(row.pk, to)])[0].accepted
    assert undo(desk, one).reason == "orders.changed_since"


def test_what_a_shop_gave_away_meanwhile_is_not_promised_again(desk: Desk):
    place, day = shop(desk), clock.local_day(MORNING)
    new = actions.NewOffer(new_id(), "白菜", 350, "斤", stock=2)
    actions.put_offers(by=BY, shop=place, day=day, items=[new], at=MORNING)
    offer = Offer.objects.get()
    taken = (NewLine("白菜", 2, "斤", price=350, offer=offer.pk),)
    row = order(desk, lines=taken)
    one = asked(desk, row)
    says(desk, one, True)
    assert desk.said(1, kind=OrderKind.GOODS, lines=taken).accepted
    assert undo(desk, one).reason == "orders.not_that_many_left"


@pytest.mark.parametrize(
    ("instead", "position", "reason"),
    [(SPINACH, 9, "unknown_line"), (NewLine(" "), 1, "nothing_asked"), (NewLine("菠菜", 0), 1, "bad_number"), (NewLine("菠菜", price=-1), 1, "bad_number")],
)
def test_what_cannot_be_asked(desk: Desk, instead: NewLine, position: int, reason: str):
    assert asks(desk, order(desk), instead, position).reason == f"orders.{reason}"


def test_a_line_is_asked_about_once_and_not_when_it_is_too_late(desk: Desk):
    row = order(desk)
    one = asked(desk, row)
    assert asks(desk, row).reason == "orders.asked_already"
    desk.does(actions.cancel_orders, row)
    assert says(desk, one, True).reason == asks(desk, row).reason == "orders.cancelled_before"


def medicine(desk: Desk, **more) -> Order:
    what = NewMedicine("氨氯地平", "5mg", 2, "某药厂", **more)
    return desk.place(kind=OrderKind.MEDICINE, lines=(NewLine("药品", 2, "盒"),), medicine=what)


def test_no_other_brand_is_never_substituted(desk: Desk):
    row = medicine(desk, only_this_brand=True)
    assert asks(desk, row, NewLine("另一药厂", 2, "盒")).reason == "orders.no_other_brand" and not Substitute.objects.exists()


def test_of_other_medicine_only_the_maker_changes(desk: Desk):
    row = medicine(desk)
    one = asked(desk, row, instead=NewLine("另一药厂", 2, "盒", price=1_500))
    says(desk, one, True)
    now = Medicine.objects.get()
    assert (now.drug, now.strength, now.maker, lines(row)) == ("氨氯地平", "5mg", "另一药厂", [("药品", 2, 1_500)])
    assert undo(desk, one).accepted and Medicine.objects.get().maker == "某药厂"


def client(desk: Desk, role: Role = Role.ORDER_DESK) -> Client:
    made = Client()
    made.force_login(staff(f"some-{role}", role, desk.community))
    return made


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_desk_asks_writes_the_answer_and_takes_it_back(desk: Desk, lang: str):
    clerk, row = client(desk), order(desk)
    clerk.cookies["zhegu_language"] = lang
    page = reverse("orders:substitute", args=[row.pk])
    assert page in clerk.get(reverse("orders:orders")).content.decode() and clerk.get(page).status_code == 200
    assert clerk.post(page, {"position": "1", "instead": "菠菜", "yuan": "3"}).status_code == 409
    clerk.post(page, {"position": "1", "instead": "菠菜 3斤", "yuan": "3"})
    one, listed = Substitute.objects.get(), reverse("orders:substitutes")
    assert (one.item, one.quantity, one.price) == ("菠菜", 3, 300) and "菠菜" in clerk.get(listed).content.decode()
    said = {"answer": "yes", "who": "次仁", "how": "door"}
    clerk.post(reverse("orders:answer", args=[one.pk]), said)
    assert lines(row)[0] == ("菠菜", 3, 300) and "次仁" in clerk.get(listed).content.decode()
    clerk.post(reverse("orders:undo_substitute", args=[row.pk, one.pk]))
    assert lines(row)[0] == ("白菜", 2, 350)


def test_a_question_is_withdrawn_once_however_often_it_is_tapped(desk: Desk):
    clerk, row = client(desk), order(desk)
    page, said = reverse("orders:undo_substitute", args=[row.pk, asked(desk, row).pk]), {"ref": new_id()}
    assert [clerk.post(page, said).status_code for _ in range(2)] == [302, 302] and not Substitute.objects.exists()
    assert clerk.post(page, {"ref": new_id()}).status_code == 409, "somebody else's tap is told"


def test_questions_that_are_moot_push_nothing_off_the_page(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(import_module("zhegu.orders.views.substitutes"), "SHOWN", 1)
    moot, done, open_one = (order(desk) for _ in range(3))
    asked(desk, moot)
    desk.does(actions.cancel_orders, moot)
    says(desk, asked(desk, done), True)
    asked(desk, open_one)
    shown = client(desk).get(reverse("orders:substitutes")).context
    assert [one.order for one in shown["waiting"]] == [open_one] and [one.order for one in shown["done"]] == [done]


def test_substitutes_of_medicine_are_its_teams(desk: Desk):
    row = medicine(desk)
    one = asked(desk, row, instead=NewLine("另一药厂", 2, "盒"))
    clerk, team = client(desk), client(desk, Role.MEDICINE)
    assert "另一药厂" not in clerk.get(reverse("orders:substitutes")).content.decode() and not Look.objects.exists()
    assert clerk.get(reverse("orders:substitute", args=[row.pk])).status_code == 404
    assert clerk.post(reverse("orders:answer", args=[one.pk]), {"answer": "no"}).status_code == 404
    assert "另一药厂" in team.get(reverse("orders:substitutes")).content.decode() and Look.objects.exists()
    brand = medicine(desk, only_this_brand=True)
    assert "instead" not in team.get(reverse("orders:substitute", args=[brand.pk])).content.decode()
