"""Registers of every layout, made afresh from a seed, are read exactly.

The seed is printed with a failure; set ZHEGU_SEED to try another one.
"""

import os
import random

import pytest

from zhegu.registers.rules.book import read_book
from zhegu.registers.tests.layouts import LAYOUTS
from zhegu.registers.tests.rosters import Village

FIXED = (1, 2, 3)
FRESH = int(os.environ.get("ZHEGU_SEED", random.SystemRandom().randrange(10**6)))
SAME_WORDS = {"wide_blocks", "side_by_side"}
"""Layouts in which one header word stands over several columns: places are not compared there."""


@pytest.mark.parametrize("seed", [*FIXED, *range(FRESH, FRESH + 5)])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_register_of_any_layout_is_read_exactly(layout, seed):
    print(f"layout {layout}, seed {seed}")
    sheets, truth = LAYOUTS[layout](Village(seed))
    reading = read_book(sheets, "book.xlsx")
    assert (reading.rows, len(reading.people), len(reading.households)) == (truth.rows, truth.people, truth.households)
    assert (reading.by_grid(), reading.without_grid()) == (dict(truth.by_grid), truth.without_grid)
    assert {(s.sheet, s.row, s.column) for s in reading.rejected} == set(truth.rejected)
    if layout not in SAME_WORDS:
        assert sorted((s.sheet, s.row, s.column, s.reason) for s in reading.warnings) == sorted(truth.places)
    found = [[(s.sheet, s.row) for s in spots] for spots in reading.duplicates]
    assert sorted(found) == sorted(truth.duplicates)
