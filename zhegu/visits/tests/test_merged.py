"""Two rows of one person have two doors in a campaign: nobody is visited twice, and apart both are to be visited again."""

import pytest

from zhegu.journal.worker import work
from zhegu.lib.ids import new_id
from zhegu.registers import actions as registers
from zhegu.registers.models import Merge, Person
from zhegu.registers.tests.make import person
from zhegu.visits import actions
from zhegu.visits.models import Door, Said
from zhegu.visits.reactions import REACTIONS
from zhegu.visits.rules import What
from zhegu.visits.tests.make import BY, EVERYTHING, MORNING, Walk, open_in

pytestmark = pytest.mark.django_db


class Two(Walk):
    """独行 stands in the register twice, without a household, and so has two doors."""

    def __init__(self):
        super().__init__()
        self.again = person(self.community, "独行者", self.grids[0])
        self.nowhere = person(self.community, "不知住处")
        self.campaign = open_in(self.community, name="再敲门")

    def doors(self) -> tuple[Door, Door]:
        return tuple(Door.objects.get(campaign=self.campaign, pk=pk) for pk in self.known)

    def merge(self, kept: Person, dropped: Person) -> Merge:
        self.known = [Door.objects.get(campaign=self.campaign, person=one).pk for one in (kept, dropped)]
        answer = registers.merge_people(by=BY, kept=kept, dropped=dropped, at=MORNING, ref=new_id())
        react()
        return Merge.objects.get(pk=answer.facts["merge"])

    def visited(self, who: Person) -> None:
        door = Door.objects.get(campaign=self.campaign, person=who)
        visit = actions.NewVisit(ref=new_id(), at=MORNING, door=door.pk)
        assert actions.visit(by=BY, scope=EVERYTHING, community=self.community, items=[visit])[0].accepted


def react() -> None:
    while work(REACTIONS):
        pass


def part(merge: Merge) -> None:
    registers.undo_merge(by=BY, merge=merge, at=MORNING, ref=new_id())
    react()


@pytest.fixture
def two() -> Two:
    return Two()


def standings(two: Two) -> list[str]:
    return [door.standing for door in two.doors()]


def test_of_two_doors_that_nobody_visited_that_of_the_one_who_is_shown_stays_open(two):
    merge = two.merge(two.alone, two.again)
    _, dropped = two.doors()
    assert standings(two) == ["missing", "excused"] and dropped.excuse == "elsewhere"
    assert Said.objects.get(door=dropped, what=What.EXCUSE).by == "system:register"
    part(merge)
    assert standings(two) == ["missing", "missing"]
    assert Said.objects.filter(door=dropped).count() == 1, "what was said of it is still to be read"


def test_the_door_that_was_visited_counts_whichever_row_is_shown(two):
    two.visited(two.again)
    merge = two.merge(two.alone, two.again)
    assert standings(two) == ["excused", "done"]
    part(merge)
    assert standings(two) == ["missing", "done"]


def test_where_both_were_visited_both_visits_stay(two):
    two.visited(two.again)
    two.visited(two.alone)
    two.merge(two.alone, two.again)
    assert standings(two) == ["done", "done"]


def test_whoever_turns_out_to_live_in_a_house_is_visited_with_it(two):
    """The row that is shown has no place of its own and takes that of the other, whose house has a door of its own."""
    lives = two.people[0]
    own = Door.objects.get(campaign=two.campaign, person=two.nowhere)
    answer = registers.merge_people(by=BY, kept=two.nowhere, dropped=lives, at=MORNING, ref=new_id())
    react()
    own.refresh_from_db()
    house = Door.objects.get(campaign=two.campaign, household=lives.household)
    assert (own.standing, house.standing) == ("excused", "missing")
    part(Merge.objects.get(pk=answer.facts["merge"]))
    own.refresh_from_db()
    assert own.standing == "missing"


def test_the_sum_of_a_campaign_is_that_of_its_freezing(two):
    before = two.campaign.doors.count()
    part(two.merge(two.alone, two.again))
    two.merge(two.again, two.alone)
    assert two.campaign.doors.count() == before


def test_a_campaign_that_is_over_stays_as_it_was(two):
    actions.close_campaign(by=BY, campaign=two.campaign, at=MORNING, ref=new_id())
    two.merge(two.alone, two.again)
    assert standings(two) == ["missing", "missing"]


def excused(two: Two, **whose) -> None:
    door = Door.objects.get(campaign=two.campaign, **whose)
    word = actions.Word(ref=new_id(), at=MORNING, door=door.pk, what=What.EXCUSE, code="away")
    assert actions.say_words(by=BY, scope=EVERYTHING, community=two.community, items=[word])[0].accepted


def test_the_only_door_still_to_be_visited_stays_open(two):
    """The door of the row that is shown is over, because nobody was there: that of the other is where somebody goes."""
    excused(two, person=two.alone)
    two.merge(two.alone, two.again)
    assert standings(two) == ["excused", "missing"]


def test_a_house_that_is_excused_excuses_no_door_of_its_own(two):
    lives = two.people[0]
    excused(two, household=lives.household)
    registers.merge_people(by=BY, kept=two.nowhere, dropped=lives, at=MORNING, ref=new_id())
    react()
    assert Door.objects.get(campaign=two.campaign, person=two.nowhere).standing == "missing"
