"""Plain builders: a gas day with its team, from the batch to the doors and back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from zhegu.accounts.models import Role, Staff
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.deliveries import actions
from zhegu.deliveries.models import ErrandRun, Parcel, RunStop
from zhegu.deliveries.rules.custody import DOOR, STATION, CashKind, Step, Unfit, Witness
from zhegu.deliveries.rules.problem import RunKind
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.lib.tests.make import a_picture
from zhegu.orders import actions as orders
from zhegu.orders.models import OrderKind
from zhegu.orders.tests.make import Desk
from zhegu.places.models import Place
from zhegu.places.tests.make import A

KINDS = {RunKind.REFILL: OrderKind.GAS, RunKind.DELIVER: OrderKind.GOODS, RunKind.COLLECT: OrderKind.GOODS}


def minute(n: int) -> datetime:
    return MORNING + timedelta(minutes=n)


class Day:
    """A run of `homes` doors: Dolma drives truck 1, Pasang counts at the depot, Ana keeps the office."""

    def __init__(self, code: str = A, homes: int = 4, kind: RunKind = RunKind.REFILL, begun: bool = True, order: dict[str, Any] | None = None):
        self.desk = Desk(code, homes)
        self.community = self.desk.community
        self.ana = staff(f"ana-run-{code}", Role.OFFICE, self.community)
        self.dolma = staff(f"dolma-{code}", Role.COURIER, self.community)
        self.pasang = staff(f"pasang-{code}", Role.COURIER, self.community)
        for n in range(homes):
            self.desk.place(n, **{"kind": KINDS[kind]} | (order or {}))
        self.batch = self.desk.gather((order or {}).get("kind", KINDS[kind]))
        answer = self.draft(kind)
        assert answer.accepted, answer
        self.run = ErrandRun.objects.select_related("community", "batch").get(pk=answer.facts["run"])
        if begun:
            assert self.plan().accepted and self.begin().accepted
        self.scope = scope_of(self.ana)

    def draft(self, kind: RunKind = RunKind.REFILL, **more: Any) -> Any:
        truck = actions.NewTruck("一号车", 3, 600, (self.dolma.pk,))
        said = {"batch": self.batch.pk, "kind": kind, "trucks": (truck,), "counters": (self.pasang.pk,)}
        if kind == RunKind.REFILL:
            said |= {"station": "县气站", "station_metres": 18_000}
        return actions.draft_run(
            by=self.ana.actor, community=self.community, run=actions.NewRun(**said | more), at=MORNING, ref=new_id()
        )

    def plan(self, seconds: float = 0.2, **more: Any) -> Any:
        thought = actions.Thought(seconds, **more)
        return actions.plan_run(by=self.ana.actor, run=self.run, thought=thought, at=MORNING, ref=new_id())

    def begin(self) -> Any:
        return actions.begin_run(by=self.ana.actor, run=self.run, at=MORNING, ref=new_id())

    def close(self) -> Any:
        return actions.close_run(by=self.ana.actor, run=self.run, at=minute(500), ref=new_id())

    @property
    def stops(self) -> list[RunStop]:
        return list(RunStop.objects.filter(run=self.run).order_by("no"))

    def things(self, stop: RunStop) -> list[Parcel]:
        return list(Parcel.objects.filter(stop=stop).order_by("no"))

    def all_things(self) -> list[Parcel]:
        return list(Parcel.objects.filter(run=self.run).order_by("no"))

    # --- what people do

    def act(self, verb: Any, item: Any, by: Staff | None = None) -> Any:
        return verb(by=(by or self.dolma).actor, run=self.run, items=[item])[0]

    def hand(self, things: list[Parcel], giver: str, taker: str, by: Staff | None = None, **more: Any) -> Any:
        said = {"ref": new_id(), "at": minute(10), "parcels": tuple(p.pk for p in things), "giver": giver, "taker": taker}
        at_a_door = DOOR in (giver, taker)
        said |= {"witness": Witness.DOOR if at_a_door else Witness.PAPER}
        if at_a_door:
            said |= {"knocked": minute(9), "stop": things[0].stop_id}
        return self.act(actions.hand_over, actions.Hand(**said | more), by)

    def fetch(self, door: RunStop, **more: Any) -> Any:
        return self.hand(self.things(door), DOOR, self.dolma.actor.key, **more)

    def bring(self, door: RunStop, **more: Any) -> Any:
        return self.hand(self.things(door), self.dolma.actor.key, DOOR, **more)

    def to_station(self, things: list[Parcel]) -> Any:
        return self.hand(things, self.dolma.actor.key, STATION)

    def from_station(self, things: list[Parcel]) -> Any:
        return self.hand(things, STATION, self.dolma.actor.key)

    def step(self, things: list[Parcel], step: Step | None = None, unfit: Unfit | None = None) -> Any:
        item = actions.TakeStep(ref=new_id(), at=minute(60), parcels=tuple(p.pk for p in things), step=step, unfit=unfit)
        return self.act(actions.take_steps, item)

    def count(self, stop: RunStop, fen: int, by: Staff | None = None) -> Any:
        return self.act(actions.count_cash, actions.Count(ref=new_id(), at=minute(20), stop=stop.pk, fen=fen), by)

    def cash(self, stop: RunStop, kind: CashKind, fen: int, note: str = "") -> Any:
        return self.act(actions.move_cash, actions.Cash(ref=new_id(), at=minute(70), stop=stop.pk, kind=kind, fen=fen, note=note))

    def receipt(self, fen: int) -> Any:
        answer = actions.note_receipt(by=self.ana.actor, run=self.run, fen=fen, at=minute(80), ref=new_id())
        self.run.refresh_from_db()
        return answer

    def whole(self, stop: RunStop, fen: int = 12_000) -> None:
        """A door from the knock to the cylinder that is back, with the money for it."""
        gas = [p for p in self.things(stop) if p.thing == "cylinder"]
        told = [self.fetch(stop), self.count(stop, fen), self.count(stop, fen, self.pasang), self.to_station(gas)]
        told += [self.step(gas, Step.FILLED), self.step(gas, Step.DISINFECTED), self.from_station(gas)]
        told += [self.cash(stop, CashKind.SPENT, 12_000), self.bring(stop)]
        assert all(one.accepted for one in told), told


def key(who: Staff) -> str:
    return Actor("staff", str(who.pk)).key


def thing(pk: UUID) -> Parcel:
    return Parcel.objects.get(pk=pk)


def on_the_way(community: Place, office: Staff, grid: Place, *couriers: Staff, kind: RunKind = RunKind.REFILL) -> ErrandRun:
    """A run of two doors in a community that is there already, begun, with nothing moved yet."""
    who = {"by": office.actor, "community": community}
    line = orders.NewLine("液化气", 1, "罐", "15kg", 12_000)
    new = {"at": MORNING, "lines": (line,), "kind": KINDS[kind], "grid": grid.code, "phone": "13900000007"}
    orders.place_orders(**who, items=[orders.NewOrder(ref=new_id(), door=f"7-{n}", **new) for n in (1, 2)])
    gathered = orders.NewBatch("换气", KINDS[kind], MORNING)
    batch = orders.gather_batch(**who, batch=gathered, at=MORNING, ref=new_id()).facts["batch"]
    truck = actions.NewTruck("一号车", team=tuple(one.pk for one in couriers))
    wanted = actions.NewRun(UUID(batch), kind, (truck,), station="县气站", station_metres=18_000)
    made = actions.draft_run(**who, run=wanted, at=MORNING, ref=new_id())
    run = ErrandRun.objects.select_related("community", "batch").get(pk=made.facts["run"])
    act = {"by": office.actor, "run": run, "at": MORNING}
    actions.plan_run(**act, thought=actions.Thought(0.05), ref=new_id())
    actions.begin_run(**act, ref=new_id())
    return run


def fetched(run: ErrandRun, who: Staff) -> tuple[RunStop, UUID]:
    """Everything of the first door is with this person: the door, and the ref of the hand-over."""
    stop = run.stops.first()
    things = tuple(stop.parcels.values_list("pk", flat=True))
    hand = actions.Hand(
        ref=new_id(), at=MORNING, parcels=things, giver=DOOR, taker=who.actor.key, witness=Witness.DOOR, stop=stop.pk, knocked=MORNING
    )
    (answer,) = actions.hand_over(by=who.actor, run=run, items=[hand])
    assert answer.accepted, answer
    return stop, hand.ref


def world_of(community: Place, office: Staff, grid: Place) -> dict[str, object]:
    """Ids of a run, a door, a hand-over and an entry of cash, for walks through every address."""
    run = on_the_way(community, office, grid)
    stop, hand = fetched(run, office)
    entry = actions.Cash(ref=new_id(), at=MORNING, stop=stop.pk, kind=CashKind.TOP_UP, fen=500)
    actions.move_cash(by=office.actor, run=run, items=[entry])
    photo = actions.KeepDoorPhoto(ref=new_id(), at=MORNING, stop=stop.pk, picture=a_picture())
    actions.keep_door_photos(by=office.actor, run=run, items=[photo])
    return {"door_photo_id": photo.ref, "missing_id": new_id(), "run_id": run.pk, "stop_id": stop.pk, "hand_id": hand, "entry_id": entry.ref, "truck": 1, "batch_id": run.batch_id}


def with_the_other_side(run: ErrandRun, giver: Staff, taker: Staff) -> UUID:
    """One cylinder of the first door goes from one courier to another, who has not confirmed it yet."""
    stop, _ = fetched(run, giver)
    gas = stop.parcels.get(thing="cylinder")
    hand = actions.Hand(ref=new_id(), at=MORNING, parcels=(gas.pk,), giver=giver.actor.key, taker=taker.actor.key, witness=Witness.BOTH)
    (answer,) = actions.hand_over(by=giver.actor, run=run, items=[hand])
    assert answer.accepted, answer
    return hand.ref


def with_something_missing(run: ErrandRun, who: Staff) -> tuple[UUID, UUID]:
    """Of the first door's parcel nothing can be filled, as this person said: the parcel, and the ref of what was said."""
    parcel = run.stops.first().parcels.get()
    item = actions.Missing(ref=new_id(), at=MORNING, parcel=parcel.pk, position=1)
    (answer,) = actions.say_missing(by=who.actor, run=run, items=[item])
    assert answer.accepted, answer
    return parcel.pk, item.ref
