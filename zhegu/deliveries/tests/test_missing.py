"""Something is missing when the run has left: the household says what it takes, and parcel and money follow."""

import pytest
from django.urls import reverse

from zhegu.deliveries import actions, queries
from zhegu.deliveries.models import Parcel, RunStop
from zhegu.deliveries.phone import parcel_rows
from zhegu.deliveries.rules.custody import DEPOT, CashKind
from zhegu.deliveries.rules.problem import RunKind
from zhegu.deliveries.tests.make import Day, key, minute
from zhegu.deliveries.tests.test_views import client
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.orders.actions import NewLine, NewMedicine
from zhegu.orders.models import Consent, Medicine, Order, OrderKind, Substitute

pytestmark = pytest.mark.django_db
EVERYTHING = Scope.everything("tests of runs")
CABBAGE, RICE = NewLine("白菜", 2, "斤", "", 350), NewLine("大米", 1, "袋", "5kg", 3_000)
YES = {"instead": NewLine("菠菜", 3, "斤", "", 300), "who": "次仁", "how": Consent.PHONE}


def from_shop(*lines: NewLine, **more) -> tuple[Day, RunStop, Parcel]:
    """A run from a shop to two doors, and the first of them with its parcel."""
    day = Day(homes=2, kind=RunKind.DELIVER, order={"lines": lines or (CABBAGE, RICE)} | more)
    stop = day.stops[0]
    return day, stop, day.things(stop)[0]


def missing(day: Day, parcel: Parcel, position: int = 1, by=None, **said):
    return day.act(actions.say_missing, actions.Missing(ref=new_id(), at=minute(30), parcel=parcel.pk, position=position, **said), by)


def undo(day: Day, parcel: Parcel, answer):
    return day.act(actions.undo_missing, actions.UndoMissing(ref=new_id(), at=minute(40), parcel=parcel.pk, missing=answer.ref))


def now(parcel: Parcel) -> tuple[str, int, int]:
    row = Parcel.objects.select_related("stop").get(pk=parcel.pk)
    return row.what, row.price, row.stop.due


def test_what_the_household_agreed_to_is_in_the_parcel_and_paid_for():
    day, _, parcel = from_shop()
    assert now(parcel) == ("白菜 ×2斤、大米 5kg ×1袋", 3_700, 3_700)
    answer = missing(day, parcel, **YES)
    assert answer.facts == {"parcel": str(parcel.pk), "what": "菠菜 ×3斤、大米 5kg ×1袋", "due": 3_900}
    assert now(parcel) == ("菠菜 ×3斤、大米 5kg ×1袋", 3_900, 3_900)
    asked = Substitute.objects.get()
    assert (asked.agreed, asked.who, asked.how, asked.answered, asked.was_item, asked.was_price) == (True, "次仁", "phone", minute(30), "白菜", 350)
    (row,) = [row for row in parcel_rows(day_scope(day), day.community) if row["id"] == str(parcel.pk)]
    assert [(one["position"], one["item"], one["price"]) for one in row["lines"]] == [(1, "菠菜", 300), (2, "大米", 3_000)]
    assert undo(day, parcel, answer).accepted and now(parcel) == ("白菜 ×2斤、大米 5kg ×1袋", 3_700, 3_700)


def day_scope(day: Day) -> Scope:
    from zhegu.accounts.queries import scope_of

    return scope_of(day.dolma)


def test_the_desk_sees_it_and_leaves_its_undoing_to_the_run():
    day, _, parcel = from_shop()
    missing(day, parcel, **YES)
    shown = client(day.ana).get(reverse("orders:substitutes")).content.decode()
    assert "菠菜" in shown and reverse("orders:undo_substitute", args=[parcel.order_id, Substitute.objects.get().pk]) not in shown


def test_a_yes_has_a_name_and_a_way():
    day, _, parcel = from_shop()
    assert missing(day, parcel, instead=YES["instead"]).reason == "orders.who_agreed"
    assert missing(day, parcel, instead=YES["instead"], who="次仁").reason == "orders.who_agreed"
    assert missing(day, parcel, 3, **YES).reason == missing(day, parcel, 3).reason == "orders.unknown_line"
    assert not Substitute.objects.exists() and now(parcel)[1] == 3_700


def test_without_a_yes_the_line_is_not_paid_for():
    day, stop, parcel = from_shop()
    day.hand([parcel], DEPOT, key(day.dolma))
    answer = missing(day, parcel)
    assert now(parcel) == ("大米 5kg ×1袋", 3_000, 3_000)
    assert day.cash(stop, CashKind.TOP_UP, 3_700).accepted and day.bring(stop).accepted
    assert queries.price(EVERYTHING, stop) == 3_000, "what came is what is paid; the rest is change"
    assert undo(day, parcel, answer).reason == missing(day, parcel, **YES).reason == "deliveries.too_late_for_it"


