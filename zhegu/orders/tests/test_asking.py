"""The daily round at the doors, and a call in three taps."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.journal.models import Body
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.orders import actions, queries
from zhegu.orders.actions import Needed, NewOffer
from zhegu.orders.models import Asked, Order
from zhegu.orders.rules.placing import kind_of_thing, typed_lines
from zhegu.orders.rules.states import OrderKind, Source, State
from zhegu.orders.tests.make import BY, Desk, shop
from zhegu.places.tests.make import grid
from zhegu.registers.tests.make import person
from zhegu.sampling.tests.make import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Homes in two grids, somebody in each."""
    made = Desk()
    for home in made.homes:
        person(made.community, f"住在{home.door}", home.grid, home)
    return made


def worker(desk: Desk, no: int = 1) -> Any:
    return scope_of(staff(f"asks-{no}", Role.GRID_WORKER, grid(desk.community, no)))


def ask(desk: Desk, scope: Any, home: int = 0, **more: Any) -> Any:
    item = actions.AskHome(**{"ref": new_id(), "at": MORNING, "home": desk.homes[home].pk} | more)
    return actions.ask_homes(by=scope.actor, scope=scope, community=desk.community, items=[item])[0]


def undo(desk: Desk, scope: Any, answer: Any) -> Any:
    item = actions.UndoAsked(ref=new_id(), at=MORNING, asked=UUID(answer.facts["asked"]))
    return actions.undo_asked(by=scope.actor, scope=scope, community=desk.community, items=[item])[0]


def test_a_home_that_needs_nothing_was_asked_all_the_same(desk: Desk):
    answer = ask(desk, worker(desk))
    assert (answer.accepted, answer.facts["orders"], Order.objects.count()) == (True, [], 0)
    rows = queries.asked_on(desk.scope, desk.community, clock.local_day(MORNING))
    assert [(row.grid.no, row.homes, row.asked, row.need) for row in rows] == [(1, 2, 1, 0), (2, 2, 0, 0)]


def test_what_it_needs_stands_on_the_list_an_order_a_kind(desk: Desk):
    lines = (Needed("大米", 2, "袋", "5kg"), Needed("液化气", 1, "罐"), Needed("灯泡"))
    answer = ask(desk, worker(desk), lines=lines, medicine=True, urgent=True, note="轻敲门")
    found = {row.kind: row for row in Order.objects.all()}
    assert sorted(found) == sorted([OrderKind.GOODS, OrderKind.GAS, OrderKind.MEDICINE])
    assert answer.facts["orders"] == [row.no for row in Order.objects.order_by("no")]
    assert {row.source for row in found.values()} == {Source.ROUND}
    assert [line.item for line in found[OrderKind.GOODS].lines.all()] == ["大米", "灯泡"]
    assert (found[OrderKind.GOODS].note, found[OrderKind.MEDICINE].note, found[OrderKind.GAS].urgent) == ("轻敲门", "", True)
    assert found[OrderKind.MEDICINE] in queries.medicine_not_exact(desk.team, desk.community)
    assert [row.need for row in queries.asked_on(desk.scope, desk.community, clock.local_day(MORNING))] == [1, 0]


def test_of_what_a_home_needs_all_is_written_down_or_nothing(desk: Desk):
    answer = ask(desk, worker(desk), lines=(Needed("液化气", 1, "罐"), Needed("大米", 0, "袋")), medicine=True)
    assert (answer.reason, Asked.objects.count(), Order.objects.count()) == ("orders.bad_number", 0, 0)


def test_what_was_needed_is_journalled_thing_by_thing(desk: Desk):
    answer = ask(desk, worker(desk), lines=(Needed("米", 2, "袋"),))
    kept = json.loads(Body.objects.get(ref=answer.ref).content)
    assert kept["lines"] == [{"item": "米", "quantity": 2, "unit": "袋", "spec": ""}]


