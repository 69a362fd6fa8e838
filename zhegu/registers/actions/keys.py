"""Name keys: kept in step with the names they are made of, set by set."""

from collections.abc import Sequence

from zhegu.registers.models import NameKey, Person
from zhegu.registers.rules.parts import search_keys

AT_ONCE = 5000


def name_keys(person: Person) -> list[NameKey]:
    """Every key under which this person is found, not yet stored."""
    return [
        NameKey(person=person, community_id=person.community_id, kind=one.kind, key=one.key)
        for one in search_keys(person.name, person.name_bo, person.nickname)
    ]


def set_name_keys(people: Sequence[Person], *, new: bool = False) -> None:
    """These people are found under their names as they now are, and under no others.

    `new`: they have no keys yet, so none are looked for.
    """
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        if not new:
            NameKey.objects.filter(person__in=[one.pk for one in some]).delete()
        NameKey.objects.bulk_create((key for one in some for key in name_keys(one)), batch_size=AT_ONCE)
