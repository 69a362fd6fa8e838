"""What patrols offer to phones: routes, what was found in the last 24 hours; in numbers, never names."""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from zhegu.checkpoints import actions, queries
from zhegu.checkpoints.rules import PATROLS, SEEN_FOR, Did, Found
from zhegu.lib import clock
from zhegu.lib.phone import ClosedBody, PhoneCommand, told_to, with_body
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


class RecordFinding(ClosedBody):
    """A point of a route, counted from 0, was passed; people are counted, never named."""

    route: UUID
    point: Annotated[int, Field(ge=0, le=99)]
    found: Found
    people: Annotated[int, Field(ge=0, le=999)] = 0
    did: Did = Did.NOTHING


class UndoFinding(ClosedBody):
    """The finding with this ref was written down by mistake."""

    finding: UUID


COMMANDS = {
    "checkpoints.record_finding": PhoneCommand(RecordFinding, told_to(actions.record_findings, with_body(actions.NewFinding))),
    "checkpoints.undo_finding": PhoneCommand(UndoFinding, told_to(actions.undo_findings, with_body(actions.UndoFinding))),
}
