"""Households: adding, correcting, splitting, and their joint-household units."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Kind, Place
from zhegu.registers.actions.kinds import Happened, command, foreign, ids
from zhegu.registers.actions.moving import place_people
from zhegu.registers.actions.traces import leave_traces
from zhegu.registers.models import Household, Person
from zhegu.registers.rules.characters import even
from zhegu.registers.rules.names import tidy_name

LONGEST = {"no": 40, "head_name": 120, "address": 200, "door": 40, "note": 2000}


@dataclass(frozen=True)
class HouseholdFacts:
    """What is written about a household itself."""

    no: str = ""
    head_name: str = ""
    address: str = ""
    door: str = ""
    note: str = ""

    def tidied(self) -> "HouseholdFacts":
        return HouseholdFacts(even(self.no), tidy_name(self.head_name), even(self.address), even(self.door), even(self.note))

    def too_long(self) -> str:
        """The field that is too long, if any."""
        return next((name for name, most in LONGEST.items() if len(getattr(self, name)) > most), "")


def _refused(community: Place, facts: HouseholdFacts, grid: Place | None) -> Refused | None:
    if field := facts.too_long():
        return Refused("registers.too_long", {"field": field})
    if grid and grid.kind != Kind.GRID:
        return Refused("registers.not_a_grid")
    return foreign(community, grid)


def add_household(
    *, by: Actor, community: Place, facts: HouseholdFacts, grid: Place | None = None, at: datetime, ref: UUID
) -> Answer:
    """The household stands, last in its grid; facts: `household`. Refused: too long a text, a foreign grid."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if refused := _refused(community, facts.tidied(), grid):
            return [refused]
        made = _made(ref, community, facts, grid)
        leave_traces(ref, [made.pk])
        return [Accepted({"household": str(made.pk)})]

    body = {**asdict(facts), "grid": grid.code if grid else ""}
    return journal.once([command(Happened.HOUSEHOLD_ADDED, community, by, at, ref, body)], do)[0]


def _made(pk: UUID, community: Place, facts: HouseholdFacts, grid: Place | None) -> Household:
    last = Household.objects.filter(community=community, grid=grid).order_by("-order").first()
    return Household.objects.create(
        pk=pk, community=community, grid=grid, order=last.order + 1 if last else 1, **asdict(facts.tidied())
    )


def change_household(
    *, by: Actor, household: Household, facts: HouseholdFacts, at: datetime, ref: UUID
) -> Answer:
    """The household's own facts are as said; its people and grid stay."""

    def do(fresh: list[Command]) -> list[Outcome]:
        tidied = facts.tidied()
        if refused := _refused(household.community, tidied, None):
            return [refused]
        row = Household.objects.select_for_update().get(pk=household.pk)
        for name, value in asdict(tidied).items():
            setattr(row, name, value)
        row.save()
        leave_traces(ref, [row.pk])
        return [Accepted({"household": str(row.pk)})]

    body = {"household": str(household.pk), "changes": asdict(facts)}
    return journal.once([command(Happened.HOUSEHOLD_CHANGED, household.community, by, at, ref, body)], do)[0]


def split_household(
    *, by: Actor, household: Household, people: Sequence[Person], facts: HouseholdFacts, at: datetime, ref: UUID
) -> Answer:
    """These members live in a new household in the same grid and unit; the others stay. Facts: `household`.

    Refused: nobody named, someone who does not live there, or everyone (that would be a new number only).
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        rows = list(Person.objects.select_for_update().filter(pk__in=[one.pk for one in people]))
        staying = Person.objects.filter(household=household, merged_into=None).exclude(pk__in=[r.pk for r in rows])
        if refused := _no_split(household, rows, staying.exists()) or _refused(household.community, facts.tidied(), None):
            return [refused]
        made = _made(ref, household.community, facts, household.grid)
        Household.objects.filter(pk=made.pk).update(unit=household.unit)
        place_people(rows, household_id=made.pk, grid_id=household.grid_id)
        leave_traces(ref, [household.pk, made.pk, *(row.pk for row in rows)])
        return [Accepted({"household": str(made.pk), "people": ids(rows)})]

    body = {"household": str(household.pk), "people": ids(people), **asdict(facts)}
    return journal.once([command(Happened.HOUSEHOLD_SPLIT, household.community, by, at, ref, body)], do)[0]


def _no_split(household: Household, leaving: Sequence[Person], someone_stays: bool) -> Refused | None:
    if not leaving:
        return Refused("registers.split_nobody")
    if any(row.household_id != household.pk for row in leaving):
        return Refused("registers.split_stranger")
    return None if someone_stays else Refused("registers.split_everyone")


@dataclass(frozen=True)
class AssignUnit:
    """These households form, or join, that joint-household unit; None takes them out of theirs."""

    households: tuple[Household, ...]
    unit: Place | None
    at: datetime
    ref: UUID

    def body(self) -> dict[str, Any]:
        return {"households": ids(self.households), "unit": self.unit.code if self.unit else ""}


def assign_unit(*, by: Actor, community: Place, items: Sequence[AssignUnit]) -> list[Answer]:
    """The households belong to the unit; facts: `households`. Refused: a household outside the unit's grid."""
    by_ref = {item.ref: item for item in items}

    def assign(item: AssignUnit) -> Outcome:
        if refused := foreign(community, item.unit, *item.households):
            return refused
        if item.unit and any(house.grid_id != item.unit.within_id for house in item.households):
            return Refused("registers.unit_elsewhere")
        Household.objects.filter(pk__in=[house.pk for house in item.households]).update(unit=item.unit)
        leave_traces(item.ref, [house.pk for house in item.households])
        return Accepted({"households": ids(item.households)})

    def do(fresh: list[Command]) -> list[Outcome]:
        return [assign(by_ref[one.ref]) for one in fresh]

    commands = [command(Happened.UNIT_ASSIGNED, community, by, i.at, i.ref, i.body()) for i in items]
    return journal.once(commands, do)
