"""Writing the register: who belongs where, who is here, and nothing twice."""

import time
from datetime import date, timedelta

import pytest

from zhegu.journal.models import Entry
from zhegu.journal.tests.make import BO, MORNING
from zhegu.lib.codes import new_resident_code
from zhegu.lib.ids import new_id
from zhegu.places.models import Kind, Place
from zhegu.places.tests.make import A, B, community, grid
from zhegu.registers import actions, queries
from zhegu.registers.models import Household, NameKey, Person, Presence, Trace
from zhegu.registers.tests.make import EVERYTHING, household, id_number, person

pytestmark = pytest.mark.django_db
PAPER = id_number(date(1985, 3, 2), 11)


def add(here, **facts):
    return actions.add_person(by=BO, community=here, facts={"name": "扎西", **facts}, at=MORNING, ref=new_id())


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ({"name": " 扎 西 "}, {"name": "扎西"}),
        ({"phone": "１３９ ８９００ １２３４"}, {"phone": "13989001234"}),
        ({"phone": "༡༣༩༨༩༠༠༡༢༣༤"}, {"phone": "13989001234"}),
        ({"phone": "0893-1234567"}, {"phone": "08931234567"}),
        ({"id_number": f" {PAPER[:6]} {PAPER[6:]} "}, {"id_number": PAPER, "id_valid": True, "birth_date": date(1985, 3, 2), "sex": "m"}),
        ({"id_number": PAPER[:-1] + "?"}, {"id_valid": False}),
        ({"id_number": PAPER, "birth_date": "1990-01-01"}, {"birth_date": date(1990, 1, 1)}),
        ({"id_number": "H12345678"}, {"id_kind": "hm_travel", "id_valid": True, "sex": ""}),
        ({"birth_year": "1970"}, {"birth_year": 1970, "birth_date": None}),
        ({}, {"phone": "", "id_number": "", "residence": "resident", "presence": "here", "grid": None}),
    ],
)
def test_facts_are_kept_in_one_spelling(facts, kept):
    made = Person.objects.get(pk=add(community(), **facts).facts["person"])
    assert {name: getattr(made, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"name": "  "}, "write_a_name"), ({"phone": "12345"}, "phone_unreadable"), ({"birth_date": "1985-13-01"}, "birth_wrong"),
        ({"birth_year": "1700"}, "birth_wrong"), ({"name": "扎" * 121}, "too_long"), ({"sex": "x"}, "unknown_word"),
        ({"residence": "guest"}, "unknown_word"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(facts, reason):
    answer = add(community(), **facts)
    assert answer.reason == f"registers.{reason}" and not Person.objects.exists()


def test_a_valid_paper_belongs_to_one_person_of_the_community():
    here = community()
    first = add(here, id_number=PAPER)
    again = add(here, id_number=PAPER.lower())
    assert again.reason == "registers.paper_taken" and again.facts["person"] == first.facts["person"]
    assert add(community(B), id_number=PAPER).accepted
    other = Person.objects.get(pk=add(here).facts["person"])
    change = actions.change_person(by=BO, person=other, changes={"id_number": PAPER}, at=MORNING, ref=new_id())
    assert change.reason == "registers.paper_taken"


def test_a_batch_adds_the_good_and_names_the_bad():
    here = community()
    said = [{"name": "达瓦", "id_number": PAPER}, {"name": ""}, {"name": "普布", "id_number": PAPER}, {"name": "巴桑"}]
    items = [actions.NewPerson(facts, MORNING, new_id(), grid=grid(here, 1)) for facts in said]
    answers = actions.add_people(by=BO, community=here, items=items)
    assert [a.status for a in answers] == ["accepted", "refused", "refused", "accepted"]
    assert set(Person.objects.values_list("name", flat=True)) == {"达瓦", "巴桑"}


def test_a_repeated_ref_adds_nobody_and_another_body_is_a_conflict():
    here, ref = community(), new_id()
    said = {"by": BO, "community": here, "at": MORNING, "ref": ref}
    first = actions.add_person(facts={"name": "扎西"}, **said)
    again = actions.add_person(facts={"name": "扎西"}, **said)
    other = actions.add_person(facts={"name": "达瓦"}, **said)
    assert first.facts == again.facts and not again.new and other.status == "conflict"
    assert Person.objects.count() == 1


def test_someone_added_on_a_phone_keeps_their_id_and_code():
    here = community()
    item = actions.NewPerson({"name": "扎西"}, MORNING, new_id(), code=new_resident_code(), reason="no_list")
    assert actions.add_people(by=BO, community=here, items=[item])[0].facts == {"person": str(item.id)}
    assert queries.person_by_code(EVERYTHING, here, item.code).pk == item.id
    again = actions.NewPerson({"name": "达瓦"}, MORNING, new_id(), id=item.id)
    assert actions.add_people(by=BO, community=here, items=[again])[0].reason == "registers.person_exists"


def test_who_joins_a_household_stands_in_its_grid():
    here = community()
    home = household(here, grid(here, 2))
    assert person(here, household=home).grid == grid(here, 2)


def test_an_unknown_household_of_another_community_is_refused():
    here, there = community(), community(B)
    answer = actions.add_person(
        by=BO, community=here, facts={"name": "扎西"}, household=household(there, grid(there, 1)), at=MORNING, ref=new_id()
    )
    assert answer.reason == "registers.other_community"


def move(here, people, **where):
    return actions.move_people(by=BO, community=here, items=[actions.Move(tuple(people), MORNING, new_id(), **where)])[0]


def test_moving_takes_people_to_the_households_grid():
    here = community()
    old, new = household(here, grid(here, 1)), household(here, grid(here, 2))
    rows = [person(here, name, household=old) for name in ("扎西", "达瓦")]
    answer = move(here, rows, household=new)
    assert set(answer.facts["households"]) == {str(old.pk), str(new.pk)}
    assert [(r.household, r.grid) for r in Person.objects.all()] == [(new, grid(here, 2))] * 2


def test_a_move_to_a_grid_leaves_the_household():
    here = community()
    one = person(here, household=household(here, grid(here, 1)))
    move(here, [one], grid=grid(here, 3))
    one.refresh_from_db()
    assert (one.household, one.grid) == (None, grid(here, 3))


def test_a_move_says_where_and_stays_in_the_community():
    here, there = community(), community(B)
    one = person(here)
    assert move(here, [one]).reason == "registers.move_where"
    assert move(here, [one], grid=grid(there, 1)).reason == "registers.other_community"
    assert move(there, [one], grid=grid(there, 1)).reason == "registers.other_community"


def test_everyone_stands_in_one_grid_or_on_the_list():
    here = community()
    rows = [person(here, name) for name in ("扎西", "达瓦", "普布")]
    act = actions.AssignGrid(grid(here, 2), MORNING, new_id(), people=tuple(rows[:2]))
    actions.assign_grid(by=BO, community=here, items=[act])
    assert [one.name for one in queries.without_grid(EVERYTHING, here)] == ["普布"]
    placed = {count.grid and count.grid.no: count.people for count in queries.grid_counts(EVERYTHING, here)}
    assert placed == {1: 0, 2: 2, 3: 0, None: 1} and sum(placed.values()) == queries.people(EVERYTHING, here).count()


def test_a_household_that_changes_its_grid_takes_everyone_and_leaves_its_unit():
    here = community()
    unit = Place.objects.create(kind=Kind.UNIT, code=grid(here, 1).code + "001", no=1, within=grid(here, 1))
    home = household(here, grid(here, 1), unit=unit)
    one = person(here, household=home)
    act = actions.AssignGrid(grid(here, 3), MORNING, new_id(), households=(home,))
    actions.assign_grid(by=BO, community=here, items=[act])
    home.refresh_from_db(), one.refresh_from_db()
    assert (home.grid, home.unit, one.grid, one.household) == (grid(here, 3), None, grid(here, 3), home)


def test_placing_someone_places_their_household_only_where_it_had_no_grid():
    here = community()
    bare, fixed = household(here), household(here, grid(here, 1))
    rows = (person(here, "扎西", household=bare), person(here, "达瓦", household=fixed))
    act = actions.AssignGrid(grid(here, 2), MORNING, new_id(), people=rows)
    actions.assign_grid(by=BO, community=here, items=[act])
    bare.refresh_from_db(), fixed.refresh_from_db()
    assert (bare.grid, fixed.grid) == (grid(here, 2), grid(here, 1))


def test_only_a_grid_in_use_takes_people():
    here = community()
    closed = grid(here, 1)
    closed.closed = MORNING
    for place in (here, closed):
        act = actions.AssignGrid(place, MORNING, new_id(), people=(person(here),))
        assert actions.assign_grid(by=BO, community=here, items=[act])[0].reason == "registers.not_a_grid"


def be(here, one, presence, since):
    act = actions.SetPresence((one,), presence, since, MORNING, new_id())
    return actions.set_presence(by=BO, community=here, items=[act])[0]


def test_away_still_belongs_and_moved_away_does_not():
    here = community()
    one, other = person(here, "扎西"), person(here, "达瓦")
    be(here, one, Presence.AWAY, date(2022, 9, 1))
    be(here, other, Presence.MOVED_AWAY, date(2022, 9, 1))
    assert [row.name for row in queries.people(EVERYTHING, here)] == ["扎西"]
    be(here, other, Presence.HERE, date(2022, 9, 5))
    assert queries.people(EVERYTHING, here).count() == 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_late_word_of_an_earlier_day_changes_nothing(order):
    here = community()
    one = person(here)
    said = [(Presence.AWAY, date(2022, 9, 1)), (Presence.HERE, date(2022, 9, 5))]
    for n in order:
        be(here, one, *said[n])
    one.refresh_from_db()
    assert (one.presence, one.presence_since) == (Presence.HERE, date(2022, 9, 5))


def test_a_change_that_was_drawn_before_anothers_is_refused_and_says_which():
    one = person(community(), "扎西", phone="13989001234")
    seen = queries.seen_of(EVERYTHING, one)
    assert actions.change_person(by=BO, person=one, changes={"phone": "13989001235"}, at=MORNING, ref=new_id()).accepted
    said = {"by": BO, "person": one, "at": MORNING}
    late = actions.change_person(changes={"phone": "13989001236"}, seen=seen, ref=new_id(), **said)
    assert late.reason == "registers.changed_meanwhile" and late.facts == {"fields": ["phone"]}
    assert actions.change_person(changes={"nickname": "老扎西"}, seen=seen, ref=new_id(), **said).accepted
    one.refresh_from_db()
    assert (one.phone, one.nickname) == ("13989001235", "老扎西")


def test_a_household_splits_and_its_rest_stays():
    here = community()
    home = household(here, grid(here, 1), no="012", order=7)
    leaving, staying = person(here, "扎西", household=home), person(here, "达瓦", household=home)

    def split(*people):
        return actions.split_household(
            by=BO, household=home, people=people, facts=actions.HouseholdFacts(no="012-2"), at=MORNING, ref=new_id()
        )

    assert split().reason == "registers.split_nobody"
    assert split(leaving, staying).reason == "registers.split_everyone"
    assert split(person(here, "普布")).reason == "registers.split_stranger"
    made = Household.objects.get(pk=split(leaving).facts["household"])
    leaving.refresh_from_db()
    assert (leaving.household, leaving.grid, made.no, made.order, made.grid) == (made, grid(here, 1), "012-2", 8, grid(here, 1))
    assert [one.pk for one in queries.members(EVERYTHING, home)] == [staying.pk]


def test_a_unit_holds_households_of_its_own_grid():
    here = community()
    unit = Place.objects.create(kind=Kind.UNIT, code=grid(here, 1).code + "001", no=1, within=grid(here, 1))
    own, other = household(here, grid(here, 1)), household(here, grid(here, 2))

    def assign(*homes, to=unit):
        return actions.assign_unit(by=BO, community=here, items=[actions.AssignUnit(homes, to, MORNING, new_id())])[0]

    assert assign(own).accepted and assign(own, other).reason == "registers.unit_elsewhere"
    own.refresh_from_db()
    assert own.unit == unit and assign(own, to=None).accepted
    own.refresh_from_db()
    assert own.unit is None


def test_name_keys_are_those_of_the_names_that_stand():
    here = community()
    one = person(here, "扎西", name_bo="བཀྲ་ཤིས")
    actions.change_person(by=BO, person=one, changes={"name": "达瓦", "name_bo": ""}, at=MORNING, ref=new_id())
    one.refresh_from_db()
    kept = sorted(NameKey.objects.filter(person=one).values_list("kind", "key"))
    assert kept == sorted((key.kind, key.key) for key in actions.name_keys(one))


def test_every_write_is_one_entry_and_leads_to_those_it_tells_of():
    here = community()
    one, other = person(here, "扎西"), person(here, "札西")
    before = Entry.objects.count()
    merged = actions.merge_people(by=BO, kept=one, dropped=other, at=MORNING + timedelta(hours=1), ref=new_id())
    assert Entry.objects.count() == before + 1
    assert set(Trace.objects.filter(ref=merged.ref).values_list("subject", flat=True)) == {one.pk, other.pk}
    kinds = [happening.kind for happening in queries.history(EVERYTHING, here, one.pk)]
    assert kinds == ["registers.people_merged", "registers.person_added"]


def test_two_thousand_people_are_placed_in_one_act_of_few_queries(django_assert_max_num_queries):
    here = community(A)
    items = [actions.NewPerson({"name": "扎西"}, MORNING, new_id()) for _ in range(2000)]
    actions.add_people(by=BO, community=here, items=items)
    people = tuple(Person.objects.all())
    act = actions.AssignGrid(grid(here, 2), MORNING, new_id(), people=people)
    began = time.process_time()
    with django_assert_max_num_queries(40):
        actions.assign_grid(by=BO, community=here, items=[act])
    assert Person.objects.filter(grid=grid(here, 2)).count() == 2000 and time.process_time() - began < 60
