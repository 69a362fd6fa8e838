"""The ways of a run's trucks, visit by visit."""

from collections.abc import Mapping, Sequence
from typing import Any

from zhegu.deliveries.models import ErrandRun, RunVisit
from zhegu.deliveries.rules.again import behind

START = {"position": 0, "day": 1, "minute": 0}


def drive_on(run: ErrandRun, ways: Mapping[int, Sequence[Mapping[str, Any]]]) -> int:
    """By truck the visits that come behind its last one; answers how many there are."""
    stops = {str(stop.no): stop for stop in run.stops.all()}
    rows = [
        RunVisit(
            run=run, truck=truck, day=v["day"], position=v["position"], minute=v["minute"],
            place="stop" if v["at"] in stops else v["at"], stop=stops.get(v["at"]),
            collect=[int(p) for p in v["collect"]], hand_back=[int(p) for p in v["return"]],
        )
        for truck, visits in ways.items() for v in behind(_end(run, truck), visits)
    ]  # fmt: skip
    RunVisit.objects.bulk_create(rows, batch_size=300)
    return len(rows)


def _end(run: ErrandRun, truck: int) -> dict[str, int]:
    last = RunVisit.objects.filter(run=run, truck=truck).order_by("position").last()
    return {"position": last.position, "day": last.day, "minute": last.minute} if last else START