def test_it_comes_twice_and_happens_once(desk: Desk):
    scope, item = worker(desk), actions.AskHome(ref=new_id(), at=MORNING, home=desk.homes[0].pk, lines=(Needed("米"),))
    for _ in range(3):
        assert actions.ask_homes(by=scope.actor, scope=scope, community=desk.community, items=[item])[0].accepted
    assert (Asked.objects.count(), Order.objects.count()) == (1, 1)


def test_taking_back_cancels_what_is_not_on_its_way(desk: Desk):
    scope = worker(desk)
    answer = ask(desk, scope, lines=(Needed("米"),))
    assert undo(desk, scope, answer).accepted
    assert (Order.objects.get().state, [one.asked for one in queries.homes(scope, desk.community)]) == (State.CANCELLED, [None, None])
    assert undo(desk, scope, answer).reason == "orders.asked_undone_before"
    gone = ask(desk, scope, lines=(Needed("液化气", 1, "罐"),))
    batch = desk.gather()
    actions.on_its_way(batch, at=MORNING)
    assert undo(desk, scope, gone).reason == "orders.on_its_way"


def test_homes_of_other_grids_and_odd_numbers_are_refused(desk: Desk):
    assert ask(desk, worker(desk), home=1).reason == "orders.unknown_household"
    assert ask(desk, worker(desk, 2), home=1, lines=(Needed("米", 0),)).reason == "orders.bad_number"
    assert ask(desk, scope_of(staff("sampler", Role.SAMPLER, desk.community))).reason == "orders.unknown_household"
    assert (Asked.objects.count(), Order.objects.count()) == (0, 0)
    answer = ask(desk, scope_of(staff("two", Role.GRID_WORKER, grid(desk.community, 1))))
    assert undo(desk, scope_of(staff("far", Role.GRID_WORKER, grid(desk.community, 2))), answer).reason == "orders.unknown_asked"


def test_what_may_be_tapped_is_todays_board_then_what_was_asked_for(desk: Desk):
    (put,) = actions.put_offers(by=BY, shop=shop(desk), day=clock.local_day(MORNING), items=[NewOffer(new_id(), "白菜", 350, "斤")], at=MORNING)
    rice, salt = (actions.NewLine("大米", 1, "袋"),), (actions.NewLine("盐", 1, "包"),)
    for home in (1, 2):
        desk.place(home, kind=OrderKind.GOODS, lines=rice)
    desk.place(0, kind=OrderKind.GOODS, lines=salt)
    found = queries.wants(worker(desk), desk.community, MORNING + timedelta(hours=1))
    assert [(one.item, one.price) for one in found] == [("白菜", 350), ("大米", None), ("盐", None)]
    mine = queries.wants(desk.scope, desk.community, MORNING + timedelta(hours=1), desk.homes[0].pk)
    assert [one.item for one in mine] == ["白菜", "盐", "大米"]
    assert str(mine[0].offer) == put.facts["offer"]


def test_the_office_says_whether_everybody_is_asked_daily(desk: Desk):
    who = {"by": BY, "community": desk.community, "at": MORNING}
    assert not queries.asks_daily(desk.scope, desk.community)
    assert actions.set_daily(**who, daily=True, ref=new_id()).accepted
    assert queries.asks_daily(worker(desk), desk.community)
    assert actions.set_daily(**who, daily=True, ref=new_id()).reason == "orders.daily_already"
    assert actions.set_daily(**who, daily=False, ref=new_id()).accepted


@pytest.mark.parametrize(
    ("words", "lines"),
    [("大米5kg*2袋、鸡蛋1板", 2), ("大米", None), ("", None), ("半斤盐", None)],
)
def test_typed_words_are_lines_in_whole_numbers(words: str, lines: int | None):
    found = typed_lines(words)
    assert (len(found) if found else None) == lines


def test_gas_goes_out_on_its_own_run():
    assert (kind_of_thing("液化气"), kind_of_thing("大米")) == (OrderKind.GAS, OrderKind.GOODS)


