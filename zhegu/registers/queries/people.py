"""People within a scope: the list, its filters and counts, one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from zhegu.lib.ids import read_id
from zhegu.lib.scope import NotFound, Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers.models import Person, Presence, Residence
from zhegu.registers.rules.facts import FIELDS
from zhegu.registers.rules.rights import SEES

NO_GRID, ANY = "none", "any"
BELONGS = (Presence.HERE, Presence.AWAY)
LACKS = {
    "phone": Q(phone_index=b""),
    "id_number": Q(id_index=b""),
    "birth": Q(birth_year=None),
    "household": Q(household=None),
}
"""What someone's entry may lack, to be asked for."""


def within_reach(scope: Scope, community: Place, prefix: str = "", roles: tuple[str, ...] = SEES) -> Q:
    """A filter: people of this community whom one of these roles reaches.

    Those without a grid belong to roles held for the whole community. `prefix` leads to the person.
    """
    here = Q(**{f"{prefix}community": community})
    if scope.covers(community.code, *roles):
        return here
    return here & places.within(scope, f"{prefix}grid__code", *roles)


def _of(scope: Scope, roles: tuple[str, ...]) -> Q:
    """The same without naming a community."""
    return places.within(scope, "grid__code", *roles) | (
        Q(grid=None) & places.within(scope, "community__code", *roles)
    )


@dataclass(frozen=True)
class Wanted:
    """Which people a list is about; '' for any. `presence` '' means those who belong here: here or away."""

    grid: str = ""
    residence: str = ""
    presence: str = ""
    lacks: str = ""
    born_from: int | None = None
    born_to: int | None = None

    def filter(self, prefix: str = "") -> Q:
        """As a filter; `prefix` leads to the person."""
        found = Q()
        if self.presence != ANY:
            found = Q(**{f"{prefix}presence__in": [self.presence] if self.presence else list(BELONGS)})
        if self.grid == NO_GRID:
            found &= Q(**{f"{prefix}grid": None})
        elif self.grid:
            found &= Q(**{f"{prefix}grid__code": self.grid})
        if self.residence:
            found &= Q(**{f"{prefix}residence": self.residence})
        if self.born_from:
            found &= Q(**{f"{prefix}birth_year__gte": self.born_from})
        if self.born_to:
            found &= Q(**{f"{prefix}birth_year__lte": self.born_to})
        if self.lacks in LACKS:
            name, value = LACKS[self.lacks].children[0]
            found &= Q(**{f"{prefix}{name}": value})
        return found


ANYONE = Wanted(presence=ANY)


def people(
    scope: Scope, community: Place, wanted: Wanted = Wanted(), *, roles: tuple[str, ...] = SEES
) -> QuerySet[Person]:
    """People of a community within the scope, by grid and house; merged rows stand for nobody.

    Without filters: everyone who belongs here, away or not.
    """
    places.reached(scope, community)
    found = Person.objects.filter(within_reach(scope, community, roles=roles), wanted.filter(), merged_into=None)
    by_grid = F("grid__no").asc(nulls_last=True)
    by_house = F("household__order").asc(nulls_last=True)
    return found.select_related("grid", "household").order_by(by_grid, by_house, "household", "pk")


def grid_codes(scope: Scope, community: Place, of: Iterable[UUID]) -> dict[UUID, str]:
    """In which grid each of these people lives, as its code; empty for those in none. Within the scope, moved or not."""
    places.reached(scope, community)
    found = Person.objects.filter(within_reach(scope, community), pk__in=list(of))
    return {person: code or "" for person, code in found.values_list("pk", "grid__code")}


def without_grid(scope: Scope, community: Place) -> QuerySet[Person]:
    """Those who belong here and stand in no grid; they are the whole community's to place."""
    return people(scope, community, Wanted(grid=NO_GRID))


def person(scope: Scope, person_id: object, *, roles: tuple[str, ...] = SEES) -> Person:
    """One person; raises NotFound outside the places of these roles. A merged row is given as it is."""
    found = (
        Person.objects.filter(_of(scope, roles), pk=read_id(person_id))
        .select_related("community", "grid", "household", "household__unit", "merged_into")
        .first()
    )
    if found is None:
        raise NotFound(str(person_id))
    return found


