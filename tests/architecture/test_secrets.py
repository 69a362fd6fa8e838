"""Who has no business with it reads nobody's illness, kin, answer, phone or id number, on any page (reliability 13).

Each role, held at the whole community, opens every door of it. Whoever looks after people reads what is theirs to
know; numbers stand whole on no page that is merely opened; whoever only watches figures reads no name either.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tests.architecture.test_outsider import LOCKED
from tests.support.world import World, client_of
from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.places.models import Place
from zhegu.places.tests.make import A

pytestmark = pytest.mark.django_db

ILLNESS = ("Canary-Illness", "Canary-Kin", "Canary-Answer")
"""What was said of somebody's health, who their kin are, what they answered at the door (tests/support/world.py)."""
MAY_KNOW = {Role.OFFICE, Role.CARER, Role.CLINIC, Role.MEDICINE, Role.GRID_WORKER, Role.LEADER, Role.UNIT_HEAD}
STRANGERS = [role for role in Role if role not in MAY_KNOW]
EVERYDAY = (Role.OBSERVER, Role.GATE_KEEPER)


@pytest.fixture(scope="module")
def there(django_db_setup, django_db_blocker) -> Iterator[tuple[World, dict[Role, Client]]]:
    """The world, and somebody of each role."""
    with django_db_blocker.unblock(), transaction.atomic():
        world, place = World.build(), Place.objects.get(code=A)
        yield world, {role: client_of(staff(f"only-{role}", role, place)) for role in STRANGERS}
        transaction.set_rollback(True)


def shown_to(client: Client, world: World) -> Iterator[tuple[str, str]]:
    """What stands on every page that opens, by the name of its door."""
    for door in LOCKED:
        answer = client.get(door.address(world.of_a))
        if answer.status_code == 200 and not answer.streaming:
            yield door.name, answer.content.decode(errors="replace")


@pytest.mark.parametrize("role", [pytest.param(r, marks=() if r in EVERYDAY else pytest.mark.long) for r in STRANGERS])
def test_strangers_to_care_read_no_secret_anywhere(there: tuple[World, dict[Role, Client]], role: Role):
    world, clients = there
    secrets = [*ILLNESS, *world.numbers_of_a, *(world.canaries_of_a[:2] if role == Role.OBSERVER else ())]
    pages = dict(shown_to(clients[role], world))
    assert pages, "no page opens: nothing was proved"
    assert {name: found for name, page in pages.items() if (found := [s for s in secrets if s in page])} == {}


def test_the_secrets_are_there_to_be_found(there: tuple[World, dict[Role, Client]]):
    """The office, which may know, does read some of them: the walk looks where they stand."""
    world, _ = there
    read = "".join(page for _, page in shown_to(world.ana, world))
    assert all(word in read for word in (ILLNESS[0], world.canaries_of_a[0]))
