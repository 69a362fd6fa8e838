"""Opening a round: who stands on its roster, who is excused, what keeps it from opening."""

from datetime import date, timedelta

import pytest

from zhegu.lib.ids import new_id
from zhegu.outbreaks import actions as outbreaks
from zhegu.outbreaks.models import Standing as OutbreakStanding
from zhegu.outbreaks.rules import Result, StandingKind
from zhegu.registers.models import Person, Presence
from zhegu.sampling import actions, queries
from zhegu.sampling.actions import TablePlan
from zhegu.sampling.models import Line, Round, Slot
from zhegu.sampling.rules import SiteDuty
from zhegu.sampling.tests.make import Day, at, person, staff

pytestmark = pytest.mark.django_db


def test_the_roster_is_everyone_who_belongs_here():
    day = Day()
    for presence in (Presence.AWAY, Presence.MOVED_AWAY, Presence.DIED):
        person(day.community, day.grid(1), presence=presence)
    answer = day.try_open()
    assert (answer.facts["no"], answer.facts["roster"], answer.facts["excused"]) == (1, 7, 1)
    away = Line.objects.get(person__presence=Presence.AWAY)
    assert (away.standing, away.excuse, away.excused_by) == ("excused", "away", day.scope.actor.key)


def test_a_merged_row_is_nobody():
    day = Day()
    Person.objects.filter(pk=day.people[0].pk).update(merged_into=day.people[1])
    assert day.try_open().facts["roster"] == 5


def test_infants_are_excused_where_the_round_says_so_and_sampled_singly_where_not():
    day = Day()
    born = at(0).date() - timedelta(days=400)
    person(day.community, day.grid(1), birth_date=born, birth_year=born.year)
    day.open(infant_below_months=36)
    line = Line.objects.get(round=day.round, person__birth_date=born)
    assert (line.standing, line.single_why) == ("missing", "infant")
    day.open(infant_below_months=36, excuse_infants=True)
    assert Line.objects.get(round=day.round, person__birth_date=born).excuse == "infant"


def test_contacts_and_those_awaiting_a_recheck_are_sampled_singly():
    day = Day()
    day.outbreak.profile["sampling"]["single_only"] = ["contact", "awaiting_recheck"]
    day.outbreak.save()
    OutbreakStanding.objects.create(outbreak=day.outbreak, person=day.people[0], kind=StandingKind.CONTACT, since=at(-60))
    tested = outbreaks.RecordTest(day.people[1], Result.GREY, at(-60), new_id())
    outbreaks.record_tests(by=day.scope.actor, outbreak=day.outbreak, acts=[tested])
    day.outbreak = type(day.outbreak).objects.get(pk=day.outbreak.pk)
    day.open()
    whys = dict(Line.objects.filter(round=day.round).values_list("person", "single_why"))
    assert [whys[p.pk] for p in day.people] == ["contact", "awaiting_recheck", "", "", "", ""]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"mix_ratio": 5}, "sampling.ratio_not_in_profile"),
        ({"mix_ratio": 30}, "sampling.ratio_not_in_profile"),
        ({"ends_at": at(0)}, "sampling.ends_before_start"),
    ],
)
def test_what_keeps_a_round_from_opening(changes: dict, reason: str):
    assert Day().try_open(**changes).reason == reason
    assert not Round.objects.exists()


def test_nobody_to_sample_opens_nothing():
    assert Day(each=0).try_open().reason == "sampling.nobody_to_sample"


def test_people_without_a_grid_keep_it_closed_unless_that_is_stated():
    day = Day()
    person(day.community, None)
    refused = day.try_open()
    assert (refused.reason, refused.facts["n"]) == ("sampling.people_without_grid", 1)
    assert day.try_open(without_grid_reason="herders, placed tomorrow").accepted


def test_a_closed_or_foreign_outbreak_opens_nothing():
    day, other = Day(), Day("540526101002")
    assert day.try_open(outbreak=other.outbreak).reason == "sampling.not_found"
    outbreaks.close_outbreak(by=day.scope.actor, outbreak=day.outbreak, at=at(1), ref=new_id())
    day.outbreak.refresh_from_db()
    assert day.try_open().reason == "sampling.outbreak_closed"


def test_only_the_office_opens_a_round():
    day = Day()
    scope = day.sampler(1, 2, 3)
    answer = actions.open_round(
        by=scope.actor, scope=scope, community=day.community, plan=day.plan(), at=at(0), ref=new_id()
    )
    assert answer.reason == "sampling.not_found"


def test_rounds_are_numbered_in_their_community():
    day, other = Day(), Day("540526101002")
    assert [day.try_open().facts["no"], day.try_open().facts["no"], other.try_open().facts["no"]] == [1, 2, 1]


def test_tables_and_times_follow_the_plan():
    day = Day(each=10)
    cho = staff("cho")
    tables = [TablePlan(1, [day.grid(1), day.grid(2)], [(cho, SiteDuty.GUIDE)]), TablePlan(2, [day.grid(3)], [])]
    day.open(tables=tables, minutes_each=1.5, slot_minutes=15)
    tables = queries.tables(day.scope, day.round)
    assert [(t.no, t.grids.count()) for t in tables] == [(1, 2), (2, 1)]
    assert [[(seat.staff, seat.duty) for seat in t.seats.all()] for t in tables] == [[(cho, "guide")], []]
    people = {no: 0 for no in (1, 2, 3)}
    for slot in Slot.objects.filter(round=day.round):
        people[slot.grid.no] += slot.people
        assert (slot.ends_at - slot.starts_at) == timedelta(minutes=15) and slot.people <= 8
    assert people == {1: 10, 2: 10, 3: 10}
    first = Slot.objects.filter(round=day.round, grid=day.grid(2)).order_by("starts_at").first()
    assert first.starts_at == at(15)


def test_a_recheck_holds_only_those_named():
    day = Day()
    day.open(people=[day.people[0].pk, day.people[3].pk], mix_ratio=1)
    assert set(day.round.lines.values_list("person", flat=True)) == {day.people[0].pk, day.people[3].pk}


def test_the_roster_stays_frozen_when_someone_moves():
    day = Day().open()
    Person.objects.filter(pk=day.people[0].pk).update(grid=day.grid(3))
    assert queries.coverage(day.scope, day.round).of(day.grid(1).code).roster == 2


def test_a_grid_worker_names_the_round_and_another_community_does_not_find_it():
    day, other = Day().open(), Day("540526101002")
    assert queries.round_for(day.sampler(1), day.round.pk) == day.round
    with pytest.raises(LookupError):
        queries.round_for(other.scope, day.round.pk)
    assert not queries.rounds(other.scope, other.community).exists()


def test_the_board_shows_the_open_round_first():
    day = Day().open()
    first = day.round
    day.open()
    actions.close_round(by=day.scope.actor, scope=day.scope, round_=day.round, at=at(5), ref=new_id())
    assert queries.current_round(day.scope, day.community) == first


def test_a_preview_is_what_then_freezes():
    day = Day()
    person(day.community, day.grid(1), presence=Presence.AWAY)
    person(day.community, day.grid(2), birth_date=date(2022, 1, 1), birth_year=2022)
    plan = day.plan(infant_below_months=36, excuse_infants=True)
    shown = queries.preview(day.scope, day.community, plan)
    day.open(infant_below_months=36, excuse_infants=True)
    whole = queries.coverage(day.scope, day.round).whole
    assert (shown.roster, shown.due, dict(shown.excused)) == (whole.roster, whole.due, dict(whole.excuses))
    assert dict(shown.due_by_grid) == {1: 2, 2: 2, 3: 2}
