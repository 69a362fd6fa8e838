"""Routes are set up; patrols say what they found at each point, in numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.checkpoints.actions.kinds import OPERATION, Happened
from zhegu.checkpoints.models import Finding, Route
from zhegu.checkpoints.rules import PATROLS, Did, Found
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place


def add_route(
    *, by: Actor, community: Place, name: str, name_bo: str, points: Sequence[str], at: datetime, ref: UUID
) -> Answer:
    """Patrols may go it; facts: `route`. Refused: no name or a taken one, no point."""
    told = {"name": name.strip(), "name_bo": name_bo.strip(), "points": [one.strip() for one in points if one.strip()]}

    def do(fresh: list[Command]) -> list[Outcome]:
        if not told["name"]:
            return [Refused("checkpoints.name_needed")]
        if Route.objects.filter(community=community, name=told["name"]).exists():
            return [Refused("checkpoints.route_taken")]
        if not told["points"]:
            return [Refused("checkpoints.points_needed")]
        Route.objects.create(id=ref, community=community, **told)
        return [Accepted({"route": str(ref)})]

    return journal.once([Command(ref, Happened.ROUTE_ADDED, community.code, by, at, told, OPERATION)], do)[0]


def close_route(*, by: Actor, route: Route, at: datetime, ref: UUID) -> Answer:
    """Nobody goes it any more; what was found stays. Refused: closed already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = Route.objects.filter(pk=route.pk, closed=None).update(closed=at)
        return [Accepted({"route": str(route.pk)}) if changed else Refused("checkpoints.unknown_route")]

    body = {"route": str(route.pk)}
    return journal.once([Command(ref, Happened.ROUTE_CLOSED, route.community.code, by, at, body, OPERATION)], do)[0]


@dataclass(frozen=True, kw_only=True)
class NewFinding:
    """A point of a route was passed; `point` counts from 0."""

    ref: UUID
    at: datetime
    route: UUID
    point: int
    found: Found
    people: int = 0
    did: Did = Did.NOTHING
    said: bytes = b""
    words: Mapping[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        """As it is journalled: what the phone said, else the same in plain values."""
        told = {"route": str(self.route), "point": self.point, "found": self.found, "people": self.people, "did": self.did}
        return dict(self.words) or told


def record_findings(*, by: Actor, scope: Scope, community: Place, items: Sequence[NewFinding]) -> list[Answer]:
    """They count; facts: `finding`. Refused: an unknown route or point, people where nothing was found."""
    by_ref = {item.ref: item for item in items}
    routes = {route.pk: route for route in Route.objects.filter(community=community)}

    def one(command: Command) -> Outcome:
        item = by_ref[command.ref]
        route = routes.get(item.route)
        if route is None or not scope.covers(community.code, *PATROLS) or (route.closed and route.closed < item.at):
            return Refused("checkpoints.unknown_route")
        if item.point >= len(route.points):
            return Refused("checkpoints.unknown_point")
        if (item.found == Found.NOTHING) != (item.people == 0):
            return Refused("checkpoints.people_do_not_fit")
        Finding.objects.create(
            id=item.ref, community=community, route=route, point=item.point, at=item.at, by=by.key, found=item.found,
            people=item.people, did=item.did,
        )  # fmt: skip
        return Accepted({"finding": str(item.ref)})

    commands = [Command(i.ref, Happened.FOUND, community.code, by, i.at, i.body, OPERATION, None, i.said) for i in items]
    return journal.once(commands, lambda fresh: [one(command) for command in fresh])


@dataclass(frozen=True, kw_only=True)
class UndoFinding:
    """It was written down by mistake."""

    ref: UUID
    at: datetime
    finding: UUID
    said: bytes = b""
    words: Mapping[str, Any] = field(default_factory=dict)


def undo_findings(*, by: Actor, scope: Scope, community: Place, items: Sequence[UndoFinding]) -> list[Answer]:
    """They count no more. Refused: not there, not within reach, or taken back before."""
    by_ref = {item.ref: item for item in items}

    def one(command: Command) -> Outcome:
        item = by_ref[command.ref]
        found = Finding.objects.filter(community=community, pk=item.finding, undone=None)
        if not scope.covers(community.code, *PATROLS) or not found.update(undone=item.at):
            return Refused("checkpoints.unknown_finding")
        return Accepted({"finding": str(item.finding)})

    commands = [
        Command(i.ref, Happened.FINDING_UNDONE, community.code, by, i.at, dict(i.words) or {"finding": str(i.finding)}, OPERATION, None, i.said)
        for i in items
    ]
    return journal.once(commands, lambda fresh: [one(command) for command in fresh])
