"""The office plans before it promises, enters what was written on paper, and sees where it differs."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.deliveries import actions
from zhegu.deliveries.models import CashEntry, ErrandRun, Parcel
from zhegu.deliveries.rules.custody import DOOR
from zhegu.deliveries.rules.problem import RunKind
from zhegu.deliveries.tests.make import Day, key, minute
from zhegu.lib.ids import new_id
from zhegu.lib.texts import text
from zhegu.orders import actions as orders
from zhegu.orders.rules.states import Consent

pytestmark = pytest.mark.django_db


def client(who) -> Client:
    made = Client()
    made.force_login(who)
    return made


def at(name: str, run: ErrandRun, *more) -> str:
    return reverse(f"deliveries:{name}", args=[run.pk, *more])


def test_a_batch_becomes_a_run_that_is_planned_and_begun(monkeypatch):
    monkeypatch.setattr("zhegu.deliveries.views.runs.SECONDS", 0.2)
    day = Day(begun=False)
    office = client(day.ana)
    office.post(at("drop", day.run))
    page = office.get(reverse("deliveries:new_run") + f"?batch={day.batch.pk}")
    assert day.batch.name in page.content.decode()
    said = {
        "batch": day.batch.pk, "kind": "collect-process-return", "station": "县气站", "station_km": "18", "truck-1": "一号车",
        "capacity-1": "3", "hours-1": "10", "team-1": day.dolma.pk, "counters": [day.pasang.pk], "ref": new_id(),
    }  # fmt: skip
    made = office.post(reverse("deliveries:new_run"), said)
    run = ErrandRun.objects.get()
    assert made.url == at("run", run) and run.station_metres == 18_000
    office.post(at("plan", run))
    told = office.get(at("run", run)).content.decode()
    run.refresh_from_db()
    assert f"{run.plan['km']:.1f}" in told and "<svg" in told and told.count("<circle") == 4
    assert office.get(at("route", run, 1))["Content-Type"] == "application/pdf"
    office.post(at("begin", run))
    run.refresh_from_db()
    assert run.begun and "一号车" in office.get(at("run", run)).content.decode()


def test_a_number_that_cannot_be_is_refused_in_words():
    day = Day(begun=False)
    answer = client(day.ana).post(reverse("deliveries:new_run"), {"kind": "deliver", "truck-1": "x", "capacity-1": "many"})
    assert text("deliveries.not_a_number") in answer.content.decode()


def test_what_was_written_on_paper_is_entered_and_money_settled():
    day = Day(homes=1)
    stop, office = day.stops[0], client(day.ana)
    gas, bag = day.things(stop)
    office.post(at("door", day.run, stop.pk), {"thing": [gas.pk, bag.pk], "giver": DOOR, "taker": key(day.dolma), f"mark-{gas.no}": "QZ-1"})
    gas.refresh_from_db()
    assert (gas.holder, gas.mark) == (key(day.dolma), "QZ-1")
    for act in ("filled", "disinfected"):
        office.post(at("things", day.run), {"thing": [gas.pk], "act": act})
    day.count(stop, 12_500), day.count(stop, 12_500, day.pasang)
    office.post(at("settle", day.run))
    assert {(e.kind, e.fen) for e in CashEntry.objects.all()} == {("spent", 12_000), ("change", 500)}
    office.post(at("close", day.run))
    assert "120.00" in office.get(at("run", day.run)).content.decode()
    office.post(at("receipt", day.run), {"yuan": "120"})
    office.post(at("door", day.run, stop.pk), {"thing": [gas.pk, bag.pk], "giver": key(day.dolma), "taker": DOOR})
    office.post(at("close", day.run))
    assert ErrandRun.objects.get().closed
    shown = office.get(at("door", day.run, stop.pk)).content.decode()
    assert shown.count("<ol") == 2 and "QZ-1" in shown


def test_a_bag_is_counted_on_the_page_and_a_wrong_entry_undone():
    day = Day(homes=1)
    stop, office = day.stops[0], client(day.ana)
    day.fetch(stop), day.count(stop, 11_500)
    page = at("door_cash", day.run, stop.pk)
    assert office.post(page, {"yuan": "115.00"}).status_code == 302
    office.post(page, {"yuan": "5", "kind": "lent", "note": "少五元"})
    entry = CashEntry.objects.get()
    assert "少五元" in office.get(page).content.decode()
    office.post(at("undo_cash", day.run, entry.pk))
    assert "少五元" not in office.get(page).content.decode()
    assert Look.objects.filter(screen="deliveries.door_cash").count() == 2


def test_cash_is_seen_by_the_team_only_and_each_look_is_written_down():
    day = Day()
    outside = staff("another-desk", Role.ORDER_DESK, day.community)
    assert client(outside).get(at("run", day.run)).status_code == 200
    for name in ("cash", "settle"):
        verb = client(outside).get if name == "cash" else client(outside).post
        assert verb(at(name, day.run)).status_code == 404
    assert client(day.dolma).get(at("cash", day.run)).status_code == 200
    assert Look.objects.get().screen == "deliveries.cash"


def test_a_hand_over_between_two_is_confirmed_or_taken_back_on_the_page():
    day = Day()
    stop = day.stops[0]
    day.fetch(stop)
    told = day.hand(day.things(stop), key(day.dolma), key(day.pasang), witness="both")
    pasang = client(day.pasang)
    assert at("confirm", day.run, told.ref) in pasang.get(at("things", day.run)).content.decode()
    pasang.post(at("confirm", day.run, told.ref))
    assert Parcel.objects.filter(holder=key(day.pasang)).count() == 2
    pasang.post(at("take_back", day.run, told.ref))
    assert Parcel.objects.filter(holder=key(day.dolma)).count() == 2


def test_the_sheet_f15_has_a_row_a_thing_and_money_that_adds_up():
    from zhegu.accounts.queries import scope_of
    from zhegu.deliveries.ledgers import sheet
    from zhegu.deliveries.tests.make import minute
    from zhegu.lib import clock

    day = Day(homes=2)
    day.whole(day.stops[0], 12_500)
    today = clock.local_day(minute(0))
    about = {"as_of": minute(600), "community": day.community, "since": today, "until": today}
    told = sheet(day.scope, **about)
    assert len(told.rows) == 2 and told.totals == {"due": 240.0, "cash_in": 125.0, "lent": 0, "paid": 120.0, "change": 0}
    assert told.rows[0]["hands"] == day.dolma.name and told.rows[0]["phone"] == "13900000001"
    outside = scope_of(staff("another-desk", Role.ORDER_DESK, day.community))
    assert sheet(outside, **about).rows == ()


def test_how_far_grids_are_apart_is_said_and_shown():
    day = Day(begun=False)
    grids = [g.code for g in {s.grid for s in day.stops}]
    page = reverse("deliveries:ways")
    client(day.ana).post(page, {"one": grids[0], "other": grids[1], "metres": "450"})
    assert "450" in client(day.ana).get(page).content.decode()


def test_the_askers_are_told_in_numbers_and_never_who():
    day = Day()
    office, (one, two, *_) = client(day.ana), day.stops
    day.whole(one)
    day.act(actions.skip_stops, actions.Skip(ref=new_id(), at=minute(30), stop=two.pk, reason="not_home"))
    page = office.get(at("run", day.run))
    far = page.context["told"]
    assert (far.done, far.to_come, far.left_out, far.unfit) == (1, 2, {"not_home": 1}, 0)
    assert far.things == [("液化气", "15kg", 4)]
    told = page.context["tell"]
    assert text("deliveries.tell_far", "bo", name=day.run.name, done=1, to_come=2) in told
    for secret in (one.door, two.door, "次仁", "13900000001"):
        assert secret not in told


def test_a_run_sets_out_with_what_was_asked_for_and_no_question_open():
    day = Day(begun=False, kind=RunKind.DELIVER)
    assert day.plan().accepted
    row = day.batch.orders.order_by("no").first()
    who = {"by": day.ana.actor, "community": day.community, "at": minute(1)}
    item = orders.Propose(row.pk, 1, orders.NewLine("菠菜", 3, "斤", price=300), new_id())
    asked = orders.propose_substitutes(**who, items=[item])[0].facts["substitute"]
    assert day.begin().reason == "deliveries.answer_first"
    yes = orders.AnswerTo(row.pk, UUID(asked), True, new_id(), "次仁", Consent.DOOR)
    assert orders.answer_substitutes(**who, items=[yes])[0].accepted
    refused = day.begin()
    assert (refused.reason, refused.facts) == ("deliveries.orders_changed", {"no": row.no}), "its price at the door is another"
    assert orders.undo_substitutes(**who, items=[orders.UndoSubstitute(row.pk, UUID(asked), new_id())])[0].accepted
    no = orders.UndoSubstitute(row.pk, UUID(asked), new_id())
    assert orders.undo_substitutes(**who, items=[no])[0].accepted and day.begin().accepted


@pytest.mark.parametrize("kind", [RunKind.DELIVER, RunKind.REFILL])
@pytest.mark.parametrize("left", ["declined", "cancelled", "put_back"])
def test_a_run_does_not_set_out_with_things_of_an_order_that_left_its_batch(kind: RunKind, left: str):
    day = Day(begun=False, kind=kind)
    assert day.plan().accepted
    row = day.batch.orders.order_by("no").last()
    who = {"by": day.ana.actor, "community": day.community, "at": minute(1)}
    if left == "declined":
        item = orders.Propose(row.pk, 1, orders.NewLine("菠菜", 3, "斤", price=300), new_id())
        asked = orders.propose_substitutes(**who, items=[item])[0].facts["substitute"]
        gone = orders.answer_substitutes(**who, items=[orders.AnswerTo(row.pk, UUID(asked), False, new_id())])[0]
    elif left == "cancelled":
        gone = day.desk.does(orders.cancel_orders, row)
    else:
        gone = day.desk.back(row)
    assert gone.accepted
    refused = day.begin()
    assert (refused.reason, refused.facts) == ("deliveries.orders_changed", {"no": row.no})
