"""A community's workbooks become its register, once."""

import copy
from datetime import date

import pytest

from zhegu.journal.models import Entry
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, NotFound, Scope
from zhegu.lib.sheets.cells import Sheet
from zhegu.places.models import Kind, Place
from zhegu.places.tests.make import A, B
from zhegu.registers import actions, queries
from zhegu.registers.models import Household, NameKey, Person, Presence, Trace, id_index
from zhegu.registers.rules.book import read_book
from zhegu.registers.rules.figures import plan_counts
from zhegu.registers.rules.ids import check_character

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
OFFICE = Scope(Actor("staff", "ana"), frozenset({Grant("office", A)}))
HEADER = ["网格", "户号", "户主", "姓名", "与户主关系", "身份证号", "出生日期", "联系电话", "备注"]


def number(first: str) -> str:
    return first + check_character(first)


TASHI = number("54052619800102001")
DOLMA = number("54052619820304002")
ROWS = [
    ["1组", "001", "扎西", "扎西", "户主", TASHI, "1980-01-02", "13900000001", ""],
    ["1组", "001", "扎西", "卓玛", "妻", DOLMA, "1982-03-04", "13900000001", "孕妇"],
    ["1组", "001", "扎西", "次仁", "子", "", "2015-06-07", "", ""],
    ["2组", "002", "达瓦", "达瓦", "户主", "", "1950-05-05", "0893-1234567", "外出务工"],
    ["待定", "", "", "尼玛", "", "5.4E+17", "不详", "", ""],
]


def book(rows=ROWS, title="常住人口花名册", header=HEADER):
    return read_book([Sheet("Sheet1", [[title], header, *copy.deepcopy(rows)])], f"{title}.xlsx")


def load(*readings, code=A, ref=None, **more):
    return actions.import_people(
        by=BY, code=code, readings=readings or (book(),), sources=[actions.Source("book.xlsx", "0" * 64)],
        at=MORNING, ref=ref or new_id(), **more,
    )  # fmt: skip


def plan(*readings):
    return queries.import_plan(OFFICE, A, readings)


def counts(*readings):
    return plan_counts(plan(*readings))


def changed(row, **cells):
    rows = copy.deepcopy(ROWS)
    for word, value in cells.items():
        rows[row][HEADER.index(word)] = value
    return rows


def test_an_import_founds_the_community_with_its_grids_households_and_people():
    answer = load()
    assert answer.accepted and answer.facts["new"] == 5 and answer.facts["grids_made"] == [1, 2]
    assert list(Place.objects.filter(kind=Kind.GRID).values_list("code", flat=True)) == [A + "001", A + "002"]
    assert Household.objects.count() == 2
    tashi = Person.objects.get(name="扎西")
    assert (tashi.id_number, tashi.id_valid, tashi.phone, tashi.birth_date) == (TASHI, True, "13900000001", date(1980, 1, 2))
    assert (tashi.sex, tashi.grid.no, tashi.household.no, tashi.relation) == ("m", 1, "001", "户主")
    assert bytes(tashi.id_index) == id_index(TASHI) and tashi.code.startswith("R1:")


def test_people_without_a_number_or_a_grid_are_kept():
    load()
    nyima = Person.objects.get(name="尼玛")
    assert (nyima.grid, nyima.id_number, nyima.birth_date) == (None, "", None)
    assert Person.objects.get(name="达瓦").presence == Presence.AWAY


def test_everyone_is_found_by_name_and_has_a_trace():
    load()
    assert set(NameKey.objects.filter(key="ciren").values_list("person__name", flat=True)) == {"次仁"}
    assert Trace.objects.filter(subject=Person.objects.get(name="次仁").pk).count() == 1


def test_a_second_import_of_the_same_file_changes_nothing():
    load()
    before = list(Person.objects.order_by("pk").values())
    again = load()
    assert counts(book()) == {"new": 0, "changed": 0, "unchanged": 5, "missing": 0}
    assert (again.facts["new"], again.facts["changed"], again.facts["completed"], again.facts["households"]) == (0, 0, 0, 0)
    assert list(Person.objects.order_by("pk").values()) == before


def test_a_dry_run_writes_nothing():
    assert counts(book()) == {"new": 5, "changed": 0, "unchanged": 0, "missing": 0}
    assert queries.unknown_grids(OFFICE, A, plan(book())) == ["1", "2"]
    assert not Place.objects.exists() and not Entry.objects.exists() and not Person.objects.exists()


def test_a_repeated_reference_imports_once():
    ref = new_id()
    first, again = load(ref=ref), load(ref=ref)
    assert again.facts == first.facts and not again.new
    assert Person.objects.count() == 5


