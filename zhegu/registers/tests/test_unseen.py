"""Registers as villages, sites, schools and monasteries keep them, each with its truth, read as files."""

import pytest

from zhegu.lib.sheets.workbook import open_workbook
from zhegu.registers.rules.book import read_book
from zhegu.registers.rules.figures import plan_counts
from zhegu.registers.rules.matching import plan_import
from zhegu.registers.tests.test_months import index, register
from zhegu.registers.tests.unseen import eighth, fifth, first, fourth, ninth, second, seventh, sixth, third
from zhegu.registers.tests.unseen.months import MONTHS

BOOKS = [*first.BOOKS, *second.BOOKS, *third.BOOKS, *fourth.BOOKS, *fifth.BOOKS, *sixth.BOOKS, *seventh.BOOKS, *eighth.BOOKS, *ninth.BOOKS]


def read(book, folder, name="名册.xlsx"):
    book.save(folder / name)
    return read_book(open_workbook(folder / name), name)


def places(spots):
    return sorted((spot.sheet, spot.row, spot.column, str(spot.reason)) for spot in spots)


def counts(reading, stored):
    return plan_counts(plan_import([reading], stored, index, index))


def figures(found):
    return {
        "rows": found.rows,
        "people": len(found.people),
        "households": len(found.households),
        "by_grid": dict(sorted(found.by_grid().items())),
        "without_grid": found.without_grid(),
        "warnings": places(found.warnings),
        "rejected": places(found.rejected),
        "duplicates": sorted([(spot.sheet, spot.row) for spot in spots] for spots in found.duplicates),
    }


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_a_register_is_read_as_it_was_meant(make, tmp_path):
    book = make()
    found = read(book, tmp_path)
    assert figures(found) == book.truth()
    assert counts(found, register(found)) == {"new": 0, "changed": 0, "unchanged": len(found.people), "missing": 0}


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_what_stands_around_a_register_changes_nothing(make, tmp_path):
    book = make().crowd()
    assert figures(read(book, tmp_path)) == book.truth()


@pytest.mark.parametrize("make, expected", MONTHS.values(), ids=list(MONTHS))
def test_the_next_months_workbook_finds_the_same_people(make, expected, tmp_path):
    stored = register(read(make(False), tmp_path, "一月.xlsx"))
    assert counts(read(make(True), tmp_path, "二月.xlsx"), stored) == expected
