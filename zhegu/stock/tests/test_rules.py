"""Amounts, money, what is taken first, how long it lasts."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhegu.stock.rules import (
    BadNumber,
    Freshness,
    Held,
    days_left,
    freshness,
    pick,
    read_amount,
    read_money,
    said_amount,
)


@pytest.mark.parametrize(
    ("words", "amount"),
    [("1", 1000), ("2.5", 2500), ("0.125", 125), ("1,200", 1_200_000), ("３．５", 3500), ("༢", 2000), (" 7 ", 7000)],
)
def test_amounts_are_read_as_people_write_them(words: str, amount: int):
    assert read_amount(words) == amount


@pytest.mark.parametrize("words", ["", "0", "-1", "1.2345", "两", "1e3", "1 2", "NaN", "9" * 13])
def test_what_is_no_amount_is_refused(words: str):
    with pytest.raises(BadNumber):
        read_amount(words)


@pytest.mark.parametrize(("words", "fen"), [("12.50", 1250), ("0.01", 1), ("", 0), ("20,000", 2_000_000)])
def test_money_is_read_to_the_fen(words: str, fen: int):
    assert read_money(words) == fen


@given(st.integers(1, 10**9))
def test_an_amount_said_is_the_amount_read(amount: int):
    assert read_amount(said_amount(amount)) == amount


def lot(n: int, amount: int, expiry: date | None = None) -> Held:
    return Held(UUID(int=n), amount, expiry)


def test_the_nearest_expiry_goes_first_and_what_never_expires_last():
    held = [lot(1, 5), lot(2, 5, date(2023, 1, 1)), lot(3, 5, date(2022, 12, 1))]
    taken, short = pick(held, 12)
    assert [(h.lot.int, n) for h, n in taken] == [(3, 5), (2, 5), (1, 2)] and short == 0


@given(st.lists(st.integers(0, 50), max_size=8), st.integers(1, 300))
def test_what_is_taken_and_what_is_short_is_what_was_wanted(amounts: list[int], wanted: int):
    taken, short = pick([lot(n, amount) for n, amount in enumerate(amounts)], wanted)
    assert sum(n for _, n in taken) + short == wanted
    assert all(n <= h.amount for h, n in taken)


@pytest.mark.parametrize(
    ("amount", "used", "days"), [(700, 700, 7), (1000, 350, 20), (0, 5, 0), (99, 100, 6), (500, 0, None)]
)
def test_days_left(amount: int, used: int, days: int | None):
    assert days_left(amount, used) == days


@pytest.mark.parametrize(
    ("expiry", "state"),
    [
        (None, Freshness.GOOD), (date(2022, 9, 12), Freshness.EXPIRED), (date(2022, 9, 13), Freshness.SOON),
        (date(2022, 10, 13), Freshness.SOON), (date(2022, 10, 14), Freshness.GOOD),
    ],
)  # fmt: skip
def test_a_lot_is_good_up_to_its_last_day(expiry: date | None, state: Freshness):
    assert freshness(expiry, date(2022, 9, 13)) is state
