"""The gas day: 192 lines of a chat sign-up, 190 doors, three trucks, one phone without a network, one leaking
cylinder, one bag five yuan short; in the evening every cylinder is at its own door and every fen is explained.

Phones speak through the real door, the office through its pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role, Staff
from zhegu.accounts.tests.make import staff
from zhegu.deliveries import queries
from zhegu.deliveries.models import ErrandRun, Parcel, RunVisit
from zhegu.deliveries.rules.custody import DOOR, STATION
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.lib.texts import text
from zhegu.orders import actions as orders
from zhegu.orders.homes import match_entries
from zhegu.orders.models import Batch, Order, OrderKind
from zhegu.orders.outside.files import read_bytes
from zhegu.orders.tests.make import scope
from zhegu.places.models import Place
from zhegu.places.tests.make import A, community, grid
from zhegu.registers.models import Household
from zhegu.registers.tests.make import household
from zhegu.sync.tests import make
from zhegu.sync.tests.make import Phone

EVERYTHING = Scope.everything("the story looks at everything")
EVENING = MORNING + timedelta(hours=12)
GRIDS, HOMES, PRICE = 10, 191, 12_000
OFFLINE, LEAKING, SHORT = 2, 30, 60
"""The truck whose phone has no network; the door whose cylinder leaks; the door whose bag is short."""


@pytest.fixture(autouse=True)
def one_day() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


def homes_of(place: Place) -> list[Household]:
    grids = [grid(place, no) for no in range(1, GRIDS + 1)]
    return [household(place, grids[n % GRIDS], door=f"{n % GRIDS + 1}-{n // GRIDS + 1}", order=n // GRIDS) for n in range(HOMES)]


def chat(homes: list[Household]) -> str:
    """190 sign up, one forgets how many, one takes it back, one comes late: 192 lines."""
    said = [f"{n}. {home.grid.no}网格 {home.door} 液化气15kg 1罐" for n, home in enumerate(homes[:190], 1)]
    said[189] = f"190. {homes[189].grid.no}网格 {homes[189].door} 液化气15kg"
    late = homes[190]
    return "\n".join(["#接龙", "换气报名", "", *said, f"191. {homes[16].grid.no}网格 {homes[16].door} 取消", f"192. {late.grid.no}网格 {late.door} 液化气15kg 1罐"])


def placed(place: Place, words: str) -> None:
    """Read, matched, what is unclear settled by a person, and placed."""
    found = read_bytes(words.encode(), "接龙.txt")
    match_entries(place, found.entries)
    assert len(found.entries) == 192
    unclear = [e for e in found.entries if e.needs_check and not e.cancelled]
    assert [e.no for e in unclear] == [190]
    unclear[0].lines[0].quantity = 1
    taken_back = {e.household for e in found.entries if e.cancelled}
    wanted = [e for e in found.entries if e.household not in taken_back]
    items = [
        orders.NewOrder(
            ref=new_id(), at=MORNING, kind=OrderKind.GAS, household=UUID(e.household),
            lines=tuple(orders.NewLine(x.item, int(x.quantity), x.unit or "", x.spec, PRICE) for x in e.lines),
        )
        for e in wanted
    ]  # fmt: skip
    told = orders.place_orders(by=scope(A, "order_desk").actor, community=place, items=items)
    assert [one.status for one in told] == ["accepted"] * 190


@dataclass
class Courier:
    """Somebody with a phone; what it cannot send waits in its outbox."""

    who: Staff
    phone: Phone
    key: str
    truck: int
    run: str = ""
    minute: int = 0
    outbox: list[dict] = field(default_factory=list)

    @property
    def holder(self) -> str:
        return self.who.actor.key

    def says(self, kind: str, body: dict) -> None:
        self.minute += 1
        at = MORNING + timedelta(minutes=self.minute)
        self.outbox.append(self.phone.item(self.key, f"deliveries.{kind}", {"run": self.run, **body}, at))

    def send(self) -> None:
        """Everything that waits, some at a time; all of it is taken."""
        while self.outbox:
            some, self.outbox = self.outbox[:60], self.outbox[60:]
            for answer in self.phone.push(*some):
                assert answer["status"] == "accepted", answer

    def hand(self, things: list[Parcel], giver: str, taker: str, stop: object = None, at: datetime | None = None) -> None:
        knocked = {"stop": str(stop), "knocked": (at or MORNING).isoformat()} if stop else {}
        marks = {str(p.pk): f"QZ-{p.no:03}" for p in things if p.thing == "cylinder"} if giver == DOOR else {}
        self.says("hand_over", {"parcels": [str(p.pk) for p in things], "giver": giver, "taker": taker, "marks": marks, **knocked})


def courier(place: Place, name: str, truck: int) -> Courier:
    phone = make.phone(place, EVENING, name)
    who = staff(name, Role.COURIER, place)
    return Courier(who, phone, make.signed_on(phone, place, who, EVENING), truck)


def carried(one: Courier, run: ErrandRun, until: int | None = None, since: int = 0) -> None:
    """The truck's way step by step, as its phone shows it, with what is said at each."""
    things = {p.no: p for p in Parcel.objects.filter(run=run)}
    bags = {p.stop_id: p for p in things.values() if p.thing == "bag"}
    for visit in RunVisit.objects.filter(run=run, truck=one.truck, position__gt=since).order_by("position")[:until]:
        given, taken = [things[n] for n in visit.hand_back], [things[n] for n in visit.collect]
        if visit.place == "stop":
            at_a_door(one, visit, given, taken, bags)
        elif visit.place == "station":
            at_the_station(one, given, taken)


