"""Gas day: bottles and bags of cash go from hand to hand; one run is closed with its money explained, one is under way."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from demo.community import CODE
from demo.settle import EVERYTHING, done
from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Staff
from zhegu.deliveries import actions
from zhegu.deliveries import queries as runs
from zhegu.deliveries.models import ErrandRun, Parcel, RunStop, RunVisit
from zhegu.deliveries.rules.custody import DOOR, STATION, CashKind, Step, Thing, Unfit, Witness, settle
from zhegu.deliveries.rules.problem import RunKind
from zhegu.lib.ids import new_id
from zhegu.orders import actions as orders
from zhegu.orders.rules.states import BackReason, OrderKind, Source
from zhegu.places import queries as places
from zhegu.registers import queries as register
from zhegu.registers.models import Household

GAS = orders.NewLine("液化气", 1, "瓶", "15kg", 12_000)
SHORT = 500
"""So many fen lacked in one bag."""
STATION_NAME, METRES = "县液化气站", 18_000
LEAST = actions.Thought(0.02)
"""As short as planning may be: that is enough for some dozens of doors."""
YESTERDAY, TODAY = 3, 7
"""The grids whose gas was brought yesterday, and is on its way today."""


class Desk:
    """Who works at the demo community's orders and runs, as of a moment."""

    def __init__(self, at: datetime):
        self.at, self.place = at, places.community(EVERYTHING, CODE)
        self.office, self.clerk, self.team, *self.drivers = (
            accounts.staff_named(EVERYTHING, name) for name in ("office", "desk", "medicine", "driver1", "driver2", "driver3")
        )
        self.grids = {str(grid.no): grid.code for grid in places.grids(EVERYTHING, self.place)}

    def homes(self, grid: int) -> list[Household]:
        """Who lives there, in the order in which one walks."""
        return list(register.households(EVERYTHING, self.place).filter(grid__no=grid).order_by("order", "no"))

    def place_all(self, by: Staff, items: Sequence[orders.NewOrder]) -> list[UUID]:
        """All of them stand on the list."""
        return [UUID(done(answer)["order"]) for answer in orders.place_orders(by=by.actor, community=self.place, items=items)]

    def truck(self, no: int, driver: Staff) -> actions.NewTruck:
        return actions.NewTruck(f"{no}号车", 24, 600, (driver.pk,))

    def planned(self, name: str, placed: Sequence[UUID], at: datetime, trucks: tuple[actions.NewTruck, ...]) -> ErrandRun:
        """These orders are gathered, and a run of them is planned."""
        who = {"by": self.office.actor, "community": self.place, "at": at, "ref": new_id()}
        batch = done(orders.gather_batch(**who, batch=orders.NewBatch(name, OrderKind.GAS, at, tuple(placed))))["batch"]
        new = actions.NewRun(
            UUID(batch), RunKind.REFILL, trucks, station=STATION_NAME, station_metres=METRES, depot="居委会大院", counters=(self.clerk.pk,),
        )  # fmt: skip
        made = done(actions.draft_run(**who | {"ref": new_id()}, run=new))["run"]
        run = runs.run(EVERYTHING, self.place, made)
        done(actions.plan_run(by=self.office.actor, run=run, thought=LEAST, at=at, ref=new_id()))
        return run

    def begun(self, name: str, grid: int, doors: int, at: datetime, driver: Staff) -> ErrandRun:
        """So many homes of a grid called for gas; one truck set out."""
        items = [
            orders.NewOrder(
                ref=new_id(), at=at - timedelta(hours=1), lines=(GAS,), kind=OrderKind.GAS, source=Source.CALL, household=home.pk, asker=home.head_name,
            )
            for home in self.homes(grid)[:doors]
        ]  # fmt: skip
        run = self.planned(name, self.place_all(self.clerk, items), at, (self.truck(1, driver),))
        done(actions.begin_run(by=self.office.actor, run=run, at=at, ref=new_id()))
        return runs.run(EVERYTHING, self.place, run.pk)