# --- the desk's pages


@pytest.fixture
def office(desk: Desk) -> Client:
    made = Client()
    made.force_login(staff("at-the-desk", Role.ORDER_DESK, desk.community))
    return made


def test_a_call_is_three_taps(desk: Desk, office: Client):
    actions.put_offers(by=BY, shop=shop(desk), day=clock.local_day(clock.now()), items=[NewOffer(new_id(), "白菜", 350, "斤")], at=clock.now())
    page = reverse("orders:caller")
    hits = office.get(page, {"q": "1-1"}, headers={"HX-Request": "true"})
    assert str(desk.homes[0].pk) in hits.content.decode()
    (want,) = office.get(page, {"home": desk.homes[0].pk}).context["wants"]
    said = {"home": desk.homes[0].pk, "take": want.key, f"n-{want.key}": "3", f"p-{want.key}": "350", "ref": new_id()}
    for _ in range(2):
        assert office.post(page, said)["Location"] == page
    row = Order.objects.get()
    line = row.lines.get()
    assert (row.household, row.source, line.item, line.quantity, line.price) == (desk.homes[0], Source.CALL, "白菜", 3, 350)
    assert office.get(page, {"home": desk.homes[0].pk}).context["open_now"] == [row]


def test_gas_and_goods_of_one_call_are_two_orders(desk: Desk, office: Client):
    office.post(reverse("orders:caller"), {"home": desk.homes[0].pk, "wants": "大米2袋、液化气1罐", "ref": new_id()})
    assert sorted(Order.objects.values_list("kind", flat=True)) == ["gas", "goods"]


def test_a_call_is_one_thing_all_of_it_or_nothing(desk: Desk, office: Client):
    actions.put_offers(by=BY, shop=shop(desk), day=clock.local_day(clock.now()), items=[NewOffer(new_id(), "白菜", 350, "斤")], at=clock.now())
    (want,) = office.get(reverse("orders:caller"), {"home": desk.homes[0].pk}).context["wants"]
    said = {"home": desk.homes[0].pk, "take": want.key, f"n-{want.key}": "3", "wants": "液化气1罐"}
    old = office.post(reverse("orders:caller"), {**said, f"p-{want.key}": "300", "ref": new_id()})
    assert (old.status_code, Order.objects.count()) == (409, 0)
    office.post(reverse("orders:caller"), {**said, f"p-{want.key}": "350", "ref": new_id()})
    assert sorted(Order.objects.values_list("kind", flat=True)) == ["gas", "goods"]


@pytest.mark.parametrize("wrong", [{}, {"wants": "大米"}, {"take": "x"}])
def test_a_call_without_anything_is_refused_in_words(desk: Desk, office: Client, wrong: dict):
    answer = office.post(reverse("orders:caller"), {"home": desk.homes[0].pk, "ref": new_id(), **wrong})
    assert (answer.status_code, Order.objects.count()) == (409, 0)


def test_homes_of_another_community_are_not_found(desk: Desk, office: Client):
    other = Desk("540526101002")
    for home in (other.homes[0].pk, "x"):
        assert office.get(reverse("orders:caller"), {"home": home}).status_code == 404
        assert office.post(reverse("orders:caller"), {"home": home, "wants": "米1袋"}).status_code == 404


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_pages_stand_in_every_language(desk: Desk, office: Client, lang: str):
    office.cookies["zhegu_language"] = lang
    for asked in ({}, {"q": "nobody"}, {"home": desk.homes[0].pk}):
        assert office.get(reverse("orders:caller"), asked).status_code == 200
    assert office.get(reverse("orders:daily")).status_code == 200
    for word, on in (("on", True), ("off", False)):
        office.post(reverse("orders:set_daily"), {"daily": word, "ref": new_id()})
        assert queries.asks_daily(desk.scope, desk.community) == on
