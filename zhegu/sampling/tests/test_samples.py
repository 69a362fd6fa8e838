"""Swabs: taken once, kept always, taken back in any order."""

import pytest

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.sampling import actions
from zhegu.sampling.actions import TubeRef
from zhegu.sampling.models import Line, Sample, Tally, Tube
from zhegu.sampling.tests.make import Day, at, person, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    return Day().open().print_cards()


def test_a_scan_makes_the_person_done_and_their_card_theirs(day: Day):
    who = day.people[0]
    answer = day.take(who, card=day.card(who))
    assert answer.accepted
    assert answer.facts["signal"] == "yes" and answer.facts["card"] == "active"
    assert day.line(who).standing == "done"
    tally = Tally.objects.get(round=day.round, grid=who.grid)
    assert (tally.done, tally.missing, tally.cards, tally.swabs, tally.tubes, tally.mixed) == (1, 1, 1, 1, 1, 1)


def test_a_repeated_scan_changes_nothing(day: Day):
    swab = day.swab(day.people[0])
    first = actions.take_samples(by=day.scope.actor, scope=day.scope, samples=[swab])[0]
    again = actions.take_samples(by=day.scope.actor, scope=day.scope, samples=[swab])[0]
    assert again.facts == first.facts and not again.new
    assert Sample.objects.count() == 1


def test_a_second_swab_is_refused_and_kept_as_a_duplicate(day: Day):
    tube = TubeRef(new_id(), "T-1", 10)
    day.take(day.people[0], tube=tube)
    second = day.take(day.people[0], tube=tube, position=2, card=day.card(day.people[0]))
    assert (second.status, second.reason) == ("refused", "sampling.already_sampled")
    assert second.facts["kept"] == "duplicate"
    assert Sample.objects.get(pk=second.ref).aside == "duplicate"
    assert Tube.objects.get().swabs == 2
    tally = Tally.objects.get(round=day.round, grid=day.people[0].grid)
    assert (tally.done, tally.swabs, tally.mixed, tally.cards) == (1, 2, 1, 0)


def test_two_swabs_of_one_person_in_one_batch_are_one_sample_and_one_duplicate(day: Day):
    tube = TubeRef(new_id(), "T-1", 10)
    swabs = [day.swab(day.people[0], tube=tube, position=n) for n in (1, 2)]
    answers = actions.take_samples(by=day.scope.actor, scope=day.scope, samples=swabs)
    assert [a.status for a in answers] == ["accepted", "refused"]


def test_one_bad_item_never_blocks_the_rest(day: Day):
    outsider = person(Day("540526101002").community, None)
    swabs = [day.swab(outsider), day.swab(day.people[0])]
    answers = actions.take_samples(by=day.scope.actor, scope=day.scope, samples=swabs)
    assert [(a.status, a.reason) for a in answers] == [("refused", "sampling.not_found"), ("accepted", "")]


def test_a_sampler_acts_for_their_own_grids_only(day: Day):
    scope = day.sampler(1)
    assert day.take(day.people[0], scope).accepted
    other = day.take(day.people[2], scope)
    assert other.reason == "sampling.not_found"
    assert not Sample.objects.filter(pk=other.ref).exists()


def test_someone_who_only_watches_takes_no_sample(day: Day):
    watching = scope_of(staff("watcher", Role.OBSERVER, day.community))
    assert day.take(day.people[0], watching).reason == "sampling.not_found"


def test_another_communitys_round_is_not_found(day: Day):
    other = Day("540526101002").open()
    assert day.take(other.people[0], round=other.round.pk).reason == "sampling.not_found"
    assert day.take(other.people[0], other.scope, round=other.round.pk).reason == "sampling.not_found"


def test_someone_of_the_register_who_is_on_no_roster_is_added_at_the_table(day: Day):
    newcomer = person(day.community, day.grid(1))
    assert day.take(newcomer).accepted
    line = day.line(newcomer)
    assert (line.standing, line.added_reason, line.added_by) == ("done", "at_table", day.scope.actor.key)
    assert Tally.objects.get(round=day.round, grid=day.grid(1)).done == 1


@pytest.mark.parametrize("number", [1, 2])
def test_a_card_is_one_persons(day: Day, number: int):
    day.take(day.people[0], card=day.card(day.people[0]))
    answer = day.take(day.people[1], card=day.card(day.people[1], number))
    assert answer.facts["card"] == ("card_used" if number == 1 else "active")
    assert answer.facts["signal"] == ("look" if number == 1 else "yes")


