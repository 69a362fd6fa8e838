"""Two rows of the register were one person: what every room has of them goes together, and apart again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Look, Role
from zhegu.accounts.tests.make import staff
from zhegu.arrivals.models import Arrival, Site, Worker
from zhegu.care.models import CareNeed
from zhegu.handouts.models import Share
from zhegu.handouts.tests.make import handout_in
from zhegu.journal.worker import work
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.lib.texts import text
from zhegu.monitoring.models import Check
from zhegu.monitoring.rules import How, Slot
from zhegu.monitoring.tests.make import Home, at
from zhegu.orders.models import Medicine, Order
from zhegu.orders.rules.states import OrderKind, Source
from zhegu.outbreaks import actions as outbreaks
from zhegu.outbreaks.models import Tested as SwabResult
from zhegu.registers import actions as registers
from zhegu.registers.models import Followed, Merge, Person
from zhegu.residents import actions as residents
from zhegu.residents.models import Link
from zhegu.sampling.models import Line, Sample
from zhegu.sampling.tests.make import Day
from zhegu.sampling.tests.make import person as newcomer
from zhegu.upkeep import actions as upkeep
from zhegu.upkeep import nights
from zhegu.visits.models import Campaign, Door
from zhegu.wiring import wiring

pytestmark = pytest.mark.django_db
WHEN = at("2022-09-13 10:00")


@pytest.fixture
def home() -> Home:
    return Home()


def merge(by, kept: Person, dropped: Person, minutes: int = 0) -> Merge:
    kept.refresh_from_db()
    dropped.refresh_from_db()
    when = WHEN + timedelta(minutes=minutes)
    answer = registers.merge_people(by=by.actor, kept=kept, dropped=dropped, at=when, ref=new_id())
    react()
    return Merge.objects.get(pk=answer.facts["merge"])


def part(by, merged: Merge) -> None:
    registers.undo_merge(by=by.actor, merge=merged, at=WHEN, ref=new_id())
    react()


def react() -> None:
    while work(wiring()):
        pass


def rows_of_every_room(home: Home, person: Person) -> list:
    """Something of this person in the rooms that know people."""
    place = home.community
    base = {"id": new_id(), "community": place, "at": WHEN, "by": "staff:ana"}
    arrival = Arrival.objects.create(
        **base, person=person, party=base["id"], way="office", kind="returnee", name="x", came_from="拉萨", arrived=WHEN, transport="car"
    )
    worker = Worker.objects.create(site=Site.objects.create(community=place, name="A"), person=person, since=WHEN.date())
    care = CareNeed.objects.create(community=place, person=person, source="office", since=WHEN, by="staff:ana")
    residents.make_link(by=home.ana.actor, community=place, person=person, at=WHEN, ref=new_id())
    outbreaks.record_tests(
        by=home.ana.actor, outbreak=home.outbreak, acts=[outbreaks.RecordTest(person, "negative", WHEN, new_id())]
    )
    day = WHEN.date()
    campaign = Campaign.objects.create(
        id=new_id(), community=place, no=1, name="A", starts_on=day, ends_on=day, opened_at=WHEN, opened_by="staff:ana"
    )
    door = Door.objects.create(campaign=campaign, person=person)
    check = Check.objects.create(**base, outbreak=home.outbreak, person=person, day=day, slot=Slot.MORNING, how=How.PHONE)
    share = Share.objects.create(handout=handout_in(place), person=person, people=1, amount=1)
    order = Order.objects.create(**base, no=1, kind=OrderKind.MEDICINE, source=Source.CALL)
    medicine = Medicine.objects.create(order=order, person=person, drug="x", strength="1", boxes=1)
    swab = SwabResult.objects.get()
    return [arrival, worker, care, Link.objects.get(), swab, door, check, share, medicine, home.measure(people=[person])]


def whose(rows: list) -> set:
    return {type(row).objects.get(pk=row.pk).person_id for row in rows}


def test_everything_goes_with_the_person_and_back(home):
    kept, dropped = home.people[:2]
    rows = rows_of_every_room(home, dropped)
    own = Check.objects.create(
        id=new_id(), community=home.community, outbreak=home.outbreak, person=kept, at=WHEN, by="staff:ana",
        day=WHEN.date(), slot=Slot.EVENING, how=How.PHONE,
    )  # fmt: skip
    merged = merge(home.ana, kept, dropped)
    assert whose(rows) == {kept.pk}
    part(home.ana, merged)
    assert whose(rows) == {dropped.pk} and whose([own]) == {kept.pk}
    assert not Followed.objects.exists()


def test_a_merge_is_undone_years_later_as_if_it_had_never_been(home, monkeypatch):
    monkeypatch.setattr(nights, "sweep", lambda: None)
    kept, dropped = home.people[:2]
    rows = [Worker.objects.create(site=Site.objects.create(community=home.community, name="A"), person=dropped, since=WHEN.date())]
    merged = merge(home.ana, kept, dropped)
    upkeep.destroy_expired(
        by=home.ana.actor, scope=Scope.everything("a test of the nights"), community=home.community,
        at=WHEN + timedelta(days=1000), ref=new_id(),
    )  # fmt: skip
    assert whose(rows) == {kept.pk}
    part(home.ana, merged)
    assert whose(rows) == {dropped.pk}


@pytest.mark.parametrize("first", [0, 1])
def test_merged_twice_and_undone_in_either_order(home, first):
    third, kept, dropped = home.people[:3]
    rows = rows_of_every_room(home, dropped)
    merges = [merge(home.ana, kept, dropped), merge(home.ana, third, kept, 1)]
    assert whose(rows) == {third.pk}
    part(home.ana, merges[first])
    assert whose(rows) == {dropped.pk if first == 0 else kept.pk}
    part(home.ana, merges[1 - first])
    assert whose(rows) == {dropped.pk} and not Followed.objects.exists()


def test_what_may_stand_but_once_stays_for_a_person_to_look_at(home):
    kept, dropped = home.people[:2]
    needs = [
        CareNeed.objects.create(community=home.community, person=who, source="office", since=WHEN, by="staff:ana")
        for who in (kept, dropped)
    ]
    part(home.ana, merge(home.ana, kept, dropped))
    assert [CareNeed.objects.get(pk=one.pk).person_id for one in needs] == [kept.pk, dropped.pk]


def test_both_shares_of_a_list_stay_on_it(home):
    kept, dropped = home.people[:2]
    handout = handout_in(home.community)
    shares = [Share.objects.create(handout=handout, person=who, people=1, amount=1) for who in (kept, dropped)]
    part(home.ana, merge(home.ana, kept, dropped))
    merge(home.ana, kept, dropped, 1)
    assert [Share.objects.get(pk=one.pk).person_id for one in shares] == [kept.pk, dropped.pk]


def test_a_word_that_arrives_after_the_merge_is_of_who_is_shown_and_goes_back_too(home):
    kept, dropped = home.people[:2]
    home.measure(people=[dropped])
    merged = merge(home.ana, kept, dropped)
    answer = home.check(dropped, "2022-09-13 10:00")
    assert answer.accepted, answer
    outbreaks.record_tests(
        by=home.ana.actor, outbreak=home.outbreak, acts=[outbreaks.RecordTest(dropped, "negative", WHEN, new_id())]
    )
    assert whose([Check.objects.get(), SwabResult.objects.get()]) == {kept.pk}
    part(home.ana, merged)
    assert whose([Check.objects.get(), SwabResult.objects.get()]) == {dropped.pk}


def test_a_roster_that_has_one_of_them_has_the_person(home):
    day = Day(code="540526101002")
    day.open()
    dropped = day.people[0]
    first = Sample.objects.get(pk=day.take(day.people[1]).facts["sample"])
    kept = newcomer(day.community, day.grid(1))
    merged = merge(day.scope, kept, dropped)
    line = Line.objects.get(round=day.round, person=kept)
    late = day.take(dropped)
    assert late.accepted and late.facts["line"] == str(line.pk)
    swab = Sample.objects.get(pk=late.facts["sample"])
    assert swab.person_id == kept.pk and swab.pk != first.pk
    assert Line.objects.filter(round=day.round).count() == len(day.people)
    part(day.scope, merged)
    assert whose([line, swab]) == {dropped.pk}


# --- in words, for whoever decides


def test_before_and_after_a_merge_the_office_reads_what_moves_and_what_clashes(home):
    kept, dropped = home.people[:2]
    rows_of_every_room(home, dropped)
    home.measure(people=[kept])
    ana = Client()
    ana.force_login(staff("ana-merges", Role.OFFICE, home.community))
    asked = ana.get(reverse("registers:merge", args=[kept.pk, dropped.pk])).content.decode()
    clash = text("monitoring.stays_measure", n=1)
    both = [text(f"{key}", n=1) for key in ("arrivals.follows_arrival", "visits.follows_door", "monitoring.follows_check", "orders.follows_medicine")]
    assert all(words in asked for words in both) and asked.count(clash) == 2, "whichever row is shown"
    assert "密切接触者" in asked and not Merge.objects.exists()
    merged = merge(home.ana, kept, dropped)
    after = ana.get(reverse("registers:merged", args=[merged.pk])).content.decode()
    assert all(words in after for words in both) and after.count(clash) == 1
    assert set(Look.objects.filter(screen="registers.merge").values_list("subjects__person", flat=True)) == {kept.pk, dropped.pk}
    part(home.ana, merged)
    over = ana.get(reverse("registers:merged", args=[merged.pk])).content.decode()
    assert text("registers.already_undone") in over and clash not in over


def test_once_merged_the_office_is_shown_what_came(home):
    kept, dropped = home.people[:2]
    ana = Client()
    ana.force_login(staff("ana-merges", Role.OFFICE, home.community))
    post = {"keep": str(kept.pk), "ref": str(new_id())}
    said = ana.post(reverse("registers:merge", args=[kept.pk, dropped.pk]), post)
    assert said["Location"] == reverse("registers:merged", args=[Merge.objects.get().pk])
