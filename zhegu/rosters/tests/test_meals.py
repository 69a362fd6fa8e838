"""For how many to cook at each shift, counted from who stands in them, and who cooks; on screen and on paper."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhegu.accounts.queries import scope_of
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due
from zhegu.rosters import actions, queries
from zhegu.rosters.actions import NewCook
from zhegu.rosters.ledgers import meals_table
from zhegu.rosters.models import Cook
from zhegu.rosters.retention import KEPT
from zhegu.rosters.rules import Pattern
from zhegu.rosters.tests.make import DAY, House, at, plan_for, post_in
from zhegu.rosters.tests.test_views import client

pytestmark = pytest.mark.django_db
EVERYTHING = Scope.everything("tests of meals")


@pytest.fixture
def house() -> House:
    """By day two at the gate and one in the store, by night one at the gate."""
    made = House()
    made.plan(pattern=Pattern.HALVES, crews=((made.bo.pk, made.dolma.pk), (made.bo.pk,)))
    made.store = post_in(made.community, name="库房")
    plan_for(made.store, pattern=Pattern.HALVES, crews=((made.chen.pk,), ()))
    return made


def cook(house: House, name: str = "央金", word: str = "morning", note: str = ""):
    said = NewCook(DAY, word, name, note)
    return actions.set_cook(by=house.ana.actor, community=house.community, cook=said, at=at(6), ref=new_id())


def eats(house: House, scope: Scope = EVERYTHING) -> list[tuple]:
    return [(meal.word, [(post.name, n) for post, n in meal.posts], meal.people) for meal in queries.meals(scope, house.community, DAY)]


def test_who_stands_in_a_shift_eats_with_it(house: House):
    gate = house.post.name
    assert eats(house) == [("morning", [(gate, 2), ("库房", 1)], 3), ("night", [(gate, 1), ("库房", 0)], 1)]
    actions.cancel_shifts(by=house.ana.actor, community=house.community, shifts=[house.shifts()[1].pk], at=at(1), ref=new_id())
    assert eats(house)[1] == ("night", [("库房", 0)], 0)


def test_who_cooks_is_said_once_a_shift_and_taken_back(house: House):
    assert cook(house).accepted and cook(house, "卓玛", note="12:30 送").accepted
    (morning, night) = queries.meals(EVERYTHING, house.community, DAY)
    assert (morning.cook.name, morning.cook.note, night.cook) == ("卓玛", "12:30 送", None)
    assert cook(house, " ").accepted and not Cook.objects.exists()
    assert cook(house, word="noon").reason == "rosters.unknown_shift"


def test_a_guard_sees_their_own_posts_only(house: House):
    assert eats(house, scope_of(house.bo))[0] == ("morning", [(house.post.name, 2)], 2)


def test_the_kitchen_has_it_on_paper(house: House):
    cook(house)
    table = meals_table(EVERYTHING, house.community, DAY)
    assert [(row["word"], row["post"], row["people"], row["cook"]) for row in table.rows][:2] == [("morning", house.post.name, 2, "央金"), ("morning", "库房", 1, "央金")]
    assert table.totals == {"people": 4}
    paper = client(house.ana).get(reverse("rosters:meals_pdf"), {"day": DAY.isoformat()})
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_office_says_who_cooks_and_a_guard_does_not(house: House, lang: str):
    office, guard, page = client(house.ana), client(house.bo), reverse("rosters:meals")
    office.cookies["zhegu_language"] = guard.cookies["zhegu_language"] = lang
    said = {"day": DAY.isoformat(), "word": "morning", "cook": "央金", "note": "不吃辣", "ref": new_id()}
    went = office.post(page, said)
    assert went["Location"].endswith(f"?day={DAY.isoformat()}") and "央金" in office.get(went["Location"]).content.decode()
    shown = guard.get(page, {"day": DAY.isoformat()}).content.decode()
    assert "央金" in shown and 'name="cook"' not in shown
    assert guard.post(page, {**said, "ref": new_id()}).status_code == 404
    assert office.get(page, {"day": (DAY + timedelta(days=40)).isoformat()}).status_code == 200
    assert office.get(page, {"day": "x"}).status_code == 409


def test_who_cooked_is_forgotten_with_the_shifts(house: House):
    cook(house)
    kept = next(one for one in KEPT if one.name == "rosters.cooks")
    assert [kept.expired(Due(house.community, at(12) + timedelta(days=n))).count() for n in (0, 1)] == [0, 1]