def shown_as(scope: Scope, person: Person) -> Person:
    """Whom this row is shown as: itself, or the one it was merged into, however often."""
    while person.merged_into_id:
        person = Person.objects.select_related("community", "grid", "household").get(pk=person.merged_into_id)
    if not Person.objects.filter(_of(scope, SEES), pk=person.pk).exists():
        raise NotFound(str(person.pk))
    return person


def shown_instead(scope: Scope, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Of these people those who are shown as somebody else by now, and as whom."""
    own = Person.objects.filter(_of(scope, SEES))
    shown = dict(own.filter(pk__in=set(ids)).exclude(merged_into=None).values_list("pk", "merged_into"))
    while further := dict(own.filter(pk__in=set(shown.values())).exclude(merged_into=None).values_list("pk", "merged_into")):
        shown = {one: further.get(now, now) for one, now in shown.items()}
    return shown


def person_by_code(scope: Scope, community: Place, code: str, *, roles: tuple[str, ...] = SEES) -> Person:
    """Who holds this personal code (as printed: `lib.codes.canonical_resident_code`); raises NotFound.

    The code of a merged row leads to the person it was merged into.
    """
    found = Person.objects.filter(within_reach(scope, community, roles=roles), code=code).first()
    if found is None:
        raise NotFound("code")
    return shown_as(scope, found)


def picked(scope: Scope, community: Place, ids: Iterable[object], *, roles: tuple[str, ...]) -> list[Person]:
    """These people, for an act on them; raises NotFound if one of them is outside the places of these roles."""
    wanted = {read_id(one) for one in ids}
    found = list(
        Person.objects.filter(within_reach(scope, community, roles=roles), pk__in=wanted, merged_into=None)
        .select_related("grid", "household")
    )
    if len(found) != len(wanted):
        raise NotFound("people")
    return found


def names(scope: Scope, community: Place) -> list[str]:
    """Every name and nickname of the community, for checks that a text holds none of them."""
    rows = Person.objects.filter(within_reach(scope, community)).values_list("name", "name_bo", "nickname").distinct()
    return sorted({name for row in rows for name in row if name})


def seen_of(scope: Scope, person: Person) -> dict[str, str]:
    """What a form shows of each fact, as marks that tell nothing: a change made meanwhile is noticed."""
    if not scope.covers(person.grid.code if person.grid else person.community.code):
        raise NotFound(str(person.pk))
    return {field: person.mark(field) for field in FIELDS}


@dataclass(frozen=True)
class Counts:
    """How many people a list holds, and of which kind; the parts add up."""

    total: int = 0
    residents: int = 0
    incomers: int = 0
    away: int = 0


@dataclass(frozen=True)
class Page:
    """One page of a list, with the counts of the whole list."""

    people: list[Person]
    counts: Counts
    number: int
    last: int


def page_of(scope: Scope, community: Place, wanted: Wanted, number: int, size: int) -> Page:
    """A page of the list (from 1; past the last one: the last), in the order of `people`.

    The counts per grid say in which grids the page lies, so that only those are sorted.
    """
    found = people(scope, community, wanted)
    by_kind = list(
        found.order_by().values_list("grid", "residence", "presence").annotate(n=Count("*"))
    )
    sizes: dict[object, int] = {}
    for grid, _, _, n in by_kind:
        sizes[grid] = sizes.get(grid, 0) + n
    counts = _counted(by_kind)
    last = max(1, -(-counts.total // size))
    number = min(max(1, number), last)
    rows = places.by_grid(scope, community, found, sizes)[(number - 1) * size : number * size]
    return Page(rows, counts, number, last)


def _counted(by_kind: Iterable[tuple[object, str, str, int]]) -> Counts:
    total = residents = away = 0
    for _, residence, presence, n in by_kind:
        total += n
        residents += n if residence == Residence.RESIDENT else 0
        away += n if presence == Presence.AWAY else 0
    return Counts(total, residents, total - residents, away)
