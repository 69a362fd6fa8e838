"""Doors that nobody had on the roster: a grazing site, a tent, somebody who came since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.place_codes import GRID_MAX, grid_code
from zhegu.lib.scope import Actor, Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.visits.actions.kinds import Act, Happened
from zhegu.visits.models import Campaign, Door
from zhegu.visits.rules import WORKERS

EVERYWHERE = Scope.everything("which grid a number means; whose it is is asked of the scope")


@dataclass(frozen=True, kw_only=True)
class NewDoor(Act):
    """A place without an address: what people call it, where it lies in words, how many live there. Its id is the ref."""

    campaign: UUID
    name: str
    grid: int
    where: str = ""
    people: int = 0

    def plain(self) -> dict[str, Any]:
        return {
            "campaign": str(self.campaign), "name": self.name, "grid": self.grid, "where": self.where, "people": self.people,
        }  # fmt: skip


def add_doors(*, by: Actor, scope: Scope, community: Place, items: Sequence[NewDoor]) -> list[Answer]:
    """Each stands on the roster as added, with who added it; facts: `door`. Refused: no such campaign, a grid that
    is not theirs, no name, after the closing."""
    by_ref = {item.ref: item for item in items}
    found = Campaign.objects.filter(community=community, pk__in={one.campaign for one in items})
    campaigns = {row.pk: row for row in found}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_add(by, scope, community, campaigns.get(by_ref[c.ref].campaign), by_ref[c.ref]) for c in fresh]

    def outbreak(item: NewDoor) -> UUID | None:
        campaign = campaigns.get(item.campaign)
        return campaign.outbreak_id if campaign else None

    return journal.once([one.command(Happened.DOOR_ADDED, community, by, outbreak(one)) for one in items], do)


def _add(by: Actor, scope: Scope, community: Place, campaign: Campaign | None, item: NewDoor) -> Outcome:
    if campaign is None:
        return Refused("visits.unknown_campaign")
    code = grid_code(community.code, item.grid) if 1 <= item.grid <= GRID_MAX else ""
    grid = places.grids(EVERYWHERE, community).filter(code=code).first()
    if grid is None or not scope.covers(code, *WORKERS):
        return Refused("visits.unknown_grid")
    if campaign.closed_at and campaign.closed_at < item.at:
        return Refused("visits.closed")
    if not item.name.strip():
        return Refused("visits.name_needed")
    Door.objects.create(
        id=item.ref, campaign=campaign, name=item.name.strip(), where=item.where.strip(), grid=grid, people=item.people,
        added_at=item.at, added_by=by.key,
    )  # fmt: skip
    return Accepted({"door": str(item.ref)})
