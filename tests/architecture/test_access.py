"""Who may open and write what: each role against every list of every room, as a table.

`access.tsv` says it, one line a door: roles that may open it, roles whose writing is answered there (`-`: none, `*`:
every role). A door without its line fails with the line to add; so does a line without a door.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.architecture.test_outsider import LOCKED, Door
from tests.support.world import World, client_of
from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.places.models import Place
from zhegu.places.tests.make import A

pytestmark = [pytest.mark.django_db, pytest.mark.long]

TABLE = Path(__file__).with_name("access.tsv")
LISTS = [door for door in LOCKED if not door.parameters]
SHUT = {403, 404, 405}
ROLES = frozenset(Role.values)
Access = tuple[frozenset[str], frozenset[str]]


def roles_in(words: str) -> frozenset[str]:
    return ROLES if words == "*" else frozenset() if words == "-" else frozenset(words.split())


def said(roles: frozenset[str]) -> str:
    return "*" if roles == ROLES else " ".join(sorted(roles)) or "-"


def table() -> dict[str, Access]:
    lines = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:] if line]
    return {name: (roles_in(opens), roles_in(writes)) for name, opens, writes in lines}


@pytest.fixture(scope="module")
def clients(django_db_setup, django_db_blocker) -> Iterator[dict[str, Client]]:
    """One member of staff for each role, which they hold at the whole community."""
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            World.build()
            place = Place.objects.get(code=A)
            yield {role: client_of(staff(f"only-{role}", Role(role), place)) for role in Role.values}
            transaction.set_rollback(True)


def lets_in(client: Client, door: Door, method: str) -> bool:
    address = door.address({})
    answer = client.get(address) if method == "get" else client.post(address, {})
    return answer.status_code not in SHUT


def found(clients: dict[str, Client], door: Door) -> Access:
    """Roles that may open it, and those whose writing is at least answered."""
    opens = frozenset(role for role, client in clients.items() if lets_in(client, door, "get"))
    writes = frozenset(role for role, client in clients.items() if lets_in(client, door, "post"))
    return opens, writes


@pytest.mark.parametrize("door", LISTS, ids=lambda door: door.name)
def test_each_role_opens_and_writes_what_the_table_says(clients: dict[str, Client], door: Door):
    opens, writes = found(clients, door)
    assert table().get(door.name) == (opens, writes), (
        f"in {TABLE.name}: {door.name}\t{said(opens)}\t{said(writes)}"
    )


def test_every_line_of_the_table_has_a_door():
    assert sorted(set(table()) - {door.name for door in LISTS}) == []
