"""The office makes grids and units and names them; nobody else does."""

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib.place_codes import grid_code
from zhegu.places.models import Kind, Place
from zhegu.places.tests.make import A, B, community, grid

pytestmark = pytest.mark.django_db


def visitor(username: str, role: Role, place: Place) -> Client:
    client = Client()
    client.force_login(staff(username, role, place))
    return client


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_office_makes_grids_and_a_second_time_only_those_that_are_missing(lang):
    place = community(A, grids=2)
    ana = visitor("ana", Role.OFFICE, place)
    ana.cookies["zhegu_language"] = lang
    ana.post(reverse("places:make_grids"), {"count": "5"})
    page = ana.get(reverse("places:places"))
    assert page.status_code == 200 and Place.objects.filter(kind=Kind.GRID).count() == 5


@pytest.mark.parametrize("typed", ["", "-1", "many", "0"])
def test_what_is_no_number_makes_no_grid(typed):
    ana = visitor("ana", Role.OFFICE, community(A, grids=0))
    ana.post(reverse("places:make_grids"), {"count": typed})
    assert not Place.objects.filter(kind=Kind.GRID).exists()


def test_the_office_names_the_community_and_a_grid():
    place = community(A, grids=1)
    ana = visitor("ana", Role.OFFICE, place)
    for code, name in ((A, "试验社区"), (grid_code(A, 1), "河边")):
        ana.post(reverse("places:rename", args=[code]), {"name": name, "name_bo": "ཆུ་འགྲམ"})
    assert set(Place.objects.values_list("name", flat=True)) == {"试验社区", "河边"}


def test_units_stand_in_their_grid():
    place = community(A, grids=1)
    ana = visitor("ana", Role.OFFICE, place)
    ana.post(reverse("places:make_units", args=[grid_code(A, 1)]), {"count": "4"})
    assert Place.objects.filter(kind=Kind.UNIT, within=grid(place, 1)).count() == 4


def test_others_find_nothing_and_change_nothing():
    ours, theirs = community(A, grids=1), community(B, grids=1)
    visitors = [visitor("dawa", Role.GRID_WORKER, grid(ours, 1)), visitor("chen", Role.OFFICE, theirs)]
    for client in visitors:
        answers = [
            client.post(reverse("places:rename", args=[A]), {"name": "x"}),
            client.post(reverse("places:rename", args=[grid_code(A, 1)]), {"name": "x"}),
            client.post(reverse("places:make_units", args=[grid_code(A, 1)]), {"count": "4"}),
        ]
        assert [a.status_code for a in answers] == [404, 404, 404]
    assert not Place.objects.filter(name="x").exists() and not Place.objects.filter(kind=Kind.UNIT).exists()
