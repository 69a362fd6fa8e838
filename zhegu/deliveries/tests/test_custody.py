"""Every thing has one holder, takes its steps in order, and comes back to its own door."""

import pytest
from django.db import IntegrityError, transaction

from zhegu.deliveries import actions, queries
from zhegu.deliveries.models import ErrandRun, HandOver, Parcel, RunVisit
from zhegu.deliveries.rules.custody import DOOR, STATION, CashKind, Step, Unfit, Witness
from zhegu.deliveries.rules.problem import RunKind
from zhegu.deliveries.tests.make import Day, key, minute, thing
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound, Scope
from zhegu.orders.models import Order
from zhegu.orders.tests.make import scope
from zhegu.places.tests.make import A, B

pytestmark = pytest.mark.django_db
EVERYTHING = Scope.everything("tests of runs")


def why(answer) -> str:
    return answer.reason.removeprefix("deliveries.")


def test_a_draft_has_its_doors_in_order_and_everything_at_its_door():
    day = Day(begun=False)
    assert [s.door for s in day.stops] == ["1-1", "1-2", "2-1", "2-2"]
    assert [p.thing for p in day.things(day.stops[0])] == ["cylinder", "bag"]
    assert {p.holder for p in day.all_things()} == {DOOR} and day.stops[0].due == 12_000
    assert why(day.draft()) == "has_a_run"


def test_a_plan_is_told_before_anything_is_promised_and_may_be_made_anew():
    day = Day(begun=False)
    assert why(day.begin()) == "not_planned"
    told = day.plan()
    assert told.facts["km"] > 36 and told.facts["trips"] == 2 and told.facts["unplanned"] == 0
    first = RunVisit.objects.count()
    day.plan(seed=2)
    assert RunVisit.objects.count() == first
    carried = [no for v in RunVisit.objects.all() if v.place == "stop" for no in v.hand_back]
    gas = [p.no for p in day.all_things() if p.thing == "cylinder"]
    assert sorted(carried) == gas
    assert day.begin().accepted and why(day.plan()) == "begun_before"


def test_a_draft_can_be_dropped_and_a_run_that_began_cannot():
    day = Day(begun=False)
    assert actions.drop_run(by=day.ana.actor, run=day.run, at=MORNING, ref=new_id()).accepted
    assert ErrandRun.objects.count() == 0 and day.draft().accepted
    begun = Day(B)
    assert why(actions.drop_run(by=begun.ana.actor, run=begun.run, at=MORNING, ref=new_id())) == "begun_before"


def test_a_cylinder_goes_its_way_and_comes_home():
    day = Day()
    stop = day.stops[0]
    day.whole(stop)
    gas, bag = day.things(stop)
    assert (gas.holder, bag.holder) == (DOOR, DOOR)
    assert [link.taker for link in queries.chain(EVERYTHING, gas)] == [key(day.dolma), STATION, key(day.dolma), DOOR]
    assert Order.objects.get(pk=gas.order_id).delivered == minute(10)
    assert queries.recount(EVERYTHING, day.run) == []


def test_no_step_is_skipped():
    day = Day()
    stop = day.stops[0]
    gas = day.things(stop)[:1]
    assert why(day.step(gas, Step.FILLED)) == "not_collected"
    day.fetch(stop)
    assert why(day.step(gas, Step.DISINFECTED)) == "not_filled"
    assert why(day.bring(stop)) == "not_filled"
    assert day.step(gas, Step.FILLED).accepted
    assert why(day.step(gas, Step.FILLED)) == "step_taken_before"
    assert why(day.bring(stop)) == "not_disinfected"
    assert day.step(gas, Step.DISINFECTED).accepted and day.bring(stop).accepted


