"""Campaigns with real doors: frozen, visited, excused, added, disagreed about, forgotten."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhegu.accounts.models import Role
from zhegu.care import queries as care
from zhegu.journal.models import Body
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.lib.upkeep import Due
from zhegu.places.models import Kind as PlaceKind
from zhegu.places.models import Place
from zhegu.places.tests.make import B
from zhegu.registers.models import Person, Presence
from zhegu.visits import actions, queries
from zhegu.visits.ledgers import coverage, today
from zhegu.visits.models import Door, Said
from zhegu.visits.retention import KEPT
from zhegu.visits.rules import Standing, What
from zhegu.visits.tests.make import BY, EVERYTHING, Walk, open_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk()


def counts(walk: Walk) -> queries.Coverage:
    parts = queries.coverage(EVERYTHING, walk.campaign)
    whole = queries.total(EVERYTHING, parts)
    assert whole.done + whole.excused + whole.missing + whole.moved + whole.not_found == whole.doors
    by_unit = queries.total(EVERYTHING, queries.coverage(EVERYTHING, walk.campaign, "unit"))
    assert by_unit == whole
    return whole


def test_every_household_and_everybody_without_one_is_a_door(walk: Walk):
    assert counts(walk) == queries.Coverage(doors=5, missing=5, people=9)


def test_households_of_which_all_are_away_begin_excused_with_an_author(walk: Walk):
    Person.objects.filter(household=walk.houses[0]).update(presence=Presence.AWAY)
    Person.objects.filter(household=walk.houses[1]).update(presence=Presence.MOVED_AWAY)
    again = open_in(walk.community)
    standings = list(queries.doors(EVERYTHING, again).values_list("household__no", "standing"))
    assert standings.count(("1", "excused")) == 1 and not [one for one in standings if one[0] == "2"]
    assert Said.objects.get(door__campaign=again).by == BY.key


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"name": " "}, "visits.name_needed"),
        ({"ends_on": date(2022, 9, 12)}, "visits.ends_too_early"),
        ({"questions": (), "masks": False, "advice": " "}, "visits.nothing_to_do"),
    ],
)
def test_a_campaign_that_makes_no_sense_is_refused(walk: Walk, wrong: dict, reason: str):
    facts = {"name": "x", "starts_on": date(2022, 9, 13), "ends_on": date(2022, 9, 14), "masks": True} | wrong
    answer = actions.open_campaign(by=BY, community=walk.community, campaign=actions.NewCampaign(**facts), at=MORNING, ref=new_id())
    assert answer.reason == reason


def test_a_visit_counts_with_its_people_masks_and_answers(walk: Walk):
    assert walk.visit(1, answers={"q1": True, "q2": 2, "q3": "电", "q4": "米"}, masks=5, advised=True).accepted
    assert walk.visit(3, answers={"q1": False, "q2": 1}, masks=2).accepted
    assert counts(walk) == queries.Coverage(doors=5, done=2, missing=3, people=9, seen=4)
    results = queries.results(EVERYTHING, walk.campaign)
    assert (results.masks, results.advised) == (7, 1)
    assert [(one.counts, one.sum) for one in results.answers] == [(((True, 1), (False, 1)), 2), ((), 3), ((("电", 1),), 1), ((), 1)]


def test_a_repeat_writes_nothing(walk: Walk):
    ref = new_id()
    first, again = walk.visit(1, ref=ref), walk.visit(1, ref=ref)
    assert first.facts == again.facts and not again.new and Said.objects.count() == 1


def test_workers_go_to_their_own_doors(walk: Walk):
    of_grid_2 = walk.scope(Role.GRID_WORKER, walk.grids[1])
    assert walk.visit(3, of_grid_2).accepted
    assert walk.visit(1, of_grid_2).reason == "visits.unknown_door"
    assert walk.visit(3, walk.scope(Role.SAMPLER)).reason == "visits.unknown_door"
    assert walk.word(1, What.EXCUSE, "ill", of_grid_2).reason == "visits.unknown_door"
    assert [door.label for door in queries.doors(of_grid_2, walk.campaign)] == ["户主3", "户主4"]
    for scope in (walk.scope(Role.CLINIC), walk.scope(Role.GATE_KEEPER), Walk(B).scope(Role.OFFICE)):
        with pytest.raises(NotFound):
            queries.campaigns(scope, walk.community)


def test_a_unit_head_goes_to_the_doors_of_the_unit(walk: Walk):
    unit = Place.objects.create(kind=PlaceKind.UNIT, code=walk.grids[0].code + "001", no=1, within=walk.grids[0])
    walk.houses[0].unit = unit
    walk.houses[0].save()
    campaign = open_in(walk.community)
    head = walk.scope(Role.UNIT_HEAD, unit)
    mine = queries.doors(head, campaign)
    assert [door.label for door in mine] == ["户主1"]
    item = actions.NewVisit(ref=new_id(), at=MORNING, door=mine[0].pk)
    assert actions.visit(by=head.actor, scope=head, community=walk.community, items=[item])[0].accepted
    assert queries.coverage(head, campaign, "unit") == [(unit, queries.Coverage(doors=1, done=1, people=2, seen=2))]
    assert [place for place, _ in queries.coverage(EVERYTHING, campaign, "unit")] == [unit, None]


def test_answers_and_words_have_to_fit(walk: Walk):
    assert walk.visit(1, answers={"q2": "viele"}).reason == "visits.answers_do_not_fit"
    assert walk.word(1, What.EXCUSE, "refused").reason == "visits.unknown_code"
    assert walk.word(1, What.BACK, "x").reason == "visits.unknown_code"
    assert walk.word(1, What.EXCUSE, "other").reason == "visits.note_needed"
    assert not Said.objects.exists()


def test_words_move_a_door_between_the_parts_and_undo_moves_it_back(walk: Walk):
    excused = walk.word(1, What.EXCUSE, "ill")
    walk.word(2, What.GONE, "moved"), walk.word(3, What.GONE, "not_found"), walk.word(4, What.MISSING, "refused")
    assert counts(walk) == queries.Coverage(doors=5, excused=1, missing=2, moved=1, not_found=1, people=9)
    assert walk.door(4).reason == "refused" and walk.door(1).excuse == "ill"
    visited = walk.visit(1)
    assert walk.door(1).standing == Standing.DONE
    walk.undo(visited)
    assert walk.door(1).standing == Standing.EXCUSED
    walk.undo(excused)
    assert (walk.door(1).standing, walk.door(1).excuse) == (Standing.MISSING, "")
    assert walk.undo(excused).reason == "visits.undone_before"


def test_two_workers_in_one_household_make_a_clash_and_nothing_is_lost(walk: Walk):
    one, two = walk.scope(name="one"), walk.scope(name="two")
    first = walk.visit(1, one, 1, answers={"q1": False}, masks=3)
    second = walk.visit(1, two, 2, answers={"q1": True}, masks=2)
    assert [door.label for door in queries.clashes(EVERYTHING, walk.community)] == ["户主1"]
    assert str(walk.door(1).visit) == first.facts["said"] and counts(walk).done == 1
    assert queries.results(EVERYTHING, walk.campaign).masks == 5
    assert walk.choose(second).accepted
    assert str(walk.door(1).visit) == second.facts["said"] and not walk.door(1).clash
    assert walk.choose(first).accepted
    assert str(walk.door(1).visit) == first.facts["said"] and not walk.door(1).clash


def test_who_knew_of_the_first_visit_corrects_it(walk: Walk):
    first = walk.visit(1, walk.scope(name="one"), 1)
    walk.visit(1, walk.scope(name="two"), 2, answers={"q1": True}, follows=first.facts["said"])
    assert not walk.door(1).clash and walk.door(1).visit != first.facts["said"]


def test_a_back_dated_entry_on_behalf_of_somebody_counts_at_its_time(walk: Walk):
    walk.visit(1, minute=-300, on_behalf="扎西", from_paper=True)
    row = Said.objects.get()
    assert (row.at, row.on_behalf, row.from_paper) == (MORNING - timedelta(minutes=300), "扎西", True)


def test_after_the_closing_only_what_was_said_before_is_taken(walk: Walk):
    who = {"by": BY, "campaign": walk.campaign, "at": MORNING + timedelta(minutes=10)}
    assert actions.close_campaign(**who, ref=new_id()).accepted
    assert actions.close_campaign(**who, ref=new_id()).reason == "visits.closed"
    assert walk.visit(1, minute=5).accepted
    assert walk.visit(2, minute=11).reason == "visits.closed"
    assert actions.reopen_campaign(**who, ref=new_id()).accepted
    assert walk.visit(2, minute=11).accepted


def test_a_grazing_site_without_an_address_is_added_and_visited(walk: Walk):
    worker = walk.scope(Role.GRID_WORKER, walk.grids[0])
    new = {"ref": new_id(), "at": MORNING, "campaign": walk.campaign.pk, "name": "夏季牧场", "where": "北沟 6 公里", "people": 4}

    def add(**more):
        return actions.add_doors(by=worker.actor, scope=worker, community=walk.community, items=[actions.NewDoor(**new | more)])[0]

    added = add(grid=1)
    assert added.accepted and add(ref=new_id(), grid=2).reason == "visits.unknown_grid"
    assert add(ref=new_id(), grid=0).reason == "visits.unknown_grid"
    assert add(ref=new_id(), grid=1, name=" ").reason == "visits.name_needed"
    assert add(ref=new_id(), grid=1, campaign=new_id()).reason == "visits.unknown_campaign"
    visit = actions.NewVisit(ref=new_id(), at=MORNING, door=UUID(added.facts["door"]), care=("chronic",), care_words="缺药")
    assert actions.visit(by=worker.actor, scope=worker, community=walk.community, items=[visit])[0].accepted
    assert counts(walk) == queries.Coverage(doors=6, done=1, missing=5, people=13, seen=4)
    assert Said.objects.get().note == "缺药"
    assert Door.objects.get(pk=added.facts["door"]).added_by == worker.actor.key


def test_what_a_visit_finds_of_care_goes_to_the_office(walk: Walk):
    walk.visit(1, care=("pregnant",), care_words="卓玛，八个月")
    (found,) = care.found(EVERYTHING, walk.community)
    assert (found.household, found.categories, found.words) == (walk.houses[0], ("pregnant",), "卓玛，八个月")


def test_answers_are_sealed_in_the_table_and_in_the_journal(walk: Walk):
    walk.visit(1, answers={"q4": "缺胰岛素"})
    stored = Said.objects.extra(select={"a": "answers"}).values_list("a", flat=True)
    kept = Body.objects.extra(select={"c": "content"}).values_list("c", flat=True)
    assert "胰岛素" not in str(list(stored)) + str(list(kept))


def test_doors_of_closed_campaigns_go_after_their_time_with_what_was_said(walk: Walk):
    answer = walk.visit(1)
    actions.close_campaign(by=BY, campaign=walk.campaign, at=MORNING, ref=new_id())
    kept = KEPT[0]
    assert not kept.expired(Due(walk.community, MORNING)).exists()
    rows = kept.expired(Due(walk.community, MORNING + timedelta(days=1)))
    assert rows.count() == 5 and [str(ref) for ref in kept.refs(rows)] == [answer.facts["said"]]
    rows.delete()
    assert not Said.objects.exists()


STEPS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["visit", "ill", "moved", "not_found", "refused", "back", "undo"]), st.integers(0, 2), st.integers(0, 9)),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_said_the_parts_add_up_to_the_roster(walk: Walk, steps: list[tuple[int, str, int, int]]):
    Said.objects.all().delete()
    actions.saying.settle(Door.objects.filter(campaign=walk.campaign))
    what = {"ill": What.EXCUSE, "moved": What.GONE, "not_found": What.GONE, "refused": What.MISSING}
    given_answers = []
    for no, step, _, minute in steps:
        if step == "visit":
            given_answers.append(walk.visit(no, minute=minute))
        elif step == "undo" and given_answers:
            walk.undo(given_answers.pop())
        elif step == "back":
            walk.word(no, What.BACK, minute=minute)
        elif step in what:
            given_answers.append(walk.word(no, what[step], step, minute=minute))
    assert counts(walk).doors == 5


def test_the_newest_campaign_is_a_ledger_by_grid_and_today_has_figures(walk: Walk):
    walk.visit(1, masks=4)
    told = coverage(EVERYTHING, as_of=MORNING, community=walk.community)
    assert [(row["doors"], row["done"], row["missing"]) for row in told.rows] == [(3, 1, 2), (2, 0, 2)]
    assert (told.totals["doors"], told.totals["due"], told.totals["seen"]) == (5, 5, 2)
    figures = {one.name: one.value for one in today(EVERYTHING, as_of=MORNING, community=walk.community)}
    assert figures == {"visits.visited_today": 1, "visits.advised_today": 0, "visits.masks_today": 4}
