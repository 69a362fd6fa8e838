"""What gates offer to phones: the gates somebody on the phone keeps, who is let through, the last 24 hours."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints
from typing_extensions import TypedDict

from zhegu.checkpoints import actions, queries
from zhegu.checkpoints.models import Gate
from zhegu.checkpoints.rules import SEEN_FOR, WORKERS, Direction, Errand, Outcome, Shown, Vehicle, Why
from zhegu.lib import clock
from zhegu.lib.phone import ClosedBody, ParsedCommand, PhoneCommand, carried, told_to, with_body
from zhegu.lib.scope import NotFound, Scope
from zhegu.places import queries as places
from zhegu.places.models import Place


class AskRow(TypedDict):
    """A check; `limit` in tenths of a degree."""

    code: str
    optional: bool
    limit: int | None


class GateRow(TypedDict):
    """A gate that is kept; hours `HH:MM`, or '' where it is always open. `restricts_until`: it holds people until
    then unless somebody looks at the outbreak again, '' where it holds nobody."""

    id: str
    name: str
    name_bo: str
    road: str
    opens: str
    closes: str
    asks: list[AskRow]
    restricts_until: str
    plate_prefix: str


class AllowedRow(TypedDict):
    """A plate that is let through; `gate` '' at every gate."""

    id: str
    gate: str
    plate: str
    plate_key: str
    errand: Errand
    whose: str
    since: str
    until: str


class CrossingRow(TypedDict):
    """A crossing of the last 24 hours at a gate of this phone; no numbers of documents, no phone numbers."""

    id: str
    gate: str
    at: str
    direction: Direction
    vehicle: Vehicle
    plate: str
    plate_key: str
    name: str
    people: int
    coming_from: str
    going_to: str
    errand: Errand
    outcome: Outcome
    why: Why


class LeaveRow(TypedDict):
    """A rule of going out; empty lists and hours '' restrict nothing."""

    id: str
    grids: list[int]
    weekdays: list[int]
    opens: str
    closes: str
    card_hours: int | None
    since: str
    until: str


ROWS: dict[str, type] = {"gate": GateRow, "allowed": AllowedRow, "crossing": CrossingRow, "leave": LeaveRow}


def _kept(scope: Scope, community: Place) -> list[Gate]:
    mine = Scope(scope.actor, frozenset(g for g in scope.grants if g.role in WORKERS), scope.purpose, scope.whole)
    try:
        return list(queries.gates(mine, community))
    except NotFound:
        return []


def gate_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Gates somebody on the phone keeps, with what is asked there; in this table the clock counts, since
    restrictions lapse."""
    kept = _kept(scope, community)
    outbreak = queries.open_outbreak(scope, community) if kept else None
    until = queries.restricted_until(scope, outbreak, clock.now())
    for gate in kept:
        yield {
            "id": str(gate.pk), "name": gate.name, "name_bo": gate.name_bo, "road": gate.road,
            "opens": gate.opens.isoformat("minutes") if gate.opens else "",
            "closes": gate.closes.isoformat("minutes") if gate.closes else "",
            "asks": [
                {"code": ask.code, "optional": ask.optional, "limit": ask.limit}
                for ask in queries.asks(scope, gate, outbreak)
            ],
            "restricts_until": until.isoformat() if until else "",
            "plate_prefix": gate.plate_prefix,
        }  # fmt: skip


