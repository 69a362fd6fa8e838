"""What is said about people on a roster, by whom, and what happens when two say different things."""

import pytest

from zhegu.journal.worker import work
from zhegu.lib.ids import new_id
from zhegu.registers import actions as registers
from zhegu.registers.models import Person, Presence
from zhegu.sampling import actions, queries
from zhegu.sampling.actions import Addition, Excused, MarkedGone, Newcomer, Noted, Word
from zhegu.sampling.models import Conflict, Line
from zhegu.sampling.reactions import REACTIONS
from zhegu.sampling.rules import AddReason, Excuse, Gone, MissingReason
from zhegu.sampling.tests.make import Day, at, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    return Day().open()


def word(day: Day, who: int = 0, minute: int = 5, **facts) -> dict:
    return {
        "ref": new_id(), "at": at(minute), "community": day.community.code, "round": day.round.pk,
        "person": day.people[who].pk, **facts,
    }  # fmt: skip


def excuse(day: Day, scope=None, **facts):
    scope = scope or day.scope
    return actions.excuse(by=scope.actor, scope=scope, items=[Excused(**word(day, **facts))])[0]


def note(day: Day, scope=None, **facts):
    scope = scope or day.scope
    return actions.note_missing(by=scope.actor, scope=scope, items=[Noted(**word(day, **facts))])[0]


def gone(day: Day, how: Gone, scope=None, **facts):
    scope = scope or day.scope
    return actions.mark_gone(by=scope.actor, scope=scope, items=[MarkedGone(**word(day, how=how, **facts))])[0]


def test_an_excuse_has_its_author(day: Day):
    assert excuse(day, reason=Excuse.ILL).accepted
    line = day.line(day.people[0])
    assert (line.standing, line.excuse, line.excused_by) == ("excused", "ill", day.scope.actor.key)


def test_another_excuse_needs_a_note(day: Day):
    assert excuse(day, reason=Excuse.OTHER).reason == "sampling.note_needed"
    assert excuse(day, reason=Excuse.OTHER, note="on duty at the checkpoint").accepted


def test_whoever_was_excused_and_came_is_done(day: Day):
    excuse(day, reason=Excuse.AWAY)
    answer = day.take(day.people[0])
    assert answer.facts["looks"] == ["was_excused"] and day.line(day.people[0]).standing == "done"


def test_an_excuse_that_arrives_after_the_swab_leaves_them_done(day: Day):
    day.take(day.people[0])
    excuse(day, reason=Excuse.AWAY)
    assert day.line(day.people[0]).standing == "done"


def test_undoing_a_swab_gives_back_the_excuse(day: Day):
    excuse(day, reason=Excuse.AWAY)
    day.undo(day.take(day.people[0]).ref)
    assert day.line(day.people[0]).standing == "excused"


def test_an_excuse_is_taken_back(day: Day):
    excuse(day, reason=Excuse.AWAY)
    actions.put_back(by=day.scope.actor, scope=day.scope, items=[Word(**word(day, minute=6))])
    assert day.line(day.people[0]).standing == "missing"


def test_words_are_for_ones_own_grids(day: Day):
    scope = day.sampler(2)
    assert excuse(day, scope, reason=Excuse.ILL).reason == "sampling.not_found"
    assert note(day, scope, reason=MissingReason.REFUSED).reason == "sampling.not_found"
    assert gone(day, Gone.MOVED, scope).reason == "sampling.not_found"
    assert day.line(day.people[0]).standing == "missing"


def test_nothing_is_said_once_the_round_is_closed(day: Day):
    assert actions.close_round(
        by=day.scope.actor, scope=day.scope, round_=day.round, at=at(100), ref=new_id()
    ).accepted
    assert excuse(day, reason=Excuse.ILL, minute=101).reason == "sampling.round_closed"
    assert excuse(day, reason=Excuse.ILL, minute=99).accepted


def test_the_later_word_stands_in_whatever_order_they_arrive(day: Day):
    excuse(day, reason=Excuse.ILL, minute=9)
    early = excuse(day, reason=Excuse.AWAY, minute=7)
    assert early.accepted and early.facts["stands"] is False
    assert day.line(day.people[0]).excuse == "ill"


def test_two_people_who_did_not_know_of_each_other_leave_a_conflict(day: Day):
    first, second = day.sampler(1), day.sampler(1, 2)
    note(day, first, reason=MissingReason.REFUSED, seen="")
    answer = note(day, second, reason=MissingReason.WILL_COME, minute=9, seen="")
    assert answer.facts["conflict"] is True
    kept = Conflict.objects.get()
    assert (kept.said, kept.by) == ("refused", first.actor.key)
    assert day.line(day.people[0]).reason == "will_come"
    assert list(queries.conflicts(day.scope, day.round)) == [kept]
    actions.settle_conflict(by=day.scope.actor, scope=day.scope, conflict=kept, at=at(10), ref=new_id())
    assert not queries.conflicts(day.scope, day.round)


def test_a_word_by_someone_who_saw_the_other_is_no_conflict(day: Day):
    first, second = day.sampler(1), day.sampler(1, 2)
    said = note(day, first, reason=MissingReason.REFUSED, seen="")
    answer = note(day, second, reason=MissingReason.WILL_COME, minute=9, seen=str(said.ref))
    assert "conflict" not in answer.facts and not Conflict.objects.exists()


