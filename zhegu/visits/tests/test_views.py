"""The pages of campaigns through the real door."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.care.models import Hint
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.visits.models import Campaign, Door, Said
from zhegu.visits.rules import MOST_QUESTIONS, Kind, Question, Standing, What
from zhegu.visits.tests.make import Walk
from zhegu.visits.views import FIRST_QUESTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk()


def client(walk: Walk, role: Role, place=None) -> Client:
    made = Client()
    made.force_login(staff(f"some-{role}", role, place or walk.community))
    return made


@pytest.fixture
def office(walk: Walk) -> Client:
    return client(walk, Role.OFFICE)


def addresses(walk: Walk) -> dict[str, str]:
    of_it = {name: reverse(f"visits:{name}", args=[walk.campaign.pk]) for name in ("campaign", "doors", "walk")}
    plain = {name: reverse(f"visits:{name}") for name in ("campaigns", "new", "clashes")}
    return {**plain, **of_it, "door": reverse("visits:door", args=[walk.door(1).pk])}


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_stands_in_every_language(walk: Walk, office: Client, lang: str):
    walk.visit(1, walk.scope(name="one"), 1, answers={"q1": False, "q2": 1, "q3": "电", "q4": "x"}, masks=2, advised=True)
    walk.visit(1, walk.scope(name="two"), 2), walk.word(2, What.MISSING, "refused"), walk.word(3, What.EXCUSE, "ill"), walk.word(4, What.GONE, "moved")
    office.cookies["zhegu_language"] = lang
    for name, address in addresses(walk).items():
        assert office.get(address).status_code == 200, name


OPENS = {
    Role.OFFICE: {"campaigns", "new", "clashes", "campaign", "doors", "walk", "door"},
    Role.LEADER: {"campaigns", "campaign", "doors", "door"}, Role.GRID_WORKER: {"campaigns", "campaign", "doors", "door"},
    Role.UNIT_HEAD: {"campaigns", "campaign", "doors", "door"}, Role.SAMPLER: set(), Role.CARER: set(), Role.CLINIC: set(),
    Role.OBSERVER: set(),
}  # fmt: skip


@pytest.mark.parametrize("role", OPENS)
def test_who_may_open_which_page(walk: Walk, role: Role):
    someone = client(walk, role)
    assert {name for name, address in addresses(walk).items() if someone.get(address).status_code == 200} == OPENS[role]


def test_a_grid_worker_sees_the_doors_of_the_grid_alone(walk: Walk):
    worker = client(walk, Role.GRID_WORKER, walk.grids[1])
    shown = worker.get(reverse("visits:doors", args=[walk.campaign.pk])).content.decode()
    assert "户主3" in shown and "户主1" not in shown
    assert worker.get(reverse("visits:door", args=[walk.door(1).pk])).status_code == 404


def test_the_office_asks_its_own_questions(walk: Walk, office: Client):
    post = {
        "name": "入冬摸底", "starts_on": "2022-10-01", "ends_on": "2022-10-07", "words": ["有老人吗", "取暖", ""],
        "words_bo": ["", "", ""], "kind": ["yes_no", "choice", "text"], "choices": ["", "电、煤", ""],
    }  # fmt: skip
    shown = office.post(reverse("visits:new"), post, follow=True).content.decode()
    assert "共 5 户" in shown and "入冬摸底" in shown
    assert [one.words for one in Campaign.objects.get(name="入冬摸底").asked] == ["有老人吗", "取暖"]
    assert office.post(reverse("visits:new"), post | {"choices": ["", "电", ""]}).status_code == 409
    assert office.post(reverse("visits:new"), post | {"starts_on": "x"}).status_code == 409


@pytest.mark.parametrize(("asked", "rows"), [(2, FIRST_QUESTIONS), (FIRST_QUESTIONS, FIRST_QUESTIONS + 1), (MOST_QUESTIONS, MOST_QUESTIONS)])
def test_there_is_room_for_one_more_question_while_there_may_be_one(walk: Walk, office: Client, asked: int, rows: int):
    questions = [Question(f"q{no}", Kind.TEXT, f"第{no}问").plain for no in range(asked)]
    Campaign.objects.filter(pk=walk.campaign.pk).update(questions=questions)
    page = office.get(reverse("visits:questions", args=[walk.campaign.pk])).content.decode()
    assert page.count('class="row question"') == rows


def test_a_visit_from_paper_keeps_its_time_and_whose_it_was(walk: Walk, office: Client):
    door, earlier = walk.door(1), clock.local(clock.now() - timedelta(days=2))
    post = {
        "at": earlier.strftime("%Y-%m-%dT%H:%M"), "on_behalf": "扎西", "answer-q1": "no", "answer-q2": "2", "answer-q3": "煤",
        "masks": "4", "advised": "1", "care": ["pregnant"], "care_words": "二女儿",
    }  # fmt: skip
    shown = office.post(reverse("visits:visit", args=[door.pk]), post, follow=True).content.decode()
    row = Said.objects.get()
    assert (row.on_behalf, row.from_paper, row.masks, row.answers) == ("扎西", True, 4, '{"q1": false, "q2": 2, "q3": "煤"}')
    assert abs(row.at - earlier) < timedelta(minutes=1) and "替 扎西" in shown
    assert Hint.objects.get().categories == ["pregnant"]


@pytest.mark.parametrize("wrong", [{"at": "x"}, {"at": "2999-01-01T00:00"}, {"answer-q2": "viele"}, {"masks": "-1"}, {"follows": "x"}, {"answer-q3": "gas"}])
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(walk: Walk, office: Client, wrong: dict):
    assert office.post(reverse("visits:visit", args=[walk.door(1).pk]), wrong).status_code == 409
    assert not Said.objects.exists()


def test_a_word_is_said_and_taken_back(walk: Walk, office: Client):
    door = walk.door(1)
    office.post(reverse("visits:word", args=[door.pk]), {"word": "excuse:ill"})
    assert walk.door(1).standing == Standing.EXCUSED
    office.post(reverse("visits:undo", args=[Said.objects.get().pk]))
    assert walk.door(1).standing == Standing.MISSING
    assert office.post(reverse("visits:word", args=[door.pk]), {"word": "visit:"}).status_code == 409


def test_the_missing_are_found_by_grid_and_by_name_and_printed_with_codes(walk: Walk, office: Client):
    walk.visit(1)
    doors = reverse("visits:doors", args=[walk.campaign.pk])
    missing = office.get(doors, {"standing": "missing", "grid": walk.grids[0].code}).content.decode()
    assert "户主2" in missing and "户主1" not in missing and "户主3" not in missing
    assert "户主3" in office.get(doors, {"q": "户主3甲"}).content.decode()
    assert "没有找到" in office.get(doors, {"q": "nobody"}).content.decode()
    paper = office.get(reverse("visits:walk", args=[walk.campaign.pk]), {"standing": "missing"})
    assert paper.content.startswith(b"%PDF") and Look.objects.get().screen == "visits.walk"


def test_a_place_is_added_by_hand(walk: Walk, office: Client):
    post = {"name": "夏季牧场", "where": "北沟", "grid": walk.grids[0].code, "people": "3"}
    shown = office.post(reverse("visits:add", args=[walk.campaign.pk]), post, follow=True).content.decode()
    assert "夏季牧场" in shown and Door.objects.get(name="夏季牧场").people == 3
    assert office.post(reverse("visits:add", args=[walk.campaign.pk]), {"name": "x"}).status_code == 409


def test_the_office_chooses_between_two_who_did_not_know_of_each_other(walk: Walk, office: Client):
    walk.visit(1, walk.scope(name="one"), 1, answers={"q4": "米"})
    second = walk.visit(1, walk.scope(name="two"), 2, answers={"q4": "油"})
    shown = office.get(reverse("visits:clashes")).content.decode()
    assert "米" in shown and "油" in shown and "One" in shown and "Two" in shown
    assert "1 户说法不一" in office.get(reverse("visits:campaigns")).content.decode()
    office.post(reverse("visits:choose", args=[second.facts["said"]]), {"ref": new_id()})
    assert str(walk.door(1).visit) == second.facts["said"]
    assert "没有说法不一" in office.get(reverse("visits:clashes")).content.decode()


def test_reading_answers_is_one_look_at_the_household(walk: Walk, office: Client):
    address = reverse("visits:door", args=[walk.door(1).pk])
    office.get(address)
    assert not Look.objects.exists()
    walk.visit(1)
    office.get(address)
    assert (Look.objects.get().screen, Look.objects.get().subjects.count()) == ("visits.door", 2)


def test_a_campaign_is_closed_and_opened_again(walk: Walk, office: Client):
    office.post(reverse("visits:close", args=[walk.campaign.pk]))
    assert "已结束" in office.get(reverse("visits:campaigns")).content.decode()
    office.post(reverse("visits:reopen", args=[walk.campaign.pk]))
    walk.campaign.refresh_from_db()
    assert walk.campaign.closed_at is None
