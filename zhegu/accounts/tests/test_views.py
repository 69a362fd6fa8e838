"""The team page: log-ins, roles, and who may not be lost."""

import re

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role, RoleGrant, ServesAs, Staff
from zhegu.accounts.queries import capacities, scope_of
from zhegu.accounts.tests.make import staff
from zhegu.journal.models import Body
from zhegu.lib import clock
from zhegu.lib.texts import text
from zhegu.places.models import Place
from zhegu.places.tests.make import A, B, community, grid

pytestmark = pytest.mark.django_db
NEW = {"username": "pema", "name": "白玛", "name_bo": "པད་མ", "role": "grid_worker"}


def visitor(username: str, role: Role, place: Place) -> Client:
    client = Client()
    client.force_login(staff(username, role, place))
    return client


def shown(page) -> str:
    """The password on the page, '' where there is none."""
    found = re.findall(r'<dd class="code">([a-z0-9]{12})</dd>', page.content.decode())
    return found[0] if found else ""


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_the_office_adds_someone_who_can_then_log_in(lang):
    place = community(A)
    ana = visitor("ana", Role.OFFICE, place)
    ana.cookies["zhegu_language"] = lang
    page = ana.post(reverse("accounts:add"), {**NEW, "grid": [grid(place, 1).code, grid(place, 3).code]})
    pema = authenticate(username="pema", password=shown(page))
    assert pema and {g.place.no for g in pema.grants.all()} == {1, 3}
    assert "pema" in ana.get(reverse("accounts:team")).content.decode()


def test_without_a_grid_the_role_is_for_the_whole_community():
    ana = visitor("ana", Role.OFFICE, community(A))
    ana.post(reverse("accounts:add"), NEW)
    assert RoleGrant.objects.get(staff__username="pema").place.code == A


def test_a_double_click_adds_one_person_and_shows_no_second_password():
    ana = visitor("ana", Role.OFFICE, community(A))
    form = {**NEW, "ref": "01900000-0000-7000-8000-000000000001"}
    first, second = (shown(ana.post(reverse("accounts:add"), form)) for _ in range(2))
    assert second == "" and authenticate(username="pema", password=first)
    assert Staff.objects.filter(username="pema").count() == RoleGrant.objects.filter(staff__username="pema").count() == 1


def test_the_password_never_enters_the_journal():
    ana = visitor("ana", Role.OFFICE, community(A))
    password = shown(ana.post(reverse("accounts:add"), NEW))
    assert password and not any(password in body.content for body in Body.objects.all())


@pytest.mark.parametrize("wrong", [{"username": ""}, {"name": " "}, {"username": "x" * 41}, {"role": "king"}])
def test_what_cannot_be_kept_adds_nobody(wrong):
    ana = visitor("ana", Role.OFFICE, community(A))
    assert ana.post(reverse("accounts:add"), {**NEW, **wrong}).status_code in (404, 409)
    assert Staff.objects.count() == 1


def test_a_new_password_replaces_the_old_one():
    place = community(A)
    ana, bo = visitor("ana", Role.OFFICE, place), staff("bo", Role.SAMPLER, place)
    password = shown(ana.post(reverse("accounts:new_password", args=[bo.id])))
    assert authenticate(username="bo", password=password)


def test_roles_are_given_and_taken_back():
    place = community(A)
    ana, bo = visitor("ana", Role.OFFICE, place), staff("bo", Role.SAMPLER, place)
    ana.post(reverse("accounts:give_roles", args=[bo.id]), {"role": "leader"})
    assert set(bo.grants.filter(until=None).values_list("role", flat=True)) == {"sampler", "leader"}
    sampler = bo.grants.get(role="sampler")
    ana.post(reverse("accounts:take_role", args=[bo.id, sampler.id]))
    assert set(bo.grants.filter(until=None).values_list("role", flat=True)) == {"leader"}


def test_the_last_one_in_the_office_stays():
    place = community(A)
    ana = visitor("ana", Role.OFFICE, place)
    grant = RoleGrant.objects.get(role=Role.OFFICE)
    answer = ana.post(reverse("accounts:take_role", args=[grant.staff_id, grant.id]))
    assert answer.status_code == 409 and RoleGrant.objects.get().until is None


def test_whoever_leaves_cannot_log_in():
    place = community(A)
    ana, bo = visitor("ana", Role.OFFICE, place), staff("bo", Role.SAMPLER, place)
    ana.post(reverse("accounts:leave", args=[bo.id]))
    assert not Staff.objects.get(username="bo").is_active


def test_others_cannot_reach_the_team():
    ours, theirs = community(A), community(B)
    bo = staff("bo", Role.SAMPLER, ours)
    for client in (visitor("dawa", Role.LEADER, ours), visitor("chen", Role.OFFICE, theirs)):
        for door in ("new_password", "leave", "give_roles"):
            assert client.post(reverse(f"accounts:{door}", args=[bo.id]), {"role": "office"}).status_code == 404
    assert bo.grants.filter(until=None).count() == 1 and Staff.objects.get(username="bo").is_active


def test_someone_serves_as_a_volunteer_from_the_first_day_and_as_a_party_member_later():
    place = community(A)
    ana = visitor("ana", Role.OFFICE, place)
    ana.post(reverse("accounts:add"), {**NEW, "serves_as": "volunteer"})
    pema = Staff.objects.get(username="pema")
    scope = scope_of(Staff.objects.get(username="ana"))
    assert capacities(scope, place, clock.now()) == {pema.pk: ServesAs.VOLUNTEER}
    page = ana.post(reverse("accounts:serves", args=[pema.pk]), {"serves_as": "party_member"}, follow=True).content.decode()
    assert text("accounts.serves_now", "zh", name="白玛", capacity=text("accounts.serves_party_member", "zh")) in page
    assert capacities(scope, place, clock.now()) == {pema.pk: ServesAs.PARTY_MEMBER}
    assert ana.post(reverse("accounts:serves", args=[pema.pk]), {"serves_as": "king"}).status_code == 404
