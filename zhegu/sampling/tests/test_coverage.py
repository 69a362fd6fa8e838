"""Coverage never disagrees with itself, whatever happens in whatever order."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhegu.lib.ids import new_id
from zhegu.sampling import actions, queries
from zhegu.sampling.actions import Addition, Excused, MarkedGone, Noted, TubeRef, Word
from zhegu.sampling.models import Sample, Tube
from zhegu.sampling.queries.recount import kept, recount
from zhegu.sampling.rules import AddReason, Excuse, Gone, MissingReason
from zhegu.sampling.tests.make import EVERYTHING, Day, at, person

pytestmark = pytest.mark.django_db


def said(day: Day, minute: int, who: int, **facts) -> dict:
    return {
        "ref": new_id(), "at": at(minute), "community": day.community.code, "round": day.round.pk,
        "person": day.people[who].pk, **facts,
    }  # fmt: skip


def act(day: Day, tubes: list[TubeRef], step: tuple, minute: int) -> None:
    """One act of a random day; what is refused changes nothing and needs no care."""
    kind, who, pick = step
    by, scope = day.scope.actor, day.scope
    if kind == "take":
        tube = tubes[pick % len(tubes)]
        day.take(day.people[who], tube=tube, at=at(minute), at_home=pick == 0, card=day.card(day.people[who], pick + 1))
    elif kind == "undo":
        taken = list(Sample.objects.order_by("taken_at", "pk").values_list("pk", flat=True))
        day.undo(taken[pick % len(taken)] if taken else new_id(), at=at(minute))
    elif kind == "excuse":
        actions.excuse(by=by, scope=scope, items=[Excused(**said(day, minute, who), reason=list(Excuse)[pick % 4])])
    elif kind == "gone":
        actions.mark_gone(by=by, scope=scope, items=[MarkedGone(**said(day, minute, who), how=list(Gone)[pick % 2])])
    elif kind == "back":
        actions.put_back(by=by, scope=scope, items=[Word(**said(day, minute, who))])
    elif kind == "note":
        reason = list(MissingReason)[pick]
        actions.note_missing(by=by, scope=scope, items=[Noted(**said(day, minute, who), reason=reason)])
    elif kind == "add":
        newcomer = person(day.community, day.grid(pick % 3 + 1))
        facts = said(day, minute, who) | {"person": newcomer.pk}
        actions.add_to_roster(by=by, scope=scope, items=[Addition(**facts, reason=AddReason.NEW_ARRIVAL)])
        day.people.append(newcomer)


STEP = st.tuples(
    st.sampled_from(["take", "take", "take", "undo", "excuse", "gone", "back", "note", "add"]),
    st.integers(0, 5), st.integers(0, 3),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=25), shuffled=st.randoms(use_true_random=False))
def test_the_five_parts_are_always_the_roster_and_tallies_equal_a_recount(db, steps, shuffled):
    from django.db import transaction

    with transaction.atomic():
        day = Day().open().print_cards(4)
        minutes = list(range(len(steps)))
        shuffled.shuffle(minutes)  # acts arrive in another order than they happened
        tubes = [TubeRef(new_id(), "A", 10), TubeRef(new_id(), "B", 1), TubeRef(new_id(), "C", 10)]
        for step, minute in zip(steps, minutes, strict=True):
            act(day, tubes, step, minute)
        found = queries.coverage(day.scope, day.round)
        for row in [*found.grids, found.whole]:
            assert row.roster == row.done + row.excused + row.missing + row.moved + row.not_found
            assert row.roster == row.residents + row.incomers
            assert sum(row.excuses.values()) == row.excused
            assert sum(row.reasons.values()) == row.missing
            assert sum(row.results.values()) == row.done == row.single + row.mixed
        assert found.whole.roster == len(day.people)
        assert kept(EVERYTHING, day.round) == recount(EVERYTHING, day.round)
        books = queries.reconciliation(day.scope, day.round)
        assert books.agrees == (not [d for d in books.differences if d.kind != "tube_overfull"])
        assert books.people == found.whole.done and books.cards == found.whole.cards
        assert books.swabs == found.whole.swabs == sum(Tube.objects.values_list("swabs", flat=True))
        transaction.set_rollback(True)


def test_a_grid_worker_sees_only_their_own_row():
    day = Day().open()
    found = queries.coverage(day.sampler(2), day.round)
    assert [row.grid.no for row in found.grids] == [2]
    assert found.whole.roster == 2


def test_people_without_a_grid_have_a_row_of_their_own_at_the_end():
    day = Day()
    person(day.community, None)
    day.open(without_grid_reason="herders, to be placed")
    found = queries.coverage(day.scope, day.round)
    assert [row.grid and row.grid.no for row in found.grids] == [1, 2, 3, None]
    assert found.whole.roster == 7 and found.grids[-1].missing == 1
    assert [row.grid.no for row in queries.coverage(day.sampler(1), day.round).grids] == [1]


def test_due_leaves_out_who_is_excused_and_the_rate_is_of_due():
    day = Day().open()
    actions.excuse(by=day.scope.actor, scope=day.scope, items=[Excused(**said(day, 1, 0), reason=Excuse.ILL)])
    day.take(day.people[1])
    row = queries.coverage(day.scope, day.round).of(day.grid(1).code)
    assert (row.roster, row.due, row.done, row.rate, row.excuses) == (2, 1, 1, 1.0, Counter(ill=1))


def test_a_list_behind_a_number_holds_as_many_people_as_the_number_says():
    day = Day().open()
    day.take(day.people[0])
    day.take(day.people[3])
    found = queries.coverage(day.scope, day.round)
    for row in found.grids:
        for standing in ("done", "missing", "excused"):
            behind = queries.lines(day.scope, day.round, standing=standing, grid=row.grid.code)
            assert behind.count() == getattr(row, standing)


def test_coverage_takes_the_same_few_queries_however_many_grids(django_assert_max_num_queries):
    day = Day(grids=9, each=1).open()
    with django_assert_max_num_queries(4):
        queries.coverage(day.scope, day.round)


# --- at an earlier moment


def arrivals(moments: dict) -> None:
    """Says when each command arrived, whatever the clock of the test run says."""
    from zhegu.journal.models import Entry

    for ref, moment in moments.items():
        Entry.objects.filter(ref=ref).update(arrived=moment)


def test_a_moment_after_everything_arrived_is_now():
    from zhegu.lib import clock

    day = Day().open()
    day.take(day.people[0])
    now = queries.coverage(day.scope, day.round)
    assert queries.coverage(day.scope, day.round, clock.now()).grids == now.grids


def test_what_arrived_later_is_not_known_yet():
    from zhegu.journal.models import Entry

    day = Day().open().print_cards()
    Entry.objects.update(arrived=at(0))
    who, other, third = day.people[0], day.people[2], day.people[4]
    first = day.take(who, card=day.card(who))
    ill = said(day, 8, 2, reason=Excuse.ILL)
    actions.excuse(by=day.scope.actor, scope=day.scope, items=[Excused(**ill)])
    undo = day.undo(first.ref)
    late = day.take(third, at=at(5))
    away = said(day, 12, 2, reason=Excuse.AWAY)
    actions.excuse(by=day.scope.actor, scope=day.scope, items=[Excused(**away)])
    arrivals({first.ref: at(10), ill["ref"]: at(20), undo.ref: at(30), late.ref: at(40), away["ref"]: at(50)})

    def known(minute: int) -> tuple:
        whole = queries.coverage(day.scope, day.round, at(minute)).whole
        return whole.done, whole.excused, whole.missing, whole.cards, whole.swabs, whole.tubes, dict(whole.excuses)

    assert known(5) == (0, 0, 6, 0, 0, 0, {})
    assert known(15) == (1, 0, 5, 1, 1, 1, {})
    assert known(25) == (1, 1, 4, 1, 1, 1, {"ill": 1})
    assert known(35) == (0, 1, 5, 0, 0, 0, {"ill": 1})
    assert known(45) == (1, 1, 4, 0, 1, 1, {"ill": 1})
    assert known(55) == (1, 1, 4, 0, 1, 1, {"away": 1})
    assert other.pk == ill["person"]


def test_who_was_added_later_is_not_on_an_earlier_roster():
    from zhegu.journal.models import Entry

    day = Day().open()
    Entry.objects.update(arrived=at(0))
    newcomer = person(day.community, day.grid(1))
    added = day.add(newcomer)
    arrivals({added.ref: at(20)})
    assert queries.coverage(day.scope, day.round, at(10)).whole.roster == 6
    assert queries.coverage(day.scope, day.round, at(30)).whole.roster == 7


def test_pages_of_a_round_are_its_list_in_parts():
    day = Day().open()
    day.add(person(day.community, None, name="nowhere"))
    day.take(day.people[2])
    for found in (queries.lines(day.scope, day.round), queries.missing(day.scope, day.round)):
        pages = queries.by_grid(day.scope, day.round, found)
        assert len(pages) == found.count() and list(pages) == list(found)
        assert [row for first in range(0, len(pages), 2) for row in pages[first : first + 2]] == list(found)
