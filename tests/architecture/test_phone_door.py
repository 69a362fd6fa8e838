"""Every command a phone may send, through the real door: foreign things refused, repeats and shuffles without
effect, and what is pulled after each act is what a fresh phone would pull.

A command that is not taught here fails the first test.
"""

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from zhegu.accounts.models import Role
from zhegu.arrivals.models import Arrival
from zhegu.care.models import Contact
from zhegu.care.tests.make import begin
from zhegu.checkpoints.models import Crossing, Finding
from zhegu.checkpoints.tests.make import Roads, route_in
from zhegu.deliveries.models import CashCount, DoorPhoto, HandOver, Parcel, RunStop
from zhegu.deliveries.rules.problem import RunKind
from zhegu.deliveries.tests.make import on_the_way
from zhegu.handouts.models import Given, Share
from zhegu.handouts.tests.make import handout_in
from zhegu.journal.models import Entry
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.tests.make import a_picture
from zhegu.monitoring.models import Check, Measure
from zhegu.monitoring.tests.make import decidable, watched
from zhegu.orders.actions import NewLine, NewMedicine, NewOrder, place_orders
from zhegu.orders.models import Asked, BoxPhoto, Order, OrderKind
from zhegu.outbreaks.models import DirectiveFor
from zhegu.outbreaks.tests.make import directive_for
from zhegu.rosters.models import HandedOver, Shift
from zhegu.rosters.tests.make import plan_for, post_in
from zhegu.sampling.models import Line, Report, Sample, Tube
from zhegu.sampling.tests.make import Day, at, staff
from zhegu.sync import offers
from zhegu.sync.tests import make
from zhegu.sync.tests.make import Phone
from zhegu.visits.models import Door, Said
from zhegu.visits.tests.make import open_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at(200), tick=False):
        yield


class Table:
    """A community in its round, and a phone on which a sampler of grid 1 signed on."""

    def __init__(self, code: str):
        self.day = Day(code, each=4).open().print_cards(each=6)
        self.phone = make.phone(self.day.community, at(200))
        who = staff(f"door-{code}", Role.SAMPLER, self.day.grid(1))
        self.who = make.signed_on(self.phone, self.day.community, who, at(200))

        keeper = staff(f"gate-{code}", Role.GATE_KEEPER, self.day.community)
        self.doers = {"checkpoints": make.signed_on(self.phone, self.day.community, keeper, at(200))}
        carer = staff(f"care-{code}", Role.CARER, self.day.community)
        self.doers["care"] = make.signed_on(self.phone, self.day.community, carer, at(200))
        walker = staff(f"walk-{code}", Role.GRID_WORKER, self.day.community)
        self.doers["visits"] = make.signed_on(self.phone, self.day.community, walker, at(200))
        self.doers["handouts"] = self.doers["orders"] = self.doers["visits"]
        self.campaign = open_in(self.day.community)
        self.handout = handout_in(self.day.community, card_round=self.day.round.no)
        self.care = begin(self.day.people[0])
        worker = staff(f"asks-{code}", Role.GRID_WORKER, self.day.grid(1))
        self.doers["monitoring"] = make.signed_on(self.phone, self.day.community, worker, at(200))
        watched(self.day.outbreak, self.day.people, at(0))
        decidable(self.day.outbreak, self.day.people[:1], at(0))
        self.couriers = [staff(f"courier-{n}-{code}", Role.COURIER, self.day.community) for n in (1, 2)]
        driver, self.mate = (make.signed_on(self.phone, self.day.community, one, at(200)) for one in self.couriers)
        self.doers["deliveries"] = driver
        patrol = make.signed_on(self.phone, self.day.community, staff(f"patrol-{code}", Role.PATROL, self.day.community), at(200))
        self.doers |= {"checkpoints.record_finding": patrol, "checkpoints.undo_finding": patrol}
        planner = staff(f"duty-{code}", Role.OFFICE, self.day.community)
        decider = make.signed_on(self.phone, self.day.community, staff(f"decides-{code}", Role.OFFICE, self.day.community), at(200))
        self.doers |= {f"monitoring.{kind}": decider for kind in ("review_measure", "begin_stage", "release_measure")}
        buyer = staff(f"medicine-{code}", Role.MEDICINE, self.day.community)
        self.doers["orders.keep_box_photo"] = make.signed_on(self.phone, self.day.community, buyer, at(200))
        self.doers["rosters"] = self.doers["outbreaks"] = make.signed_on(self.phone, self.day.community, planner, at(200))
        self.directive = directive_for(self.day.outbreak, planner)

    def doer(self, kind: str) -> Any:
        """Who on this phone does such things."""
        app = kind.split(".")[0]
        return self.doers.get(kind) or self.doers.get({"arrivals": "checkpoints"}.get(app, app), self.who)

    def item(self, kind: str, body: dict, minute: int = 5) -> dict:
        return self.phone.item(self.doer(kind), kind, body, at(minute))