def test_two_people_who_say_the_same_agree(day: Day):
    note(day, day.sampler(1), reason=MissingReason.REFUSED, seen="")
    assert "conflict" not in note(day, reason=MissingReason.REFUSED, minute=8, seen="").facts


def test_once_called_someone_stays_called(day: Day):
    note(day, reason=MissingReason.WILL_COME, called=True, comes_at=at(60))
    note(day, reason=MissingReason.WILL_COME, minute=8, comes_at=at(90))
    line = day.line(day.people[0])
    assert line.called and line.comes_at == at(90)


# --- joining the roster


def test_a_newcomer_found_at_the_table_stands_in_register_and_roster(day: Day):
    scope = day.sampler(1)
    new = Newcomer(new_id(), "新来的人", 1, 1990, "f", "13989001234")
    item = Addition(**{k: v for k, v in word(day).items() if k != "person"}, reason=AddReason.NOT_REGISTERED, new=new)
    answer = actions.add_to_roster(by=scope.actor, scope=scope, items=[item])[0]
    assert answer.facts == {"line": str(item.ref), "person": str(new.id)}
    made = Person.objects.get(pk=new.id)
    assert (made.name, made.birth_year, made.grid, made.phone) == ("新来的人", 1990, day.grid(1), "13989001234")
    assert made.keys.exists()
    line = Line.objects.get(pk=item.ref)
    assert (line.standing, line.added_reason, line.person) == ("missing", "not_registered", made)


def test_a_phone_number_that_is_none_does_not_keep_anyone_out(day: Day):
    new = Newcomer(new_id(), "某人", 1, phone="12")
    item = Addition(**{k: v for k, v in word(day).items() if k != "person"}, reason=AddReason.VISITING, new=new)
    assert actions.add_to_roster(by=day.scope.actor, scope=day.scope, items=[item])[0].accepted
    assert (Person.objects.get(pk=new.id).phone, Person.objects.get(pk=new.id).note) == ("", "12")


@pytest.mark.parametrize("grid", [2, 99])
def test_nobody_is_added_to_a_grid_that_is_not_ones_own(day: Day, grid: int):
    scope = day.sampler(1)
    new = Newcomer(new_id(), "某人", grid)
    item = Addition(**{k: v for k, v in word(day).items() if k != "person"}, reason=AddReason.VISITING, new=new)
    assert actions.add_to_roster(by=scope.actor, scope=scope, items=[item])[0].reason == "sampling.not_found"
    assert not Person.objects.filter(pk=new.id).exists()


def test_adding_someone_twice_leaves_one_line(day: Day):
    newcomer = person(day.community, day.grid(1))
    first, second = day.add(newcomer), day.add(newcomer)
    assert first.accepted and second.facts["line"] == first.facts["line"]
    assert Line.objects.filter(person=newcomer).count() == 1


# --- the register moves on


def presence(day: Day, who: Person, what: Presence, minute: int = 30) -> None:
    item = registers.SetPresence((who,), what, at(minute).date(), at(minute), new_id())
    assert registers.set_presence(by=day.scope.actor, community=day.community, items=[item])[0].accepted
    while work(REACTIONS):
        pass


@pytest.mark.parametrize("what", [Presence.MOVED_AWAY, Presence.DIED])
def test_whoever_moved_away_or_died_is_due_no_more(day: Day, what: Presence):
    presence(day, day.people[0], what)
    assert day.line(day.people[0]).standing == "moved"
    assert queries.coverage(day.scope, day.round).whole.missing == 5


def test_whoever_was_called_gone_by_mistake_is_due_again(day: Day):
    presence(day, day.people[0], Presence.MOVED_AWAY)
    presence(day, day.people[0], Presence.HERE, 31)
    assert day.line(day.people[0]).standing == "missing"


def test_a_swab_outweighs_the_register(day: Day):
    day.take(day.people[0])
    presence(day, day.people[0], Presence.MOVED_AWAY)
    assert day.line(day.people[0]).standing == "done"


def merged(day: Day, kept: Person, dropped: Person):
    from zhegu.registers.models import Merge

    answer = registers.merge_people(by=day.scope.actor, kept=kept, dropped=dropped, at=at(40), ref=new_id())
    assert answer.accepted, answer
    while work(REACTIONS):
        pass
    return Merge.objects.get(pk=answer.facts["merge"])


def test_two_rows_of_one_person_are_due_once(day: Day):
    kept, dropped = day.people[0], day.people[1]
    merge = merged(day, kept, dropped)
    assert (day.line(kept).standing, day.line(dropped).standing) == ("missing", "moved")
    registers.undo_merge(by=day.scope.actor, merge=merge, at=at(50), ref=new_id())
    while work(REACTIONS):
        pass
    assert (day.line(kept).standing, day.line(dropped).standing) == ("missing", "missing")


def test_whoever_was_sampled_under_the_other_row_is_not_called_again(day: Day):
    kept, dropped = day.people[0], day.people[1]
    day.take(dropped)
    merged(day, kept, dropped)
    assert (day.line(kept).standing, day.line(kept).excuse) == ("excused", "elsewhere")
    assert day.line(dropped).standing == "done"
