"""A run is drafted from a batch, planned as often as one likes, begun or dropped; distances are learnt."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.accounts import queries as accounts
from zhegu.deliveries import queries
from zhegu.deliveries.actions.kinds import Happened, kept
from zhegu.deliveries.actions.ways import drive_on
from zhegu.deliveries.models import ErrandRun, GridWay, Parcel, RunMember, RunStop, RunTruck
from zhegu.deliveries.outside.routing import engine
from zhegu.deliveries.rules.custody import DEPOT, DOOR, STATION, Thing
from zhegu.deliveries.rules.handed import with_hand_overs
from zhegu.deliveries.rules.plan import Effort, answer
from zhegu.deliveries.rules.planned import planned
from zhegu.deliveries.rules.problem import RunKind
from zhegu.deliveries.rules.words import contents
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.orders import actions as orders
from zhegu.orders import queries as asked
from zhegu.orders.models import Batch, Order, OrderKind
from zhegu.outbreaks import queries as outbreaks
from zhegu.places import queries as places
from zhegu.places.models import Place

SCOPE = Scope.everything("a run is made of the orders of its batch and planned on what is known of its doors")


@dataclass(frozen=True)
class NewTruck:
    """A vehicle, how many things it holds, how long it is at work (minutes), and who goes with it."""

    name: str
    capacity: int = 30
    shift_minutes: int = 600
    team: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class NewRun:
    """What is to be carried and by whom. A gas run names its station, and how far it is (metres one way)."""

    batch: UUID
    kind: RunKind
    trucks: tuple[NewTruck, ...]
    name: str = ""
    depot: str = ""
    station: str = ""
    station_metres: int = 0
    counters: tuple[UUID, ...] = field(default=())
    """Who counts cash without going along."""

    @property
    def body(self) -> dict[str, Any]:
        """As it is journalled."""
        plain = asdict(self) | {"batch": str(self.batch), "counters": [str(one) for one in self.counters]}
        return plain | {"trucks": [asdict(t) | {"team": [str(one) for one in t.team]} for t in self.trucks]}


def draft_run(*, by: Actor, community: Place, run: NewRun, at: datetime, ref: UUID) -> Answer:
    """The batch has a run with its doors and things, each held by its door (or the depot); facts: `run`, `stops`.

    Whoever drafts it is of its team. Refused: an unknown batch or one that has a run, no truck, a truck that
    holds nothing, a gas run without its station, somebody who does not work here.
    """
    outbreak = outbreaks.open_outbreak(SCOPE, community)

    def do(fresh: list[Command]) -> list[Outcome]:
        batch = asked.batches(SCOPE, community).filter(pk=run.batch).first()
        if refused := _wrong(community, batch, run):
            return [refused]
        made = ErrandRun.objects.create(
            id=ref, community=community, outbreak=outbreak, batch=batch, kind=run.kind, name=(run.name.strip() or batch.name)[:80],
            depot=run.depot.strip(), station=run.station.strip(), station_metres=run.station_metres, at=at, by=by.key,
        )  # fmt: skip
        _people(made, run, by)
        stops = _stops(made)
        return [Accepted({"run": str(made.pk), "stops": stops})]

    batch = asked.batches(SCOPE, community).filter(pk=run.batch).first()
    purpose = orders.MEDICINE if batch and batch.kind == OrderKind.MEDICINE else orders.ERRAND
    command = Command(ref, Happened.DRAFTED, community.code, by, at, run.body, purpose, outbreak and outbreak.pk)
    return journal.once([command], do)[0]


def _wrong(community: Place, batch: Batch | None, run: NewRun) -> Refused | None:
    if batch is None:
        return Refused("deliveries.unknown_batch")
    if ErrandRun.objects.filter(batch=batch).exists():
        return Refused("deliveries.has_a_run")
    if not run.trucks or any(t.capacity < 1 or t.shift_minutes < 1 for t in run.trucks):
        return Refused("deliveries.vehicle_needed")
    if run.kind == RunKind.REFILL and (not run.station.strip() or run.station_metres < 1):
        return Refused("deliveries.station_needed")
    wanted = {one for t in run.trucks for one in t.team} | set(run.counters)
    known = set(accounts.staff_at(SCOPE, community.code).filter(pk__in=wanted).values_list("pk", flat=True))
    return Refused("deliveries.unknown_person") if wanted - known else None


def _people(made: ErrandRun, run: NewRun, by: Actor) -> None:
    RunTruck.objects.bulk_create(
        RunTruck(run=made, no=n, name=t.name.strip()[:60], capacity=t.capacity, shift_minutes=t.shift_minutes)
        for n, t in enumerate(run.trucks, 1)
    )
    team = {who: n for n, t in reversed(list(enumerate(run.trucks, 1))) for who in t.team}
    team = dict.fromkeys([*run.counters, *([UUID(by.id)] if by.kind == "staff" else [])]) | team
    RunMember.objects.bulk_create(RunMember(run=made, staff_id=who, truck=n) for who, n in team.items())


def _stops(made: ErrandRun) -> int:
    """A door for all orders of one household, in the order of grids and doors; answers how many."""
    doors: dict[Any, list[Order]] = {}
    for row in made.batch.orders.select_related("household", "grid").prefetch_related("lines").order_by("no"):
        doors.setdefault(row.household_id or (row.grid_id, row.door), []).append(row)
    ordered = sorted(doors.values(), key=lambda rows: _door_order(rows[0]))
    spots = queries.spots(SCOPE, made.community, [_door_order(rows[0])[:2] for rows in ordered])
    stops, parcels = [], []
    for n, (rows, spot) in enumerate(zip(ordered, spots, strict=True), 1):
        stop = RunStop(
            run=made, no=n, household=rows[0].household, grid=rows[0].grid, door=rows[0].door, x=round(spot[0]),
            y=round(spot[1]), urgent=any(r.urgent for r in rows), due=sum(r.due or 0 for r in rows),
        )  # fmt: skip
        stops.append(stop)
        parcels += _parcels(made, stop, rows)
    for no, parcel in enumerate(parcels, 1):
        parcel.no = no
    RunStop.objects.bulk_create(stops, batch_size=200)
    Parcel.objects.bulk_create(parcels, batch_size=200)
    return len(stops)


def _door_order(row: Order) -> tuple[int, int, str]:
    return row.grid.no if row.grid else 0, row.household.order if row.household else 0, row.door


def _parcels(made: ErrandRun, stop: RunStop | None, rows: Sequence[Order]) -> list[Parcel]:
    holder = DEPOT if made.kind == RunKind.DELIVER else DOOR
    if made.kind != RunKind.REFILL:
        return [
            Parcel(run=made, stop=stop, order=row, thing=Thing.PARCEL, what=contents(row.lines.all()), holder=holder, price=row.due or 0)
            for row in rows
        ]
    cylinders = [
        Parcel(run=made, stop=stop, order=row, thing=Thing.CYLINDER, what=line.item, size=line.spec,
               holder=holder, price=line.price or 0)
        for row in rows for line in row.lines.all() for _ in range(line.quantity)
    ]  # fmt: skip
    return [*cylinders, Parcel(run=made, stop=stop, thing=Thing.BAG, holder=holder)]


def _changed(run: ErrandRun) -> int | None:
    """The number of an order whose things or prices are others than when the run was drafted, or that left its batch."""
    drafted: dict[int, list[tuple]] = {}
    for one in Parcel.objects.filter(run=run, order__isnull=False).select_related("order"):
        drafted.setdefault(one.order.no, []).append(_thing(one))
    for row in run.batch.orders.prefetch_related("lines").order_by("no"):
        now = [_thing(one) for one in _parcels(run, None, [row]) if one.order_id]
        if sorted(now) != sorted(drafted.pop(row.no, [])):
            return row.no
    return min(drafted, default=None)


def _thing(one: Parcel) -> tuple:
    return one.thing, one.what, one.size, one.price


def _while_drafted(by: Actor, run: ErrandRun, command: Command, act: Any) -> Answer:
    """`act` on the locked row, as long as the run has not begun."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = ErrandRun.objects.select_for_update(of=("self",)).filter(pk=run.pk).select_related("batch").first()
        if row is None:
            return [Refused("deliveries.unknown_run")]
        return [Refused("deliveries.begun_before") if row.begun else act(row)]

    return journal.once([command], do)[0]


