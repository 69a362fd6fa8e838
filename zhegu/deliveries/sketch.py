"""A run on a plane, drawn from what is known of its doors: no tiles, no network."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhegu.deliveries.models import RunStop, RunVisit
from zhegu.places.models import Place

WIDE, HIGH, EDGE = 640, 360, 28

ABOVE, LABEL = 12, 84


@dataclass(frozen=True)
class Dot:
    """A door on the drawing; `state` says its colour and shape."""

    x: float
    y: float
    label: str
    state: str


@dataclass(frozen=True)
class Sketch:
    """Doors, and for each truck its way past them as a list of points."""

    dots: tuple[Dot, ...]
    ways: tuple[tuple[int, str], ...]
    grids: tuple[tuple[float, float, Place], ...] = ()
    """Where the name of a grid stands: above its doors."""
    wide: int = WIDE
    high: int = HIGH


def state_of(stop: RunStop) -> str:
    """`waiting`, `fetched`, `done` or `skipped`."""
    if stop.skipped:
        return "skipped"
    things = list(stop.parcels.all())
    if things and all(p.returned for p in things):
        return "done"
    return "fetched" if any(p.collected for p in things) else "waiting"


def sketch(stops: Sequence[RunStop], visits: Iterable[RunVisit]) -> Sketch:
    """The drawing; the station is far off and not on it."""
    if not stops:
        return Sketch((), ())
    left, top = min(s.x for s in stops), min(s.y for s in stops)
    span = max(max(s.x for s in stops) - left, 1), max(max(s.y for s in stops) - top, 1)
    scale = min((WIDE - 2 * EDGE) / span[0], (HIGH - 2 * EDGE) / span[1])
    at = {s.pk: (round(EDGE + (s.x - left) * scale, 1), round(EDGE + (s.y - top) * scale, 1)) for s in stops}
    dots = tuple(Dot(*at[s.pk], f"{s.grid.no if s.grid else ''} {s.door}".strip(), state_of(s)) for s in stops)
    grids: dict[Place, list[tuple[float, float]]] = {}
    for stop in stops:
        if stop.grid:
            grids.setdefault(stop.grid, []).append(at[stop.pk])
    names = tuple((min(min(x for x, _ in points), WIDE - LABEL), min(y for _, y in points) - ABOVE, grid) for grid, points in grids.items())
    ways: dict[int, list[str]] = {}
    for visit in visits:
        if visit.stop_id in at:
            ways.setdefault(visit.truck, []).append("{},{}".format(*at[visit.stop_id]))
    return Sketch(dots, tuple((truck, " ".join(points)) for truck, points in sorted(ways.items())), names)
