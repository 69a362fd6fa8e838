"""What cannot be right, and whether a plan was kept."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from zhegu.sanitation.rules import LOOKED_BACK, Agent, Method, Planned, Said, days_kept, kept, wrong

STREET, TOILET = UUID(int=1), UUID(int=2)
DAY = date(2022, 9, 13)
FINE = {"agent": Agent.CHLORINE, "method": Method.SPRAY, "mg_per_litre": 500, "minutes": 30, "litres": Decimal("0.5"), "area": 60}


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({}, ""), ({"minutes": 0}, "minutes"), ({"minutes": 241}, "minutes"), ({"litres": Decimal(0)}, "litres"),
        ({"litres": Decimal(5001)}, "litres"), ({"area": 0}, "area"), ({"mg_per_litre": 50_000}, "mg_per_litre"),
        ({"mg_per_litre": None}, "mg_per_litre"), ({"mg_per_litre": None, "agent": Agent.ALCOHOL}, ""),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_right_is_named(changes, number):
    assert wrong(Said(**FINE | changes)) == number


def test_a_plan_is_kept_when_every_spot_was_done_often_enough():
    plan = [Planned(STREET, 2, DAY, None), Planned(TOILET, 1, DAY, DAY + timedelta(days=1)), Planned(UUID(int=3), 0, DAY, None)]
    assert kept(plan, {(STREET, DAY): 2, (TOILET, DAY): 1}, DAY) is True
    assert kept(plan, {(STREET, DAY): 3}, DAY) is False
    assert kept(plan, {(STREET, DAY + timedelta(days=1)): 2}, DAY + timedelta(days=1)) is True, "the toilet is planned no more"
    assert kept(plan, {}, DAY - timedelta(days=1)) is None, "nothing was planned yet"


def test_days_in_a_row_end_at_the_first_gap_and_at_a_month():
    plan = [Planned(STREET, 1, DAY - timedelta(days=90), None)]
    every = {(STREET, DAY - timedelta(days=back)): 1 for back in range(60)}
    assert days_kept(plan, every, DAY) == LOOKED_BACK
    del every[STREET, DAY - timedelta(days=2)]
    assert days_kept(plan, every, DAY) == 2 and days_kept(plan, every, DAY - timedelta(days=2)) == 0
    assert days_kept([], every, DAY) is None
