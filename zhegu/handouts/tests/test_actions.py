"""A share is handed out once; the goods leave the store; what is odd is kept and shown."""

from datetime import timedelta
from uuid import UUID

import pytest

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.handouts import actions, queries
from zhegu.handouts.models import Given, Handout, Share
from zhegu.handouts.rules import Per
from zhegu.handouts.tests.make import BY, EVERYTHING, PLENTY, give, handout_in, held, undo, yard_in
from zhegu.lib.ids import new_id
from zhegu.registers.models import Household, Person
from zhegu.sampling.tests.make import Day, at, household, staff
from zhegu.stock import actions as moving
from zhegu.stock import queries as stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    """Three grids with a household of two each."""
    return Day()


def share_of(handout: Handout, who: Person) -> Share:
    return Share.objects.select_related("handout__community").get(handout=handout, household=who.household)


def codes(handout: Handout) -> list[list[str]]:
    return [why for _, why in queries.flagged(EVERYTHING, handout)]


def test_every_home_has_a_share_and_so_has_somebody_without_one(day: Day):
    Household.objects.filter(pk=day.people[5].household_id).update(order=3)
    Person.objects.filter(pk=day.people[5].pk).update(household=None)
    household(day.community, day.grid(1), "empty")
    found = handout_in(day.community)
    assert [(one.people, one.amount) for one in queries.shares(EVERYTHING, found)] == [(2, 10_000), (2, 10_000), (1, 5000), (1, 5000)]
    same = handout_in(day.community, per=Per.HOUSEHOLD, grids=(day.grid(2).code,))
    assert [(one.people, one.amount) for one in queries.shares(EVERYTHING, same)] == [(2, 5000)]


def test_what_is_handed_out_leaves_the_store_once(day: Day):
    found = handout_in(day.community)
    mine = share_of(found, day.people[0])
    item = actions.HandOut(ref=new_id(), at=at(1), share=mine.pk)
    for _ in range(3):
        (answer,) = actions.hand_out(by=BY, scope=EVERYTHING, community=day.community, items=[item])
        assert (answer.accepted, answer.facts["looks"]) == (True, [])
    assert held(found) == PLENTY - 10_000
    assert queries.totals(EVERYTHING, [found])[found.pk] == queries.Progress(3, 1, 30_000, 10_000)
    assert not stock.recount(EVERYTHING, day.community)


def test_two_phones_without_a_signal_both_count_and_the_office_sees_it(day: Day):
    found = handout_in(day.community)
    mine = share_of(found, day.people[0])
    late, early = give(mine, at=at(9)), give(mine, at=at(5))
    assert (late.facts["looks"], early.facts["looks"]) == ([], ["handout_again"])
    assert held(found) == PLENTY - 20_000
    assert str(share_of(found, day.people[0]).given_id) == early.facts["given"], "the first counts, whenever it arrived"
    assert codes(found) == [["handouts.flag_again"]] * 2
    assert undo(early, day.community).accepted
    assert str(share_of(found, day.people[0]).given_id) == late.facts["given"]
    assert (codes(found), held(found)) == ([], PLENTY - 10_000)


def test_taking_back_brings_the_goods_home_and_the_share_is_due_again(day: Day):
    found = handout_in(day.community)
    gone = give(share_of(found, day.people[0]))
    assert undo(gone, day.community).accepted
    assert (held(found), share_of(found, day.people[0]).given) == (PLENTY, None)
    assert undo(gone, day.community).reason == "handouts.undone_before"


def test_a_card_of_another_round_a_foreign_one_and_none_are_told(day: Day):
    day.open().print_cards()
    found, no = handout_in(day.community, card_round=day.round.no), day.round.no
    good = day.card(day.people[0])
    card = {"card_serial": good.serial, "card_kid": good.kid}
    assert give(share_of(found, day.people[0]), **card).facts["looks"] == []
    assert give(share_of(found, day.people[2])).facts["looks"] == ["handout_no_card"]
    strange = {"card_serial": good.serial, "card_kid": "00" * 8}
    assert give(share_of(found, day.people[4]), **strange).facts["looks"] == ["handout_not_genuine"]
    other = handout_in(day.community, card_round=no + 1)
    assert give(share_of(other, day.people[0]), **card).facts["looks"] == ["handout_other_round"]
    assert sorted(code for why in codes(found) for code in why) == ["handouts.voucher_no_card", "handouts.voucher_not_genuine"]


