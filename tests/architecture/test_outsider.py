"""The outsider walks every door: each address with real ids of another community.

Routes come from the URLconf itself. Anonymous visitors are refused; Chen (office of community B)
finds nothing of community A; and a door that is not there for its owner either proves nothing, so
Ana must get in. A new address whose parameter the world does not know fails until it is taught.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.support.world import World

pytestmark = pytest.mark.django_db

# Doors without a lock, each with the reason.
OPEN = {
    "office:log_in": "the log-in itself",
    "office:icon": "the product's icon",
    "office:language": "anyone may choose a language",
    "office:log_out": "ends whatever session there is",
    "residents:arriving": "a notice's code opens a form to register oneself, and shows nothing back",
    "residents:menu": "a shop's link opens its board of today, and shows nothing of anybody",
    "residents:own": "a link of one person opens that person's own page, and nobody else's",
    "residents:check": "the same link: how they are",
    "residents:contest": "the same link: what they say against a measure",
    "residents:substitute": "the same link: whether another thing will do",
    "residents:ask": "the same link: what they ask for",
    "sync:phone": "the phone app: a page without data",
    "sync:phone_file": "the phone app's own files",
    "sync:service_worker": "the service worker of the phone app",
    "sync:manifest": "the manifest of the phone app",
    "sync:trust": "how to trust this server, before anyone can log in",
    "sync:trust_crt": "the authority's public certificate",
    "sync:trust_mobileconfig": "the same, for Apple devices",
    "upward:receive": "another installation's parcel: it is the seal that counts, and figures are all it can bring",
}

# Rooms whose things are found by a role held where the thing is, whichever community one has turned to.
ANYWHERE = {
    "monitoring": "a doctor looks after people of several communities",
    "outbreaks": "whoever steers is asked for the role in the outbreak's own community",
    "registers": "people move between communities, and their rows with them",
    "reports": "town and county approve what several communities hand in",
}


@dataclass(frozen=True)
class Door:
    """One named address: its name and its parameters."""

    name: str
    parameters: tuple[str, ...]

    def address(self, values: dict[str, object]) -> str:
        return reverse(self.name, kwargs={p: values[p] for p in self.parameters})


def walk(patterns: list, namespace: str = "") -> Iterator[Door]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield Door(f"{namespace}{pattern.name}", tuple(pattern.pattern.converters))
        else:
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            if "phone_door:" not in inside:  # the phone's door has its own walk in zhegu/sync/tests
                yield from walk(pattern.url_patterns, inside)


ALL = sorted(set(walk(get_resolver().url_patterns)), key=lambda d: d.name)
LOCKED = [door for door in ALL if door.name not in OPEN]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Two communities full of things, built once; each test's own changes are rolled back."""
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            yield World.build()
            transaction.set_rollback(True)


def ask(client: Client, door: Door, world: World) -> list:
    """The door asked by GET and by POST."""
    address = door.address(world.of_a)
    return [client.get(address), client.post(address, {})]


def named(door: Door) -> str:
    return door.name


def test_the_world_knows_every_parameter(world: World):
    unknown = {p for door in ALL for p in door.parameters} - set(world.of_a)
    assert not unknown, f"teach tests/support/world.py: {sorted(unknown)}"


@pytest.mark.parametrize("door", LOCKED, ids=named)
def test_strangers_are_refused(world: World, door: Door):
    for answer in ask(Client(), door, world):
        refused = answer.status_code in {401, 403, 404, 405} or (
            answer.status_code == 302 and "/login/" in answer["Location"]
        )
        assert refused, (door.name, answer.status_code)


@pytest.mark.parametrize("door", [d for d in LOCKED if d.parameters], ids=named)
def test_chen_finds_nothing_of_another_community(world: World, door: Door):
    for answer in ask(world.chen, door, world):
        assert answer.status_code in {404, 405}, (door.name, answer.status_code)


@pytest.mark.parametrize("door", [d for d in LOCKED if d.parameters and d.name.split(":")[0] not in ANYWHERE], ids=named)
def test_being_of_an_office_says_nothing_of_another_community(world: World, door: Door):
    """Dan leads and works in A, but is of the office of B only, to which he has turned."""
    for answer in ask(world.dan, door, world):
        assert answer.status_code in {404, 405}, (door.name, answer.status_code)


@pytest.mark.parametrize("door", [d for d in LOCKED if not d.parameters], ids=named)
def test_chens_own_pages_show_nothing_of_another_community(world: World, door: Door):
    shown = world.chen.get(door.address({}), follow=True).content.decode(errors="replace")
    assert not [canary for canary in world.canaries_of_a if canary in shown]


@pytest.mark.parametrize("door", LOCKED, ids=named)
def test_the_owner_gets_in(world: World, door: Door):
    got, posted = ask(world.ana, door, world)
    assert got.status_code != 404 and got.status_code < 500, (door.name, got.status_code)
    assert posted.status_code < 500, (door.name, posted.status_code)


@pytest.mark.parametrize("door", [d for d in LOCKED if d.parameters], ids=named)
def test_a_sampler_of_another_grid_sees_no_names(world: World, door: Door):
    """A worker of grid 2 may open a shared page, but nobody of grid 1 stands on it."""
    answer = world.bo.get(door.address(world.of_a), follow=True)
    shown = answer.content.decode(errors="replace")
    assert answer.status_code < 500
    assert not [canary for canary in world.canaries_of_grid_1 if canary in shown], door.name


def test_open_doors_are_needed():
    unneeded = sorted(set(OPEN) - {door.name for door in ALL})
    assert not unneeded, unneeded


def test_pages_of_the_owner_carry_no_number_in_clear(world: World):
    """Id numbers and phones stand masked on every page that is merely opened (privacy P4)."""
    for door in LOCKED:
        answer = world.ana.get(door.address(world.of_a))
        if answer.status_code == 200 and "text/html" in answer.get("Content-Type", ""):
            shown = answer.content.decode()
            assert not [n for n in world.numbers_of_a if n in shown], door.name
            assert not re.search(r"(?<![\d*])\d{17}[\dX](?!\d)", shown), door.name