def at_a_door(one: Courier, visit: RunVisit, given: list[Parcel], taken: list[Parcel], bags: dict) -> None:
    if given:
        one.hand([*given, bags[visit.stop_id]], one.holder, DOOR, visit.stop_id)
    if taken:
        one.hand([*taken, bags[visit.stop_id]], DOOR, one.holder, visit.stop_id)
        one.says("count_cash", {"stop": str(visit.stop_id), "fen": PRICE - 500 if visit.stop.no == SHORT else PRICE})


def at_the_station(one: Courier, given: list[Parcel], taken: list[Parcel]) -> None:
    if given:
        one.hand(given, one.holder, STATION)
        good = [str(p.pk) for p in given if p.stop.no != LEAKING]
        for bad in (p for p in given if p.stop.no == LEAKING):
            one.says("take_step", {"parcels": [str(bad.pk)], "unfit": "leaking"})
        one.says("take_step", {"parcels": good, "step": "filled"})
        one.says("take_step", {"parcels": [str(p.pk) for p in given], "step": "disinfected"})
    if taken:
        one.hand(taken, STATION, one.holder)


def drafted(office: Client, batch: Batch, team: list[Courier]) -> ErrandRun:
    said = {"batch": batch.pk, "kind": "collect-process-return", "station": "县气站", "station_km": "18", "counters": [team[3].who.pk]}
    for one in team[:3]:
        said |= {f"truck-{one.truck}": f"{one.truck}号车", f"capacity-{one.truck}": "30", f"hours-{one.truck}": "12", f"team-{one.truck}": one.who.pk}
    assert office.post(reverse("deliveries:new_run"), said).status_code == 302
    run = ErrandRun.objects.get()
    office.post(reverse("deliveries:plan", args=[run.pk]))
    run.refresh_from_db()
    shown = office.get(reverse("deliveries:run", args=[run.pk])).content.decode()
    assert f"{run.plan['km']:.1f}" in shown and shown.count("<circle") == 190
    assert run.plan["trips"] >= 7 and run.plan["unplanned"] == []
    office.post(reverse("deliveries:begin", args=[run.pk]))
    return run


@pytest.mark.django_db
def test_a_gas_day_from_the_chat_to_the_doors_and_back(monkeypatch):
    monkeypatch.setattr("zhegu.deliveries.views.runs.SECONDS", 3)
    place = community(grids=GRIDS)
    placed(place, chat(homes_of(place)))
    orders.gather_batch(
        by=scope(A, "office").actor, community=place, batch=orders.NewBatch("8月31日换气", OrderKind.GAS, MORNING), at=MORNING, ref=new_id()
    )
    ana = staff("ana-gas", Role.OFFICE, place)
    office = Client()
    office.force_login(ana)
    team = [*(courier(place, f"driver-{n}", n) for n in (1, 2, 3)), courier(place, "counter", 0)]
    run = drafted(office, Batch.objects.get(), team)
    for one in team:
        one.run = str(run.pk)
    on_the_road(team, run)
    the_counter_counts(team[3], run)
    the_evening(office, run)


def on_the_road(team: list[Courier], run: ErrandRun) -> None:
    for one in team[:3]:
        carried(one, run)
        if one.truck != OFFLINE:
            one.send()
    waiting = team[OFFLINE - 1]
    behind = Parcel.objects.filter(run=run, returned=None).count()
    assert behind and waiting.outbox  # the office does not know yet what the second truck did
    waiting.send()
    assert not Parcel.objects.filter(run=run, returned=None).exists()
    assert queries.recount(EVERYTHING, run) == []


def the_counter_counts(counter: Courier, run: ErrandRun) -> None:
    for stop in run.stops.all():
        counter.says("count_cash", {"stop": str(stop.pk), "fen": PRICE - 500 if stop.no == SHORT else PRICE})
    counter.send()


def the_evening(office: Client, run: ErrandRun) -> None:
    def post(name: str, *more: object, **said: str) -> None:
        assert office.post(reverse(f"deliveries:{name}", args=[run.pk, *more]), said).status_code == 302

    post("settle")
    post("receipt", yuan=f"{189 * PRICE // 100}")
    post("close")
    short = run.stops.get(no=SHORT)
    shown = office.get(reverse("deliveries:run", args=[run.pk])).content.decode()
    assert text("deliveries.fault_cash_differs") in shown and reverse("deliveries:door_cash", args=[run.pk, short.pk]) in shown
    post("door_cash", short.pk, kind="lent", yuan="5", note="袋里少五元，社区垫付")
    post("settle")
    post("close")
    run.refresh_from_db()
    assert run.closed and queries.faults(EVERYTHING, run) == []
    gas = list(Parcel.objects.filter(run=run, thing="cylinder"))
    assert len({p.mark for p in gas}) == 190 and {p.holder for p in gas} == {DOOR}
    assert [p.stop.no for p in gas if p.unfit] == [LEAKING]
    assert Order.objects.exclude(delivered=None).count() == 189
    (back,) = Order.objects.filter(delivered=None, batch=None)
    assert back.backs.get().reason == "cannot_be_filled"
    assert queries.cash_total(EVERYTHING, run) == (190 * PRICE, 190 * PRICE)
