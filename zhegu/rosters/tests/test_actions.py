"""Posts, plans, crews, and what one shift hands to the next."""

from datetime import datetime, timedelta

import pytest

from zhegu.accounts.actions import serve_as
from zhegu.accounts.models import Role, ServesAs
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.journal.models import Entry
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.places.tests.make import B, community
from zhegu.rosters import actions, ledgers, queries
from zhegu.rosters.models import HandedOver, Shift
from zhegu.rosters.rules import Pattern, PostKind
from zhegu.rosters.tests.make import BY, DAY, House, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


def test_a_post_needs_a_name_of_its_own_within_the_community(house: House):
    def add(**more):
        new = actions.NewPost(**{"name": "仓库", "kind": PostKind.SUPPLIES} | more)
        return actions.add_post(by=BY, community=house.community, post=new, at=at(0), ref=new_id())

    assert add().status == "accepted"
    assert [add(name=" ").reason, add().reason, add(name="x", place=community(B)).reason] == [
        "rosters.name_needed", "rosters.name_taken", "rosters.unknown_place",
    ]  # fmt: skip


def test_crews_take_turns_through_the_nights_and_the_first_of_each_leads(house: House):
    crews = ((house.bo.pk, house.ana.pk), (house.dolma.pk,))
    assert len(house.plan(days=2, pattern=Pattern.HALVES, crews=crews).facts["shifts"]) == 4
    told = [
        (shift.day.day, shift.word, [(duty.staff.name, duty.leads) for duty in shift.duties.all()])
        for shift in queries.shifts_of_days(scope_of(house.ana), house.community, DAY, DAY + timedelta(days=1))
    ]
    day, night = [(house.bo.name, True), (house.ana.name, False)], [(house.dolma.name, True)]
    assert told == [(13, "morning", day), (13, "night", night), (14, "morning", day), (14, "night", night)]


def test_plans_that_cannot_be_are_refused_whole(house: House):
    stranger = staff("stranger", Role.OFFICE, community(B))
    assert house.plan(crews=((stranger.pk,),)).reason == "rosters.unknown_staff"
    assert house.plan(days=0).reason == "rosters.days_backwards"
    assert house.plan(days=32).reason == "rosters.too_many_days"
    assert house.plan().status == "accepted"
    assert house.plan(pattern=Pattern.FULL, since=DAY - timedelta(days=1)).status == "accepted"
    assert house.plan(pattern=Pattern.FULL).reason == "rosters.overlaps"
    assert len(house.shifts()) == 4


def test_a_plan_is_taken_back_and_made_again(house: House):
    made = house.plan().facts["shifts"]
    def cancel(when):
        return actions.cancel_shifts(by=BY, community=house.community, shifts=made, at=when, ref=new_id())

    assert cancel(at(17)).facts == {"n": 2}
    assert cancel(at(17)).reason == "rosters.nothing_to_cancel"
    assert [shift.word for shift in house.shifts()] == ["morning"]
    assert house.plan().reason == "rosters.overlaps"


def test_the_crew_of_a_shift_is_changed(house: House):
    house.plan(crews=((house.bo.pk,),))
    shift = house.shifts()[0]
    actions.set_crew(by=BY, shift=shift, crew=(house.dolma.pk, house.bo.pk, house.dolma.pk), at=at(7), ref=new_id())
    assert [(duty.staff_id, duty.leads) for duty in shift.duties.all()] == [(house.dolma.pk, True), (house.bo.pk, False)]


def test_a_closed_post_keeps_what_was_and_plans_no_more(house: House):
    house.plan()
    answer = actions.close_post(by=BY, post=house.post, at=at(17), ref=new_id())
    assert answer.status == "accepted" and [shift.word for shift in house.shifts()] == ["morning", "evening"]
    assert house.plan(since=DAY + timedelta(days=9)).reason == "rosters.post_closed_already"
    assert actions.close_post(by=BY, post=house.post, at=at(18), ref=new_id()).reason == "rosters.post_closed_already"


def test_who_is_on_changes_at_the_hour_and_not_before(house: House):
    house.plan(days=2, pattern=Pattern.HALVES, crews=((house.bo.pk,), (house.dolma.pk,)))

    def on(when):
        (one,) = queries.on_at(scope_of(house.ana), house.community, when)
        return [shift and [d.staff_id for d in shift.duties.all()] for shift in (one.now, one.next)]

    assert on(at(7)) == [None, [house.bo.pk]]
    assert on(at(8)) == [[house.bo.pk], [house.dolma.pk]]
    assert on(at(20)) == on(at(26, 30)) == [[house.dolma.pk], [house.bo.pk]]
    assert on(at(24 + 32)) == [None, None]


