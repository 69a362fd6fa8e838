"""Name keys: kept in step with the names they are made of, set by set."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.db import connection

from zhegu.registers.models import NameKey, Person
from zhegu.registers.rules.parts import search_keys

AT_ONCE = 20_000
DELETED_AT_ONCE = 500
_INTO = "INSERT INTO registers_namekey (person_id, community_id, kind, key) VALUES (%s, %s, %s, %s)"
"""Straight to the driver: a register of 100,000 has 1.3 million keys, and model objects would triple the time."""


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
    if not new:
        for start in range(0, len(people), DELETED_AT_ONCE):
            some = [one.pk for one in people[start : start + DELETED_AT_ONCE]]
            NameKey.objects.filter(person__in=some).delete()
    for start in range(0, len(people), AT_ONCE):
        _insert(people[start : start + AT_ONCE])


def _insert(people: Sequence[Person]) -> None:
    """One driver call, in the index's own order, so that its pages are filled from one side."""
    native = connection.features.has_native_uuid_field
    stored = [(one, one.pk if native else one.pk.hex, _stored(one.community_id)) for one in people]
    rows = [
        (person, community, key.kind, key.key)
        for one, person, community in stored
        for key in search_keys(one.name, one.name_bo, one.nickname)
    ]
    rows.sort(key=itemgetter(2, 3))
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_INTO, rows)


def _stored(uuid: Any) -> Any:
    """A UUID as this database keeps it."""
    return uuid if connection.features.has_native_uuid_field else uuid.hex
