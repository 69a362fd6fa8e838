"""A committee's weeks: it opens, closes the roads of a bulletin, asks its people, changes a number, forgets, and
its restrictions end by themselves."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.world import client_of
from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.arrivals.queries import proposal
from zhegu.arrivals.tests.make import Road
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Directive, Outbreak, ProfileChange
from zhegu.outbreaks.nightly import JOBS
from zhegu.outbreaks.tests.make import outbreak as outbreak_since
from zhegu.places.tests.make import A, community
from zhegu.registers import actions as registers
from zhegu.registers.actions import HouseholdFacts

pytestmark = pytest.mark.django_db

EVERYTHING = Scope.everything("a story")
(LAPSES,) = JOBS


@pytest.fixture
def road() -> Road:
    return Road()


@pytest.fixture
def ana(road: Road) -> Client:
    return client_of(staff("ana", Role.OFFICE, road.community))


def to(name: str, thing: object) -> str:
    return reverse(f"outbreaks:{name}", args=[thing])


def test_a_bulletin_of_this_morning_decides_what_is_proposed_for_who_arrives(road: Road, ana: Client):
    left = clock.local_day(road.item().arrived) - timedelta(days=2)
    came = road.came(came_from="拉萨城关区八廓街", left=left)
    assert proposal(EVERYTHING, came, road.outbreak).code == ""
    words = {"issuer": "自治区防控办", "number": "〔2022〕9号", "day": left.isoformat(), "areas": "拉萨市城关区 高风险"}
    ana.post(to("write_bulletin", road.outbreak.id), words)
    assert proposal(EVERYTHING, came, road.outbreak).code == "arrival_high_risk"
    lifted = {**words, "number": "〔2022〕10号", "areas": "拉萨市城关区 解除", "areas_since": (left + timedelta(days=1)).isoformat()}
    ana.post(to("write_bulletin", road.outbreak.id), lifted)
    assert proposal(EVERYTHING, came, road.outbreak).code == "arrival_high_risk"
    later = road.came("次仁", came_from="拉萨城关区八廓街", left=left + timedelta(days=1))
    assert proposal(EVERYTHING, later, road.outbreak).code == ""


def test_seven_days_become_eight_for_those_already_at_home_once_two_people_agree(road: Road, ana: Client):
    dawa = client_of(staff("dawa", Role.LEADER, road.community))
    path = "measures.arrival_high_risk.stages.0.days"
    form = {"path": path, "becomes": "8", "why": "专家意见", "source": "州防控办 3号", "confidence": "A"}
    ana.post(to("ask_for_change", road.outbreak.id), form)
    change = to("decide_change", ProfileChange.objects.get().id)
    assert ana.post(change, {"accept": "yes"}).status_code == 409
    assert dawa.post(change, {"accept": "yes"}).status_code == 302
    now = Outbreak.objects.get().rules
    start = clock.local_day(road.outbreak.opened)
    assert outbreaks.last_day(now.measure("arrival_high_risk"), start) == start + timedelta(days=8)


def test_asked_of_a_grid_worker_from_above_until_it_is_done(road: Road, ana: Client):
    worker = staff("bo", Role.GRID_WORKER, road.grid(1))
    bo, today = client_of(worker), clock.local_day(clock.now())
    form = {
        "issuer": "县防控办", "title": "摸排返乡人员", "received": today.isoformat(), "due": today.isoformat(), "reader": str(worker.pk),
    }  # fmt: skip
    ana.post(to("give_directive", road.outbreak.id), form)
    assert "摸排返乡人员" in bo.get(reverse("outbreaks:my_directives")).content.decode()
    assert bo.get(to("directives", road.outbreak.id)).status_code == 404
    bo.post(to("mark", Directive.objects.get().id), {"how": "done", "said": "查了23户"})
    assert "查了23户" in ana.get(to("directive", Directive.objects.get().id)).content.decode()


def test_forgotten_for_a_month_its_restrictions_end_and_a_late_review_does_not_bring_them_back():
    place = community(A)
    now = clock.now()
    began = now - timedelta(days=31)
    outbreak = outbreak_since(place, began)
    assert not outbreaks.restrictions_hold(EVERYTHING, outbreak, now, laid_on=began + timedelta(days=1))
    assert LAPSES.run(now) == {"due": 0, "lapsed": 1}
    ana = client_of(staff("ana", Role.OFFICE, place))
    ana.post(to("review", outbreak.id), {"phase": "home_monitoring", "why": "又有一例"})
    after = clock.now()
    assert outbreaks.restrictions_hold(EVERYTHING, outbreak, after)
    assert not outbreaks.restrictions_hold(EVERYTHING, outbreak, after, laid_on=began + timedelta(days=1))
    assert LAPSES.run(after) == {"due": 0, "lapsed": 0}


def test_a_gap_shows_on_the_home_page_until_somebody_answers():
    place = community(A, grids=1)
    made = {"by": staff("x").actor, "community": place, "at": clock.now(), "ref": new_id()}
    registers.add_household(**made, facts=HouseholdFacts(door="3"), grid=None)
    ana, worker = client_of(staff("ana", Role.OFFICE, place)), staff("bo", Role.GRID_WORKER, place)
    assert "有1处没有人负责" in ana.get(reverse("responsibility:board")).content.decode()
    (row,) = ana.get(reverse("responsibility:households")).context["homes"]
    ana.post(reverse("responsibility:change_household", args=[row.household.pk]), {"staff": str(worker.pk)})
    assert "没有人负责" not in ana.get(reverse("responsibility:board")).content.decode()