def drop_run(*, by: Actor, run: ErrandRun, at: datetime, ref: UUID) -> Answer:
    """The draft is gone and its batch has no run. Refused: it has begun."""

    def drop(row: ErrandRun) -> Outcome:
        row.delete()
        return Accepted({"batch": str(run.batch_id)})

    command = Command(ref, Happened.DROPPED, run.community.code, by, at, {"run": str(run.pk)}, *kept(run))
    return _while_drafted(by, run, command, drop)


@dataclass(frozen=True)
class Thought:
    """How long to think (seconds of CPU), with which seed, for what: fewest `km` or fewest `hours`."""

    seconds: float = 8
    seed: int = 1
    goal: str = "km"


def plan_run(*, by: Actor, run: ErrandRun, thought: Thought, at: datetime, ref: UUID) -> Answer:
    """Every truck has its way; facts: `km`, `days`, `trips`, `unplanned`. May be asked again until it begins."""
    problem = queries.problem(SCOPE, run)
    told = answer(problem, planned(problem, Effort(engine, thought.seconds, thought.seed, thought.goal)))

    def keep(row: ErrandRun) -> Outcome:
        row.visits.all().delete()
        drive_on(row, {int(way["id"]): with_hand_overs(way["visits"], STATION) for way in told["vehicles"]})
        row.plan = {name: told[name] for name in ("km", "hours", "days", "trips", "unplanned", "late")}
        row.plan["straight"] = queries.straight(SCOPE, problem, told)
        row.planned = at
        row.save(update_fields=["plan", "planned"])
        return Accepted({**{n: told[n] for n in ("km", "days", "trips")}, "unplanned": len(told["unplanned"])})

    body = {"run": str(run.pk), **asdict(thought)}
    return _while_drafted(by, run, Command(ref, Happened.PLANNED, run.community.code, by, at, body, *kept(run)), keep)


