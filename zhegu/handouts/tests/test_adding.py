"""Who was forgotten, or moved in since, is put on the list of an open distribution, once, and off it again."""

import pytest
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.handouts import actions, queries
from zhegu.handouts.actions import AddShare, DropShare
from zhegu.handouts.models import Handout, Share
from zhegu.handouts.phone import share_rows
from zhegu.handouts.rules import Per
from zhegu.handouts.tests.make import BY, EVERYTHING, give, handout_in, held, undo
from zhegu.handouts.tests.test_views import client
from zhegu.journal.actions import Answer
from zhegu.lib.ids import new_id
from zhegu.registers.models import Household
from zhegu.registers.tests.make import person
from zhegu.sampling.tests.make import Day, at, household

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    """Three grids with a household of two each."""
    return Day()


def newcomers(day: Day, people: int = 3) -> Household:
    home = household(day.community, day.grid(1), "77")
    for n in range(people):
        person(day.community, f"卓嘎{'一二三'[n]}", day.grid(1), home)
    return home


def add(of: Handout, **whose) -> Answer:
    return actions.add_shares(by=BY, handout=of, items=[AddShare(new_id(), **whose)], at=at(1))[0]


def drop(of: Handout, share: object) -> Answer:
    return actions.drop_shares(by=BY, handout=of, items=[DropShare(new_id(), share)], at=at(2))[0]


def test_a_home_that_moved_in_has_a_share_as_it_stands_now(day: Day):
    found = handout_in(day.community)
    home = newcomers(day)
    answer = add(found, household=home.pk)
    share = Share.objects.get(pk=answer.facts["share"])
    assert (share.people, share.amount, share.grid, share.added, share.added_by) == (3, 15_000, day.grid(1), at(1), BY.key)
    assert queries.totals(EVERYTHING, [found])[found.pk] == queries.Progress(4, 0, 45_000, 0)
    assert str(share.pk) in {row["id"] for row in share_rows(EVERYTHING, day.community)}, "phones have it too"
    assert give(share, at=at(2)).accepted
    assert add(found, household=home.pk).reason == "handouts.on_the_list"


def test_somebody_without_a_household_is_added_by_themselves(day: Day):
    found = handout_in(day.community, per=Per.HOUSEHOLD)
    alone = person(day.community, "独居", day.grid(2))
    assert add(found, person=alone.pk).accepted and add(found, person=alone.pk).reason == "handouts.on_the_list"
    assert add(found, person=day.people[0].pk).reason == "handouts.unknown_home", "who lives in a household comes with it"


def test_who_cannot_be_added(day: Day):
    found, other = handout_in(day.community), Day("540526101002")
    empty = household(day.community, day.grid(1), "78")
    for whose in ({"household": empty.pk}, {"household": other.people[0].household_id}, {"person": new_id()}, {}):
        assert add(found, **whose).reason == "handouts.unknown_home"
    actions.close_handout(by=BY, handout=found, at=at(0), ref=new_id())
    assert add(found, household=newcomers(day).pk).reason == "handouts.closed"


