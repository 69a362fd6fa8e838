"""An arrival from a high-risk place to release, and a resident who contests: through the real doors of phone,
office and the person's own page."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role, Staff
from zhegu.accounts.tests.make import staff
from zhegu.arrivals.actions import token_of
from zhegu.arrivals.models import Arrival, Leg, Notice
from zhegu.arrivals.tests.make import RULES, Road
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.monitoring.models import Check, Contest, Measure
from zhegu.outbreaks import actions as outbreaks
from zhegu.outbreaks.queries import Result
from zhegu.registers.models import Person
from zhegu.residents import actions as residents
from zhegu.residents.models import Link
from zhegu.sync.tests import make

pytestmark = pytest.mark.django_db
START = datetime(2022, 9, 13, 9, 0, tzinfo=clock.LOCAL)
WATCHED = [
    {**one, "monitoring": {"temperature_per_day": 2, "symptoms": True}, "release": {"require": ["all_tests_done", "last_test_negative"]}}
    for one in RULES["measures"]
]


def client_of(member: Staff) -> Client:
    client = Client()
    client.force_login(member)
    return client


class Village:
    """A community in an outbreak; its office, a second person there, and a grid worker's phone."""

    def __init__(self) -> None:
        self.road = Road(rules={**RULES, "measures": WATCHED, "symptoms": ["dry_cough"], "fever_threshold_c": 37.3})
        community = self.road.community
        self.clerk = staff("story-office", Role.OFFICE, community)
        self.office = client_of(self.clerk)
        self.second = client_of(staff("story-second", Role.OFFICE, community))
        worker = staff("story-worker", Role.GRID_WORKER, self.road.grid(1))
        self.phone = make.phone(community, clock.now())
        self.worker = make.signed_on(self.phone, community, worker, clock.now())

    def told_on_the_phone(self) -> Arrival:
        body = {
            "who": {"name": "卓玛", "birth_year": 1985, "phone": "139 1234 5678"}, "came_from": "拉萨市城关区", "grid": 1,
            "arrived": clock.now().isoformat(), "left": "2022-09-12", "transport": "coach",
        }  # fmt: skip
        item = self.phone.item(self.worker, "arrivals.register_arrival", body, clock.now())
        (answer,) = self.phone.push(item)
        assert answer["status"] == "accepted", answer
        return Arrival.objects.get(pk=answer["facts"]["arrival"])

    def row_on_the_phone(self, one: Arrival) -> dict:
        return next(row for row in self.phone.pull("")["tables"]["arrival"]["put"] if row["id"] == str(one.pk))

    def own_page(self, person: Person) -> str:
        self.office.post(reverse("residents:make"), {"person": person.pk})
        return residents.token_of(Link.objects.get(person=person, revoked=None))

    def tested(self, person: Person, at: datetime) -> None:
        act = outbreaks.RecordTest(person, Result.NEGATIVE, at, new_id())
        (answer,) = outbreaks.record_tests(by=self.road.office.actor, outbreak=self.road.outbreak, acts=[act])
        assert answer.accepted, answer

    def post(self, name: str, one: Arrival, **said: str) -> None:
        answer = self.office.post(reverse(f"arrivals:{name}", args=[one.pk]), said)
        assert answer.status_code == 302, answer.content.decode()


@pytest.fixture
def travel() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def here(travel: time_machine.Traveller) -> Village:
    return Village()


def decided(here: Village) -> Arrival:
    """Told on the phone, matched and decided in the office: under the measure the profile proposes."""
    risk = outbreaks.NewRisk("拉萨市城关区", "high", START.date() - timedelta(days=3), "通报", START, new_id())
    outbreaks.set_risks(by=here.road.office.actor, outbreak=here.road.outbreak, risks=[risk])
    one = here.told_on_the_phone()
    here.post("link", one)
    here.post("decide", one, measure="arrival_high_risk")
    one.refresh_from_db()
    return one


def test_from_a_high_risk_place_to_release(here: Village, travel: time_machine.Traveller):
    one = decided(here)
    assert one.laid.holds and here.row_on_the_phone(one)["measure"] == "arrival_high_risk"
    here.post("add_leg", one, day="2022-09-12", place="车站")
    token, visitor = here.own_page(one.person), Client()
    page = reverse("residents:own", args=[token])
    assert "高风险区来的人" in visitor.get(page).content.decode()
    visitor.post(reverse("residents:check", args=[token]), {"temperature": "36.6"})
    assert Check.objects.get().temperature == 366
    act = reverse("monitoring:act", args=[one.laid_id])
    here.tested(one.person, START + timedelta(days=1))
    travel.move_to(START + timedelta(days=8))
    here.office = client_of(here.clerk)  # the log-in of a week ago has run out
    assert here.office.post(act, {"what": "release"}).status_code == 409, "a test is missing"
    assert Measure.objects.get().ended is None
    here.tested(one.person, START + timedelta(days=7))
    here.office.post(act, {"what": "release"})
    assert Measure.objects.get().how == "released"
    assert "已结束" in visitor.get(page).content.decode()
    form = {"form": "F5", "format": "csv", "since": "2022-09-13", "until": "2022-09-13"}
    line = here.office.post(reverse("reports:period_form_file"), form).content.decode().splitlines()[1]
    assert "拉萨市城关区" in line and "2022-09-21" in line
    assert Leg.objects.count() == 1


def test_a_resident_contests_and_somebody_else_answers(here: Village):
    one = decided(here)
    token, visitor = here.own_page(one.person), Client()
    said = {"measure": str(one.laid_id), "words": "我12号在日喀则，没有去过城关区"}
    visitor.post(reverse("residents:contest", args=[token]), said)
    answer = reverse("monitoring:answer", args=[Contest.objects.get().pk])
    here.office.post(answer, {"upheld": "yes", "words": "x"})
    assert Contest.objects.get().answered is None, "whoever laid it on does not answer"
    here.second.post(answer, {"upheld": "yes", "words": "核对了车票，您说得对"})
    assert Measure.objects.get().how == "contest_upheld"
    assert "核对了车票" in visitor.get(reverse("residents:own", args=[token])).content.decode()


def test_whoever_registers_themselves_waits_until_a_person_decides(here: Village):
    here.office.post(reverse("arrivals:notices"), {"where": "东路口", "grid": here.road.grid(1).code})
    address = reverse("residents:arriving", args=[token_of(Notice.objects.get())])
    assert Client().post(address, {"name": "次仁", "came_from": "那曲", "phone": "13800001111"}).status_code == 200
    one = Arrival.objects.get()
    assert here.row_on_the_phone(one)["decided"] is False and not Measure.objects.exists()
    here.post("decide", one, measure="")
    assert "arrival" not in here.phone.pull("")["tables"] or not here.phone.pull("")["tables"]["arrival"]["put"]
