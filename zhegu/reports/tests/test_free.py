"""Being free of an outbreak: criteria as data, dates at the earliest, an application's way, and a case that ends it."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.tables import say
from zhegu.lib.texts import text
from zhegu.monitoring.tests.make import watched
from zhegu.outbreaks import models as outbreaks
from zhegu.outbreaks.rules import Result
from zhegu.reports.ledgers import free_ledger
from zhegu.reports.models import FreeApplication, FreeTick
from zhegu.reports.outside.criteria import models
from zhegu.reports.queries import applications, known
from zhegu.reports.rules.free import (
    BadCriteria,
    Facts,
    RoundFact,
    Step,
    all_met,
    earliest,
    if_a_case,
    if_negative,
    judged,
    model_from,
    said_at,
    stands,
)
from zhegu.reports.rules.periods import Step as Level
from zhegu.reports.tests.test_views import visitor
from zhegu.sampling.tests.make import Day
from zhegu.upward.tests.make import COUNTY, TOWN, upper

TODAY = date(2024, 3, 1)
SHANGHAI = models()["shanghai_347"]
ALL = frozenset(SHANGHAI.items)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def a_round(day: date, **changes) -> RoundFact:
    return RoundFact(**{"no": 7, "day": day, "due": 100, "done": 100, "pending": 0, "positive": 0, **changes})


@pytest.mark.parametrize(
    ("facts", "met", "first"),
    [
        (Facts(TODAY, ago(14), (a_round(ago(1)),), 0, ALL), True, TODAY),
        (Facts(TODAY, ago(13), (a_round(TODAY),), 0, ALL), False, TODAY + timedelta(days=1)),
        (Facts(TODAY, ago(14), (a_round(ago(2)),), 0, ALL), False, TODAY),
        (Facts(TODAY, ago(14), (a_round(ago(1), done=99),), 0, ALL), False, TODAY),
        (Facts(TODAY, ago(14), (a_round(ago(1), pending=1),), 0, ALL), False, TODAY),
        (Facts(TODAY, ago(14), (a_round(ago(1), positive=1),), 0, ALL), False, TODAY),
        (Facts(TODAY, ago(14), (a_round(ago(1)),), 2, ALL), False, TODAY),
        (Facts(TODAY, ago(14), (a_round(ago(1)),), 0, ALL - {"waste"}), False, TODAY),
        (Facts(TODAY, ago(3), (), 0, ALL), False, TODAY + timedelta(days=11)),
    ],
)
def test_what_is_met_and_when_at_the_earliest(facts, met, first):
    verdicts = judged(SHANGHAI, facts)
    assert (all_met(verdicts), earliest(verdicts)) == (met, first)


def test_what_if_the_round_ends_without_a_positive():
    facts = Facts(TODAY, ago(14), (a_round(ago(1), done=10, pending=10),), 0, ALL)
    assert all_met(judged(SHANGHAI, if_negative(facts, 7)))
    assert not all_met(judged(SHANGHAI, if_negative(facts, 6)))


def test_a_case_today_begins_the_days_anew():
    facts = Facts(TODAY, ago(14), (a_round(ago(1)),), 0, ALL)
    assert earliest(judged(SHANGHAI, if_a_case(facts))) == TODAY + timedelta(days=14)


@pytest.mark.parametrize(
    "raw",
    [
        {"id": "a", "criteria": [{"kind": "luck"}]}, {"id": "a", "criteria": []},
        {"id": "a", "criteria": [{"kind": "days_without_case", "days": -1}]},
        {"id": "a", "criteria": [{"kind": "round_all_negative", "day": 3, "coverage": 1.2}]},
    ],
)  # fmt: skip
def test_criteria_that_cannot_be_used_are_named(raw):
    with pytest.raises(BadCriteria, match="a"):
        model_from(raw)


def test_a_case_revokes_whatever_stood():
    assert stands([Step.APPLIED, Step.REVIEWED, Step.FILED, Step.PUBLISHED], True) is Step.REVOKED
    assert stands([Step.APPLIED, Step.RETURNED], True) is Step.RETURNED
    assert stands([], True) is None


@pytest.fixture
def day(db) -> Day:
    """A community whose outbreak began three weeks ago."""
    made = Day()
    made.outbreak.opened = clock.now() - timedelta(days=21)
    made.outbreak.save()
    return made


def post(client, name: str, *parts, **said):
    return client.post(reverse(f"reports:{name}", args=parts), {"model": "chongqing", **said})


def all_done(client) -> None:
    for item in models()["chongqing"].items:
        post(client, "free_tick", item=item, evidence="3月1日主任查看")


def test_nobody_applies_before_all_is_met(day):
    ana = visitor(day.office)
    assert post(ana, "free_apply").status_code == 409
    all_done(ana)
    assert post(ana, "free_apply").status_code == 302
    assert FreeApplication.objects.get().evidence[0]["met"] is True
    assert post(ana, "free_apply").status_code == 409


def test_a_tick_needs_evidence_and_can_be_undone(day):
    ana = visitor(day.office)
    assert post(ana, "free_tick", item="party").status_code == 409
    assert post(ana, "free_tick", item="luck", evidence="x").status_code == 409
    post(ana, "free_tick", item="party", evidence="会议记录")
    assert FreeTick.objects.get().evidence == "会议记录"
    post(ana, "free_tick", item="party", undo="1")
    assert not FreeTick.objects.exists()


def test_the_way_up_is_step_by_step_and_a_case_ends_it(day):
    ana = visitor(day.office)
    all_done(ana)
    post(ana, "free_apply")
    row = FreeApplication.objects.get()
    lead = visitor(staff("lead", Role.LEADER, day.community))
    assert post(ana, "free_move_on", row.pk, step="reviewed").status_code == 404
    assert post(lead, "free_move_on", row.pk, step="published").status_code == 409
    assert post(lead, "free_move_on", row.pk, step="returned").status_code == 409
    for step in ("reviewed", "filed", "published"):
        assert post(lead, "free_move_on", row.pk, step=step).status_code == 302
    page = reverse("reports:free")
    assert text("reports.free_step_published", "zh") in ana.get(page).content.decode()
    outbreaks.Tested.objects.create(outbreak=day.outbreak, person=day.people[0], at=clock.now(), result=Result.POSITIVE)
    after = ana.get(page).content.decode()
    assert f'<p>{text("reports.free_step_revoked", "zh")}</p>' in after and "disabled" in after


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_board_opens_in_every_language(day, lang):
    day.open()
    page = visitor(day.office, lang).get(reverse("reports:free"), {"model": "shanghai_347"})
    assert page.status_code == 200
    assert not re.search(r"<li>[^<]*\d{4}-\d\d-\d\d", page.content.decode()), "what if: a day as people say it"


def test_without_an_outbreak_there_is_nothing_to_judge(day):
    day.outbreak.closed = clock.now()
    day.outbreak.save()
    page = visitor(day.office).get(reverse("reports:free"))
    assert text("reports.free_no_outbreak", "zh") in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_application_is_a_form_with_every_criterion_and_its_fact(lang):
    day = Day().open()
    item = models()["chongqing"].items[0]
    FreeTick.objects.create(community=day.community, model="chongqing", item=item, evidence="书记看过", at=clock.now(), by="x")
    ana = visitor(day.office, lang)
    page = ana.get(reverse("reports:period_form"), {"form": "F24"}).content.decode()
    words = {"zh-hans": "zh"}.get(lang, lang)
    assert "书记看过" in page and text("reports.free_kind_days_without_case", words) in page
    for kind in ("xlsx", "pdf", "csv"):
        assert ana.post(reverse("reports:period_form_file"), {"form": "F24", "format": kind}).status_code == 200


def test_what_the_application_rests_on_is_read_once_for_all_models(day, monkeypatch, django_assert_num_queries):
    day.open()
    now = clock.now()

    def ledger():
        return free_ledger(day.scope, as_of=now, community=day.community, until=clock.local_day(now))

    with CaptureQueriesContext(connection) as all_of_them:
        rows = ledger().rows
    assert len({str(row["model"]) for row in rows}) == len(models()) > 1
    monkeypatch.setattr("zhegu.reports.ledgers.models", lambda: {"chongqing": models()["chongqing"]})
    with django_assert_num_queries(len(all_of_them)):
        ledger()


def test_what_was_ticked_later_was_not_done_that_day(day):
    for item in models()["chongqing"].items:
        FreeTick.objects.create(community=day.community, model="chongqing", item=item, evidence="看过", at=clock.now(), by="x")
    today = clock.local_day(clock.now())

    def met(until: date) -> set[str]:
        rows = free_ledger(day.scope, as_of=clock.now(), community=day.community, until=until).rows
        of_list = [row for row in rows if say(row["model"], "en") == text("reports.free_model_chongqing", "en")]
        return {say(row["criterion"], "en") for row in of_list if say(row["met"], "en") == text("reports.free_yes", "en")}

    checklist = text("reports.free_kind_checklist", "en")
    assert checklist in met(today) and checklist not in met(today - timedelta(days=1))


# --- grid by grid, and whose word it is


def test_each_grid_stands_by_its_own_facts(day):
    day.open()
    for person in day.people:
        day.take(person)
    case = day.people[0]
    outbreaks.Tested.objects.create(outbreak=day.outbreak, person=case, at=clock.now(), result=Result.POSITIVE)
    found = known(day.scope, day.community, day.outbreak, (), clock.now())
    mine, other = found.grids[case.grid.code], found.grids[day.grid(2).code]
    today = clock.local_day(clock.now())
    assert (mine.since, found.whole.since, other.since) == (today, today, clock.local_day(day.outbreak.opened))
    assert (mine.rounds[0].due, found.whole.rounds[0].due) == (2, 6)
    page = visitor(day.office).get(reverse("reports:free"), {"model": "chongqing"})
    first = page.context["grids"][0]
    assert first["earliest"] == today + timedelta(days=5)
    assert [one.criterion.kind for one, _ in first["between"]] == ["days_without_case", "checklist"]
    assert [one.criterion.kind for one, _ in page.context["grids"][-1]["between"]] == ["checklist"]


def test_what_is_isolated_counts_in_its_own_grid(day):
    watched(day.outbreak, day.people[:1], clock.now() - timedelta(days=1))
    found = known(day.scope, day.community, day.outbreak, (), clock.now())
    isolated = {code: facts.isolated for code, facts in found.grids.items() if facts.isolated}
    assert isolated == {day.people[0].grid.code: 1} and found.whole.isolated == 1


def test_town_and_county_say_their_word_themselves_where_they_work_here(day):
    ana, lead = visitor(day.office), visitor(staff("lead", Role.LEADER, day.community))
    town = visitor(staff("town", Role.LEADER, upper(TOWN, clock.now())))
    county = visitor(staff("county", Role.LEADER, upper(COUNTY, clock.now())))
    all_done(ana)
    post(ana, "free_apply")
    row = FreeApplication.objects.get()
    assert post(lead, "free_move_on", row.pk, step="reviewed").status_code == 404
    assert post(county, "free_move_on", row.pk, step="filed").status_code == 409
    page = town.get(reverse("reports:free")).content.decode()
    assert text("reports.free_fact_days_without_case", days=21, of=5) in page
    assert post(town, "free_move_on", row.pk, step="reviewed").status_code == 302
    for step in ("filed", "published"):
        assert post(town, "free_move_on", row.pk, step=step).status_code == 404
        assert post(county, "free_move_on", row.pk, step=step).status_code == 302
    assert [one.step for one in row.steps.all()] == ["applied", "reviewed", "filed", "published"]
    watching = visitor(staff("watch", Role.OBSERVER, upper("5405", clock.now())))
    assert watching.get(reverse("reports:free")).status_code == 404


def applied(code: str) -> FreeApplication:
    made = Day(code, 1, 1)
    row = FreeApplication.objects.create(
        community=made.community, outbreak=made.outbreak, model="chongqing", at=clock.now(), evidence=[]
    )
    row.steps.create(step=Step.APPLIED, at=row.at, by="x")
    return row


def test_a_county_asks_once_however_many_communities_apply(db, django_assert_num_queries):
    watching = scope_of(staff("county", Role.LEADER, upper(COUNTY, clock.now())))
    first = applied(f"{TOWN}001")
    with CaptureQueriesContext(connection) as of_one:
        assert [one.row for one in applications(watching, clock.now())] == [first]
    rows = [first, *(applied(f"{TOWN}{no:03d}") for no in (2, 3, 4))]
    outbreaks.Tested.objects.create(
        outbreak=rows[3].outbreak, person=rows[3].community.people.get(), at=clock.now(), result=Result.POSITIVE
    )
    with django_assert_num_queries(len(of_one)):
        found = applications(watching, clock.now())
    assert [(one.row, one.stands) for one in found] == [*((row, Step.APPLIED) for row in rows[:3]), (rows[3], Step.REVOKED)]


def test_who_leads_one_community_is_not_shown_its_application_twice(day):
    lead = visitor(staff("lead", Role.LEADER, day.community))
    FreeApplication.objects.create(
        community=day.community, outbreak=day.outbreak, model="chongqing", at=clock.now(), evidence=[]
    )
    with CaptureQueriesContext(connection) as asked:
        page = lead.get(reverse("reports:free"))
    assert page.context["below"] == []
    assert sum('FROM "reports_freeapplication"' in one["sql"] for one in asked) == 1


@pytest.mark.parametrize(
    ("step", "current", "through", "level"),
    [
        (Step.REVIEWED, Step.APPLIED, (Level.COMMUNITY,), Level.COMMUNITY),
        (Step.REVIEWED, Step.APPLIED, (Level.COMMUNITY, Level.TOWN), Level.TOWN),
        (Step.RETURNED, Step.APPLIED, (Level.COMMUNITY, Level.TOWN), Level.TOWN),
        (Step.PUBLISHED, Step.FILED, (Level.COMMUNITY, Level.TOWN), Level.COMMUNITY),
        (Step.REVOKED, Step.PUBLISHED, (Level.COMMUNITY, Level.COUNTY), Level.COMMUNITY),
    ],
)
def test_whose_word_a_step_is(step, current, through, level):
    assert said_at(step, current, through) is level
