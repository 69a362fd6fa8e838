"""What arrivals offer to phones: those of one's own grids, and writing somebody down at a gate or a door."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints
from typing_extensions import TypedDict

from zhegu.arrivals import actions, queries
from zhegu.arrivals.models import Arrival
from zhegu.arrivals.rules import (
    GRID_WORKER,
    OFFICE,
    TRAVELLERS,
    HealthCode,
    Kind,
    Test,
    Transport,
    Way,
    Why,
    way_of,
)
from zhegu.journal.actions import Answer
from zhegu.lib.phone import ClosedBody, ParsedCommand, PhoneCommand, carried, told_to
from zhegu.lib.scope import NotFound, Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.places.models import Place

EARLIEST_BIRTH = 1900


class ArrivalRow(TypedDict):
    """Somebody who arrived in a grid of this phone and about whom nobody has decided, or who stays under a measure
    of an open outbreak. `party`: the ref of the entry; `house`: the household of whom of the register it tells, '' for none; `measure`, `proposed`: codes of the profile; `phone_tail`: the last four digits only."""

    id: str
    party: str
    name: str
    birth_year: int | None
    grid: int
    house: str
    came_from: str
    left: str
    arrived: str
    together: int
    way: Way
    phone_tail: str
    decided: bool
    measure: str
    proposed: str
    why: Why


ROWS: dict[str, type] = {"arrival": ArrivalRow}


def _mine(scope: Scope) -> Scope:
    """Leaders read in the office; a phone carries only what its people must act on."""
    held = frozenset(grant for grant in scope.grants if grant.role in (OFFICE, GRID_WORKER))
    return Scope(scope.actor, held, scope.purpose, scope.whole)


def arrival_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Those to be decided about, and those under a measure of the open outbreak, by time of arrival."""
    outbreak = outbreaks.open_outbreak(scope, community)
    try:
        found = queries.arrivals(_mine(scope), community).order_by("arrived", "id")
    except NotFound:
        return
    proposals = queries.Proposals(scope, outbreak)
    for row in found:
        under = bool(row.measure) and outbreak is not None and row.outbreak_id == outbreak.pk
        if row.decided is None or under:
            yield _row(row, proposals.of(row))


def _row(row: Arrival, proposed: queries.Proposed) -> dict[str, Any]:
    return {
        "id": str(row.pk), "party": str(row.party), "name": row.name, "birth_year": row.birth_year, "grid": row.grid.no if row.grid else 0,
        "house": str(row.person.household_id or "") if row.person else "", "came_from": row.came_from, "left": row.left.isoformat() if row.left else "", "arrived": row.arrived.isoformat(),
        "together": row.together, "way": row.way, "phone_tail": row.phone[-4:] if len(row.phone) >= 8 else "",
        "decided": row.decided is not None, "measure": row.measure, "proposed": proposed.code, "why": proposed.why,
    }  # fmt: skip


TABLES = {"arrival": arrival_rows}
SENSITIVE = {"arrival"}


def _text(most: int) -> Any:
    return Annotated[str, StringConstraints(max_length=most, strip_whitespace=True)]


class TravellerBody(ClosedBody):
    """One person; numbers may be left empty."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
    sex: Literal["m", "f", ""] = ""
    birth_year: Annotated[int, Field(ge=EARLIEST_BIRTH, le=2200)] | None = None
    id_number: _text(20) = ""  # type: ignore[valid-type]
    phone: Annotated[str, StringConstraints(max_length=20, pattern=r"^[0-9+\- ]*$")] = ""


class RegisterArrival(ClosedBody):
    """Somebody came, with whom, from where. `grid`: the number of the grid they stay in, null where nobody knows;
    `left`: the day they left where they came from."""

    who: TravellerBody
    companions: Annotated[list[TravellerBody], Field(max_length=TRAVELLERS)] = []
    came_from: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
    arrived: AwareDatetime
    kind: Kind = Kind.INCOMER
    transport: Transport = Transport.OTHER
    grid: Annotated[int, Field(ge=1, le=255)] | None = None
    left: date | None = None
    via: _text(200) = ""  # type: ignore[valid-type]
    transport_no: _text(40) = ""  # type: ignore[valid-type]
    address: _text(200) = ""  # type: ignore[valid-type]
    health_code: HealthCode | Literal[""] = ""
    test: Test | Literal[""] = ""
    note: _text(200) = ""  # type: ignore[valid-type]


class UndoArrival(ClosedBody):
    """The entry with this ref was written down by mistake: everybody of it about whom nobody has decided."""

    arrival: UUID


def _traveller(body: TravellerBody) -> actions.Traveller:
    return actions.Traveller(body.name, body.sex, body.birth_year, body.id_number, body.phone)


def _new(command: ParsedCommand, way: Way) -> actions.NewArrival:
    body: RegisterArrival = command.body
    said = {name: getattr(body, name) for name in type(body).model_fields if name not in ("who", "companions")}
    return actions.NewArrival(
        **carried(command), **said, way=way, who=_traveller(body.who),
        companions=tuple(_traveller(one) for one in body.companions),
    )  # fmt: skip


def register(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
    """Arrivals written down by one person."""
    if not commands:
        return []
    items = [_new(command, way_of(scope.roles)) for command in commands]
    return actions.register_arrivals(by=commands[0].by, scope=scope, community=commands[0].place, items=items)


def _undo(command: ParsedCommand) -> actions.UndoArrival:
    return actions.UndoArrival(**carried(command), arrival=command.body.arrival, whole=True)


COMMANDS = {
    "arrivals.register_arrival": PhoneCommand(RegisterArrival, register),
    "arrivals.undo_arrival": PhoneCommand(UndoArrival, told_to(actions.undo_arrivals, _undo)),
}