def test_a_card_of_another_grid_or_round_is_not_activated(day: Day):
    stranger, who = day.people[2], day.people[0]
    assert day.take(who, card=day.card(stranger)).facts["card"] == "card_other_grid"
    later = Day("540526101003").open()
    later.round.no = 9
    assert later.take(later.people[0], card=later.card(later.people[0])).facts["card"] == "card_other_round"


def test_a_full_tube_and_a_mixed_tube_for_a_single_are_kept_and_said(day: Day):
    tube = TubeRef(new_id(), "S-1", 1)
    day.take(day.people[0], tube=tube)
    assert day.take(day.people[1], tube=tube).facts["looks"] == ["tube_full"]
    Line.objects.filter(person=day.people[2]).update(single_why="contact")
    assert day.take(day.people[2]).facts["looks"] == ["tube_not_single"]
    Line.objects.filter(person=day.people[3]).update(single_why="contact")
    alone = day.take(day.people[3], tube=TubeRef(new_id(), "S-2", 1))
    assert (alone.facts["signal"], alone.facts["looks"]) == ("yes", [])


def test_an_undone_swab_counts_no_more_and_its_card_is_free(day: Day):
    who, next_one = day.people[0], day.people[1]
    sample = day.take(who, card=day.card(who)).facts["sample"]
    assert day.undo(sample).accepted
    assert day.line(who).standing == "missing"
    tally = Tally.objects.get(round=day.round, grid=who.grid)
    assert (tally.done, tally.missing, tally.swabs, tally.cards, tally.tubes, tally.mixed) == (0, 2, 0, 0, 0, 0)
    assert day.take(next_one, card=day.card(next_one)).facts["card"] == "active"


def test_undoing_twice_takes_back_once(day: Day):
    sample = day.take(day.people[0]).facts["sample"]
    day.undo(sample)
    assert day.undo(sample).accepted
    assert Tally.objects.get(round=day.round, grid=day.people[0].grid).swabs == 0


def test_an_undo_that_arrives_first_waits_for_its_swab(day: Day):
    swab = day.swab(day.people[0])
    assert day.undo(swab.ref).facts["waits"] is True
    answer = actions.take_samples(by=day.scope.actor, scope=day.scope, samples=[swab])[0]
    assert answer.accepted and answer.facts["undone"] is True
    assert day.line(day.people[0]).standing == "missing"
    assert Tally.objects.get(round=day.round, grid=day.people[0].grid).swabs == 0


def test_a_stranger_cannot_undo_a_swab_before_it_arrives(day: Day):
    swab = day.swab(day.people[0])
    day.undo(swab.ref, day.sampler(3))
    actions.take_samples(by=day.scope.actor, scope=day.scope, samples=[swab])
    assert day.line(day.people[0]).standing == "done"


def test_only_who_took_it_or_the_office_undoes_a_swab(day: Day):
    first, second = day.sampler(1), day.sampler(1, 2)
    sample = day.take(day.people[0], first).facts["sample"]
    assert day.undo(sample, second).reason == "sampling.not_your_sample"
    assert day.undo(sample, day.scope).accepted


def test_the_same_phone_undoes_what_a_colleague_took_on_it(day: Day):
    scope = day.sampler(1)
    first = Scope(Actor("staff", scope.actor.id, "phone-1"), scope.grants)
    colleague = Scope(Actor("staff", "another", "phone-1"), scope.grants)
    assert day.undo(day.take(day.people[0], first).facts["sample"], colleague).accepted


def test_the_second_swab_takes_the_place_of_one_that_is_undone(day: Day):
    who = day.people[0]
    first = day.take(who)
    second = day.take(who, card=day.card(who), at=at(7))
    day.undo(first.facts["sample"])
    assert day.line(who).standing == "done"
    kept = Sample.objects.get(pk=second.ref)
    assert (kept.aside, kept.card) == ("", "active")
    tally = Tally.objects.get(round=day.round, grid=who.grid)
    assert (tally.done, tally.swabs, tally.cards, tally.tubes) == (1, 1, 1, 1)


def test_undoing_the_duplicate_leaves_the_first_swab(day: Day):
    day.take(day.people[0])
    second = day.take(day.people[0])
    day.undo(second.ref)
    assert day.line(day.people[0]).standing == "done"
    assert Tally.objects.get(round=day.round, grid=day.people[0].grid).swabs == 1


def test_a_scan_needs_few_queries(day: Day, django_assert_max_num_queries):
    day.take(day.people[0])
    tube = TubeRef(new_id(), "T-2", 10)
    with django_assert_max_num_queries(20):  # savepoints, journal and card included
        day.take(day.people[1], tube=tube, card=day.card(day.people[1]))
