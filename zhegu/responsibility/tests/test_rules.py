"""Who answers is the nearest person who holds the place."""

from datetime import datetime, timedelta

import pytest

from zhegu.journal.tests.make import MORNING
from zhegu.responsibility.rules import As, Held, answering, nearest

C = "540526101001"
GRID, UNIT = C + "001", C + "001002"


def held(name: str, capacity: As, place: str, since: datetime = MORNING, until: datetime | None = None) -> Held:
    return Held(name, capacity, place, since, until)


WORKER, WIDE = held("bo", As.GRID_WORKER, GRID), held("dawa", As.GRID_WORKER, C)
HEAD, KEEPER = held("pema", As.UNIT_HEAD, UNIT), held("tashi", As.KEEPER, "")


@pytest.mark.parametrize(
    ("grid", "unit", "keepers", "known", "names"),
    [
        (GRID, UNIT, [KEEPER], [WORKER, WIDE, HEAD], ["tashi", "pema", "bo"]),
        (GRID, UNIT, [], [WIDE], ["dawa"]),
        (GRID, "", [], [WORKER, HEAD], ["bo"]),
        (C + "002", "", [], [WORKER, HEAD], []),
        ("", "", [], [WORKER, WIDE], []),
        ("", "", [KEEPER], [WORKER], ["tashi"]),
    ],
)
def test_the_nearest_answers_first(grid: str, unit: str, keepers: list, known: list, names: list):
    assert [one.name for answer in answering(grid, unit, keepers, known) for one in answer.held] == names


def test_two_who_hold_the_same_place_both_answer():
    other = held("chodron", As.GRID_WORKER, GRID)
    assert {one.name for one in nearest(GRID, As.GRID_WORKER, [WORKER, WIDE, other])} == {"bo", "chodron"}


@pytest.mark.parametrize(("since", "until", "on"), [(0, None, True), (1, None, False), (-5, 0, False), (-5, 0.5, True), (0.9, 3, True)])
def test_at_a_handover_both_answer_for_that_day(since: float, until: float | None, on: bool):
    begin = MORNING + timedelta(days=since)
    one = held("bo", As.GRID_WORKER, GRID, begin, None if until is None else MORNING + timedelta(days=until))
    assert one.on(MORNING, MORNING + timedelta(days=1)) is on
