"""Whoever works above the communities sees figures and never a person: not on a page, not in a file, not on a phone.

Somebody who holds every role there is at the county walks every door of the office and every table of the phones.
"""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.architecture.test_outsider import LOCKED, Door
from tests.support.world import PHONE, World, client_of
from zhegu.accounts.models import Device, Role, RoleGrant, Staff
from zhegu.accounts.queries import person_scope
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place
from zhegu.places.tests.make import A
from zhegu.registers.models import Person
from zhegu.reports.outside.catalogue import catalogue
from zhegu.sync import offers
from zhegu.sync.tests import make
from zhegu.upward.tests.make import COUNTY, upper

pytestmark = pytest.mark.django_db

SIGNS = ("Canary", PHONE, PHONE[:3] + "****")
"""What marks people in the world of the walks: their names, kin and words, their numbers also where these are masked."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World.build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def above(world: World, django_db_blocker) -> Staff:
    """All roles at once, at the county."""
    with django_db_blocker.unblock():
        county = upper(COUNTY, clock.now())
        member = staff("county", Role.LEADER, county)
        others = [role for role in Role.values if role != Role.LEADER]
        rows = [RoleGrant(staff=member, role=role, place=county, since=clock.now(), given_by="system:test") for role in others]
        RoleGrant.objects.bulk_create(rows)
        return member


def said_in(answer: HttpResponse) -> str:
    """The words of a page, or of every part of a workbook or a Word file."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    return content.decode(errors="replace")


def signs_in(shown: str) -> list[str]:
    """Also names of those who work in the community: who stands where is no matter of the county's."""
    workers = Staff.objects.filter(grants__place__code__startswith=A).values_list("name", flat=True)
    return [sign for sign in (*SIGNS, *workers) if sign in shown]


@pytest.mark.parametrize("door", LOCKED, ids=lambda door: door.name)
def test_no_page_tells_of_a_person(world: World, above: Staff, door: Door):
    client: Client = client_of(above)
    address = door.address(world.of_a)
    for answer in (client.get(address, follow=True), client.post(address, {}, follow=True)):
        assert answer.status_code < 500
        assert not signs_in(said_in(answer)), door.name


@pytest.mark.parametrize("form", catalogue().values(), ids=lambda form: form.id)
def test_no_form_tells_of_a_person(world: World, above: Staff, form):
    client = client_of(above)
    asked = {"form": form.id, "format": "csv", "since": "2020-01-01", "until": str(clock.local_day(clock.now())), "person": world.of_a["person_id"]}
    assert not signs_in(said_in(client.get("/reports/days/", asked, follow=True)))
    in_full = asked | {"reveal": "1", "reason": "asked from above"}
    assert not signs_in(said_in(client.post("/reports/days/file/", in_full, follow=True)))


@pytest.mark.parametrize("name", sorted(offers.tables()))
def test_no_table_of_the_phones_holds_a_row_of_a_person(world: World, above: Staff, name: str):
    place = Place.objects.get(code=A)
    scope = person_scope(Scope.everything("test"), Device.objects.get(pk=make.phone(place, clock.now()).device), above)
    assert scope.grants
    try:
        rows = list(offers.tables()[name](scope, place))
    except NotFound:
        return
    assert not signs_in(str(rows)) and not any(str(person) in str(rows) for person in Person.objects.values_list("pk", flat=True))
