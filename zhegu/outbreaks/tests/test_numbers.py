"""A number of the profile's copy changes only with a reason, a source and a second person."""

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks import actions, queries
from zhegu.outbreaks.models import Outbreak, ProfileChange
from zhegu.outbreaks.outside import profiles
from zhegu.outbreaks.rules import NewNumber, numbers_in, read_number, sources_of, value_at
from zhegu.outbreaks.tests import make
from zhegu.places.tests.make import A, community

pytestmark = pytest.mark.django_db

ANA, DAWA = Actor("staff", "ana"), Actor("staff", "dawa")
EVERYTHING = Scope.everything("test")
PATH = "measures.close_contact.stages.0.days"
MEASURES = [{"code": "close_contact", "stages": [{"kind": "home_isolation", "days": 7, "day0": "last_exposure"}]}]


@pytest.fixture
def outbreak() -> Outbreak:
    return make.outbreak(community(A), measures=MEASURES)


def ask(outbreak: Outbreak, becomes: float = 5, path: str = PATH, why: str = "二十条", source: str = "国务院 2022-11-11", confidence: str = "B"):
    number = NewNumber(path, becomes, why, source, confidence)
    return actions.ask_for_change(by=ANA, outbreak=outbreak, number=number, at=MORNING, ref=new_id())


def decide(answer, by: Actor = DAWA, accept: bool = True):
    change = ProfileChange.objects.get(pk=answer.facts["change"])
    return actions.decide_change(by=by, change=change, accept=accept, at=MORNING, ref=new_id())


def days(outbreak: Outbreak) -> int:
    return Outbreak.objects.get(pk=outbreak.pk).rules.measure("close_contact").stages[0].days


def test_nothing_changes_until_a_second_person_agrees(outbreak):
    asked = ask(outbreak)
    assert days(outbreak) == 7
    assert decide(asked, by=ANA).reason == "outbreaks.second_person"
    assert days(outbreak) == 7
    assert decide(asked).accepted
    assert days(outbreak) == 5
    assert decide(asked).reason == "outbreaks.decided_already"


def test_the_new_number_carries_its_source(outbreak):
    decide(ask(outbreak))
    whole = Outbreak.objects.get(pk=outbreak.pk).profile
    first = sources_of(whole, PATH)[0]
    assert (value_at(whole, PATH), first["url"], first["claim"]) == (5, "国务院 2022-11-11", "二十条")
    decide(ask(outbreak, 3, why="十条", source="国务院 2022-12-07"))
    said = [one["claim"] for one in sources_of(Outbreak.objects.get(pk=outbreak.pk).profile, PATH)]
    assert said == ["十条"]


def test_whoever_asked_may_lay_it_aside(outbreak):
    assert decide(ask(outbreak), by=ANA, accept=False).accepted
    assert days(outbreak) == 7 and ask(outbreak, 6).accepted


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"path": "measures.close_contact.stages.9.days"}, "outbreaks.no_such_number"),
        ({"path": "name.zh"}, "outbreaks.no_such_number"),
        ({"why": " "}, "outbreaks.why_needed"),
        ({"source": ""}, "outbreaks.source_needed"),
        ({"confidence": "E"}, "outbreaks.source_needed"),
        ({"becomes": 7}, "outbreaks.same_number"),
        ({"becomes": 0}, "outbreaks.would_not_hold"),
        ({"becomes": 5.5}, "outbreaks.would_not_hold"),
    ],
)
def test_what_cannot_be_asked_for(outbreak, change: dict, reason: str):
    assert ask(outbreak, **change).reason == reason


def test_two_changes_of_one_number_do_not_wait_together(outbreak):
    ask(outbreak)
    assert ask(outbreak, 6).reason == "outbreaks.change_waits"


def test_a_number_that_became_another_meanwhile_is_asked_for_again(outbreak):
    asked = ask(outbreak)
    whole = make.profile(measures=[{**MEASURES[0], "stages": [{**MEASURES[0]["stages"][0], "days": 10}]}])
    Outbreak.objects.filter(pk=outbreak.pk).update(profile=whole)
    assert decide(asked).reason == "outbreaks.changed_meanwhile"


def test_a_closed_outbreak_keeps_its_numbers(outbreak):
    asked = ask(outbreak)
    actions.close_outbreak(by=ANA, outbreak=outbreak, at=MORNING, ref=new_id())
    assert decide(asked).reason == "outbreaks.already_closed"
    assert ask(outbreak, 6).reason == "outbreaks.already_closed"


@pytest.mark.parametrize("said", ["", "seven", "nan", "inf", "1e30"])
def test_what_is_no_number(said: str):
    with pytest.raises(ValueError):
        read_number(said)


def test_numbers_as_people_write_them():
    assert (read_number("7"), read_number(" 37.3 "), type(read_number("7"))) == (7, 37.3, int)


@pytest.mark.parametrize("one", profiles.available(), ids=lambda p: p.id)
@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_every_number_of_our_profiles_has_a_name(one, lang: str):
    unnamed = [path for path in numbers_in(one.whole) if "_" in queries.number_name(one, path, lang)]
    assert not unnamed


def test_office_asks_and_leader_agrees_on_their_pages(outbreak):
    ana, dawa = Client(), Client()
    ana.force_login(staff("ana", Role.OFFICE, outbreak.community))
    dawa.force_login(staff("dawa", Role.LEADER, outbreak.community))
    form = {"path": PATH, "becomes": "5", "why": "二十条", "source": "国务院", "confidence": "B"}
    assert ana.post(reverse("outbreaks:ask_for_change", args=[outbreak.id]), {**form, "becomes": "five"}).status_code == 409
    ana.post(reverse("outbreaks:ask_for_change", args=[outbreak.id]), form)
    address = reverse("outbreaks:decide_change", args=[ProfileChange.objects.get().id])
    assert ana.post(address, {"accept": "yes"}).status_code == 409
    assert 'value="yes"' not in ana.get(reverse("outbreaks:numbers", args=[outbreak.id])).content.decode()
    assert 'value="yes"' in dawa.get(reverse("outbreaks:numbers", args=[outbreak.id])).content.decode()
    dawa.post(address, {"accept": "yes"})
    assert days(outbreak) == 5