def swab(day: Day, person: Any, number: int = 1) -> dict:
    card = day.card(person, number)
    return {
        "round": str(day.round.pk), "person": str(person.pk), "position": 1, "at_home": False,
        "tube": {"id": str(new_id()), "label": f"D-{number}", "ratio": 10},
        "card": {"serial": card.serial, "kid": card.kid},
    }  # fmt: skip


def _arriving(table: Table) -> dict[str, list[dict]]:
    """Somebody who came with a companion, and one who is taken back."""
    body = {
        "who": {"name": "who came", "phone": "139 1234 5678"}, "companions": [{"name": "with them", "sex": "f"}],
        "came_from": "那曲", "arrived": at(4).isoformat(), "grid": 1, "left": at(0).date().isoformat(),
    }  # fmt: skip
    made = table.item("arrivals.register_arrival", body)
    return {
        "arrivals.register_arrival": [table.item("arrivals.register_arrival", body)],
        "arrivals.undo_arrival": [made, table.item("arrivals.undo_arrival", {"arrival": made["ref"]}, 6)],
    }


def acts(table: Table) -> dict[str, list[dict]]:
    """Of every kind one body about people of grid 1; a swab comes with what takes it back."""
    day, people = table.day, table.day.people
    who = [{"round": str(day.round.pk), "person": str(one.pk)} for one in people]
    taken = table.item("sampling.take_samples", swab(day, people[0]))
    new = {"id": str(new_id()), "name": "somebody new", "birth_year": 1990, "sex": "f", "grid": 1, "phone": ""}
    said = {
        "sampling.undo_sample": {"sample": taken["ref"]},
        "sampling.note_missing": {**who[1], "reason": "will_come", "called": True, "comes_at": at(100).isoformat()},
        "sampling.excuse": {**who[2], "reason": "ill"},
        "sampling.mark_gone": {**who[3], "how": "not_found"},
        "sampling.add_to_roster": {"round": str(day.round.pk), "reason": "not_registered", "new": new},
        "sampling.close_table": {"round": str(day.round.pk)},
    }  # fmt: skip
    minute = {"sampling.undo_sample": 6, "sampling.close_table": 9}
    items = {kind: [table.item(kind, body, minute.get(kind, 7))] for kind, body in said.items()}
    items |= _arriving(table)
    items["sampling.undo_sample"].insert(0, taken)
    return {"sampling.take_samples": [table.item("sampling.take_samples", swab(day, people[0], 2))], **items, **_at_a_gate(table), **_on_duty(table), **_in_care(table), **_at_a_check(table), **_at_doors(table), **_on_a_run(table), **_missing_on_a_run(table), **_handed_out(table), **_asked_at_home(table), **_asked_from_above(table)}


