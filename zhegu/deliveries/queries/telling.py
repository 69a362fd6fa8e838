"""How far a run is, as the askers are told: numbers of doors and things, never who or which door."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from zhegu.deliveries.models import ErrandRun, HandOver, RunStop
from zhegu.deliveries.queries.runs import DESK
from zhegu.deliveries.rules.custody import DOOR, Thing
from zhegu.deliveries.rules.problem import RunKind
from zhegu.lib import clock
from zhegu.lib.scope import LEADS, NotFound, Scope
from zhegu.places.models import Place


@dataclass(frozen=True)
class Told:
    """So many doors are done and to come; how many were left out, by reason; things that go home as they came."""

    done: int
    to_come: int
    left_out: dict[str, int]
    unfit: int
    things: list[tuple[str, str, int]]
    """What is carried and its size, with how many."""
    due: int
    """Fen of all doors, as far as prices were known."""


def told(scope: Scope, run: ErrandRun, doors: Sequence[RunStop]) -> Told:
    """The whole run in numbers; `doors` as `stops` gives them."""
    done = [one for one in doors if _is_done(run, one)]
    left = Counter(one.skip_reason for one in doors if one.skipped and one not in done)
    carried = [thing for one in doors for thing in one.parcels.all() if thing.thing != Thing.BAG and not thing.called_off]
    things = sorted((what, size, n) for (what, size), n in Counter((one.what, one.size) for one in carried).items())
    to_come = len(doors) - len(done) - sum(left.values())
    unfit = sum(one.unfit != "" for one in carried)
    return Told(len(done), to_come, dict(sorted(left.items())), unfit, things, sum(one.due for one in doors))


def _is_done(run: ErrandRun, stop: RunStop) -> bool:
    """Everything is where it was promised: fetched, or at the door."""
    things = [one for one in stop.parcels.all() if one.thing != Thing.BAG and not one.called_off]
    moved = [one.collected if run.kind == RunKind.COLLECT else one.returned for one in things]
    return bool(things) and all(moved)


def cylinders_back(scope: Scope, community: Place, at: datetime) -> int:
    """Cylinders that came back filled to their doors on the day of that moment and until then, as known then. For the
    desk and leaders; raises NotFound for others."""
    if not scope.covers(community.code, *DESK, LEADS):
        raise NotFound(community.code)
    later = HandOver.objects.filter(parcel=OuterRef("parcel"), n__gt=OuterRef("n"), at__lte=at)
    home = HandOver.objects.filter(
        ~Exists(later), parcel__run__community=community, parcel__thing=Thing.CYLINDER, parcel__filled__lte=at, taker=DOOR,
        at__gte=clock.begins(clock.local_day(at)), at__lte=at,
    )  # fmt: skip
    return home.count()
