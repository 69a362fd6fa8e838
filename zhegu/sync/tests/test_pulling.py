"""Pulling: only one's own rows, and a snapshot with its deltas is a fresh snapshot."""

import gzip
import json
import random

import pytest
from django.test import Client

from zhegu.accounts.models import Look, Role, RoleGrant
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.places import queries as places
from zhegu.places.tests import make as ground
from zhegu.sync import offers
from zhegu.sync.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LAND: dict[str, dict] = {}


def land(scope, community):
    """Made-up rows, each in a grid; only those the scope covers."""
    return [row for row in LAND.values() if scope.covers(row["grid"]) and row["grid"].startswith(community.code)]


def grids(scope, community):
    return [{"id": str(one.id), "code": one.code} for one in places.grids(scope, community)]


@pytest.fixture
def tables(monkeypatch):
    LAND.clear()
    monkeypatch.setattr(offers, "tables", lambda: {"land": land, "grid": grids})
    return LAND


def take_in(tables: dict, told: dict) -> dict:
    """What the phone makes of an answer."""
    after = {} if told["full"] else {name: dict(rows) for name, rows in tables.items()}
    for name, changes in told["tables"].items():
        table = after.setdefault(name, {})
        for key in changes["drop"]:
            table.pop(key, None)
        table.update({row["id"]: row for row in changes["put"]})
    return {name: rows for name, rows in after.items() if rows}


def phone_of(a, *people, client=None):
    phone = make.phone(a, MORNING, client=client)
    for who in people:
        make.signed_on(phone, a, who, MORNING)
    return phone


def put(n: int, grid: str, value: int = 0) -> None:
    LAND[str(n)] = {"id": str(n), "grid": grid, "value": value}


def test_a_phone_on_which_nobody_signed_on_has_nothing(tables):
    a = ground.community()
    put(1, a.code + "001")
    assert take_in({}, phone_of(a).pull()) == {}


def test_rows_come_for_the_grids_of_all_who_signed_on(tables):
    a, b = make.two_communities()
    for n in (1, 2, 3):
        put(n, f"{a.code}{n:03}")
    put(4, b.code + "001")
    phone = phone_of(a, make.sampler(a, 1, "bo"), make.sampler(a, 3, "dawa"))
    assert set(take_in({}, phone.pull())["land"]) == {"1", "3"}


def test_roles_elsewhere_bring_nothing_to_this_phone(tables):
    a, b = make.two_communities()
    put(1, a.code + "001")
    put(2, b.code + "001")
    both = staff("pema", Role.OFFICE, a, b)
    assert set(take_in({}, phone_of(a, both).pull())["land"]) == {"1"}


def test_a_role_taken_back_takes_the_rows_away(tables):
    a = ground.community()
    put(1, a.code + "001")
    bo = make.sampler(a, 1)
    phone = phone_of(a, bo)
    first = phone.pull()
    RoleGrant.objects.filter(staff=bo).update(until=MORNING)
    second = phone.pull(first["cursor"])
    assert not second["full"] and second["tables"]["land"] == {"put": [], "drop": ["1"]}


def test_nothing_new_is_said_shortly(tables):
    a = ground.community()
    put(1, a.code + "001")
    phone = phone_of(a, make.sampler(a, 1))
    first = phone.pull()
    second = phone.pull(first["cursor"])
    assert (second["cursor"], second["full"], second["tables"]) == (first["cursor"], False, {})


def test_a_lost_answer_is_told_again(tables):
    a = ground.community()
    put(1, a.code + "001")
    phone = phone_of(a, make.sampler(a, 1))
    first = phone.pull()
    put(2, a.code + "001")
    phone.pull(first["cursor"])  # lost on the way
    again = phone.pull(first["cursor"])
    assert not again["full"] and [row["id"] for row in again["tables"]["land"]["put"]] == ["2"]