def _at_a_check(table: Table) -> dict[str, list[dict]]:
    """Somebody is asked how they are, and one answer is taken back; a measure goes on, or is over."""
    body = {"person": str(table.day.people[0].pk), "slot": "morning", "how": "phone", "temperature": 381, "symptoms": ["fever"]}
    made = table.item("monitoring.record_checks", body)
    measures = Measure.objects.filter(person=table.day.people[0])
    looked, over, on = ({"measure": str(measures.get(code=code).pk)} for code in ("close_contact", "over", "goes_on"))
    return {
        "monitoring.review_measure": [table.item("monitoring.review_measure", {**looked, "words": "x"})],
        "monitoring.release_measure": [table.item("monitoring.release_measure", over)],
        "monitoring.begin_stage": [table.item("monitoring.begin_stage", {**on, "stage": 1})],
        "monitoring.record_checks": [table.item("monitoring.record_checks", body)],
        "monitoring.undo_check": [made, table.item("monitoring.undo_check", {"check": made["ref"]}, 6)],
    }


def _asked_from_above(table: Table) -> dict[str, list[dict]]:
    """A directive is done."""
    body = {"directive": table.directive, "how": "done", "said": "x"}
    return {"outbreaks.mark_directive": [table.item("outbreaks.mark_directive", body)]}


def _at_a_gate(table: Table) -> dict[str, list[dict]]:
    """A crossing, and one that is taken back."""
    gate = Roads.gate_in(table.day.community)
    body = {
        "gate": str(gate.pk), "direction": "in", "outcome": "pass", "why": "all_ok", "plate": "藏C12345",
        "checks": {"health_code": "ok"}, "temperature": 366, "offline": True,
    }  # fmt: skip
    made = table.item("checkpoints.record_crossing", body)
    finding = {"route": str(route_in(table.day.community).pk), "point": 1, "found": "gathering", "people": 4, "did": "sent_home"}
    seen = table.item("checkpoints.record_finding", finding)
    return {
        "checkpoints.record_crossing": [table.item("checkpoints.record_crossing", body)],
        "checkpoints.undo_crossing": [made, table.item("checkpoints.undo_crossing", {"crossing": made["ref"]}, 6)],
        "checkpoints.record_finding": [table.item("checkpoints.record_finding", finding)],
        "checkpoints.undo_finding": [seen, table.item("checkpoints.undo_finding", {"finding": seen["ref"]}, 6)],
    }


def _in_care(table: Table) -> dict[str, list[dict]]:
    """Somebody asks after somebody, and it was a mistake."""
    body = {"care": str(table.care.pk), "how": "phone", "need": "大米", "medicine_until": "2022-09-20"}
    made = table.item("care.note_contact", body)
    return {
        "care.note_contact": [table.item("care.note_contact", body)],
        "care.undo_contact": [made, table.item("care.undo_contact", {"contact": made["ref"]}, 6)],
    }  # fmt: skip


def _at_doors(table: Table) -> dict[str, list[dict]]:
    """A visit and every word, each at the door of grid 1."""
    door = str(Door.objects.get(campaign=table.campaign, grid__no=1).pk)
    visit = {"door": door, "answers": {"q1": True, "q2": 2, "q3": "电"}, "masks": 3, "advised": True, "care": ["pregnant"]}
    made, excused = table.item("visits.visit", visit), table.item("visits.excuse", {"door": door, "code": "ill"})
    new = {"campaign": str(table.campaign.pk), "name": "夏季牧场", "grid": 1, "where": "北沟", "people": 4}
    return {
        "visits.visit": [table.item("visits.visit", visit)],
        "visits.excuse": [table.item("visits.excuse", {"door": door, "code": "ill"})],
        "visits.mark_gone": [table.item("visits.mark_gone", {"door": door, "code": "moved"})],
        "visits.note_missing": [table.item("visits.note_missing", {"door": door, "code": "refused"})],
        "visits.put_back": [excused, table.item("visits.put_back", {"door": door, "follows": excused["ref"]}, 6)],
        "visits.undo": [made, table.item("visits.undo", {"said": made["ref"]}, 6)],
        "visits.add_door": [table.item("visits.add_door", new)],
    }  # fmt: skip


