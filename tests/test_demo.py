"""The demo community: the inventory's figures, invented people, the same every time."""

from collections import Counter
from itertools import chain

import pytest

from demo.community import HOUSES, INCOMERS, RESIDENTS, UNIT_MAX, UNIT_MIN, make
from demo.people import UNUSED, age, check_character
from demo.workbooks import incomer_rows, resident_rows, write_all

SEEDS = (2022, 1, 7)


@pytest.fixture(scope="module", params=SEEDS)
def community(request):
    return make(request.param)


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    assert make(5) == make(5)
    assert make(5).residents != make(6).residents


def test_the_figures_are_those_of_the_inventory_whatever_the_seed(community):
    assert (len(community.residents), len(community.incomers)) == (RESIDENTS, INCOMERS) == (1559, 312)
    assert len(community.grids) == 15 and len(community.households) == sum(HOUSES) == 480
    sizes = Counter(p.grid for p in community.residents)
    assert set(sizes) == set(community.grids) and max(sizes.values()) > 2 * min(sizes.values())


def test_joint_household_units_have_five_to_ten_households(community):
    sizes = Counter((h.grid, h.unit) for h in community.households).values()
    assert UNIT_MIN == 5 <= min(sizes) and max(sizes) <= 10 == UNIT_MAX


def test_every_resident_number_is_valid_and_nobody_shares_one(community):
    numbers = [p.id_number for p in chain(community.residents, community.incomers) if p.id_kind == "resident_id"]
    assert len(set(numbers)) == len(numbers) > 1800
    for person in community.residents:
        if person.id_number:
            assert check_character(person.id_number[:17]) == person.id_number[17]
            assert person.id_number[6:14] == f"{person.birth:%Y%m%d}"
            assert int(person.id_number[16]) % 2 == (person.sex == "m")


def test_phones_have_the_form_of_phones_and_belong_to_nobody(community):
    for person in chain(community.residents, community.incomers):
        land_line = person.phone.startswith("0893-1") and len(person.phone) == 12
        assert land_line or (person.phone[:3] in UNUSED and len(person.phone) == 11 and person.phone.isdigit())


def test_parents_are_older_than_children(community):
    for household in community.households:
        head = household.head
        for person in household.members[1:]:
            if person.relation in ("子", "女"):
                assert age(person) + 18 <= age(head)
            if person.relation in ("父", "母"):
                assert age(head) + 18 <= age(person)


def test_every_tibetan_name_has_its_tibetan_spelling(community):
    for person in community.residents:
        assert person.name.bo and all("\u0f00" <= sign <= "\u0fff" for sign in person.name.bo)


def test_staff_cover_every_grid_and_one_holds_two_offices(community):
    workers = {grid for member in community.staff for role, grid in member.roles if role == "grid_worker"}
    samplers = {grid for member in community.staff for role, grid in member.roles if role == "sampler"}
    assert workers == samplers == set(community.grids)
    assert any(len({role for role, _ in member.roles}) == 2 for member in community.staff)
    assert len({member.username for member in community.staff}) == len(community.staff)


def test_the_workbooks_say_what_is_in_them(tmp_path):
    truths = write_all(tmp_path, seed=11)
    residents = truths["常住人口花名册"]
    assert (residents.people, residents.households, residents.without_grid) == (1559, 480, 0)
    assert sum(residents.by_grid.values()) == 1559 and residents.rows == 1559 + residents.duplicates + residents.rejected
    incomers = truths["外来人员台账"]
    assert sum(incomers.by_grid.values()) + incomers.without_grid == incomers.people == 312
    assert {p.name for p in tmp_path.iterdir()} >= {"常住人口花名册.xlsx", "外来人员台账.truth.json"}


def test_a_respelt_month_has_the_same_people_under_other_spellings():
    community = make(11)
    first, _ = resident_rows(community, 11)
    second, _ = resident_rows(community, 11, respelt=True)
    changed = sum(a.cells["name"] != b.cells["name"] for a, b in zip(first, second, strict=True))
    assert 500 < changed < len(first)
    assert incomer_rows(community, 11)[1] == incomer_rows(community, 11)[1]
