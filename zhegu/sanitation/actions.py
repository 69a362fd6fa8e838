"""The office says what is to be disinfected; whoever did it writes it down, and takes back what was a mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.sanitation.models import Disinfection, Spot
from zhegu.sanitation.rules import DISINFECTS, Said, SpotKind, wrong

OPERATION = "operation"
MOST_A_DAY = 24


class Happened(StrEnum):
    """Journal kinds of this app."""

    SPOT_ADDED = "sanitation.spot_added"
    SPOT_CLOSED = "sanitation.spot_closed"
    DISINFECTED = "sanitation.disinfected"
    UNDONE = "sanitation.disinfection_undone"


@dataclass(frozen=True)
class NewSpot:
    """A place that is to be disinfected."""

    name: str
    name_bo: str
    kind: SpotKind
    area: int
    per_day: int


def add_spot(*, by: Actor, community: Place, spot: NewSpot, at: datetime, ref: UUID) -> Answer:
    """It can be disinfected from now on; facts: `spot`. Refused: no name or a taken one, no area, too often a day."""
    told: dict[str, Any] = {
        "name": spot.name.strip(), "name_bo": spot.name_bo.strip(), "kind": spot.kind, "area": spot.area, "per_day": spot.per_day
    }  # fmt: skip

    def do(fresh: list[Command]) -> list[Outcome]:
        if not told["name"]:
            return [Refused("sanitation.name_needed")]
        if Spot.objects.filter(community=community, name=told["name"], closed=None).exists():
            return [Refused("sanitation.spot_taken")]
        if not 0 < spot.area <= 1_000_000:
            return [Refused("sanitation.wrong_area")]
        if not 0 <= spot.per_day <= MOST_A_DAY:
            return [Refused("sanitation.wrong_per_day", {"most": MOST_A_DAY})]
        Spot.objects.create(id=ref, community=community, since=at, **told)
        return [Accepted({"spot": str(ref)})]

    return journal.once([Command(ref, Happened.SPOT_ADDED, community.code, by, at, told, OPERATION)], do)[0]


def close_spot(*, by: Actor, spot: Spot, at: datetime, ref: UUID) -> Answer:
    """It is not to be disinfected any more; what was done stays. Refused: closed already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = Spot.objects.filter(pk=spot.pk, closed=None).update(closed=at)
        return [Accepted({"spot": str(spot.pk)}) if changed else Refused("sanitation.unknown_spot")]

    body = {"spot": str(spot.pk)}
    return journal.once([Command(ref, Happened.SPOT_CLOSED, spot.community.code, by, at, body, OPERATION)], do)[0]


@dataclass(frozen=True, kw_only=True)
class NewDisinfection:
    """A spot was disinfected at that moment."""

    ref: UUID
    at: datetime
    spot: UUID
    said: Said

    @property
    def body(self) -> dict[str, Any]:
        return {"spot": str(self.spot), **vars(self.said), "litres": str(self.said.litres)}


def record(*, by: Actor, scope: Scope, community: Place, items: Sequence[NewDisinfection]) -> list[Answer]:
    """They count; facts: `disinfection`. Refused: an unknown or closed spot, a number that cannot be right."""
    by_ref = {item.ref: item for item in items}
    spots = {spot.pk: spot for spot in Spot.objects.filter(community=community)}

    def one(command: Command) -> Outcome:
        item = by_ref[command.ref]
        spot = spots.get(item.spot)
        if spot is None or not scope.covers(community.code, *DISINFECTS) or (spot.closed and spot.closed < item.at):
            return Refused("sanitation.unknown_spot")
        if number := wrong(item.said):
            return Refused(f"sanitation.wrong_{number}")
        Disinfection.objects.create(id=item.ref, community=community, spot=spot, at=item.at, by=by.key, **vars(item.said))
        return Accepted({"disinfection": str(item.ref)})

    commands = [Command(i.ref, Happened.DISINFECTED, community.code, by, i.at, i.body, OPERATION) for i in items]
    return journal.once(commands, lambda fresh: [one(command) for command in fresh])


def undo(*, by: Actor, scope: Scope, community: Place, done: Disinfection, at: datetime, ref: UUID) -> Answer:
    """It counts no more. Refused: not within reach, or taken back before."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Disinfection.objects.filter(community=community, pk=done.pk, undone=None)
        if not scope.covers(community.code, *DISINFECTS) or not row.update(undone=at):
            return [Refused("sanitation.unknown_disinfection")]
        return [Accepted({"disinfection": str(done.pk)})]

    body = {"disinfection": str(done.pk)}
    return journal.once([Command(ref, Happened.UNDONE, community.code, by, at, body, OPERATION)], do)[0]
