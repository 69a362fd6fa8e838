"""How days are cut into shifts, as tables shared with the phone, and as laws."""

import json
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhegu.lib.texts import has_text
from zhegu.rosters import rules
from zhegu.rosters.rules import Counted, Pattern, PostKind, Standing

CASES = json.loads((Path(__file__).resolve().parents[3] / "contracts/cases/roster-shift.json").read_text(encoding="utf-8"))["cases"]
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_shifts(case: dict):
    starts, ends, at = (datetime.fromisoformat(case[name]) for name in ("starts", "ends", "at"))
    found = {"standing": rules.standing(starts, ends, at), "word": rules.word(starts, ends), "day": str(rules.belongs_to(starts))}
    assert found == case["expect"]


@pytest.mark.parametrize(
    ("day", "pattern", "hours"),
    [
        (date(2026, 9, 13), Pattern.FULL, ["13 08–14 08"]),
        (date(2026, 9, 13), Pattern.HALVES, ["13 08–13 20", "13 20–14 08"]),
        (date(2026, 9, 13), Pattern.THIRDS, ["13 08–13 16", "13 16–14 00", "14 00–14 08"]),
        (date(2028, 2, 28), Pattern.HALVES, ["28 08–28 20", "28 20–29 08"]),
        (date(2028, 2, 29), Pattern.QUARTERS, ["29 08–29 14", "29 14–29 20", "29 20–01 02", "01 02–01 08"]),
        (date(2026, 12, 31), Pattern.HALVES, ["31 08–31 20", "31 20–01 08"]),
    ],
)
def test_a_day_is_cut_without_a_gap_also_past_midnight(day: date, pattern: Pattern, hours: list[str]):
    assert [f"{a:%d %H}–{b:%d %H}" for a, b in rules.spans(day, time(8), pattern)] == hours


@given(st.dates(date(1992, 1, 1), date(2100, 12, 1)), st.integers(0, 30), st.times(), st.sampled_from(Pattern))
def test_a_plan_has_no_gap_and_no_overlap_and_each_day_its_shifts(since: date, days: int, begins: time, pattern: Pattern):
    begins = begins.replace(second=0, microsecond=0)
    found = rules.plan(since, since + timedelta(days=days), begins, pattern)
    assert len(found) == (days + 1) * (24 // pattern.hours)
    assert all(one[1] == two[0] for one, two in pairwise(found))
    assert all(ends - starts == pattern.hours * HOUR for starts, ends in found)
    at = found[0][0] + timedelta(minutes=(found[-1][1] - found[0][0]) / timedelta(minutes=1) // 2)
    assert [rules.standing(*one, at) for one in found].count(Standing.ON) == 1
    assert not rules.overlap(found[0], found[1:])


def test_crews_take_turns_and_none_is_nobody():
    assert rules.turns(5, [("a",), ("b",)]) == [("a",), ("b",), ("a",), ("b",), ("a",)]
    assert rules.turns(2, []) == [(), ()]


def test_every_word_has_its_text():
    words = [f"kind_{one}" for one in PostKind] + [f"pattern_{one}" for one in Pattern] + [f"count_{one}" for one in Counted]
    assert all(has_text(f"rosters.{one}") for one in [*words, *(f"word_{w}" for w in ("morning", "day", "evening", "night", "full"))])
