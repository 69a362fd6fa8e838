"""A new month's workbook: the same people, typed anew and laid out otherwise."""

import csv
import random

import pytest

from zhegu.registers.rules.book import read_book
from zhegu.registers.rules.doors import KnownHousehold
from zhegu.registers.rules.figures import plan_counts
from zhegu.registers.rules.matching import Known, Snapshot, plan_import
from zhegu.registers.rules.names import FOLDER
from zhegu.registers.tests.layouts import LAYOUTS
from zhegu.registers.tests.rosters import Village, tibetan, wide

SAME_PEOPLE = ("one_sheet", "two_levels", "sections", "sheet_per_grid")


def index(text):
    return text.encode()


def register(reading):
    """The register after importing the reading."""
    homes, people, houses = {}, [], []
    for person in reading.people:
        home = person.household
        if home and id(home) not in homes:
            homes[id(home)] = len(homes) + 1
            houses.append(KnownHousehold(homes[id(home)], home.no, home.head, home.grid.key if home.grid else ""))
        people.append(Known(
            len(people), person.name, person.birth, person.grid.key if person.grid else "",
            homes[id(home)] if home else None, index(person.phone), index(person.id.text), person.id.valid,
            person.relation, person.residence,
        ))  # fmt: skip
    return Snapshot(people, houses)


def months(seed, layout, change):
    """Counts of the second month against the first; `change(village)` gives what is expected of it."""
    first, second = Village(seed, tidy=True), Village(seed, tidy=True)
    stored = register(read_book(LAYOUTS["one_sheet"](first)[0], "一月.xlsx"))
    expected = change(second, random.Random(seed))
    retype(second, random.Random(seed + 1))
    reading = read_book(LAYOUTS[layout](second)[0], "二月.xlsx")
    return plan_counts(plan_import([reading], stored, index, index)), expected


def everyone(village):
    return [who for family in village.families for who in family.people]


def retype(village, random):
    """The same facts in another spelling."""
    for who in everyone(village):
        if who.valid_id:
            who.id = random.choice([wide, tibetan, str.lower, lambda n: f" {n[:6]} {n[6:14]} {n[14:]}"])(who.valid_id)
        who.phone = random.choice([str, wide, tibetan, float])(who.phone) if str(who.phone)[0] == "1" else who.phone
        day = who.birth
        who.birth_cell = random.choice([f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}", day])


def nothing(village, random):
    n = len({who.valid_id for who in everyone(village)})
    return {"new": 0, "changed": 0, "unchanged": n, "missing": 0}


def respelled(village, random):
    """One in five is spelled another way, by the alias table."""
    with (FOLDER / "name_elements.tsv").open(encoding="utf-8") as lines:
        variants = {v: row["hanzi"].split() for row in csv.DictReader(lines, delimiter="\t") for v in row["hanzi"].split()}
    touched = set()
    first = {}
    for who in everyone(village):
        first.setdefault(who.valid_id, who)
    for who in random.sample(list(first.values()), len(first) // 5):
        new = next(v for v in variants[who.name[:2]] if v != who.name[:2]) + who.name[2:]
        if new[:2] in variants:
            for one in everyone(village):
                if one.valid_id == who.valid_id:
                    one.name = new
            touched.add(who.valid_id)
    return {"new": 0, "changed": len(touched), "unchanged": len(first) - len(touched), "missing": 0}


def new_phones(village, random):
    first = {}
    for who in everyone(village):
        first.setdefault(who.valid_id, who)
    touched = random.sample(list(first.values()), 7)
    for who in touched:
        who.phone = f"177{random.randrange(10**8):08d}"
    return {"new": 0, "changed": 7, "unchanged": len(first) - 7, "missing": 0}


def births_and_departures(village, random):
    """A family is gone, a new one has come; all numbers below shift by one."""
    gone = village.families.pop(random.randrange(len(village.families)))
    came = village._family(999, 2)
    village.families.append(came)
    for number, family in enumerate(village.families, 1):
        family.no = number
    here = {who.valid_id for who in everyone(village)}
    elsewhere = {who.valid_id for who in gone.people} & here  # guests of another family, and now of that one only
    left = {who.valid_id for who in gone.people} - here
    new = {who.valid_id for who in came.people}
    known = len(here - new)
    return {"new": len(new), "changed": len(elsewhere), "unchanged": known - len(elsewhere), "missing": len(left)}


@pytest.mark.parametrize("layout", SAME_PEOPLE)
@pytest.mark.parametrize("change", [nothing, respelled, new_phones])
@pytest.mark.parametrize("seed", [21, 22, 23])
def test_a_new_month_finds_the_same_people(seed, change, layout):
    found, expected = months(seed, layout, change)
    assert found == expected


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_numbers_that_shift_move_nobody(seed):
    found, expected = months(seed, "two_levels", births_and_departures)
    assert found == expected


def without_numbers(village):
    for who in everyone(village):
        who.id, who.id_reason, who.valid_id = "", "id_missing", ""


@pytest.mark.parametrize("seed", [41, 42, 43])
def test_people_without_numbers_are_found_by_birth_household_and_an_agreeing_name(seed):
    def respell_all(village, random):
        without_numbers(village)
        expected = respelled_plain(village, random)
        return expected

    def respelled_plain(village, random):
        touched = 0
        for who in everyone(village):
            if who.name.startswith("次仁"):
                who.name, touched = "泽仁" + who.name[2:], touched + 1
        return {"new": 0, "changed": touched, "unchanged": len(everyone(village)) - touched, "missing": 0}

    first = Village(seed, tidy=True)
    without_numbers(first)
    stored = register(read_book(LAYOUTS["two_levels"](first)[0], "一月.xlsx"))
    second = Village(seed, tidy=True)
    expected = respell_all(second, random.Random(seed))
    reading = read_book(LAYOUTS["two_levels"](second)[0], "二月.xlsx")
    assert plan_counts(plan_import([reading], stored, index, index)) == expected
