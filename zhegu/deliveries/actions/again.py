"""Planning again while a run is on its way: a truck drives no further, the others take over what it had to do."""

from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.deliveries import queries
from zhegu.deliveries.actions.drafting import Thought
from zhegu.deliveries.actions.kinds import Happened, kept
from zhegu.deliveries.models import ErrandRun, Parcel, RunMember, RunTruck, RunVisit
from zhegu.deliveries.outside.routing import engine
from zhegu.deliveries.rules.again import Carried, behind, still_to_fetch, taken_over
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


def take_out(
    *, by: Actor, run: ErrandRun, truck: int, over_to: int, thought: Thought, at: datetime, ref: UUID
) -> Answer:
    """This truck drives no further. What it has done stays; the others' ways stay as they are, and behind them come its
    doors that nobody was at. `over_to` takes over what is on board, hand by hand as ever, and brings it on first.
    Facts: `doors`, `on_board`, `unplanned`.

    Refused: not on its way, no such truck or one that is out, nobody to take over, one that cannot hold it all.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        row = ErrandRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if row.closed or not row.begun:
            return [Refused("deliveries.run_closed" if row.closed else "deliveries.not_begun")]
        trucks = {one.no: one for one in row.trucks.all() if not one.out}
        if truck not in trucks:
            return [Refused("deliveries.unknown_truck")]
        if over_to not in trucks or over_to == truck:
            return [Refused("deliveries.nobody_takes_over")]
        things = _carried(row, truck)
        board = sum(one.on_board for one in things)
        if board + _on_board(row, over_to) > trucks[over_to].capacity:
            return [Refused("deliveries.does_not_hold_it")]
        RunTruck.objects.filter(run=row, no=truck).update(out=at)
        return [_planned_again(row, trucks, things, (truck, over_to), thought)]

    body = {"run": str(run.pk), "truck": truck, "over_to": over_to}
    return journal.once([Command(ref, Happened.TRUCK_OUT, run.community.code, by, at, body, *kept(run))], do)[0]


def _numbers(visits: Any) -> set[int]:
    return {no for visit in visits for no in (*visit.collect, *visit.hand_back)}


def _carried(run: ErrandRun, truck: int) -> list[Carried]:
    """What this truck was to carry and has not brought to its end."""
    own = _numbers(RunVisit.objects.filter(run=run, truck=truck))
    rows = Parcel.objects.filter(run=run, no__in=own, returned=None, stop__skipped=None).exclude(thing=Thing.BAG)
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


def _planned_again(
    run: ErrandRun, trucks: dict[int, RunTruck], things: list[Carried], between: tuple[int, int], thought: Thought
) -> Outcome:
    gone, over_to = between
    _drop_what_is_open(run, gone, {one.no for one in things})
    made = _append(run, over_to, taken_over(RunKind(run.kind), things))
    others = [Vehicle(str(no), one.capacity, one.shift_minutes) for no, one in trucks.items() if no != gone]
    problem = still_to_fetch(queries.problem(SCOPE, run, others), things)
    unplanned: list[dict[str, str]] = []
    if problem.stops:
        told = answer(problem, planned(problem, Effort(engine, thought.seconds, thought.seed, thought.goal)))
        for way in told["vehicles"]:
            made += _append(run, int(way["id"]), with_hand_overs(way["visits"], STATION))
        unplanned = told["unplanned"]
        run.plan = {**run.plan, "km": round(run.plan.get("km", 0) + told["km"], 3), "unplanned": [*run.plan.get("unplanned", []), *unplanned]}
        run.save(update_fields=["plan"])
    return Accepted({
        "doors": len(problem.stops), "on_board": sum(one.on_board for one in things), "unplanned": len(unplanned), "visits": made,
    })  # fmt: skip


def _drop_what_is_open(run: ErrandRun, truck: int, left: set[int]) -> None:
    """The steps of a way at which something is still to be done; the others tell where it was."""
    for visit in RunVisit.objects.filter(run=run, truck=truck):
        if left & {*visit.collect, *visit.hand_back}:
            visit.delete()


def _append(run: ErrandRun, truck: int, visits: list[dict[str, Any]]) -> int:
    """Behind the last step of this truck; answers how many."""
    last = RunVisit.objects.filter(run=run, truck=truck).order_by("position").last()
    end = {"position": last.position, "day": last.day, "minute": last.minute} if last else {"position": 0, "day": 1, "minute": 0}
    stops = {str(stop.no): stop for stop in run.stops.all()}
    rows = [
        RunVisit(
            run=run, truck=truck, day=v["day"], position=v["position"], minute=v["minute"],
            place="stop" if v["at"] in stops else v["at"], stop=stops.get(v["at"]),
            collect=[int(p) for p in v["collect"]], hand_back=[int(p) for p in v["return"]],
        )
        for v in behind(end, visits)
    ]  # fmt: skip
    RunVisit.objects.bulk_create(rows, batch_size=300)
    return len(rows)
