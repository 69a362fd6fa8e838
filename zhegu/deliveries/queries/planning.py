"""What a plan is made of: where doors lie, how long ways are, what the trucks hold."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from zhegu.deliveries.models import ErrandRun, GridWay, RunTruck
from zhegu.deliveries.rules.custody import Thing
from zhegu.deliveries.rules.positions import learnt_detour, positions
from zhegu.deliveries.rules.problem import Minutes, Point, RunKind, RunProblem, Speeds, Spot, Stop, Vehicle
from zhegu.lib.scope import Scope
from zhegu.places.models import Place

LEARN_FROM = 30


def ways(scope: Scope, community: Place) -> dict[tuple[int, int], int]:
    """(number of a grid, number of another) → metres, as far as somebody has said."""
    rows = GridWay.objects.filter(community=community).select_related("one", "other")
    return {(row.one.no, row.other.no): row.metres for row in rows}


def spots(scope: Scope, community: Place, doors: Sequence[tuple[int, int]]) -> list[Point]:
    """Where these doors (number of the grid, place in its order) lie, as well as is known."""
    return positions(doors, ways(scope, community))


def detour(scope: Scope, community: Place) -> float:
    """How much longer ways are than straight lines, learnt from the last trucks that came back."""
    rows = RunTruck.objects.filter(run__community=community, driven__isnull=False).select_related("run").order_by("-run__at")
    trips = [(row.driven or 0, row.run.plan.get("straight", {}).get(str(row.no), 0)) for row in rows[:LEARN_FROM]]
    return learnt_detour(trips)


def problem(scope: Scope, run: ErrandRun, trucks: Sequence[Vehicle] = ()) -> RunProblem:
    """The run as the planner reads it; with other trucks than its own, to see what they would need."""
    factor = detour(scope, run.community)
    rows = [stop for stop in run.stops.prefetch_related("parcels") if not stop.skipped]
    middle = (_mean([s.x for s in rows]), _mean([s.y for s in rows]))
    station = Spot("station", (middle[0] + run.station_metres / factor, middle[1])) if run.kind == RunKind.REFILL else None
    own = [Vehicle(str(t.no), t.capacity, t.shift_minutes) for t in run.trucks.all() if not t.out]
    return RunProblem(
        RunKind(run.kind), Spot("depot", middle), station, factor,
        tuple(
            Stop(str(s.no), (s.x, s.y), tuple(str(p.no) for p in s.parcels.all() if p.thing != Thing.BAG), None, s.urgent)
            for s in rows
        ),
        tuple(trucks or own), Minutes(), Speeds(),
    )  # fmt: skip


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) if values else 0.0


def straight(scope: Scope, of: RunProblem, told: Mapping[str, Any]) -> dict[str, int]:
    """Straight metres of each truck's way: what it drove is compared with them."""
    metres, _ = of.legs()
    number = {of.depot.id: 0, **({of.station.id: 1} if of.station else {})}
    number |= {stop.id: n for n, stop in enumerate(of.stops, 2)}
    found = {}
    for way in told["vehicles"]:
        at = [number[v["at"]] for v in way["visits"]]
        found[way["id"]] = round(sum(int(metres[a, b]) for a, b in itertools.pairwise(at)) / of.detour)
    return found
