"""When a day's things have had their time, when a night may begin, what a hold holds."""

from datetime import UTC, date, datetime, timedelta

import pytest

from zhegu.lib.clock import LOCAL
from zhegu.upkeep.rules import Holding, held_outbreaks, held_whole, hold_is_long, limit, night_of


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("happened", "days", "goes"),
    [
        ("2022-08-17 00:00", 14, "2022-09-01"),
        ("2022-08-17 23:59", 14, "2022-09-01"),
        ("2022-08-18 00:00", 14, "2022-09-02"),
        ("2024-02-28 12:00", 1, "2024-03-01"),
        ("2023-02-28 12:00", 1, "2023-03-02"),
        ("2022-08-17 12:00", 0, "2022-08-18"),
    ],
)
def test_a_day_is_kept_so_many_full_days_after_it(happened, days, goes):
    night = at(f"{goes} 03:00")
    assert at(happened) < limit(night, days)
    assert at(happened) >= limit(night - timedelta(days=1), days)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at("2022-09-13 02:59"), None),
        (at("2022-09-13 03:00"), date(2022, 9, 13)),
        (at("2022-09-13 23:59"), date(2022, 9, 13)),
        (datetime(2022, 9, 12, 19, 0, tzinfo=UTC), date(2022, 9, 13)),
    ],
)
def test_the_night_begins_at_three_here(moment, day):
    assert night_of(moment) == day


@pytest.mark.parametrize(
    ("hold", "purpose", "has_outbreak", "whole", "outbreaks"),
    [
        (Holding("", ""), "sampling", True, True, set()),
        (Holding("sampling", ""), "sampling", True, True, set()),
        (Holding("sampling", ""), "checkpoint", True, False, set()),
        (Holding("", "o1"), "sampling", True, False, {"o1"}),
        (Holding("sampling", "o1"), "sampling", True, False, {"o1"}),
        (Holding("sampling", "o1"), "checkpoint", True, False, set()),
        (Holding("", "o1"), "sampling", False, True, {"o1"}),
    ],
)
def test_what_a_hold_keeps_back(hold, purpose, has_outbreak, whole, outbreaks):
    assert held_whole([hold], purpose, has_outbreak) is whole
    assert held_outbreaks([hold], purpose) == outbreaks


@pytest.mark.parametrize(("until", "long"), [(date(2023, 9, 13), False), (date(2023, 9, 14), True)])
def test_a_hold_is_judged_anew_within_a_year(until, long):
    assert hold_is_long(at("2022-09-13 09:00"), until) is long
