"""Planning again while a run is on its way: a truck drives no further, the others take over what it had to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.deliveries import queries
from zhegu.deliveries.actions.drafting import Thought
from zhegu.deliveries.actions.kinds import Happened, kept
from zhegu.deliveries.actions.ways import drive_on
from zhegu.deliveries.models import ErrandRun, Parcel, RunMember, RunTruck, RunVisit
from zhegu.deliveries.outside.routing import engine
from zhegu.deliveries.rules.again import Carried, still_to_fetch, taken_over
from zhegu.deliveries.rules.custody import DEPOT, DOOR, STATION, Thing
from zhegu.deliveries.rules.handed import with_hand_overs
from zhegu.deliveries.rules.plan import Effort, answer
from zhegu.deliveries.rules.planned import planned
from zhegu.deliveries.rules.problem import RunKind, Vehicle
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope

SCOPE = Scope.everything("a run is planned again as a whole")


@dataclass(frozen=True)
class _Standing:
    """What a plan was thought for: it counts as long as all of this is so."""

    trucks: frozenset[int]
    things: tuple[Carried, ...]


@dataclass(frozen=True)
class _Ahead:
    """How the others take over, thought of before anything is locked."""

    standing: _Standing
    doors: int = 0
    ways: Mapping[int, list[dict[str, Any]]] = field(default_factory=dict)
    km: float = 0
    unplanned: tuple[dict[str, str], ...] = ()


def take_out(
    *, by: Actor, run: ErrandRun, truck: int, over_to: int, thought: Thought, at: datetime, ref: UUID
) -> Answer:
    """This truck drives no further. What it has done stays; the others' ways stay as they are, and behind them come its
    doors that nobody was at. `over_to` takes over what is on board, hand by hand as ever, and brings it on first.
    Facts: `doors`, `on_board`, `unplanned`.

    Refused: not on its way, no such truck or one that is out, nobody to take over, one that cannot hold it all;
    something was done while the way was thought of.
    """
    ahead = _ahead(ErrandRun.objects.get(pk=run.pk), (truck, over_to), thought)

    def do(fresh: list[Command]) -> list[Outcome]:
        row = ErrandRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if refused := _wrong(row, truck, over_to):
            return [refused]
        if ahead is None or ahead.standing != _standing(row, truck):
            return [Refused("deliveries.done_meanwhile")]
        RunTruck.objects.filter(run=row, no=truck).update(out=at)
        return [_taken_over(row, truck, ahead)]

    body = {"run": str(run.pk), "truck": truck, "over_to": over_to}
    return journal.once([Command(ref, Happened.TRUCK_OUT, run.community.code, by, at, body, *kept(run))], do)[0]


def _wrong(run: ErrandRun, truck: int, over_to: int) -> Refused | None:
    if run.closed or not run.begun:
        return Refused("deliveries.run_closed" if run.closed else "deliveries.not_begun")
    trucks = _driving(run)
    if truck not in trucks:
        return Refused("deliveries.unknown_truck")
    if over_to not in trucks or over_to == truck:
        return Refused("deliveries.nobody_takes_over")
    board = sum(one.on_board for one in _carried(run, truck))
    return Refused("deliveries.does_not_hold_it") if board + _on_board(run, over_to) > trucks[over_to].capacity else None


def _driving(run: ErrandRun) -> dict[int, RunTruck]:
    return {one.no: one for one in run.trucks.all() if not one.out}


def _standing(run: ErrandRun, truck: int) -> _Standing:
    return _Standing(frozenset(_driving(run)), tuple(_carried(run, truck)))


def _numbers(visits: Any) -> set[int]:
    return {no for visit in visits for no in (*visit.collect, *visit.hand_back)}


def _carried(run: ErrandRun, truck: int) -> list[Carried]:
    """What this truck was to carry and has not brought to its end."""
    own = _numbers(RunVisit.objects.filter(run=run, truck=truck))
    rows = Parcel.objects.filter(run=run, no__in=own, returned=None, called_off=None, stop__skipped=None).exclude(thing=Thing.BAG)
    begins = DEPOT if run.kind == RunKind.DELIVER else DOOR
    found = []
    for one in rows.select_related("stop").order_by("no"):
        waits = one.holder == begins and not one.collected
        if run.kind == RunKind.COLLECT and one.holder == DEPOT:
            continue
        found.append(Carried(one.no, one.stop.no, not waits, bool(one.filled or one.unfit)))
    return found


def _on_board(run: ErrandRun, truck: int) -> int:
    """How many things the people of a truck hold now."""
    team = [one.staff.actor.key for one in RunMember.objects.filter(run=run, truck=truck).select_related("staff")]
    return Parcel.objects.filter(run=run, holder__in=team).exclude(thing=Thing.BAG).count()


def _ahead(run: ErrandRun, between: tuple[int, int], thought: Thought) -> _Ahead | None:
    """None where it is refused anyhow: then nobody needs to think."""
    gone, over_to = between
    if _wrong(run, gone, over_to):
        return None
    standing = _standing(run, gone)
    ways = {over_to: taken_over(RunKind(run.kind), standing.things)}
    others = [Vehicle(str(no), one.capacity, one.shift_minutes) for no, one in _driving(run).items() if no != gone]
    problem = still_to_fetch(queries.problem(SCOPE, run, others), standing.things)
    if not problem.stops:
        return _Ahead(standing, 0, ways)
    told = answer(problem, planned(problem, Effort(engine, thought.seconds, thought.seed, thought.goal)))
    for way in told["vehicles"]:
        ways[int(way["id"])] = ways.get(int(way["id"]), []) + with_hand_overs(way["visits"], STATION)
    return _Ahead(standing, len(problem.stops), ways, told["km"], tuple(told["unplanned"]))


def _taken_over(run: ErrandRun, gone: int, ahead: _Ahead) -> Outcome:
    things = ahead.standing.things
    _drop_what_is_open(run, gone, {one.no for one in things})
    made = drive_on(run, ahead.ways)
    run.plan = _renewed(run.plan, gone, ahead)
    run.save(update_fields=["plan"])
    return Accepted({
        "doors": ahead.doors, "on_board": sum(one.on_board for one in things), "unplanned": len(ahead.unplanned), "visits": made,
    })  # fmt: skip


def _renewed(plan: dict[str, Any], gone: int, ahead: _Ahead) -> dict[str, Any]:
    """Nobody knows any more how long the other ways are that changed: nothing is to be learnt from them."""
    changed = {str(no) for no, visits in ahead.ways.items() if visits} | {str(gone)}
    kept_as_is = {
        name: {no: value for no, value in plan.get(name, {}).items() if no not in changed} for name in ("hours", "straight")
    }
    km = round(plan.get("km", 0) + ahead.km, 3)
    return {**plan, **kept_as_is, "km": km, "unplanned": [*plan.get("unplanned", []), *ahead.unplanned]}


def _drop_what_is_open(run: ErrandRun, truck: int, left: set[int]) -> None:
    """The steps of a way at which something is still to be done; the others tell where it was."""
    for visit in RunVisit.objects.filter(run=run, truck=truck):
        if left & {*visit.collect, *visit.hand_back}:
            visit.delete()
