"""Boards: stated day by day, summed for town, county and prefecture, late or whole; one figure however it is asked."""

import random
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.support.world import client_of
from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.texts import text
from zhegu.places.tests.make import A, B, community
from zhegu.reports import queries as reports
from zhegu.reports.ledgers import day_ledger
from zhegu.sampling.tests.make import Day
from zhegu.upward import actions, queries
from zhegu.upward.models import Statement
from zhegu.upward.nightly import JOBS
from zhegu.upward.outside.measures import measures
from zhegu.upward.rules import HIDDEN, guarded, plain, together
from zhegu.upward.tests.make import BY, COUNTY, PREFECTURE, TOWN, observer, seen_from, stated, upper

pytestmark = pytest.mark.django_db
EVERYTHING = Scope.everything("tests of boards")
RATE = measures()["sampling_rate"]


def state(place, at=None, day=None):
    now = at or clock.now()
    return actions.state(by=BY, scope=EVERYTHING, community=place, day=day or clock.local_day(now), at=now, ref=new_id())


def test_one_figure_on_form_in_statement_and_on_the_board_of_every_level():
    day = Day().open()
    day.take(day.people[0])
    now = clock.now()
    today = clock.local_day(now)
    assert state(day.community, now).accepted
    figures = {one.spec.name: plain(one.value) for one in reports.figures(day.scope, day.community, now)}
    form = day_ledger(day.scope, as_of=now, community=day.community, until=today).rows[0]
    own = queries.own(day.scope, A, today)
    assert own == {name: figures[name] for name in own} == {name: plain(form[name]) for name in own}
    for code in (PREFECTURE, COUNTY, TOWN):
        seen = queries.board(seen_from(upper(code, now)), code, today, RATE)
        assert seen.figures == {name: guarded(one, own.get(name)) for name, one in measures().items()}


@pytest.mark.parametrize("seed", range(5))
def test_random_communities_and_days_give_one_answer_at_every_level(seed):
    chance, today = random.Random(seed), clock.local_day(clock.now())
    told = {}
    for n in range(12):
        place = f"5405{chance.randint(20, 22)}10{chance.randint(1, 2)}{n:03d}"
        for back in range(chance.randint(0, 4)):
            figures = {name: chance.choice([None, chance.randint(0, 30)]) for name in measures()}
            stated(place, today - timedelta(days=back), {"residents": 1})
            stated(place, today - timedelta(days=back), figures)
            told[place, today - timedelta(days=back)] = figures
    whole = EVERYTHING
    for day in {day for _, day in told}:
        top = queries.board(whole, PREFECTURE, day, RATE)
        for code in [PREFECTURE, *(part.code for part in top.parts)]:
            seen = queries.board(whole, code, day, RATE)
            inside = [figures for (place, on), figures in told.items() if on == day and place.startswith(code)]
            for one in measures().values():
                expected = guarded(one, together(one, inside))
                as_part = next((part.figures[one.name] for part in top.parts if part.code == code), expected)
                assert seen.figures[one.name] == seen.whole.figures[one.name] == as_part == expected
                assert queries.board(whole, code, day, one).line[day] == expected


def test_yesterdays_figures_stay_after_todays_edits():
    day = Day().open()
    before = clock.now()
    assert state(day.community, before).accepted
    day.take(day.people[0])
    assert state(day.community).accepted
    first, second = Statement.objects.order_by("version")
    assert (first.figures["sampling_done"], second.figures["sampling_done"]) == (0, 1)
    again = {one.spec.name: plain(one.value) for one in reports.figures(EVERYTHING, day.community, before)}
    assert first.figures == {name: again[name] for name in first.figures}
    assert [first.newest, second.newest] == [False, True]


def test_the_same_is_not_stated_twice_but_the_days_end_is():
    place, now = community(), clock.now()
    assert state(place, now).accepted
    assert state(place, now).reason == "upward.nothing_new"
    tomorrow = now + timedelta(days=1)
    assert state(place, tomorrow, clock.local_day(now)).facts["version"] == 2
    assert state(place, tomorrow + timedelta(hours=1), clock.local_day(now)).reason == "upward.nothing_new"
    assert state(place, now, clock.local_day(tomorrow)).reason == "upward.day_to_come"


