"""Rows of runs on phones: the runs whose team somebody on the phone is of."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from zhegu.deliveries import queries
from zhegu.deliveries.models import ErrandRun
from zhegu.deliveries.rules.custody import Thing
from zhegu.deliveries.rules.problem import RunKind
from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place


class Mate(TypedDict):
    """Somebody of the team; `key` as a holder, `truck` 0 for those who do not go along."""

    key: str
    name: str
    truck: int


class RunRow(TypedDict):
    """A run that is on its way."""

    id: str
    name: str
    kind: RunKind
    station: str
    depot: str
    team: list[Mate]


class RunStopRow(TypedDict):
    """A door of such a run; `due` in fen; `phone` to call before knocking."""

    id: str
    run: str
    no: int
    grid: int
    door: str
    phone: str
    urgent: bool
    due: int
    skipped: bool


class RunVisitRow(TypedDict):
    """A step of a truck's way; `collect` and `hand_back` are numbers of things; `stop` '' at depot and station."""

    id: str
    run: str
    truck: int
    day: int
    position: int
    place: str
    stop: str
    minute: int
    collect: list[int]
    hand_back: list[int]


class LineRow(TypedDict):
    """So many of a thing in a parcel; `price` in fen for one, None where nobody knows it."""

    position: int
    item: str
    quantity: int
    unit: str
    spec: str
    price: int | None


class ParcelRow(TypedDict):
    """A thing, who holds it, and the last step it took ('' for none). `lines`: of goods from a shop, what may turn out to be
    missing; medicine is said to its own team in the office. `off`: nothing of it is wanted any more."""

    id: str
    run: str
    stop: str
    no: int
    thing: Thing
    what: str
    size: str
    mark: str
    holder: str
    collected: bool
    filled: bool
    disinfected: bool
    returned: bool
    unfit: str
    off: bool
    lines: list[LineRow]


class HandRow(TypedDict):
    """A hand-over between two people of which only one side has spoken."""

    id: str
    run: str
    giver: str
    taker: str
    by: str
    things: list[int]


ROWS: dict[str, type] = {
    "run": RunRow, "run_stop": RunStopRow, "run_visit": RunVisitRow, "parcel": ParcelRow, "hand": HandRow,
}  # fmt: skip


def _mine(scope: Scope, community: Place) -> list[ErrandRun]:
    """Runs on their way whose team somebody on the phone is of; the desk's own sight counts for nothing here."""
    on_phone = Scope(scope.actor, frozenset(g for g in scope.grants if g.role == "courier"), scope.purpose)
    try:
        return list(queries.runs(on_phone, community).filter(begun__isnull=False, closed=None))
    except NotFound:
        return []


def run_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Their runs."""
    for run in _mine(scope, community):
        yield {
            "id": str(run.pk), "name": run.name, "kind": run.kind, "station": run.station, "depot": run.depot,
            "team": [
                {"key": m.staff.actor.key, "name": m.staff.name, "truck": m.truck or 0}
                for m in queries.team(EVERYTHING, run)
            ],
        }  # fmt: skip


EVERYTHING = Scope.everything("a phone of the team shows its whole run")


def stop_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """The doors of their runs."""
    for run in _mine(scope, community):
        for stop in queries.stops(EVERYTHING, run):
            phone = next((p.order.phone for p in stop.parcels.all() if p.order and p.order.phone), "")
            yield {
                "id": str(stop.pk), "run": str(run.pk), "no": stop.no, "grid": stop.grid.no if stop.grid else 0,
                "door": stop.door, "phone": phone, "urgent": stop.urgent, "due": stop.due, "skipped": stop.skipped is not None,
            }  # fmt: skip


def visit_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """The ways of their trucks."""
    for run in _mine(scope, community):
        for visit in queries.visits(EVERYTHING, run):
            yield {
                "id": str(visit.pk), "run": str(run.pk), "truck": visit.truck, "day": visit.day, "position": visit.position,
                "place": visit.place, "stop": str(visit.stop_id or ""), "minute": visit.minute, "collect": visit.collect,
                "hand_back": visit.hand_back,
            }  # fmt: skip


def parcel_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """What is carried."""
    for run in _mine(scope, community):
        lines = queries.lines_of(EVERYTHING, run)
        for one in queries.parcels(EVERYTHING, run):
            yield {
                "id": str(one.pk), "run": str(run.pk), "stop": str(one.stop_id), "no": one.no, "thing": one.thing,
                "what": one.what, "size": one.size, "mark": one.mark, "holder": one.holder,
                "collected": one.collected is not None, "filled": one.filled is not None,
                "disinfected": one.disinfected is not None, "returned": one.returned is not None, "unfit": one.unfit,
                "off": one.called_off is not None, "lines": lines.get(one.order_id, []),
            }  # fmt: skip


def hand_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Hand-overs that wait for the other side."""
    for run in _mine(scope, community):
        links: dict[UUID, dict[str, Any]] = {}
        for link in queries.unconfirmed(EVERYTHING, run):
            row = links.setdefault(
                link.ref,
                {"id": str(link.ref), "run": str(run.pk), "giver": link.giver, "taker": link.taker, "by": link.by, "things": []},
            )
            row["things"].append(link.parcel.no)
        yield from links.values()


TABLES = {
    "run": run_rows, "run_stop": stop_rows, "run_visit": visit_rows, "parcel": parcel_rows, "hand": hand_rows,
}  # fmt: skip