def _on_a_run(table: Table) -> dict[str, list[dict]]:
    """At a door: its things fetched, taken back, handed to a mate, filled, counted; at the next, nobody home."""
    run = on_the_way(table.day.community, table.day.office, table.day.grid(1), *table.couriers)
    one, two = run.stops.all()
    gas, bag = one.parcels.all()
    driver, mate = (who.actor.key for who in table.couriers)
    to = {"run": str(run.pk)}
    fetch = {
        **to, "parcels": [str(gas.pk), str(bag.pk)], "giver": "door", "taker": driver, "stop": str(one.pk),
        "knocked": at(4).isoformat(), "marks": {str(gas.pk): "QZ-117"},
    }  # fmt: skip
    made = table.item("deliveries.hand_over", fetch)
    on = table.item("deliveries.hand_over", {**to, "parcels": [str(gas.pk)], "giver": driver, "taker": mate}, 6)
    confirmed = table.phone.item(table.mate, "deliveries.confirm_hand_over", {**to, "hand": on["ref"]}, at(7))
    return {
        "deliveries.hand_over": [table.item("deliveries.hand_over", fetch)],
        "deliveries.confirm_hand_over": [made, on, confirmed],
        "deliveries.take_back": [made, table.item("deliveries.take_back", {**to, "hand": made["ref"]}, 6)],
        "deliveries.take_step": [made, table.item("deliveries.take_step", {**to, "parcels": [str(gas.pk)], "step": "filled"}, 6)],
        "deliveries.count_cash": [made, table.item("deliveries.count_cash", {**to, "stop": str(one.pk), "fen": 11_500}, 6)],
        "deliveries.keep_door_photo": [table.item("deliveries.keep_door_photo", {**to, "stop": str(one.pk), "picture": a_picture()})],
        "deliveries.skip_stop": [table.item("deliveries.skip_stop", {**to, "stop": str(two.pk), "reason": "not_home"})],
    }  # fmt: skip


def _missing_on_a_run(table: Table) -> dict[str, list[dict]]:
    """Something turns out to be missing: the household takes another thing, and then it does not."""
    run = on_the_way(table.day.community, table.day.office, table.day.grid(1), *table.couriers, kind=RunKind.DELIVER)
    one, two = (stop.parcels.get() for stop in run.stops.all())
    other = {"item": "菠菜", "quantity": 3, "unit": "斤", "spec": "", "price": 300}
    body = {"run": str(run.pk), "parcel": str(one.pk), "position": 1, "instead": other, "who": "次仁", "how": "phone"}
    made, stays = (table.item("deliveries.say_missing", {**body, "parcel": str(parcel.pk)}) for parcel in (one, two))
    gone = table.item("deliveries.undo_missing", {"run": str(run.pk), "parcel": str(one.pk), "missing": made["ref"]}, 6)
    return {"deliveries.say_missing": [table.item("deliveries.say_missing", body)], "deliveries.undo_missing": [stays, made, gone]}


def _medicine(table: Table) -> UUID:
    """Somebody needs medicine."""
    item = NewOrder(ref=new_id(), at=at(1), kind=OrderKind.MEDICINE, lines=(NewLine("药品"),), door="1-1", medicine=NewMedicine("药", "5mg"))
    (answer,) = place_orders(by=table.day.office.actor, community=table.day.community, items=[item])
    assert answer.accepted, answer
    return item.ref


def _asked_at_home(table: Table) -> dict[str, list[dict]]:
    """A home needs rice and medicine, and an asking is taken back."""
    lines = [{"item": "大米", "quantity": 2, "unit": "袋", "spec": ""}]
    body = {"home": str(table.day.people[0].household_id), "lines": lines, "medicine": True, "urgent": True, "note": "x"}
    made = table.item("orders.ask_home", body)
    return {
        "orders.keep_box_photo": [table.item("orders.keep_box_photo", {"order": str(_medicine(table)), "picture": a_picture()})],
        "orders.ask_home": [table.item("orders.ask_home", body)],
        "orders.undo_asked": [made, table.item("orders.undo_asked", {"asked": made["ref"]}, 6)],
    }


