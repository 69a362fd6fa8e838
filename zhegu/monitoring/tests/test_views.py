"""The office's pages through the real door: laying on, agreeing, checking, letting go; and who looked."""


import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.texts import text
from zhegu.monitoring import queries
from zhegu.monitoring.models import Check, Contest, Measure
from zhegu.monitoring.tests.make import Home, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def home() -> Home:
    return Home()


def client(home: Home, name: str, role: Role, place=None) -> Client:
    made = Client()
    made.force_login(staff(name, role, place or home.community))
    return made


@pytest.fixture
def ana(home: Home) -> Client:
    return client(home, "ana-views", Role.OFFICE)


@pytest.fixture
def dolma(home: Home) -> Client:
    return client(home, "dolma-views", Role.OFFICE)


def said(answer) -> str:
    return answer.content.decode()


def lay(who: Client, home: Home, *people, **more):
    post = {
        "person": [str(one.pk) for one in people or home.people[:1]], "code": "close_contact", "ground": "exposure",
        "evidence": "流调 12 号", "exposure_place": "东街商店", "exposed": "2022-09-12T14:00", **more,
    }  # fmt: skip
    return who.post(reverse("monitoring:begin"), post, follow=True)


def act(who: Client, row: Measure, what: str, words: str = ""):
    return who.post(reverse("monitoring:act", args=[row.pk]), {"what": what, "words": words}, follow=True)


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_stands_in_every_language(home: Home, ana: Client, lang: str):
    row = home.measure()
    home.check(home.people[0], "2022-09-13 08:00", temperature=390)
    ana.cookies["zhegu_language"] = lang
    pages = ["monitoring:measures", "monitoring:begin", "monitoring:checks", "monitoring:clinic"]
    for address in [*map(reverse, pages), reverse("monitoring:measure", args=[row.pk])]:
        assert ana.get(address).status_code == 200, address


def test_pages_say_so_where_nothing_is_there_yet(home: Home, ana: Client):
    home.outbreak.delete()
    for page in ("measures", "begin", "checks", "clinic"):
        assert 'class="empty"' in said(ana.get(reverse(f"monitoring:{page}"))), page


def test_a_contact_is_laid_on_and_stands_in_the_list(home: Home, ana: Client):
    found = said(ana.get(reverse("monitoring:begin"), {"q": "扎西"}))
    assert str(home.people[0].pk) in found
    assert "流调 12 号" in said(lay(ana, home))
    assert "扎西" in said(ana.get(reverse("monitoring:measures")))


def test_a_list_by_hand_is_refused_in_words(home: Home, ana: Client):
    answer = lay(ana, home, *home.people, exposure_place="", exposed="", ground="other", day0="2022-09-12")
    assert answer.status_code == 409 and not Measure.objects.exists()


def test_a_whole_community_under_home_monitoring_and_back(home: Home, ana: Client, dolma: Client):
    post = {"code": "area_home_monitoring", "place": "", "first_day": "2022-09-13", "evidence": "7 号通告"}
    ana.post(reverse("monitoring:begin_place"), post)
    row = Measure.objects.get()
    assert row.waits and act(ana, row, "approve").status_code == 409
    assert 'class="empty"' in said(dolma.get(reverse("monitoring:checks")))
    assert act(dolma, row, "approve").status_code == 200
    assert said(ana.get(reverse("monitoring:checks"))).count('name="slot"') == 4
    assert act(ana, row, "release").status_code == 409, "who said so is missing"
    assert act(ana, row, "release", "9 号通告").status_code == 200
    assert queries.holding(home.ana, home.community, clock.now()) == {}


