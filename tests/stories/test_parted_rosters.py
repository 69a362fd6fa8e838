"""Rows of the register are merged and parted around a round: every swab stands with whom it was taken from."""

import os
import random
from datetime import timedelta

import pytest

from zhegu.journal.worker import work
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.registers import actions as registers
from zhegu.registers.models import Merge, Person
from zhegu.sampling import actions, phone, queries
from zhegu.sampling.models import Line, Sample
from zhegu.sampling.queries.history import recounted
from zhegu.sampling.queries.recount import kept, recount
from zhegu.sampling.rules import Excuse
from zhegu.sampling.tests.make import EVERYTHING, Day, at, person
from zhegu.wiring import wiring

pytestmark = pytest.mark.django_db


class Parting:
    """Four on the roster and two who are not; rows are merged and parted again."""

    def __init__(self) -> None:
        self.day = Day(grids=2, each=2).open()
        self.people = [*self.day.people, *(person(self.day.community, self.day.grid(no)) for no in (1, 2))]
        self.swabs: list[str] = []
        self.minute = 5

    def now(self):
        self.minute += 1
        return at(self.minute)

    def merge(self, kept_: int, dropped: int) -> Merge | None:
        two = [Person.objects.get(pk=self.people[no].pk) for no in (kept_, dropped)]
        answer = registers.merge_people(by=self.day.scope.actor, kept=two[0], dropped=two[1], at=self.now(), ref=new_id())
        self.react()
        return Merge.objects.get(pk=answer.facts["merge"]) if answer.accepted else None

    def part(self, merge: Merge) -> None:
        registers.undo_merge(by=self.day.scope.actor, merge=merge, at=self.now(), ref=new_id())
        self.react()

    def take(self, who: int) -> None:
        answer = self.day.take(self.people[who], at=self.now())
        self.swabs.append(answer.facts["sample"])

    def undo(self, swab: str) -> None:
        self.day.undo(swab, at=self.now())

    def add(self, who: int) -> dict:
        return self.day.add(self.people[who]).facts

    def excuse(self, who: int) -> None:
        word = actions.Excused(
            ref=new_id(), at=self.now(), community=self.day.community.code, round=self.day.round.pk,
            person=self.people[who].pk, reason=Excuse.ELSEWHERE,
        )  # fmt: skip
        actions.excuse(by=self.day.scope.actor, scope=self.day.scope, items=[word])

    @staticmethod
    def react() -> None:
        while work(wiring()):
            pass

    def standing(self, who: int) -> str:
        found = Line.objects.filter(round=self.day.round, person=self.people[who]).first()
        return found.standing if found else ""

    def agrees(self) -> None:
        """Tallies, a recount, the round read from the journal and the phone say the same."""
        day = self.day
        assert kept(EVERYTHING, day.round) == recount(EVERYTHING, day.round)
        now = queries.coverage(day.scope, day.round)
        then = recounted(day.scope, day.round, clock.now() + timedelta(days=1))
        assert [(r.done, r.missing, r.excused, r.moved, r.swabs) for r in then] == [
            (r.done, r.missing, r.excused, r.moved, r.swabs) for r in now.grids
        ]
        swabs = list(Sample.objects.filter(round=day.round).select_related("line"))
        assert all(one.person_id == one.line.person_id for one in swabs)
        valid = {str(one.line_id) for one in swabs if not one.aside and not one.undone_at}
        assert valid == {str(line.pk) for line in Line.objects.filter(round=day.round, standing="done")}
        assert valid == {row["id"] for row in phone.tables.lines(day.scope, day.community) if row["sample_ref"]}


def test_a_swab_of_the_one_who_was_on_no_roster_gets_a_line_of_its_own():
    """Only the row that is shown no more was on the roster; the swab was of the other."""
    found = Parting()
    merge = found.merge(4, 0)
    found.take(4)
    assert found.standing(4) == "done"
    found.part(merge)
    assert (found.standing(0), found.standing(4)) == ("missing", "done")
    found.agrees()


def test_a_late_swab_of_the_row_that_is_shown_no_more_takes_its_line_along():
    found = Parting()
    merge = found.merge(0, 4)
    found.take(4)
    assert found.standing(0) == "done"
    found.part(merge)
    assert (found.standing(0), found.standing(4)) == ("missing", "done")
    found.agrees()


def test_of_two_swabs_on_one_line_each_counts_for_its_own_once_they_are_two():
    found = Parting()
    merge = found.merge(0, 4)
    found.take(4)
    found.take(0)
    found.part(merge)
    assert (found.standing(0), found.standing(4)) == ("done", "done")
    assert not Sample.objects.exclude(aside="").exists()
    found.agrees()


def test_whoever_is_added_by_a_row_that_was_merged_has_one_line():
    found = Parting()
    merge = found.merge(0, 4)
    assert found.add(4)["line"] == found.add(0)["line"]
    found.part(merge)
    assert (found.standing(0), found.standing(4)) == ("missing", "")


def test_whoever_is_added_to_a_roster_that_has_neither_goes_back_with_the_parting():
    found = Parting()
    merge = found.merge(5, 4)
    assert found.add(4)["person"] == str(found.people[5].pk)
    found.part(merge)
    assert (found.standing(4), found.standing(5)) == ("missing", "")
    found.agrees()


def test_two_swabs_of_strangers_who_are_one_are_on_one_line():
    found = Parting()
    merge = found.merge(5, 4)
    swabs = [found.day.swab(found.people[no], at=found.now()) for no in (4, 5)]
    answers = actions.take_samples(by=found.day.scope.actor, scope=found.day.scope, samples=swabs)
    assert len({one.facts["line"] for one in answers}) == 1 and (found.standing(4), found.standing(5)) == ("", "done")
    found.part(merge)
    assert (found.standing(4), found.standing(5)) == ("done", "done")
    found.agrees()


def test_a_word_counts_for_the_line_it_was_said_on_at_an_earlier_moment_too():
    found = Parting()
    found.merge(0, 4)
    found.excuse(4)
    before = clock.now()
    word = actions.Word(
        ref=new_id(), at=found.now(), community=found.day.community.code, round=found.day.round.pk, person=found.people[0].pk
    )
    actions.put_back(by=found.day.scope.actor, scope=found.day.scope, items=[word])
    assert [queries.coverage(found.day.scope, found.day.round, moment).whole.excused for moment in (before, None)] == [1, 0]


@pytest.mark.parametrize("no", range(6))
def test_whatever_the_order_the_figures_agree(no: int):
    chance, found = random.Random(f"{os.environ['ZHEGU_SEED']}-{no}"), Parting()
    merges: list[Merge] = []
    for _ in range(14):
        match chance.choice(["merge", "part", "take", "take", "undo", "excuse", "add"]):
            case "merge":
                made = found.merge(*chance.sample(range(6), 2))
                merges += [made] if made else []
            case "part" if merges:
                found.part(merges.pop(chance.randrange(len(merges))))
            case "take":
                found.take(chance.randrange(6))
            case "undo" if found.swabs:
                found.undo(found.swabs.pop(chance.randrange(len(found.swabs))))
            case "excuse":
                found.excuse(chance.randrange(6))
            case "add":
                found.add(chance.randrange(6))
        found.agrees()
    while merges:
        found.part(merges.pop(chance.randrange(len(merges))))
        found.agrees()
