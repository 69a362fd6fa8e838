"""The tables this app offers: people as a list, grids with their counts."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from zhegu.lib import clock
from zhegu.lib.ledger import Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase, Plain, Table, Words, sum_of
from zhegu.places.models import Place
from zhegu.registers import queries
from zhegu.registers.models import Person

PEOPLE = (
    Column("no", "registers.column_no", Kind.COUNT, width=6),
    Column("grid", "registers.grid", width=12),
    Column("house", "registers.household", width=12),
    Column("name", "registers.field_name", width=14),
    Column("name_bo", "registers.field_name_bo", width=20),
    Column("sex", "registers.field_sex", Kind.CHOICE, words="registers.sex_", width=6),
    Column("born", "registers.field_birth_date", width=12),
    Column("age", "registers.age", Kind.COUNT, width=6),
    Column("relation", "registers.field_relation", width=10),
    Column("residence", "registers.field_residence", Kind.CHOICE, words="registers.residence_", width=10),
    Column("presence", "registers.field_presence", Kind.CHOICE, words="registers.presence_", width=10),
    Column("phone", "registers.field_phone", Kind.PHONE, Mask.PHONE, width=14),
)

GRIDS = (
    Column("grid", "registers.grid", width=16),
    Column("households", "registers.households", Kind.COUNT),
    Column("people", "registers.people", Kind.COUNT),
    Column("residents", "registers.residence_resident", Kind.COUNT),
    Column("incomers", "registers.residence_incomer", Kind.COUNT),
    Column("away", "registers.presence_away", Kind.COUNT),
)


def place_words(place: Place | None) -> Words:
    """What people call a grid: its own name, else its number, else that there is none."""
    if place is None:
        return Phrase.of("places.no_grid")
    return Plain(place.name) if place.name else Phrase.of("places.grid_no", no=place.no)


def house_words(person: Person) -> str:
    """The household's number, else its door."""
    return person.household.number if person.household else ""


def age_of(person: Person, on: date) -> int | None:
    """Years lived; by the year alone where the day is not known."""
    if person.birth_date:
        return clock.age(person.birth_date, on)
    return on.year - person.birth_year if person.birth_year else None


def rows_of(people: Iterable[Person], on: date) -> Iterator[dict[str, Any]]:
    """People as rows of the list, in their order."""
    for no, person in enumerate(people, 1):
        yield {
            "no": no, "grid": place_words(person.grid), "house": house_words(person), "name": person.name,
            "name_bo": person.name_bo, "sex": person.sex, "born": str(person.birth_date or person.birth_year or ""),
            "age": age_of(person, on), "relation": person.relation, "residence": person.residence,
            "presence": person.presence, "phone": person.phone,
        }  # fmt: skip


def people_table(people: Iterable[Person], on: date) -> Table:
    """The list of people as a table for paper and for Excel; phones are masked unless asked otherwise."""
    return Table(PEOPLE, rows_of(people, on), "registers.people_list")


def people_ledger(scope: Scope, *, as_of: datetime, community: Place) -> Ledger:
    """Everyone who belongs to the community and stands within the scope."""
    rows = tuple(rows_of(queries.people(scope, community).iterator(2000), clock.local_day(as_of)))
    return Ledger("registers.people", "registers.people_list", PEOPLE, rows, as_of, community.code)


def grids_ledger(scope: Scope, *, as_of: datetime, community: Place) -> Ledger:
    """Each grid with its people and households; the totals are the community's."""
    rows = tuple(
        {
            "grid": place_words(one.grid), "households": one.households, "people": one.people,
            "residents": one.residents, "incomers": one.incomers, "away": one.away,
        }
        for one in queries.grid_counts(scope, community)
    )  # fmt: skip
    totals = sum_of(rows, ("households", "people", "residents", "incomers", "away"))
    return Ledger("registers.grids", "registers.grids_title", GRIDS, rows, as_of, community.code, totals=totals)


LEDGERS = (
    LedgerOffer("registers.people", people_ledger, needs=("community",)),
    LedgerOffer("registers.grids", grids_ledger, needs=("community",)),
)
