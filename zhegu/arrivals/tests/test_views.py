"""The arrivals' pages through the real door; and the forms made from them."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.arrivals import actions, ledgers, phone
from zhegu.arrivals.models import Arrival, Leg, Notice, Site, Worker
from zhegu.arrivals.tests.make import RULES, Road, again
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.tables import say
from zhegu.lib.texts import text
from zhegu.registers.models import Person
from zhegu.registers.tests.make import household, person
from zhegu.responsibility.actions import put_in_charge

pytestmark = pytest.mark.django_db
NUMBER, PHONE = "54052619900101002X", "13912345678"


@pytest.fixture
def road() -> Road:
    return Road()


def client(road: Road, role: Role, place=None) -> Client:
    made = Client()
    made.force_login(road.member(role, place))
    return made


@pytest.fixture
def office(road: Road) -> Client:
    return client(road, Role.OFFICE)


def of(name: str, one=None) -> str:
    return reverse(f"arrivals:{name}", args=[one.pk] if one else [])


def now_there(road: Road, **more) -> Arrival:
    now = clock.now()
    return road.came(at=now, arrived=now, left=clock.local_day(now), **more)


PAGES = ["arrivals", "register", "notices", "sites"]


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_stands_in_every_language(road: Road, office: Client, lang: str):
    office.cookies["zhegu_language"] = lang
    office.post(of("register"), {"name": "卓玛", "came_from": "拉萨", "grid": "1", "risk": "high", "companion-name": ["次仁"]})
    office.post(of("notices"), {"where": "东路口"}), office.post(of("sites"), {"name": "水电站"})
    one = Arrival.objects.get(name="卓玛")
    addresses = [of(name) for name in PAGES] + [of("arrival", one), of("site", Site.objects.get())]
    for address in addresses:
        assert office.get(address).status_code == 200, address
    assert office.get(of("arrivals"), {"stay": "all", "q": "卓", "grid": road.grid(1).code}).status_code == 200


MATRIX = {
    Role.OFFICE: {*PAGES},
    Role.LEADER: {"arrivals", "sites"},
    Role.GRID_WORKER: {"arrivals", "register", "sites"},
    Role.GATE_KEEPER: {"register"},
    Role.SAMPLER: set(),
    Role.CLINIC: set(),
    Role.OBSERVER: set(),
}


@pytest.mark.parametrize("role", MATRIX)
def test_who_may_open_which_page(road: Road, role: Role):
    someone = client(road, role)
    assert {name for name in PAGES if someone.get(of(name)).status_code == 200} == MATRIX[role]


def test_from_arrival_to_measure(road: Road, office: Client):
    post = {
        "name": "卓玛", "came_from": "拉萨", "grid": "1", "risk": "high", "phone": PHONE, "transport": "coach", "doses": "３",
        "companion-name": ["次仁", ""], "companion-birth_year": ["1990", ""], "companion-sex": ["m", ""],
        "companion-id_number": ["", ""], "companion-phone": ["", ""],
    }  # fmt: skip
    assert "共2人" in office.post(of("register"), post, follow=True).content.decode()
    one, other = Arrival.objects.get(name="卓玛"), Arrival.objects.get(name="次仁")
    assert (one.doses, one.transport, other.birth_year) == (3, "coach", 1990)
    shown = office.get(of("arrival", one)).content.decode()
    assert "高风险区来的人" in shown and "次仁" in shown and PHONE not in shown
    for who in (one, other):
        office.post(of("link", who))
    assert Person.objects.count() == 2
    office.post(of("decide", one), {"measure": "arrival_high_risk", "together": "1"})
    assert again(one).measure == again(other).measure == "arrival_high_risk"
    assert "没有待决定的" in office.get(of("arrivals")).content.decode()
    assert "高风险区来的人" in office.get(of("arrivals"), {"stay": "decided"}).content.decode()


def test_an_entry_is_taken_back_and_a_decision_thought_over(road: Road, office: Client):
    one = road.came()
    office.post(of("decide", one), {"measure": ""})
    office.post(of("reopen", one))
    assert again(one).decided is None
    office.post(of("undo", one))
    assert office.get(of("arrival", one)).status_code == 404


def test_a_number_is_shown_to_call_and_that_is_on_record(road: Road, office: Client):
    one = road.came(phone=PHONE)
    assert PHONE in office.post(of("call", one)).content.decode()
    assert Look.objects.filter(fields="phone", reason="call").count() == 1
    leader = client(road, Role.LEADER)
    assert leader.post(of("call", one)).status_code == 404


def test_every_screen_with_names_is_one_look_with_those_who_are_known(road: Road, office: Client):
    office.get(of("arrivals"))
    assert not Look.objects.exists()
    one = road.came()
    road.link(one)
    office.get(of("arrivals"))
    assert [subject.person for subject in Look.objects.get().subjects.all()] == [again(one).person_id]


def test_legs_come_and_go(road: Road, office: Client):
    one = road.came(risk="high")
    road.link(one), road.decide(one)
    office.post(of("add_leg", one), {"day": "2022-09-12", "place": "市场"})
    assert "市场" in office.get(of("arrival", one)).content.decode()
    assert office.post(of("add_leg", one), {"day": "x", "place": "市场"}).status_code == 409
    office.post(of("remove_leg", one), {"leg": Leg.objects.get().pk})
    assert not Leg.objects.exists() and office.post(of("remove_leg", one), {"leg": new_id()}).status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"birth_year": "99"}, {"left": "gestern"}, {"arrived": "x"}, {"grid": "77"}, {"doses": "many"}, {"came_from": ""}]
)
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_kept(road: Road, office: Client, wrong: dict):
    answer = office.post(of("register"), {"name": "卓玛", "came_from": "拉萨"} | wrong)
    assert answer.status_code == 409 and not Arrival.objects.exists()


def test_a_notice_is_printed_and_withdrawn(road: Road, office: Client):
    office.post(of("notices"), {"where": "东路口", "grid": road.grid(1).code})
    notice = Notice.objects.get()
    assert notice.grid == road.grid(1)
    sheet = office.get(of("notice_pdf", notice))
    assert sheet["Content-Type"] == "application/pdf" and sheet.content.startswith(b"%PDF")
    office.post(of("revoke_notice", notice))
    notice.refresh_from_db()
    assert notice.revoked and office.post(of("revoke_notice", notice)).status_code == 409


def test_a_site_and_its_people(road: Road, office: Client):
    office.post(of("sites"), {"name": "水电站", "contact_phone": PHONE, "leave_ban": "1"})
    site, who = Site.objects.get(), person(road.community, "多吉", road.grid(1))
    assert "多吉" in office.get(of("site", site), {"q": "多吉"}).content.decode()
    office.post(of("add_worker", site), {"person": who.pk, "origin": "四川", "since": "2022-09-01", "doses": "2"})
    assert "四川" in office.get(of("site", site)).content.decode()
    office.post(of("change_site", site), {"name": "二级水电站"})
    site.refresh_from_db()
    assert (site.name, site.contact_phone, site.leave_ban) == ("二级水电站", PHONE, False)
    office.post(of("worker_left", Worker.objects.get()), {"day": "2022-09-05"})
    assert Worker.objects.get().left.isoformat() == "2022-09-05"
    office.post(of("close_site", site))
    assert "二级水电站" not in office.get(of("sites")).content.decode().replace("二级水电站已结束", "")
    assert client(road, Role.LEADER).post(of("sites"), {"name": "x"}).status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv"])
@pytest.mark.parametrize("form_id", ["F5", "F18"])
def test_the_forms_are_handed_on_as_files(road: Road, office: Client, form_id: str, kind: str):
    one = now_there(road, phone=PHONE, id_number=NUMBER, risk="high", birth_year=1985)
    road.link(one), road.decide(one)
    office.post(of("sites"), {"name": "水电站"})
    office.post(of("add_worker", Site.objects.get()), {"person": again(one).person_id})
    page = office.get(reverse("reports:period_form") + f"?form={form_id}").content.decode()
    file = office.post(reverse("reports:period_form_file"), {"form": form_id, "format": kind})
    assert file.status_code == 200 and len(file.content) > 100
    assert NUMBER not in page and PHONE not in page and "540***********002X" in page
    if kind == "csv" and form_id == "F5":
        line = file.content.decode().splitlines()[1]
        assert "拉萨" in line and "高风险" in line and NUMBER not in line


def test_the_form_says_who_answers_for_the_grid(road: Road, office: Client):
    now_there(road, name="一"), now_there(road, name="二", grid=2)
    keeper = road.member(Role.GRID_WORKER, road.grid(1))
    told = office.post(reverse("reports:period_form_file"), {"form": "F5", "format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    named = text("arrivals.responsible", "zh")
    assert [row[named] for row in rows[:2]] == [keeper.name, ""]


def test_whoever_keeps_the_household_answers_before_those_of_the_grid(road: Road, office: Client):
    row = now_there(road, name="一")
    home = household(road.community, road.grid(1), no="7")
    who = person(road.community, "一", road.grid(1), home)
    Arrival.objects.filter(pk=row.pk).update(person=who)
    road.member(Role.GRID_WORKER, road.grid(1))
    keeper = road.member(Role.CARER)
    put_in_charge(by=road.office.actor, household=home, staff=keeper, at=clock.now(), ref=new_id())
    told = office.post(reverse("reports:period_form_file"), {"form": "F5", "format": "csv"}).content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(told)))[text("arrivals.responsible", "zh")] == keeper.name
    (shown,) = phone.arrival_rows(road.worker, road.community)
    assert shown["house"] == str(home.pk)


def test_a_grid_worker_prints_only_their_own(road: Road):
    now_there(road, name="一"), now_there(road, name="二", grid=2)
    worker = client(road, Role.GRID_WORKER, road.grid(1))
    shown = worker.post(reverse("reports:period_form_file"), {"form": "F5", "format": "csv"}).content.decode()
    assert len(shown.splitlines()) == 3  # heading, one row, total


def test_old_arrivals_stand_in_the_ledger_of_their_days(road: Road, office: Client):
    road.came()
    address = reverse("reports:period_form_file")
    days = {"form": "F5", "format": "csv", "since": "2022-09-13", "until": "2022-09-14"}
    assert len(office.post(address, days).content.decode().splitlines()) == 3
    late = days | {"since": (clock.now() + timedelta(days=1)).date().isoformat(), "until": ""}
    assert len(office.post(address, late).content.decode().splitlines()) == 2


def test_the_profiles_own_name_of_a_measure_is_said_in_the_readers_language():
    own = {**RULES, "measures": [{**RULES["measures"][0], "name": {"zh": "七天居家", "en": "Seven days at home"}}, RULES["measures"][1]]}
    road = Road(rules=own)
    row = road.came()
    road.link(row)
    assert road.decide(again(row), why="来自高风险地区").accepted
    day = clock.local_day(row.arrived)
    told = ledgers.arrivals(road.office, as_of=clock.now(), community=road.community, since=day, until=day)
    assert [say(told.rows[0]["measure"], lang) for lang in ("zh", "en")] == ["七天居家", "Seven days at home"]


def test_a_notice_opens_nothing_once_it_is_over(road: Road):
    answer = actions.make_notice(
        by=road.office.actor, community=road.community, grid=None, where="东路口", at=clock.now(), ref=new_id()
    )
    notice = Notice.objects.get(pk=answer.facts["notice"])
    address = reverse("residents:arriving", args=[actions.token_of(notice)])
    assert Client().get(address).status_code == 200
    Notice.objects.update(expires=clock.now())
    assert Client().get(address).status_code == 404
