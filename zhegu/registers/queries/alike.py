"""People who may be the same: asked before someone is added, and listed to be looked at."""

from collections.abc import Iterator, Mapping
from itertools import combinations, groupby
from typing import Any

from django.db.models import Count, Q, QuerySet

from zhegu.lib.scope import Scope
from zhegu.places.models import Place
from zhegu.registers.models import Different, NameKey, Person, id_index, phone_index
from zhegu.registers.queries.people import within_reach
from zhegu.registers.rules.names import element_keys, names_agree, normal
from zhegu.registers.rules.rights import KEEPS, SEES

SHARED = {"id_index": "id_number", "birth_date": "birth_date", "phone_index": "phone"}
MOST_SHARING = 40
"""A number under more people than this is a placeholder, not a shared phone."""


def _own(scope: Scope, community: Place, roles: tuple[str, ...]) -> QuerySet[Person]:
    return Person.objects.filter(within_reach(scope, community, roles=roles), merged_into=None)


def alike(scope: Scope, community: Place, facts: Mapping[str, Any], most: int = 5) -> list[Person]:
    """Who in the register may be the person with these facts: the same paper, or a name that agrees and
    the same birth, phone, household or grid."""
    keys = [normal(str(facts.get("name", ""))), *element_keys(str(facts.get("name", "")))]
    named = NameKey.objects.filter(community=community, kind__in=("exact", "elements"), key__in=keys)
    same = Q(pk__in=[])
    if facts.get("birth_date"):
        same |= Q(birth_date=facts["birth_date"])
    elif facts.get("birth_year"):
        same |= Q(birth_year=facts["birth_year"])
    if facts.get("phone"):
        same |= Q(phone_index=phone_index(facts["phone"]))
    for place in ("household", "grid"):
        if facts.get(place):
            same |= Q(**{place: facts[place]})
    wanted = Q(pk__in=named.values("person")) & same
    if facts.get("id_number"):
        wanted |= Q(id_index=id_index(facts["id_number"]))
    return list(_own(scope, community, SEES).filter(wanted).select_related("grid", "household")[:most])


def possible_duplicates(scope: Scope, community: Place, most: int = 100) -> list[tuple[Person, Person, str]]:
    """Pairs that may be one person, with what they share: `id_number`, `birth_date` or `phone`.

    Pairs someone has called different are left out, and those whose valid papers differ.
    """
    different = set(Different.objects.filter(one__community=community).values_list("one", "other"))
    found: dict[tuple, tuple[Person, Person, str]] = {}
    for shared, word in SHARED.items():
        for one, other in _pairs(_own(scope, community, KEEPS), shared):
            pair = (one.pk, other.pk)
            if pair not in found and pair not in different and _may_be_one(one, other, shared):
                found[pair] = (one, other, word)
            if len(found) >= most:
                return list(found.values())
    return list(found.values())


def _pairs(own: QuerySet[Person], shared: str) -> Iterator[tuple[Person, Person]]:
    """Pairs of rows with the same value, the earlier row first."""
    filled = own.exclude(**{shared: None if shared == "birth_date" else b""})
    many = filled.order_by().values(shared).annotate(n=Count("pk")).filter(n__gt=1, n__lte=MOST_SHARING)
    rows = filled.filter(**{f"{shared}__in": many.values(shared)}).select_related("grid", "household")
    for _, together in groupby(rows.order_by(shared, "pk"), key=lambda row: getattr(row, shared)):
        yield from combinations(together, 2)


def _may_be_one(one: Person, other: Person, shared: str) -> bool:
    if one.id_valid and other.id_valid and bytes(one.id_index) != bytes(other.id_index):
        return False
    if shared == "id_index":
        return one.id_valid or names_agree(one.name, other.name)
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return False
    return names_agree(one.name, other.name)
