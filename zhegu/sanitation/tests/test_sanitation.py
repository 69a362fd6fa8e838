"""Disinfection: places with a plan, what was done, F13, the day's figures, and evidence for being free of an outbreak."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.texts import has_text, text
from zhegu.places.models import Place
from zhegu.places.tests.make import B, community
from zhegu.reports import queries as reports
from zhegu.reports.outside.catalogue import catalogue
from zhegu.sampling.tests.make import Day
from zhegu.sanitation import actions, ledgers, queries
from zhegu.sanitation.models import Disinfection, Spot
from zhegu.sanitation.rules import Agent, Method, SpotKind
from zhegu.sanitation.tests.make import BY, disinfected, spot_in

pytestmark = pytest.mark.django_db
WHOLE = Scope.everything("tests see the whole house")


@pytest.fixture
def here() -> Place:
    return community()


def client(who) -> Client:
    made = Client()
    made.force_login(who)
    return made


def test_a_place_needs_a_name_of_its_own_an_area_and_a_likely_plan(here):
    def add(name: str = "桥头", area: int = 10, per_day: int = 1) -> str:
        spot = actions.NewSpot(name, "", SpotKind.HALL, area, per_day)
        return actions.add_spot(by=BY, community=here, spot=spot, at=MORNING, ref=new_id()).reason

    assert [add(), add(), add(" "), add("厕所", 0), add("厕所", 10, 25), add("厕所", 10, 0)] == [
        "", "sanitation.spot_taken", "sanitation.name_needed", "sanitation.wrong_area", "sanitation.wrong_per_day", "",
    ]  # fmt: skip


def test_what_was_done_is_written_down_by_those_who_do_it_and_by_nobody_else(here):
    spot = spot_in(here)
    patrol, sampler = staff("tashi", Role.PATROL, here), staff("dawa", Role.SAMPLER, here)
    assert disinfected(here, spot, scope=scope_of(patrol)).accepted
    assert disinfected(here, spot, scope=scope_of(sampler)).reason == "sanitation.unknown_spot"
    assert disinfected(here, spot, minutes=0).reason == "sanitation.wrong_minutes"
    assert disinfected(community(B), spot).reason == "sanitation.unknown_spot"
    assert {field.name for field in Disinfection._meta.get_fields()}.isdisjoint({"name", "person", "household", "note"})
    with pytest.raises(NotFound):
        queries.spots(scope_of(sampler), here)


def test_what_was_done_is_taken_back_once_and_was_there_before(here):
    done = Disinfection.objects.get(pk=disinfected(here, spot_in(here)).facts["disinfection"])
    before = clock.now()

    def undo() -> str:
        return actions.undo(by=BY, scope=WHOLE, community=here, done=done, at=clock.now(), ref=new_id()).reason

    assert [undo(), undo()] == ["", "sanitation.unknown_disinfection"]
    today = clock.local_day(before)
    assert queries.amount(WHOLE, here, today, today, before).times == 1
    assert queries.amount(WHOLE, here, today, today, clock.now()).times == 0


def test_a_closed_place_takes_nothing_later_and_its_name_is_free_again(here):
    spot = spot_in(here)
    assert actions.close_spot(by=BY, spot=spot, at=MORNING, ref=new_id()).accepted
    assert actions.close_spot(by=BY, spot=spot, at=MORNING, ref=new_id()).reason == "sanitation.unknown_spot"
    assert disinfected(here, spot).reason == "sanitation.unknown_spot"
    assert spot_in(here).pk != spot.pk


def test_f13_tells_what_was_done_with_its_sums(here):
    spot = spot_in(here)
    who = staff("tashi", Role.PATROL, here)
    disinfected(here, spot, scope=scope_of(who)), disinfected(here, spot, litres=Decimal("2.5"), area=40)
    today = clock.local_day(clock.now())
    table = reports.form_table(WHOLE, catalogue()["F13"], as_of=clock.now(), about={"community": here, "since": today, "until": today})
    first = table.rows[0]
    assert (first["area"], first["mg_per_litre"], first["litres"], first["minutes"], first["by"]) == (800, 500, 10.0, 30, who.name)
    assert table.totals == {"area": 840, "litres": 12.5}
    office = client(staff("ana", Role.OFFICE, here))
    page = office.get(reverse("reports:period_form"), {"form": "F13"}).content.decode()
    assert all(text(f"sanitation.{word}", "zh") in page for word in ("kind_street", "agent_chlorine", "method_spray"))
    figures = {one.name: one.value for one in ledgers.today(WHOLE, as_of=clock.now(), community=here)}
    assert figures == {"sanitation.times": 2, "sanitation.m2": 840, "sanitation.litres": 12.5}


def test_the_plan_counts_whole_days_up_to_yesterday(here):
    now = clock.now()
    spot = spot_in(here, since=now - timedelta(days=9))
    assert [one.value for one in ledgers.plan(WHOLE, as_of=now, community=here)] == [0]
    for back in (1, 1, 2, 2, 3):
        disinfected(here, spot, now - timedelta(days=back))
    assert [one.value for one in ledgers.plan(WHOLE, as_of=now, community=here)] == [2]
    assert [one.value for one in ledgers.plan(WHOLE, as_of=now, community=community(B))] == [None]


def test_the_page_shows_what_is_left_and_takes_what_was_done(here):
    ana, tashi = client(staff("ana", Role.OFFICE, here)), client(staff("tashi", Role.PATROL, here))
    page = reverse("sanitation:today")
    assert text("sanitation.no_spots", "zh") in tashi.get(page).content.decode()
    spot = {"name": "桥头街", "kind": "street", "area": "800", "per_day": "1"}
    assert tashi.post(reverse("sanitation:new_spot"), spot).status_code == 404
    assert text("sanitation.left", "zh", n=1) in ana.post(reverse("sanitation:new_spot"), spot, follow=True).content.decode()
    address = reverse("sanitation:record", args=[Spot.objects.get().pk])
    said = {"agent": "chlorine", "method": "spray", "mg_per_litre": "500", "minutes": "30", "litres": "12.5", "area": "800"}
    assert tashi.post(address, said | {"litres": "much"}).status_code == 409
    ahead = (clock.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    assert tashi.post(address, said | {"at": ahead}).status_code == 409
    shown = tashi.post(address, said, follow=True).content.decode()
    assert text("sanitation.none_left", "zh") in shown and "12.5" in shown and 'value="500"' in shown
    tashi.post(reverse("sanitation:undo", args=[Disinfection.objects.get().pk]))
    assert text("sanitation.left", "zh", n=1) in tashi.get(page).content.decode()
    ana.post(reverse("sanitation:close_spot", args=[Spot.objects.get().pk]))
    assert not queries.spots(WHOLE, here).exists()


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_page_opens_in_every_language(here, lang):
    disinfected(here, spot_in(here))
    ana = client(staff("ana", Role.OFFICE, here))
    ana.cookies["zhegu_language"] = lang
    assert text("sanitation.write_down", lang[:2]) in ana.get(reverse("sanitation:today")).content.decode()


def test_a_kept_plan_is_offered_as_evidence_for_being_free(db):
    day = Day().open()
    ana = client(day.office)
    page = reverse("reports:free")
    label = text("reports.figure_disinfection_days_kept", "zh")
    assert label not in ana.get(page).content.decode(), "where nothing is planned nothing is said"
    now = clock.now()
    spot = spot_in(day.community, per_day=1, since=now - timedelta(days=9))
    for back in (1, 2, 3):
        disinfected(day.community, spot, now - timedelta(days=back))
    said = text("reports.free_record", "zh", figure=label, value=text("reports.unit_days", "zh", n=3))
    assert f'value="{said}"' in ana.get(page).content.decode()


def test_every_word_has_its_text():
    words = [f"kind_{one}" for one in SpotKind] + [f"agent_{one}" for one in Agent] + [f"method_{one}" for one in Method]
    assert all(has_text(f"sanitation.{word}") for word in words)