@pytest.mark.parametrize(
    "broken",
    [
        {"filled": MORNING}, {"returned": MORNING}, {"disinfected": MORNING, "collected": MORNING},
        {"collected": MORNING, "filled": MORNING, "unfit": "leaking"}, {"holder": ""},
        {"collected": MORNING, "filled": MORNING, "returned": MORNING},
    ],
)  # fmt: skip
def test_the_database_holds_the_steps_too(broken: dict):
    day = Day()
    gas = day.things(day.stops[0])[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Parcel.objects.filter(pk=gas.pk).update(**broken)


def test_a_leaking_cylinder_goes_back_with_its_money_and_its_order_into_the_list():
    day = Day()
    stop = day.stops[0]
    gas = day.things(stop)[:1]
    day.fetch(stop)
    day.count(stop, 12_000), day.count(stop, 12_000, day.pasang)
    assert day.step(gas, unfit=Unfit.LEAKING).accepted
    assert why(day.step(gas, Step.FILLED)) == "cannot_be_filled"
    assert day.step(gas, Step.DISINFECTED).accepted and day.cash(stop, CashKind.CHANGE, 12_000).accepted
    assert day.bring(stop).accepted
    order = Order.objects.get(pk=gas[0].order_id)
    assert (order.delivered, order.batch, order.backs.get().reason) == (None, None, "cannot_be_filled")


def test_only_whoever_holds_a_thing_can_give_it_and_only_at_its_own_door():
    day = Day()
    one, two = day.stops[:2]
    assert why(day.bring(one)) == "held_by_another"
    assert why(day.fetch(one, stop=two.pk)) == "other_door"
    assert why(day.fetch(one, knocked=None)) == "knock_first"
    assert why(day.fetch(one, by=day.desk and day.ana)) == ""
    assert why(day.fetch(one)) == "held_by_another"
    things = day.things(one)
    assert why(day.hand(things, key(day.dolma), key(day.dolma), witness=Witness.BOTH)) == "to_oneself"
    assert why(day.hand(things, key(day.dolma), "staff:nobody", witness=Witness.BOTH)) == "not_in_team"
    assert why(day.hand(things, key(day.dolma), key(day.pasang))) == "confirm_it"
    assert why(day.hand([*things, *day.things(two)], key(day.dolma), STATION)) == "held_by_another"
    assert {thing(p.pk).holder for p in things} == {key(day.dolma)}


def test_somebody_outside_the_team_moves_nothing():
    day, other = Day(), Day(B)
    assert why(day.fetch(day.stops[0], by=other.dolma)) == "not_in_team"
    assert why(other.hand(day.things(day.stops[0]), DOOR, key(other.dolma))) == "unknown_parcel"


def test_both_sides_say_so_or_the_run_stays_open():
    day = Day()
    stop = day.stops[0]
    day.fetch(stop)
    told = day.hand(day.things(stop), key(day.dolma), key(day.pasang), witness=Witness.BOTH)
    assert "not_confirmed" in {f.reason for f in queries.faults(EVERYTHING, day.run)}
    confirm = actions.Confirm(ref=new_id(), at=minute(11), hand=told.ref)
    assert why(day.act(actions.confirm_hand_overs, confirm, day.dolma)) == "not_the_other_side"
    again = actions.Confirm(ref=new_id(), at=minute(11), hand=told.ref)
    assert day.act(actions.confirm_hand_overs, again, day.pasang).accepted
    third = actions.Confirm(ref=new_id(), at=minute(11), hand=told.ref)
    assert why(day.act(actions.confirm_hand_overs, third, day.pasang)) == "confirmed_before"
    assert "not_confirmed" not in {f.reason for f in queries.faults(EVERYTHING, day.run)}


def test_numbers_of_cylinders_are_read_once_and_belong_to_one():
    day = Day()
    one, two = day.stops[:2]
    gas, other = day.things(one)[0], day.things(two)[0]
    assert day.fetch(one, marks={gas.pk: "QZ-117"}).accepted
    assert why(day.fetch(two, marks={other.pk: "QZ-117"})) == "mark_taken"
    assert why(day.fetch(two, marks={day.things(two)[1].pk: "X"})) == "not_a_cylinder"
    assert why(day.hand([gas], key(day.dolma), STATION, marks={gas.pk: "QZ-118"})) == "other_cylinder"


def test_a_hand_over_by_mistake_is_taken_back_and_the_chain_keeps_it():
    day = Day()
    stop = day.stops[0]
    told = day.fetch(stop)
    back = actions.TakeBack(ref=new_id(), at=minute(12), hand=told.ref)
    assert day.act(actions.take_back_hand_overs, back).accepted
    gas = day.things(stop)[0]
    assert (gas.holder, gas.collected, gas.links) == (DOOR, None, 2)
    assert queries.recount(EVERYTHING, day.run) == []
    once_more = actions.TakeBack(ref=new_id(), at=minute(12), hand=told.ref)
    assert why(day.act(actions.take_back_hand_overs, once_more)) == "gone_on"
    day.fetch(stop)
    assert HandOver.objects.filter(parcel=gas).count() == 3


def test_bringing_by_mistake_is_taken_back_with_the_order():
    day = Day()
    stop = day.stops[0]
    day.whole(stop)
    hand = HandOver.objects.filter(parcel__stop=stop, taker=DOOR).first().ref
    assert day.act(actions.take_back_hand_overs, actions.TakeBack(ref=new_id(), at=minute(99), hand=hand)).accepted
    assert Order.objects.get(pk=day.things(stop)[0].order_id).delivered is None


def test_a_door_without_anybody_is_skipped_and_its_order_waits_again():
    day = Day()
    one, two = day.stops[:2]
    day.fetch(two)
    skip = lambda stop: actions.Skip(ref=new_id(), at=minute(30), stop=stop.pk, reason="not_home")  # noqa: E731
    assert day.act(actions.skip_stops, skip(one)).accepted
    assert why(day.act(actions.skip_stops, skip(one))) == "skipped_before"
    assert why(day.act(actions.skip_stops, skip(two))) == "on_the_way"
    assert Order.objects.get(pk=day.things(one)[0].order_id).batch is None


def test_goods_from_the_shop_come_to_the_door():
    day = Day(kind=RunKind.DELIVER)
    stop = day.stops[0]
    things = day.things(stop)
    assert day.hand(things, "depot", key(day.dolma)).accepted and day.bring(stop).accepted
    assert Order.objects.get(pk=things[0].order_id).delivered
    other = day.stops[1]
    day.hand(day.things(other), "depot", key(day.dolma))
    day.act(actions.skip_stops, actions.Skip(ref=new_id(), at=minute(30), stop=other.pk, reason="not_home"))
    assert "still_held" in {f.reason for f in queries.faults(EVERYTHING, day.run)}
    assert day.hand(day.things(other), key(day.dolma), "depot").accepted
    assert "still_held" not in {f.reason for f in queries.faults(EVERYTHING, day.run)}


def test_the_desk_sees_errands_the_team_what_it_carries_and_nobody_else_anything():
    day = Day()
    assert queries.runs(day.scope, day.community).count() == 1
    assert queries.runs(scope(A, "medicine"), day.community).count() == 0
    with pytest.raises(NotFound):
        queries.run(scope(B, "office"), day.community, day.run.pk)
    with pytest.raises(NotFound):
        queries.runs(scope(A, "sampler"), day.community)
    with pytest.raises(NotFound):
        queries.of_team(scope(A, "office"), day.run)
    assert queries.of_team(day.scope, day.run) == day.run
