"""Households within a scope, and how many people each grid holds."""

from dataclasses import dataclass, field

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhegu.lib.scope import Scope, known
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers.models import Household, Person, Presence, Residence
from zhegu.registers.queries.people import BELONGS, NO_GRID, people, within_reach
from zhegu.registers.rules.rights import KEEPS, SEES

_BELONGING = Person.objects.filter(household=OuterRef("pk"), presence__in=BELONGS, merged_into=None)
SIZE = Coalesce(Subquery(_BELONGING.order_by().values("household").annotate(n=Count("*")).values("n")), 0)


def households(
    scope: Scope, community: Place, *, grid: str = "", unit: str = "", words: str = "",
    roles: tuple[str, ...] = SEES,
) -> QuerySet[Household]:
    """Households of a community within the scope, by grid, with `size`: who belongs there.

    `grid` is a code or "none"; `words` is part of an address, a number, a door or a head's name.
    """
    places.reached(scope, community)
    found = Household.objects.filter(within_reach(scope, community, roles=roles), ended=None)
    if grid:
        found = found.filter(grid=None) if grid == NO_GRID else found.filter(grid__code=grid)
    if unit:
        found = found.filter(unit__code=unit)
    if words:
        found = found.filter(
            Q(no=words) | Q(door=words) | Q(address__icontains=words) | Q(head_name__icontains=words)
        )
    by_grid = F("grid__no").asc(nulls_last=True)
    return found.select_related("grid", "unit").annotate(size=SIZE).order_by(by_grid, "order", "pk")


def household(scope: Scope, household_id: object, *, roles: tuple[str, ...] = SEES) -> Household:
    """One household; raises NotFound outside the places of these roles."""
    reach = places.within(scope, "grid__code", *roles) | (
        Q(grid=None) & places.within(scope, "community__code", *roles)
    )
    return known(Household.objects.filter(reach, pk=household_id).select_related("community", "grid", "unit").first(), household_id)


def members(scope: Scope, household: Household) -> QuerySet[Person]:
    """Everyone written under this household whom the scope reaches, the head first, the gone last."""
    found = Person.objects.filter(within_reach(scope, household.community), household=household, merged_into=None)
    return found.select_related("grid", "household").order_by("pk")


@dataclass
class GridCount:
    """One grid (None: those without one) and who belongs to it."""

    grid: Place | None
    people: int = 0
    residents: int = 0
    incomers: int = 0
    away: int = 0
    households: int = 0


@dataclass(frozen=True)
class _Sums:
    rows: dict[object, GridCount] = field(default_factory=dict)


def grid_counts(scope: Scope, community: Place) -> list[GridCount]:
    """Every grid of the scope by number, then those without one; the sums equal the people list's."""
    sums = _Sums({grid.pk: GridCount(grid) for grid in places.grids(scope, community)})
    by_kind = people(scope, community).order_by().values("grid", "residence", "presence").annotate(n=Count("*"))
    for row in by_kind:
        kept = sums.rows.setdefault(row["grid"], GridCount(None))
        kept.people += row["n"]
        kept.residents += row["n"] if row["residence"] == Residence.RESIDENT else 0
        kept.incomers += row["n"] if row["residence"] == Residence.INCOMER else 0
        kept.away += row["n"] if row["presence"] == Presence.AWAY else 0
    houses = Household.objects.filter(within_reach(scope, community), ended=None).order_by()
    for row in houses.values("grid").annotate(n=Count("*")):
        sums.rows.setdefault(row["grid"], GridCount(None)).households += row["n"]
    return list(sums.rows.values())


def codes_by_household(scope: Scope, community: Place, grid: Place | None) -> list[tuple[Household | None, list[Person]]]:
    """Who gets a personal code, household by household, those without a household last.

    Only for those who keep the register: a printed code is handed to its holder.
    """
    found = people(scope, community, roles=KEEPS)
    found = found.filter(grid=grid) if grid else found
    by_house: dict[object, tuple[Household | None, list[Person]]] = {}
    for one in found:
        by_house.setdefault(one.household_id, (one.household, []))[1].append(one)
    last = by_house.pop(None, None)
    return [*by_house.values(), *([last] if last else [])]