def begin_run(*, by: Actor, run: ErrandRun, at: datetime, ref: UUID) -> Answer:
    """It is promised and on its way; nothing in its batch changes any more. Refused: not planned, begun before, a
    question about a substitute that nobody has answered, an order whose things or prices are not those of the draft or
    that is no longer in the batch."""

    def begin(row: ErrandRun) -> Outcome:
        if not row.planned:
            return Refused("deliveries.not_planned")
        if orders.waits_for_an_answer(row.batch):
            return Refused("deliveries.answer_first")
        if changed := _changed(row):
            return Refused("deliveries.orders_changed", {"no": changed})
        orders.on_its_way(row.batch, at)
        row.begun = at
        row.save(update_fields=["begun"])
        return Accepted({"run": str(row.pk)})

    return _while_drafted(by, run, Command(ref, Happened.BEGUN, run.community.code, by, at, {"run": str(run.pk)}, *kept(run)), begin)


def set_way(*, by: Actor, community: Place, grids: tuple[str, str], metres: int, at: datetime, ref: UUID) -> Answer:
    """These two grids are so far apart; nought: nobody knows. Refused: unknown grids, a grid and itself."""

    def do(fresh: list[Command]) -> list[Outcome]:
        found = sorted(places.grids(SCOPE, community).filter(code__in=grids), key=lambda one: one.code)
        if len(found) != 2 or metres < 0:
            return [Refused("deliveries.two_grids")]
        one, other = found
        if metres:
            GridWay.objects.update_or_create(one=one, other=other, defaults={"community": community, "metres": metres})
        else:
            GridWay.objects.filter(one=one, other=other).delete()
        return [Accepted({})]

    body = {"grids": list(grids), "metres": metres}
    return journal.once([Command(ref, Happened.WAY_SET, community.code, by, at, body)], do)[0]
