"""Two rows of one person: what somebody is under neither vanishes with a merge nor ends by it."""

import pytest

from zhegu.journal.worker import work
from zhegu.lib.ids import new_id
from zhegu.monitoring import queries
from zhegu.monitoring.models import Measure
from zhegu.monitoring.reactions import REACTIONS
from zhegu.monitoring.tests.make import Home, at
from zhegu.outbreaks import queries as outbreaks
from zhegu.registers import actions as registers
from zhegu.registers.models import Merge

pytestmark = pytest.mark.django_db
WHEN = at("2022-09-13 10:00")


@pytest.fixture
def home() -> Home:
    return Home()


def merge(home: Home, kept, dropped) -> Merge:
    answer = registers.merge_people(by=home.ana.actor, kept=kept, dropped=dropped, at=WHEN, ref=new_id())
    while work(REACTIONS):
        pass
    return Merge.objects.get(pk=answer.facts["merge"])


def part(home: Home, merged: Merge) -> None:
    registers.undo_merge(by=home.ana.actor, merge=merged, at=WHEN, ref=new_id())
    while work(REACTIONS):
        pass


def held(home: Home, *people) -> set:
    ids = [one.pk for one in people]
    return {who for who, rows in queries.holding(home.ana, home.community, WHEN, people=ids).items() if rows}


def asked(home: Home) -> list:
    return [one.pk for one in queries.under_checks(home.tashi, home.outbreak, WHEN.date()).people]


def test_whoever_is_kept_is_under_it_and_parted_it_goes_back(home):
    one, other = home.people[:2]
    measure = home.measure(people=[other])
    merged = merge(home, one, other)
    assert held(home, one) == {one.pk} and asked(home) == [one.pk]
    assert outbreaks.standings(home.ana, home.outbreak).get(one.pk)
    assert queries.timeline(home.ana, queries.measure(home.ana, measure.pk), WHEN)
    part(home, merged)
    assert held(home, one, other) == {other.pk} and asked(home) == [other.pk]


def test_under_the_same_already_both_stay_for_a_person_to_look_at(home):
    one, other = home.people[:2]
    home.measure(people=[one])
    home.measure(people=[other])
    part(home, merge(home, one, other))
    assert held(home, one, other) == {one.pk, other.pk}
    assert Measure.objects.filter(ended=None).count() == 2


def test_what_was_laid_on_after_the_merge_stays_where_it_was_laid(home):
    one, other = home.people[:2]
    merged = merge(home, one, other)
    home.measure(people=[one])
    part(home, merged)
    assert held(home, one, other) == {one.pk}


def test_a_reaction_that_is_tried_again_changes_nothing(home):
    one, other = home.people[:2]
    home.measure(people=[other])
    merge(home, one, other)
    from zhegu.journal.models import Entry
    from zhegu.registers.actions import Happened

    entry = Entry.objects.get(kind=Happened.PEOPLE_MERGED)
    for react in REACTIONS[Happened.PEOPLE_MERGED]:
        react(entry)
    assert Measure.objects.get().steps.filter(did="followed").count() == 1
