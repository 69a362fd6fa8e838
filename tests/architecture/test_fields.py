"""Who reads what: each role against every sealed field of every room, as a table (privacy P4, reliability 13).

Every sealed field is given a word of its own; somebody of each role, held at the whole community, opens every door,
takes every file and pulls all a phone of theirs is given. `fields.tsv` says, one line a field, which roles read the
word on a page or in a file and which on the phone (`-`: none, `*`: every role). Numbers are masked, so no role reads
them whole; a field without its line fails with the line to add.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.architecture.test_outsider import LOCKED
from tests.support.world import World, client_of
from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.places.models import Place
from zhegu.places.tests.make import A
from zhegu.registers.models import Person
from zhegu.reports.outside.catalogue import catalogue
from zhegu.sync.tests import make
from zhegu.vault.fields import SealedText

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("fields.tsv")
ROLES = frozenset(Role.values)
EVERYDAY = (Role.OBSERVER, Role.GATE_KEEPER, Role.COURIER, Role.OFFICE)

PARTS = {
    "accounts.StaffKey.key": "a key, given to its own phone alone",
    "deliveries.DoorPhoto.content": "a picture, shown by a door of its own to the team of its run",
    "orders.BoxPhoto.content": "a picture, shown by a door of its own to the medicine team",
    "journal.Body.content": "what was said, which no page shows",
    "registers.ImportDraft.found": "a list of what is wrong in a workbook, before it is taken in",
    "registers.ImportFile.content": "the workbook itself",
    "sync.Quarantined.content": "what a phone sent and nobody could read",
}
"""Sealed, yet no words of their own, each with the reason."""
SAID = {"visits.Said.answers": "Canary-Answer", "registers.Person.name": "Named-Word"}
"""A record of parts, one of which the world filled; and what is not sealed, yet somebody's own."""
MAY_KNOW = frozenset({"office", "leader", "grid_worker", "unit_head", "carer", "clinic", "medicine"})
"""Who looks after people, and is told of their health, their kin and what they answered at the door."""
HEALTH = ("care.", "monitoring.", "visits.", "arrivals.Leg.", "orders.Medicine.", "residents.", "registers.Person.note")


def sealed() -> Iterator[tuple[type[Model], SealedText]]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, SealedText) and named(model, field) not in {*PARTS, *SAID}:
                yield model, field


def named(model: type[Model], field: SealedText) -> str:
    return f"{model._meta.app_label}.{model.__name__}.{field.name}"


def word(number: int, field: SealedText) -> str:
    """What no other field says; numbers look like numbers, or they would not be masked."""
    if field.name.endswith("phone"):
        return f"1371{number:03d}{number * 7919 % 10000:04d}"
    return f"5405261975{number:04d}{number * 7 % 1000:03d}X" if field.name == "id_number" else f"Sealed{number:03d}Word"


def give_words() -> dict[str, str]:
    """The word of each sealed field, which stands in all its rows."""
    words = dict(SAID)
    Person.objects.update(name=SAID["registers.Person.name"])
    for number, (model, field) in enumerate(sealed()):
        said = words[named(model, field)] = word(number, field)
        rows = model._default_manager.all()
        assert rows, f"teach tests/support/world.py a {named(model, field)}"
        for row in rows:
            model._default_manager.filter(pk=row.pk).update(**{field.name: field.sealed_value(row, said)})
    return words


@dataclass(frozen=True)
class There:
    """The world, and the word of each field."""

    world: World
    words: dict[str, str]


@pytest.fixture(scope="module")
def there(django_db_setup, django_db_blocker) -> Iterator[There]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield There(World.build(), give_words())
        transaction.set_rollback(True)


def read(there: There, role: Role) -> tuple[set[str], set[str]]:
    """The fields whose word somebody of the role reads in the office, and on a phone."""
    place = Place.objects.get(code=A)
    somebody = staff(f"only-{role}", role, place)
    shown = "".join([*pages(client_of(somebody), there.world), *files(client_of(somebody), there.world)])
    pulled = on_the_phone(place, somebody)
    return tuple({name for name, said in there.words.items() if said in text} for text in (shown, pulled))  # type: ignore[return-value]


def pages(client: Client, world: World) -> Iterator[str]:
    """All that opens: every door, and every form of some days, of a round and of a person."""
    days = {"since": "2022-01-01", "until": clock.local_day(clock.now()).isoformat(), "person": world.of_a["person_id"]}
    for door in LOCKED:
        yield text_of(client.get(door.address(world.of_a), follow=True))
    for form in catalogue():
        yield text_of(client.get(reverse("reports:period_form"), {"form": form, **days}))
        yield text_of(client.get(reverse("reports:form", args=[world.of_a["no"], form])))


def files(client: Client, world: World) -> Iterator[str]:
    """Every form as a file, as it is made without a reason to reveal."""
    days = {"since": "2022-01-01", "until": clock.local_day(clock.now()).isoformat(), "person": world.of_a["person_id"]}
    for form in catalogue():
        yield text_of(client.post(reverse("reports:period_form_file"), {"form": form, "format": "csv", **days}))
        yield text_of(client.post(reverse("reports:form_file", args=[world.of_a["no"], form]), {"format": "csv"}))


def text_of(answer: Any) -> str:
    """What stands in an answer, each part of a packed file unpacked; nothing where it is refused."""
    if answer.status_code != 200:
        return ""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    return content.decode(errors="replace")


def on_the_phone(place: Place, somebody: Any) -> str:
    """All that a phone is given on which somebody has signed on."""
    phone = make.phone(place, clock.now(), f"of-{somebody.username}")
    make.signed_on(phone, place, somebody, clock.now())
    return json.dumps(phone.pull(), ensure_ascii=False)


def table() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    lines = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:] if line]
    return {name: (roles_in(office), roles_in(phone)) for name, office, phone in lines}


def roles_in(words: str) -> frozenset[str]:
    return ROLES if words == "*" else frozenset() if words == "-" else frozenset(words.split())


def test_every_field_has_its_line_and_every_line_a_field():
    assert sorted(table()) == sorted({*SAID, *(named(model, field) for model, field in sealed())})


def test_numbers_stand_whole_on_no_page_and_in_no_file():
    assert {name: office for name, (office, _) in table().items() if name.endswith(("phone", "id_number")) and office} == {}


def test_strangers_to_care_read_nothing_of_it():
    lines = {name: office | phone for name, (office, phone) in table().items() if name.startswith(HEALTH)}
    assert {name: roles - MAY_KNOW for name, roles in lines.items() if roles - MAY_KNOW} == {}


def test_whoever_only_watches_figures_reads_nobodys_own():
    assert [name for name, (office, phone) in table().items() if "observer" in office | phone] == []


@pytest.mark.parametrize("role", [pytest.param(r, marks=() if r in EVERYDAY else pytest.mark.long) for r in Role])
def test_each_role_reads_the_fields_its_line_says(there: There, role: Role):
    office, phone = read(there, role)
    lines = table()
    found = {name: (name in office, name in phone) for name in there.words}
    wrong = {n: reads for n, reads in found.items() if reads != tuple(role in roles for roles in lines[n])}
    assert wrong == {}, f"{role} reads (in the office, on the phone), other than {TABLE.name} says: {wrong}"