def test_one_card_for_two_homes_is_seen(day: Day):
    day.open().print_cards()
    found, good = handout_in(day.community, card_round=day.round.no), day.card(day.people[0])
    card = {"card_serial": good.serial, "card_kid": good.kid}
    give(share_of(found, day.people[0]), **card), give(share_of(found, day.people[2]), **card)
    assert codes(found) == [["handouts.flag_card_twice"]] * 2
    for row, _ in queries.flagged(EVERYTHING, found):
        assert actions.look_at(by=BY, community=day.community, given=row, at=at(9), ref=new_id()).accepted
    assert not codes(found)
    again = actions.look_at(by=BY, community=day.community, given=row, at=at(9), ref=new_id())
    assert again.reason == "handouts.looked_before"


def test_more_than_the_books_hold_is_kept_and_asks_for_a_count(day: Day):
    found = handout_in(day.community, amount=15_000)
    first, second = give(share_of(found, day.people[0])), give(share_of(found, day.people[2]))
    assert (first.facts["looks"], second.facts["looks"]) == ([], ["handout_short"])
    assert (held(found), codes(found)) == (5000, [["handouts.flag_short"]])
    assert undo(second, day.community).accepted
    assert held(found) == 5000


def test_whoever_does_not_work_there_hands_nothing_out(day: Day):
    found = handout_in(day.community)
    mine = share_of(found, day.people[0])
    for role, place in ((Role.GRID_WORKER, day.grid(2)), (Role.SAMPLER, day.grid(1))):
        scope = scope_of(staff(f"no-{role}", role, place))
        assert give(mine, scope).reason == "handouts.unknown_share"
    worker = scope_of(staff("yes", Role.GRID_WORKER, day.grid(1)))
    gone = give(mine, worker)
    assert gone.accepted
    assert undo(gone, day.community, scope_of(staff("other", Role.GRID_WORKER, day.grid(2)))).reason == "handouts.unknown_given"
    assert [one.pk for one in queries.shares(worker, found)] == [mine.pk]


def test_after_the_closing_only_what_happened_before_is_taken(day: Day):
    found = handout_in(day.community)
    who = {"by": BY, "handout": found, "at": at(60)}
    assert actions.close_handout(**who, ref=new_id()).accepted
    assert actions.close_handout(**who, ref=new_id()).reason == "handouts.closed"
    assert give(share_of(found, day.people[0]), at=at(61)).reason == "handouts.closed"
    assert give(share_of(found, day.people[0]), at=at(59)).accepted
    assert actions.reopen_handout(**who, ref=new_id()).accepted
    assert actions.reopen_handout(**who, ref=new_id()).reason == "handouts.open_already"
    assert give(share_of(found, day.people[2]), at=at(61)).accepted


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"name": " "}, "handouts.name_needed"),
        ({"amount": 0}, "stock.bad_amount"),
        ({"store": UUID(int=1)}, "stock.unknown_store"),
        ({"item": UUID(int=1)}, "stock.unknown_item"),
        ({"grids": ("540526101001999",)}, "handouts.nobody"),
    ],
)
def test_what_cannot_be_opened_says_why(day: Day, wrong: dict, reason: str):
    store, item = yard_in(day.community)
    facts = {"name": "x", "store": store, "item": item, "per": Per.PERSON, "amount": 1000} | wrong
    answer = actions.open_handout(by=BY, community=day.community, handout=actions.NewHandout(**facts), at=at(0), ref=new_id())
    assert (answer.reason, Handout.objects.count()) == (reason, 0)


def test_a_store_of_another_community_is_not_given_from(day: Day):
    other = Day("540526101002")
    store, _ = yard_in(other.community)
    wanted = actions.NewHandout("x", store, yard_in(day.community)[1], Per.PERSON, 1000)
    answer = actions.open_handout(by=BY, community=day.community, handout=wanted, at=at(0), ref=new_id())
    assert answer.reason == "stock.unknown_store"


def test_numbers_follow_one_another_and_progress_adds_up(day: Day):
    found = [handout_in(day.community) for _ in range(3)]
    assert [one.no for one in found] == [1, 2, 3]
    give(share_of(found[2], day.people[2]), at=at(0) + timedelta(minutes=3))
    parts = queries.progress(EVERYTHING, found[2])
    assert [(place.no, part.shares, part.done) for place, part in parts] == [(1, 1, 0), (2, 1, 1), (3, 1, 0)]
    assert sum((part for _, part in parts), queries.Progress()) == queries.totals(EVERYTHING, found)[found[2].pk]
    assert Given.objects.count() == 1


def test_goods_the_store_took_back_ask_whether_the_share_was_handed_out(day: Day):
    found = handout_in(day.community)
    gone = give(share_of(found, day.people[0]))
    (row,) = Given.objects.all()
    assert moving.undo_slip(by=BY, community=day.community, slip=row.slip_id, at=at(1), ref=new_id()).accepted
    assert (held(found), codes(found)) == (PLENTY, [["handouts.flag_slip_undone"]])
    assert undo(gone, day.community).accepted
    assert (held(found), codes(found)) == (PLENTY, [])