def test_a_shift_is_handed_over_once_and_taken_over_once(house: House):
    house.plan(crews=((house.bo.pk,), (house.dolma.pk,)))
    morning, evening, _ = house.shifts()
    assert house.hand_over(house.dolma, morning).reason == "rosters.unknown_shift"
    assert house.hand_over(house.dolma, evening, at=at(14, 59)).reason == "rosters.not_begun"
    said = house.hand_over(house.bo, morning).facts["handover"]
    assert house.hand_over(house.bo, morning).reason == "rosters.handed_over_before"
    assert house.about(actions.take_over, house.chen, said).reason == "rosters.unknown_handover"
    assert house.about(actions.take_over, house.dolma, said).status == "accepted"
    assert house.about(actions.take_over, house.dolma, said).reason == "rosters.taken_over_before"
    assert house.about(actions.undo_hand_over, house.bo, said).reason == "rosters.taken_over_before"
    row = HandedOver.objects.get()
    assert (row.notes, row.counts, row.taken_by) == ("两辆货车在等", {"people_in": 3}, house.dolma.actor.key)


def test_what_was_handed_over_by_mistake_is_taken_back_by_whoever_did_or_by_a_planner(house: House):
    house.plan(crews=((house.bo.pk,),))
    morning = house.shifts()[0]
    said = house.hand_over(house.bo, morning).facts["handover"]
    assert house.about(actions.undo_hand_over, house.dolma, said).reason == "rosters.unknown_handover"
    assert house.about(actions.undo_hand_over, house.bo, said).status == "accepted"
    again = house.hand_over(house.ana, morning).facts["handover"]
    assert house.about(actions.undo_hand_over, house.ana, again).status == "accepted"
    assert not queries.handovers(scope_of(house.ana), house.community, at(0), at(30)).exists()


def test_posts_of_other_grids_and_communities_are_out_of_reach(house: House):
    house.plan()
    assert not queries.posts(scope_of(house.chen), house.community).exists()
    assert not queries.shifts(scope_of(house.chen), house.community, at(0), at(30)).exists()
    outsider = scope_of(staff("outsider", Role.OFFICE, community(B)))
    for read in (
        lambda: queries.posts(outsider, house.community), lambda: queries.post(outsider, house.post.pk),
        lambda: queries.shift(outsider, house.shifts()[0].pk), lambda: queries.handover(outsider, new_id()),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            read()


def test_the_journal_holds_no_names(house: House):
    house.plan(crews=((house.bo.pk,),))
    house.hand_over(house.bo, house.shifts()[0])
    assert house.bo.name not in str(list(Entry.objects.values_list("kind", "answer"))) and Shift.objects.count() == 3


def serving(house: House, as_of: datetime) -> tuple[int, ...]:
    return tuple(one.value for one in ledgers.on_duty(scope_of(house.ana), as_of=as_of, community=house.community))


def test_who_is_on_duty_counts_once_and_by_what_they_serve_as_at_that_moment(house: House):
    house.plan(pattern=Pattern.HALVES, crews=((house.bo.pk, house.dolma.pk), (house.bo.pk, house.chen.pk)))
    assert serving(house, at(9)) == (3, 0, 0)
    for member, serves_as, when in (
        (house.bo, ServesAs.PARTY_MEMBER, 10), (house.dolma, ServesAs.VOLUNTEER, 11), (house.bo, ServesAs.STAFF, 13),
    ):  # fmt: skip
        serve_as(by=house.ana.actor, community=house.community, staff=member, serves_as=serves_as, at=at(when), ref=new_id())
    assert [serving(house, at(hour)) for hour in (9, 10, 12, 13)] == [(3, 0, 0), (3, 1, 0), (3, 1, 1), (3, 0, 1)]


def test_a_shift_past_midnight_is_on_duty_on_both_days_and_a_cancelled_one_until_it_was_cancelled(house: House):
    house.plan(pattern=Pattern.HALVES, crews=((), (house.bo.pk,)))
    night = house.shifts()[-1]
    assert [serving(house, at(hour))[0] for hour in (9, 33, 57)] == [1, 1, 0]
    actions.cancel_shifts(by=BY, community=house.community, shifts=[night.pk], at=at(12), ref=new_id())
    assert [serving(house, at(hour))[0] for hour in (11, 13)] == [1, 0]


def test_who_is_on_duty_elsewhere_is_nobodys_figure(house: House):
    outsider = staff("outsider", Role.OFFICE, community(B))
    with pytest.raises(NotFound):
        list(ledgers.on_duty(scope_of(outsider), as_of=at(9), community=house.community))
