"""The page of periods: what goes tonight, changing a period, holding and lifting."""

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.places.tests.make import A, B, community
from zhegu.registers.models import ImportDraft
from zhegu.upkeep.models import Hold, Period

pytestmark = pytest.mark.django_db
PAGE = "upkeep:upkeep"


def visitor(username: str, role: Role, place) -> Client:
    client = Client()
    client.force_login(staff(username, role, place))
    return client


WEIGHED = {"legality": "a court asks", "necessity": "there is no other copy", "security": "two people hold the key"}


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_the_office_reads_what_is_kept_and_what_goes(lang):
    place = community(A)
    ana = visitor("ana", Role.OFFICE, place)
    ana.cookies["zhegu_language"] = lang
    ImportDraft.objects.create(community=place, by="x", at=clock.parse("2022-01-01T00:00:00+08:00"))
    page = ana.get(reverse(PAGE)).content.decode()
    assert "<strong>1</strong>" in page and "privacy P9" in page


def test_a_period_is_changed_with_a_reason_and_shown_with_it():
    ana = visitor("ana", Role.OFFICE, community(A))
    said = {"kept": "sampling.samples", "days": "60", "reason": "县里要求"}
    assert ana.post(reverse("upkeep:set_period"), said).status_code == 302
    assert Period.objects.get().days == 60
    assert "县里要求" in ana.get(reverse(PAGE)).content.decode()
    for typed in ("", "-3", "soon", "99999999999"):
        assert ana.post(reverse("upkeep:set_period"), {**said, "days": typed}).status_code == 409
    assert Period.objects.get().days == 60


def test_a_hold_is_placed_seen_and_lifted():
    place = community(A)
    ana = visitor("ana", Role.OFFICE, place)
    until = clock.local_day(clock.now()).replace(day=28).isoformat()
    until = max(until, clock.local_day(clock.now()).isoformat())
    assert ana.post(reverse("upkeep:place_hold"), {**WEIGHED, "until": until}).status_code == 302
    hold = Hold.objects.get()
    assert "there is no other copy" in ana.get(reverse(PAGE)).content.decode()
    assert ana.post(reverse("upkeep:lift_hold", args=[hold.id])).status_code == 302
    assert "there is no other copy" not in ana.get(reverse(PAGE)).content.decode()


def test_an_unweighed_hold_is_refused_in_words():
    ana = visitor("ana", Role.OFFICE, community(A))
    answer = ana.post(reverse("upkeep:place_hold"), {**WEIGHED, "security": "", "until": "2999-01-01"})
    assert answer.status_code == 409 and "三点都要写明" in answer.content.decode()
    assert ana.post(reverse("upkeep:place_hold"), {**WEIGHED, "until": "nonsense"}).status_code == 409


def test_a_leader_reads_and_changes_nothing():
    place = community(A)
    dawa = visitor("dawa", Role.LEADER, place)
    assert dawa.get(reverse(PAGE)).status_code == 200
    assert dawa.post(reverse("upkeep:set_period"), {}).status_code == 404
    assert dawa.post(reverse("upkeep:place_hold"), {}).status_code == 404


@pytest.mark.parametrize("role", [Role.GRID_WORKER, Role.SAMPLER, Role.OBSERVER])
def test_others_find_nothing(role):
    assert visitor("tashi", role, community(A)).get(reverse(PAGE)).status_code == 404


def test_another_communitys_hold_is_not_found():
    ours, theirs = community(A), community(B)
    chen = visitor("chen", Role.OFFICE, theirs)
    hold = Hold.objects.create(community=ours, since=clock.now(), until=clock.now().date(), by="x", **WEIGHED)
    assert chen.post(reverse("upkeep:lift_hold", args=[hold.id])).status_code == 404
    assert Hold.objects.get().lifted is None
