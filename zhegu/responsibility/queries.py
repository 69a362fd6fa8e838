"""Who answered for what on a day, and where nobody does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Role
from zhegu.lib.scope import NotFound, Scope
from zhegu.places import queries as places
from zhegu.places.models import Kind, Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Household
from zhegu.responsibility.models import Keeper
from zhegu.responsibility.rules import Answers, As, Held, When, answering, nearest

SEES = ("office", "leader")
ROLES = {Kind.GRID: Role.GRID_WORKER, Kind.UNIT: Role.UNIT_HEAD}
"""Which role answers for which kind of place."""


def _held(scope: Scope, community: Place, when: When) -> list[Held]:
    """Roles that answer for a place of the community, as they were held then."""
    rows = accounts.grants_between(scope, community.code, when.start, when.end, *ROLES.values())
    return [
        Held(row.staff.name, As(row.role), row.place.code, row.since, row.until, str(row.pk)) for row in rows
    ]


def for_place(scope: Scope, place: Place, when: When) -> tuple[Held, ...]:
    """Who answered for that grid or unit then; empty: nobody. For a unit without a head see its grid."""
    community = places.community(scope, place.community_code)
    return nearest(place.code, As(ROLES[Kind(place.kind)]), _held(scope, community, when))


def for_places(scope: Scope, community: Place, at: Iterable[Place], when: When) -> dict[UUID, tuple[Held, ...]]:
    """The same for several of one community."""
    held = _held(scope, community, when)
    return {one.pk: nearest(one.code, As(ROLES[Kind(one.kind)]), held) for one in at}


def _keepers(households: Iterable[Household], when: When) -> dict[UUID, list[Held]]:
    found: dict[UUID, list[Held]] = {}
    rows = Keeper.objects.filter(household__in=list(households), since__lt=when.end).select_related("staff")
    for row in rows.order_by("since"):
        held = Held(row.staff.name, As.KEEPER, "", row.since, row.until, str(row.pk))
        if held.on(when.start, when.end):
            found.setdefault(row.household_id, []).append(held)
    return found


@dataclass(frozen=True)
class Home:
    """A household and who answered for it. `told` False: where it stood then is not known any more."""

    household: Household
    answers: list[Answers]
    told: bool = True


def for_household(scope: Scope, household: Household, when: When) -> Home:
    """Who answered for a household then; raises NotFound outside the scope."""
    registers.household(scope, household.pk)
    return for_households(scope, household.community, [household], when)[0]


def for_households(scope: Scope, community: Place, households: list[Household], when: When) -> list[Home]:
    """The same for several of one community."""
    held, keepers = _held(scope, community, when), _keepers(households, when)
    stood = registers.stood(scope, community, households, when.end)
    found = []
    for one in households:
        grid, unit = stood[one.pk]
        answers = answering(grid or "", unit or "", keepers.get(one.pk, []), held)
        found.append(Home(one, answers, grid is not None and unit is not None))
    return found


def keeper(scope: Scope, household: Household, keeper_id: object) -> Keeper:
    """One who was put in charge of a household; raises NotFound."""
    found = Keeper.objects.filter(household=household, pk=keeper_id).select_related("household__community").first()
    if found is None or not scope.covers(household.community.code, "office"):
        raise NotFound(str(keeper_id))
    return found


@dataclass(frozen=True)
class Row:
    """One grid or unit and who answered for it; `lives` whether households stand there now."""

    place: Place
    held: tuple[Held, ...]
    units: tuple["Row", ...] = ()
    lives: bool = True

    @property
    def gap(self) -> bool:
        return self.lives and not self.held


def board(scope: Scope, community: Place, when: When) -> list[Row]:
    """Every grid of the community within the scope with its units."""
    held = _held(scope, community, when)
    inhabited = set(
        registers.households(scope, community, roles=SEES).exclude(unit=None).order_by().values_list("unit_id", flat=True)
    )
    units: dict[UUID | None, list[Row]] = {}
    for unit in places.units(scope, community):
        row = Row(unit, nearest(unit.code, As.UNIT_HEAD, held), lives=unit.pk in inhabited)
        units.setdefault(unit.within_id, []).append(row)
    return [
        Row(grid, nearest(grid.code, As.GRID_WORKER, held), tuple(units.get(grid.pk, ())))
        for grid in places.grids(scope, community)
    ]


@dataclass(frozen=True)
class Gaps:
    """Where nobody answers now."""

    places: tuple[Place, ...]
    households: int

    @property
    def number(self) -> int:
        return len(self.places) + self.households


def gaps(scope: Scope, community: Place, at: datetime) -> Gaps:
    """At that moment: grids with no worker, units with households and no head, households in no grid with no keeper."""
    found = []
    for row in board(scope, community, When.just(at)):
        found += [one.place for one in (row, *row.units) if one.gap]
    nowhere = list(registers.households(scope, community, grid="none", roles=SEES))
    kept = _keepers(nowhere, When.just(at)) if nowhere else {}
    return Gaps(tuple(found), sum(1 for one in nowhere if one.pk not in kept))
