"""Money of a run's doors, and everything that keeps a run from being closed."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhegu.deliveries.models import CashCount, CashEntry, ErrandRun, HandOver, Parcel, RunStop
from zhegu.deliveries.queries.runs import stops, team, unconfirmed
from zhegu.deliveries.rules.custody import DEPOT, DOOR, CashKind, Purse, Thing, total
from zhegu.deliveries.rules.problem import RunKind
from zhegu.lib.scope import Scope


def purse(scope: Scope, stop: RunStop) -> Purse:
    """The money of one door."""
    return _purse(
        stop, CashCount.objects.filter(stop=stop), CashEntry.objects.filter(stop=stop, undone=None), stop.parcels.all()
    )


def purses(scope: Scope, run: ErrandRun) -> dict[RunStop, Purse]:
    """The money of every door of a run, in order."""
    counts: dict = {}
    for count in CashCount.objects.filter(stop__run=run):
        counts.setdefault(count.stop_id, []).append(count)
    entries: dict = {}
    for entry in CashEntry.objects.filter(stop__run=run, undone=None):
        entries.setdefault(entry.stop_id, []).append(entry)
    return {
        stop: _purse(stop, counts.get(stop.pk, ()), entries.get(stop.pk, ()), stop.parcels.all())
        for stop in stops(scope, run)
    }


def _purse(stop: RunStop, counts: Iterable[CashCount], entries: Iterable[CashEntry], things: Iterable[Parcel]) -> Purse:
    moved: dict[CashKind, int] = {}
    for entry in entries:
        moved[CashKind(entry.kind)] = moved.get(CashKind(entry.kind), 0) + entry.fen
    bag = any(thing.thing == Thing.BAG and (thing.collected or thing.holder != DOOR) for thing in things)
    return Purse(stop.due, tuple((c.by, c.fen) for c in counts), moved, bag)


def price(scope: Scope, stop: RunStop) -> int:
    """Fen for what this door really gets: its filled cylinders, or the goods that came."""
    things = [p for p in stop.parcels.all() if p.thing != Thing.BAG]
    return sum(p.price for p in things if (p.filled if p.thing == Thing.CYLINDER else p.returned))


@dataclass(frozen=True)
class Fault:
    """Something that is not in order: where, what, and how many fen differ."""

    reason: str
    stop: RunStop | None = None
    fen: int = 0


def faults(scope: Scope, run: ErrandRun) -> list[Fault]:
    """Everything that keeps the run from being closed, door by door, then of the run as a whole."""
    found = []
    money = purses(scope, run)
    for stop, held in money.items():
        found += [Fault(reason, stop) for reason in dict.fromkeys(_places(run, stop))]
        if held.fault:
            found.append(Fault(held.fault, stop, held.open))
    for link in unconfirmed(scope, run):
        found.append(Fault("not_confirmed", link.parcel.stop))
    spent = sum(held.moved.get(CashKind.SPENT, 0) for held in money.values())
    if spent != (run.paid or 0):
        found.append(Fault("receipt_differs", None, spent - (run.paid or 0)))
    return found


def _places(run: ErrandRun, stop: RunStop) -> Iterable[str]:
    for thing in stop.parcels.all():
        if thing.holder not in (DOOR, DEPOT):
            yield "still_held"
        elif not stop.skipped and not thing.called_off and not (thing.holder == DEPOT if run.kind == RunKind.COLLECT else thing.returned):
            yield "not_done"


def cash_total(scope: Scope, run: ErrandRun) -> tuple[int, int]:
    """Fen that came in and went out, of all doors."""
    return total(list(purses(scope, run).values()))


def recount(scope: Scope, run: ErrandRun) -> list[str]:
    """Things whose holder is not the last taker of an unbroken chain: always empty."""
    team(scope, run)
    wrong = []
    links: dict = {}
    for link in HandOver.objects.filter(parcel__run=run).order_by("n"):
        links.setdefault(link.parcel_id, []).append(link)
    for thing in Parcel.objects.filter(run=run):
        chain = links.get(thing.pk, [])
        holder = DEPOT if run.kind == RunKind.DELIVER else DOOR
        for n, link in enumerate(chain, 1):
            if link.n != n or link.giver != holder:
                wrong.append(f"{thing.no}: link {link.n}")
            holder = link.taker
        if thing.holder != holder or thing.links != len(chain):
            wrong.append(f"{thing.no}: held by {thing.holder}, last taker {holder}")
    return wrong