class Truck:
    """A driver on the way: what is said at the doors and the station, a minute each."""

    def __init__(self, run: ErrandRun, driver: Staff, at: datetime):
        self.run, self.driver, self.at = run, driver, at

    def _minute(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def way(self) -> list[RunStop]:
        """The doors in the order of its way."""
        found = RunVisit.objects.filter(run=self.run, truck=1, stop__isnull=False).exclude(collect=[]).order_by("position")
        return [visit.stop for visit in found.select_related("stop")]

    def things(self, *stops: RunStop, only: Thing | None = None) -> list[Parcel]:
        rows = Parcel.objects.filter(run=self.run, stop__in=stops).order_by("no")
        return list(rows.filter(thing=only) if only else rows)

    def fetch(self, stops: Sequence[RunStop]) -> None:
        """Knock, take bottle and bag, read its number."""
        self._hand([self._at_door(stop, DOOR, self.driver.actor.key) for stop in stops])

    def bring(self, stops: Sequence[RunStop]) -> None:
        """To their own doors."""
        self._hand([self._at_door(stop, self.driver.actor.key, DOOR) for stop in stops])

    def _at_door(self, stop: RunStop, giver: str, taker: str) -> actions.Hand:
        things = self.things(stop)
        marks = {one.pk: f"MT-{4100 + 17 * one.no}" for one in things if one.thing == Thing.CYLINDER} if giver == DOOR else {}
        knocked = self._minute()
        return actions.Hand(
            ref=new_id(), at=self._minute(), parcels=tuple(one.pk for one in things), giver=giver, taker=taker, witness=Witness.DOOR,
            stop=stop.pk, knocked=knocked, marks=marks,
        )  # fmt: skip

    def _hand(self, items: Sequence[actions.Hand]) -> None:
        for answer in actions.hand_over(by=self.driver.actor, run=self.run, items=items):
            done(answer)

    def refill(self, stops: Sequence[RunStop], leaking: RunStop) -> None:
        """Filled but for one that leaks, each disinfected, and all on the truck again."""
        gas = self.things(*stops, only=Thing.CYLINDER)
        parcels, mine = tuple(one.pk for one in gas), self.driver.actor.key
        paper = {"parcels": parcels, "witness": Witness.PAPER}
        self._hand([actions.Hand(ref=new_id(), at=self._minute(), giver=mine, taker=STATION, **paper)])
        bad = tuple(one.pk for one in gas if one.stop_id == leaking.pk)
        steps = (
            actions.TakeStep(ref=new_id(), at=self._minute(), parcels=bad, unfit=Unfit.LEAKING),
            actions.TakeStep(ref=new_id(), at=self._minute(), parcels=tuple(set(parcels) - set(bad)), step=Step.FILLED),
            actions.TakeStep(ref=new_id(), at=self._minute(), parcels=parcels, step=Step.DISINFECTED),
        )
        for answer in actions.take_steps(by=self.driver.actor, run=self.run, items=steps):
            done(answer)
        self._hand([actions.Hand(ref=new_id(), at=self._minute(), giver=STATION, taker=mine, **paper)])

    def count(self, who: Staff, found: dict[RunStop, int]) -> None:
        """Somebody counts these bags."""
        items = [actions.Count(ref=new_id(), at=self._minute(), stop=stop.pk, fen=fen) for stop, fen in found.items()]
        for answer in actions.count_cash(by=who.actor, run=self.run, items=items):
            done(answer)


def closed(desk: Desk) -> None:
    """Yesterday's run: one bottle leaked and went home with its money, one bag was short and is explained."""
    driver, at = desk.drivers[0], desk.at - timedelta(hours=27)
    run = desk.begun("昨天换气", YESTERDAY, 8, at, driver)
    truck = Truck(run, driver, at)
    doors = truck.way()
    leaking, short = doors[2], doors[5]
    found = {stop: GAS.price - SHORT if stop == short else GAS.price for stop in doors}
    truck.fetch(doors)
    truck.count(driver, found)
    truck.count(desk.clerk, found)
    truck.refill(doors, leaking)
    truck.bring(doors)
    _explained(desk, truck, short)
    evening = {"by": desk.office.actor, "run": run, "at": truck.at + timedelta(hours=2)}
    done(actions.note_receipt(**evening, fen=GAS.price * (len(doors) - 1), ref=new_id()))
    done(actions.note_driven(**evening, truck=1, metres=39_400, ref=new_id()))
    done(actions.close_run(**evening, ref=new_id()))


def _explained(desk: Desk, truck: Truck, short: RunStop) -> None:
    """What lacked was laid out; every door paid its price, the rest was given back."""
    lent = actions.Cash(ref=new_id(), at=truck.at, stop=short.pk, kind=CashKind.LENT, fen=SHORT, note="袋里少 5 元，社区先垫，下次一并收")
    done(actions.move_cash(by=desk.clerk.actor, run=truck.run, items=[lent])[0])
    items = [
        actions.Cash(ref=new_id(), at=truck.at, stop=stop.pk, kind=kind, fen=fen)
        for stop, purse in runs.purses(EVERYTHING, truck.run).items()
        for kind, fen in settle(purse, runs.price(EVERYTHING, stop)).items()
    ]
    for answer in actions.move_cash(by=desk.clerk.actor, run=truck.run, items=items):
        done(answer)


def under_way(desk: Desk) -> None:
    """Today's first run: half the doors are fetched, at one nobody was home; the next one waits."""
    driver, at = desk.drivers[0], desk.at - timedelta(minutes=50)
    run = desk.begun("上午换气", TODAY, 12, at, driver)
    truck = Truck(run, driver, at)
    *fetched, absent = truck.way()[:7]
    truck.fetch(fetched)
    truck.count(driver, dict.fromkeys(fetched, GAS.price))
    skip = actions.Skip(ref=new_id(), at=truck.at, stop=absent.pk, reason=BackReason.NOT_HOME)
    done(actions.skip_stops(by=driver.actor, run=run, items=[skip])[0])
