"""What this app offers: the errand sheet (F15) for the team of its runs, a truck's route sheet, and cylinders in numbers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from zhegu.deliveries import queries
from zhegu.deliveries.models import ErrandRun, Parcel, RunStop, RunVisit
from zhegu.deliveries.rules.custody import CashKind, Purse, Thing
from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase, Table
from zhegu.places.models import Place

SHEET = (
    Column("run", "deliveries.run"), Column("seq", "deliveries.no", Kind.COUNT), Column("grid", "deliveries.grid", Kind.COUNT),
    Column("door", "deliveries.door"), Column("phone", "deliveries.phone", Kind.PHONE, Mask.PHONE),
    Column("item", "deliveries.item"), Column("mark", "deliveries.mark"), Column("size", "deliveries.size"),
    Column("due", "deliveries.due", Kind.MONEY), Column("cash_in", "deliveries.cash_in", Kind.MONEY),
    Column("lent", "deliveries.cash_lent", Kind.MONEY), Column("paid", "deliveries.cash_spent", Kind.MONEY),
    Column("change", "deliveries.cash_change", Kind.MONEY), Column("collected", "deliveries.step_collected", Kind.TIME),
    Column("filled", "deliveries.step_filled", Kind.TIME), Column("disinfected", "deliveries.step_disinfected", Kind.TIME),
    Column("returned", "deliveries.step_returned", Kind.TIME), Column("unfit", "deliveries.unfit", Kind.CHOICE, words="deliveries.unfit_"),
    Column("hands", "deliveries.hands"), Column("confirmed", "deliveries.confirmed", Kind.YES),
)  # fmt: skip
ROUTE = (
    Column("at", "deliveries.minute"), Column("grid", "deliveries.grid", Kind.COUNT), Column("door", "deliveries.door"),
    Column("give", "deliveries.give"), Column("take", "deliveries.take"), Column("mark", "deliveries.mark", Kind.WRITE),
    Column("knocked", "deliveries.knocked", Kind.WRITE), Column("done", "deliveries.done", Kind.TICK),
)  # fmt: skip


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


def sheet(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F15: a row a thing of the runs of these days; money stands on the first row of a door.

    Only runs of whose team the reader is. Below: what came in, was spent and given back.
    """
    begin, end = datetime.combine(since, time.min, clock.LOCAL), datetime.combine(until, time.max, clock.LOCAL)
    rows: list[dict[str, Any]] = []
    for run in queries.runs(scope, community).filter(begun__gte=begin, begun__lte=min(end, as_of)).order_by("at"):
        if scope.actor.key in queries.team_keys(scope, run):
            rows += _rows(scope, run)
    totals = {name: sum(row[name] or 0 for row in rows) for name in ("due", "cash_in", "lent", "paid", "change")}
    period = Phrase.of("stock.period", since=since.isoformat(), until=until.isoformat())
    return Ledger("deliveries.sheet", "deliveries.f15_title", SHEET, tuple(rows), as_of, community.code, period, totals)


def _rows(scope: Scope, run: ErrandRun) -> Iterable[dict[str, Any]]:
    names = {m.staff.actor.key: m.staff.name for m in queries.team(scope, run)}
    hands = queries.hands(scope, run)
    no = 0
    for stop, held in queries.purses(scope, run).items():
        first = True
        for thing in stop.parcels.all():
            if thing.thing == Thing.BAG:
                continue
            no += 1
            people = "、".join(dict.fromkeys(names[key] for key in hands.get(thing.pk, ()) if key in names))
            yield _row(run, stop, thing, no, people) | _money(stop, held, first)
            first = False


def _row(run: ErrandRun, stop: RunStop, thing: Parcel, no: int, people: str) -> dict[str, Any]:
    return {
        "run": run.name, "seq": no, "grid": stop.grid.no if stop.grid else None, "door": stop.door,
        "phone": thing.order.phone if thing.order else "", "item": thing.what, "mark": thing.mark, "size": thing.size,
        "collected": thing.collected, "filled": thing.filled, "disinfected": thing.disinfected, "returned": thing.returned,
        "unfit": thing.unfit or None, "hands": people, "confirmed": thing.returned is not None,
    }  # fmt: skip


def _money(stop: RunStop, held: Purse, first: bool) -> Mapping[str, float | None]:
    moved = held.moved
    told = {
        "due": stop.due, "cash_in": (held.counted or 0) + moved.get(CashKind.TOP_UP, 0), "lent": moved.get(CashKind.LENT, 0),
        "paid": moved.get(CashKind.SPENT, 0), "change": moved.get(CashKind.CHANGE, 0),
    }  # fmt: skip
    return {name: _yuan(fen) if first else None for name, fen in told.items()}


def route_table(scope: Scope, run: ErrandRun, truck: int) -> Table:
    """A truck's way, step by step, with places for a pen."""
    things = {p.no: p for p in queries.parcels(scope, run)}
    visits = [v for v in queries.visits(scope, run) if v.truck == truck]
    rows = [_step(run, visit, things) for visit in visits]
    name = next((t.name for t in run.trucks.all() if t.no == truck), "")
    return Table(ROUTE, rows, Phrase.of("deliveries.route_title", run=run.name, truck=name))


def _step(run: ErrandRun, visit: RunVisit, things: Mapping[int, Parcel]) -> dict[str, Any]:
    far = Phrase.of("deliveries.place_depot" if visit.place == "depot" else "deliveries.place_station")
    return {
        "at": f"{visit.day} · {visit.minute // 60}:{visit.minute % 60:02}",
        "grid": visit.stop.grid.no if visit.stop and visit.stop.grid else None,
        "door": visit.stop.door if visit.stop else (run.station if visit.place == "station" and run.station else far),
        "give": _said(visit.hand_back, things), "take": _said(visit.collect, things),
    }  # fmt: skip


def _said(numbers: Iterable[int], things: Mapping[int, Parcel]) -> str:
    found = [things[no] for no in numbers if no in things]
    if len(found) > 3:
        return f"× {len(found)}"
    return "、".join(f"{p.no} {p.what} {p.size}".strip() for p in found)


def today(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """Cylinders that came back filled that day."""
    n = queries.cylinders_back(scope, community, as_of)
    yield Figure("deliveries.cylinders", "deliveries.unit_cylinders", "deliveries.cylinders_what", n, as_of, community.code)


LEDGERS = (LedgerOffer("deliveries.sheet", sheet, needs=("community", "since", "until")),)
FIGURES = (FigureOffer("deliveries.today", today, needs=("community",)),)
