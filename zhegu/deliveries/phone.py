"""What runs offer to phones: the runs whose team somebody on the phone is of, and what is done at a door."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints
from typing_extensions import TypedDict

from zhegu.deliveries import actions, queries
from zhegu.deliveries.models import BackReason, ErrandRun
from zhegu.deliveries.rules.custody import DOOR, PLACES, Step, Thing, Unfit, Witness
from zhegu.deliveries.rules.problem import RunKind
from zhegu.journal.actions import Answer
from zhegu.lib.phone import ClosedBody, ParsedCommand, PhoneCommand, carried
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


class ParcelRow(TypedDict):
    """A thing, who holds it, and the last step it took ('' for none)."""

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
        for one in queries.parcels(EVERYTHING, run):
            yield {
                "id": str(one.pk), "run": str(run.pk), "stop": str(one.stop_id), "no": one.no, "thing": one.thing,
                "what": one.what, "size": one.size, "mark": one.mark, "holder": one.holder,
                "collected": one.collected is not None, "filled": one.filled is not None,
                "disinfected": one.disinfected is not None, "returned": one.returned is not None, "unfit": one.unfit,
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

Holder = Annotated[str, StringConstraints(pattern=r"^(door|station|depot|staff:[0-9a-f-]{36})$")]
Things = Annotated[list[UUID], Field(min_length=1, max_length=200)]


class OfRun(ClosedBody):
    """What belongs to a run."""

    run: UUID


class HandOver(OfRun):
    """Things go from one holder to another. At a door: which one, and when it was knocked at. `marks`: number
    of a thing (as text) → number read on the cylinder."""

    parcels: Things
    giver: Holder
    taker: Holder
    stop: UUID | None = None
    knocked: AwareDatetime | None = None
    called: bool = False
    note: Annotated[str, StringConstraints(max_length=200)] = ""
    marks: dict[Annotated[str, StringConstraints(max_length=36)], Annotated[str, StringConstraints(max_length=40)]] = Field(
        default_factory=dict, max_length=200
    )


class OneHand(OfRun):
    """The hand-over with this ref."""

    hand: UUID


class TakeStep(OfRun):
    """These cylinders were filled or disinfected; or cannot be filled, and why."""

    parcels: Things
    step: Step | None = None
    unfit: Unfit | None = None


class SkipStop(OfRun):
    """Nothing could be done at this door."""

    stop: UUID
    reason: BackReason


class CountCash(OfRun):
    """Somebody found so many fen in the bag of this door."""

    stop: UUID
    fen: Annotated[int, Field(ge=0, le=100_000_000)]


def _hand(command: ParsedCommand) -> actions.Hand:
    body: HandOver = command.body
    ends = (body.giver, body.taker)
    both = all(end not in PLACES for end in ends)
    marks = {UUID(key): mark for key, mark in body.marks.items() if _is_id(key)}
    return actions.Hand(
        **carried(command), parcels=tuple(body.parcels), giver=body.giver, taker=body.taker, stop=body.stop,
        witness=Witness.DOOR if DOOR in ends else Witness.BOTH if both else Witness.PAPER,
        knocked=body.knocked, called=body.called, note=body.note, marks=marks,
    )  # fmt: skip


def _is_id(said: str) -> bool:
    try:
        return bool(UUID(said))
    except ValueError:
        return False


def _confirm(command: ParsedCommand) -> actions.Confirm:
    return actions.Confirm(**carried(command), hand=command.body.hand)


def _take_back(command: ParsedCommand) -> actions.TakeBack:
    return actions.TakeBack(**carried(command), hand=command.body.hand)


def _step(command: ParsedCommand) -> actions.TakeStep:
    body: TakeStep = command.body
    return actions.TakeStep(**carried(command), parcels=tuple(body.parcels), step=body.step, unfit=body.unfit)


def _skip(command: ParsedCommand) -> actions.Skip:
    return actions.Skip(**carried(command), stop=command.body.stop, reason=command.body.reason)


def _count(command: ParsedCommand) -> actions.Count:
    return actions.Count(**carried(command), stop=command.body.stop, fen=command.body.fen)


def _runs(verb: Callable[..., list[Answer]], item: Callable[[ParsedCommand], Any]) -> Callable[[Scope, list[ParsedCommand]], list[Answer]]:
    """Commands of one person, each at its run, in the order in which they were made."""

    def run(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
        answers = []
        for command in commands:
            found = queries.run(scope, command.place, command.body.run)
            answers += verb(by=command.by, run=found, items=[item(command)])
        return answers

    return run


COMMANDS = {
    "deliveries.hand_over": PhoneCommand(HandOver, _runs(actions.hand_over, _hand), lambda b: [str(b.run)]),
    "deliveries.confirm_hand_over": PhoneCommand(OneHand, _runs(actions.confirm_hand_overs, _confirm), lambda b: [str(b.run)]),
    "deliveries.take_back": PhoneCommand(OneHand, _runs(actions.take_back_hand_overs, _take_back), lambda b: [str(b.run)]),
    "deliveries.take_step": PhoneCommand(TakeStep, _runs(actions.take_steps, _step), lambda b: [str(b.run)]),
    "deliveries.skip_stop": PhoneCommand(SkipStop, _runs(actions.skip_stops, _skip), lambda b: [str(b.run)]),
    "deliveries.count_cash": PhoneCommand(CountCash, _runs(actions.count_cash, _count), lambda b: [str(b.run)]),
}
