"""Where people belong and whether they are here: moves, grids, presence. One act may name many people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Kind, Place
from zhegu.registers.actions.filling import note_change, refill
from zhegu.registers.actions.kinds import Happened, command, foreign, ids
from zhegu.registers.actions.traces import leave_traces
from zhegu.registers.models import Household, Merge, Person, Presence


class _Act(Protocol):
    @property
    def at(self) -> datetime: ...
    @property
    def ref(self) -> UUID: ...
    def body(self) -> dict[str, Any]: ...


def _carried_out(
    kind: Happened, community: Place, by: Actor, items: Sequence[Any], act: Callable[[Any], Outcome]
) -> list[Answer]:
    """Each act under its own ref, all in one transaction."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [act(by_ref[one.ref]) for one in fresh]

    commands = [command(kind, community, by, item.at, item.ref, item.body()) for item in items]
    return journal.once(commands, do)


def _locked(people: Sequence[Person]) -> list[Person]:
    return list(Person.objects.select_for_update().filter(pk__in=[one.pk for one in people]).order_by("pk"))


def place_people(rows: Sequence[Person], **place: object) -> None:
    """These rows stand in `household_id` and `grid_id`, or only in the one named; merges are kept in step."""
    pks = [row.pk for row in rows]
    in_merges = set(Merge.objects.filter(kept__in=pks, undone=None).values_list("kept_id", flat=True))
    special = [row for row in rows if row.filled or row.merged_into_id or row.pk in in_merges]
    Person.objects.filter(pk__in=set(pks) - {row.pk for row in special}).update(**place)
    for row in special:
        for name, value in place.items():
            setattr(row, name, value)
        note_change(row, place)
        row.save()
        refill(row.merged_into)


@dataclass(frozen=True)
class Move:
    """These people now live in that household; or, with a grid alone, in that grid without a household yet."""

    people: tuple[Person, ...]
    at: datetime
    ref: UUID
    household: Household | None = None
    grid: Place | None = None

    def body(self) -> dict[str, Any]:
        return {
            "people": ids(self.people), "household": str(self.household.pk) if self.household else "",
            "grid": self.grid.code if self.grid else "",
        }  # fmt: skip


def move_people(*, by: Actor, community: Place, items: Sequence[Move]) -> list[Answer]:
    """Everyone lives where they were moved, in the household's grid; facts: `people`, `households` left and
    entered. Refused: no household and no grid named, or something of another community."""

    def move(item: Move) -> Outcome:
        if not (item.household or item.grid):
            return Refused("registers.move_where")
        if refused := foreign(community, item.household, item.grid, *item.people):
            return refused
        rows = _locked(item.people)
        left = {row.household_id for row in rows if row.household_id}
        grid = item.grid.pk if item.grid else item.household.grid_id if item.household else None
        place_people(rows, household_id=item.household.pk if item.household else None, grid_id=grid)
        houses = left | ({item.household.pk} if item.household else set())
        leave_traces(item.ref, [*(row.pk for row in rows), *houses])
        return Accepted({"people": ids(rows), "households": sorted(map(str, houses))})

    return _carried_out(Happened.PEOPLE_MOVED, community, by, items, move)


@dataclass(frozen=True)
class AssignGrid:
    """These people, and everyone in these households, belong to that grid."""

    grid: Place
    at: datetime
    ref: UUID
    people: tuple[Person, ...] = ()
    households: tuple[Household, ...] = ()

    def body(self) -> dict[str, Any]:
        return {"grid": self.grid.code, "people": ids(self.people), "households": ids(self.households)}


def assign_grid(*, by: Actor, community: Place, items: Sequence[AssignGrid]) -> list[Answer]:
    """Everyone named belongs to the grid, and so do the households that had none; facts: `people`.

    A household that changes its grid leaves its unit. Refused: no grid of this community, or a closed one.
    """

    def assign(item: AssignGrid) -> Outcome:
        if item.grid.kind != Kind.GRID or item.grid.closed:
            return Refused("registers.not_a_grid")
        if refused := foreign(community, item.grid, *item.people, *item.households):
            return refused
        houses = [house.pk for house in item.households]
        own = Person.objects.select_for_update().filter(household__in=houses, merged_into=None)
        rows = {row.pk: row for row in [*own, *_locked(item.people)]}
        bare = {row.household_id for row in rows.values() if row.household_id and row.household_id not in houses}
        _put_houses(item.grid, houses, bare)
        place_people(list(rows.values()), grid_id=item.grid.pk)
        leave_traces(item.ref, [*rows, *houses])
        return Accepted({"people": sorted(map(str, rows)), "households": sorted(map(str, houses))})

    return _carried_out(Happened.GRID_ASSIGNED, community, by, items, assign)


def _put_houses(grid: Place, named: list[UUID], bare: set[UUID]) -> None:
    """Named households go to the grid; those of named people only where they had none."""
    Household.objects.filter(pk__in=named).exclude(grid=grid).update(grid=grid, unit=None)
    Household.objects.filter(pk__in=bare, grid=None).update(grid=grid)


@dataclass(frozen=True)
class SetPresence:
    """These people are away, back, moved away or died, since that day."""

    people: tuple[Person, ...]
    presence: Presence
    since: date
    at: datetime
    ref: UUID
    reason: str = ""

    def body(self) -> dict[str, Any]:
        return {
            "people": ids(self.people), "presence": self.presence, "since": self.since.isoformat(),
            "reason": self.reason,
        }  # fmt: skip


def set_presence(*, by: Actor, community: Place, items: Sequence[SetPresence]) -> list[Answer]:
    """Everyone is what was said, since the day said; facts: `people`, and `later` (those of whom something
    is known from a later day, which stands). Refused: people of another community, an unknown word."""

    def be(item: SetPresence) -> Outcome:
        if item.presence not in Presence.values:
            return Refused("registers.unknown_word")
        if refused := foreign(community, *item.people):
            return refused
        rows = _locked(item.people)
        later = {row.pk for row in rows if row.presence_since and row.presence_since > item.since}
        changed = [row.pk for row in rows if row.pk not in later]
        Person.objects.filter(pk__in=changed).update(presence=item.presence, presence_since=item.since)
        leave_traces(item.ref, [row.pk for row in rows])
        return Accepted({"people": sorted(map(str, changed)), "later": sorted(map(str, later))})

    return _carried_out(Happened.PRESENCE_SET, community, by, items, be)