def test_a_parcel_with_nothing_left_goes_back_and_its_door_is_left_out():
    day, stop, parcel = from_shop(CABBAGE)
    day.hand([parcel], DEPOT, key(day.dolma))
    answer = missing(day, parcel)
    stop.refresh_from_db()
    assert (now(parcel)[1:], stop.skip_reason) == ((0, 0), "sold_out") and Order.objects.get(pk=parcel.order_id).cancelled
    assert day.bring(stop).reason == "deliveries.called_off"
    assert "still_held" in [fault.reason for fault in queries.faults(EVERYTHING, day.run)]
    assert day.hand([parcel], key(day.dolma), DEPOT).accepted
    assert not [fault for fault in queries.faults(EVERYTHING, day.run) if fault.stop == stop]
    assert undo(day, parcel, answer).accepted and now(parcel) == ("白菜 ×2斤", 700, 700)
    row = Order.objects.get(pk=parcel.order_id)
    assert row.cancelled is None and row.batch == day.batch


def test_another_parcel_for_the_same_door_still_comes():
    day = Day(homes=1, kind=RunKind.DELIVER, begun=False, order={"lines": (CABBAGE,)})
    actions.drop_run(by=day.ana.actor, run=day.run, at=minute(0), ref=new_id())
    day.batch.orders.update(batch=None)
    day.desk.place(0, kind=OrderKind.GOODS, lines=(RICE,))
    day.batch = day.desk.gather(OrderKind.GOODS)
    day.run = type(day.run).objects.get(pk=day.draft(RunKind.DELIVER).facts["run"])
    assert day.plan().accepted and day.begin().accepted
    (stop,) = day.stops
    first, second = day.things(stop)
    assert missing(day, first).accepted
    stop.refresh_from_db()
    assert (stop.skipped, stop.due) == (None, 3_000)
    assert day.hand([second], DEPOT, key(day.dolma)).accepted
    assert day.hand([second], key(day.dolma), "door").accepted
    told = queries.told(EVERYTHING, day.run, list(queries.stops(EVERYTHING, day.run)))
    assert (told.done, told.to_come, told.left_out) == (1, 0, {})


def exact_of(parcel: Parcel) -> Medicine:
    return Medicine.objects.get(order=parcel.order_id)


def test_no_other_brand_is_never_replaced_under_way_either():
    exact = {"kind": OrderKind.MEDICINE, "medicine": NewMedicine("氨氯地平", "5mg", 2, "某药厂", True)}
    day, _, parcel = from_shop(NewLine("药品", 2, "盒", "", 1_500), **exact)
    other = {"instead": NewLine("另一药厂", 2, "盒", "", 1_200), "who": "次仁", "how": Consent.PHONE}
    assert missing(day, parcel, **other).reason == "orders.no_other_brand"
    Medicine.objects.update(only_this_brand=False)
    answer = missing(day, parcel, **other)
    assert answer.accepted and exact_of(parcel).maker == "另一药厂" and now(parcel)[1] == 2_400
    assert undo(day, parcel, answer).accepted and exact_of(parcel).maker == "某药厂" and now(parcel)[1] == 3_000


def test_only_its_team_says_so_and_only_of_what_is_brought():
    day, _, parcel = from_shop()
    assert missing(day, parcel, by=_stranger(day), **YES).reason == "deliveries.not_in_team"
    gas = Day("540526101002", homes=1)
    assert missing(gas, gas.things(gas.stops[0])[0], **YES).reason == "deliveries.unknown_parcel"
    assert missing(gas, parcel, **YES).reason == "deliveries.unknown_parcel"


def _stranger(day: Day):
    from zhegu.accounts.models import Role
    from zhegu.accounts.tests.make import staff

    return staff("stranger", Role.COURIER, day.community)


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_team_says_it_on_the_page_of_the_door_and_takes_it_back(lang: str):
    day, stop, parcel = from_shop()
    driver = client(day.dolma)
    driver.cookies["zhegu_language"] = lang
    door = reverse("deliveries:door", args=[day.run.pk, stop.pk])
    page = reverse("deliveries:missing", args=[day.run.pk, stop.pk])
    assert page in driver.get(door).content.decode()
    said = {"line": f"{parcel.pk}:1", "instead": "菠菜 3斤", "yuan": "3", "who": "次仁", "how": "phone", "answer": "yes", "ref": new_id()}
    assert driver.post(page, {**said, "instead": "", "ref": new_id()}).status_code == 409
    for _ in range(2):
        assert driver.post(page, said)["Location"] == door, "a double tap is one answer"
    assert now(parcel)[0] == "菠菜 ×3斤、大米 5kg ×1袋"
    undo_it = reverse("deliveries:undo_missing", args=[day.run.pk, stop.pk, Substitute.objects.get().pk])
    shown = driver.get(door).content.decode()
    assert undo_it in shown and "菠菜" in shown
    again = {"ref": new_id(), "parcel": parcel.pk}
    assert [driver.post(undo_it, again).status_code for _ in range(2)] == [302, 302]
    assert now(parcel)[0] == "白菜 ×2斤、大米 5kg ×1袋"
    driver.post(page, {"line": f"{parcel.pk}:2", "answer": "no", "ref": new_id()})
    assert now(parcel) == ("白菜 ×2斤", 700, 700)
