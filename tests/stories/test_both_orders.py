"""What happened in one order may arrive in another: undo, undone merges, late activation, sync after closing.

Each pair of acts is done on two equal days, in both orders of arrival; the days end equal.
"""

from collections.abc import Callable
from itertools import permutations
from uuid import UUID

import pytest

from zhegu.cards import queries as cards
from zhegu.journal.worker import work
from zhegu.lib.ids import new_id
from zhegu.registers import actions as registers
from zhegu.registers import queries as register
from zhegu.registers.models import Merge, Person
from zhegu.sampling import actions, queries
from zhegu.sampling.models import Line, Sample
from zhegu.sampling.queries.recount import kept, recount
from zhegu.sampling.tests.make import EVERYTHING, Day, at
from zhegu.wiring import wiring

pytestmark = pytest.mark.django_db
COMMUNITIES = [f"5405261010{n:02}" for n in range(1, 7)]
Act = Callable[[Day], object]


def days(*acts: Act) -> list[tuple[Day, tuple[Act, ...]]]:
    """A fresh day for every order in which these acts may arrive."""
    return [
        (Day(code, grids=2, each=2).open().print_cards(), order)
        for code, order in zip(COMMUNITIES, permutations(acts), strict=False)
    ]


def after(day: Day, order: tuple[Act, ...]) -> dict:
    """How the day stands when all has arrived and the reactions have run."""
    for act in order:
        act(day)
        while work(wiring()):
            pass
    return state(day)


def state(day: Day) -> dict:
    """Everything that people are told: standings, swabs, cards, sums; told by place, since two days have
    other ids."""
    place = {person.pk: n for n, person in enumerate(day.people)}
    lines = Line.objects.filter(round=day.round)
    swabs = Sample.objects.filter(round=day.round).select_related("tube")
    whole = queries.coverage(day.scope, day.round).whole
    books = queries.reconciliation(day.scope, day.round)
    assert recount(EVERYTHING, day.round) == kept(EVERYTHING, day.round)
    return {
        "lines": sorted((place[line.person_id], line.standing) for line in lines),
        # Of a swab that was taken back only that is told; its card stands with the cards.
        "swabs": sorted(
            (place[one.person_id], one.tube.label, *(("undone",) if one.undone_at else (one.aside, one.card)))
            for one in swabs
        ),
        "cards": {
            card.serial: str(cards.state_of(EVERYTHING, card)) for card in cards.cards(EVERYTHING, day.community)
        },
        "figures": (whole.done, whole.missing, whole.moved, whole.excused, whole.tubes, whole.cards, whole.swabs),
        "books": (books.people, books.cards, books.swabs, sorted(str(one.kind) for one in books.differences)),
        "shown": sorted(place[one.pk] for one in register.people(day.scope, day.community)),
    }  # fmt: skip


def must_agree(*acts: Act) -> dict:
    """The same end for every order of arrival; answers it."""
    ends = [after(day, order) for day, order in days(*acts)]
    assert len(ends) > 1 and all(end == ends[0] for end in ends), ends
    return ends[0]


# --- acts, the same on every day


SWAB, SECOND = UUID(int=1), UUID(int=2)


def ref(day: Day, which: UUID) -> UUID:
    """One ref for each act and day."""
    return UUID(int=int(day.community.code) << 32 | which.int)


def taken(day: Day) -> object:
    who = day.people[0]
    return day.take(who, ref=ref(day, SWAB), at=at(10), card=day.card(who))


def taken_again(day: Day) -> object:
    """By another table, with another card, later."""
    who = day.people[0]
    return day.take(who, ref=ref(day, SECOND), at=at(20), card=day.card(who, 2))


def undone(day: Day) -> object:
    return day.undo(ref(day, SWAB), at=at(30))


def closed(day: Day) -> object:
    return actions.close_round(
        by=day.scope.actor, scope=day.scope, round_=day.round, note="late facts", at=at(100), ref=new_id()
    )


def went(day: Day) -> object:
    item = registers.SetPresence((day.people[0],), "moved_away", at(5).date(), at(5), new_id())
    return registers.set_presence(by=day.scope.actor, community=day.community, items=[item])


def test_an_undo_before_or_after_its_swab_is_one_undo():
    end = must_agree(taken, undone)
    assert end["figures"] == (0, 4, 0, 0, 0, 0, 0) and end["swabs"] == [(0, "T-1", "undone")]


def test_a_swab_of_the_day_may_arrive_after_the_closing():
    """Its card had lapsed with the closing; the late record lifts that."""
    end = must_agree(taken, closed)
    assert end["figures"][0] == 1 and end["cards"][1001000001] == "active"
    assert end["cards"][1001000002] == "lapsed"


def test_swab_undo_and_closing_arrive_in_any_order():
    end = must_agree(taken, undone, closed)
    assert end["figures"][0] == 0 and end["cards"][1001000001] == "lapsed"


def test_two_swabs_and_an_undo_leave_the_other_one():
    """Whichever table's record comes first: with the first swab undone, the second is the person's own."""
    end = must_agree(taken, taken_again, undone)
    assert end["figures"][0] == 1 and end["cards"][1001000002] == "active"


def test_somebody_who_moved_away_and_was_sampled_all_the_same_is_done():
    end = must_agree(taken, went)
    assert end["lines"][0] == (0, "done")


def merged(day: Day) -> object:
    kept_, dropped = Person.objects.get(pk=day.people[0].pk), Person.objects.get(pk=day.people[1].pk)
    return registers.merge_people(by=day.scope.actor, kept=kept_, dropped=dropped, at=at(3), ref=new_id())


def parted(day: Day) -> object:
    merge = Merge.objects.get(community=day.community, undone=None)
    return registers.undo_merge(by=day.scope.actor, merge=merge, at=at(40), ref=new_id())


@pytest.mark.parametrize("late", [False, True], ids=["swab first", "swab last"])
def test_an_undone_merge_leaves_two_people_whenever_the_swab_arrives(late: bool):
    """Two rows are merged by mistake and parted again; a swab of one of them comes before or after."""
    early, other = Day(COMMUNITIES[0], grids=2, each=2), Day(COMMUNITIES[1], grids=2, each=2)
    for day in (early, other):
        day.open().print_cards()
    straight = after(other, (taken,))
    order = (merged, parted, taken) if late else (taken, merged, parted)
    assert after(early, order) == straight
    assert straight["lines"][:2] == [(0, "done"), (1, "missing")]


def test_a_swab_between_merge_and_parting_belongs_to_whom_it_was_taken_from():
    between, straight = Day(COMMUNITIES[2], grids=2, each=2), Day(COMMUNITIES[3], grids=2, each=2)
    for day in (between, straight):
        day.open().print_cards()
    assert after(between, (merged, taken, parted)) == after(straight, (taken,))