@pytest.mark.parametrize("cursor", ["unknown", "0" * 24])
def test_an_unknown_cursor_brings_everything(tables, cursor):
    a = ground.community()
    put(1, a.code + "001")
    phone = phone_of(a, make.sampler(a, 1))
    phone.pull()
    told = phone.pull(cursor)
    assert told["full"] and set(take_in({"old": {"x": {}}}, told)) == {"land", "grid"}


def test_only_the_tables_asked_for_come(tables):
    a = ground.community()
    put(1, a.code + "001")
    phone = phone_of(a, make.sampler(a, 1))
    first = phone.pull(tables=["land", "not offered"])
    assert set(first["tables"]) == {"land"}
    second = phone.pull(first["cursor"], tables=["land", "grid"])
    assert not second["full"] and set(second["tables"]) == {"grid"}


def test_answers_are_compressed_for_thin_links(tables):
    a = ground.community()
    for n in range(500):
        put(n, a.code + "001")
    phone = phone_of(a, make.sampler(a, 1), client=Client(headers={"accept-encoding": "gzip"}))
    answer = phone.post("pull", {"cursor": ""})
    assert answer["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(answer.content))["tables"]["land"]["put"]) == 500


def change(chance: random.Random, a, who) -> None:
    """Something happens: rows come, change, move to another grid, go; roles come and go."""
    what = chance.choice(["put", "put", "put", "drop", "role"])
    n = chance.randrange(40)
    if what == "put":
        put(n, f"{a.code}{chance.randint(1, 3):03}", chance.randrange(5))
    elif what == "drop":
        LAND.pop(str(n), None)
    else:
        place = ground.grid(a, chance.randint(1, 3))
        held = RoleGrant.objects.filter(staff=who, place=place)
        if not held.delete()[0]:
            RoleGrant.objects.create(staff=who, role=Role.SAMPLER, place=place, since=MORNING, given_by="x")


@pytest.mark.parametrize("seed", range(8))
def test_a_snapshot_and_its_deltas_are_a_fresh_snapshot(tables, seed):
    chance = random.Random(seed)
    a = ground.community()
    bo = make.sampler(a, 1)
    phone, fresh = phone_of(a, bo), phone_of(a, bo)
    known, cursor = {}, ""
    for _ in range(25):
        for _ in range(chance.randrange(6)):
            change(chance, a, bo)
        told = phone.pull(cursor)
        if chance.random() < 0.3:
            continue  # the answer is lost: the phone keeps what it had
        known, cursor = take_in(known, told), told["cursor"]
        if chance.random() < 0.1:
            known, cursor = {}, ""  # storage was cleared
        elif chance.random() < 0.5:
            assert known == take_in({}, fresh.pull())
    known = take_in(known, phone.pull(cursor))
    assert known == take_in({}, fresh.pull())


def test_what_tells_of_health_or_whereabouts_leaves_one_look(tables, monkeypatch):
    monkeypatch.setattr(offers, "sensitive", lambda: frozenset({"land"}))
    a = ground.community(ground.A)
    phone = phone_of(a, staff("ana", Role.OFFICE, a))
    put(1, f"{ground.A}001")
    put(2, f"{ground.A}002")
    told = phone.pull()
    (look,) = Look.objects.all()
    assert (look.actor, look.screen, look.fields) == (f"device:{phone.device}", "sync.pull", "land 2")
    assert look.community == ground.A and not look.subjects.exists()
    phone.pull(told["cursor"])
    assert Look.objects.count() == 1, "nothing new, nobody looked"
    put(2, f"{ground.A}002", 5)
    phone.pull(told["cursor"])
    assert sorted(Look.objects.values_list("fields", flat=True)) == ["land 1", "land 2"]


def test_what_tells_of_nobody_leaves_none(tables):
    a = ground.community(ground.A)
    phone = phone_of(a, staff("ana", Role.OFFICE, a))
    put(1, f"{ground.A}001")
    assert phone.pull()["tables"]["land"]["put"]
    assert not Look.objects.exists()
