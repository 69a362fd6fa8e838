"""What figures of many places come to, what is shown of it, and what a parcel may hold."""

import json
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from zhegu.journal.tests.make import MORNING
from zhegu.upward.outside.measures import measures
from zhegu.upward.rules import (
    HIDDEN,
    SMALL,
    BadMeasure,
    BadParcel,
    How,
    Item,
    Measure,
    Parcel,
    below,
    guarded,
    measure,
    path_of,
    read_parcel,
    together,
    write_parcel,
)

PEOPLE = Measure("n", "people", "x", How.SUM)
RATE = Measure("rate", "share", "x", How.RATIO, ("done", "due"), small=False)
LEAST = Measure("left", "days", "x", How.LEAST, small=False)


def test_sums_leave_out_who_does_not_know_and_are_none_where_nobody_does():
    assert together(PEOPLE, [{"n": 2}, {"n": None}, {}, {"n": 40}]) == 42
    assert together(PEOPLE, [{"n": None}, {}]) is None
    assert together(LEAST, [{"left": 9}, {"left": 3}, {}]) == 3
    assert together(RATE, [{"done": 1, "due": 4}, {"done": 3, "due": 4}, {"done": None, "due": 9}]) == 0.5
    assert together(RATE, [{"done": 0, "due": 0}, {}]) is None


@pytest.mark.parametrize(("n", "shown"), [(None, None), (0, 0), (1, HIDDEN), (7, HIDDEN), (8, 10), (12, 10), (13, 15), (100, 100)])
def test_small_counts_of_people_are_not_shown(n, shown):
    assert guarded(PEOPLE, n) == shown
    assert guarded(Measure("n", "people", "x", How.SUM, small=False), n) == n


def could_be(shown) -> tuple[int, int]:
    """The least and the most a count may be, for who sees what is shown of it."""
    if shown == HIDDEN:
        return 1, SMALL
    return (0, 0) if shown == 0 else (max(shown - 2, SMALL + 1), shown + 2)


@given(some.lists(some.integers(0, 60), min_size=2, max_size=8))
def test_no_small_count_can_be_reckoned_from_the_others(counts):
    """From the sum and the neighbours each hidden count could be any of several, unless all are the same extreme."""
    seen = [could_be(guarded(PEOPLE, n)) for n in counts]
    least, most = could_be(guarded(PEOPLE, sum(counts)))
    assume({n for n in counts if n} not in ({1}, {SMALL}))
    for index, n in enumerate(counts):
        if 0 < n <= SMALL:
            others = seen[:index] + seen[index + 1 :]
            low = max(1, least - sum(high for _, high in others))
            high = min(SMALL, most - sum(low for low, _ in others))
            assert low < high


@given(some.lists(some.lists(some.integers(0, 900), min_size=1, max_size=4), min_size=1, max_size=5))
def test_sums_of_sums_are_the_sum(towns):
    flat = [{"n": n} for town in towns for n in town]
    assert together(PEOPLE, flat) == sum(together(PEOPLE, [{"n": n} for n in town]) for town in towns)


def test_a_new_figure_is_guarded_until_somebody_says_otherwise():
    assert measure("new", "people", "x", None).small
    assert measure("new", "days", "x", None) is None
    with pytest.raises(BadMeasure):
        measure("new", "share", "x", {"how": "ratio", "parts": "done", "guard": "open"})


def test_figures_about_illness_and_need_are_guarded():
    assert all(measures()[name].small for name in ("sampling_positive", "checkpoint_fever", "care_people", "care_medicine"))


def test_the_place_below_in_which_a_community_lies():
    assert [below(code, "540526101001") for code in ("5405", "540526", "540526101")] == ["540526", "540526101", "540526101001"]


def test_a_line_breaks_where_nothing_is_known():
    assert path_of([0, 10, None, 5], 30, 10) == [[(0.0, 10.0), (10.0, 0.0)], [(30.0, 5.0)]]
    assert path_of([HIDDEN, None], 30, 10) == []


def item(seq: int = 1, **changed) -> dict:
    return {**Item(seq, "540526101001", MORNING.date(), MORNING, {"residents": 9}).as_json(), **changed}


def read(*items: dict) -> Parcel:
    return read_parcel(json.dumps({"sender": "a", "items": list(items)}).encode(), MORNING)


def test_a_parcel_reads_as_it_was_written():
    parcel = Parcel("a", (Item(4, "540526101001", MORNING.date(), MORNING, {"residents": 9, "rate": 0.5, "x": None}, "冲曲", "ཁྲོམ"),))
    assert read_parcel(write_parcel(parcel), MORNING) == parcel


@pytest.mark.parametrize(
    "changed",
    [
        {"seq": 0}, {"seq": True}, {"seq": "1"}, {"place": "540526"}, {"place": "540526101001x"}, {"day": "today"},
        {"as_of": "2022-09-01T10:00:00"}, {"as_of": (MORNING + timedelta(days=3)).isoformat()}, {"day": "2099-01-01"},
        {"figures": {"residents": "扎西"}}, {"figures": {"扎西": 1}}, {"figures": {"n": True}}, {"figures": {"n": 10**13}},
        {"figures": {"n": [1]}}, {"figures": None}, {"figures": {f"n{n}": 1 for n in range(300)}}, {"name": 4}, {"name": "x" * 81},
    ],
)  # fmt: skip
def test_what_is_no_statement_is_not_read(changed):
    with pytest.raises(BadParcel):
        read(item(**changed))


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"sender":"a"}', b'{"sender":"a","items":[]}', b"\xff", b"[" * 100_000, b'{"sender":"a","items":[1]}'])
def test_what_is_no_parcel_is_not_read(body):
    with pytest.raises(BadParcel):
        read_parcel(body, MORNING)


def test_numbers_follow_each_other():
    with pytest.raises(BadParcel):
        read(item(1), item(3))
    with pytest.raises(BadParcel):
        read(item(1, figures={"n": float("nan")}))
