"""The rosters' pages through the real door, and form F25."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.queries import scope_of
from zhegu.lib import clock
from zhegu.rosters import ledgers
from zhegu.rosters.models import HandedOver, Post, Shift
from zhegu.rosters.rules import Pattern
from zhegu.rosters.tests.make import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


def client(who) -> Client:
    made = Client()
    made.force_login(who)
    return made


@pytest.fixture
def office(house: House) -> Client:
    return client(house.ana)


def today_planned(house: House) -> list[Shift]:
    house.plan(days=3, pattern=Pattern.HALVES, crews=((house.bo.pk,), (house.dolma.pk,)), since=clock.local_day(clock.now()) - timedelta(days=1))
    return house.shifts()


def on_now(house: House) -> Shift:
    now = clock.now()
    return next(shift for shift in today_planned(house) if shift.starts <= now < shift.ends)


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_stands_in_every_language(house: House, office: Client, lang: str):
    office.cookies["zhegu_language"] = lang
    pages = [reverse(f"rosters:{name}") for name in ("now", "plan", "handovers")]
    assert [office.get(page).status_code for page in pages] == [200, 200, 200]
    shift = on_now(house)
    house.hand_over(house.ana, shift, at=clock.now())
    pages.append(reverse("rosters:shift", args=[shift.pk]))
    assert [office.get(page).status_code for page in pages] == [200, 200, 200, 200]


def test_a_post_is_set_up_and_planned_by_the_forms_and_the_plan_is_undone(house: House, office: Client):
    answer = office.post(reverse("rosters:new_post"), {"name": "仓库", "kind": "supplies", "place": ""}, follow=True)
    post = Post.objects.get(name="仓库")
    assert "仓库" in answer.content.decode() and post.place == house.community
    today = clock.local_day(clock.now())
    said = {
        "post": post.pk, "since": today + timedelta(days=1), "until": today + timedelta(days=2), "pattern": "2x12", "begins": "20:00",
        "lead-0": house.bo.pk, "crew-0": [house.dolma.pk], "lead-1": house.dolma.pk,
    }  # fmt: skip
    shown = office.post(reverse("rosters:plan"), said).content.decode()
    assert shown.count(house.bo.name) == 2
    shifts = Shift.objects.filter(post=post)
    assert [shift.word for shift in shifts] == ["night", "morning"] * 2
    office.post(reverse("rosters:cancel"), {"shift": [shift.pk for shift in shifts]})
    assert not shifts.filter(cancelled=None).exists()


@pytest.mark.parametrize("wrong", [{"post": "x"}, {"since": "gestern"}, {"begins": "25:00"}, {"pattern": "5x5"}, {"lead-0": "x"}])
def test_a_plan_that_cannot_be_read_is_refused_in_words(house: House, office: Client, wrong: dict):
    said = {"post": house.post.pk, "since": "2026-09-13", "until": "2026-09-14", "pattern": "3x8", "begins": "08:00"}
    assert office.post(reverse("rosters:plan"), said | wrong).status_code == 409 and not Shift.objects.exists()


def test_who_keeps_the_gate_hands_over_and_the_next_takes_over(house: House):
    shift = on_now(house)
    mine = client(next(iter(shift.crew.all())))
    page = reverse("rosters:hand_over", args=[shift.pk])
    assert mine.post(page, {"notes": "x", "count-people_in": "viele"}).status_code == 409
    assert "已交班" in mine.post(page, {"notes": "栏杆坏了", "count-people_in": "12"}, follow=True).content.decode()
    row = HandedOver.objects.get()
    assert row.counts == {"people_in": 12}
    other = client(house.dolma)
    assert "栏杆坏了" in other.get(reverse("rosters:now")).content.decode()
    other.post(reverse("rosters:take_over", args=[row.pk]))
    row.refresh_from_db()
    assert row.taken_by == house.dolma.actor.key


def test_only_planners_plan_and_another_grid_sees_nothing(house: House):
    shift = today_planned(house)[0]
    keeper, other = client(house.bo), client(house.chen)
    assert keeper.get(reverse("rosters:plan")).status_code == 404
    assert keeper.post(reverse("rosters:shift", args=[shift.pk]), {"crew": [house.bo.pk]}).status_code == 404
    assert other.get(reverse("rosters:shift", args=[shift.pk])).status_code == 404
    assert house.post.name not in other.get(reverse("rosters:now")).content.decode()


def test_the_crew_is_changed_and_the_post_closed(house: House, office: Client):
    shift = today_planned(house)[-1]
    office.post(reverse("rosters:shift", args=[shift.pk]), {"lead": house.ana.pk, "crew": [house.ana.pk, house.bo.pk]})
    assert [duty.staff_id for duty in shift.duties.all()] == [house.ana.pk, house.bo.pk]
    office.post(reverse("rosters:close_post", args=[house.post.pk]))
    assert not Shift.objects.filter(cancelled=None, starts__gt=clock.now()).exists()


def test_f25_says_who_handed_what_to_whom(house: House, office: Client):
    shift = on_now(house)
    house.hand_over(house.ana, shift, at=clock.now())
    day = clock.local_day(clock.now())
    ledger = ledgers.handovers(scope_of(house.ana), as_of=clock.now(), community=house.community, since=day, until=day)
    (row,) = ledger.rows
    assert (row["post"], row["by"], row["people_in"], row["taken_by"]) == ("东路口", house.ana.name, 3, "")
    assert row["word"] in ("morning", "night") and row["crew"] in (house.bo.name, house.dolma.name)
    shown = office.get(reverse("reports:period_form"), {"form": "F25", "since": day, "until": day})
    assert "两辆货车在等" in shown.content.decode()


def test_f11_says_who_stands_where_and_how_many_need_a_meal(house: House, office: Client):
    shift = on_now(house)
    office.post(reverse("rosters:shift", args=[shift.pk]), {"lead": house.ana.pk, "crew": [house.ana.pk, house.bo.pk]})
    house.hand_over(house.ana, shift, at=clock.now())
    days = {"since": shift.day, "until": shift.day}
    ledger = ledgers.shifts(scope_of(house.ana), as_of=clock.now(), community=house.community, **days)
    row = next(row for row in ledger.rows if row["starts"] == shift.starts)
    assert (row["post"], row["lead"], row["members"], row["people"]) == ("东路口", house.ana.name, house.bo.name, 2)
    assert row["handed_over"] is not None and ledger.totals == {"people": 3}
    shown = office.get(reverse("reports:period_form"), {"form": "F11", **days}).content.decode()
    assert "东路口" in shown and house.bo.name not in shown