def test_what_was_added_by_mistake_goes_and_what_was_frozen_or_handed_out_stays(day: Day):
    found = handout_in(day.community)
    frozen = Share.objects.filter(handout=found).first()
    added = Share.objects.get(pk=add(found, household=newcomers(day).pk).facts["share"])
    given = give(added)
    assert drop(found, added.pk).reason == "handouts.had_before" and undo(given, day.community).accepted
    assert drop(found, added.pk).reason == "handouts.had_before", "what was taken back stays on record"
    assert drop(found, frozen.pk).reason == "handouts.not_added"
    alone = person(day.community, "独居", day.grid(2))
    assert drop(found, add(found, person=alone.pk).facts["share"]).accepted and not queries.shares(EVERYTHING, found).filter(person=alone).exists()


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_office_finds_who_is_not_on_the_list_adds_them_and_takes_them_off(day: Day, lang: str):
    found, office = handout_in(day.community), client(day)
    office.cookies["zhegu_language"] = lang
    home, page = newcomers(day), reverse("handouts:add", args=[found.pk])
    assert page in office.get(reverse("handouts:handout", args=[found.pk])).content.decode()
    assert page in office.get(reverse("handouts:shares", args=[found.pk]), {"q": "77"}).content.decode(), "nothing found: add it"
    for words in ("77", "卓嘎"):
        assert str(home.pk) in office.get(page, {"q": words}).content.decode()
    assert not office.get(page, {"q": day.people[0].name}).context["found"], "all of these stand on the list"
    went = office.post(page, {"household": home.pk, "ref": new_id()})
    share = Share.objects.get(household=home)
    shown = office.get(went["Location"]).content.decode()
    assert reverse("handouts:drop", args=[share.pk]) in shown
    said = {"ref": new_id()}
    for _ in range(2):
        answer = office.post(reverse("handouts:drop", args=[share.pk]), said)
        assert answer["Location"] == reverse("handouts:shares", args=[found.pk]), "a double tap is one answer"
    assert not queries.shares(EVERYTHING, found).filter(household=home).exists()
    assert office.post(page, {"ref": new_id()}).status_code == 409


def test_who_hands_out_adds_nobody(day: Day):
    found = handout_in(day.community)
    for role, place in ((Role.STORE_KEEPER, None), (Role.GRID_WORKER, day.grid(1))):
        assert client(day, role, place).get(reverse("handouts:add", args=[found.pk])).status_code == 404


def test_whoever_was_forgotten_is_found_among_many_of_the_same_name(day: Day):
    for _ in range(queries.MOST_FOUND + 1):
        person(day.community, "扎西", day.grid(1))
    found = handout_in(day.community)
    forgotten = person(day.community, "扎西", day.grid(2))
    assert [one.person for one in queries.not_listed(EVERYTHING, found, "扎西")] == [forgotten]


def test_the_list_of_a_distribution_that_is_closed_stays_as_it_was(day: Day):
    found, office = handout_in(day.community), client(day)
    share = add(found, household=newcomers(day).pk).facts["share"]
    page, button = reverse("handouts:shares", args=[found.pk]), reverse("handouts:drop", args=[share])
    assert button in office.get(page, {"q": "77"}).content.decode()
    actions.close_handout(by=BY, handout=found, at=at(1), ref=new_id())
    assert button not in office.get(page, {"q": "77"}).content.decode()
    assert drop(found, share).reason == "handouts.closed" and Share.objects.filter(pk=share).exists()


def test_what_a_phone_handed_out_before_it_knew_is_kept_and_shown(day: Day):
    found, home = handout_in(day.community), newcomers(day)
    share = Share.objects.get(pk=add(found, household=home.pk).facts["share"])
    assert drop(found, share.pk).accepted and drop(found, share.pk).reason == "handouts.not_added"
    assert str(share.pk) not in {row["id"] for row in share_rows(EVERYTHING, day.community)}
    before = held(found)
    answer = give(share, at=at(3))
    assert answer.accepted and answer.facts["looks"] == ["handout_dropped"] and held(found) == before - share.amount
    assert [flags for _, flags in queries.flagged(EVERYTHING, found)] == [["handouts.flag_dropped"]]
    assert queries.totals(EVERYTHING, [found])[found.pk].shares == 4, "it was handed out, and so it stands on the list"
    assert add(found, household=home.pk).reason == "handouts.on_the_list"
    assert undo(answer, day.community).accepted and queries.totals(EVERYTHING, [found])[found.pk].shares == 3


def test_what_was_taken_off_is_added_again_as_it_stands_then(day: Day):
    found, home = handout_in(day.community), newcomers(day)
    share = add(found, household=home.pk).facts["share"]
    drop(found, share)
    assert queries.not_listed(EVERYTHING, found, "77")
    person(day.community, "新人", day.grid(1), home)
    assert add(found, household=home.pk).facts["share"] == share
    row = Share.objects.get(pk=share)
    assert (row.people, row.amount, row.dropped) == (4, 20_000, None) and give(row, at=at(3)).facts["looks"] == []
