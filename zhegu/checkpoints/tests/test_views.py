"""The gates' pages through the real door; and the forms made from them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.checkpoints.models import Allowed, Crossing, Gate
from zhegu.checkpoints.rules import Outcome, Why
from zhegu.checkpoints.tests.make import Roads, member
from zhegu.lib import clock
from zhegu.lib.ids import new_id

pytestmark = pytest.mark.django_db
NUMBER, PHONE = "54052619900101002X", "13912345678"


@pytest.fixture
def roads() -> Roads:
    return Roads()


def client(roads: Roads, role: Role, place=None) -> Client:
    made = Client()
    made.force_login(member(roads, role, place))
    return made


@pytest.fixture
def office(roads: Roads) -> Client:
    return client(roads, Role.OFFICE)


PAGES = ["today", "crossings", "inside", "record", "offline", "allowed", "new_gate"]


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_stands_in_every_language(roads: Roads, office: Client, lang: str):
    roads.cross(at=clock.now(), offline=True, phone=PHONE), roads.allow(since=clock.now())
    office.cookies["zhegu_language"] = lang
    addresses = [reverse(f"checkpoints:{name}") for name in PAGES] + [reverse("checkpoints:gate", args=[roads.east.pk])]
    for address in addresses:
        assert office.get(address).status_code == 200, address


def record(office: Client, roads: Roads, **more: str):
    post = {"gate": roads.east.pk, "plate": "藏C12345", "people": "3", "outcome": "pass", "why": "all_ok", "vehicle": "car"}
    return office.post(reverse("checkpoints:record"), post | more, follow=True)


def test_a_crossing_told_by_phone_is_recorded_at_the_time_it_happened(roads: Roads, office: Client):
    earlier = clock.local(clock.now() - timedelta(hours=3))
    answer = record(
        office, roads, at=earlier.strftime("%Y-%m-%dT%H:%M"), temperature="36.6", **{"check-health_code": "ok"}
    )
    kept = Crossing.objects.get()
    assert "已登记" in answer.content.decode()
    assert (kept.temperature, kept.checks, kept.people) == (366, {"health_code": "ok"}, 3)
    assert abs(kept.at - earlier) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "wrong",
    [{"at": "gestern"}, {"at": "2999-01-01T00:00"}, {"temperature": "366"}, {"people": "0"}, {"gate": "x"}, {"outcome": "turned_back", "why": "fever"}],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_kept(roads: Roads, office: Client, wrong: dict):
    assert record(office, roads, **wrong).status_code == 409 and not Crossing.objects.exists()


def test_crossings_are_found_by_plate_name_and_place_and_numbers_stand_masked(roads: Roads, office: Client):
    now = clock.now()
    roads.cross(at=now, plate="藏C·11111", name="次仁", id_number=NUMBER, phone=PHONE, coming_from="拉萨")
    roads.cross(at=now, plate="藏C22222", name="格桑", outcome=Outcome.TURNED_BACK, why=Why.NO_PERMIT)
    for words in ("c11111", "次", "拉萨"):
        shown = office.get(reverse("checkpoints:crossings"), {"q": words}).content.decode()
        assert "次仁" in shown and "格桑" not in shown and NUMBER not in shown and PHONE not in shown, words
    shown = office.get(reverse("checkpoints:crossings"), {"outcome": "turned_back"}).content.decode()
    assert "格桑" in shown and "次仁" not in shown
    assert "没有找到" in office.get(reverse("checkpoints:crossings"), {"q": "青海"}).content.decode()


def test_every_screen_with_names_is_one_look(roads: Roads, office: Client):
    office.get(reverse("checkpoints:crossings"))
    assert not Look.objects.exists()
    roads.cross(at=clock.now())
    for name in ("crossings", "inside"):
        office.get(reverse(f"checkpoints:{name}"))
    assert [look.screen for look in Look.objects.order_by("at")] == ["checkpoints.crossings", "checkpoints.inside"]


MATRIX = {
    Role.OFFICE: {*PAGES},
    Role.GATE_KEEPER: {"today", "crossings", "inside", "record", "allowed"},
    Role.LEADER: {"today", "allowed"},
    Role.SAMPLER: set(),
    Role.CLINIC: set(),
    Role.OBSERVER: set(),
}


@pytest.mark.parametrize("role", MATRIX)
def test_who_may_open_which_page(roads: Roads, role: Role):
    someone = client(roads, role)
    opened = {name for name in PAGES if someone.get(reverse(f"checkpoints:{name}")).status_code == 200}
    assert opened == MATRIX[role]


def test_a_leader_adds_nobody_to_the_list(roads: Roads):
    post = {"plate": "藏A77777", "until": "2999-01-01T00:00"}
    assert client(roads, Role.LEADER).post(reverse("checkpoints:allowed"), post).status_code == 404
    assert not Allowed.objects.exists()


def test_a_truck_goes_on_the_list_and_off_it(roads: Roads, office: Client):
    post = {"plate": "藏 a·77777", "whose": "县物资局", "errand": "supply", "until": "2999-01-01T00:00"}
    assert "县物资局" in office.post(reverse("checkpoints:allowed"), post, follow=True).content.decode()
    row = Allowed.objects.get()
    assert row.plate_key == "藏A77777"
    office.post(reverse("checkpoints:end_allowed", args=[row.pk]))
    assert "县物资局" not in office.get(reverse("checkpoints:allowed")).content.decode()


def test_a_gate_is_set_up_changed_and_closed(roads: Roads, office: Client):
    office.post(reverse("checkpoints:new_gate"), {"name": "北桥", "opens": "20:00", "closes": "08:00", "checks": ["mask"]})
    gate = Gate.objects.get(name="北桥")
    assert (gate.place, gate.checks, gate.opens.hour) == (roads.community, ["mask"], 20)
    office.post(reverse("checkpoints:gate", args=[gate.pk]), {"name": "北大桥", "place": roads.grids[0].code})
    gate.refresh_from_db()
    assert (gate.name, gate.place, gate.opens) == ("北大桥", roads.grids[0], None)
    office.post(reverse("checkpoints:close", args=[gate.pk]))
    office.get(reverse("checkpoints:today"))  # says that it is closed
    assert "北大桥" not in office.get(reverse("checkpoints:today")).content.decode()


def test_offline_decisions_are_confirmed_together_and_the_odd_one_with_a_word(roads: Roads, office: Client):
    now = clock.now()
    roads.cross(at=now, offline=True), roads.cross(at=now, offline=True)
    odd = roads.cross(at=now, why=Why.ALLOWED, offline=True)
    address = reverse("checkpoints:offline")
    office.post(address)
    assert Crossing.objects.filter(reconciled=None).count() == 1
    assert office.post(address, {"crossing": odd.ref}).status_code == 409
    office.post(address, {"crossing": odd.ref, "note": "已联系司机", "ref": new_id()})
    assert "没有要核对的" in office.get(address).content.decode()


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv"])
@pytest.mark.parametrize("form_id", ["F12", "F12B"])
def test_the_forms_are_handed_on_as_files(roads: Roads, office: Client, form_id: str, kind: str):
    roads.cross(at=clock.now(), phone=PHONE, id_number=NUMBER)
    page = office.get(reverse("reports:period_form") + f"?form={form_id}")
    file = office.post(reverse("reports:period_form_file"), {"form": form_id, "format": kind})
    assert page.status_code == 200 and file.status_code == 200 and len(file.content) > 100
    assert NUMBER not in page.content.decode() and PHONE not in page.content.decode()
    if kind == "csv" and form_id == "F12":
        assert "540***********002X" in file.content.decode() and "藏C12345" in file.content.decode()


def test_the_daily_count_is_what_the_page_of_today_says(roads: Roads, office: Client):
    roads.cross(at=clock.now(), people=4), roads.cross(at=clock.now(), gate=roads.west.pk)
    file = office.post(reverse("reports:period_form_file"), {"form": "F12B", "format": "csv"}).content.decode()
    assert [line.split(",")[1:6] for line in file.splitlines()[1:3]] == [["东路口", "1", "0", "4", "0"], ["西路口", "1", "0", "2", "0"]]


def test_a_keeper_prints_only_their_own_gate(roads: Roads):
    roads.cross(at=clock.now(), plate="藏C11111"), roads.cross(at=clock.now(), gate=roads.west.pk, plate="藏C22222")
    keeper = client(roads, Role.GATE_KEEPER, roads.grids[0])
    shown = keeper.get(reverse("reports:period_form") + "?form=F12").content.decode()
    assert "藏C11111" in shown and "藏C22222" not in shown
