"""The office's pages: opening from a profile, reading its copy, closing."""

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.outbreaks.models import Outbreak
from zhegu.outbreaks.tests import make
from zhegu.places.tests.make import A, B, community

pytestmark = pytest.mark.django_db


def visitor(username: str, role: Role, place) -> Client:
    client = Client()
    client.force_login(staff(username, role, place))
    return client


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_office_opens_an_outbreak_from_a_profile(lang):
    ana = visitor("ana", Role.OFFICE, community(A))
    ana.cookies["zhegu_language"] = lang
    page = ana.get(reverse("outbreaks:open"))
    assert page.status_code == 200 and "covid19-cn-2022-09ed" in page.content.decode()
    ana.post(reverse("outbreaks:open"), {"profile": "covid19-cn-2022-09ed"})
    outbreak = Outbreak.objects.get()
    assert outbreak.rules.mix_ratios == (1, 5, 10, 20)
    assert ana.get(reverse("outbreaks:outbreak", args=[outbreak.id])).status_code == 200
    assert str(outbreak.id) in ana.get(reverse("outbreaks:outbreaks")).content.decode()


def test_a_double_click_opens_one_outbreak():
    ana = visitor("ana", Role.OFFICE, community(A))
    form = {"profile": "measles", "ref": "01900000-0000-7000-8000-000000000001"}
    answers = [ana.post(reverse("outbreaks:open"), form).status_code for _ in range(2)]
    assert Outbreak.objects.count() == 1 and answers[0] == 302


def test_opening_the_same_disease_again_is_refused_in_words():
    place = community(A)
    ana = visitor("ana", Role.OFFICE, place)
    ana.post(reverse("outbreaks:open"), {"profile": "measles"})
    answer = ana.post(reverse("outbreaks:open"), {"profile": "measles"})
    assert answer.status_code == 409 and "没有重复开始" in answer.content.decode()


def test_the_office_closes_it():
    place = community(A)
    outbreak = make.outbreak(place)
    ana = visitor("ana", Role.OFFICE, place)
    ana.post(reverse("outbreaks:close", args=[outbreak.id]))
    assert not Outbreak.objects.get().is_open


def test_a_leader_reads_but_neither_opens_nor_closes():
    place = community(A)
    outbreak = make.outbreak(place)
    dawa = visitor("dawa", Role.LEADER, place)
    assert dawa.get(reverse("outbreaks:outbreak", args=[outbreak.id])).status_code == 200
    assert dawa.get(reverse("outbreaks:open")).status_code == 404
    assert dawa.post(reverse("outbreaks:close", args=[outbreak.id])).status_code == 404
    assert Outbreak.objects.get().is_open


def test_another_communitys_office_finds_nothing():
    outbreak = make.outbreak(community(A))
    chen = visitor("chen", Role.OFFICE, community(B))
    assert chen.get(reverse("outbreaks:outbreak", args=[outbreak.id])).status_code == 404
    assert chen.post(reverse("outbreaks:close", args=[outbreak.id])).status_code == 404
    assert Outbreak.objects.get().is_open


def test_an_unknown_profile_is_not_found():
    ana = visitor("ana", Role.OFFICE, community(A))
    assert ana.post(reverse("outbreaks:open"), {"profile": "no-such"}).status_code == 404
