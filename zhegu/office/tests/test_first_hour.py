"""From an empty system to phones: the first account, the steps."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib.answers import RefusedError
from zhegu.lib.scope import Actor, Grant, Scope
from zhegu.office import first_hour
from zhegu.outbreaks.tests import make as outbreaks
from zhegu.places.models import Kind, Place
from zhegu.places.tests.make import A, B, community, grid

pytestmark = pytest.mark.django_db
WISH = first_hour.Beginning(A, "试验社区", "", 15, "office", "试一")


def office(place: Place) -> Scope:
    return Scope(Actor("staff", "ana"), frozenset({Grant("office", place.code)}))


def test_the_first_community_has_grids_and_an_office_that_can_log_in():
    first_hour.begin(WISH, "a-long-enough-word", MORNING)
    assert Place.objects.filter(kind=Kind.GRID, within__code=A).count() == 15
    assert authenticate(username="office", password="a-long-enough-word").name == "试一"
    assert first_hour.is_begun()


def test_a_wrong_code_leaves_nothing_behind():
    wish = first_hour.Beginning("54", "试验社区", "", 15, "office", "试一")
    with pytest.raises(RefusedError):
        first_hour.begin(wish, "a-long-enough-word", MORNING)
    assert not first_hour.is_begun()


def test_too_many_grids_leave_nothing_behind_either():
    wish = first_hour.Beginning(A, "试验社区", "", 256, "office", "试一")
    with pytest.raises(RefusedError):
        first_hour.begin(wish, "a-long-enough-word", MORNING)
    assert not first_hour.is_begun()


def test_steps_are_done_by_what_stands_in_the_system():
    place = community(A, grids=0)
    staff("ana", Role.OFFICE, place)
    assert [s.done for s in first_hour.steps(office(place), place)] == [False] * 6
    staff("bo", Role.SAMPLER, place)
    outbreaks.outbreak(place)
    outbreaks.person(place)
    done = {s.key for s in first_hour.steps(office(place), place) if s.done}
    assert done == {"team", "outbreak", "roster"}


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_the_office_of_an_empty_community_lands_on_the_first_steps(lang):
    client = Client()
    client.force_login(staff("ana", Role.OFFICE, community(A)))
    client.cookies["zhegu_language"] = lang
    assert client.get("/").url == reverse("office:first_hour")
    assert client.get("/first/").status_code == 200


def test_others_have_no_first_steps():
    ours, theirs = community(A), community(B)
    client = Client()
    client.force_login(staff("dawa", Role.GRID_WORKER, grid(ours, 1)))
    assert client.get("/first/").status_code == 404
    assert theirs.code != ours.code