def test_the_night_states_the_day_that_ended_and_the_county_sees_who_is_late():
    here, other = community(), community(B)
    now = clock.now()
    yesterday = clock.local_day(now) - timedelta(days=1)
    job, _ = JOBS
    assert job.run(now) == {"stated": 2} and job.run(now) == {"stated": 0}
    seen = queries.board(EVERYTHING, TOWN, yesterday, RATE)
    assert (seen.whole.whole, seen.whole.of, seen.whole.late) == (2, 2, 0)
    state(here)
    today = queries.board(EVERYTHING, TOWN, clock.local_day(now), RATE)
    assert [(part.code, part.stated, part.late) for part in today.parts] == [(here.code, 1, 1), (other.code, 0, 1)]


def test_small_counts_are_told_to_the_community_alone():
    today = clock.local_day(clock.now())
    stated(A, today, {"sampling_positive": 2, "residents": 3})
    stated(B, today, {"sampling_positive": 9, "residents": 4})
    town = queries.board(EVERYTHING, TOWN, today, RATE)
    assert [part.figures["sampling_positive"] for part in town.parts] == [HIDDEN, 10]
    assert (town.figures["sampling_positive"], town.figures["residents"]) == (10, 7)
    assert queries.own(EVERYTHING, A, today)["sampling_positive"] == 2


def test_a_town_sees_no_other_town_and_not_its_county():
    now = clock.now()
    town, today = seen_from(upper(TOWN, now)), clock.local_day(now)
    assert queries.board(town, TOWN, today, RATE).code == TOWN
    for code in (COUNTY, "540526102", "540526102001", "54052610", ""):
        with pytest.raises(NotFound):
            queries.board(town, code, today, RATE)
    with pytest.raises(NotFound):
        queries.own(town, "540526102001", today)


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_a_county_opens_its_board_and_nobody_of_a_community(lang):
    day = Day().open()
    state(day.community)
    dawa = client_of(observer(upper(COUNTY, clock.now())))
    dawa.cookies["zhegu_language"] = lang
    key = {"zh-hans": "zh"}.get(lang, lang)
    assert dawa.get("/").url == reverse("upward:board")
    pages = [dawa.get(reverse("upward:board"), {"place": place, "measure": "sampling_done"}) for place in (COUNTY, TOWN, A)]
    for page in pages:
        shown = page.content.decode()
        assert page.status_code == 200 and text("reports.figure_sampling_done", key) in shown
        assert not [one.name for one in day.people if one.name in shown]
    assert text("upward.small_rule", key, most=7) in pages[0].content.decode()
    assert dawa.get(reverse("registers:people")).status_code == 404


def test_a_county_without_communities_of_its_own_has_its_board():
    dawa = client_of(observer(upper(COUNTY, clock.now())))
    page = dawa.get(reverse("upward:board"), {"day": "never"})
    assert page.status_code == 200 and text("upward.no_places") in page.content.decode()


def test_who_reads_no_figures_finds_no_board():
    bo = client_of(staff("bo", Role.SAMPLER, community()))
    assert bo.get(reverse("upward:board")).status_code == 404


def test_the_office_states_its_day_with_one_press():
    ana = client_of(staff("ana", Role.OFFICE, community()))
    for _ in range(2):
        assert ana.post(reverse("upward:send"), {"ref": str(new_id())}).status_code == 302
    assert Statement.objects.count() == 1
    assert ana.get(reverse("upward:sending")).status_code == 200


@pytest.mark.parametrize("measure", ["sampling_rate", "residents"])
def test_a_line_says_of_each_day_what_was_stated_and_nothing_where_nobody_knew(db, measure):
    today = clock.local_day(clock.now())
    told = {"sampling_due": 200, "sampling_done": 100, "sampling_rate": 0.5, "residents": 300}
    days = {3: told, 2: dict.fromkeys(told), 1: {}, 0: told}
    for back, figures in days.items():
        stated(A, today - timedelta(days=back), figures)
    seen = queries.board(EVERYTHING, TOWN, today, measures()[measure])
    assert [seen.line[today - timedelta(days=back)] for back in days] == [told[measure], None, None, told[measure]]
    assert seen.line[today] == seen.figures[measure]
