"""Places on the way, the worst of them, and days that fit."""

from datetime import date
from uuid import UUID

import pytest

from zhegu.arrivals.rules import Been, Way, by_risk, companion_id, days_wrong, places_in, way_of

LEVELS = ["high", "medium", "low"]


@pytest.mark.parametrize(
    ("said", "places"),
    [("", []), ("拉萨", ["拉萨"]), ("那曲、 拉萨,那曲", ["那曲", "拉萨"]), ("a → b/c;；d", ["a", "b", "c", "d"])],
)
def test_places_on_the_way(said: str, places: list[str]):
    assert places_in(said) == places


def test_the_worst_place_comes_first_and_unknown_levels_do_not_count():
    day = date(2022, 9, 1)
    been = [Been("a", "", day), Been("b", "low", day), Been("c", "high", day), Been("d", "strange", day)]
    assert [one.place for one in by_risk(LEVELS, been)] == ["c", "b"]


@pytest.mark.parametrize(
    ("left", "arrived", "wrong"),
    [
        (None, date(2024, 2, 29), ""), (date(2024, 2, 29), date(2024, 2, 29), ""),
        (date(2024, 2, 28), date(2024, 3, 1), ""), (None, date(2024, 3, 2), "arrivals.in_future"),
        (date(2024, 3, 1), date(2024, 2, 29), "arrivals.left_after_arrival"),
    ],
)  # fmt: skip
def test_days_that_fit(left: date | None, arrived: date, wrong: str):
    assert days_wrong(left, arrived, told=date(2024, 2, 29)) == wrong


def test_companions_have_the_same_id_however_often_they_are_told():
    first = UUID(int=7)
    assert companion_id(first, 1) == companion_id(first, 1) != companion_id(first, 2)


@pytest.mark.parametrize(
    ("roles", "way"),
    [(["office", "gate_keeper"], Way.OFFICE), (["gate_keeper", "grid_worker"], Way.GRID_WORKER), (["gate_keeper"], Way.GATE)],
)
def test_who_writes_it_down(roles: list[str], way: Way):
    assert way_of(roles) == way