@pytest.mark.parametrize(
    ("row", "word", "value"),
    [
        (0, "姓名", "扎喜"), (0, "联系电话", "13900000009"), (0, "网格", "2组"), (1, "与户主关系", "妹"), (2, "姓名", "泽仁"),
        (1, "户号", "003"),
    ],
)  # fmt: skip
def test_what_differs_after_reading_is_a_change(row, word, value):
    load()
    rows = changed(row, **{word: value})
    if word == "户号":
        rows[row][HEADER.index("户主")] = "卓玛"
    assert counts(book(rows)) == {"new": 0, "changed": 1, "unchanged": 4, "missing": 0}
    load(book(rows))
    assert counts(book(rows)) == {"new": 0, "changed": 0, "unchanged": 5, "missing": 0}


@pytest.mark.parametrize(
    ("row", "word", "value"),
    [
        (0, "身份证号", f" {TASHI.lower()} "), (0, "身份证号", "".join(chr(ord(c) + 0xFEE0) for c in TASHI)),
        (0, "出生日期", "1980年1月2日"), (0, "出生日期", date(1980, 1, 2)), (0, "联系电话", 13900000001.0),
        (0, "联系电话", "139 0000 0001"), (0, "网格", "第一网格"), (0, "姓名", "扎 西"), (3, "联系电话", "(0893)1234567"),
        (0, "联系电话", "13900000001/13900000002"), (3, "户号", 2.0),
    ],
)  # fmt: skip
def test_another_way_of_typing_is_no_change(row, word, value):
    load()
    assert counts(book(changed(row, **{word: value}))) == {"new": 0, "changed": 0, "unchanged": 5, "missing": 0}


@pytest.mark.parametrize("word", ["联系电话", "网格", "身份证号", "出生日期"])
def test_a_blank_cell_takes_nothing_away(word):
    load()
    load(book(changed(0, **{word: ""})))
    tashi = Person.objects.get(name="扎西")
    assert (tashi.phone, tashi.grid.no, tashi.id_number, tashi.birth_date) == ("13900000001", 1, TASHI, date(1980, 1, 2))


def test_what_was_lacking_is_filled_in():
    load()
    filled = number("54052619500505003")
    answer = load(book(changed(3, 身份证号=filled)))
    assert (answer.facts["changed"], answer.facts["completed"]) == (0, 1)
    assert Person.objects.get(name="达瓦").id_number == filled


def test_people_who_are_not_in_the_file_are_missing_and_stay():
    load()
    assert counts(book(ROWS[:3])) == {"new": 0, "changed": 0, "unchanged": 3, "missing": 2}
    load(book(ROWS[:3]))
    assert Person.objects.count() == 5


def test_missing_counts_only_within_the_kinds_a_workbook_lists():
    load()
    ledger = book([["1组", "", "", "陶穗", "", "E12345678", "", "13900000005", ""]], title="外来人员台账")
    assert counts(ledger) == {"new": 1, "changed": 0, "unchanged": 0, "missing": 0}
    load(ledger)
    assert Person.objects.get(name="陶穗").residence == "incomer"
    assert counts(book())["missing"] == 0 and counts(book(), ledger)["unchanged"] == 6


def test_rows_that_share_a_valid_number_are_one_person_and_the_first_counts():
    rows = [*ROWS, ["2组", "002", "达瓦", "扎西", "亲属", TASHI, "1980-01-02", "13900000001", ""]]
    load(book(rows))
    assert Person.objects.filter(name="扎西").count() == 1 and Person.objects.get(name="扎西").grid.no == 1


def test_wrong_numbers_never_make_two_rows_one_person():
    wrong = TASHI[:17] + ("0" if TASHI[17] != "0" else "1")
    rows = [["1组", "", "", name, "", wrong, "", "", ""] for name in ("扎西", "卓玛")]
    load(book(rows))
    assert Person.objects.count() == 2
    assert counts(book(rows)) == {"new": 0, "changed": 0, "unchanged": 2, "missing": 0}


def test_a_list_numbered_anew_moves_nobody():
    load()
    rows = copy.deepcopy(ROWS)
    for row in rows[:4]:
        row[1] = {"001": "7", "002": "8"}[row[1]]
    assert counts(book(rows)) == {"new": 0, "changed": 0, "unchanged": 5, "missing": 0}


def test_a_grid_named_in_words_gets_a_number_and_keeps_its_name():
    rows = [["牧场网格", *ROWS[0][1:]], ["1组", *ROWS[3][1:]]]
    answer = load(book(rows))
    assert answer.facts["grids_made"] == [1, 2] and Person.objects.get(name="扎西").grid.name == "牧场网格"
    assert counts(book(rows))["unchanged"] == 2


def test_a_grid_beyond_the_last_number_is_refused_and_nothing_stays():
    answer = load(book([["300组", *ROWS[0][1:]]]))
    assert (answer.status, answer.reason) == ("refused", "places.grid_number")
    assert not Person.objects.exists()


def test_a_code_of_another_form_is_refused():
    assert load(code="12").reason == "places.bad_code"


def test_another_communitys_register_is_not_found():
    with pytest.raises(NotFound):
        queries.import_plan(OFFICE, B, [book()])


def test_the_journal_keeps_hashes_and_counts_never_names():
    load()
    entry = Entry.objects.get(kind="registers.people_imported")
    assert "扎西" not in entry.answer and TASHI not in entry.answer
