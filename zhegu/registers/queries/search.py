"""Search as you type: two queries, however large the register.

The first gathers row ids from narrow index ranges, one per kind of key, each cut off early; the second
fetches the best of them.
"""

from dataclasses import dataclass

from django.db.models import CharField, F, Q, QuerySet, Value

from zhegu.lib.scope import Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers.models import (
    Household,
    NameKey,
    Person,
    Presence,
    id_index,
    id_tail_index,
    phone_index,
    phone_tail_index,
)
from zhegu.registers.queries.people import ANYONE, Wanted, within_reach
from zhegu.registers.rules.finding import LAST, Number, Rank, Sought, rank, sought

GONE = (Presence.MOVED_AWAY, Presence.DIED)
MOST_MERGES = 8


@dataclass(frozen=True)
class Hit:
    """Someone found, and how well."""

    person: Person
    rank: Rank

    @property
    def is_gone(self) -> bool:
        return self.person.presence in GONE


def search(
    scope: Scope, community: Place, words: str, limit: int = 20, wanted: Wanted = ANYONE
) -> list[Hit]:
    """The best hits within the scope, best first: exact > element > pinyin > initials > phone tail > id tail.

    Those who died or moved away come last. Nothing typed, or nothing understood, finds nobody.
    """
    looked = sought(words)
    if looked.nothing:
        return []
    places.reached(scope, community)
    branches = _branches(scope, community, looked, wanted, limit)
    best: dict[object, Rank] = {}
    for person_id, kind, key in branches[0].union(*branches[1:], all=True):
        found = rank(looked, kind, key)
        best[person_id] = min(found, best.get(person_id, found))
    chosen = sorted(best, key=lambda one: (best[one], str(one)))[: limit * 2]
    hits = [Hit(one, best[one.pk]) for one in _fetched(scope, community, chosen, best)]
    return sorted(hits, key=_order)[:limit]


def _order(hit: Hit) -> tuple:
    one = hit.person
    return (hit.is_gone, hit.rank, one.grid.no if one.grid else 0, len(one.name), one.name, one.birth_year or 0, str(one.pk))


def _fetched(scope: Scope, community: Place, ids: list, best: dict) -> list[Person]:
    """The people of these rows; those of merged rows inherit their rank."""
    found: dict[object, Person] = {}
    for _ in range(MOST_MERGES):
        rows = Person.objects.filter(within_reach(scope, community), pk__in=ids).select_related("grid", "household")
        ids = []
        for row in rows:
            if row.merged_into_id is None:
                found[row.pk] = row
                continue
            best[row.merged_into_id] = min(best[row.pk], best.get(row.merged_into_id, best[row.pk]))
            if row.merged_into_id not in found:
                ids.append(row.merged_into_id)
        if not ids:
            break
    return list(found.values())


def _branches(scope: Scope, community: Place, looked: Sought, wanted: Wanted, limit: int) -> list[QuerySet]:
    """One narrow query per way of being found; each gives (person, kind, key)."""
    reach = within_reach(scope, community) & wanted.filter()
    own = Person.objects.filter(reach)
    if looked.code or looked.phone or looked.id_numbers:
        return [_people(own.filter(_whole(looked)), Rank.WHOLE, limit)]
    if looked.keys:
        found = _by_name(scope, community, looked, wanted, limit)
        if not looked.numbers and len(looked.name) > 1:
            found.append(_people(own.filter(_lives_at(community, looked.name)), Rank.ADDRESS, limit))
        return found
    first, *others = looked.numbers
    for one in others:
        own = own.filter(_any_meaning(community, one))
    return [_people(own.filter(means), kind, limit) for kind, means in _meanings(community, first)]


def _whole(looked: Sought) -> Q:
    found = Q(pk__in=[])
    if looked.code:
        found |= Q(code=looked.code)
    if looked.phone:
        found |= Q(phone_index=phone_index(looked.phone))
    if looked.id_numbers:
        found |= Q(id_index__in=[id_index(one) for one in looked.id_numbers])
    return found


def _by_name(scope: Scope, community: Place, looked: Sought, wanted: Wanted, limit: int) -> list[QuerySet]:
    """Few people (some grids, a birth year): all their keys are looked through. Else: one index range per key."""
    numbers = Q()
    for one in looked.numbers:
        numbers &= _any_meaning(community, one)
    if looked.numbers or wanted.grid or within_reach(scope, community) != Q(community=community):
        # Without the community the key's index cannot lead: the few people do.
        own = Person.objects.filter(within_reach(scope, community), wanted.filter(), numbers)
        begins = Q(pk__in=[])
        for kind, keys in looked.keys.items():
            for key in keys:
                begins |= Q(kind=kind, key__gte=key, key__lt=key + LAST)
        found = NameKey.objects.filter(begins, person__in=own.order_by().values("pk"))
        return [found.order_by().values_list("person_id", "kind", "key")]
    narrowed = wanted.filter("person__")
    return [_keys(community, kind, key, narrowed, limit) for kind, keys in looked.keys.items() for key in keys]


def _keys(community: Place, kind: str, key: str, narrowed: Q, limit: int) -> QuerySet:
    """Name keys of one kind that begin so, in the order of the index, the first of them only."""
    begins = NameKey.objects.filter(narrowed, community=community, kind=kind, key__gte=key, key__lt=key + LAST)
    first = begins.order_by("key", "person").values("pk")[: limit * 3]
    return NameKey.objects.filter(pk__in=first).order_by().values_list("person_id", "kind", "key")


def _people(rows: QuerySet[Person], kind: Rank, limit: int) -> QuerySet:
    first = rows.order_by().values("pk")[: limit * 3]
    constants = {"kind": Value(kind.name.lower(), CharField()), "key": Value("", CharField())}
    marked = Person.objects.filter(pk__in=first).order_by().annotate(person_id=F("pk"), **constants)
    return marked.values_list("person_id", "kind", "key")


def _meanings(community: Place, one: Number) -> list[tuple[Rank, Q]]:
    """Everything the digits may be, each by an index of its own."""
    houses = Household.objects.filter(community=community)
    at = houses.filter(no=one.text).values("pk").union(houses.filter(door=one.text).values("pk"))
    found = [(Rank.HOUSE, Q(household__in=at))]
    if one.birth_year:
        found.append((Rank.BIRTH_YEAR, Q(birth_year=one.birth_year)))
    if one.grid:
        found.append((Rank.GRID, Q(grid__in=community.inside.filter(no=one.grid).values("pk"))))
    if one.tail:
        found.append((Rank.PHONE_TAIL, Q(phone_tail_index=phone_tail_index(one.tail))))
        found.append((Rank.ID_TAIL, Q(id_tail_index=id_tail_index(one.tail))))
    return found


def _any_meaning(community: Place, one: Number) -> Q:
    found = Q(pk__in=[])
    for _, means in _meanings(community, one):
        found |= means
    return found


def _lives_at(community: Place, words: str) -> Q:
    """Households whose address or door holds the words: how people say where someone lives."""
    houses = Household.objects.filter(community=community, ended=None, address__icontains=words)
    return Q(household__in=houses.values("pk")[:20])