def _handed_out(table: Table) -> dict[str, list[dict]]:
    """A share is handed out against a card, and one is taken back."""
    share, card = Share.objects.get(handout=table.handout, grid__no=1), table.day.card(table.day.people[0], 6)
    body = {"share": str(share.pk), "how": "door", "confirmed": "called", "card": {"serial": card.serial, "kid": card.kid}}
    made = table.item("handouts.hand_out", body)
    return {
        "handouts.hand_out": [table.item("handouts.hand_out", body)],
        "handouts.undo_given": [made, table.item("handouts.undo_given", {"given": made["ref"]}, 6)],
    }


def _on_duty(table: Table) -> dict[str, list[dict]]:
    """A shift is handed over, taken over, or not handed over yet."""
    post = post_in(table.day.community)
    known = Shift.objects.filter(post=post).order_by("starts")
    shifts = known or [Shift(pk=one) for one in plan_for(post, since=clock.local_day(at(5)) - timedelta(days=1)).facts["shifts"]]
    body = {"shift": str(shifts[0].pk), "notes": "x", "counts": {"people_in": 3}}
    given = [table.item("rosters.hand_over", body, 5) for _ in range(3)]
    return {
        "rosters.hand_over": given[:1],
        "rosters.take_over": [given[1], table.item("rosters.take_over", {"handover": given[1]["ref"]}, 6)],
        "rosters.undo_hand_over": [given[2], table.item("rosters.undo_hand_over", {"handover": given[2]["ref"]}, 6)],
    }


KINDS = sorted(offers.commands())


def standing() -> list:
    """What the acts can change, as values."""
    lines = list(Line.objects.order_by("pk").values_list("pk", "standing", "excuse", "gone", "reason", "called", "version"))
    lines += sorted(Arrival.objects.values_list("pk", "name", "undone"), key=str)
    swabs = sorted(Sample.objects.values_list("pk", "person", "tube", "aside", "undone_at", "card"))
    gates = sorted(Crossing.objects.values_list("pk", "plate", "undone"), key=str)
    asked = sorted(Contact.objects.values_list("pk", "care", "undone"), key=str)
    checks = sorted(Check.objects.values_list("pk", "abnormal", "undone"), key=str)
    measures = sorted(Measure.objects.values_list("pk", "ended", "review_on", "stage_ends"), key=str)
    doors = sorted(Door.objects.values_list("pk", "standing", "excuse", "reason", "visit", "word"), key=str)
    things = sorted(Parcel.objects.values_list("pk", "holder", "filled", "mark", "what"), key=str)
    run = [things, HandOver.objects.filter(confirmed=None).count(), CashCount.objects.count(), RunStop.objects.filter(skipped=None).count(), DoorPhoto.objects.count(), BoxPhoto.objects.count()]
    duty = sorted(HandedOver.objects.values_list("pk", "taken_at", "undone"), key=str)
    patrols = sorted(Finding.objects.values_list("pk", "people", "undone"), key=str)
    asked_of = sorted(DirectiveFor.objects.values_list("pk", "read", "done", "said"), key=str)
    shares = sorted(Given.objects.values_list("pk", "undone"), key=str)
    asked_homes = [sorted(Asked.objects.values_list("pk", "undone"), key=str), sorted(Order.objects.values_list("pk", "cancelled"), key=str)]
    return [measures, asked_of, asked_homes, shares, patrols, duty, run, checks, asked, doors, sorted(Said.objects.values_list("pk", "undone"), key=str), gates, lines, swabs, sorted(Tube.objects.values_list("pk")), sorted(Report.objects.values_list("round", "device"))]


