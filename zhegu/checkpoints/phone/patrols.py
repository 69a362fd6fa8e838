"""What patrols offer to phones: routes, what was found in the last 24 hours; in numbers, never names."""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from zhegu.checkpoints import actions, queries
from zhegu.checkpoints.rules import PATROLS, SEEN_FOR, Did, Found
from zhegu.journal.actions import Answer
from zhegu.lib import clock
from zhegu.lib.phone import ParsedCommand, PhoneCommand
from zhegu.lib.scope import Scope
from zhegu.places import queries as places
from zhegu.places.models import Place


class RouteRow(TypedDict):
    """A route and its points in order."""

    id: str
    name: str
    name_bo: str
    points: list[str]


class FindingRow(TypedDict):
    """What was found at a point (counted from 0) in the last 24 hours."""

    id: str
    route: str
    point: int
    at: str
    found: Found
    people: int
    did: Did


ROWS: dict[str, type] = {"route": RouteRow, "finding": FindingRow}


def route_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Routes, for who patrols the community."""
    for row in queries.routes(scope, community) if scope.covers(community.code, *PATROLS) else ():
        yield {"id": str(row.pk), "name": row.name, "name_bo": row.name_bo, "points": row.points}


def finding_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """The last 24 hours; in this table the clock counts, since older ones must go."""
    if not scope.covers(community.code, *PATROLS):
        return
    now = clock.now()
    for row in queries.findings(scope, community, now - SEEN_FOR, now + SEEN_FOR):
        yield {
            "id": str(row.pk), "route": str(row.route_id), "point": row.point, "at": row.at.isoformat(),
            "found": row.found, "people": row.people, "did": row.did,
        }  # fmt: skip


TABLES = {"route": route_rows, "finding": finding_rows}


class Body(BaseModel):
    """Closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RecordFinding(Body):
    """A point of a route, counted from 0, was passed; people are counted, never named."""

    route: UUID
    point: Annotated[int, Field(ge=0, le=99)]
    found: Found
    people: Annotated[int, Field(ge=0, le=999)] = 0
    did: Did = Did.NOTHING


class UndoFinding(Body):
    """The finding with this ref was written down by mistake."""

    finding: UUID


def _carried(command: ParsedCommand) -> dict[str, Any]:
    return {"ref": command.ref, "at": command.at, "said": command.said, "words": command.words}


def record(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
    """Findings of one person."""
    if not commands:
        return []
    items = [actions.NewFinding(**_carried(c), **{n: getattr(c.body, n) for n in type(c.body).model_fields}) for c in commands]
    return actions.record_findings(by=commands[0].by, scope=scope, community=commands[0].place, items=items)


def undo(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
    """Findings taken back."""
    if not commands:
        return []
    items = [actions.UndoFinding(**_carried(command), finding=command.body.finding) for command in commands]
    return actions.undo_findings(by=commands[0].by, scope=scope, community=commands[0].place, items=items)


COMMANDS = {
    "checkpoints.record_finding": PhoneCommand(RecordFinding, record),
    "checkpoints.undo_finding": PhoneCommand(UndoFinding, undo),
}