def test_a_grid_worker_writes_down_a_fever_and_the_clinic_looks_after_it(home: Home):
    home.measure()
    tashi = client(home, "tashi-views", Role.GRID_WORKER, home.grids[0])
    clinic = client(home, "clinic-views", Role.CLINIC)
    post = {"person": home.people[0].pk, "slot": "morning", "temperature": "38.2", "symptom": ["dry_cough"], "note": "要退烧药"}
    assert tashi.post(reverse("monitoring:checks"), post, follow=True).status_code == 200
    row = Check.objects.get()
    assert row.abnormal and "38.2" in said(clinic.get(reverse("monitoring:clinic")))
    assert tashi.post(reverse("monitoring:handle", args=[row.pk]), {"words": "去过"}).status_code == 404
    clinic.post(reverse("monitoring:handle", args=[row.pk]), {"words": "去看过"})
    assert 'class="empty"' in said(clinic.get(reverse("monitoring:clinic")))


@pytest.mark.parametrize("wrong", ["366", "abc", "36.66", "50.1"])
def test_a_temperature_nobody_has_is_refused(home: Home, ana: Client, wrong: str):
    home.measure()
    post = {"person": home.people[0].pk, "slot": "morning", "temperature": wrong}
    assert ana.post(reverse("monitoring:checks"), post).status_code == 409 and not Check.objects.exists()


def test_a_check_is_taken_back(home: Home, ana: Client):
    home.measure()
    ref = home.check(home.people[0], "2022-09-13 08:00").ref
    ana.post(reverse("monitoring:undo_check", args=[ref]))
    assert Check.objects.get().undone


def test_a_person_contests_and_somebody_else_answers(home: Home, ana: Client, dolma: Client):
    lay(ana, home)
    row = Measure.objects.get()
    ana.post(reverse("monitoring:contest", args=[row.pk]), {"words": "那天我在家"})
    address = reverse("monitoring:answer", args=[Contest.objects.get().pk])
    assert ana.post(address, {"upheld": "yes", "words": "对"}).status_code == 409
    assert "那天我在家" in said(dolma.get(reverse("monitoring:measure", args=[row.pk])))
    assert dolma.post(address, {"upheld": "yes", "words": "邻居作证"}).status_code == 302
    row.refresh_from_db()
    assert row.how == "contest_upheld"


def test_one_row_a_screen_says_who_looked_at_whom(home: Home, ana: Client):
    row = home.measure()
    home.check(home.people[0], "2022-09-13 08:00", temperature=390)
    seen = {reverse(f"monitoring:{page}"): home.people[:1] for page in ("measures", "checks", "clinic")}
    seen[reverse("monitoring:measure", args=[row.pk])] = home.people[:3]  # with those who live there, who are proposed
    for page, people in seen.items():
        before = Look.objects.count()
        ana.get(page)
        assert Look.objects.count() == before + 1, page
        assert {one.person for one in Look.objects.latest("at").subjects.all()} == {one.pk for one in people}


def test_numbers_stand_in_full_only_where_asked_for_and_that_is_recorded(home: Home, ana: Client):
    home.measure()
    assert "13912345678" not in said(ana.get(reverse("monitoring:checks")))
    assert "13912345678" in said(ana.get(reverse("monitoring:checks"), {"numbers": "1"}))
    assert "phone" in Look.objects.latest("at").fields


@pytest.mark.parametrize(("exposed", "over"), [("2022-09-05 12:00", True), ("2022-09-06 12:00", False)])
def test_the_next_stage_is_the_main_thing_only_when_this_one_is_over(home: Home, ana: Client, exposed: str, over: bool):
    row = home.measure(exposed=at(exposed))
    shown = said(ana.get(reverse("monitoring:measure", args=[row.pk])))
    assert (f'class="main">{text("monitoring.next_stage", "zh")}' in shown) is over


def test_other_roles_find_nothing(home: Home):
    row = home.measure()
    for role in (Role.SAMPLER, Role.STORE_KEEPER, Role.OBSERVER):
        who = client(home, f"some-{role}", role)
        for page in ("measures", "checks", "clinic", "begin"):
            assert who.get(reverse(f"monitoring:{page}")).status_code == 404, (role, page)
        assert who.get(reverse("monitoring:measure", args=[row.pk])).status_code == 404
