"""Who answers for a grid, a unit, a household: today, on a past day, and where nobody does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role, RoleGrant
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, NotFound, Scope
from zhegu.lib.upkeep import Due
from zhegu.places import actions as places
from zhegu.places.models import Place
from zhegu.places.tests.make import A, B, community, grid
from zhegu.registers import actions as registers
from zhegu.registers.actions import AssignGrid, AssignUnit, HouseholdFacts
from zhegu.registers.models import Household
from zhegu.responsibility import actions, queries
from zhegu.responsibility.models import Keeper
from zhegu.responsibility.retention import KEPT

pytestmark = pytest.mark.django_db

BY = Actor("staff", "ana")
EVERYTHING = Scope.everything("test")


def moment(day: float):
    return MORNING + timedelta(days=day)


def on(day: float):
    return clock.local_day(moment(day))


@pytest.fixture
def here() -> Place:
    return community(A, grids=2)


def house(here: Place, no: int | None = 1, door: str = "8") -> Household:
    stands = grid(here, no) if no else None
    made = registers.add_household(
        by=BY, community=here, facts=HouseholdFacts(door=door), grid=stands, at=moment(0), ref=new_id()
    )
    return Household.objects.select_related("community", "grid", "unit").get(pk=made.facts["household"])


def names(home: queries.Home) -> list[str]:
    return [one.name for answer in home.answers for one in answer.held]


def asked(household: Household, day: float) -> queries.Home:
    household = Household.objects.select_related("community", "grid", "unit").get(pk=household.pk)
    return queries.for_household(EVERYTHING, household, queries.When.all_day(on(day)))


def holds(who: str, role: Role, place: Place, since: float, until: float | None = None) -> RoleGrant:
    return RoleGrant.objects.create(
        staff=staff(who, role), role=role, place=place, since=moment(since), given_by="x",
        until=None if until is None else moment(until),
    )  # fmt: skip


def test_a_grids_workers_one_after_the_other(here):
    holds("bo", Role.GRID_WORKER, grid(here, 1), 0, 5)
    holds("tashi", Role.GRID_WORKER, grid(here, 1), 5)
    told = {day: [one.name for one in queries.for_place(EVERYTHING, grid(here, 1), queries.When.all_day(on(day)))] for day in (-1, 1, 5, 6)}
    assert told == {-1: [], 1: ["Bo"], 5: ["Bo", "Tashi"], 6: ["Tashi"]}


def test_a_household_that_moved_is_answered_for_where_it_stood(here):
    holds("bo", Role.GRID_WORKER, grid(here, 1), -9)
    holds("tashi", Role.GRID_WORKER, grid(here, 2), -9)
    moved = house(here)
    item = AssignGrid(grid(here, 2), at=moment(4), ref=new_id(), households=(moved,))
    registers.assign_grid(by=BY, community=here, items=[item])
    assert [names(asked(moved, day)) for day in (1, 5)] == [["Bo"], ["Tashi"]]


def test_where_it_stood_is_not_guessed_once_the_words_are_gone(here):
    from zhegu.journal.actions import destroy_bodies
    from zhegu.registers.models import Trace

    holds("bo", Role.GRID_WORKER, grid(here, 1), -9)
    moved = house(here)
    first = list(Trace.objects.filter(subject=moved.pk).values_list("ref", flat=True))
    item = AssignGrid(grid(here, 2), at=moment(4), ref=new_id(), households=(moved,))
    registers.assign_grid(by=BY, community=here, items=[item])
    destroy_bodies(first)
    home = asked(moved, 1)
    assert not home.told and names(home) == []


def test_keeper_head_and_worker_answer_in_this_order(here):
    places.make_units(by=BY, grid=grid(here, 1), numbers=[1], at=moment(0), ref=new_id())
    unit = Place.objects.get(kind="unit")
    holds("bo", Role.GRID_WORKER, grid(here, 1), 0)
    holds("pema", Role.UNIT_HEAD, unit, 0)
    home = house(here)
    registers.assign_unit(by=BY, community=here, items=[AssignUnit((home,), unit, moment(1), new_id())])
    keeper = actions.put_in_charge(by=BY, household=home, staff=staff("tashi", Role.CARER), at=moment(2), ref=new_id())
    assert names(asked(home, 3)) == ["Tashi", "Pema", "Bo"]
    assert names(asked(home, 1)) == ["Pema", "Bo"]
    actions.end_keeper(by=BY, keeper=Keeper.objects.get(pk=keeper.facts["keeper"]), at=moment(5), ref=new_id())
    assert names(asked(home, 4))[0] == "Tashi" and names(asked(home, 6))[0] == "Pema"


def test_the_same_keeper_twice_and_an_ended_one_are_refused(here):
    home, tashi = house(here), staff("tashi", Role.CARER)
    made = actions.put_in_charge(by=BY, household=home, staff=tashi, at=moment(0), ref=new_id())
    again = actions.put_in_charge(by=BY, household=home, staff=tashi, at=moment(1), ref=new_id())
    assert again.reason == "responsibility.already"
    keeper = Keeper.objects.get(pk=made.facts["keeper"])
    actions.end_keeper(by=BY, keeper=keeper, at=moment(2), ref=new_id())
    assert actions.end_keeper(by=BY, keeper=keeper, at=moment(3), ref=new_id()).reason == "responsibility.ended_already"


def test_gaps_are_grids_units_and_households_without_anybody(here):
    places.make_units(by=BY, grid=grid(here, 1), numbers=[1, 2], at=moment(0), ref=new_id())
    unit = Place.objects.filter(kind="unit").first()
    holds("bo", Role.GRID_WORKER, grid(here, 1), 0)
    registers.assign_unit(by=BY, community=here, items=[AssignUnit((house(here),), unit, moment(0), new_id())])
    nowhere, cared_for = house(here, no=None, door="9"), house(here, no=None, door="10")
    actions.put_in_charge(by=BY, household=cared_for, staff=staff("tashi", Role.CARER), at=moment(0), ref=new_id())
    found = queries.gaps(EVERYTHING, here, moment(1))
    assert {place.code for place in found.places} == {grid(here, 2).code, unit.code}
    assert found.households == 1 and found.number == 3
    assert not asked(nowhere, 1).answers


def test_another_community_asks_in_vain(here):
    community(B)
    chen = Scope(Actor("staff", "chen"), frozenset({Grant("office", B)}))
    with pytest.raises(NotFound):
        queries.for_place(chen, grid(here, 1), queries.When.all_day(on(0)))
    with pytest.raises(NotFound):
        queries.for_household(chen, house(here), queries.When.all_day(on(0)))


def test_ended_keepers_go_after_their_time(here):
    home = house(here)
    made = actions.put_in_charge(by=BY, household=home, staff=staff("tashi", Role.CARER), at=moment(0), ref=new_id())
    actions.end_keeper(by=BY, keeper=Keeper.objects.get(pk=made.facts["keeper"]), at=moment(1), ref=new_id())
    assert [KEPT[0].expired(Due(here, moment(day))).count() for day in (0.5, 2)] == [0, 1]


# --- the office's pages


def office(here: Place, role: Role = Role.OFFICE) -> Client:
    client = Client()
    client.force_login(staff("ana", role, here))
    return client


@pytest.mark.parametrize("lang", ["zh", "bo", "en"])
def test_the_office_closes_a_gap_on_the_page(here, lang: str):
    ana, bo = office(here), staff("bo", Role.SAMPLER, here)
    ana.cookies["zhegu_language"] = lang
    address = reverse("responsibility:board")
    assert ana.get(address).context["gaps"].number == 2
    change = reverse("responsibility:change_place", args=[grid(here, 1).code])
    ana.post(change, {"staff": str(bo.pk)})
    assert ana.get(address).context["gaps"].number == 1
    ana.post(change, {"take": str(RoleGrant.objects.get(role=Role.GRID_WORKER).pk)})
    assert ana.get(address).context["gaps"].number == 2
    assert ana.post(change, {"staff": "nobody"}).status_code == 409


def test_the_office_puts_somebody_in_charge_of_a_household(here):
    ana, bo, home = office(here), staff("bo", Role.CARER, here), house(here)
    change = reverse("responsibility:change_household", args=[home.id])
    ana.post(change, {"staff": str(bo.pk)})
    page = ana.get(reverse("responsibility:households"), {"q": "8"})
    assert names(page.context["homes"][0]) == ["Bo"]
    ana.post(change, {"take": str(Keeper.objects.get().pk)})
    assert Keeper.objects.get().until is not None


def test_a_leader_reads_a_past_day_and_changes_nothing(here):
    dawa = office(here, Role.LEADER)
    house(here)
    page = dawa.get(reverse("responsibility:households"), {"day": "2026-01-01"})
    assert page.status_code == 200 and b"<select" not in page.content
    change = reverse("responsibility:change_place", args=[grid(here, 1).code])
    assert dawa.post(change, {"staff": "x"}).status_code == 404
    assert dawa.get(reverse("responsibility:board"), {"day": "soon"}).status_code == 409
