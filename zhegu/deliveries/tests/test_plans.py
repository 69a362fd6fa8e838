"""Runs planned on communities made afresh: every parcel where it belongs, and few kilometres."""

import random
from typing import Any

import numpy as np
import pytest

from zhegu.deliveries.outside.routing import Rounds, counting, solve
from zhegu.deliveries.rules.handed import with_hand_overs
from zhegu.deliveries.rules.plan import Effort, answer, faults
from zhegu.deliveries.rules.planned import planned
from zhegu.deliveries.rules.problem import BadProblem, read_problem
from zhegu.deliveries.rules.routing import Fleet, Problem, Task

EFFORT = Effort(counting(150))


def community(seed: int, *, kind: str = "collect-process-return", doors: int = 40, trucks: int = 1, **more: Any) -> dict:
    dice = random.Random(seed)
    middles = [(dice.uniform(-900, 900), dice.uniform(-900, 900)) for _ in range(4)]
    stops = []
    for n in range(doors):
        x, y = dice.choice(middles)
        stops.append({"id": f"s{n}", "at": [x + dice.gauss(0, 120), y + dice.gauss(0, 120)], "parcels": [f"c{n}"]})
    return {
        "kind": kind, "depot": {"id": "yard", "at": [0, 0]}, "station": {"id": "gas", "at": [18_000, 0]},
        "detour": 1.3, "stops": stops,
        "vehicles": [{"id": f"v{n}", "capacity": 12, "shift_minutes": 600} for n in range(trucks)],
        "minutes": {"collect": 2, "return": 2, "station_fixed": 8, "station_each": 1.2},
        "kmh": {"near": 15, "far": 40, "far_from_m": 3000}, **more,
    }  # fmt: skip


def plan(plain: dict, effort: Effort = EFFORT) -> tuple[Any, dict]:
    problem = read_problem(plain)
    return problem, answer(problem, planned(problem, effort))


@pytest.mark.parametrize("kind", ["deliver", "collect", "collect-process-return"])
@pytest.mark.parametrize("trucks", [1, 2, 3])
def test_every_parcel_ends_where_it_belongs(kind: str, trucks: int):
    problem, told = plan(community(trucks, kind=kind, trucks=trucks))
    assert faults(problem, told) == [] and told["unplanned"] == []


def test_bringing_home_and_fetching_share_the_way():
    problem, told = plan(community(7))
    metres, _ = problem.legs()
    tasks = tuple(Task(n + 2, 1) for n in range(len(problem.stops)))
    apart = Problem(metres, np.zeros_like(metres), 2, tasks, (Fleet(len(tasks), 12, 1, 1),))
    twice = 2 * solve(apart, stop=Rounds(400), seed=1).metres / 1000
    assert told["km"] <= 0.55 * twice


def test_fewest_hours_swaps_instead_of_waiting():
    slow = community(3, trucks=1)
    slow["vehicles"][0]["shift_minutes"] = 3000
    slow["minutes"]["station_fixed"] = 120
    _, km = plan(slow)
    problem, hours = plan(slow, Effort(counting(150), goal="hours"))
    assert faults(problem, hours) == []
    assert hours["hours"]["v0"] < km["hours"]["v0"] and hours["km"] >= km["km"]


def test_a_run_longer_than_a_shift_goes_on_the_next_day_and_says_so():
    short = community(5, doors=60)
    problem, told = plan(short)
    assert told["more_than_one_day"] and faults(problem, told) == []


def test_an_urgent_door_comes_first():
    plain = community(9, kind="deliver", doors=20)
    plain["stops"][13]["urgent"] = True
    _, told = plan(plain)
    doors = [v for v in told["vehicles"][0]["visits"] if v["at"] != "yard"]
    assert next(v["minute"] for v in doors if v["at"] == "s13") <= 25


def test_a_door_nobody_reaches_in_its_window_is_named():
    plain = community(9, kind="deliver", doors=5)
    plain["stops"][2] |= {"window": [0, 0], "at": [9000, 9000]}
    _, told = plan(plain)
    assert told["unplanned"] == [{"stop": "s2", "reason": "window"}]


def test_a_shift_too_short_for_the_station_is_said():
    plain = community(1, doors=3)
    plain["vehicles"][0]["shift_minutes"] = 30
    _, told = plan(plain)
    assert {row["reason"] for row in told["unplanned"]} == {"shift"} and len(told["unplanned"]) == 3


def test_the_checker_sees_what_is_wrong():
    problem, told = plan(community(2))
    visits = told["vehicles"][0]["visits"]
    first = next(v for v in visits if v["collect"])
    first["collect"] = []
    assert faults(problem, told)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "fly"}, "kind"), ({"station": None}, "station"), ({"vehicles": []}, "vehicles"),
        ({"detour": 0}, "detour"), ({"stops": 3}, "stops"), ({"depot": {"id": "yard", "at": [0]}}, "depot.at"),
    ],
)  # fmt: skip
def test_a_problem_that_cannot_be_read_names_the_field(change: dict, where: str):
    with pytest.raises(BadProblem) as bad:
        read_problem(community(1, doors=2) | change)
    assert bad.value.where == where


@pytest.mark.parametrize("goal", ["km", "hours"])
def test_every_cylinder_changes_hands_at_the_station_by_name(goal: str):
    problem, told = plan(community(4, trucks=2), Effort(counting(150), goal=goal))
    visits = [v for way in told["vehicles"] for v in with_hand_overs(way["visits"], "gas")]
    there = [v for v in visits if v["at"] == "gas"]
    everything = sorted(p for stop in problem.stops for p in stop.parcels)
    assert sorted(p for v in there for p in v["return"]) == sorted(p for v in there for p in v["collect"]) == everything