def allowed_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Vehicles let through at these gates."""
    mine = {gate.pk for gate in _kept(scope, community)}
    for row in queries.allowed(scope, community, clock.now()) if mine else ():
        if row.gate_id in mine or row.gate_id is None:
            yield {
                "id": str(row.pk), "gate": str(row.gate_id or ""), "plate": row.plate, "plate_key": row.plate_key,
                "errand": row.errand, "whose": row.whose, "since": row.since.isoformat(),
                "until": row.holds_until.isoformat(),
            }  # fmt: skip


def crossing_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """The last 24 hours of these gates; in this table the clock counts, since older entries must go (P7)."""
    now = clock.now()
    mine = {gate.pk for gate in _kept(scope, community)}
    if not mine:
        return
    for row in queries.crossings(scope, community, now).filter(gate__in=mine, at__gt=now - SEEN_FOR, undone=None):
        yield {
            "id": str(row.pk), "gate": str(row.gate_id), "at": row.at.isoformat(), "direction": row.direction,
            "vehicle": row.vehicle, "plate": row.plate, "plate_key": row.plate_key, "name": row.name,
            "people": row.people, "coming_from": row.coming_from, "going_to": row.going_to, "errand": row.errand,
            "outcome": row.outcome, "why": row.why,
        }  # fmt: skip


def leave_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Rules of going out, for who keeps a gate."""
    for row in queries.leaves(scope, community, clock.now()) if _kept(scope, community) else ():
        yield {
            "id": str(row.pk), "grids": row.grids, "weekdays": row.weekdays,
            "opens": row.opens.isoformat("minutes") if row.opens else "",
            "closes": row.closes.isoformat("minutes") if row.closes else "",
            "card_hours": row.card_hours, "since": row.since.isoformat(), "until": row.until.isoformat(),
        }  # fmt: skip


TABLES = {"gate": gate_rows, "allowed": allowed_rows, "crossing": crossing_rows, "leave": leave_rows}


def _text(most: int) -> Any:
    return Annotated[str, StringConstraints(max_length=most, strip_whitespace=True)]


class GateCard(ClosedBody):
    """A card that was scanned: its number, the id of its key in hex, and the colour this phone showed."""

    serial: Annotated[int, Field(ge=1, le=(1 << 53) - 1)]
    kid: Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{2}){1,32}$")]


class RecordCrossing(ClosedBody):
    """Somebody stood at a gate. `plate` as typed; `temperature` in tenths of a degree; `card` null where none
    could be read, `colour` '' where none was scanned; `offline`: nobody could be asked."""

    gate: UUID
    direction: Direction
    outcome: Outcome
    why: Why
    vehicle: Vehicle = Vehicle.NONE
    errand: Errand = Errand.OTHER
    people: Annotated[int, Field(ge=1, le=99)] = 1
    plate: _text(20) = ""  # type: ignore[valid-type]
    name: _text(120) = ""  # type: ignore[valid-type]
    id_number: _text(20) = ""  # type: ignore[valid-type]
    phone: Annotated[str, StringConstraints(max_length=20, pattern=r"^[0-9+\- ]*$")] = ""
    coming_from: _text(80) = ""  # type: ignore[valid-type]
    going_to: _text(80) = ""  # type: ignore[valid-type]
    checks: dict[_text(20), Shown] = Field(default_factory=dict, max_length=20)  # type: ignore[valid-type]
    temperature: Annotated[int, Field(ge=300, le=450)] | None = None
    tested_at: AwareDatetime | None = None
    doses: Annotated[int, Field(ge=0, le=9)] | None = None
    card: GateCard | None = None
    colour: Literal["", "green", "yellow", "red"] = ""
    permit_no: _text(40) = ""  # type: ignore[valid-type]
    note: _text(200) = ""  # type: ignore[valid-type]
    offline: bool = False


class UndoCrossing(ClosedBody):
    """The crossing with this ref was written down by mistake."""

    crossing: UUID


def _new(command: ParsedCommand) -> actions.NewCrossing:
    body: RecordCrossing = command.body
    said = {name: getattr(body, name) for name in type(body).model_fields if name not in ("card", "colour")}
    return actions.NewCrossing(
        **carried(command), **said, card=body.colour,
        card_serial=body.card.serial if body.card else None, card_kid=body.card.kid if body.card else "",
    )  # fmt: skip


COMMANDS = {
    "checkpoints.record_crossing": PhoneCommand(RecordCrossing, told_to(actions.record_crossings, _new)),
    "checkpoints.undo_crossing": PhoneCommand(UndoCrossing, told_to(actions.undo_crossings, with_body(actions.UndoCrossing))),
}
