"""The pages of distributions through the real door."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.handouts.ledgers import LEDGERS
from zhegu.handouts.models import Given, Handout, Share
from zhegu.handouts.tests.make import EVERYTHING, give, handout_in, held, yard_in
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.registers.models import Household
from zhegu.sampling.tests.make import Day, at, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    return Day()


def client(day: Day, role: Role = Role.OFFICE, place=None) -> Client:
    made = Client()
    made.force_login(staff(f"some-{role}", role, place or day.community))
    return made


def first(handout: Handout) -> Share:
    return Share.objects.filter(handout=handout).select_related("handout__community").order_by("grid__no").first()


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_every_page_stands_in_every_language(day: Day, lang: str):
    office, found = client(day), handout_in(day.community, card_round=1, amount=15_000)
    rows = [give(first(found), at=at(1)).facts["given"] for _ in range(2)]
    office.cookies["zhegu_language"] = lang
    for name, args in (("handouts", []), ("new", []), ("handout", [found.pk]), ("shares", [found.pk])):
        assert office.get(reverse(f"handouts:{name}", args=args)).status_code == 200, name
    shown = office.get(reverse("handouts:handout", args=[found.pk])).content.decode()
    assert all(reverse("handouts:look", args=[row]) in shown for row in rows)


def test_without_goods_the_page_says_where_to_begin(day: Day):
    office = client(day)
    assert reverse("handouts:new") in office.get(reverse("handouts:handouts")).content.decode()
    assert reverse("stock:stock") in office.get(reverse("handouts:new")).content.decode()


def test_the_office_opens_one_hands_out_takes_back_and_closes(day: Day):
    office, (store, item) = client(day), yard_in(day.community)
    said = {"name": "月饼", "store": store, "item": item, "amount": "2.5", "per": "household", "grids": [day.grid(1).code, day.grid(2).code]}
    opened = office.post(reverse("handouts:new"), {**said, "ref": new_id()})
    found = Handout.objects.get()
    assert (opened["Location"], Share.objects.count()) == (reverse("handouts:handout", args=[found.pk]), 2)
    share, query = first(found), "came=no&grid="
    other = Share.objects.exclude(pk=share.pk).get()
    gone = office.post(reverse("handouts:hand_out", args=[share.pk]), {"how": "door", "confirmed": "called", "query": query, "ref": new_id()})
    assert gone["Location"] == reverse("handouts:shares", args=[found.pk]) + "?" + query
    row = Given.objects.get()
    assert (row.how, row.confirmed, row.amount, held(found)) == ("door", "called", 2500, 1_000_000 - 2500)
    listed = office.get(reverse("handouts:shares", args=[found.pk]), {"came": "no"})
    assert [one.pk for one, _ in listed.context["rows"]] == [other.pk]
    office.post(reverse("handouts:undo", args=[row.pk]), {"ref": new_id()})
    assert held(found) == 1_000_000
    for name, closed in (("close", True), ("reopen", False)):
        office.post(reverse(f"handouts:{name}", args=[found.pk]), {"ref": new_id()})
        assert (Handout.objects.get().closed_at is not None) == closed


@pytest.mark.parametrize(
    "wrong", [{"amount": "x"}, {"amount": "0"}, {"card_round": "zero"}, {"store": "x"}, {"item": ""}, {"name": ""}]
)
def test_what_cannot_be_read_is_refused_in_words(day: Day, wrong: dict):
    store, item = yard_in(day.community)
    said = {"name": "x", "store": store, "item": item, "amount": "1", "per": "person", "ref": new_id()}
    answer = client(day).post(reverse("handouts:new"), {**said, **wrong})
    assert (answer.status_code, Handout.objects.count()) == (409, 0)


def test_somebody_is_found_by_head_door_or_member(day: Day):
    found, office = handout_in(day.community), client(day)
    two = day.people[2]
    Household.objects.filter(pk=two.household_id).update(head_name="扎西", address="北沟")
    for words, homes in ((two.name, 1), ("扎", 1), ("沟", 1), ("nobody of that name", 0)):
        listed = office.get(reverse("handouts:shares", args=[found.pk]), {"q": words})
        assert len(listed.context["rows"]) == homes, words


def test_a_grid_worker_sees_and_hands_out_in_their_own_grid_only(day: Day):
    found = handout_in(day.community)
    worker = client(day, Role.GRID_WORKER, day.grid(2))
    listed = worker.get(reverse("handouts:shares", args=[found.pk])).context["rows"]
    assert [share.grid.no for share, _ in listed] == [2]
    page = worker.get(reverse("handouts:handout", args=[found.pk]))
    assert (page.context["flagged"], "held" in page.context) == ([], False)
    foreign = worker.post(reverse("handouts:hand_out", args=[first(found).pk]), {"ref": new_id()})
    assert (foreign.status_code, Given.objects.count()) == (404, 0)
    assert worker.get(reverse("handouts:new")).status_code == 404
    assert client(day, Role.SAMPLER).get(reverse("handouts:handouts")).status_code == 404


def test_what_is_odd_stands_on_the_page_until_the_office_lets_it_stand(day: Day):
    found, office = handout_in(day.community), client(day)
    give(first(found)), give(first(found), at=at(1))
    page = reverse("handouts:handout", args=[found.pk])
    assert len(office.get(page).context["flagged"]) == 2
    for row in Given.objects.all():
        office.post(reverse("handouts:look", args=[row.pk]), {"ref": new_id()})
    assert not office.get(page).context["flagged"]


def test_a_leader_sees_what_is_odd_and_no_button_that_is_not_theirs(day: Day):
    found = handout_in(day.community)
    give(first(found)), give(first(found), at=at(1))
    page = client(day, Role.LEADER).get(reverse("handouts:handout", args=[found.pk]))
    shown = page.content.decode()
    assert len(page.context["flagged"]) == 2
    for row in Given.objects.all():
        assert not [name for name in ("undo", "look") if reverse(f"handouts:{name}", args=[row.pk]) in shown]


def test_f9_holds_what_was_handed_out_and_not_taken_back(day: Day):
    day.open().print_cards()
    found, good, now = handout_in(day.community, card_round=day.round.no), day.card(day.people[0]), clock.now()
    give(first(found), at=now, card_serial=good.serial, card_kid=good.kid)
    today = clock.local_day(now)
    about = {"community": day.community, "since": today, "until": today}
    rows = LEDGERS[0].at(EVERYTHING, now + timedelta(minutes=1), **about).rows
    assert [(row["head"], row["people"], row["quantity"], row["how"], row["confirmed"]) for row in rows] == [("1", 2, 10, "counter", "signed")]
    assert rows[0]["card_no"].startswith(f"{day.round.no}-001-000001-")
    form = client(day).get(reverse("reports:period_form"), {"form": "F9", "since": today.isoformat(), "until": today.isoformat()})
    assert form.status_code == 200
