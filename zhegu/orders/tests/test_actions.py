"""An order is placed once, changed while nobody carries it, and ends at its door or in the list."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.orders import actions, queries
from zhegu.orders.models import Order
from zhegu.orders.rules.states import OrderKind, State
from zhegu.orders.tests.make import BY, Desk, scope
from zhegu.places.tests.make import B

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def again(row: Order) -> Order:
    return Order.objects.get(pk=row.pk)


def test_an_order_knows_its_door_and_what_is_due(desk: Desk):
    row = desk.place(1, lines=(actions.NewLine("液化气", 2, "罐", "15kg", 12_000), actions.NewLine("面粉", 1, price=4_550)))
    assert (row.grid, row.door, row.due, row.state) == (desk.homes[1].grid, "2-1", 28_550, State.OPEN)
    assert desk.place(0, lines=(actions.NewLine("面粉"),)).due is None


def test_a_door_that_was_written_counts_where_the_register_knows_none(desk: Desk):
    assert desk.place(0, door="9-909").door == "1-1"
    home = desk.homes[0]
    home.door = home.address = ""
    home.save()
    assert desk.place(0, door="9-909").door == "9-909"


def test_names_and_phones_are_sealed(desk: Desk):
    desk.place(note="门铃坏了")
    with connection.cursor() as cursor:
        cursor.execute("select asker, phone, note from orders_order")
        stored = "".join(cursor.fetchone())
    assert "次仁" not in stored and "13900000001" not in stored and "门铃" not in stored
    assert queries.orders(desk.scope, desk.community).get().phone == "13900000001"


def test_numbers_run_and_a_repeat_places_nothing(desk: Desk):
    items = [desk.new(n) for n in range(3)]
    first = actions.place_orders(by=BY, community=desk.community, items=items)
    assert [one.facts["no"] for one in first] == [1, 2, 3]
    assert [one.facts for one in actions.place_orders(by=BY, community=desk.community, items=items)] == [one.facts for one in first]
    assert Order.objects.count() == 3 and desk.place().no == 4


def test_one_that_cannot_stand_never_blocks_the_rest(desk: Desk):
    good, bad = desk.new(), desk.new(lines=())
    told = actions.place_orders(by=BY, community=desk.community, items=[bad, good])
    assert [one.status for one in told] == ["refused", "accepted"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"lines": ()}, "nothing_asked"),
        ({"lines": (actions.NewLine(" "),)}, "nothing_asked"),
        ({"lines": (actions.NewLine("米", 0),)}, "bad_number"),
        ({"lines": (actions.NewLine("米", 1, price=-1),)}, "bad_number"),
        ({"household": new_id()}, "unknown_household"),
        ({"household": None, "grid": "540526101002001", "door": "1"}, "unknown_grid"),
        ({"household": None}, "door_needed"),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, wrong: dict, reason: str):
    assert desk.said(**wrong).reason == f"orders.{reason}"


def test_a_door_that_is_not_in_the_register_yet(desk: Desk):
    row = desk.place(household=None, grid=desk.homes[0].grid.code, door="9-9")
    assert (row.household, row.grid, row.door) == (None, desk.homes[0].grid, "9-9")


def test_a_correction_replaces_the_lines(desk: Desk):
    row = desk.place()
    change = actions.ChangeOrder(row.pk, desk.new(1, lines=(actions.NewLine("液化气", 2, "罐", "5kg", 5_000),)))
    assert actions.change_orders(by=BY, community=desk.community, items=[change])[0].accepted
    assert (again(row).due, again(row).door, again(row).no, again(row).lines.count()) == (10_000, "2-1", row.no, 1)
    worse = replace(change, to=desk.new(lines=()))
    assert actions.change_orders(by=BY, community=desk.community, items=[worse])[0].reason == "orders.nothing_asked"


def test_a_cancelled_order_is_neither_gathered_nor_delivered_and_can_be_taken_up_again(desk: Desk):
    row = desk.place()
    assert desk.does(actions.cancel_orders, row).accepted
    assert again(row).state == State.CANCELLED
    assert desk.gathering().reason == "orders.nothing_to_gather"
    assert desk.does(actions.mark_delivered, row).reason == "orders.cancelled_before"
    assert desk.does(actions.cancel_orders, row).reason == "orders.cancelled_before"
    assert desk.does(actions.restore_orders, row).accepted
    assert desk.does(actions.restore_orders, row).reason == "orders.not_cancelled"
    assert again(row).state == State.OPEN


def test_never_both_cancelled_and_delivered(desk: Desk):
    row = desk.place()
    desk.does(actions.mark_delivered, row)
    assert desk.does(actions.cancel_orders, row).reason == "orders.delivered_before"
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=row.pk).update(cancelled=MORNING)


def test_a_batch_holds_what_came_until_the_cut_off(desk: Desk):
    inside, late = desk.place(), desk.place(1, at=MORNING + timedelta(minutes=1))
    other = desk.place(2, kind=OrderKind.GOODS)
    batch = desk.gather()
    assert list(batch.orders.all()) == [inside]
    assert again(late).state == again(other).state == State.OPEN
    shown = queries.batch(desk.scope, desk.community, batch.pk)
    assert (shown.no, shown.size, shown.done) == (1, 1, 0)
    assert desk.gathering(name=" ").reason == "orders.name_needed"


def test_chosen_orders_only_and_no_order_twice(desk: Desk):
    one, two = desk.place(), desk.place(1)
    first = desk.gather(orders=(one.pk,))
    assert desk.gathering(orders=(one.pk,)).reason == "orders.nothing_to_gather"
    assert list(first.orders.all()) == [one] and again(two).state == State.OPEN


def test_what_is_on_its_way_is_not_changed(desk: Desk):
    row = desk.place()
    actions.on_its_way(desk.gather(), MORNING)
    assert desk.does(actions.cancel_orders, row).reason == "orders.on_its_way"
    change = actions.ChangeOrder(row.pk, desk.new())
    assert actions.change_orders(by=BY, community=desk.community, items=[change])[0].reason == "orders.on_its_way"
    assert desk.does(actions.mark_delivered, row).accepted


def test_back_into_the_list_with_a_reason(desk: Desk):
    row = desk.place()
    assert desk.back(row).reason == "orders.not_gathered"
    desk.gather()
    desk.does(actions.mark_delivered, row)
    assert desk.back(row, "damaged").accepted
    assert again(row).state == State.OPEN
    assert again(row).backs.get().reason == "damaged"
    assert actions.at_their_doors([row.pk], MORNING) == 1


def test_only_the_medicine_team_sees_medicine(desk: Desk):
    drug, gas = desk.place(kind=OrderKind.MEDICINE), desk.place(1)
    assert [row.pk for row in queries.orders(desk.scope, desk.community)] == [gas.pk]
    assert [row.pk for row in queries.orders(desk.team, desk.community)] == [drug.pk]
    with pytest.raises(NotFound):
        queries.order(desk.scope, desk.community, drug.pk)
    with pytest.raises(NotFound):
        queries.orders(scope(B, "office"), desk.community)
    with pytest.raises(NotFound):
        queries.orders(scope(desk.community.code, "sampler"), desk.community)


def test_who_asked_already_is_found_by_phone(desk: Desk):
    one, two = desk.place(), desk.place(1)
    assert queries.open_with_phone(desk.scope, desk.community, OrderKind.GAS) == {"13900000001": [two.pk, one.pk]}
