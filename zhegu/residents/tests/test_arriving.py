"""Whoever has just come registers themselves; the page asks little and shows nothing back."""

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.arrivals import actions
from zhegu.arrivals.models import Arrival, Notice, Try
from zhegu.arrivals.tests.make import Road
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.residents.rules import PER_ADDRESS, may_send

pytestmark = pytest.mark.django_db
SAID = {"name": "卓玛", "phone": "139 1234 5678", "came_from": "那曲", "companion-name": ["次仁", "", "央金"]}


@pytest.fixture
def road() -> Road:
    return Road()


@pytest.fixture
def address(road: Road) -> str:
    now = clock.now()
    answer = actions.make_notice(
        by=road.office.actor, community=road.community, grid=road.grid(2), where="东路口", at=now, ref=new_id()
    )
    return reverse("residents:arriving", args=[actions.token_of(Notice.objects.get(pk=answer.facts["notice"]))])


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_someone_who_came_writes_themselves_down_and_waits(road: Road, address: str, lang: str):
    visitor = Client()
    visitor.cookies["zhegu_language"] = lang
    assert visitor.get(address).status_code == 200
    answer = visitor.post(address, SAID)
    rows = Arrival.objects.filter(decided=None, grid=road.grid(2), way="self")
    assert answer.status_code == 200 and sorted(row.name for row in rows) == ["卓玛", "央金", "次仁"]
    assert "卓玛" not in answer.content.decode()


def test_pressing_twice_writes_once(road: Road, address: str):
    visitor, ref = Client(), new_id()
    said = {**SAID, "ref": ref, "arrived": clock.local(clock.now()).strftime("%Y-%m-%dT%H:%M")}
    assert visitor.post(address, said).status_code == 200
    visitor.post(address, said)
    assert Arrival.objects.count() == 3


@pytest.mark.parametrize("wrong", [{"name": " "}, {"came_from": ""}, {"left": "x"}, {"arrived": "x"}])
def test_what_is_missing_is_said_and_what_was_typed_stays(road: Road, address: str, wrong: dict):
    answer = Client().post(address, SAID | wrong)
    assert answer.status_code == 409 and not Arrival.objects.exists()
    assert "139 1234 5678" in answer.content.decode()


def test_too_many_from_one_address_are_asked_to_wait(road: Road, address: str):
    notice = Notice.objects.get()
    for _ in range(PER_ADDRESS):
        actions.note_try(notice, "127.0.0.1", clock.now())
    assert Client().post(address, SAID).status_code == 429 and not Arrival.objects.exists()
    assert Client().post(address, SAID, REMOTE_ADDR="10.0.0.7").status_code == 200
    assert Try.objects.count() == PER_ADDRESS + 1


def test_both_limits_count():
    assert may_send(PER_ADDRESS - 1, 299) and not may_send(PER_ADDRESS, 0) and not may_send(0, 300)


def test_a_code_that_is_none_leads_nowhere(road: Road):
    assert Client().get(reverse("residents:arriving", args=["x" * 22])).status_code == 404
