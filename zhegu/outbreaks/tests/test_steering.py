"""Phases, reviews, lapse and risk areas, through actions, queries and the office's pages."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, NotFound, Scope
from zhegu.outbreaks import actions, queries
from zhegu.outbreaks.actions import NewRisk
from zhegu.outbreaks.models import Outbreak, Review, RiskArea
from zhegu.outbreaks.nightly import note_lapses
from zhegu.outbreaks.rules import Phase, Watch
from zhegu.outbreaks.tests import make
from zhegu.places.tests.make import A, B, community

pytestmark = pytest.mark.django_db

BY = Actor("staff", "ana")
EVERYTHING = Scope.everything("test")
RISKS = {"levels": [{"code": "high"}, {"code": "medium"}]}


def day(n: float):
    return MORNING + timedelta(days=n)


def looked(outbreak: Outbreak, n: float, phase: Phase = Phase.CLOSED, why: str = "五例"):
    return actions.review(by=BY, outbreak=outbreak, phase=phase, why=why, at=day(n), ref=new_id())


def test_a_phase_holds_from_its_review_on():
    outbreak = make.outbreak(community(A))
    looked(outbreak, 2)
    looked(outbreak, 9, Phase.STEP_DOWN)
    phases = [queries.phase(EVERYTHING, outbreak, day(n)) for n in (1, 2, 8, 9)]
    assert phases == [Phase.ALERT, Phase.CLOSED, Phase.CLOSED, Phase.STEP_DOWN]


def test_a_review_wants_a_reason_and_an_open_outbreak():
    outbreak = make.outbreak(community(A))
    assert looked(outbreak, 1, why="  ").reason == "outbreaks.why_needed"
    assert looked(outbreak, -1).reason == "outbreaks.before_opened"
    actions.close_outbreak(by=BY, outbreak=outbreak, at=day(3), ref=new_id())
    assert looked(outbreak, 4).reason == "outbreaks.already_closed"
    assert not Review.objects.exists()


def test_what_lapsed_does_not_come_back_by_a_later_review():
    outbreak = make.outbreak(community(A))
    assert queries.restrictions_hold(EVERYTHING, outbreak, day(29), laid_on=day(1))
    assert not queries.restrictions_hold(EVERYTHING, outbreak, day(30))
    looked(outbreak, 33)
    assert queries.restrictions_hold(EVERYTHING, outbreak, day(34))
    assert not queries.restrictions_hold(EVERYTHING, outbreak, day(34), laid_on=day(1))
    assert queries.restrictions_hold(EVERYTHING, outbreak, day(40), laid_on=day(34))


def test_nothing_holds_once_the_outbreak_is_closed():
    outbreak = make.outbreak(community(A))
    actions.close_outbreak(by=BY, outbreak=outbreak, at=day(3), ref=new_id())
    outbreak.refresh_from_db()
    assert queries.restrictions_hold(EVERYTHING, outbreak, day(2))
    assert not queries.restrictions_hold(EVERYTHING, outbreak, day(3))


def test_the_night_writes_down_a_lapse_once():
    outbreak = make.outbreak(community(A))
    make.outbreak(community(B), opened=day(10))
    assert note_lapses(day(13)) == {"due": 0, "lapsed": 0}
    assert note_lapses(day(20)) == {"due": 1, "lapsed": 0}
    assert note_lapses(day(31)) == {"due": 1, "lapsed": 1}
    assert note_lapses(day(32)) == {"due": 1, "lapsed": 0}
    assert [how.watch for _, how in queries.unwatched(EVERYTHING, outbreak.community, day(32))] == [Watch.LAPSED]


def set_risk(outbreak: Outbreak, name: str, level: str, since: date, **more: object):
    risk = NewRisk(name, level, since, more.pop("source", "山南〔2022〕18号"), MORNING, new_id(), **more)
    return actions.set_risks(by=BY, outbreak=outbreak, risks=[risk])[0]


def test_the_risk_of_a_place_on_a_day_and_taking_a_mistake_back():
    place = community(A)
    outbreak = make.outbreak(place, risk_levels=RISKS)
    first = date(2022, 8, 10)
    set_risk(outbreak, "拉萨市城关区", "high", first)
    made = set_risk(outbreak, "拉萨市城关区", "", first + timedelta(days=5))
    asked = [queries.risk_on(EVERYTHING, place, "拉萨城关区", first + timedelta(days=n)) for n in (-1, 0, 4, 5)]
    assert asked == ["", "high", "high", ""]
    wrong = RiskArea.objects.get(pk=made.facts["risk"])
    actions.take_back_risk(by=BY, risk=wrong, at=MORNING, ref=new_id())
    assert queries.risk_on(EVERYTHING, place, "拉萨城关区", first + timedelta(days=9)) == "high"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": " "}, "outbreaks.area_needed"),
        ({"source": ""}, "outbreaks.source_needed"),
        ({"level": "purple"}, "outbreaks.unknown_level"),
        ({"until": date(2022, 8, 1)}, "outbreaks.ends_too_early"),
    ],
)
def test_a_risk_area_without_its_facts_is_refused(change: dict, reason: str):
    outbreak = make.outbreak(community(A), risk_levels=RISKS)
    said = {"name": "拉萨市", "level": "high", "since": date(2022, 8, 10), **change}
    assert set_risk(outbreak, **said).reason == reason


def test_another_community_reads_neither_phase_nor_risks():
    outbreak = make.outbreak(community(A), risk_levels=RISKS)
    community(B)
    chen = Scope(Actor("staff", "chen"), frozenset({Grant("office", B)}))
    for ask in (lambda: queries.phase(chen, outbreak, MORNING), lambda: queries.risk_book(chen, outbreak.community)):
        with pytest.raises(NotFound):
            ask()


# --- the office's pages


def office(place) -> Client:
    client = Client()
    client.force_login(staff("ana", Role.OFFICE, place))
    return client


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_the_office_reviews_and_sees_where_it_stands(lang: str):
    outbreak = make.outbreak(community(A), opened=clock.now() - timedelta(days=20))
    ana = office(outbreak.community)
    ana.cookies["zhegu_language"] = lang
    assert "signal-look" in ana.get(reverse("outbreaks:outbreak", args=[outbreak.id])).content.decode()
    ana.post(reverse("outbreaks:review", args=[outbreak.id]), {"phase": "closed", "why": "五例，封闭三天"})
    page = ana.get(reverse("outbreaks:outbreak", args=[outbreak.id])).content.decode()
    assert "五例，封闭三天" in page and 'value="closed" selected' in page


def test_the_home_page_warns_those_who_steer_and_nobody_else():
    outbreak = make.outbreak(community(A), opened=clock.now() - timedelta(days=31))
    make.person(outbreak.community)
    page = office(outbreak.community).get("/", follow=True).content.decode()
    assert "已经失效" in page
    bo = Client()
    bo.force_login(staff("bo", Role.SAMPLER, outbreak.community))
    assert "已经失效" not in bo.get("/", follow=True).content.decode()


def test_the_office_writes_an_area_down_asks_about_a_place_and_takes_it_back():
    outbreak = make.outbreak(community(A), risk_levels=RISKS)
    ana, address = office(outbreak.community), reverse("outbreaks:risks", args=[outbreak.id])
    form = {"name": "拉萨市城关区", "level": "high", "since": "2022-08-10", "source": "18号"}
    assert ana.post(reverse("outbreaks:set_risk", args=[outbreak.id]), form).status_code == 302
    asked = ana.get(address, {"place": "拉萨城关", "day": "2022-08-12"})
    assert asked.context["answer"].level == "high"
    assert ana.get(address, {"place": "拉萨", "day": "2022-08-12"}).context["perhaps"]
    ana.post(reverse("outbreaks:take_back_risk", args=[RiskArea.objects.get().id]))
    assert not ana.get(address, {"place": "拉萨城关", "day": "2022-08-12"}).context["answer"]


def test_a_leader_reads_but_does_not_review():
    outbreak = make.outbreak(community(A), risk_levels=RISKS)
    dawa = Client()
    dawa.force_login(staff("dawa", Role.LEADER, outbreak.community))
    assert dawa.get(reverse("outbreaks:risks", args=[outbreak.id])).status_code == 200
    assert dawa.post(reverse("outbreaks:review", args=[outbreak.id]), {"phase": "closed", "why": "x"}).status_code == 404


def test_odd_words_in_forms_are_refused_in_words():
    outbreak = make.outbreak(community(A), risk_levels=RISKS)
    ana = office(outbreak.community)
    assert ana.post(reverse("outbreaks:review", args=[outbreak.id]), {"phase": "no", "why": "x"}).status_code == 409
    assert ana.post(reverse("outbreaks:set_risk", args=[outbreak.id]), {"name": "x", "since": "soon"}).status_code == 409
