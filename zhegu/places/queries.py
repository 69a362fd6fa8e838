"""Reading places. A scope reaches every place whose code begins with one of its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from zhegu.lib.groups import Groups
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places.models import Kind, Place


def within(scope: Scope, field: str, *roles: str) -> Q:
    """A filter: `field` (a code such as `grid__code`) lies within the scope's places.

    Ranges, not LIKE: `code >= x and code < x + 1` uses the index on both databases.
    """
    if scope.whole:
        return ~Q(pk__in=[])  # always true, and stays so in an OR; an empty Q() vanishes from one
    wanted = Q(pk__in=[])
    for code in scope.places(*roles):
        wanted |= Q(**{f"{field}__gte": code, f"{field}__lt": code + "\x7f"})
    return wanted


def _at_or_above(scope: Scope) -> Q:
    """The places of the scope and what they lie in, so that a grid worker can name the community."""
    if scope.whole:
        return Q()  # an empty Q vanishes when it is or-ed
    above = {code[:length] for code in scope.places() for length in (4, 6, 9, 12)}
    return within(scope, "code") | Q(code__in=above)


def community(scope: Scope, code: str) -> Place:
    """The community with this code; raises NotFound outside the scope."""
    return known(Place.objects.filter(_at_or_above(scope), kind=Kind.COMMUNITY, code=code).first(), code)


def above(scope: Scope, code: str) -> Place:
    """A town, county or prefecture of the scope; raises NotFound."""
    kinds = (Kind.PREFECTURE, Kind.COUNTY, Kind.TOWN)
    return known(Place.objects.filter(within(scope, "code"), kind__in=kinds, code=code).first(), code)


def reached(scope: Scope, community: Place) -> Place:
    """The community that somebody holds already, where the scope holds anything in it; raises NotFound elsewhere.
    Nothing is read."""
    if community.kind != Kind.COMMUNITY or not scope.reaches(community.code):
        raise NotFound(community.code)
    return community


def communities(scope: Scope) -> QuerySet[Place]:
    """Communities in which the scope holds anything."""
    return Place.objects.filter(_at_or_above(scope), kind=Kind.COMMUNITY)


def grids(scope: Scope, community: Place) -> QuerySet[Place]:
    """The grids of a community that the scope covers, by number."""
    return Place.objects.filter(
        within(scope, "code"), kind=Kind.GRID, within=community, closed=None
    ).order_by("no")


def names_of(scope: Scope, community: Place) -> list[str]:
    """The names of the community and its grids, in which a person's name may lie without meaning anybody."""
    return [name for place in (community, *grids(scope, community)) for name in (place.name, place.name_bo) if name]


def by_grid(scope: Scope, community: Place, found: QuerySet, sizes: Mapping[Any, int]) -> Groups:
    """Rows that have a grid and stand in the order of its number, those without one last; `sizes` counts them by the grid's
    id. Of a page only the grids on it are read and sorted."""
    grids = Place.objects.filter(within(scope, "code"), kind=Kind.GRID, within=community)
    numbers = dict(grids.values_list("pk", "no"))
    order = sorted(sizes, key=lambda grid: (grid is None, numbers.get(grid, 0)))

    def of(chosen: list[Any]) -> QuerySet:
        inside = Q(grid__in=chosen)
        return found.filter(inside | Q(grid=None) if None in chosen else inside)

    return Groups(((grid, sizes[grid]) for grid in order), of)


def grid(scope: Scope, code: str) -> Place:
    """One grid; raises NotFound outside the scope."""
    return known(Place.objects.filter(within(scope, "code"), kind=Kind.GRID, code=code).first(), code)


def units(scope: Scope, community: Place) -> QuerySet[Place]:
    """Joint-household units of a community that the scope covers."""
    return Place.objects.filter(
        within(scope, "code"), kind=Kind.UNIT, code__startswith=community.code
    ).order_by("code")


def named(scope: Scope, codes: Iterable[str]) -> dict[str, Place]:
    """Those of these places that stand here and that the scope covers or lies in, by code."""
    return {one.code: one for one in Place.objects.filter(_at_or_above(scope), code__in=set(codes))}