def test_every_command_is_taught_here():
    assert sorted(acts(Table("540526101001"))) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_command_is_carried_out_once_however_often_it_comes(kind: str):
    table = Table("540526101001")
    items = acts(table)[kind]
    before = standing()
    first = table.phone.push(*items)
    assert [answer["status"] for answer in first] == ["accepted"] * len(items)
    after, rows = standing(), Entry.objects.count()
    assert after != before
    assert table.phone.push(*items, *items) == first + first
    assert (standing(), Entry.objects.count()) == (after, rows)


# Commands that name nothing of a community, and so reach nothing of another one.
NAMELESS = {"arrivals.register_arrival"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in NAMELESS])
def test_things_of_another_community_are_out_of_reach(kind: str):
    ours, theirs = Table("540526101001"), Table("540526101002")
    items = acts(theirs)[kind]
    theirs.phone.push(*items[:-1])  # the swab that is to be taken back stands
    foreign = [
        ours.phone.item(ours.doer(kind), kind, json.loads(one["envelope"])["body"], at(7)) for one in items[-1:]
    ]
    before = standing()
    for answer in ours.phone.push(*foreign):
        assert answer["status"] == "refused", answer
        assert not answer["facts"], answer
    assert standing() == before
    assert [one["status"] for one in ours.phone.push(items[-1])] == ["quarantined"]
    assert standing() == before


def a_day(table: Table, chance: random.Random) -> list[dict]:
    """A table's outbox in the order it was made: swabs, some taken back, words about the missing."""
    day, made = table.day, []
    for n, person in enumerate(day.people[:4], 1):
        made.append(table.item("sampling.take_samples", swab(day, person, n), n))
        if chance.random() < 0.4:
            made.append(table.item("sampling.undo_sample", {"sample": made[-1]["ref"]}, n))
            words = {"round": str(day.round.pk), "person": str(person.pk), "reason": "refused"}
            made.append(table.item("sampling.note_missing", words, n))
    return made


@pytest.mark.parametrize("seed", range(8))
def test_an_outbox_delivered_in_any_pieces_gives_the_same_state(seed: int):
    chance = random.Random(seed)
    table = Table("540526101001")
    made = a_day(table, chance)
    answers: dict[str, dict] = {}
    sent = 0
    while sent < len(made):
        again = chance.sample(made[:sent], chance.randint(0, sent))  # answers were lost: they come again, anyhow
        sent = min(len(made), sent + chance.randint(1, 3))
        batch = again + made[max(0, sent - 3) : sent]
        for answer in table.phone.push(*batch):
            assert answers.setdefault(answer["ref"], answer) == answer
    pieces = standing()
    chance.shuffle(made)
    assert {one["ref"]: one for one in table.phone.push(*made)} == answers
    assert standing() == pieces
    assert {one["reason"] for one in answers.values()} == {""}


def taken_in(tables: dict, told: dict) -> dict:
    after = {} if told["full"] else {name: dict(rows) for name, rows in tables.items()}
    for name, changes in told["tables"].items():
        table = after.setdefault(name, {})
        for key in changes["drop"]:
            table.pop(key, None)
        table.update({row["id"]: row for row in changes["put"]})
    return {name: rows for name, rows in after.items() if rows}


def fresh(table: Table) -> dict:
    return taken_in({}, Phone(table.phone.client, table.phone.device, table.phone.token).pull(""))


@pytest.mark.parametrize("kind", KINDS)
def test_after_each_act_the_delta_makes_what_a_fresh_phone_pulls(kind: str):
    table = Table("540526101001")
    told = table.phone.pull()
    known, cursor = taken_in({}, told), told["cursor"]
    assert known["line"]
    for item in acts(table)[kind]:
        table.phone.push(item)
        told = table.phone.pull(cursor)
        known, cursor = taken_in(known, told), told["cursor"]
        assert not told["full"]
    assert known == fresh(table)
